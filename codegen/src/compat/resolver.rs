//! Pairs of types, from the whole inwards.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::avro::primitive_name;
use crate::diagnostic::Report;
use crate::model::{Enum, Fixed, FixedLogical, Logical, Model, Named, Record, Type, TypeId};

use super::finding::{Findings, Place};
use super::logical::{Meaning, differs};
use super::mode::Version;
use super::step::{Promotion, RecordStep, Step, StepId, Written};
use super::union::{branches, chosen, is_of_kind};

/// How deep pairs of types may lead into one another: far beyond schemas of practice, whose types are each met once, and within the stack that
/// [`Resolution::of`](super::Resolution::of) has.
const DEPTH: usize = 1_000;

/// What was found of a pair of versions.
pub(super) struct Resolved {
    pub(super) steps: Vec<Step>,
    pub(super) root: StepId,
    pub(super) report: Report,
}

/// Of the reader's record these fields are read, or all.
pub(super) fn resolve(reader: Version<'_>, writer: Version<'_>, wanted: Option<&[&str]>) -> Resolved {
    let mut resolver = Resolver {
        reader: &reader.contract.model,
        writer: &writer.contract.model,
        steps: Vec::new(),
        depth: 0,
        met: BTreeMap::new(),
        wanted,
        findings: Findings::new(reader, writer),
    };
    let place = Place {
        reader: resolver.reader.origin(reader.id).clone(),
        writer: resolver.writer.origin(writer.id).clone(),
        path: resolver.reader.name(reader.id).ident.avro.clone(),
    };
    let root = resolver.ty(&resolver.reader.ty(reader.id), &resolver.writer.ty(writer.id), &place);
    Resolved {
        steps: resolver.steps,
        root,
        report: resolver.findings.report(),
    }
}

struct Resolver<'a> {
    reader: &'a Model,
    writer: &'a Model,
    steps: Vec<Step>,
    /// How many named types stand around what is met.
    depth: usize,
    /// Pairs of named types that have been met, the reader's first, each with whether all that stands against it is told: where it was met in a
    /// field that is not read, it is met once more in one that is.
    met: BTreeMap<(TypeId, TypeId), (StepId, bool)>,
    /// The fields that are read of the record that is the whole, where some are not.
    wanted: Option<&'a [&'a str]>,
    findings: Findings<'a>,
}

impl<'a> Resolver<'a> {
    fn step(&mut self, step: Step) -> StepId {
        self.steps.push(step);
        StepId::new(self.steps.len() - 1)
    }

    fn ty(&mut self, reader: &Type, writer: &Type, place: &Place) -> StepId {
        if let Some(written) = branches(writer) {
            return self.each_written(reader, &written, place);
        }
        if let Some(read) = branches(reader) {
            return self.one_read(&read, writer, place);
        }
        match (reader, writer) {
            (Type::Array(reader), Type::Array(writer)) => self.each(reader, writer, &place.items()),
            (Type::Map(reader), Type::Map(writer)) => self.each(reader, writer, &place.values()),
            (Type::Named(read) | Type::Boxed(read), Type::Named(written) | Type::Boxed(written)) => {
                self.named(*read, *written, reader, writer, place)
            }
            _ => self.scalar(reader, writer, place),
        }
    }

    /// What becomes of each branch of the writer's union.
    fn each_written(&mut self, reader: &Type, written: &[&Type], place: &Place) -> StepId {
        let read = branches(reader).map(|branches| branches.len());
        let mut steps = Vec::with_capacity(written.len());
        for (index, branch) in written.iter().enumerate() {
            steps.push(self.written(reader, read.is_some(), branch, &place.writer_branch(index)));
        }
        self.step(Step::Branches { steps, read })
    }

    /// What becomes of one of them.
    fn written(&mut self, reader: &Type, is_union: bool, branch: &Type, place: &Place) -> StepId {
        if is_union || self.may_read(reader, branch) {
            return self.ty(reader, branch, place);
        }
        let code = self.findings.branch_is_unreadable(place, reader, branch);
        self.step(Step::Fail(code))
    }

    /// Which branch of the reader's union a value becomes.
    fn one_read(&mut self, read: &[&Type], writer: &Type, place: &Place) -> StepId {
        let Some(branch) = chosen(self.reader, read, self.writer, writer) else {
            let code = self.findings.no_branch(place, read, writer);
            return self.step(Step::Fail(code));
        };
        let step = self.ty(read[branch], writer, &place.reader_branch(branch));
        self.step(Step::Into { branch, step })
    }

    fn each(&mut self, reader: &Type, writer: &Type, place: &Place) -> StepId {
        let step = self.ty(reader, writer, place);
        self.step(Step::Each(step))
    }

    /// Whether a branch of the writer's may be what the reader's type is, whatever comes of it further in.
    fn may_read(&self, reader: &Type, writer: &Type) -> bool {
        chosen(self.reader, &[reader], self.writer, writer).is_some()
    }

