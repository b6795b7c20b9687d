//! The Avro types, as Rust types that are never made: the other side of [`Encode`](crate::codec::Encode) and
//! [`Decode`](crate::codec::Decode).
//!
//! A field's Rust type says how a value is held; the type from here says how it is written. `String` carries [`Str`] and not [`Long`], and
//! the compiler says so in the words of the trait.
//!
//! # What carries what
//!
//! | Avro | Rust |
//! | --- | --- |
//! | null, boolean, int, long, float, double | `()`, `bool`, `i32`, `i64`, `f32`, `f64` |
//! | string | `String`, `Box<str>`, `Arc<str>`, `Cow<'a, str>`, `&'a str` |
//! | bytes | `Vec<u8>`, `Box<[u8]>`, `Arc<[u8]>`, `Cow<'a, [u8]>`, `&'a [u8]`; `Bytes`, with the feature `bytes` |
//! | fixed | `[u8; N]`, `&'a [u8; N]` |
//! | array | `Vec<T>`, `Box<[T]>`, `Arc<[T]>`, `VecDeque<T>`, `Cow<'a, [T]>`, whose items are owned when they are read |
//! | map | `BTreeMap<K, V>`, `HashMap<K, V, S>` with any hasher that has a `Default`; its keys are what carries a string |
//! | a union of null and another type | `Option<T>` |
//! | a record, an enum, a union | the generated type, or one of your own by `#[derive(KafkaEvent)]`, which unions do not have |
//! | with a logical type | those of [`logical`](crate::logical), with the types of other crates that stand there; `Uuid` |
//! | anything | a `Box` of what carries it, and a newtype of that with `#[derive(KafkaEvent)]` |
//!
//! Events go from thread to thread, and an `Rc` cannot: an `Arc` stands in its place.

macro_rules! wire_types {
    ($($(#[$doc:meta])* $name:ident $(<$($generic:ident),+>)? $([$(const $constant:ident: $kind:ty),+])?;)+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name $(<$($generic),+>)? $(<$(const $constant: $kind),+>)? (
            std::convert::Infallible,
            $($(std::marker::PhantomData<$generic>),+)?
        );
    )+};
}

wire_types! {
    /// `null`: no bytes.
    Null;
    /// `boolean`: one byte.
    Boolean;
    /// `int`: 32 bits, zig-zag and variable-length.
    Int;
    /// `long`: 64 bits, zig-zag and variable-length.
    Long;
    /// `float`: four bytes, little-endian.
    Float;
    /// `double`: eight bytes, little-endian.
    Double;
    /// `bytes`: a length and as many bytes.
    Bytes;
    /// `string`: a length and as many bytes of UTF-8.
    Str;
    /// `fixed`: as many bytes as its type says.
    Fixed[const SIZE: usize];
    /// `array`: blocks of items.
    Array<Item>;
    /// `map`: blocks of keys and values.
    Map<Value>;
    /// A record: its fields in order.
    Record;
    /// An enum: the place of the symbol.
    Enum;
    /// A union of several types: the place of the branch, then its value.
    Union;
    /// A union of several types of which the one at `NULL` is null, held as an `Option` of the others.
    NullableUnion[const NULL: usize];
    /// `date`: days since 1970-01-01, an int.
    Date;
    /// `time-millis`: milliseconds since midnight, an int.
    TimeMillis;
    /// `time-micros`: microseconds since midnight, a long.
    TimeMicros;
    /// `timestamp-millis`: milliseconds since 1970-01-01T00:00:00Z, a long.
    TimestampMillis;
    /// `timestamp-micros`: microseconds since 1970-01-01T00:00:00Z, a long.
    TimestampMicros;
    /// `timestamp-nanos`: nanoseconds since 1970-01-01T00:00:00Z, a long.
    TimestampNanos;
    /// `local-timestamp-millis`: a wall clock's milliseconds, a long.
    LocalTimestampMillis;
    /// `local-timestamp-micros`: a wall clock's microseconds, a long.
    LocalTimestampMicros;
    /// `local-timestamp-nanos`: a wall clock's nanoseconds, a long.
    LocalTimestampNanos;
    /// `uuid` on a string: 36 characters.
    Uuid;
    /// `uuid` on a fixed of 16 bytes, big-endian.
    UuidFixed;
    /// `duration` on a fixed of 12 bytes: months, days and milliseconds, each a little-endian `u32`.
    Duration;
    /// `decimal` on bytes: the unscaled number, big-endian two's complement.
    Decimal[const PRECISION: u32, const SCALE: u32];
    /// `decimal` on a fixed: the same, its sign repeated to the size.
    DecimalFixed[const SIZE: usize, const PRECISION: u32, const SCALE: u32];
    /// `big-decimal` on bytes: within them the unscaled number as bytes, and the scale as an int.
    BigDecimal;
}

/// A union of null and one other type; `NULL` is the place of null, 0 or 1.
#[derive(Debug)]
pub struct Nullable<Inner, const NULL: usize>(std::convert::Infallible, std::marker::PhantomData<Inner>);
