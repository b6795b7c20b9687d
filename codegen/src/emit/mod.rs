//! The model to Rust tokens: infallible, since the phases before have refused what cannot be generated.
//!
//! | file | what it emits |
//! | --- | --- |
//! | `names` | the names of generated items: no two in a module are the same |
//! | `scope` | paths and types: a model's type as Rust spells it, owned, borrowed and on the wire |
//! | `logical` | the names of logical types |
//! | `held` | what the user chose to hold a field |
//! | `module` | namespaces as modules, and as files |
//! | `record`, `enumeration`, `fixed`, `union`, `root` | a type with its implementations |
//! | `large_union` | what is done for each branch of a union, where it has many |
//! | `union_names` | the names of unions' enums |
//! | `schemas` | the schemas of types, as text and hashed |
//! | `shared_schema` | schemas of records that have their definitions in common |
//! | `codec` | encode and decode of a struct, shared with the derive |
//! | `evolve` | decode of what other versions of a schema wrote, shared with the derive |
//! | `borrowed` | the borrowed twin and the way from it to the owned type |
//! | `decimal` | the types and values of decimals |
//! | `builder`, `literal` | builders and default values |
//! | `external` | types that another crate generates |
//! | `runtime` | code whose runtime is elsewhere |
//! | `key` | the types of keys that are known apart from their events |
//! | `topic`, `event`, `group`, `spec` | topics and the catalog, the event of a topic with several records, groups; their settings |
//! | `way` | the ways to keys that are fields, and what leads on them |
//! | `serde` | serde's traits |
//! | `own` | an application's own struct as an event, for the derive |
//! | `doc` | a schema's docs as safe Markdown |
//! | `deprecated` | what the schema says is not to be used any more |

mod borrowed;
mod builder;
pub mod codec;
mod decimal;
mod deprecated;
mod doc;
mod enumeration;
mod event;
mod evolve;
mod external;
mod fixed;
mod group;
mod held;
mod key;
mod large_union;
mod literal;
pub(crate) mod logical;
mod module;
mod names;
#[cfg(feature = "derive")]
pub mod own;
mod record;
mod root;
mod runtime;
mod schemas;
pub(crate) mod scope;
mod serde;
mod shared_schema;
mod spec;
mod topic;
mod union;
mod union_names;
mod way;

use proc_macro2::TokenStream;
use quote::quote;

use crate::deprecation;
use crate::model::{Model, Named};
use crate::options::Choices;
use module::{Module, Parts};
use scope::Scope;

/// The version of the shape of generated code; the runtime has the same, and generated code asserts it.
pub(crate) const FORMAT: u32 = 5;

/// What is emitted beside the types and their codec.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Switches {
    pub(crate) builders: bool,
    pub(crate) borrowed: bool,
    pub(crate) clients: bool,
    pub(crate) evolution: bool,
    pub(crate) serde: bool,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            builders: true,
            borrowed: true,
            clients: true,
            evolution: true,
            serde: false,
        }
    }
}

/// All that a model becomes.
pub(crate) struct Emitted {
    /// The root, which includes the parts.
    pub(crate) root: TokenStream,
    /// The files of namespaces, by their names.
    pub(crate) parts: Vec<(String, TokenStream)>,
}

/// All that a model becomes; the namespaces in files of their own below a folder, where one is given.
pub(crate) fn emit(model: &Model, switches: Switches, choices: Choices, folder: Option<&str>) -> Emitted {
    let scope = Scope::new(model, switches, choices);
    let mut root = Module::default();
    for (id, named) in model.types() {
        if scope.choices.external(id).is_some() {
            continue;
        }
        let items = match named {
            Named::Record(record) => record::emit(&scope, id, record),
            Named::Enum(enumeration) => enumeration::emit(&scope, id, enumeration),
            Named::Fixed(fixed) => fixed::emit(&scope, id, fixed),
        };
        root.enter(named.name()).items.push(items);
    }
    for (id, of_file) in model.roots() {
        root.items.push(root::emit(&scope, id, of_file));
    }
    let mut parts = folder.map(Parts::new);
    let types = root.into_tokens(parts.as_mut());
    let topics = topic::emit(&scope);
    let externals = external::assertions(&scope);
    let unfit = "this code was generated for another version of kafka-event: generate it again with the version in Cargo.lock";
    let root = quote! {
        const _: () = ::core::assert!(::kafka_event::__private::FORMAT == #FORMAT, #unfit);
        #externals
        #types
        #topics
    };
    let root = if deprecation::any(model) { deprecated::allowed(root) } else { root };
    let mut parts = parts.map_or_else(Vec::new, |parts| parts.files);
    let Some(path) = scope.choices.runtime() else {
        return Emitted { root, parts };
    };
    for (_, part) in &mut parts {
        *part = runtime::moved(std::mem::take(part), path);
    }
    let root = runtime::moved(root, path);
    Emitted { root, parts }
}

/// Lints that say nothing of generated code: an application uses some of it, in a module that it may keep to itself, and a schema's names,
/// docs and numbers are as they are.
fn allow() -> TokenStream {
    quote! {
        #[allow(
            dead_code,
            non_camel_case_types,
            non_snake_case,
            unreachable_pub,
            unused_qualifications,
            clippy::all,
            clippy::pedantic
        )]
    }
}

/// The same for an item at a site: that of a module is the module's, but the module of the root is the application's.
fn site_allow(site: scope::Site<'_>) -> TokenStream {
    if site.module.is_empty() { allow() } else { TokenStream::new() }
}
