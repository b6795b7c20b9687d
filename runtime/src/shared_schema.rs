//! Records whose schemas have their definitions in common: what generated code says of them, and how the compiler puts a schema together.

use std::marker::PhantomData;

use crate::codec::{Datum, Decode, Encode, Fingerprint, Record};
use crate::wire;

/// A record whose schema is put together where it is used.
pub trait SharedSchema: Encode<wire::Record> + for<'de> Decode<'de, wire::Record> + Send + Sync + 'static {
    /// As [`Record::Ref`].
    type Ref<'de>: Datum<Wire = wire::Record> + Decode<'de, wire::Record>;
    /// Its schema.
    type Text: SchemaText;

    /// As [`Record::FULL_NAME`].
    const FULL_NAME: &'static str;
    /// As [`Record::FINGERPRINT`].
    const FINGERPRINT: Fingerprint;
    /// As [`Record::LAYOUT`].
    const LAYOUT: u64;
}

#[doc(hidden)]
#[diagnostic::do_not_recommend]
impl<T: SharedSchema> Record for T {
    type Ref<'de> = <T as SharedSchema>::Ref<'de>;

    const FULL_NAME: &'static str = <T as SharedSchema>::FULL_NAME;
    const SCHEMA: &'static str = <T::Text as SchemaText>::TEXT;
    const FINGERPRINT: Fingerprint = <T as SharedSchema>::FINGERPRINT;
    const LAYOUT: u64 = <T as SharedSchema>::LAYOUT;
}

/// A table of definitions.
pub trait Definitions {
    /// In the order of their places.
    const ALL: &'static [Definition];
}

/// A type's definition: what is the same in every schema that has it.
#[derive(Debug)]
pub struct Definition {
    /// Its full name, quoted: what it is spoken of by once it is defined.
    pub name: &'static str,
    /// What stands before the namespace.
    pub head: &'static str,
    /// The namespace, as it is stated where another one is around.
    pub namespace: &'static str,
    /// Each type within it, by its place in the table, with the text before it.
    pub types: &'static [(&'static str, usize)],
    /// What stands behind the last of them.
    pub end: &'static str,
}

/// A schema, as text.
pub trait SchemaText {
    /// The text.
    const TEXT: &'static str;
    /// What it is put together of.
    const PARTS: Parts;
}

/// A place in a table of definitions, and the length of the schema of what stands there.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(not(feature = "serde"), expect(dead_code, reason = "serde's form alone asks for the parts"))]
pub struct Parts {
    all: &'static [Definition],
    root: usize,
    length: usize,
}

#[cfg(feature = "serde")]
impl Parts {
    /// The text, put together now.
    pub(crate) fn text(self) -> String {
        let mut bytes = vec![0; self.length];
        put_together(self.all, self.root, &mut vec![false; self.all.len()], &mut bytes);
        String::from_utf8(bytes).expect("it is made of whole texts")
    }
}

/// The schema of the type at a place in a table of so many definitions, of so many bytes.
pub struct Text<D, const ROOT: usize, const TYPES: usize, const BYTES: usize>(PhantomData<D>);

impl<D: Definitions, const ROOT: usize, const TYPES: usize, const BYTES: usize> Text<D, ROOT, TYPES, BYTES> {
    const BYTES: &'static [u8; BYTES] = &{
        let mut bytes = [0; BYTES];
        put_together(D::ALL, ROOT, &mut [false; TYPES], &mut bytes);
        bytes
    };
}

impl<D: Definitions, const ROOT: usize, const TYPES: usize, const BYTES: usize> SchemaText for Text<D, ROOT, TYPES, BYTES> {
    const TEXT: &'static str = match std::str::from_utf8(Self::BYTES) {
        Ok(text) => text,
        Err(_) => panic!("it is made of whole texts"),
    };
    const PARTS: Parts = Parts {
        all: D::ALL,
        root: ROOT,
        length: BYTES,
    };
}

/// How deep definitions may nest, as the generator has it.
const DEEPEST: usize = 250;

/// How the null namespace is stated, which is around every schema.
const NULL_NAMESPACE: &str = r#","namespace":"""#;

/// The schema of a type: a definition where it is met first, then names.
///
/// # Panics
/// The table is not what the generator wrote, or the lengths are not.
const fn put_together(all: &[Definition], root: usize, met: &mut [bool], bytes: &mut [u8]) {
    // Definitions within one another, each with the next of its types.
    let mut open = [(0, 0); DEEPEST];
    met[root] = true;
    open[0] = (root, 0);
    let mut depth = 1;
    let mut at = begun(bytes, 0, &all[root], NULL_NAMESPACE);
    while depth > 0 {
        let (place, next) = open[depth - 1];
        let definition = &all[place];
        if next == definition.types.len() {
            at = put(bytes, at, definition.end);
            depth -= 1;
            continue;
        }
        let (before, within) = definition.types[next];
        at = put(bytes, at, before);
        open[depth - 1].1 = next + 1;
        if met[within] {
            at = put(bytes, at, all[within].name);
            continue;
        }
        met[within] = true;
        at = begun(bytes, at, &all[within], definition.namespace);
        open[depth] = (within, 0);
        depth += 1;
    }
    assert!(at == bytes.len(), "a schema has the length that the generator found");
}

/// Begins a definition within a namespace; where what follows stands.
const fn begun(bytes: &mut [u8], at: usize, definition: &Definition, namespace: &str) -> usize {
    let at = put(bytes, at, definition.head);
    if crate::__private::same(definition.namespace, namespace) {
        at
    } else {
        put(bytes, at, definition.namespace)
    }
}

/// Puts a text at a place; where what follows stands.
const fn put(bytes: &mut [u8], at: usize, text: &str) -> usize {
    let (_, rest) = bytes.split_at_mut(at);
    let (place, _) = rest.split_at_mut(text.len());
    place.copy_from_slice(text.as_bytes());
    at + text.len()
}