    fn scalar(&mut self, reader: &Type, writer: &Type, place: &Place) -> StepId {
        let step = match (primitive(reader), primitive(writer)) {
            (Some(read), Some(written)) if read == written => Some(narrowed(reader, writer).map_or(Step::AsIs, Step::Narrowed)),
            (Some(read), Some(written)) => promoted(read, written),
            _ => None,
        };
        let Some(step) = step else {
            let code = self.findings.types_differ(place, reader, writer);
            return self.step(Step::Fail(code));
        };
        let code = if is_text_as_number(reader, writer) || is_text_as_number(writer, reader) {
            Some(self.findings.text_is_no_number(place, reader, writer))
        } else {
            let (read, written) = (meaning(reader), meaning(writer));
            differs(read, written).and_then(|differs| self.findings.meanings_differ(place, differs, read, written))
        };
        self.step(code.map_or(step, Step::Fail))
    }

    fn named(&mut self, read: TypeId, written: TypeId, reader: &Type, writer: &Type, place: &Place) -> StepId {
        if let Some((known, is_told)) = self.met.get(&(read, written))
            && (*is_told || !self.findings.is_read)
        {
            return *known;
        }
        let (read_as, written_as): (&'a Named, &'a Named) = (self.reader.named(read), self.writer.named(written));
        if !is_of_kind(read_as, written_as) {
            let code = self.findings.types_differ(place, reader, writer);
            return self.step(Step::Fail(code));
        }
        if self.depth == DEPTH {
            let code = self.findings.too_deep(place, DEPTH);
            return self.step(Step::Fail(code));
        }
        self.depth += 1;
        // Taken before what is in it, which may lead back here.
        let id = self.step(Step::AsIs);
        let is_told = self.findings.is_read && (self.depth > 1 || self.wanted.is_none());
        self.met.insert((read, written), (id, is_told));
        let step = match matches(read_as, written_as) {
            None => Step::Fail(self.findings.names_differ(place, read_as, written_as)),
            Some(by) => {
                if by == Match::Unqualified {
                    self.findings.matched_without_namespace(place, read_as, written_as);
                }
                match (read_as, written_as) {
                    (Named::Record(reader), Named::Record(writer)) => self.record((read, reader), (written, writer), place),
                    (Named::Enum(reader), Named::Enum(writer)) => self.enumeration(reader, writer, place),
                    (Named::Fixed(reader), Named::Fixed(writer)) => self.fixed(reader, writer, place),
                    _ => Step::Fail(self.findings.types_differ(place, reader, writer)),
                }
            }
        };
        self.steps[id.index()] = step;
        self.depth -= 1;
        id
    }

    fn record(&mut self, (read, reader): (TypeId, &Record), (written, writer): (TypeId, &Record), place: &Place) -> Step {
        let mut fields: Vec<Option<(usize, StepId)>> = vec![None; writer.fields.len()];
        let (mut defaults, mut lacking) = (Vec::new(), Vec::new());
        let written_as = written_as(reader, writer);
        let is_whole = self.depth == 1;
        for (place_in_reader, field) in reader.fields.iter().enumerate() {
            if let Some(wanted) = self.wanted.filter(|_| is_whole) {
                self.findings.is_read = wanted.contains(&field.name.avro.as_str());
            }
            match written_as[place_in_reader] {
                Some(place_in_writer) => {
                    let written = &writer.fields[place_in_writer];
                    let step = self.ty(&field.ty, &written.ty, &place.field(field, written));
                    fields[place_in_writer] = Some((place_in_reader, step));
                }
                None if field.default.is_some() => defaults.push(place_in_reader),
                None => {
                    self.findings.field_is_lacking(&place.path, field, writer);
                    lacking.push(place_in_reader);
                }
            }
        }
        if is_whole {
            self.findings.is_read = true;
        }
        Step::Record(RecordStep {
            writer: written,
            reader: read,
            fields,
            defaults,
            lacking,
        })
    }

    fn enumeration(&mut self, reader: &Enum, writer: &Enum, place: &Place) -> Step {
        let known: BTreeMap<_, _> = reader
            .symbols
            .iter()
            .enumerate()
            .map(|(place, symbol)| (symbol.avro.as_str(), place))
            .collect();
        let symbols: Vec<_> = writer
            .symbols
            .iter()
            .map(|symbol| known.get(symbol.avro.as_str()).copied().or(reader.default))
            .collect();
        let unknown: Vec<_> = (0..symbols.len()).filter(|place| symbols[*place].is_none()).collect();
        if !unknown.is_empty() {
            self.findings.symbols_are_unknown(&place.path, reader, writer, &unknown);
        }
        // Of an enum with more symbols the reader's decoder would read an index that the writer's has not.
        let is_alike = symbols.len() == reader.symbols.len() && symbols.iter().enumerate().all(|(place, symbol)| *symbol == Some(place));
        if is_alike { Step::AsIs } else { Step::Symbols(symbols) }
    }

