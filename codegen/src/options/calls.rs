//! The builder's methods that put code of the user's choosing into generated code.

use super::{Asked, OptionCall};
use crate::Builder;

/// # Code of your choosing
///
/// Text that is Rust is read and checked before anything is written: a path begins with `::`, `crate` or a crate's name, so that it means the
/// same in every module; what is wrong is told with the call that it stands in.
///
/// **Patterns** are made of Avro's full names, their parts joined by dots. A field's name is its record's full name and its own:
/// `com.acme.User.id`.
///
/// | pattern | means |
/// | --- | --- |
/// | `com.acme.User` | without a star: what has this name, and all that is below it: a namespace's types, a record's fields |
/// | `com.acme.*`, `**.*Id` | `*` is any text within a part, and the whole name is meant: the types of `com.acme`, but not those of `com.acme.shop` |
/// | `com.**.User`, `**` | `**` is any number of parts, also none |
///
/// A method that is about fields takes those whose own name the pattern means, and all of a type that it means. Of several calls that say what
/// a field is, the last one holds; derives and attributes add up. **A pattern that means nothing is an error**, with the name that is nearest.
impl Builder {
    fn asked(mut self, asked: Asked, about: impl Into<String>, given: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.options.calls.push(OptionCall {
            asked,
            about: about.into(),
            given: given.into_iter().map(Into::into).collect(),
        });
        self
    }

