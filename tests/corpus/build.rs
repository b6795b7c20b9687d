//! Generates code for every schema that stands alone, each in a module of its own, with a table of their records and of what was refused.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use kafka_event_codegen::{Builder, Report, Severity};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::visit::Visit;

/// Where the real schemas are, below the corpus.
const REAL: &str = "schemas/RADAR-base+RADAR-Schemas";

/// Where the flagship's are.
const FLAGSHIP: &str = "../../schemas";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=KAFKA_EVENT_CORPUS");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut schemas: Vec<_> = ["schemas", FLAGSHIP]
        .iter()
        .map(|folder| files(Path::new(folder)))
        .collect::<io::Result<Vec<_>>>()?
        .concat();
    let own = schemas.len();
    if let Some(corpus) = env::var_os("KAFKA_EVENT_CORPUS").filter(|corpus| !corpus.is_empty()) {
        schemas.extend(files(&Path::new(&corpus).join(REAL))?);
    }
    let mut table = Table::default();
    for (number, schema) in schemas.iter().enumerate() {
        println!("cargo::rerun-if-changed={}", schema.display());
        table.add(number, schema, number >= own, &out)?;
    }
    for schema in files(Path::new(FLAGSHIP))? {
        table.add_peer(&schema, &out)?;
    }
    let names = Builder::new().manifest("schemas/names.toml");
    println!("cargo::rerun-if-changed=schemas/names.toml");
    fs::write(out.join("names.rs"), names.emit(&names.load()?)?.text)?;
    fs::write(out.join("corpus.rs"), table.tokens().to_string())?;
    Ok(())
}

/// All schemas below a folder, in order.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    let mut found = Vec::new();
    for entry in entries {
        if entry.is_dir() {
            found.extend(files(&entry)?);
        } else if entry.extension().is_some_and(|extension| extension == "avsc") {
            found.push(entry);
        }
    }
    Ok(found)
}

#[derive(Default)]
struct Table {
    modules: Vec<TokenStream>,
    cases: Vec<TokenStream>,
    generated: Vec<TokenStream>,
    refused: Vec<TokenStream>,
    peers: Vec<TokenStream>,
}

impl Table {
    fn add(&mut self, number: usize, schema: &Path, real: bool, out: &Path) -> Result<(), Box<dyn std::error::Error>> {
        let text = fs::read_to_string(schema)?;
        let name = schema.to_string_lossy().replace('\\', "/");
        let name = name
            .split_once(REAL)
            .map_or(name.as_str(), |(_, below)| below.trim_start_matches('/'))
            .to_owned();
        let builder = Builder::new().schemas([schema]);
        let contract = match builder.load() {
            Ok(contract) => contract,
            Err(report) => {
                let code = first(&report);
                self.refused.push(quote!((#name, #code)));
                return Ok(());
            }
        };
        let generated = builder.emit(&contract)?.text;
        let file = format!("s{number}.rs");
        fs::write(out.join(&file), &generated)?;
        let module = format_ident!("s{number}");
        let file = format!("/{file}");
        self.modules
            .push(quote!(#[doc = #name] pub mod #module { include!(concat!(env!("OUT_DIR"), #file)); }));
        let parsed = syn::parse_file(&generated)?;
        self.generated.push(quote!((#name, #real)));
        let mut records = Records::default();
        records.visit_file(&parsed);
        for path in records.found {
            self.cases.push(quote! {
                crate::Case {
                    file: #name,
                    source: #text,
                    real: #real,
                    full_name: <#module #(::#path)* as ::kafka_event::Record>::FULL_NAME,
                    schema: <#module #(::#path)* as ::kafka_event::Record>::SCHEMA,
                    fingerprint: <#module #(::#path)* as ::kafka_event::Record>::FINGERPRINT,
                    owned: crate::owned::<#module #(::#path)*>,
                    borrowed: |bytes| {
                        let borrowed: <#module #(::#path)* as ::kafka_event::Record>::Ref<'_> = ::kafka_event::from_avro(bytes)?;
                        Ok(crate::written(&<#module #(::#path)*>::from(borrowed)))
                    },
                }
            });
        }
        Ok(())
    }

    /// The types that rsgen-avro makes of a schema.
    fn add_peer(&mut self, schema: &Path, out: &Path) -> Result<(), Box<dyn std::error::Error>> {
        // Its UUIDs do not come through apache-avro's serde: it is given their text.
        let written = fs::read_to_string(schema)?;
        let text = written.replace(r#", "logicalType": "uuid""#, "");
        let mut generated = Vec::new();
        rsgen_avro::Generator::new()?.generate(&rsgen_avro::Source::SchemaStr(&text), &mut generated)?;
        let number = self.peers.len();
        let file = format!("peer{number}.rs");
        fs::write(out.join(&file), generated)?;
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

    fn tokens(&self) -> TokenStream {
        let Self {
            modules,
            cases,
            generated,
            refused,
            peers,
        } = self;
        quote! {
            #(#modules)*
            /// The records of all schemas that were generated.
            pub static CASES: &[crate::Case] = &[#(#cases),*];
            /// The schemas that were generated, and whether each is one of the corpus.
            pub static GENERATED: &[(&str, bool)] = &[#(#generated),*];
            /// The schemas that were refused, each with the code of the first finding.
            pub static REFUSED: &[(&str, &str)] = &[#(#refused),*];
            /// What rsgen-avro makes of the flagship's schemas.
            pub static PEERS: &[crate::Peer] = &[#(#peers),*];
        }
    }
}

fn first(report: &Report) -> String {
    let error = report.diagnostics.iter().find(|found| found.severity == Severity::Error);
    error.map_or_else(String::new, |found| found.code.to_owned())
}

/// The paths of all types that are records, found in the code as it was generated.
#[derive(Default)]
struct Records {
    modules: Vec<syn::Ident>,
    found: Vec<Vec<syn::Ident>>,
}

impl<'ast> Visit<'ast> for Records {
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
        if of.as_deref() == Some("Record")
            && let syn::Type::Path(own) = &*implementation.self_ty
            && let Some(name) = own.path.get_ident()
        {
            self.found.push(self.modules.iter().chain([name]).cloned().collect());
        }
    }
}
