//! Generates, in a build script of tests, the types of many schemas, each in a module of its own.

#![deny(warnings, missing_docs)]
#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use kafka_event_codegen::{Builder, load_text};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

/// The types of schemas, generated once for each text.
#[derive(Debug)]
pub struct Readers {
    out: PathBuf,
    paths: BTreeMap<String, Option<TokenStream>>,
    modules: Vec<TokenStream>,
}

impl Readers {
    /// Into a folder, which is the build script's `OUT_DIR`.
    #[must_use]
    pub fn new(out: &Path) -> Self {
        Self {
            out: out.to_owned(),
            paths: BTreeMap::new(),
            modules: Vec::new(),
        }
    }

    /// The path of the type that a schema is, from where the [modules](Self::modules) are; `None` where the schema is refused.
    ///
    /// # Errors
    /// What was generated could not be written.
    pub fn path(&mut self, schema: &str) -> Result<Option<TokenStream>, Box<dyn Error>> {
        if let Some(known) = self.paths.get(schema) {
            return Ok(known.clone());
        }
        let path = self.generate(schema)?;
        self.paths.insert(schema.to_owned(), path.clone());
        Ok(path)
    }

    /// The modules of all types, to be included beside what names their paths.
    #[must_use]
    pub fn modules(&self) -> &[TokenStream] {
        &self.modules
    }

    fn generate(&mut self, schema: &str) -> Result<Option<TokenStream>, Box<dyn Error>> {
        let module = format_ident!("r{}", self.paths.len());
        let file = self.out.join(format!("{module}.avsc"));
        fs::write(&file, schema)?;
        let builder = Builder::new().schemas([&file]).builders(false).clients(false);
        let Ok(contract) = builder.load() else { return Ok(None) };
        // The type of the whole: of a file by itself as of the text.
        let Ok((of_text, id)) = load_text("schema", schema) else {
            return Ok(None);
        };
        let full = of_text.model.name(id).full();
        let (id, _) = match contract.model.find(&full) {
            Some((id, named)) => (id, named.name().clone()),
            None => match contract.model.roots().next() {
                Some((id, root)) => (id, root.name.clone()),
                None => return Ok(None),
            },
        };
        let code = format!("{module}.rs");
        fs::write(self.out.join(&code), builder.emit(&contract)?.text)?;
        let name = contract.model.name(id);
        let parts = name
            .namespace
            .iter()
            .chain([&name.ident])
            .map(|part| match part.rust.strip_prefix("r#") {
                Some(raw) => Ident::new_raw(raw, Span::call_site()),
                None => Ident::new(&part.rust, Span::call_site()),
            });
        let (code, docs) = (format!("/{code}"), format!("The types of schema {module}."));
        let path = quote!(#module #(::#parts)*);
        self.modules
            .push(quote!(#[doc = #docs] pub mod #module { include!(concat!(env!("OUT_DIR"), #code)); }));
        Ok(Some(path))
    }
}
