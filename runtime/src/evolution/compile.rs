//! From the pairs of types that meet to a plan.

use std::collections::BTreeMap;
use std::sync::Arc;

use kafka_event_codegen::compat::{self, Promotion, RecordStep, Resolution, StepId, Version};
use kafka_event_codegen::model::{Field, Logical, Model, Named, Type, TypeId};
use kafka_event_codegen::{Report, Severity, load_text, on_its_own};

use super::error::EvolutionError;
use super::plan::{Before, Changed, FieldPlan, Node, NodeId, Number, Plan, RecordPlan, Source, Written};
use super::skip::{Skip, SkipId};
use crate::codec::Writer;

/// Why there is no plan.
pub(super) enum Unplanned {
    /// A schema is none.
    Schema(Report),
    /// Nothing that is written can be read.
    Incompatible(Report),
}

impl Unplanned {
    /// For the error of a message; [`EvolutionError`] shows all.
    pub(super) fn reasons(&self) -> String {
        let (Self::Schema(report) | Self::Incompatible(report)) = self;
        reasons(report)
    }
}

/// A report in one line, for the error of a message: the first of its errors, without the places. Each such message has a copy.
pub(super) fn reasons(report: &Report) -> String {
    const SHOWN: usize = 20;
    let errors = report
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .map(|error| &*error.message)
        .collect::<Vec<_>>();
    let shown = errors.iter().take(SHOWN).copied().collect::<Vec<_>>().join("; ");
    match errors.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown}; and {more} more"),
    }
}

impl From<Unplanned> for EvolutionError {
    fn from(unplanned: Unplanned) -> Self {
        match unplanned {
            Unplanned::Schema(report) => Self::Schema(report.to_string()),
            Unplanned::Incompatible(report) => Self::Incompatible(report.to_string()),
        }
    }
}

/// The plan of a writer's schema for a reader's, of which these fields are read, or all.
pub(super) fn plan(reader: &str, fields: Option<&[&str]>, writer: &str) -> Result<Plan, Unplanned> {
    let load = |name, text| load_text(name, text).map_err(Unplanned::Schema);
    let (reader, read) = load("the reader's schema", reader)?;
    let (writer, written) = load("the writer's schema", writer)?;
    let version = |contract, id| Version { contract, id };
    let (read, written) = (version(&reader, read), version(&writer, written));
    let (resolution, reads_nothing) = match fields {
        Some(fields) => {
            let resolution = Resolution::of_fields(read, written, fields);
            let reads_nothing = resolution.reads_nothing_of(&reader.model, fields);
            (resolution, reads_nothing)
        }
        None => {
            let resolution = Resolution::of(read, written);
            let reads_nothing = resolution.reads_nothing();
            (resolution, reads_nothing)
        }
    };
    if reads_nothing {
        return Err(Unplanned::Incompatible(resolution.report));
    }
    Ok(on_its_own(|| compile_with(&resolution, &reader.model, Skips::new(&writer.model))))
}

/// The plan of a resolution, node by step, where some of what is passed over may have its places already.
///
/// It goes down as deep as the schemas do.
pub(super) fn compile_with(resolution: &Resolution, reader: &Model, mut skips: Skips<'_>) -> Plan {
    let mut defaults = Defaults {
        reader,
        list: BTreeMap::new(),
    };
    let nodes = resolution
        .steps()
        .map(|step| match step {
            compat::Step::AsIs => Node::AsIs,
            compat::Step::Narrowed(compat::Written::Text) => Node::Narrowed(Written::Text),
            compat::Step::Narrowed(compat::Written::Bytes) => Node::Narrowed(Written::Bytes),
            compat::Step::Narrowed(compat::Written::Fixed(size)) => Node::Narrowed(Written::Fixed(*size)),
            compat::Step::Promote(Promotion::IntToLong) => Node::OfInt,
            compat::Step::Promote(Promotion::IntToFloat | Promotion::IntToDouble) => Node::Promote(Number::Int),
            compat::Step::Promote(Promotion::LongToFloat | Promotion::LongToDouble) => Node::Promote(Number::Long),
            compat::Step::Promote(Promotion::FloatToDouble) => Node::Promote(Number::Float),
            compat::Step::Each(step) => Node::Each(node(*step)),
            compat::Step::Record(record) => match record_plan(record, resolution, &mut defaults, &mut skips) {
                Some(plan) => Node::Record(plan),
                None => Node::Fail(reason("")),
            },
            compat::Step::Symbols(symbols) => Node::Symbols(symbols.iter().map(|symbol| symbol.map(varint)).collect()),
            compat::Step::Into { branch, step } => Node::Into {
                branch: *branch as i64,
                node: node(*step),
            },
            compat::Step::Branches { steps, .. } => Node::Branches(steps.iter().map(|step| node(*step)).collect()),
            compat::Step::Fail(code) => Node::Fail(reason(code)),
        })
        .collect();
    Plan {
        nodes,
        alike: RecordPlan::alike(),
        root: node(resolution.root()),
        skips: skips.list.into(),
    }
}

