//! What reading fields of another order costs, and how many items it counts.

use crate::codec::error::Kind;
use crate::codec::{self, Decode, DecodeError, DecodeFields, FieldReader, Limits, Reader};
use crate::evolution::{Step, compile};
use crate::wire;

/// A record of so many ints.
#[derive(Debug, PartialEq)]
struct Ints<const N: usize>([i32; N]);

impl<'de, const N: usize> DecodeFields<'de> for Ints<N> {
    fn decode_fields<F: FieldReader<'de>>(fields: &mut F) -> Result<Self, DecodeError> {
        let mut ints = [0; N];
        for int in &mut ints {
            *int = fields.field::<wire::Int, _>("int")?;
        }
        Ok(Self(ints))
    }
}

impl<'de, const N: usize> Decode<'de, wire::Record> for Ints<N> {
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        Self::decode_fields(reader)
    }

    fn evolve(reader: &mut Reader<'de>, step: Step<'de>) -> Result<Self, DecodeError> {
        step.record(reader)
    }
}

/// Reads a list of records whose fields were written in the opposite order, with the least memory that suffices: what that is beside the list.
fn least_of_turned<const N: usize>(records: u8) -> usize {
    let schema = |fields: Vec<usize>| {
        let field = |number| format!(r#"{{"name": "f{number}", "type": "int"}}"#);
        let fields: Vec<_> = fields.into_iter().map(field).collect();
        let record = format!(r#"{{"type": "record", "name": "R", "fields": [{}]}}"#, fields.join(","));
        format!(r#"{{"type": "array", "items": {record}}}"#)
    };
    let plan = compile::plan(&schema((0..N).collect()), None, &schema((0..N).rev().collect()))
        .ok()
        .unwrap();
    let record: Vec<u8> = (0..N as u8).rev().map(|number| 2 * number).collect();
    let bytes = [&[2 * records][..], &record.repeat(records.into()), &[0]].concat();
    let read = |memory| {
        let limits = Limits { memory, ..Limits::DEFAULT };
        codec::read_by::<wire::Array<wire::Record>, Vec<Ints<N>>>(&bytes, limits, Some(Step::root(&plan)))
    };
    let list = size_of::<Ints<N>>() * usize::from(records);
    let least = (list..).find(|memory| read(*memory).is_ok()).unwrap();
    let in_order = Ints(std::array::from_fn(|number| number as i32));
    assert!(read(least).unwrap().iter().all(|ints| *ints == in_order));
    least - list
}

/// Where fields begin that are read later stands on the stack for a few of them; for more it is charged, as long as their record is read.
#[test]
fn many_fields_that_are_read_later_are_charged() {
    const PLACE: usize = size_of::<(&[u8], usize)>();
    for records in [1, 60] {
        assert_eq!(least_of_turned::<2>(records), 0);
        assert_eq!(least_of_turned::<9>(records), 0);
        assert_eq!(least_of_turned::<10>(records), 9 * PLACE);
        assert_eq!(least_of_turned::<40>(records), 39 * PLACE);
    }
}

/// A record of a list that may hold another such record, written before the list.
#[derive(Debug, Default, PartialEq)]
struct Chain {
    list: Vec<i32>,
    next: Option<Box<Chain>>,
}

impl<'de> DecodeFields<'de> for Chain {
    fn decode_fields<F: FieldReader<'de>>(fields: &mut F) -> Result<Self, DecodeError> {
        Ok(Self {
            list: fields.field::<wire::Array<wire::Int>, _>("list")?,
            next: fields.field::<wire::Nullable<wire::Record, 0>, _>("next")?,
        })
    }
}

/// The same of a reader to whom what comes first is nothing.
struct Rest(Option<Box<Rest>>);

impl<'de> DecodeFields<'de> for Rest {
    fn decode_fields<F: FieldReader<'de>>(fields: &mut F) -> Result<Self, DecodeError> {
        let rest = fields.field::<wire::Nullable<wire::Record, 0>, _>("next")?;
        fields.skip::<wire::Array<wire::Int>>("list")?;
        Ok(Self(rest))
    }
}

macro_rules! records {
    ($($record:ty),+) => {$(
        impl<'de> Decode<'de, wire::Record> for $record {
            fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
                Self::decode_fields(reader)
            }

            fn evolve(reader: &mut Reader<'de>, step: Step<'de>) -> Result<Self, DecodeError> {
                step.record(reader)
            }
        }
    )+};
}

