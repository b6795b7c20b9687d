//! The table of what was generated, for the tests to walk.

use std::fs;
use std::path::{Path, PathBuf};

use kafka_event_codegen::{Builder, Report, Severity};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::visit::Visit;

use crate::corpus::{File, Whole};

pub struct Table {
    out: PathBuf,
    modules: Vec<TokenStream>,
    cases: Vec<TokenStream>,
    generated: Vec<TokenStream>,
    refused: Vec<TokenStream>,
    peers: Vec<TokenStream>,
}

impl Table {
    pub fn new(out: &Path) -> Self {
        Self {
            out: out.to_owned(),
            modules: Vec::new(),
            cases: Vec::new(),
            generated: Vec::new(),
            refused: Vec::new(),
            peers: Vec::new(),
        }
    }

    /// Generates a contract, and adds all types of it.
    pub fn add(&mut self, name: &str, schema: &Path, real: bool, whole: &Whole) -> Result<(), Box<dyn std::error::Error>> {
        let text = fs::read_to_string(schema)?;
        let generated = Builder::new().emit(&whole.contract)?.text;
        let number = self.generated.len();
        let file = format!("s{number}.rs");
        fs::write(self.out.join(&file), &generated)?;
        let module = format_ident!("s{number}");
        let file = format!("/{file}");
        self.modules
            .push(quote!(#[doc = #name] pub mod #module { include!(concat!(env!("OUT_DIR"), #file)); }));
        let neighbours = &whole.neighbours;
        let types = generated_types(&syn::parse_file(&generated)?);
        let count = types.len();
        self.generated.push(quote!(crate::Generated {
            file: #name, real: #real, neighbours: &[#(#neighbours),*], types: #count,
        }));
        for Generated { path, record } in types {
            let full_name = if record {
                quote!(<#module #(::#path)* as ::kafka_event::Record>::FULL_NAME)
            } else {
                // Only of a record it is said.
                let spelled = path.iter().map(|part| part.to_string()).collect::<Vec<_>>().join("::");
                quote!(#spelled)
            };
            self.cases.push(quote! {
                crate::Case {
                    file: #name,
                    source: #text,
                    real: #real,
                    record: #record,
                    full_name: #full_name,
                    schema: <#module #(::#path)* as ::kafka_event::Schema>::SCHEMA,
                    fingerprint: <#module #(::#path)* as ::kafka_event::Schema>::FINGERPRINT,
                    owned: crate::owned::<#module #(::#path)*>,
                    borrowed: |bytes| {
                        let borrowed: <#module #(::#path)* as ::kafka_event::Schema>::Ref<'_> = ::kafka_event::from_avro(bytes)?;
                        Ok(crate::written(&<#module #(::#path)*>::from(borrowed)))
                    },
                }
            });
        }
        Ok(())
    }

    /// Adds a file that is refused.
    pub fn refuse(&mut self, file: &File, report: &Report) {
        let errors = report.diagnostics.iter().filter(|found| found.severity == Severity::Error);
        let (name, accepted) = (&file.name, file.accepted);
        let Some(first) = errors.clone().next() else { return };
        let (code, message) = (first.code, &first.message);
        let label = &first.labels[0];
        let (line, column) = report
            .sources
            .position(label.origin.file, report.sources.range(&label.origin).start);
        let place = format!("{line}:{column}");
        self.refused.push(quote!(crate::Refused {
            file: #name, accepted: #accepted, place: #place, code: #code, message: #message,
        }));
    }

    /// The types that rsgen-avro makes of a schema.
    pub fn add_peer(&mut self, schema: &Path) -> Result<(), Box<dyn std::error::Error>> {
        // Its UUIDs do not come through apache-avro's serde: it is given their text.
        let written = fs::read_to_string(schema)?;
        let text = written.replace(r#", "logicalType": "uuid""#, "");
        let mut generated = Vec::new();
        rsgen_avro::Generator::new()?.generate(&rsgen_avro::Source::SchemaStr(&text), &mut generated)?;
        let number = self.peers.len();
        let file = format!("peer{number}.rs");
        fs::write(self.out.join(&file), generated)?;
        let (module, file) = (format_ident!("peer{number}"), format!("/{file}"));
        let docs = format!("rsgen-avro's {}.", schema.display());
        self.modules
            .push(quote!(#[doc = #docs] #[allow(missing_docs)] pub mod #module { include!(concat!(env!("OUT_DIR"), #file)); }));
        let root: serde_json::Value = serde_json::from_str(&text)?;
        let name = format_ident!("{}", root["name"].as_str().ok_or("a schema without a name")?);
        self.peers.push(quote! {
            crate::Peer { written: #written, source: #text, carried: crate::carried::<#module::#name> }
        });
        Ok(())
    }

    pub fn write(&self) -> std::io::Result<()> {
        let Self {
            out,
            modules,
            cases,
            generated,
            refused,
            peers,
        } = self;
        let tokens = quote! {
            #(#modules)*
            /// The types of all schemas that were generated.
            pub static CASES: &[crate::Case] = &[#(#cases),*];
            /// The schemas that were generated.
            pub static GENERATED: &[crate::Generated] = &[#(#generated),*];
            /// The schemas that were refused.
            pub static REFUSED: &[crate::Refused] = &[#(#refused),*];
            /// What rsgen-avro makes of the flagship's schemas.
            pub static PEERS: &[crate::Peer] = &[#(#peers),*];
        };
        fs::write(out.join("corpus.rs"), tokens.to_string())
    }
}

/// A type with a schema.
pub struct Generated {
    pub path: Vec<syn::Ident>,
    pub record: bool,
}

/// All types with a schema, found in the code as it was generated.
pub fn generated_types(file: &syn::File) -> Vec<Generated> {
    let mut types = Types::default();
    types.visit_file(file);
    types.found
}

#[derive(Default)]
struct Types {
    modules: Vec<syn::Ident>,
    found: Vec<Generated>,
}

impl<'ast> Visit<'ast> for Types {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        self.modules.push(module.ident.clone());
        syn::visit::visit_item_mod(self, module);
        self.modules.pop();
    }

    fn visit_item_impl(&mut self, implementation: &'ast syn::ItemImpl) {
        let of = implementation
            .trait_
            .as_ref()
            .and_then(|(path, _)| path.segments.last())
            .map(|last| last.ident.to_string());
        let record = of.as_deref() == Some("Record");
        if (record || of.as_deref() == Some("Schema"))
            && let syn::Type::Path(own) = &*implementation.self_ty
            && let Some(name) = own.path.get_ident()
        {
            let path = self.modules.iter().chain([name]).cloned().collect();
            self.found.push(Generated { path, record });
        }
    }
}
