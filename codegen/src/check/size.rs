//! How much code a contract becomes: refused where a build could not take it.
//!
//! A short contract may become long code: each type embeds its schema with all that it holds, or has it hashed at least, so that records which
//! hold one another take the square of their number; and defaults bring those of the records in them.

use crate::collections::ByType;
use crate::diagnostic::Collector;
use crate::limits;
use crate::model::{Model, Named, Type, TypeId, TypeName};
use crate::schema_text::{Form, SchemaTexts, Shared};
use crate::source::Origin;

/// What a type is written as, in bytes, by its kind: its definition, codec, twin and builder, as measured of the corpus's.
const RECORD: usize = 4_000;
const ENUM: usize = 3_000;
const FIXED: usize = 2_500;
const FIELD: usize = 1_200;
const SYMBOL: usize = 250;
const UNION: usize = 2_000;
const BRANCH: usize = 1_800;
/// How often a field's docs are written, and a type is named.
const DOCS: usize = 3;
const NAMED: usize = 10;

/// What a text that is written, hashed and dropped takes, beside code that is kept: a sixteenth.
const HASHED: usize = 16;
/// The bytes of all schemas, most of which are only hashed.
const WALKED: usize = limits::CODE_BYTES.saturating_mul(HASHED);

/// What takes the most code, with its place.
pub(super) type Most = (usize, Option<(String, Origin)>);

/// Refuses a contract of too much code, by what is the most of it; `defaults` is what they take in all, and the greatest of them.
pub(super) fn check(model: &Model, defaults: (usize, Most), diagnostics: &mut Collector) {
    let (all, most) = defaults;
    let mut size = Size {
        model,
        schemas: ByType::default(),
        all,
        most,
    };
    let texts = SchemaTexts::new(model, Form::Whole);
    let all = || model.types().map(|(id, _)| id).chain(model.roots().map(|(id, _)| id));
    let mut walked = 0;
    for id in all() {
        let (schema, depth) = texts.size(id, WALKED - walked);
        if depth > limits::NESTED_DEFINITIONS {
            let what = format!(
                "the schema of `{}` nests deeper than {} definitions",
                model.name(id).full(),
                limits::NESTED_DEFINITIONS
            );
            let reason = "written out whole, as a registry takes it, it could not be read again";
            let help = "let one of the records in it hold another by an id";
            diagnostics.push(limits::exceeded(model.origin(id), what, reason, help));
            return;
        }
        size.schemas.insert(id, schema);
        walked = walked.saturating_add(schema);
        if walked > WALKED {
            break;
        }
    }
    let known = |id: TypeId| Some((id, *size.schemas.get(id)?));
    let records = model.types().filter(|(id, _)| model.record(*id).is_some());
    let shared = Shared::new(&texts, records.filter_map(|(id, _)| known(id)));
    for id in all() {
        let schema = size.schemas.get(id).copied().unwrap_or(0);
        let takes = if shared.has(id) { schema.div_ceil(HASHED) } else { schema };
        size.add(takes, model.name(id), model.origin(id));
    }
    for (owner, types) in shared.tables() {
        let definitions = types.iter().map(|id| texts.definition(*id).len()).sum();
        size.add(definitions, model.name(owner), model.origin(owner));
    }
    for (_, named) in model.types() {
        let own = size.named(named);
        size.add(own, named.name(), named.origin());
    }
    for (_, root) in model.roots() {
        let own = RECORD + size.ty(&root.name, &root.ty);
        size.add(own, &root.name, &root.origin);
    }
    if size.is_exceeded()
        && let (_, Some((name, origin))) = size.most
    {
        let what = format!("the contract would become more than {} MiB of code", limits::CODE_BYTES >> 20);
        let reason = format!("most of it comes of `{name}` and the like: of its own, of its defaults, or of the schema that it embeds");
        let help = "divide the contract; let records hold one another by an id, of which each embeds all that it holds";
        diagnostics.push(limits::exceeded(&origin, what, &reason, help));
    }
}

struct Size<'m> {
    model: &'m Model,
    /// How long the schemas are, as far as they are known.
    schemas: ByType<usize>,
    all: usize,
    most: Most,
}

impl Size<'_> {
    fn is_exceeded(&self) -> bool {
        self.all > limits::CODE_BYTES
    }

    fn add(&mut self, bytes: usize, name: &TypeName, origin: &Origin) {
        self.all = self.all.saturating_add(bytes);
        if bytes > self.most.0 {
            self.most = (bytes, Some((name.full(), origin.clone())));
        }
    }

    fn named(&self, named: &Named) -> usize {
        let around = named.name();
        let depth = around.namespace.len();
        match named {
            Named::Record(record) => {
                let fields = record
                    .fields
                    .iter()
                    .map(|field| FIELD + DOCS * docs(field.doc.as_deref()) + self.ty(around, &field.ty));
                RECORD + docs(record.doc.as_deref()) + indented(depth) + fields.sum::<usize>()
            }
            Named::Enum(enumeration) => ENUM + docs(enumeration.doc.as_deref()) + SYMBOL * enumeration.symbols.len(),
            Named::Fixed(fixed) => FIXED + docs(fixed.doc.as_deref()),
        }
    }

    fn ty(&self, around: &TypeName, ty: &Type) -> usize {
        match ty {
            Type::Array(inner) | Type::Map(inner) | Type::Nullable { inner, .. } => 50 + self.ty(around, inner),
            Type::Union(union) => {
                // Its layout is a hash of a text as long as its branches' schemas, which is written and dropped.
                let branches = union
                    .branches
                    .iter()
                    .map(|branch| BRANCH + self.ty(around, branch) + self.layout(branch));
                UNION + branches.sum::<usize>()
            }
            Type::Named(id) | Type::Boxed(id) => {
                let name = self.model.name(*id);
                NAMED * (around.namespace.len() * "super::".len() + name.full().len())
            }
            _ => 0,
        }
    }

    /// What the text of a branch's layout takes.
    fn layout(&self, branch: &Type) -> usize {
        match branch {
            Type::Array(inner) | Type::Map(inner) => self.layout(inner),
            Type::Named(id) | Type::Boxed(id) => self.schemas.get(*id).map_or(0, |length| length / HASHED),
            _ => 0,
        }
    }
}

/// Each line is an attribute of its own.
fn docs(doc: Option<&str>) -> usize {
    doc.map_or(0, |doc| doc.len() + 40 * doc.lines().count())
}

/// What a module within another adds to each line.
fn indented(depth: usize) -> usize {
    depth * 400
}
