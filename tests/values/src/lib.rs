//! Random values of a schema as apache-avro has them, in the one form that has only one encoding.

#![deny(warnings, missing_docs)]
#![forbid(unsafe_code)]

use std::collections::HashMap;
use std::ffi::OsString;

use apache_avro::schema::{InnerDecimalSchema, Name, RecordSchema, ResolvedSchema};
use apache_avro::types::Value;
use apache_avro::{BigDecimal, Days, Decimal, Duration, Millis, Months, Schema};
use num_bigint::{BigInt, Sign};
use rand::rngs::StdRng;
use rand::{Rng as _, RngExt as _};

/// Whether the corpus is there, said on standard error where it is not.
///
/// # Panics
/// It is not, and `KAFKA_EVENT_STRICT` is set.
#[must_use]
pub fn has_corpus(found: bool) -> bool {
    if !found {
        let strict = std::env::var_os("KAFKA_EVENT_STRICT").is_some_and(|strict| !strict.is_empty());
        assert!(
            !strict,
            "KAFKA_EVENT_CORPUS was not set when this was built, and KAFKA_EVENT_STRICT is"
        );
        eprintln!("skipped: no corpus; KAFKA_EVENT_CORPUS names its folder");
    }
    found
}

/// Java's class path of Avro, where it is said.
///
/// # Panics
/// There is none, and `KAFKA_EVENT_STRICT` is set.
#[must_use]
pub fn avro_jars() -> Option<OsString> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let jars = set("KAFKA_EVENT_AVRO_JARS");
    if jars.is_none() {
        assert!(
            set("KAFKA_EVENT_STRICT").is_none(),
            "KAFKA_EVENT_AVRO_JARS is not set, and KAFKA_EVENT_STRICT is: it is what `cargo xtask avro-jars` prints"
        );
        eprintln!("skipped: no Java; KAFKA_EVENT_AVRO_JARS is what `cargo xtask avro-jars` prints");
    }
    jars
}

fn variable(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}

/// What a run is drawn from: another in each, unless `KAFKA_EVENT_SEED` says which.
#[must_use]
pub fn seed() -> u64 {
    variable("KAFKA_EVENT_SEED").unwrap_or_else(rand::random)
}

/// How many cases `KAFKA_EVENT_CASES` asks for.
#[must_use]
pub fn cases() -> Option<u64> {
    variable("KAFKA_EVENT_CASES")
}

/// The values of a schema, and of the types in it.
#[derive(Debug)]
pub struct Values<'s> {
    resolved: ResolvedSchema<'s>,
    /// How deep the least value of a record is; one that is not here has no value that ends.
    heights: HashMap<Name, u32>,
}

/// Beyond this, collections are empty and unions take the branch that ends first.
const DEPTH: u32 = 5;

/// The same beyond so many values within one.
const SIZE: u32 = 2_000;

impl<'s> Values<'s> {
    /// Of a schema that is whole.
    ///
    /// # Panics
    /// The schema refers to what it does not define.
    #[must_use]
    pub fn of(schema: &'s Schema) -> Self {
        let mut values = Self {
            resolved: ResolvedSchema::new(schema).expect("the schema resolves"),
            heights: HashMap::new(),
        };
        // From the least ones up: a record ends when all that it holds does.
        for height in 1.. {
            let ending: Vec<Name> = values
                .resolved
                .get_names()
                .iter()
                .filter(|(name, named)| !values.heights.contains_key(name) && values.fields_end(named))
                .map(|(name, _)| name.clone())
                .collect();
            if ending.is_empty() {
                break;
            }
            values.heights.extend(ending.into_iter().map(|name| (name, height)));
        }
        values
    }

    fn fields_end(&self, named: &Schema) -> bool {
        match named {
            Schema::Record(record) => record.fields.iter().all(|field| self.height(&field.schema).is_some()),
            _ => true,
        }
    }