records!(Chain, Rest, Tree);

/// The schema of a record of both, in this order.
fn chain(list: &str, list_is_first: bool) -> String {
    let list = format!(r#"{{"name": "list", "type": {{"type": "array", "items": {list}}}}}"#);
    let next = r#"{"name": "next", "type": ["null", "Chain"]}"#.to_owned();
    let fields = if list_is_first { [list, next] } else { [next, list] };
    format!(r#"{{"type": "record", "name": "Chain", "fields": [{}]}}"#, fields.join(","))
}

/// As it is read from what was written in the opposite order, its list of these items.
fn read_turned<'de, T: Decode<'de, wire::Record>>(
    list: &str,
    list_is_first: bool,
    bytes: &'de [u8],
    limits: Limits,
) -> Result<T, DecodeError> {
    let plan = compile::plan(&chain(list, list_is_first), None, &chain(list, !list_is_first))
        .ok()
        .unwrap();
    // Of a test: it is borrowed by what is read.
    codec::read_by::<wire::Record, T>(bytes, limits, Some(Step::root(Box::leak(Box::new(plan)))))
}

/// So many records within one another, each of which is written so before the one that it holds, or behind it.
fn written(levels: usize, list: &[u8], list_is_first: bool) -> Vec<u8> {
    let mut bytes = if list_is_first {
        [list, &[0]].concat()
    } else {
        [&[0], list].concat()
    };
    for _ in 1..levels {
        bytes = if list_is_first {
            [list, &[2], &bytes].concat()
        } else {
            [&[2], &bytes[..], list].concat()
        };
    }
    bytes
}

/// Each item is counted once, and charged once, however many records are passed over around it before it is read.
#[test]
fn what_is_passed_over_to_be_read_later_is_counted_once() {
    const LEVELS: usize = 40;
    // Of 25 items each.
    let list = [&[50][..], &[14; 25], &[0]].concat();
    let bytes = written(LEVELS, &list, false);
    let within = |items, memory| {
        let limits = Limits {
            items,
            memory,
            ..Limits::DEFAULT
        };
        read_turned::<Chain>(r#""int""#, true, &bytes, limits)
    };
    let items = 25 * LEVELS;
    let memory = items * size_of::<i32>() + (LEVELS - 1) * size_of::<Chain>();
    let mut read = &within(items, memory).unwrap();
    for _ in 1..LEVELS {
        assert_eq!(read.list, [7; 25]);
        read = read.next.as_ref().unwrap();
    }
    assert_eq!(
        *read,
        Chain {
            list: vec![7; 25],
            next: None
        }
    );
    assert_eq!(*within(items - 1, memory).unwrap_err().kind(), Kind::TooMany);
    assert_eq!(*within(items, memory - 1).unwrap_err().kind(), Kind::TooLarge);
}

/// A field that nobody reads in the end is counted, too, where it was passed over before the others.
#[test]
fn what_nobody_reads_later_is_counted() {
    const LEVELS: usize = 40;
    let list = [&[50][..], &[14; 25], &[0]].concat();
    let bytes = written(LEVELS, &list, true);
    let within = |items| {
        let limits = Limits { items, ..Limits::DEFAULT };
        read_turned::<Rest>(r#""int""#, false, &bytes, limits)
    };
    let mut read = &within(25 * LEVELS).map_err(|error| error.to_string()).ok().unwrap();
    for _ in 1..LEVELS {
        read = read.0.as_ref().unwrap();
    }
    assert!(read.0.is_none());
    assert_eq!(*within(25 * LEVELS - 1).err().unwrap().kind(), Kind::TooMany);
}

/// Items that take no bytes take no time where they are passed over: by as many records as may be within one another, each of which has as many as
/// may be in all.
#[test]
fn items_without_bytes_take_no_time_where_they_are_passed_over() {
    const ITEMS: usize = 1 << 40;
    const LEVELS: usize = 60;
    let fields: Vec<_> = (0..1000)
        .map(|number| format!(r#"{{"name": "n{number}", "type": "null"}}"#))
        .collect();
    let nulls = format!(r#"{{"type": "record", "name": "Nulls", "fields": [{}]}}"#, fields.join(","));
    // 2⁴⁰ of them, in a number of six bytes.
    let list = [0x80, 0x80, 0x80, 0x80, 0x80, 0x40, 0];
    let limits = Limits {
        items: ITEMS,
        memory: usize::MAX,
        ..Limits::DEFAULT
    };
    let bytes = written(LEVELS, &list, true);
    let error = read_turned::<Rest>(&nulls, false, &bytes, limits).err().unwrap();
    assert_eq!(*error.kind(), Kind::TooMany);
}

/// A record whose list is written behind others of its kind.
#[derive(Debug, PartialEq)]
struct Tree {
    list: Vec<i32>,
    children: Vec<Tree>,
}

impl<'de> DecodeFields<'de> for Tree {
    fn decode_fields<F: FieldReader<'de>>(fields: &mut F) -> Result<Self, DecodeError> {
        Ok(Self {
            list: fields.field::<wire::Array<wire::Int>, _>("list")?,
            children: fields.field::<wire::Array<wire::Record>, _>("children")?,
        })
    }
}

/// A block that says a wrong size is read no further than that. Else each of those within one another would be read to the end of the event, with all
/// that comes behind it.
#[test]
fn what_is_read_later_is_read_no_further_than_it_was_passed_over() {
    const LEVELS: u8 = 20;
    let fields = [
        r#"{"name": "list", "type": {"type": "array", "items": "int"}}"#,
        r#"{"name": "children", "type": {"type": "array", "items": "Tree"}}"#,
    ];
    let schema = |[first, second]: [&str; 2]| format!(r#"{{"type": "record", "name": "Tree", "fields": [{first}, {second}]}}"#);
    let plan = compile::plan(&schema(fields), None, &schema([fields[1], fields[0]])).ok().unwrap();
    // Blocks of a record each that say that they end where the list of the first one begins.
    let blocks: Vec<u8> = (1..=LEVELS).rev().flat_map(|level| [1, 4 * (level - 1)]).collect();
    let list = [&[50][..], &[14; 25], &[0]].concat();
    let limits = Limits {
        items: 25 + 1,
        ..Limits::DEFAULT
    };
    let read =
        |bytes: &[u8]| codec::read_by::<wire::Record, Tree>(bytes, limits, Some(Step::root(&plan))).map_err(|error| error.to_string());
    let error = read(&[&blocks[..], &[0], &list].concat()).unwrap_err();
    assert_eq!(error, "field `children.list`: a block of another size than it says (at byte 41)");
    // An item that ends with its block, behind it, and before it.
    let child = [0, 0];
    let sized_by = |size: u8, more: &[u8]| [&[1, 2 * size][..], &child, more, &[0], &list].concat();
    assert_eq!(
        read(&sized_by(2, &[])).unwrap().children,
        [Tree {
            list: vec![],
            children: vec![]
        }]
    );
    for wrong in [sized_by(1, &[]), sized_by(3, &[0])] {
        let error = read(&wrong).unwrap_err();
        assert_eq!(error, "field `children`: a block of another size than it says (at byte 4)");
    }
}
