//! Each type that can stand for another in a field: the same bytes, both ways, within the same limits.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::fmt::Debug;
use std::hash::{BuildHasherDefault, DefaultHasher};
use std::sync::Arc;

use super::error::Kind;
use super::{Decode, Encode, EncodeKey, Limits, Reader, Skip, Writer};
use crate::wire;

fn written<W, T: Encode<W> + ?Sized>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    let bound = value.size_bound();
    let mut writer = Writer::new(&mut bytes, bound);
    writer.write::<W, T>(value);
    writer.finish().unwrap();
    assert!(bytes.len() <= bound, "{} bytes beyond a bound of {bound}", bytes.len());
    bytes
}

/// The value is written as the other is, and read back.
#[track_caller]
fn as_well_as<W, T, U>(value: T, other: U)
where
    T: Encode<W> + for<'de> Decode<'de, W> + PartialEq + Debug,
    U: Encode<W>,
{
    let bytes = written::<W, T>(&value);
    assert_eq!(bytes, written::<W, U>(&other), "{value:?}");
    let mut reader = Reader::new(&bytes, Limits::DEFAULT);
    assert_eq!(reader.read::<W, T>().unwrap(), value);
    reader.finish().unwrap();
    for end in 0..bytes.len() {
        let mut reader = Reader::new(&bytes[..end], Limits::DEFAULT);
        assert!(reader.read::<W, T>().is_err(), "{value:?} cut to {end} bytes");
    }
}

#[track_caller]
fn key<W, T: EncodeKey<W>>(value: &T) -> Vec<u8> {
    let mut out = Vec::new();
    assert!(value.encode_key(&mut out));
    out
}

/// Specification, "Primitive Types": a string is a length and as many bytes of UTF-8.
#[test]
fn text() {
    for text in ["", "a", "grün 🦀", &"long ".repeat(100)] {
        as_well_as::<wire::Str, Box<str>, _>(text.into(), text.to_owned());
        as_well_as::<wire::Str, Arc<str>, _>(text.into(), text.to_owned());
        let encoded = written::<wire::Str, Cow<'_, str>>(&Cow::Borrowed(text));
        assert_eq!(encoded, written::<wire::Str, String>(&text.to_owned()));
        let read: Cow<'_, str> = Reader::new(&encoded, Limits::DEFAULT).read::<wire::Str, _>().unwrap();
        assert!(matches!(read, Cow::Borrowed(read) if read == text));
        assert_eq!(key::<wire::Str, Box<str>>(&text.into()), text.as_bytes());
        assert_eq!(key::<wire::Str, Arc<str>>(&text.into()), text.as_bytes());
    }
}

/// Specification, "Primitive Types": bytes are a length and as many of them.
#[test]
fn bytes() {
    for bytes in [&b""[..], &[0], &[0xff; 200]] {
        as_well_as::<wire::Bytes, Box<[u8]>, _>(bytes.into(), bytes.to_vec());
        as_well_as::<wire::Bytes, Arc<[u8]>, _>(bytes.into(), bytes.to_vec());
        let encoded = written::<wire::Bytes, Cow<'_, [u8]>>(&Cow::Borrowed(bytes));
        assert_eq!(encoded, written::<wire::Bytes, Vec<u8>>(&bytes.to_vec()));
        let read: Cow<'_, [u8]> = Reader::new(&encoded, Limits::DEFAULT).read::<wire::Bytes, _>().unwrap();
        assert!(matches!(read, Cow::Borrowed(read) if read == bytes));
        assert_eq!(key::<wire::Bytes, Box<[u8]>>(&bytes.into()), bytes);
        #[cfg(feature = "bytes")]
        {
            as_well_as::<wire::Bytes, ::bytes::Bytes, _>(::bytes::Bytes::copy_from_slice(bytes), bytes.to_vec());
            assert_eq!(key::<wire::Bytes, ::bytes::Bytes>(&::bytes::Bytes::copy_from_slice(bytes)), bytes);
        }
    }
}

/// Specification, "Complex Types": a fixed is as many bytes as the schema says, and no length.
#[test]
fn fixed() {
    as_well_as::<wire::Fixed<4>, [u8; 4], _>([1, 2, 3, 4], [1, 2, 3, 4]);
    as_well_as::<wire::Fixed<0>, [u8; 0], _>([], []);
    assert_eq!(key::<wire::Fixed<2>, [u8; 2]>(&[7, 8]), [7, 8]);
    assert_eq!(written::<wire::Fixed<4>, &[u8; 4]>(&&[1, 2, 3, 4]), [1, 2, 3, 4]);
    let bytes = [1, 2, 3, 4, 5];
    let read: &[u8; 4] = Reader::new(&bytes, Limits::DEFAULT).read::<wire::Fixed<4>, _>().unwrap();
    assert!(std::ptr::eq(read.as_slice(), &bytes[..4]), "they are the message's own");
    assert!(
        Reader::new(&bytes[..3], Limits::DEFAULT)
            .read::<wire::Fixed<4>, &[u8; 4]>()
            .is_err()
    );
    assert_eq!(key::<wire::Fixed<2>, &[u8; 2]>(&&[7, 8]), [7, 8]);
}

