//! The way from files to a model: load, resolve, check.

mod files;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::avro::{RawNamed, RawType};
use crate::check;
use crate::collections::ByName;
use crate::diagnostic::{Collector, Diagnostic, Report};
use crate::limits;
use crate::manifest::{Manifest, Stated};
use crate::model::{Model, TypeId};
use crate::rename::Pins;
use crate::resolve::{self, root::RawRoot};
use crate::source::{Given, Origin, Place, Sources, Unread, displayed};
use crate::stack;

/// A contract that can be generated from.
#[derive(Debug, Clone)]
pub struct Contract {
    /// What the schemas and the manifest mean.
    pub model: Model,
    /// Warnings, with the files that they speak of.
    pub warnings: Report,
    /// Every file and folder that the model depends on.
    pub inputs: Vec<PathBuf>,
}

/// Loads a manifest with the schemas that it names.
///
/// # Errors
/// All that is wrong with them, at once.
pub fn load_manifest(path: &Path) -> Result<Contract, Report> {
    manifest(path, Path::new("."), &mut Vec::new())
}

/// The same, with every file and folder that was looked at, also where the contract is refused.
///
/// Its links lead to what is below its folder, or below `within`, which relative paths begin at.
pub(crate) fn manifest(path: &Path, within: &Path, inputs: &mut Vec<PathBuf>) -> Result<Contract, Report> {
    manifest_with(path, within, inputs, Added::default())
}

/// Schemas, each with the name that messages are to give it, and lines of a manifest: what a contract may have beside its files.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Added<'a> {
    pub(crate) schemas: &'a [(String, String)],
    pub(crate) lines: &'a str,
}

/// Loads what is in memory alone.
#[cfg(feature = "derive")]
pub(crate) fn added(added: Added<'_>) -> Result<Contract, Report> {
    stack::on_its_own(|| in_memory(added))
}

#[cfg(feature = "derive")]
fn in_memory(added: Added<'_>) -> Result<Contract, Report> {
    let mut inputs = Vec::new();
    let mut loader = Loader::new(&mut inputs);
    let file = loader.sources.add("topics.toml", format!("version = 1\n\n{}", added.lines));
    let Some(manifest) = Manifest::parse(&loader.sources, file, &mut loader.diagnostics) else {
        return Err(loader.report());
    };
    let errors = loader.diagnostics.errors();
    loader.schemas_in_memory(added.schemas);
    let whole = loader.diagnostics.errors() == errors;
    loader.finish(Some(&manifest), whole)
}

/// Loads a manifest, with what is added to it.
pub(crate) fn manifest_with(path: &Path, within: &Path, inputs: &mut Vec<PathBuf>, added: Added<'_>) -> Result<Contract, Report> {
    stack::on_its_own(|| of_manifest(path, within, inputs, added))
}

/// The help that names the manifests in a folder which stands in place of one.
fn in_folder(path: &Path, within: &Path) -> Option<String> {
    let is_manifest = |file: &PathBuf| file.extension().is_some_and(|extension| extension == "toml") && file.is_file();
    let files = path.read_dir().ok()?.flatten().map(|file| file.path());
    let mut files: Vec<PathBuf> = files.filter(is_manifest).collect();
    // The order of a folder's files is the machine's own.
    files.sort();
    let usual = path.join("topics.toml");
    if files.contains(&usual) {
        files = vec![usual];
    }
    let names = files.iter().take(5);
    let names: Vec<String> = names
        .map(|file| format!("`{}`", displayed(file.strip_prefix(within).unwrap_or(file))))
        .collect();
    (!names.is_empty()).then(|| format!("it is a folder: name the manifest in it, {}", names.join(" or ")))
}