fn node(step: StepId) -> NodeId {
    NodeId(step.index() as u32)
}

/// Why a value cannot be read, by the code of the finding, for an error that is met while events are read.
fn reason(code: &str) -> &'static str {
    match code {
        "KE0602" => "a type of another name than the reader's",
        "KE0605" => "a fixed of another size than the reader's",
        "KE0606" => "a value that no branch of the reader's union reads",
        "KE0607" => "a branch of the writer's union that the reader's type does not read",
        "KE0608" => "a value in another unit than the reader's",
        "KE0609" => "a decimal of another scale than the reader's",
        "KE0610" => "a decimal of another precision than the reader's",
        "KE0611" => "a value that means something else to the reader",
        "KE0612" => "types that lead into one another deeper than they are compared",
        _ => "a value of another type than the reader's",
    }
}

/// `None` of what is no record.
fn record_plan(record: &RecordStep, resolution: &Resolution, defaults: &mut Defaults<'_>, skips: &mut Skips<'_>) -> Option<RecordPlan> {
    let Named::Record(written) = skips.writer.named(record.writer) else {
        return None;
    };
    let places: BTreeMap<usize, (usize, StepId)> = record
        .fields
        .iter()
        .enumerate()
        .filter_map(|(place, field)| field.map(|(reader, step)| (reader, (place, step))))
        .collect();
    let mut kept: BTreeMap<usize, usize> = BTreeMap::new();
    let mut cursor = 0;
    let mut first = 0;
    let mut fields: Vec<FieldPlan> = Vec::new();
    for field in 0..places.len() + record.defaults.len() + record.lacking.len() {
        let Some(&(place, step)) = places.get(&field) else {
            fields.push(FieldPlan {
                before: [].into(),
                source: defaults.of(record, field).map_or(Source::Lacking, Source::Default),
                run: 0,
            });
            continue;
        };
        if let Some(kept) = kept.get(&place) {
            fields.push(FieldPlan {
                before: [].into(),
                source: Source::Changed(Changed {
                    place: Some(*kept),
                    node: node(step),
                    skip: skips.ty(&written.fields[place].ty),
                }),
                run: 0,
            });
            continue;
        }
        let mut before: Vec<Before> = Vec::new();
        let pass = |skip| Before { skip, keep: false };
        // What was not read by now is read later, or by nobody.
        for later in (cursor..place).filter(|passed| record.fields[*passed].is_some()) {
            before.extend(skips.fields(&written.fields[cursor..later]).into_iter().map(pass));
            before.push(Before {
                skip: skips.ty(&written.fields[later].ty),
                keep: true,
            });
            kept.insert(later, kept.len());
            cursor = later + 1;
        }
        before.extend(skips.fields(&written.fields[cursor..place]).into_iter().map(pass));
        cursor = place + 1;
        let how = resolution.step(step);
        if before.is_empty() && matches!(how, compat::Step::AsIs) {
            *fields.last_mut().map_or(&mut first, |field| &mut field.run) += 1;
            continue;
        }
        let skip = skips.ty(&written.fields[place].ty);
        let source = match how {
            compat::Step::AsIs => Source::AsIs { skip },
            compat::Step::Promote(Promotion::IntToLong) if before.is_empty() => Source::OfInt { skip },
            _ => Source::Changed(Changed {
                place: None,
                node: node(step),
                skip,
            }),
        };
        fields.push(FieldPlan {
            before: before.into(),
            source,
            run: 0,
        });
    }
    Some(RecordPlan {
        run: first,
        fields: fields.into(),
        tail: skips.fields(&written.fields[cursor..]).into(),
        kept: kept.len(),
    })
}

/// The reader's defaults, each once: a record of its may meet many of the writer's.
struct Defaults<'m> {
    reader: &'m Model,
    list: BTreeMap<(TypeId, usize), Option<Arc<[u8]>>>,
}

impl Defaults<'_> {
    fn of(&mut self, record: &RecordStep, field: usize) -> Option<Arc<[u8]>> {
        let default = || record.default_of(self.reader, field).map(Into::into);
        self.list.entry((record.reader, field)).or_insert_with(default).clone()
    }
}

