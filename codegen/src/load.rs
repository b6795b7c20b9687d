//! The way from files to a model: load, resolve, check.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use crate::avro::{self, RawNamed, RawType, Reader};
use crate::check;
use crate::diagnostic::{Collector, Diagnostic, Report, Severity};
use crate::limits;
use crate::manifest::{Manifest, Stated};
use crate::model::{Annotations, Model, TypeId};
use crate::rename::Pins;
use crate::resolve::{self, root::RawRoot};
use crate::source::{FileId, Given, Origin, Place, Pointer, Sources, Unread, displayed, walk};
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
            let message = format!("the manifest cannot be read: {reason}");
            loader.diagnostics.push(Diagnostic::error("KE0001", &origin, message).help(help));
            return Err(loader.report());
        }
    };
    let Some(manifest) = Manifest::parse(&loader.sources, file, &mut loader.diagnostics) else {
        return Err(loader.report());
    };
    let folder = path.parent().unwrap_or(Path::new(""));
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
        loader.schema_text(file, avro::DEPTH_OF_WHOLE);
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
    let mut loader = Loader::new(inputs);
    loader.given.add(within);
    paths.iter().for_each(|path| loader.given.add_schemas(path));
    for path in paths {
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
    /// The schemas that have been read: one may be named, and a folder that holds it as well.
    read: BTreeSet<PathBuf>,
    /// How many more JSON values the schemas may have.
    values: usize,
    found: BTreeMap<String, RawNamed>,
    roots: Vec<RawRoot>,
}

