//! What Avro has for a type, by the last name of its path.

use heck::ToUpperCamelCase as _;

use super::StartType;
use super::set::{Set, full, type_name};
use super::shape::Shape;
use crate::avro::{FIXED_MAX, Json};
use crate::emit::own::generics::ParameterKind;
use crate::model::{Fixed, FixedLogical};
use crate::name::free;

/// The field that a type is found in.
#[derive(Clone, Copy)]
pub(super) struct At<'s> {
    /// The struct.
    pub(super) item: usize,
    /// The namespace around it.
    pub(super) namespace: &'s str,
    /// What a type without a name of its own is named by.
    pub(super) names: [&'s str; 2],
    /// How many newtypes stand around it.
    pub(super) newtypes: usize,
}

/// What the tokens of a field's type leave open.
#[derive(Default)]
pub(super) struct Open {
    /// What the user has to decide: the schema's doc says it, too.
    pub(super) choices: Vec<String>,
    /// What was decided though another choice would fit.
    pub(super) remarks: Vec<String>,
}

/// Newtypes of one another, which the compiler refuses as well.
const NEWTYPES_MAX: usize = 16;

/// Definitions within one another: a schema's text goes only so deep, and what is deeper has a file of its own.
const DEFINITIONS_MAX: usize = 8;