/// What is passed over, each type once.
pub(super) struct Skips<'m> {
    writer: &'m Model,
    list: Vec<Skip>,
    /// Those of named types, which may lead back to themselves.
    named: BTreeMap<TypeId, SkipId>,
}

impl<'m> Skips<'m> {
    pub(super) fn new(writer: &'m Model) -> Self {
        Self {
            writer,
            list: Vec::new(),
            named: BTreeMap::new(),
        }
    }

    /// The same places, and then those of another writer's types.
    pub(super) fn continued<'n>(self, writer: &'n Model) -> Skips<'n> {
        Skips {
            writer,
            list: self.list,
            named: BTreeMap::new(),
        }
    }

    fn push(&mut self, skip: Skip) -> SkipId {
        self.list.push(skip);
        SkipId(self.list.len() as u32 - 1)
    }

    pub(super) fn ty(&mut self, ty: &Type) -> SkipId {
        let skip = match ty {
            Type::Null | Type::Broken => Skip::Bytes(0),
            Type::Boolean => Skip::Bytes(1),
            Type::Float => Skip::Bytes(4),
            Type::Double => Skip::Bytes(8),
            Type::Bytes | Type::String | Type::Logical(Logical::Uuid | Logical::Decimal { .. } | Logical::BigDecimal) => Skip::Prefixed,
            Type::Int | Type::Long | Type::Logical(_) => Skip::Varint,
            Type::Array(item) => Skip::Items(self.ty(item)),
            Type::Map(value) => Skip::Entries(self.ty(value)),
            Type::Nullable { null_first, inner } => {
                let (null, inner) = (self.push(Skip::Bytes(0)), self.ty(inner));
                Skip::Branches(if *null_first { [null, inner] } else { [inner, null] }.into())
            }
            Type::Union(union) => Skip::Branches(union.branches.iter().map(|branch| self.ty(branch)).collect()),
            Type::Named(id) => return self.named(*id),
            Type::Boxed(id) => Skip::Nested(self.named(*id)),
        };
        self.push(skip)
    }

    fn named(&mut self, id: TypeId) -> SkipId {
        if let Some(known) = self.named.get(&id) {
            return *known;
        }
        let skip = match self.writer.named(id) {
            Named::Enum(_) => Skip::Varint,
            Named::Fixed(fixed) => Skip::Bytes(fixed.size),
            Named::Record(record) => {
                // Taken before its fields, one of which may hold it: that is a step, though it is not known yet of how many.
                let place = self.push(Skip::Record([].into()));
                self.named.insert(id, place);
                let fields = self.fields(&record.fields);
                self.list[place.0 as usize] = match *fields {
                    [] => Skip::Bytes(0),
                    [only] if !self.is_open(only) => self.list[only.0 as usize].clone(),
                    _ => Skip::Record(fields.into()),
                };
                return place;
            }
        };
        let place = self.push(skip);
        self.named.insert(id, place);
        place
    }

    /// Whether it is a record whose fields are being looked at.
    fn is_open(&self, id: SkipId) -> bool {
        matches!(&self.list[id.0 as usize], Skip::Record(fields) if fields.is_empty())
    }

    /// Fields one behind the other, in so few steps that each takes bytes: those of a known length at once with their neighbours, and those of none
    /// not at all. Else a writer of many fields of nothing, or of records of nothing, each of which holds the one before it twice, would have them
    /// passed over for ever.
    fn fields(&mut self, fields: &[Field]) -> Vec<SkipId> {
        let mut steps = Vec::new();
        let mut known = 0_usize;
        for field in fields {
            let id = self.ty(&field.ty);
            match self.list[id.0 as usize] {
                Skip::Bytes(length) => known = known.saturating_add(length),
                _ => {
                    self.known(&mut known, &mut steps);
                    steps.push(id);
                }
            }
        }
        self.known(&mut known, &mut steps);
        steps
    }

    /// Ends what has a known length.
    fn known(&mut self, length: &mut usize, steps: &mut Vec<SkipId>) {
        if *length > 0 {
            steps.push(self.push(Skip::Bytes(std::mem::take(length))));
        }
    }
}

/// A symbol's place, encoded.
fn varint(place: usize) -> Box<[u8]> {
    let mut bytes = Vec::new();
    let mut writer = Writer::new(&mut bytes, 10);
    writer.varint(place as i64);
    writer.finish().expect("a number is never refused");
    bytes.into()
}
