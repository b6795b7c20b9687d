//! A schema as an arena of nodes: what a value is in bytes and in JSON, as plain data.

use std::collections::HashMap;

use kafka_event_codegen::model::{Logical, Model, Named, Type, TypeId};

/// The place of a node in a plan.
#[derive(Debug, Clone, Copy)]
pub(super) struct NodeId(u32);

#[derive(Debug)]
pub(super) struct Plan {
    nodes: Vec<Node>,
    root: NodeId,
}

#[derive(Debug)]
pub(super) enum Node {
    Null,
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Bytes,
    String,
    Fixed(usize),
    Array(NodeId),
    Map(NodeId),
    Enum(Names),
    Union(Union),
    Record(Record),
    /// A record that may hold itself.
    Nested(NodeId),
}

#[derive(Debug)]
pub(super) struct Union {
    /// The branches by the names of their types.
    pub(super) names: Names,
    pub(super) branches: Vec<NodeId>,
    pub(super) null: Option<usize>,
}

#[derive(Debug)]
pub(super) struct Record {
    pub(super) full_name: String,
    /// The fields by their names.
    pub(super) names: Names,
    pub(super) fields: Vec<NodeId>,
}

/// Names, each with its place.
#[derive(Debug)]
pub(super) struct Names {
    list: Vec<Box<str>>,
    places: HashMap<Box<str>, usize>,
}

impl Names {
    fn new(names: impl Iterator<Item = String>) -> Self {
        let list: Vec<Box<str>> = names.map(Into::into).collect();
        let places = list.iter().cloned().enumerate().map(|(place, name)| (name, place)).collect();
        Self { list, places }
    }

    pub(super) fn list(&self) -> &[Box<str>] {
        &self.list
    }

    /// The place of a name, which is likely the one that is given.
    pub(super) fn place(&self, name: &str, likely: usize) -> Option<usize> {
        match self.list.get(likely) {
            Some(known) if **known == *name => Some(likely),
            _ => self.places.get(name).copied(),
        }
    }
}

impl Plan {
    /// That of a named type, or of what stands at a root.
    pub(super) fn of(model: &Model, id: TypeId) -> Self {
        let mut compile = Compile {
            model,
            nodes: Vec::new(),
            named: HashMap::new(),
        };
        let root = compile.ty(&model.ty(id));
        Self {
            nodes: compile.nodes,
            root,
        }
    }

    pub(super) fn root(&self) -> NodeId {
        self.root
    }

    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }
}

struct Compile<'m> {
    model: &'m Model,
    nodes: Vec<Node>,
    named: HashMap<TypeId, NodeId>,
}

impl Compile<'_> {
    fn push(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        NodeId(self.nodes.len() as u32 - 1)
    }

    fn ty(&mut self, ty: &Type) -> NodeId {
        let node = match ty {
            Type::Null | Type::Broken => Node::Null,
            Type::Boolean => Node::Boolean,
            Type::Int | Type::Logical(Logical::Date | Logical::TimeMillis) => Node::Int,
            Type::Float => Node::Float,
            Type::Double => Node::Double,
            Type::Bytes | Type::Logical(Logical::Decimal { .. } | Logical::BigDecimal) => Node::Bytes,
            Type::String | Type::Logical(Logical::Uuid) => Node::String,
            Type::Long | Type::Logical(_) => Node::Long,
            Type::Array(item) => Node::Array(self.ty(item)),
            Type::Map(value) => Node::Map(self.ty(value)),
            Type::Nullable { null_first, inner } => {
                let branches = if *null_first {
                    [&Type::Null, &**inner]
                } else {
                    [&**inner, &Type::Null]
                };
                self.union(branches.into_iter())
            }
            Type::Union(union) => self.union(union.branches.iter()),
            Type::Named(id) => return self.named(*id),
            Type::Boxed(id) => Node::Nested(self.named(*id)),
        };
        self.push(node)
    }

    fn union<'t>(&mut self, branches: impl Iterator<Item = &'t Type> + Clone) -> Node {
        Node::Union(Union {
            null: branches.clone().position(|branch| *branch == Type::Null),
            names: Names::new(branches.clone().map(|branch| self.branch_name(branch))),
            branches: branches.map(|branch| self.ty(branch)).collect(),
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
            Named::Fixed(fixed) => Node::Fixed(fixed.size),
            Named::Record(record) => Node::Record(Record {
                full_name: record.name.full(),
                names: Names::new(record.fields.iter().map(|field| field.name.avro.clone())),
                fields: record.fields.iter().map(|field| self.ty(&field.ty)).collect(),
            }),
        };
        self.nodes[place.0 as usize] = node;
        place
    }
}