    fn fixed(&mut self, reader: &Fixed, writer: &Fixed, place: &Place) -> Step {
        if reader.size != writer.size {
            return Step::Fail(self.findings.sizes_differ(&place.path, reader, writer));
        }
        let (read, written) = (reader.logical.map(Meaning::from), writer.logical.map(Meaning::from));
        let code = differs(read, written).and_then(|differs| self.findings.meanings_differ(place, differs, read, written));
        let is_narrowed = matches!((reader.logical, writer.logical), (Some(FixedLogical::Decimal { .. }), None));
        match code {
            Some(code) => Step::Fail(code),
            None if is_narrowed => Step::Narrowed(Written::Fixed(writer.size)),
            None => Step::AsIs,
        }
    }
}

/// How a writer's name is a reader's: the earlier, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Match {
    /// Their full names are the same.
    Full,
    /// An alias of the reader's is the writer's full name.
    Alias,
    /// They are the same without their namespaces.
    Unqualified,
}

/// How the reader's type is the writer's by its name.
pub(super) fn matches(reader: &Named, writer: &Named) -> Option<Match> {
    let aliases = match reader {
        Named::Record(record) => &record.aliases,
        Named::Enum(enumeration) => &enumeration.aliases,
        Named::Fixed(fixed) => &fixed.aliases,
    };
    let written = writer.name().full();
    if reader.name().full() == written {
        Some(Match::Full)
    } else if aliases.contains(&written) {
        Some(Match::Alias)
    } else if reader.name().ident.avro == writer.name().ident.avro {
        Some(Match::Unqualified)
    } else {
        None
    }
}

/// Of each of the reader's fields the place of the writer's: that of its name, else of one of its aliases that is no field's own name. What one
/// field has taken no other takes.
fn written_as(reader: &Record, writer: &Record) -> Vec<Option<usize>> {
    let written: HashMap<&str, usize> = writer
        .fields
        .iter()
        .enumerate()
        .map(|(place, field)| (field.name.avro.as_str(), place))
        .collect();
    let own: HashSet<&str> = reader.fields.iter().map(|field| field.name.avro.as_str()).collect();
    let mut taken = HashSet::new();
    reader
        .fields
        .iter()
        .map(|field| {
            let by_alias = || {
                let aliases = field.aliases.iter().map(String::as_str).filter(|alias| !own.contains(alias));
                aliases
                    .filter_map(|alias| written.get(alias))
                    .find(|place| !taken.contains(*place))
                    .copied()
            };
            let place = written.get(field.name.avro.as_str()).copied().or_else(by_alias)?;
            taken.insert(place);
            Some(place)
        })
        .collect()
}

/// The name of a type that Avro has by itself, whatever it means.
pub(super) fn primitive(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::Array(_) | Type::Map(_) | Type::Nullable { .. } | Type::Union(_) | Type::Named(_) | Type::Boxed(_) | Type::Broken => None,
        scalar => Some(primitive_name(scalar)),
    }
}

fn meaning(ty: &Type) -> Option<Meaning> {
    match ty {
        Type::Logical(logical) => Some((*logical).into()),
        _ => None,
    }
}

/// Whether text of one stands for the number of the other. Text and bytes are promoted into each other as they are, whatever is in them; but the
/// bytes of a decimal are its digits in binary, and any text would be some number.
fn is_text_as_number(text: &Type, number: &Type) -> bool {
    primitive(text) == Some("string") && matches!(number, Type::Logical(Logical::Decimal { .. } | Logical::BigDecimal))
}

/// As what a value was written, where the reader alone says that it is no text or bytes of any kind. A number's logical types have every number.
fn narrowed(reader: &Type, writer: &Type) -> Option<Written> {
    match (reader, writer) {
        (Type::Logical(Logical::Uuid), Type::String) => Some(Written::Text),
        (Type::Logical(Logical::Decimal { .. } | Logical::BigDecimal), Type::Bytes) => Some(Written::Bytes),
        _ => None,
    }
}

/// What becomes of a primitive value that is read as another.
fn promoted(reader: &str, writer: &str) -> Option<Step> {
    match (writer, reader) {
        // These are written alike; but not all bytes are text.
        ("string", "bytes") => Some(Step::AsIs),
        ("bytes", "string") => Some(Step::Narrowed(Written::Bytes)),
        ("int", "long") => Some(Step::Promote(Promotion::IntToLong)),
        ("int", "float") => Some(Step::Promote(Promotion::IntToFloat)),
        ("int", "double") => Some(Step::Promote(Promotion::IntToDouble)),
        ("long", "float") => Some(Step::Promote(Promotion::LongToFloat)),
        ("long", "double") => Some(Step::Promote(Promotion::LongToDouble)),
        ("float", "double") => Some(Step::Promote(Promotion::FloatToDouble)),
        _ => None,
    }
}

/// Whether a primitive value may be read as another.
pub(super) fn is_promoted(reader: &str, writer: &str) -> bool {
    promoted(reader, writer).is_some()
}
