//! Code in tokens, before it is formatted. Formatting is most of the work, so a build script does it for changed files alone: beside what it
//! writes it keeps two hashes of each file, and a file whose tokens and whose text have them both is what this version
//! has made of them before.

use std::collections::HashMap;
use std::fmt::{self, Write as _};
use std::fs;
use std::hash::{DefaultHasher, Hasher as _};
use std::path::Path;

use proc_macro2::TokenStream;

use crate::builder::Error;
use crate::emit::{Emitted, FORMAT};
use crate::output::{self, Change, Generated, Part, header};

/// What [`Generated`] is in tokens.
pub(crate) struct Draft {
    /// The name of the root's file.
    pub(crate) name: &'static str,
    pub(crate) code: Emitted,
}

impl Draft {
    /// All of it, formatted.
    pub(crate) fn format(self) -> Result<Generated, Error> {
        self.texts(|_, tokens| headed(tokens))
    }

    /// Writes what has changed since the last time into a folder, and formats nothing else.
    pub(crate) fn write(self, folder: &Path) -> Result<Vec<Change>, Error> {
        let memory = folder.join(self.name).with_extension("hashes");
        let (before, mut now) = (Known::read(&memory), String::new());
        let generated = self.texts(|name, tokens| {
            let tokens_hash = hash_of_tokens(&tokens);
            let text = match before.text(folder, name, tokens_hash) {
                Some(text) => text,
                None => headed(tokens)?,
            };
            now += &line(name, tokens_hash, hash(text.as_bytes()));
            Ok(text)
        })?;
        let changes = generated.write(folder)?;
        output::write(&memory, &now).map_err(|source| Error::Write { path: memory, source })?;
        Ok(changes)
    }

    fn texts(self, mut text: impl FnMut(&str, TokenStream) -> Result<String, Error>) -> Result<Generated, Error> {
        let root = text(self.name, self.code.root)?;
        let part = |(name, tokens): (String, TokenStream)| {
            let text = text(&name, tokens)?;
            Ok(Part { name, text })
        };
        Ok(Generated {
            name: self.name.to_owned(),
            text: root,
            parts: self.code.parts.into_iter().map(part).collect::<Result<_, Error>>()?,
        })
    }
}

/// Files by their names, with the hashes of their tokens and of their texts.
#[derive(Debug, Default)]
struct Known(HashMap<String, (u64, u64)>);

impl Known {
    /// What is not there or not of this form is not known.
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap_or_default();
        let line = |line: &str| {
            let (tokens, rest) = line.split_once(' ')?;
            let (text, name) = rest.split_once(' ')?;
            let number = |digits| u64::from_str_radix(digits, 16).ok();
            Some((name.to_owned(), (number(tokens)?, number(text)?)))
        };
        Self(text.lines().filter_map(line).collect())
    }

    /// The text of a file that these tokens became, where nobody has changed it since.
    fn text(&self, folder: &Path, name: &str, tokens: u64) -> Option<String> {
        let (known_tokens, known_text) = self.0.get(name)?;
        let text = (*known_tokens == tokens).then(|| fs::read_to_string(folder.join(name)).ok())??;
        (hash(text.as_bytes()) == *known_text).then_some(text)
    }
}

/// What is remembered of a file.
fn line(name: &str, tokens: u64, text: u64) -> String {
    format!("{tokens:016x} {text:016x} {name}\n")
}

/// Of everything that a text is made of.
fn hash_of_tokens(tokens: &TokenStream) -> u64 {
    let mut hashed = Hashed(DefaultHasher::new());
    // Nothing is refused below.
    _ = write!(hashed, "{}{}{tokens}", cfg!(feature = "pretty"), header(FORMAT));
    hashed.0.finish()
}

struct Hashed(DefaultHasher);

impl fmt::Write for Hashed {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.write(text.as_bytes());
        Ok(())
    }
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

fn headed(tokens: TokenStream) -> Result<String, Error> {
    Ok(header(FORMAT) + &format(tokens)?)
}

#[cfg(feature = "pretty")]
fn format(tokens: TokenStream) -> Result<String, Error> {
    let file = syn::parse2(tokens).map_err(|error| Error::NotRust(error.to_string()))?;
    Ok(prettyplease::unparse(&file))
}