impl Set<'_> {
    /// A type of Avro's that carries a Rust type.
    pub(super) fn carried(&mut self, shape: &Shape, at: At<'_>, open: &mut Open) -> Json {
        match shape {
            Shape::Slice(item) => self.items_of(item, at, open),
            Shape::Array(item, size) if item.is("u8") => match size {
                Some(size) if *size <= FIXED_MAX.unsigned_abs() => self.fixed(*size, None, at, open),
                _ => open.text("the length of this array is no number here: write a `fixed` of that `size`"),
            },
            Shape::Array(item, _) => {
                open.choose("Avro has no array of a stated length: make the field a `Vec`, or carry it by `#[kafka(with = path)]`");
                self.items_of(item, at, open)
            }
            Shape::Unit => text("null"),
            Shape::Path { before, name, arguments } => self.path(before.as_deref(), name, arguments, at, open),
            Shape::Number(_) | Shape::Other => open.text("this is a type of no name: write the Avro type that carries it"),
        }
    }

    fn path(&mut self, before: Option<&str>, name: &str, arguments: &[Shape], at: At<'_>, open: &mut Open) -> Json {
        let parameters = &self.items[at.item].this().parameters;
        if arguments.is_empty()
            && parameters
                .iter()
                .any(|known| known.kind != ParameterKind::Lifetime && known.name == name)
        {
            return open.text(&format!("`{name}` is a parameter: write the type that it is in events"));
        }
        if name == "Self" {
            return self.named(self.items[at.item].begun_by, &[], at, open);
        }
        if let Some(item) = self.find(name) {
            return self.named(item, arguments, at, open);
        }
        match (name, arguments) {
            ("Option", [inner]) => self.nullable(inner, at, open),
            ("Vec", [item]) => self.items_of(item, at, open),
            ("VecDeque", [item]) => self.array_of(item, at, open),
            ("BTreeMap" | "HashMap", [key, value, ..]) => {
                if !key.is_text() {
                    open.choose("the keys of Avro's maps are text: make them a `String`, or the field a `Vec` of entries");
                }
                object(&[("type", text("map")), ("values", self.carried(value, at, open))])
            }
            ("Box" | "Cow", [inner]) => self.carried(inner, at, open),
            ("Arc" | "Rc", [inner]) => {
                let carries = name == "Arc" && (inner.is("str") || matches!(inner, Shape::Slice(_)));
                if !carries {
                    open.choose(&format!("an `{name}` of this is not carried: write a `Box`"));
                }
                self.carried(inner, at, open)
            }
            ("Decimal" | "WideDecimal", [Shape::Number(precision), Shape::Number(scale)])
                if *precision > 0 && scale <= precision && u32::try_from(*precision).is_ok() =>
            {
                decimal(*precision, *scale)
            }
            ("Decimal", []) => {
                let instead = "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 18, \"scale\": 2}";
                open.remark(&format!("a number of any scale here; of a stated one, it is {instead}"));
                logical("bytes", "big-decimal")
            }
            ("Span", []) => self.fixed(12, Some("duration"), at, open),
            ("Duration", []) if matches!(before, None | Some("logical")) => {
                if before.is_none() {
                    open.remark("`Duration` is read as `kafka_event::logical::Duration`: Avro has no other");
                }
                self.fixed(12, Some("duration"), at, open)
            }
            ("DateTime", [zone]) => {
                if !zone.is("Utc") {
                    open.choose("moments are carried in `Utc`: write `DateTime<Utc>`");
                }
                moment(open, "timestamp")
            }
            ("DateTime" | "NaiveDateTime" | "PrimitiveDateTime", []) => moment(open, "local-timestamp"),
            ("OffsetDateTime" | "UtcDateTime" | "Timestamp", []) => moment(open, "timestamp"),
            ("NaiveTime" | "Time", []) => {
                open.remark("in microseconds here: what is finer is cut off; `time-millis`, an int, is the other unit");
                logical("long", "time-micros")
            }
            (_, []) => self.scalar(before, name, at, open),
            _ => open.unknown(before, name),
        }
    }

    /// A type without arguments.
    fn scalar(&mut self, before: Option<&str>, name: &str, at: At<'_>, open: &mut Open) -> Json {
        if let Some((_, json)) = PRIMITIVES.iter().find(|(known, _)| *known == name) {
            return text(json);
        }
        if let Some((_, base, meaning)) = LOGICAL.iter().find(|(known, ..)| *known == name) {
            return logical(base, meaning);
        }
        if let Some((_, holds, instead)) = INTEGERS.iter().find(|(known, ..)| *known == name) {
            open.choose(&format!(
                "Avro has no `{name}`, and {holds}: make the field an `{instead}`, or carry it by `#[kafka(with = path)]`"
            ));
            return text(if *instead == "i32" { "int" } else { "long" });
        }
        match self.known(name) {
            Some((_, named)) => self.reference(&named.name().namespace(), &named.name().ident.avro, at, open),
            None => open.unknown(before, name),
        }
    }

    /// One of the types that are read together, with arguments of its parameters.
    fn named(&mut self, item: usize, arguments: &[Shape], at: At<'_>, open: &mut Open) -> Json {
        let ty = self.items[item].ty;
        match ty {
            StartType::Newtype(this, ty) => {
                // With other arguments it may be another.
                let is_one = arguments.is_empty();
                if let Some(known) = self.fixed.get(&item).filter(|_| is_one).cloned() {
                    let namespace = self.items[item].namespace.clone();
                    return self.reference(&namespace, &known, at, open);
                }
                let name = super::plain(&this.name);
                let parameters = this.parameters.iter().filter(|parameter| parameter.kind != ParameterKind::Lifetime);
                let parameters = parameters.map(|parameter| super::plain(&parameter.name));
                let shape = Shape::of(ty).with(&parameters.zip(arguments.iter().cloned()).collect::<Vec<_>>());
                if at.newtypes == NEWTYPES_MAX {
                    return open.text(&format!("`{name}` holds itself: write the Avro type that carries it"));
                }
                let within = At {
                    item,
                    names: [&name, ""],
                    newtypes: at.newtypes + 1,
                    ..at
                };
                let json = self.carried(&shape, within, open);
                if let (Some(Json::String(kind)), Some(Json::String(name))) = (json.get("type"), json.get("name"))
                    && kind == "fixed"
                    && is_one
                {
                    self.fixed.insert(item, name.clone());
                    self.items[item].namespace = at.namespace.to_owned();
                }
                json
            }
            StartType::Record(..) | StartType::Enum(..) => {
                if !self.is_elsewhere(item) && self.depth < DEFINITIONS_MAX {
                    self.depth += 1;
                    let json = self.definition(item, at.namespace);
                    self.depth -= 1;
                    return json;
                }
                let (namespace, name) = (self.items[item].namespace.clone(), self.items[item].avro.clone());
                self.reference(&namespace, &name, at, open)
            }
            StartType::Events(..) | StartType::Marker(..) => {
                let name = self.items[item].rust.clone();
                open.text(&format!(
                    "`{name}` is a topic's, and not a part of events: write the Avro type that carries it"
                ))
            }
        }
    }

    /// The name of a type that is defined elsewhere.
    fn reference(&mut self, namespace: &str, name: &str, at: At<'_>, open: &mut Open) -> Json {
        if namespace.is_empty() && !at.namespace.is_empty() {
            return open.text(&format!(
                "`{name}` has no namespace, and no type within one can name it: give it a namespace"
            ));
        }
        text(&if namespace == at.namespace {
            name.to_owned()
        } else {
            full(namespace, name)
        })
    }

    fn items_of(&mut self, item: &Shape, at: At<'_>, open: &mut Open) -> Json {
        if item.is("u8") {
            return text("bytes");
        }
        self.array_of(item, at, open)
    }

    fn array_of(&mut self, item: &Shape, at: At<'_>, open: &mut Open) -> Json {
        object(&[("type", text("array")), ("items", self.carried(item, at, open))])
    }

    /// Null first, so that null is the default everywhere.
    fn nullable(&mut self, inner: &Shape, at: At<'_>, open: &mut Open) -> Json {
        let inner = self.carried(inner, at, open);
        if matches!(inner, Json::Array(_)) || inner == text("null") {
            open.choose("a union has null once: the outer `Option` is taken for nothing");
            return inner;
        }
        Json::Array(vec![text("null"), inner])
    }

    /// Bytes of a length, which Avro gives a name.
    fn fixed(&mut self, size: u64, meaning: Option<&str>, at: At<'_>, open: &mut Open) -> Json {
        let [outer, field] = at.names;
        if let StartType::Newtype(..) = self.items[at.item].ty
            && let Some(known) = self.known_fixed(&full(at.namespace, outer), outer)
            && is_fixed_of(known, size, meaning)
        {
            return self.reference(&known.name.namespace(), &known.name.ident.avro, at, open);
        }
        let wanted = full(at.namespace, &type_name(&format!("{outer}{}", field.to_upper_camel_case())));
        let name = free(&mut self.taken, &wanted);
        let name = name.rsplit('.').next().unwrap_or_default();
        let mut entries = vec![("type", text("fixed")), ("name", text(name))];
        if let StartType::Newtype(this, _) = self.items[at.item].ty {
            entries.extend(this.doc.as_deref().map(|doc| ("doc", text(doc))));
        }
        entries.push(("size", Json::Int(i64::try_from(size).unwrap_or(i64::MAX))));
        entries.extend(meaning.map(|meaning| ("logicalType", text(meaning))));
        object(&entries)
    }
}

