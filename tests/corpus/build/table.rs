//! The table of what was generated, for the tests to walk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use kafka_event_codegen::fingerprint::schema_json;
use kafka_event_codegen::model::{Named, TypeName};
use kafka_event_codegen::{Builder, Contract, Diagnostic, Report, Severity};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::corpus::{self, File, Set};
use crate::neighbours;

pub(crate) struct Table {
    out: PathBuf,
    /// The modules that there are, by their text: what is the same is compiled once.
    known: BTreeMap<String, Ident>,
    modules: Vec<TokenStream>,
    generated: Vec<TokenStream>,
    refused: Vec<TokenStream>,
    folders: Vec<TokenStream>,
    pub(crate) peers: Vec<TokenStream>,
}

impl Table {
    pub(crate) fn new(out: &Path) -> Self {
        Self {
            out: out.to_owned(),
            known: BTreeMap::new(),
            modules: Vec::new(),
            generated: Vec::new(),
            refused: Vec::new(),
            folders: Vec::new(),
            peers: Vec::new(),
        }
    }

    /// Generates from a file and what it needs of others, or says why not.
    pub(crate) fn add(&mut self, file: &File, all: &[File]) -> Result<(), Box<dyn std::error::Error>> {
        let whole = match neighbours::load(file, all) {
            Ok(whole) => whole,
            Err(report) => {
                self.refuse(file, &report);
                return Ok(());
            }
        };
        let text = Builder::new().emit(&whole.contract)?.text;
        let name = &file.name;
        let module = self.module(&quote!(#[doc = #name]), &text)?;
        let types = types(&whole.contract, &file.path).map(|found| found.tokens(&module));
        let (set, accepted, source) = (set(file.set), file.accepted, &file.text);
        let file_name = file.path.file_name().unwrap_or_default().to_string_lossy();
        let neighbours = whole.neighbours.iter().map(|neighbour| {
            let (name, source) = (&neighbour.name, &neighbour.text);
            quote!((#name, #source))
        });
        self.generated.push(quote!(crate::Generated {
            file: #name,
            file_name: #file_name,
            set: #set,
            accepted: #accepted,
            source: #source,
            neighbours: &[#(#neighbours),*],
            types: &[#(#types),*],
        }));
        Ok(())
    }

    fn refuse(&mut self, file: &File, report: &Report) {
        let findings = report.diagnostics.iter().filter(|found| found.severity == Severity::Error);
        let findings = findings.map(|found| finding(report, found));
        let (name, set, source, accepted) = (&file.name, set(file.set), &file.text, file.accepted);
        self.refused.push(quote!(crate::Refused {
            file: #name, set: #set, source: #source, accepted: #accepted, findings: &[#(#findings),*],
        }));
    }

    /// Generates from all schemas of a repository. Of two files that define one name differently, the second is left out.
    pub(crate) fn add_folder(&mut self, corpus: &Path, repository: &str) -> Result<(), Box<dyn std::error::Error>> {
        let mut files = Vec::new();
        walk(&corpus::folder(corpus, repository), &mut files)?;
        let mut left_out: Vec<PathBuf> = Vec::new();
        let contract = loop {
            let report = match Builder::new().schemas(&files).load() {
                Ok(contract) => break contract,
                Err(report) => report,
            };
            let before = files.len();
            for found in report.diagnostics.iter().filter(|found| found.code == "KE0106") {
                let path = Path::new(&report.sources.file(found.labels[0].origin.file).path);
                files.retain(|file| file != path);
                left_out.push(path.to_owned());
            }
            if files.len() == before {
                return Err(report.into());
            }
        };
        let text = Builder::new().emit(&contract)?.text;
        self.module(&quote!(#[doc = #repository]), &text)?;
        let folder = corpus::folder(corpus, repository).to_string_lossy().into_owned();
        let paths = |files: &[PathBuf]| files.iter().map(|file| file.to_string_lossy().into_owned()).collect::<Vec<_>>();
        let (files, left_out) = (paths(&files), paths(&left_out));
        self.folders.push(quote!(crate::Folder {
            repository: #repository, path: #folder, files: &[#(#files),*], left_out: &[#(#left_out),*],
        }));
        Ok(())
    }

    /// A module of a text: the one that is there, where it is the same.
    pub(crate) fn module(&mut self, attributes: &TokenStream, text: &str) -> io::Result<Ident> {
        if let Some(known) = self.known.get(text) {
            return Ok(known.clone());
        }
        let module = format_ident!("s{}", self.modules.len());
        let file = format!("{module}.rs");
        fs::write(self.out.join(&file), text)?;
        let file = format!("/{file}");
        self.modules
            .push(quote!(#attributes pub mod #module { include!(concat!(env!("OUT_DIR"), #file)); }));
        self.known.insert(text.to_owned(), module.clone());
        Ok(module)
    }

    pub(crate) fn write(&self) -> io::Result<()> {
        let Self {
            modules,
            generated,
            refused,
            folders,
            peers,
            ..
        } = self;
        let tokens = quote! {
            #(#modules)*
            /// The schemas that were generated.
            pub static GENERATED: &[crate::Generated] = &[#(#generated),*];
            /// The schemas that were refused.
            pub static REFUSED: &[crate::Refused] = &[#(#refused),*];
            /// The folders that were generated, each as one contract.
            pub static FOLDERS: &[crate::Folder] = &[#(#folders),*];
            /// What rsgen-avro makes of the flagship's schemas.
            pub static PEERS: &[crate::Peer] = &[#(#peers),*];
        };
        fs::write(self.out.join("corpus.rs"), tokens.to_string())
    }
}

fn set(set: Set) -> TokenStream {
    match set {
        Set::Ours => quote!(crate::Set::Ours),
        Set::Corpus => quote!(crate::Set::Corpus),
        Set::Official => quote!(crate::Set::Official),
    }
}

fn finding(report: &Report, found: &Diagnostic) -> TokenStream {
    let place = &found.labels[0].origin;
    let (line, column) = report.sources.position(place.file, report.sources.range(place).start);
    let (code, message, path) = (found.code, &found.message, &report.sources.file(place.file).path);
    let help = match &found.help {
        Some(help) => quote!(Some(#help)),
        None => quote!(None),
    };
    quote!(crate::Finding { code: #code, path: #path, line: #line, column: #column, message: #message, help: #help })
}

/// The compiler takes half a second over each schema of this length that it puts together, and there are hundreds of longer ones.
const LONG: usize = 64 << 10;

/// A type of a contract.
struct Found<'a> {
    name: &'a TypeName,
    record: bool,
    long: bool,
}

/// The types that a file defines.
fn types<'a>(contract: &'a Contract, path: &'a Path) -> impl Iterator<Item = Found<'a>> {
    let sources = &contract.warnings.sources;
    // A fixed with a meaning is another name of that, and a datum only as a file's root, which is a type of its own.
    let is_datum = |named: &Named| !matches!(named, Named::Fixed(fixed) if fixed.logical.is_some());
    let named = contract.model.types().filter(move |(_, named)| is_datum(named)).map(|(id, named)| {
        let found = Found {
            name: named.name(),
            record: matches!(named, Named::Record(_)),
            long: schema_json(&contract.model, id).len() > LONG,
        };
        (found, named.origin())
    });
    let roots = contract.model.roots().map(|(_, root)| {
        let found = Found {
            name: &root.name,
            record: false,
            long: false,
        };
        (found, &root.origin)
    });
    named
        .chain(roots)
        .filter(move |(_, origin)| Path::new(&sources.file(origin.file).path) == path)
        .map(|(found, _)| found)
}

impl Found<'_> {
    fn tokens(&self, module: &Ident) -> TokenStream {
        let parts = self.name.namespace.iter().chain([&self.name.ident]);
        let path = parts.map(|part| match part.rust.strip_prefix("r#") {
            Some(raw) => Ident::new_raw(raw, proc_macro2::Span::call_site()),
            None => format_ident!("{}", part.rust),
        });
        let path = quote!(#module #(::#path)*);
        if self.record && self.long {
            quote!(crate::Case::long_record::<#path>())
        } else if self.record {
            quote!(crate::Case::record::<#path>())
        } else {
            let full = self.name.full();
            quote!(crate::Case::datum::<#path>(#full))
        }
    }
}

/// All schemas below a folder, in order.
fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            walk(&entry, found)?;
        } else if entry.extension().is_some_and(|extension| extension == "avsc") {
            found.push(entry);
        }
    }
    Ok(())
}
