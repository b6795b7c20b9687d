//! A schema as an arena of nodes: what a value is, as plain data.

use std::collections::HashMap;

use kafka_event_codegen::model::{FixedLogical, Logical, Model, Named, Type, TypeId};
use kafka_event_codegen::on_its_own;

/// The place of a node in a plan.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NodeId(u32);

#[derive(Debug)]
pub(crate) struct Plan {
    nodes: Vec<Node>,
    /// About how many bytes a value of each node takes, where it stands in Rust's memory.
    sizes: Vec<usize>,
    root: NodeId,
}

#[derive(Debug)]
pub(crate) enum Node {
    Null,
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Bytes,
    String,
    /// Of a size, with what its bytes mean.
    Fixed(
        usize,
        #[cfg_attr(not(feature = "serde"), expect(dead_code, reason = "JSON has the bytes"))] Option<FixedLogical>,
    ),
    Array(NodeId),
    Map(NodeId),
    Enum(Names),
    Union(Union),
    Record(Record),
    /// A record that may hold itself.
    Nested(NodeId),
    /// A primitive type with a meaning.
    Logical(Logical),
}

#[cfg(feature = "json")]
impl Node {
    /// What stands below a meaning.
    pub(crate) fn plain(&self) -> &Self {
        match self {
            Self::Logical(logical) => match logical {
                Logical::Date | Logical::TimeMillis => &Self::Int,
                Logical::Uuid => &Self::String,
                Logical::Decimal { .. } | Logical::BigDecimal => &Self::Bytes,
                _ => &Self::Long,
            },
            other => other,
        }
    }
}

#[derive(Debug)]
pub(crate) struct Union {
    /// The branches by the names of their types.
    pub(crate) names: Names,
    pub(crate) branches: Vec<NodeId>,
    pub(crate) null: Option<usize>,
    /// Whether there is one other branch beside null: what Rust has as an `Option` of that.
    #[cfg_attr(not(feature = "serde"), expect(dead_code, reason = "JSON has a name around it as around others"))]
    pub(crate) is_optional: bool,
}

#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) full_name: String,
    /// The fields by their names.
    pub(crate) names: Names,
    pub(crate) fields: Vec<NodeId>,
    /// The fields' defaults, encoded.
    pub(crate) defaults: Vec<Option<Box<[u8]>>>,
}

#[cfg(feature = "serde")]
impl Record {
    /// The name without its namespace.
    pub(crate) fn name(&self) -> &str {
        self.full_name.rsplit('.').next().unwrap_or_default()
    }
}

/// Names, each with its place.
#[derive(Debug)]
pub(crate) struct Names {
    list: Vec<Box<str>>,
    places: HashMap<Box<str>, usize>,
    /// The same as serde wants them, of a plan that stays.
    #[cfg(feature = "serde")]
    whole: std::sync::OnceLock<Vec<&'static str>>,
}

impl Names {
    fn new(names: impl Iterator<Item = String>) -> Self {
        let list: Vec<Box<str>> = names.map(Into::into).collect();
        let places = list.iter().cloned().enumerate().map(|(place, name)| (name, place)).collect();
        Self {
            list,
            places,
            #[cfg(feature = "serde")]
            whole: std::sync::OnceLock::new(),
        }
    }

    pub(crate) fn list(&self) -> &[Box<str>] {
        &self.list
    }

    #[cfg(feature = "serde")]
    pub(crate) fn whole(&'static self) -> &'static [&'static str] {
        self.whole.get_or_init(|| self.list.iter().map(|name| &**name).collect())
    }

    /// Some of the names, for a message.
    pub(crate) fn listed(&self) -> String {
        const MOST: usize = 8;
        let some: Vec<_> = self.list.iter().take(MOST).map(|name| format!("`{name}`")).collect();
        match self.list.len().checked_sub(MOST) {
            Some(more @ 1..) => format!("{} and {more} more", some.join(", ")),
            _ => some.join(", "),
        }
    }

    /// The place of a name, which is likely the one that is given.
    pub(crate) fn place(&self, name: &str, likely: usize) -> Option<usize> {
        match self.list.get(likely) {
            Some(known) if **known == *name => Some(likely),
            _ => self.places.get(name).copied(),
        }
    }
}

impl Plan {
    /// That of a named type, or of what stands at a root.
    pub(crate) fn of(model: &Model, id: TypeId) -> Self {
        Self::of_type(model, &model.ty(id))
    }

    /// That of a union of a record or a root, by its place among theirs.
    #[cfg(feature = "serde")]
    pub(crate) fn of_union(model: &Model, id: TypeId, place: usize) -> Option<Self> {
        let of_record = model
            .record(id)
            .map_or(&[][..], |record| &record.fields)
            .iter()
            .map(|field| &field.ty);
        let root = model.roots().find(|(root, _)| *root == id).map(|(_, root)| &root.ty);
        let union = of_record.chain(root).find_map(|ty| union_in(ty, place))?;
        Some(Self::of_type(model, union))
    }

    fn of_type(model: &Model, ty: &Type) -> Self {
        on_its_own(|| {
            let mut compile = Compile {
                model,
                nodes: Vec::new(),
                sizes: Vec::new(),
                named: HashMap::new(),
            };
            let root = compile.ty(ty);
            Self {
                nodes: compile.nodes,
                sizes: compile.sizes,
                root,
            }
        })
    }