    /// How deep the least value of a type is; `None` where none ends.
    fn height(&self, schema: &Schema) -> Option<u32> {
        match schema {
            Schema::Record(RecordSchema { name, .. }) | Schema::Ref { name } => self.heights.get(name).copied(),
            Schema::Union(union) => union.variants().iter().filter_map(|branch| self.height(branch)).min(),
            _ => Some(0),
        }
    }

    /// The types that the schema defines.
    #[must_use]
    pub fn resolved(&self) -> &ResolvedSchema<'s> {
        &self.resolved
    }

    /// The type of a full name.
    #[must_use]
    pub fn named(&self, full_name: &str) -> Option<&'s Schema> {
        let mut names = self.resolved.get_names().iter();
        names.find(|(name, _)| name.fullname(None) == full_name).map(|(_, schema)| *schema)
    }

    /// A random value of the schema or of a type in it; `None` where none ever ends.
    #[must_use]
    pub fn random(&self, schema: &Schema, random: &mut StdRng) -> Option<Value> {
        self.height(schema)?;
        let mut draw = Draw {
            values: self,
            random,
            left: SIZE,
        };
        Some(draw.value(schema, 0))
    }
}

/// A value that is drawn.
struct Draw<'a, 's> {
    values: &'a Values<'s>,
    random: &'a mut StdRng,
    /// How many more values in it may be as large as they come.
    left: u32,
}

impl Draw<'_, '_> {
    fn value(&mut self, schema: &Schema, depth: u32) -> Value {
        self.left = self.left.saturating_sub(1);
        match schema {
            Schema::Null => Value::Null,
            Schema::Boolean => Value::Boolean(self.random.random()),
            Schema::Int => Value::Int(self.int()),
            Schema::Long => Value::Long(self.long()),
            Schema::Float => Value::Float(f32::from_bits(self.random.random())),
            Schema::Double => Value::Double(f64::from_bits(self.random.random())),
            Schema::Bytes => Value::Bytes(self.bytes()),
            Schema::String => Value::String(self.text()),
            Schema::Array(array) => {
                let count = self.count(&array.items, depth);
                Value::Array((0..count).map(|_| self.value(&array.items, depth + 1)).collect())
            }
            // The order of a map's entries is nobody's: at most one has one encoding.
            Schema::Map(map) => {
                let count = self.count(&map.types, depth).min(1);
                Value::Map((0..count).map(|_| (self.text(), self.value(&map.types, depth + 1))).collect())
            }
            Schema::Union(union) => {
                let branches = union.variants();
                let heights = branches.iter().map(|branch| self.values.height(branch));
                let mut ending: Vec<_> = heights.enumerate().filter_map(|(place, height)| Some((height?, place))).collect();
                if self.ends(depth) {
                    ending.sort_unstable();
                    ending.truncate(1);
                }
                let (_, branch) = ending[self.random.random_range(0..ending.len())];
                let value = self.value(&branches[branch], depth + 1);
                Value::Union(u32::try_from(branch).expect("few branches"), Box::new(value))
            }
            Schema::Record(record) => Value::Record(
                record
                    .fields
                    .iter()
                    .map(|field| (field.name.clone(), self.value(&field.schema, depth + 1)))
                    .collect(),
            ),
            Schema::Enum(symbols) => {
                let symbol = self.random.random_range(0..symbols.symbols.len());
                Value::Enum(u32::try_from(symbol).expect("few symbols"), symbols.symbols[symbol].clone())
            }
            Schema::Fixed(fixed) => Value::Fixed(fixed.size, self.exactly(fixed.size)),
            Schema::Uuid(_) => Value::Uuid(apache_avro::Uuid::from_u128(self.random.random())),
            Schema::Date => Value::Date(self.int()),
            Schema::TimeMillis => Value::TimeMillis(self.int()),
            Schema::TimeMicros => Value::TimeMicros(self.long()),
            Schema::TimestampMillis => Value::TimestampMillis(self.long()),
            Schema::TimestampMicros => Value::TimestampMicros(self.long()),
            Schema::TimestampNanos => Value::TimestampNanos(self.long()),
            Schema::LocalTimestampMillis => Value::LocalTimestampMillis(self.long()),
            Schema::LocalTimestampMicros => Value::LocalTimestampMicros(self.long()),
            Schema::LocalTimestampNanos => Value::LocalTimestampNanos(self.long()),
            Schema::Duration(_) => {
                let (months, days, millis) = (self.random.random(), self.random.random(), self.random.random());
                Value::Duration(Duration::new(Months::new(months), Days::new(days), Millis::new(millis)))
            }
            Schema::Ref { name } => {
                let found = self.values.resolved.get_names()[name];
                self.value(found, depth)
            }
            Schema::Decimal(decimal) => {
                // apache-avro does not see that a fixed is too short for its precision.
                let digits = match &decimal.inner {
                    InnerDecimalSchema::Fixed(fixed) => ((8 * fixed.size - 1) as f64 * std::f64::consts::LOG10_2) as usize,
                    InnerDecimalSchema::Bytes => usize::MAX,
                };
                let unscaled = self.unscaled(decimal.precision.min(digits));
                let bytes = match &decimal.inner {
                    // apache-avro remembers how many bytes a number had.
                    InnerDecimalSchema::Fixed(fixed) => {
                        let fill = if unscaled.sign() == Sign::Minus { 0xff } else { 0 };
                        let bytes = unscaled.to_signed_bytes_be();
                        [vec![fill; fixed.size - bytes.len()], bytes].concat()
                    }
                    InnerDecimalSchema::Bytes => unscaled.to_signed_bytes_be(),
                };
                Value::Decimal(Decimal::from(bytes))
            }
            Schema::BigDecimal => {
                let digits = [1, 9, 38, 39, 200][self.random.random_range(0..5)];
                let (unscaled, scale) = (self.unscaled(digits), self.int());
                Value::BigDecimal(BigDecimal::new(unscaled, scale.into()))
            }
        }
    }