/// Specification, "Complex Types": an array is blocks of a count and as many items, in their order.
#[test]
fn arrays() {
    for items in [&[][..], &["one"], &["one", "two", "three"]] {
        let items: Vec<String> = items.iter().map(|item| (*item).to_owned()).collect();
        as_well_as::<wire::Array<wire::Str>, Box<[String]>, _>(items.clone().into(), items.clone());
        as_well_as::<wire::Array<wire::Str>, Arc<[String]>, _>(items.clone().into(), items.clone());
        as_well_as::<wire::Array<wire::Str>, Cow<'static, [String]>, _>(items.clone().into(), items.clone());
        as_well_as::<wire::Array<wire::Str>, VecDeque<String>, _>(items.clone().into(), items.clone());
        let borrowed: Cow<'_, [String]> = Cow::Borrowed(&items);
        assert_eq!(
            written::<wire::Array<wire::Str>, _>(&borrowed),
            written::<wire::Array<wire::Str>, _>(&items)
        );
    }
    // One whose beginning is elsewhere than its memory's.
    let mut turned = VecDeque::from(vec![3_i64, 1, 2]);
    turned.rotate_left(1);
    turned.push_back(4);
    as_well_as::<wire::Array<wire::Long>, _, _>(turned, vec![1_i64, 2, 3, 4]);
    // Several blocks, for which a vector has more room than it needs.
    let blocks = [2, 2, 4, 4, 6, 2, 8, 0];
    let read = |bytes: &[u8]| {
        Reader::new(bytes, Limits::DEFAULT)
            .read::<wire::Array<wire::Long>, Box<[i64]>>()
            .unwrap()
    };
    assert_eq!(*read(&blocks), [1, 2, 3, 4]);
}

type Hasher = BuildHasherDefault<DefaultHasher>;

/// Specification, "Complex Types": a map is blocks of a count and as many keys and values, which have no order.
#[test]
fn maps() {
    // Of two entries the order is nobody's.
    for entries in [&[][..], &[("one", 1)]] {
        let tree: BTreeMap<String, i64> = entries.iter().map(|(key, value)| ((*key).to_owned(), *value)).collect();
        let hashed: HashMap<String, i64> = tree.clone().into_iter().collect();
        as_well_as::<wire::Map<wire::Long>, _, _>(hashed, tree.clone());
        let hashed: HashMap<Arc<str>, i64, Hasher> = entries.iter().map(|(key, value)| ((*key).into(), *value)).collect();
        as_well_as::<wire::Map<wire::Long>, _, _>(hashed, tree.clone());
        let boxed: BTreeMap<Box<str>, i64> = entries.iter().map(|(key, value)| ((*key).into(), *value)).collect();
        as_well_as::<wire::Map<wire::Long>, _, _>(boxed, tree);
    }
    let many: HashMap<String, i64, Hasher> = (0..1000).map(|number| (number.to_string(), number)).collect();
    let bytes = written::<wire::Map<wire::Long>, _>(&many);
    let tree: BTreeMap<&str, i64> = Reader::new(&bytes, Limits::DEFAULT).read::<wire::Map<wire::Long>, _>().unwrap();
    assert!(tree.len() == 1000 && tree.iter().all(|(key, value)| many[*key] == *value));
}

/// Specification, "Complex Types": a block says how many items it has, and nothing bounds it. They are counted, whatever they take and whoever reads
/// them.
#[test]
fn items_are_counted() {
    fn counts<'de, W: Skip, T: Decode<'de, W>>(bytes: &'de [u8], wanted: usize) {
        let within = |items| Limits { items, ..Limits::DEFAULT };
        assert!(Reader::new(bytes, within(wanted)).read::<W, T>().is_ok());
        assert!(W::skip(&mut Reader::new(bytes, within(wanted))).is_ok());
        let read = Reader::new(bytes, within(wanted - 1)).read::<W, T>().map(drop);
        let skipped = W::skip(&mut Reader::new(bytes, within(wanted - 1)));
        for error in [read.unwrap_err(), skipped.unwrap_err()] {
            assert_eq!(*error.kind(), Kind::TooMany, "{}", std::any::type_name::<T>());
        }
    }
    type Lists = wire::Array<wire::Array<wire::Long>>;
    counts::<Lists, Vec<Vec<i64>>>(&written::<Lists, _>(&vec![vec![1, 2], vec![], vec![3]]), 6);
    counts::<wire::Array<wire::Null>, Vec<()>>(&written::<wire::Array<wire::Null>, _>(&vec![(); 7]), 7);
    let map: BTreeMap<String, i64> = [("a".to_owned(), 1), ("b".to_owned(), 2)].into();
    counts::<wire::Map<wire::Long>, BTreeMap<String, i64>>(&written::<wire::Map<wire::Long>, _>(&map), 2);
    // Two blocks, of one item and of two.
    counts::<wire::Array<wire::Long>, Vec<i64>>(&[2, 2, 4, 4, 6, 0], 3);
}