#[cfg(not(feature = "pretty"))]
fn format(tokens: TokenStream) -> Result<String, Error> {
    Ok(tokens.to_string())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use quote::quote;

    use super::*;

    fn draft(root: TokenStream, part: TokenStream) -> Draft {
        let parts = vec![("events/part.rs".to_owned(), part)];
        Draft {
            name: "events.rs",
            code: Emitted { root, parts },
        }
    }

    /// Which files were written.
    fn written(folder: &Path, draft: Draft) -> Vec<PathBuf> {
        let changes = draft.write(folder).unwrap_or_else(|error| panic!("{error}"));
        let written = |change| match change {
            Change::Written(path) => Some(path.strip_prefix(folder).unwrap().to_owned()),
            _ => None,
        };
        changes.into_iter().filter_map(written).collect()
    }

    /// Makes a file's text the known one, whatever it is.
    fn forge(folder: &Path, name: &str, text: &str) {
        let memory = folder.join("events.hashes");
        let mut known = Known::read(&memory).0;
        known.get_mut(name).unwrap().1 = hash(text.as_bytes());
        let lines = known.iter().map(|(name, (tokens, text))| line(name, *tokens, *text));
        fs::write(folder.join(name), text).unwrap();
        fs::write(memory, lines.collect::<String>()).unwrap();
    }

    #[test]
    fn only_what_has_changed_is_formatted() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let (root, part) = (
            quote!(
                mod root {}
            ),
            quote!(
                mod part {}
            ),
        );
        let both = || draft(root.clone(), part.clone());
        let formatted = both().format().unwrap();
        assert_eq!(written(folder, both()), [Path::new("events.rs"), Path::new("events/part.rs")]);
        assert_eq!(fs::read_to_string(folder.join("events.rs")).unwrap(), formatted.text);
        assert!(written(folder, both()).is_empty());

        // A text that formatting would not make is kept: it was not formatted.
        forge(folder, "events/part.rs", "as it was");
        assert!(written(folder, both()).is_empty());
        assert_eq!(
            written(
                folder,
                draft(
                    quote!(
                        mod other {}
                    ),
                    part.clone()
                )
            ),
            [Path::new("events.rs")]
        );
        assert_eq!(fs::read_to_string(folder.join("events/part.rs")).unwrap(), "as it was");
        assert_eq!(
            written(
                folder,
                draft(
                    quote!(
                        mod other {}
                    ),
                    quote!(
                        mod part2 {}
                    )
                )
            ),
            [Path::new("events/part.rs")]
        );
    }

    #[test]
    fn what_somebody_changed_is_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let both = || {
            draft(
                quote!(
                    mod root {}
                ),
                quote!(
                    mod part {}
                ),
            )
        };
        let formatted = both().format().unwrap();
        let root = || fs::read_to_string(folder.join("events.rs")).unwrap();
        both().write(folder).unwrap();

        fs::write(folder.join("events.rs"), "// by hand").unwrap();
        assert_eq!(written(folder, both()), [Path::new("events.rs")]);
        assert_eq!(root(), formatted.text);
        fs::remove_file(folder.join("events.rs")).unwrap();
        assert_eq!(written(folder, both()), [Path::new("events.rs")]);
        assert_eq!(root(), formatted.text);

        // What is remembered may be gone, cut off or nonsense.
        let memory = folder.join("events.hashes");
        let right = fs::read_to_string(&memory).unwrap();
        for remembered in ["", &right[..20], "x y z\n\n 1 2\nfffffffffffffffff 1 events.rs\n", "\u{1f980}"] {
            fs::write(&memory, remembered).unwrap();
            assert!(written(folder, both()).is_empty());
            assert_eq!(
                (root(), fs::read_to_string(&memory).unwrap()),
                (formatted.text.clone(), right.clone())
            );
        }
    }

    #[test]
    fn spaces_and_text_are_part_of_the_hash() {
        let hashes = [quote!(a & &b), quote!(a && b), quote!(a && "b"), quote!(a && " b"), quote!()].map(|tokens| hash_of_tokens(&tokens));
        for (place, hash) in hashes.iter().enumerate() {
            assert!(!hashes[..place].contains(hash), "{hashes:x?}");
        }
    }
}