impl Open {
    pub(super) fn choose(&mut self, what: &str) {
        self.choices.push(what.to_owned());
    }

    fn remark(&mut self, what: &str) {
        self.remarks.push(what.to_owned());
    }

    /// What stands for a type that is not known: a string.
    pub(super) fn text(&mut self, what: &str) -> Json {
        self.choose(what);
        text("string")
    }

    fn unknown(&mut self, before: Option<&str>, name: &str) -> Json {
        let path = before.map_or_else(|| name.to_owned(), |before| format!("{before}::{name}"));
        self.text(&format!(
            "`{path}` is no type that is known here: write the Avro type that carries it"
        ))
    }
}

const PRIMITIVES: [(&str, &str); 8] = [
    ("bool", "boolean"),
    ("i32", "int"),
    ("i64", "long"),
    ("f32", "float"),
    ("f64", "double"),
    ("String", "string"),
    ("str", "string"),
    ("Bytes", "bytes"),
];

/// Types that mean one logical type, whichever crate they are of.
const LOGICAL: [(&str, &str, &str); 12] = [
    ("Uuid", "string", "uuid"),
    ("Date", "int", "date"),
    ("NaiveDate", "int", "date"),
    ("TimeMillis", "int", "time-millis"),
    ("TimeMicros", "long", "time-micros"),
    ("TimestampMillis", "long", "timestamp-millis"),
    ("TimestampMicros", "long", "timestamp-micros"),
    ("TimestampNanos", "long", "timestamp-nanos"),
    ("LocalTimestampMillis", "long", "local-timestamp-millis"),
    ("LocalTimestampMicros", "long", "local-timestamp-micros"),
    ("LocalTimestampNanos", "long", "local-timestamp-nanos"),
    ("BigDecimal", "bytes", "big-decimal"),
];

/// Integers that Avro has not, with what holds them.
const INTEGERS: [(&str, &str, &str); 8] = [
    ("i8", "an int holds all of its values", "i32"),
    ("u8", "an int holds all of its values", "i32"),
    ("i16", "an int holds all of its values", "i32"),
    ("u16", "an int holds all of its values", "i32"),
    ("u32", "a long holds all of its values", "i64"),
    ("u64", "a long holds its values up to 2^63 - 1", "i64"),
    ("usize", "a long holds its values up to 2^63 - 1", "i64"),
    ("isize", "a long holds all of its values", "i64"),
];

/// A moment, which the types of other crates give in nanoseconds.
fn moment(open: &mut Open, which: &str) -> Json {
    open.remark(&format!(
        "in microseconds here: what is finer is cut off; `{which}-millis` and `{which}-nanos` are the other units"
    ));
    logical("long", &format!("{which}-micros"))
}

fn decimal(precision: u64, scale: u64) -> Json {
    let number = |number: u64| Json::Int(i64::try_from(number).unwrap_or(i64::MAX));
    object(&[
        ("type", text("bytes")),
        ("logicalType", text("decimal")),
        ("precision", number(precision)),
        ("scale", number(scale)),
    ])
}

fn logical(base: &str, meaning: &str) -> Json {
    object(&[("type", text(base)), ("logicalType", text(meaning))])
}

/// Whether a fixed of the contract has a size, and means the same.
fn is_fixed_of(known: &Fixed, size: u64, meaning: Option<&str>) -> bool {
    let is_meant = match known.logical {
        None => meaning.is_none(),
        Some(FixedLogical::Duration) => meaning == Some("duration"),
        Some(_) => false,
    };
    is_meant && u64::try_from(known.size) == Ok(size)
}

pub(super) fn text(text: &str) -> Json {
    Json::String(text.to_owned())
}

pub(super) fn object(entries: &[(&str, Json)]) -> Json {
    Json::Object(entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
}