    /// Further derives of records with the enums of their unions, of enums and of fixed types; a union's enum alone is named by its field.
    ///
    /// One that a type has anyway is not repeated. `Default` gives way to the one that a record has where the schema has a default for each
    /// field, and is nothing to a union's enum. Borrowed twins take [`borrowed_derive`](Self::borrowed_derive), and builders none.
    ///
    /// ```
    /// # let schema = r#"{"type": "record", "name": "com.acme.User", "fields": [{"name": "id", "type": "string"}]}"#;
    /// # let folder = tempfile::tempdir()?;
    /// # std::fs::write(folder.path().join("user.avsc"), schema)?;
    /// # let builder = kafka_event_codegen::Builder::new().schemas([folder.path()]);
    /// let builder = builder
    ///     .derive("com.acme", ["Eq", "Hash"])
    ///     .derive("**.User", ["serde::Serialize"]);
    /// # let code = builder.emit(&builder.load()?)?.text;
    /// # assert!(code.contains("#[derive(Debug, Clone, PartialEq, Eq, Hash, ::serde::Serialize)]"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn derive(self, pattern: impl Into<String>, derives: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.asked(Asked::Derive, pattern, derives)
    }

    /// Further derives of borrowed twins: those of records and those of their unions' enums.
    ///
    /// ```
    /// # let builder = kafka_event_codegen::Builder::new();
    /// let builder = builder.borrowed_derive("com.acme.User", ["Eq", "serde::Serialize"]);
    /// ```
    #[must_use]
    pub fn borrowed_derive(self, pattern: impl Into<String>, derives: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.asked(Asked::BorrowedDerive, pattern, derives)
    }

    /// Attributes of records, enums and fixed types, and of unions' enums, each by its own name: that of a union's enum is its field's.
    ///
    /// An attribute of one word is a derive's, and stands behind the derives; one with a path is a macro, and stands in front. Twins and
    /// builders have none.
    ///
    /// ```
    /// # let builder = kafka_event_codegen::Builder::new();
    /// let builder = builder
    ///     .type_attribute("com.acme.*", "#[serde(deny_unknown_fields)]")
    ///     .type_attribute("com.acme.Order.payment", "#[serde(tag = \"kind\")]");
    /// ```
    #[must_use]
    pub fn type_attribute(self, pattern: impl Into<String>, attribute: impl Into<String>) -> Self {
        self.asked(Asked::TypeAttribute, pattern, [attribute])
    }

    /// Attributes of records' fields.
    ///
    /// ```
    /// # let builder = kafka_event_codegen::Builder::new();
    /// let builder = builder.field_attribute("com.acme.User.nick_name", "#[serde(skip_serializing_if = \"Option::is_none\")]");
    /// ```
    #[must_use]
    pub fn field_attribute(self, pattern: impl Into<String>, attribute: impl Into<String>) -> Self {
        self.asked(Asked::FieldAttribute, pattern, [attribute])
    }

    /// Attributes of enums' symbols, each named by its enum's full name and its own.
    ///
    /// ```
    /// # let builder = kafka_event_codegen::Builder::new();
    /// let builder = builder
    ///     .derive("com.acme.Color", ["Default"])
    ///     .symbol_attribute("com.acme.Color.RED", "#[default]");
    /// ```
    #[must_use]
    pub fn symbol_attribute(self, pattern: impl Into<String>, attribute: impl Into<String>) -> Self {
        self.asked(Asked::SymbolAttribute, pattern, [attribute])
    }

    /// What holds the text of fields: in them, in their arrays, maps and unions, and as their maps' keys. `String`, unless something else is
    /// said; `Box<str>`, `Arc<str>`, or a type of one's own.
    ///
    /// That is one with `Encode<wire::Str>`, `Decode<wire::Str>` and `From<&str>`; as a map's key it is `Ord`, and `Hash` in a `HashMap`.
    /// Twins borrow text as `&str` as ever; what they become is made by `From`. What comes as an owned event is read by `Decode`, which may
    /// refuse what its type does not take.
    ///
    /// ```
    /// # let builder = kafka_event_codegen::Builder::new();
    /// let builder = builder
    ///     .string_type("**", "Box<str>")
    ///     .string_type("com.acme.User.country", "Arc<str>")
    ///     .string_type("**.email", "crate::Email");
    /// ```
    #[must_use]
    pub fn string_type(self, pattern: impl Into<String>, ty: impl Into<String>) -> Self {
        self.asked(Asked::StringType, pattern, [ty])
    }

    /// What holds the bytes of fields: in them, in their arrays, maps and unions. `Vec<u8>`, unless something else is said; `Box<[u8]>` and
    /// `Arc<[u8]>`, `bytes::Bytes` with the runtime's feature `bytes`, or a type of one's own.
    ///
    /// That is one with `Encode<wire::Bytes>`, `Decode<wire::Bytes>` and `From<Vec<u8>>`. Twins borrow bytes as `&[u8]` as ever, and
    /// what comes as an owned event is read by `Decode`.
    ///
    /// ```
    /// # let builder = kafka_event_codegen::Builder::new();
    /// let builder = builder.bytes_type("com.acme.Image", "bytes::Bytes");
    /// ```
    #[must_use]
    pub fn bytes_type(self, pattern: impl Into<String>, ty: impl Into<String>) -> Self {
        self.asked(Asked::BytesType, pattern, [ty])
    }

    /// What holds the maps of fields: `BTreeMap`, unless something else is said; `HashMap` with any hasher, or a type of one's own, where `_`
    /// stands for the keys' type and for the values'.
    ///
    /// Twins hold the same map of borrowed keys and values. One's own type has `Encode<wire::Map<_>>`, `Decode<wire::Map<_>>`,
    /// `FromIterator` and `IntoIterator` of pairs.
    ///
    /// ```
    /// # let builder = kafka_event_codegen::Builder::new();
    /// let builder = builder
    ///     .map_type("**", "HashMap")
    ///     .map_type("com.acme.User.labels", "HashMap<_, _, ahash::RandomState>");
    /// ```
    #[must_use]
    pub fn map_type(self, pattern: impl Into<String>, ty: impl Into<String>) -> Self {
        self.asked(Asked::MapType, pattern, [ty])
    }

    /// A type of one's own for a field; where the field may be null, for what is in its `Option`.
    ///
    /// The type carries what the schema has there: it has `Encode` and `Decode` for that type of the runtime's module `wire`, and `EncodeKey`
    /// where the field keys a topic; the compiler says which it lacks. A borrowed twin holds the same type, and so must a type of one's own
    /// be read without borrowing; for text and bytes that twins shall borrow there are [`string_type`](Self::string_type) and
    /// [`bytes_type`](Self::bytes_type). A default of the schema is read by the type's own `Decode`, and must be one that it takes: it
    /// panics where the default is first used, else.
    ///
    /// ```
    /// # let builder = kafka_event_codegen::Builder::new();
    /// let builder = builder
    ///     .field_type("com.acme.User.id", "crate::UserId")
    ///     .field_type("**.price_cents", "money::Cents");
    /// ```
    #[must_use]
    pub fn field_type(self, pattern: impl Into<String>, ty: impl Into<String>) -> Self {
        self.asked(Asked::FieldType, pattern, [ty])
    }

    /// A type of one's own for every value of a logical type, by Avro's name of it; what is said of [`field_type`](Self::field_type) holds
    /// here, too, and a field's own type stands above it. Those of chrono, time, jiff and rust_decimal are behind features of the runtime.
    ///
    /// ```
    /// # let builder = kafka_event_codegen::Builder::new();
    /// let builder = builder
    ///     .logical_type("timestamp-millis", "chrono::DateTime<chrono::Utc>")
    ///     .logical_type("decimal", "crate::Money");
    /// ```
    #[must_use]
    pub fn logical_type(self, name: impl Into<String>, ty: impl Into<String>) -> Self {
        self.asked(Asked::LogicalType, name, [ty])
    }

    /// Where types are that another crate, or another module, generates: those of a namespace and of all below it, by the path of the
    /// namespace's module; or one type, by its path. The last call that means a type holds.
    ///
    /// They are not generated, but named by their path. Code of ours asserts at compile time that each has the name and the layout that
    /// the schemas here have: so two versions of a shared schema cannot meet unseen.
    ///
    /// The key of a topic leads through a type of this crate, `crate::…`, by what that says of itself, `kafka_event::codec::EncodeKeyAt`: derived records
    /// do, and those that are generated for a manifest with that topic. Through one of another crate it leads by the names that its fields would have here:
    /// a derived type whose fields are called otherwise than its own manifest has them is refused, and where that manifest renames fields of it by `[rename]`,
    /// this one is to rename them alike.
    ///
    /// ```
    /// # let builder = kafka_event_codegen::Builder::new();
    /// let builder = builder
    ///     .extern_path("com.acme.common", "acme_common::events::com::acme::common")
    ///     .extern_path("com.acme.Money", "crate::money::Money");
    /// ```
    #[must_use]
    pub fn extern_path(self, name: impl Into<String>, path: impl Into<String>) -> Self {
        self.asked(Asked::ExternPath, name, [path])
    }

    /// Where generated code finds the runtime: `::kafka_event`, unless something else is said, as where an application has it from a crate of
    /// its own that re-exports it.
    ///
    /// ```
    /// # let builder = kafka_event_codegen::Builder::new();
    /// let builder = builder.runtime_path("my_platform::kafka_event");
    /// ```
    #[must_use]
    pub fn runtime_path(self, path: impl Into<String>) -> Self {
        self.asked(Asked::RuntimePath, "", [path])
    }

    /// Whether each namespace has a file of its own, in the folder `kafka_events` beside the file `kafka_events.rs`, which includes them: so a
    /// change of one schema is a change of one small file. The modules are the same.
    ///
    /// Files of namespaces that are no more are removed from that folder, where they say that they are generated; no other file is touched.
    #[must_use]
    pub fn one_file_per_namespace(mut self, on: bool) -> Self {
        self.options.one_file_per_namespace = on;
        self
    }
}
