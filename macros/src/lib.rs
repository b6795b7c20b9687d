//! `#[derive(KafkaEvent)]`: attributes in, the generator's model and emitters out. No type logic lives here.
//!
//! | file | its job |
//! | --- | --- |
//! | `input` | a type as the emitters take it |
//! | `discover` | the contract: where its manifest is, and what the compiler has to watch |
//! | `package` | what the package says in its `Cargo.toml` |
//! | `contracts` | contracts that were read, and what the compiler was told of their files |
//! | `cache` | what is read of files, as long as none of them changes |
//! | `told` | what is wrong with a contract: told in full once |
//! | `lifetime` | the names of lifetimes: of that which is read from, and of those that nothing declares |
//! | `stub` | what stands in for the implementations where the derive fails |

mod cache;
mod contracts;
mod discover;
mod input;
mod lifetime;
mod package;
mod stub;
#[cfg(test)]
mod tests;
mod told;

use kafka_event_attributes::{Input, Own};
use kafka_event_codegen::emit::own::{self, OwnWord};
use proc_macro2::TokenStream;
use quote::quote;

use discover::Found;

/// Makes a type of one's own an event, or a part of one: it is checked against the schema while it compiles.
///
/// ```ignore
/// #[derive(Debug, Clone, PartialEq, kafka_event::KafkaEvent)]
/// #[kafka(topic = "job-lifecycle")]
/// struct JobLifecycle {
///     job_id: String,
///     // … all fields of the schema that have no default
/// }
/// ```
///
/// | on a type | |
/// | --- | --- |
/// | `topic = "…"` | the struct is the topic's event; an enum, of a topic that carries several records |
/// | `record = "…"` | the struct is a record without a topic, by its full name or one that no other has |
/// | `enum = "…"` | the enum is an Avro enum |
/// | nothing, on a struct of one unnamed field | it is carried as its field is; fields of `PhantomData` may stand beside it |
/// | `consume` | the type is only read, and may have only some of the fields; the others are skipped without being decoded |
/// | `builder` | the struct has a builder, as generated records do: the required fields first, in the schema's order, then any other |
/// | `key = …` | the type of a key that is a record; or the way to the key's field by the names that fields have here, `sender.number`: the schema's way leads by itself through newtypes, and to fields that are called otherwise here |
/// | `event = …` | on a unit struct with `topic`: the topic's event is this type, which other topics may carry, too |
/// | `rename_all = "…"` | how names become Avro's: `camelCase`, `PascalCase`, `snake_case`, `SCREAMING_SNAKE_CASE`, `lowercase`, `UPPERCASE` |
/// | `manifest = "…"` | the manifest, for this type alone |
/// | `crate = path` | where `kafka_event` is, where the package has it by another way than its own dependency; what the package's `Cargo.toml` calls that, `ke = { package = "kafka-event", … }` among its `[dependencies]`, need not be said |
///
/// | on a field | |
/// | --- | --- |
/// | `rename = "…"` | its name in Avro |
/// | `with = path` | `path::to_avro(&value)` gives what carries it, and `path::from_avro(read)` makes a `Result` of it, whose error can be shown |
/// | `skip` | it is the application's alone, and made by `Default` |
///
/// | on a variant | |
/// | --- | --- |
/// | `rename = "…"` | its symbol, or its record |
/// | `other` | it stands for all symbols or records that no other variant does |
/// | `key = …` | the way to the key's field in its record |
///
/// The schema's way to a key leads on by what each type carries: by the fields of derived and generated records, whatever they are called, through
/// newtypes, and by what functions give, where the record's own manifest has the way. A type that is carried by hand says so by
/// `kafka_event::codec::EncodeKeyAt`. Of a way that `key = …` says, its first field is proved where it is the struct's own, that no functions carry what it
/// leads through and nothing on it is skipped, and the type at its end; not that it is the schema's field: the derive does not see what other types have.
///
/// A field that has a default may be left out: it is written with that. The event of a topic that leaves one out is consumed only where it says
/// `consume`; a record within an event is read without what it leaves out.
///
/// What borrows does so from the message, by a lifetime of the type's: `&'a str` or `Cow<'a, str>`. With `'static` in its place nothing can be read: let a
/// `String` own it.
///
/// What a parameter stands for is read from every message alike, and owns what it has: of `struct Order<T>`, `Order<String>` is read, and `Order<&str>` is not.
/// Text of one message is in a field that says so, `&'a str`, beside parameters or not.
///
/// A type of one's own is made by its literal, and by a builder as generated ones have where it says `builder`: `Order::builder()` begins an
/// `OrderBuilder`, which stands beside the type.
///
/// A field without a word has the name that it has in the schema, or the one that generated code gives it.
///
/// A `#[repr(packed)]` struct lends none of its fields, and cannot derive; nor can a type in a crate with `#![no_implicit_prelude]`, in which the compiler
/// does not know the attributes of its own that say what a field's type lacks, nor in one with `#![no_std]`. A crate may deny any lint; one that forbids
/// those of names and of what is unused, which the expansion allows for itself, is told so by the compiler.
///
/// Types are known by what they implement, and by their names where the compiler cannot tell: `Cow` and `Option` with parameters are the language's unless a
/// path leads to another, and `str` is.
///
/// A union that is more than a type beside null has no derive: its field has the enum that `kafka_event_codegen::Builder` generates for it, in
/// `build.rs`.
///
/// A variant holds its record's type, or a `Box` of it, where one record is much larger than the others.
///
/// The manifest is `schemas/topics.toml` in the package; `[package.metadata.kafka-event] manifest = "…"` in `Cargo.toml` names another, and
/// `#[kafka(…, manifest = "…")]` one for this type alone. The compiler watches the files that were read: a new one in a folder of schemas is seen
/// when one of these changes next. An editor that has rust-analyzer shows what the derive says at its attribute; after an edit of a schema it shows what
/// it expanded before, until the type itself is edited or its server for procedural macros is started anew. Paths begin at the package's folder.
/// One that leads out of it is right within a workspace, and refused in the package as `cargo package` makes it: what is outside is not published
/// with it. In the packages that trybuild makes for its cases the manifest is that of the package whose tests they are; one without a library is
/// not found from there, and its tests copy the schemas to `target/tests/trybuild/NAME`.
#[proc_macro_derive(KafkaEvent, attributes(kafka))]
pub fn derive_kafka_event(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = proc_macro::TokenStream::from(lifetime::apart(input.into()));
    let input = syn::parse_macro_input!(input as syn::DeriveInput);
    derived(&input).into()
}

