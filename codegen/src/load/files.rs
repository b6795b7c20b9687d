//! Which files are read, and what is wrong with a file as a whole.

use std::path::{Component, Path, PathBuf};

use super::Loader;
use crate::avro::{self, Fault, Reader, quoted};
use crate::diagnostic::{Diagnostic, Severity};
use crate::limits;
use crate::model::Annotations;
use crate::resolve::root::RawRoot;
use crate::shell::shell_quoted;
use crate::source::{FileId, Origin, Place, Pointer, Unread, displayed, walk};

impl Loader<'_> {
    /// Each place with schemas stands once in the manifest; one within another is read with it.
    pub(super) fn check_overlaps(&mut self, listed: &[(String, Origin)]) {
        let path = |text: &str| -> PathBuf { Path::new(text).components().filter(|part| *part != Component::CurDir).collect() };
        for (place, (text, origin)) in listed.iter().enumerate() {
            for (earlier, first) in &listed[..place] {
                let (here, there) = (path(text), path(earlier));
                if here == there {
                    let message = format!("the schemas `{text}` stand twice");
                    let diagnostic = Diagnostic::error("KE0403", origin, message)
                        .label("here again")
                        .also(first, "first here");
                    self.diagnostics.push(diagnostic.help("keep one of them"));
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

    pub(super) fn schemas_of_manifest(&mut self, folder: &Path, relative: &str, origin: &Origin) {
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
    pub(super) fn schemas(&mut self, path: &Path, origin: Option<&Origin>) {
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
        let schemata = |idl: &str| format!("java -jar avro-tools.jar idl2schemata {} FOLDER", shell_quoted(idl));
        let (what, command) = match language {
            Foreign::Idl => ("Avro IDL", schemata(&path)),
            // The tools make schemas of IDL alone, and IDL imports protocols by paths that begin at its own file.
            Foreign::Protocol => {
                let name = path.rsplit('/').next().unwrap_or_default();
                let idl = format!("{path}.avdl");
                let all = format!("protocol All {{ import protocol {}; }}", quoted(name));
                let import = format!("echo {} > {}", shell_quoted(&all), shell_quoted(&idl));
                ("an Avro protocol", format!("{import}\n{}", schemata(&idl)))
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
            Ok(file) => self.schema_text(file, path),
            Err(Unread { reason, help }) => {
                let file = self.sources.add(displayed(path), "");
                let origin = Origin { file, place: Place::File };
                let message = format!("the schema cannot be read: {reason}");
                self.diagnostics
                    .push(Diagnostic::error("KE0005", &origin, message).help(help.unwrap_or("a schema is a file of JSON in UTF-8")));
            }
        }
    }

    pub(super) fn schema_text(&mut self, file: FileId, path: &Path) {
        let text = avro::blank::blanked(&self.sources.file(file).text);
        match avro::parse(&text, &mut self.values) {
            Ok(json) => {
                let origin = Origin {
                    file,
                    place: Place::Pointer(Pointer::default()),
                };
                let mut reader = Reader::new(&mut self.found, &mut self.diagnostics);
                let ty = reader.read(&json, "", &origin);
                let (whole, defines) = (reader.errors == 0, reader.defines);
                let below = path.strip_prefix(&self.base).unwrap_or(path).components();
                let path: PathBuf = below.filter(|part| matches!(part, Component::Normal(_))).collect();
                self.roots.push(RawRoot {
                    annotations: Annotations::of(&json),
                    ty,
                    path: displayed(&path),
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
                let message = error.fault.to_string();
                let is_no_json = |help| Diagnostic::error("KE0101", &origin, format!("the schema is not JSON: {message}")).help(help);
                self.diagnostics.push(match error.fault {
                    Fault::TooMany => {
                        let reason = format!("{} are taken, in all files", limits::VALUES);
                        limits::exceeded(&origin, message, &reason, "divide the contract")
                    }
                    Fault::TooDeep => {
                        let help = "give types within it files of their own, and name them";
                        limits::exceeded(&origin, message, "Java's parsers take 1,000", help)
                    }
                    Fault::Twice(_) => is_no_json("leave or rename one of them"),
                    Fault::Syntax(_) => is_no_json("an Avro schema is JSON; comments are taken, nothing else beyond it"),
                });
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