    /// Whether what is at a depth is to end soon.
    fn ends(&self, depth: u32) -> bool {
        depth >= DEPTH || self.left == 0
    }

    fn count(&mut self, of: &Schema, depth: u32) -> usize {
        if self.ends(depth) || self.values.height(of).is_none() {
            0
        } else {
            self.random.random_range(0..4)
        }
    }

    /// As many short numbers as long ones.
    fn long(&mut self) -> i64 {
        let bits = self.random.random_range(0..64);
        let number: i64 = self.random.random();
        [number >> bits, i64::MIN, i64::MAX, 0][[0, 0, 0, 0, 0, 0, 0, 1, 2, 3][self.random.random_range(0..10)]]
    }

    /// A number of at most so many digits: as many short ones as long ones, and the two that are the longest.
    fn unscaled(&mut self, precision: usize) -> BigInt {
        let digits = match self.random.random_range(0..4) {
            0 => "9".repeat(precision),
            1 => "0".to_owned(),
            _ => {
                let digits = self.random.random_range(1..=precision);
                (0..digits).map(|_| char::from(b'0' + self.random.random_range(0..10_u8))).collect()
            }
        };
        let sign = ["", "-"][self.random.random_range(0..2)];
        format!("{sign}{digits}").parse().expect("digits are a number")
    }

    fn int(&mut self) -> i32 {
        let bits = self.random.random_range(0..32);
        let number: i32 = self.random.random();
        [number >> bits, i32::MIN, i32::MAX][[0, 0, 0, 0, 0, 0, 1, 2][self.random.random_range(0..8)]]
    }

    /// Short, long enough for two bytes of length, and of characters of each width.
    fn text(&mut self) -> String {
        let length = [0, 1, 7, 31, 32, 63, 64, 200][self.random.random_range(0..8)];
        (0..length)
            .map(|_| ['a', 'Z', ' ', '"', '\0', 'é', '語', '🦀'][self.random.random_range(0..8)])
            .collect()
    }

    fn bytes(&mut self) -> Vec<u8> {
        let length = [0, 1, 8, 64, 130][self.random.random_range(0..5)];
        self.exactly(length)
    }

    fn exactly(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        self.random.fill_bytes(&mut bytes);
        bytes
    }
}
