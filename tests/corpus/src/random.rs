//! Random values of a schema, in the one form that has only one encoding.

use std::collections::HashMap;

use apache_avro::schema::{InnerDecimalSchema, Name, ResolvedSchema};
use apache_avro::types::Value;
use apache_avro::{BigDecimal, Days, Decimal, Duration, Millis, Months, Schema};
use num_bigint::{BigInt, Sign};
use rand::rngs::StdRng;
use rand::{Rng as _, RngExt as _};

/// A random value of a schema.
///
/// # Panics
/// The schema does not resolve, or has a type that this project refuses.
#[must_use]
pub fn value(schema: &Schema, random: &mut StdRng) -> Value {
    let resolved = ResolvedSchema::try_from(schema).expect("the schema resolves");
    Values {
        names: resolved.get_names(),
        random,
    }
    .value(schema, 0)
}

struct Values<'a> {
    names: &'a HashMap<Name, &'a Schema>,
    random: &'a mut StdRng,
}

/// Beyond this, collections are empty and unions take a branch that ends.
const DEPTH: u32 = 5;

impl Values<'_> {
    fn value(&mut self, schema: &Schema, depth: u32) -> Value {
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
                let count = self.count(depth);
                Value::Array((0..count).map(|_| self.value(&array.items, depth + 1)).collect())
            }
            // The order of a map's entries is nobody's: at most one has one encoding.
            Schema::Map(map) => {
                let count = self.count(depth).min(1);
                Value::Map((0..count).map(|_| (self.text(), self.value(&map.types, depth + 1))).collect())
            }
            Schema::Union(union) => {
                let branches = union.variants();
                let mut branch = self.random.random_range(0..branches.len());
                if depth >= DEPTH {
                    branch = branches.iter().position(|branch| self.ends(branch)).unwrap_or(branch);
                }
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
            Schema::Uuid(_) => Value::Uuid(kafka_event::uuid::Uuid::from_u128(self.random.random())),
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
                let found = self.names[name];
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

    /// Whether a value of the type holds no further records or collections.
    fn ends(&self, schema: &Schema) -> bool {
        !matches!(schema, Schema::Record(_) | Schema::Ref { .. } | Schema::Union(_))
    }

    fn count(&mut self, depth: u32) -> usize {
        if depth >= DEPTH { 0 } else { self.random.random_range(0..4) }
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