fn of_manifest(path: &Path, within: &Path, inputs: &mut Vec<PathBuf>, added: Added<'_>) -> Result<Contract, Report> {
    let mut loader = Loader::new(inputs);
    loader.given.add(within);
    loader.given.add(path);
    loader.inputs.push(path.to_owned());
    let file = match loader.sources.read(path, limits::MANIFEST_BYTES) {
        Ok(file) => file,
        Err(Unread { reason, help }) => {
            let file = loader.sources.add(displayed(path), "");
            let origin = Origin { file, place: Place::File };
            let help = help.unwrap_or("write one: `version = 1`, then a table `[topics.NAME]` for each topic; or say where it is");
            let help = in_folder(path, within).unwrap_or_else(|| help.to_owned());
            let message = format!("the manifest cannot be read: {reason}");
            loader.diagnostics.push(Diagnostic::error("KE0001", &origin, message).help(help));
            return Err(loader.report());
        }
    };
    let file = if added.lines.is_empty() {
        file
    } else {
        let text = format!("{}\n{}", loader.sources.file(file).text, added.lines);
        loader.sources.add(displayed(path), text)
    };
    let Some(manifest) = Manifest::parse(&loader.sources, file, &mut loader.diagnostics) else {
        return Err(loader.report());
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    loader.base = folder.to_owned();
    let errors = loader.diagnostics.errors();
    match &manifest.schemas {
        Stated::Here(schemas) if schemas.len() > limits::PATHS => {
            let what = format!("the manifest lists {} paths of schemas", schemas.len());
            let reason = format!("{} are taken", limits::PATHS);
            let help = "name the folders that hold them: folders are read with all that is below them";
            loader
                .diagnostics
                .push(limits::exceeded(&schemas[limits::PATHS].1, what, &reason, help));
        }
        Stated::Here(schemas) => {
            loader.check_overlaps(schemas);
            for (relative, origin) in schemas {
                loader.schemas_of_manifest(folder, relative, origin);
            }
        }
        Stated::Nowhere(origin) if folder.join("Cargo.toml").is_file() => {
            let message = "the manifest does not say where the schemas are, and they would be looked for in the whole package";
            loader.diagnostics.push(
                Diagnostic::error("KE0007", origin, message)
                    .label("what cargo builds is there, too, with copies of schemas")
                    .help("put them into a folder of their own, and write `schemas = [\"schemas\"]`"),
            );
        }
        Stated::Nowhere(origin) => loader.schemas_of_manifest(folder, ".", origin),
        Stated::Wrongly => {}
    }
    loader.schemas_in_memory(added.schemas);
    let whole = loader.diagnostics.errors() == errors && !matches!(manifest.schemas, Stated::Wrongly);
    loader.finish(Some(&manifest), whole)
}

/// Loads schemas, files or folders, without a manifest.
///
/// # Errors
/// All that is wrong with them, at once.
pub fn load_schemas(paths: &[PathBuf]) -> Result<Contract, Report> {
    schemas(paths, Path::new("."), &mut Vec::new())
}

/// Loads a schema that is in memory, by the name that messages are to give it; with the type that it is.
///
/// # Errors
/// All that is wrong with it, at once.
pub fn load_text(name: &str, schema: &str) -> Result<(Contract, TypeId), Report> {
    stack::on_its_own(|| text(name, schema))
}

fn text(name: &str, schema: &str) -> Result<(Contract, TypeId), Report> {
    let is_short = schema.len() as u64 <= limits::SCHEMA_BYTES;
    let mut inputs = Vec::new();
    let mut loader = Loader::new(&mut inputs);
    let file = loader.sources.add(name, if is_short { schema } else { "" });
    if is_short {
        loader.schema_text(file, Path::new(name));
    } else {
        let origin = Origin { file, place: Place::File };
        let message = format!("the schema cannot be read: it is larger than {} MiB", limits::SCHEMA_BYTES >> 20);
        loader
            .diagnostics
            .push(Diagnostic::error("KE0005", &origin, message).help("divide it"));
    }
    let named = loader.roots.first().and_then(|root| match &root.ty {
        RawType::Reference { full, .. } => Some(full.clone()),
        _ => None,
    });
    let whole = loader.diagnostics.errors() == 0;
    let contract = loader.finish(None, whole)?;
    let of_root = contract.model.roots().next().map(|(id, _)| id);
    let id = of_root.or_else(|| contract.model.find(named.as_ref()?).map(|(id, _)| id));
    match id {
        Some(id) => Ok((contract, id)),
        // Warned of already: it defines nothing.
        None => Err(contract.warnings),
    }
}

/// The same, with every file and folder that was looked at, also where the contract is refused.
pub(crate) fn schemas(paths: &[PathBuf], within: &Path, inputs: &mut Vec<PathBuf>) -> Result<Contract, Report> {
    stack::on_its_own(|| of_schemas(paths, within, inputs))
}

fn of_schemas(paths: &[PathBuf], within: &Path, inputs: &mut Vec<PathBuf>) -> Result<Contract, Report> {
    let mut loader = Loader::new(inputs);
    loader.given.add(within);
    paths.iter().for_each(|path| loader.given.add_schemas(path));
    for path in paths {
        loader.base = match paths {
            [file] if file.is_file() => file.parent().unwrap_or(Path::new("")).to_owned(),
            [folder] => folder.clone(),
            _ => within.to_owned(),
        };
        loader.schemas(path, None);
    }
    let whole = loader.diagnostics.errors() == 0;
    loader.finish(None, whole)
}

struct Loader<'a> {
    sources: Sources,
    diagnostics: Collector,
    inputs: &'a mut Vec<PathBuf>,
    given: Given,
    /// What the paths of files begin at, by which types are named: no name says where a contract lies.
    base: PathBuf,
    /// The schemas that have been read: one may be named, and a folder that holds it as well.
    read: HashSet<PathBuf>,
    /// How many more JSON values the schemas may have.
    values: usize,
    found: ByName<RawNamed>,
    roots: Vec<RawRoot>,
}

impl<'a> Loader<'a> {
    fn new(inputs: &'a mut Vec<PathBuf>) -> Self {
        Self {
            sources: Sources::default(),
            diagnostics: Collector::default(),
            inputs,
            given: Given::default(),
            base: PathBuf::new(),
            read: HashSet::new(),
            values: limits::VALUES,
            found: ByName::default(),
            roots: Vec::new(),
        }
    }

    fn schemas_in_memory(&mut self, schemas: &[(String, String)]) {
        for (name, text) in schemas {
            let file = self.sources.add(name, text);
            self.schema_text(file, Path::new(name));
        }
    }

    fn report(self) -> Report {
        Report {
            diagnostics: self.diagnostics.finish(&self.sources),
            sources: self.sources,
        }
    }

    fn finish(mut self, manifest: Option<&Manifest>, whole: bool) -> Result<Contract, Report> {
        let whole = resolve::root::check(&self.found, &self.roots, whole, &mut self.diagnostics);
        let renames = manifest.map_or(&[][..], |manifest| &manifest.renames);
        let pins = Pins::new(renames, &self.found, &self.roots, whole, &mut self.diagnostics);
        let mut model = resolve::resolve(&self.found, &self.roots, &pins, whole, &mut self.diagnostics);
        check::check(&mut model, &mut self.diagnostics);
        if let Some(manifest) = manifest {
            manifest.resolve(&mut model, whole, &mut self.diagnostics);
        }
        let inputs = self.inputs.clone();
        let report = self.report();
        if report.has_errors() {
            Err(report)
        } else {
            Ok(Contract {
                model,
                warnings: report,
                inputs,
            })
        }
    }
}