/// The implementations; or all that is wrong, with what stands in for them.
fn derived(input: &syn::DeriveInput) -> TokenStream {
    let runtime = || input::runtime(input);
    let stub = |known: TokenStream| {
        let stub = stub::event(input);
        let stub = quote!(#known #stub);
        match runtime() {
            Some(path) => own::with_runtime(stub, &path),
            None => stub,
        }
    };
    if lifetime::is_undeclared(input) {
        // The compiler says so of the type itself.
        return stub(TokenStream::new());
    }
    expand(input).unwrap_or_else(|Refused { errors, known }| {
        let stub = stub(known);
        let errors = match runtime() {
            Some(path) => called(errors, &path),
            None => errors,
        };
        let errors = errors.to_compile_error();
        quote!(#errors #stub)
    })
}

/// The same errors, in which the runtime is called as the user calls it: what they say is to be written as it stands there.
fn called(errors: syn::Error, path: &TokenStream) -> syn::Error {
    let span = errors.span();
    let called = errors
        .into_iter()
        .map(|error| syn::Error::new(error.span(), own::said_with_runtime(&error.to_string(), path)));
    let called = called.reduce(|mut all, error| {
        all.combine(error);
        all
    });
    called.unwrap_or_else(|| syn::Error::new(span, "nothing says what is wrong"))
}

/// Why a type has no implementations, with what asks for the types in it all the same.
#[derive(Debug)]
struct Refused {
    errors: syn::Error,
    known: TokenStream,
}

impl From<syn::Error> for Refused {
    fn from(errors: syn::Error) -> Self {
        Self {
            errors,
            known: TokenStream::new(),
        }
    }
}

fn expand(input: &syn::DeriveInput) -> Result<TokenStream, Refused> {
    let Input { own, manifest, runtime } = input::read(input)?;
    let implementations = implementations(input, &own, manifest.as_ref())?;
    Ok(match runtime {
        Some(path) => own::with_runtime(implementations, &path),
        None => implementations,
    })
}

fn implementations(input: &syn::DeriveInput, own: &Own, manifest: Option<&OwnWord>) -> Result<TokenStream, Refused> {
    if let Own::Newtype(own) = own {
        return own::own_newtype(own).map_err(|errors| discover::refuse(errors, input).into());
    }
    let found = discover::contract(own, manifest)?;
    let Found { contract, tracked } = &found;
    let implementations = match own {
        Own::Record(Some(of), own) => own::own_record(contract, of, own),
        Own::Enum(Some(name), own) => own::own_enum(contract, name, own),
        Own::Events(of, own) => own::own_events(contract, of, own),
        Own::Marker(of, own) => own::own_marker(contract, of, own),
        Own::Newtype(..) => unreachable!("it asks for no contract"),
        Own::Record(None, _) | Own::Enum(None, _) => unreachable!("what does not say what it is has been refused"),
    };
    let implementations = implementations.map_err(|errors| Refused {
        errors: discover::refuse(errors, input),
        known: own::known(contract, own.start()),
    })?;
    if tracked.is_empty() {
        return Ok(implementations);
    }
    let tracked = tracked.iter().map(|path| {
        let path = format!("/{path}");
        quote!(
            const _: &[::core::primitive::u8] = ::core::include_bytes!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), #path));
        )
    });
    // The compiler knows of the files by these, and runs the derive again when one changes.
    Ok(quote!(const _: () = { #(#tracked)* }; #implementations))
}