    pub(crate) fn root(&self) -> NodeId {
        self.root
    }

    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// About how many bytes a value takes, where it stands in Rust's memory and in boxes, without what it holds elsewhere.
    pub(crate) fn size(&self, id: NodeId) -> usize {
        self.sizes[id.0 as usize]
    }
}

/// The union of a place, in a type and what it holds without another name.
#[cfg(feature = "serde")]
fn union_in(ty: &Type, place: usize) -> Option<&Type> {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable { inner, .. } => union_in(inner, place),
        Type::Union(union) if union.place == place => Some(ty),
        Type::Union(union) => union.branches.iter().find_map(|branch| union_in(branch, place)),
        _ => None,
    }
}

struct Compile<'m> {
    model: &'m Model,
    nodes: Vec<Node>,
    sizes: Vec<usize>,
    named: HashMap<TypeId, NodeId>,
}

impl Compile<'_> {
    fn push(&mut self, node: Node) -> NodeId {
        self.sizes.push(self.size(&node));
        self.nodes.push(node);
        NodeId(self.nodes.len() as u32 - 1)
    }

    /// Those of its parts stand already.
    fn size(&self, node: &Node) -> usize {
        let of = |id: &NodeId| self.sizes[id.0 as usize];
        match node {
            Node::Null => 0,
            Node::Boolean => 1,
            Node::Int | Node::Float | Node::Enum(_) => 4,
            Node::Long | Node::Double => 8,
            // With what is behind it, which a default makes, too; of what holds itself that is not known yet, and no default has it.
            Node::Nested(inner) => of(inner).saturating_add(8),
            Node::Bytes | Node::String | Node::Array(_) => 24,
            Node::Map(_) => 48,
            Node::Logical(_) => 32,
            Node::Fixed(size, _) => *size,
            Node::Union(union) => union.branches.iter().map(of).max().unwrap_or(0).saturating_add(8),
            Node::Record(record) => record.fields.iter().map(of).fold(0, usize::saturating_add),
        }
    }

    fn ty(&mut self, ty: &Type) -> NodeId {
        let node = match ty {
            Type::Null | Type::Broken => Node::Null,
            Type::Boolean => Node::Boolean,
            Type::Int => Node::Int,
            Type::Long => Node::Long,
            Type::Float => Node::Float,
            Type::Double => Node::Double,
            Type::Bytes => Node::Bytes,
            Type::String => Node::String,
            Type::Logical(logical) => Node::Logical(*logical),
            Type::Array(item) => Node::Array(self.ty(item)),
            Type::Map(value) => Node::Map(self.ty(value)),
            Type::Nullable { null_first, inner } => {
                let branches = if *null_first {
                    [&Type::Null, &**inner]
                } else {
                    [&**inner, &Type::Null]
                };
                self.union(branches.into_iter(), true)
            }
            Type::Union(union) => self.union(union.branches.iter(), false),
            Type::Named(id) => return self.named(*id),
            Type::Boxed(id) => Node::Nested(self.named(*id)),
        };
        self.push(node)
    }

    fn union<'t>(&mut self, branches: impl Iterator<Item = &'t Type> + Clone, is_optional: bool) -> Node {
        Node::Union(Union {
            null: branches.clone().position(|branch| *branch == Type::Null),
            names: Names::new(branches.clone().map(|branch| self.branch_name(branch))),
            branches: branches.map(|branch| self.ty(branch)).collect(),
            is_optional,
        })
    }

    /// What a union calls a branch; no two of one have the same.
    fn branch_name(&self, ty: &Type) -> String {
        let name = match ty {
            Type::Named(id) | Type::Boxed(id) => return self.model.named(*id).name().full(),
            Type::Null | Type::Broken | Type::Nullable { .. } | Type::Union(_) => "null",
            Type::Boolean => "boolean",
            Type::Int | Type::Logical(Logical::Date | Logical::TimeMillis) => "int",
            Type::Float => "float",
            Type::Double => "double",
            Type::Bytes | Type::Logical(Logical::Decimal { .. } | Logical::BigDecimal) => "bytes",
            Type::String | Type::Logical(Logical::Uuid) => "string",
            Type::Long | Type::Logical(_) => "long",
            Type::Array(_) => "array",
            Type::Map(_) => "map",
        };
        name.to_owned()
    }

    fn named(&mut self, id: TypeId) -> NodeId {
        if let Some(known) = self.named.get(&id) {
            return *known;
        }
        // Taken before its fields, one of which may hold it.
        let place = self.push(Node::Null);
        self.named.insert(id, place);
        let model = self.model;
        let node = match model.named(id) {
            Named::Enum(enumeration) => Node::Enum(Names::new(enumeration.symbols.iter().map(|symbol| symbol.avro.clone()))),
            Named::Fixed(fixed) => Node::Fixed(fixed.size, fixed.logical),
            Named::Record(record) => Node::Record(Record {
                full_name: record.name.full(),
                names: Names::new(record.fields.iter().map(|field| field.name.avro.clone())),
                fields: record.fields.iter().map(|field| self.ty(&field.ty)).collect(),
                defaults: record.fields.iter().map(|field| model.default_of(field).map(Into::into)).collect(),
            }),
        };
        self.sizes[place.0 as usize] = self.size(&node);
        self.nodes[place.0 as usize] = node;
        place
    }
}