impl<'a> Loader<'a> {
    fn new(inputs: &'a mut Vec<PathBuf>) -> Self {
        Self {
            sources: Sources::default(),
            diagnostics: Collector::default(),
            inputs,
            given: Given::default(),
            read: BTreeSet::new(),
            values: limits::VALUES,
            found: BTreeMap::new(),
            roots: Vec::new(),
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
        check::check(&model, &mut self.diagnostics);
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

    /// Each place with schemas stands once in the manifest; one within another is read with it.
    fn check_overlaps(&mut self, listed: &[(String, Origin)]) {
        let path = |text: &str| -> PathBuf { Path::new(text).components().filter(|part| *part != Component::CurDir).collect() };
        for (place, (text, origin)) in listed.iter().enumerate() {
            for (earlier, first) in &listed[..place] {
                let (here, there) = (path(text), path(earlier));
                if here == there {
                    let message = format!("the schemas `{text}` stand twice");
                    let diagnostic = Diagnostic::error("KE0403", origin, message)
                        .label("here again")
                        .also(first, "first here");
                    self.diagnostics.push(diagnostic.help("leave one of them"));
                    break;
                }
                let (inner, outer, inner_origin, outer_origin) = if here.starts_with(&there) {
                    (text, earlier, origin, first)
                } else if there.starts_with(&here) {
                    (earlier, text, first, origin)
                } else {
                    continue;
                };
                let message = format!("`{inner}` is read with `{outer}`, which holds it");
                let diagnostic = Diagnostic::warning("KE0008", inner_origin, message).also(outer_origin, "the folder that holds it");
                self.diagnostics
                    .push(diagnostic.help(format!("take `{inner}` away: folders are read with all that is below them")));
            }
        }
    }

    fn schemas_of_manifest(&mut self, folder: &Path, relative: &str, origin: &Origin) {
        let path = Path::new(relative);
        if path
            .components()
            .any(|part| !matches!(part, Component::Normal(_) | Component::CurDir))
        {
            let message = format!("the schemas' path `{relative}` leads out of the manifest's folder");
            let help = "keep the schemas at or below the manifest, so that they are packaged with it";
            self.diagnostics.push(Diagnostic::error("KE0004", origin, message).help(help));
            return;
        }
        let whole = folder.join(path.components().filter(|part| *part != Component::CurDir).collect::<PathBuf>());
        self.schemas(&whole, Some(origin));
    }

    /// Reads a file, or all `.avsc` files below a folder.
    fn schemas(&mut self, path: &Path, origin: Option<&Origin>) {
        self.inputs.push(if path.as_os_str().is_empty() {
            PathBuf::from(".")
        } else {
            path.to_owned()
        });
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        if self.refuse_outside(path, origin) {
            return;
        }
        if path.is_file() {
            return match foreign(path) {
                Some(language) => self.refuse(path, language, Severity::Error),
                None => self.schema(path),
            };
        }
        let mut files = Vec::new();
        if let Err(error) = walk(path, &mut files) {
            let missing = self.sources.add(displayed(path), "");
            let here = Origin {
                file: missing,
                place: Place::File,
            };
            let message = format!("the schemas `{}` cannot be read: {error}", displayed(path));
            self.diagnostics
                .push(Diagnostic::error("KE0005", origin.unwrap_or(&here), message).help("name a folder with `.avsc` files, or a file"));
            return;
        }
        let is_schema = |file: &PathBuf| file.extension().is_some_and(|extension| extension == "avsc");
        // Beside schemas stands what they may have been made of; alone, it is all that there is.
        let severity = if files.iter().any(is_schema) {
            Severity::Warning
        } else {
            Severity::Error
        };
        for file in files {
            match foreign(&file) {
                Some(language) => self.refuse(&file, language, severity),
                None if is_schema(&file) => self.schema(&file),
                None => {}
            }
        }
    }

    /// Refuses what a link leads to that is not given.
    fn refuse_outside(&mut self, path: &Path, origin: Option<&Origin>) -> bool {
        let Some(real) = self.given.outside(path) else { return false };
        let file = self.sources.add(displayed(path), "");
        let here = Origin { file, place: Place::File };
        let message = format!(
            "`{}` leads to `{}`, which is not in the folders that are given",
            displayed(path),
            displayed(&real)
        );
        let help = "put the schemas themselves there, or link to what is below the package; a folder that the builder or the command is given is read wherever it is";
        self.diagnostics
            .push(Diagnostic::error("KE0011", origin.unwrap_or(&here), message).help(help));
        true
    }

    /// Says what a file is that is no schema, and how to make schemas of it.
    fn refuse(&mut self, path: &Path, language: Foreign, severity: Severity) {
        let file = self.sources.add(displayed(path), "");
        let path = displayed(path);
        let (what, command) = match language {
            Foreign::Idl => ("Avro IDL", format!("java -jar avro-tools.jar idl2schemata {path} FOLDER")),
            // The tools make schemas of IDL alone, and IDL imports protocols by paths that begin at its own file.
            Foreign::Protocol => {
                let name = path.rsplit('/').next().unwrap_or_default();
                let idl = format!("{path}.avdl");
                let import = format!("echo 'protocol All {{ import protocol \"{name}\"; }}' > {idl}");
                (
                    "an Avro protocol",
                    format!("{import}\njava -jar avro-tools.jar idl2schemata {idl} FOLDER"),
                )
            }
        };
        let origin = Origin { file, place: Place::File };
        let diagnostic = match severity {
            Severity::Error => Diagnostic::error("KE0006", &origin, format!("this is {what}, and not a schema")),
            Severity::Warning => {
                let message = format!("this is {what}, and not a schema: it is not read");
                let diagnostic = Diagnostic::warning("KE0006", &origin, message);
                diagnostic.label("the schemas beside it are; keep it elsewhere, where they were made of it")
            }
        };
        let help = format!("make schemas of it, and keep those:\n{command}");
        self.diagnostics.push(diagnostic.help(help));
    }

    fn schema(&mut self, path: &Path) {
        if !self.read.insert(path.to_owned()) {
            return;
        }
        if self.inputs.last().is_none_or(|last| last != path) {
            self.inputs.push(path.to_owned());
        }
        if self.refuse_outside(path, None) {
            return;
        }
        match self.sources.read(path, limits::SCHEMA_BYTES) {
            Ok(file) => self.schema_text(file, avro::DEPTH),
            Err(Unread { reason, help }) => {
                let file = self.sources.add(displayed(path), "");
                let origin = Origin { file, place: Place::File };
                let message = format!("the schema cannot be read: {reason}");
                self.diagnostics
                    .push(Diagnostic::error("KE0005", &origin, message).help(help.unwrap_or("a schema is a file of JSON in UTF-8")));
            }
        }
    }

    fn schema_text(&mut self, file: FileId, depth: usize) {
        let text = avro::blank::blanked(&self.sources.file(file).text);
        match avro::parse(&text, depth, &mut self.values) {
            Ok(json) => {
                let origin = Origin {
                    file,
                    place: Place::Pointer(Pointer::default()),
                };
                let mut reader = Reader::new(&mut self.found, &mut self.diagnostics);
                let ty = reader.read(&json, "", &origin);
                let (whole, defines) = (reader.errors == 0, reader.defines);
                let path = self.sources.file(file).path.clone();
                self.roots.push(RawRoot {
                    annotations: Annotations::of(&json),
                    ty,
                    path,
                    origin,
                    whole,
                    defines,
                });
            }
            Err(error) => {
                let at = error.at.min(text.len());
                let origin = Origin {
                    file,
                    place: Place::Bytes(at..(at + 1).min(text.len())),
                };
                if error.message == avro::TOO_MANY {
                    let reason = format!("{} are taken, in all files", limits::VALUES);
                    self.diagnostics
                        .push(limits::exceeded(&origin, error.message, &reason, "divide the contract"));
                    return;
                }
                let help = if error.message.contains("stands twice") {
                    "leave or rename one of them"
                } else if error.message.contains("nests deeper") {
                    "give types within it a file or a place of their own, and name them"
                } else {
                    "an Avro schema is JSON; comments are taken, nothing else beyond it"
                };
                self.diagnostics
                    .push(Diagnostic::error("KE0101", &origin, format!("the schema is not JSON: {}", error.message)).help(help));
            }
        }
    }
}

/// Avro's other languages, which are recognised and not read.
#[derive(Debug, Clone, Copy)]
enum Foreign {
    Idl,
    Protocol,
}

fn foreign(path: &Path) -> Option<Foreign> {
    match path.extension()?.to_str()? {
        "avdl" => Some(Foreign::Idl),
        "avpr" => Some(Foreign::Protocol),
        _ => None,
    }
}
