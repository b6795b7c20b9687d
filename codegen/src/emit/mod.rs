//! The model to Rust tokens: infallible, since the phases before have refused what cannot be generated.
//!
//! | file | what it emits |
//! | --- | --- |
//! | `names` | the names of generated items: no two in a module are the same |
//! | `scope` | paths and types: a model's type as Rust spells it, owned, borrowed and on the wire |
//! | `record`, `enumeration`, `fixed`, `union`, `root` | a type with its implementations |
//! | `union_names` | the names of unions' enums |
//! | `codec` | encode and decode of a struct, shared with the derive |
//! | `borrowed` | the borrowed twin and the way from it to the owned type |
//! | `decimal` | the types and values of decimals |
//! | `builder`, `literal` | builders and default values |
//! | `topic` | topics, groups and the catalog |
//! | `own` | an application's own struct as an event, for the derive |
//! | `doc` | a schema's docs as safe Markdown |

mod borrowed;
mod builder;
pub mod codec;
mod decimal;
mod doc;
mod enumeration;
mod fixed;
mod literal;
mod names;
pub mod own;
mod record;
mod root;
pub(crate) mod scope;
mod topic;
mod union;
mod union_names;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Model, Named, TypeName};
use scope::{Scope, ident};

/// The version of the shape of generated code; the runtime has the same, and generated code asserts it.
pub(crate) const FORMAT: u32 = 1;

/// What is emitted beside the types and their codec.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Switches {
    pub(crate) builders: bool,
    pub(crate) borrowed: bool,
    pub(crate) clients: bool,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            builders: true,
            borrowed: true,
            clients: true,
        }
    }
}

/// A namespace as a module.
#[derive(Default)]
struct Module {
    avro: String,
    children: BTreeMap<String, Module>,
    items: Vec<TokenStream>,
}

/// All that a model becomes.
pub(crate) fn emit(model: &Model, switches: Switches) -> TokenStream {
    let scope = Scope::new(model, switches);
    let mut root = Module::default();
    for (id, named) in model.types() {
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
    let types = root.into_tokens();
    let topics = topic::emit(&scope);
    let unfit = "this code was generated for another version of kafka-event: generate it again with the version in Cargo.lock";
    quote! {
        const _: () = ::core::assert!(::kafka_event::__private::FORMAT == #FORMAT, #unfit);
        #types
        #topics
    }
}

impl Module {
    fn enter(&mut self, name: &TypeName) -> &mut Self {
        let mut module = self;
        for part in &name.namespace {
            let avro = if module.avro.is_empty() {
                part.avro.clone()
            } else {
                format!("{}.{}", module.avro, part.avro)
            };
            module = module.children.entry(part.rust.clone()).or_default();
            module.avro = avro;
        }
        module
    }

    fn into_tokens(self) -> TokenStream {
        let items = self.items;
        let children = self.children.into_iter().map(|(name, child)| {
            let doc = format!(" The namespace `{}`.", child.avro);
            let name = ident(&name);
            let allow = allow();
            let body = child.into_tokens();
            quote! {
                #[doc = #doc]
                #allow
                pub mod #name { #body }
            }
        });
        quote! { #(#items)* #(#children)* }
    }
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