/// A few bytes claim any number of items that take none: memory ends them no later than the default of items does, and that ends them where the
/// memory is raised.
#[test]
fn items_have_an_end_by_default_whatever_the_memory() {
    // One more than as many bytes as 64 MiB have.
    let claims = [0x82, 0x80, 0x80, 0x40, 0];
    let kind = |limits| {
        let read = Reader::new(&claims, limits).read::<wire::Array<wire::Null>, Vec<()>>();
        read.unwrap_err().kind().clone()
    };
    let most = usize::MAX;
    assert_eq!(
        kind(Limits {
            items: most,
            ..Limits::DEFAULT
        }),
        Kind::TooLarge
    );
    assert_eq!(
        kind(Limits {
            memory: most,
            ..Limits::DEFAULT
        }),
        Kind::TooMany
    );
}

/// Specification, "Complex Types": a block says how many items it has, and nothing bounds it. Collections pay for what each item is in memory,
/// whatever holds it; maps for the room that they have beside, too.
#[test]
fn what_items_take_is_charged_alike() {
    let text: Vec<String> = (0..100).map(|number| number.to_string()).collect();
    let texts = written::<wire::Array<wire::Str>, _>(&text);
    let map: BTreeMap<String, i64> = text.iter().map(|text| (text.clone(), 1)).collect();
    let map = written::<wire::Map<wire::Long>, _>(&map);

    fn costs<'de, W, T: Decode<'de, W>>(bytes: &'de [u8], wanted: usize) {
        let within = |memory| Reader::new(bytes, Limits { memory, ..Limits::DEFAULT }).read::<W, T>().is_ok();
        assert!(within(wanted), "{} costs more than {wanted}", std::any::type_name::<T>());
        assert!(!within(wanted - 1), "{} costs less than {wanted}", std::any::type_name::<T>());
    }
    costs::<wire::Array<wire::Str>, Vec<String>>(&texts, 100 * size_of::<String>());
    costs::<wire::Array<wire::Str>, Vec<Box<str>>>(&texts, 100 * size_of::<Box<str>>());
    costs::<wire::Array<wire::Str>, VecDeque<String>>(&texts, 100 * size_of::<String>());
    costs::<wire::Array<wire::Str>, Cow<'_, [&str]>>(&texts, 100 * size_of::<&str>());
    costs::<wire::Array<wire::Str>, Box<[String]>>(&texts, 100 * size_of::<String>());
    // Those of an `Arc` are moved beside its counts, and are there twice until then.
    costs::<wire::Array<wire::Str>, Arc<[&str]>>(&texts, 200 * size_of::<&str>() + 3 * size_of::<usize>());
    // Around an `Arc`'s text are its counts, and what is left of the last word.
    let counts = 3 * size_of::<usize>();
    costs::<wire::Array<wire::Str>, Vec<Arc<str>>>(&texts, 100 * (size_of::<Arc<str>>() + counts));
    costs::<wire::Array<wire::Bytes>, Vec<Arc<[u8]>>>(&texts, 100 * (size_of::<Arc<[u8]>>() + counts));
    costs::<wire::Array<wire::Bytes>, Vec<Box<[u8]>>>(&texts, 100 * size_of::<Box<[u8]>>());
    #[cfg(feature = "bytes")]
    costs::<wire::Array<wire::Bytes>, Vec<::bytes::Bytes>>(&texts, 100 * size_of::<::bytes::Bytes>());
    costs::<wire::Map<wire::Long>, BTreeMap<String, i64>>(&map, (11 + 3 * 100) * size_of::<((String, i64), usize)>());
    costs::<wire::Map<wire::Long>, HashMap<String, i64>>(&map, (11 + 3 * 100) * size_of::<((String, i64), usize)>());
    let entry = size_of::<((Arc<str>, i64), usize)>();
    costs::<wire::Map<wire::Long>, HashMap<Arc<str>, i64, Hasher>>(&map, (11 + 3 * 100) * entry + 100 * counts);
}
