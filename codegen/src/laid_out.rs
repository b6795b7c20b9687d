//! What a build script laid out before. Layout is most of its work, so it is done for changed files alone: beside what is written stand two
//! hashes of each file, and a file whose tokens and whose text still have them is what layout would make again.

use std::env;
use std::fmt::{self, Write as _};
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;

use crate::builder::Error;
use crate::collections::ByName;
use crate::output::{present, write};

/// The files of a folder, by the hashes of their tokens and of their texts.
pub(crate) struct LaidOut {
    folder: PathBuf,
    before: ByName<(u64, u64)>,
    /// What is to be remembered of this time.
    now: String,
    /// What tokens are hashed behind: who lays them out.
    by: DefaultHasher,
}

/// Where it is remembered.
const FILE: &str = "kafka_events.hashes";

impl LaidOut {
    /// What is known of a folder, by the generator whose files have this header. What is not there, or not of our form, is not known.
    pub(crate) fn of(folder: &Path, header: &str) -> Self {
        let text = present(&folder.join(FILE)).unwrap_or_default();
        let line = |line: &str| {
            let (tokens, rest) = line.split_once(' ')?;
            let (text, name) = rest.split_once(' ')?;
            let number = |digits| u64::from_str_radix(digits, 16).ok();
            Some((name.to_owned(), (number(tokens)?, number(text)?)))
        };
        let mut by = DefaultHasher::new();
        by.write(header.as_bytes());
        // A generator may change and keep its version, while it is worked on.
        let program = env::current_exe().and_then(fs::metadata);
        program
            .and_then(|program| Ok((program.len(), program.modified()?)))
            .ok()
            .hash(&mut by);
        Self {
            folder: folder.to_owned(),
            before: String::from_utf8_lossy(&text).lines().filter_map(line).collect(),
            now: String::new(),
            by,
        }
    }

    /// The text of a file: the one that is there, or one that is laid out.
    pub(crate) fn text(&mut self, name: &str, tokens: TokenStream, lay_out: impl FnOnce(TokenStream) -> String) -> String {
        let of_tokens = self.hash_of_tokens(&tokens);
        let text = self.known(name, of_tokens).unwrap_or_else(|| lay_out(tokens));
        // Nothing is refused by a string.
        _ = writeln!(self.now, "{of_tokens:016x} {:016x} {name}", hash(text.as_bytes()));
        text
    }

    /// Remembers what was asked for, when it is written.
    pub(crate) fn remember(self) -> Result<(), Error> {
        let path = self.folder.join(FILE);
        write(&path, &self.now).map_err(|source| Error::Write { path, source })?;
        Ok(())
    }

    /// The text that these tokens became, where nobody has changed it since.
    fn known(&self, name: &str, tokens: u64) -> Option<String> {
        let (_, of_text) = self.before.get(name).filter(|(known, _)| *known == tokens)?;
        let text = String::from_utf8(present(&self.folder.join(name)).ok()?).ok()?;
        (hash(text.as_bytes()) == *of_text).then_some(text)
    }

    /// Of everything that a text is made of.
    fn hash_of_tokens(&self, tokens: &TokenStream) -> u64 {
        let mut hashed = Hashed(self.by.clone());
        // Tokens can be walked through only by giving them up; what shows them borrows them.
        _ = write!(hashed, "{tokens}");
        hashed.0.finish()
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 2] = ["events.rs", "events/part.rs"];

    /// Writes two files of these tokens, and says which were laid out.
    fn generate(folder: &Path, header: &str, codes: [&str; 2]) -> Vec<&'static str> {
        let (mut known, mut laid_out) = (LaidOut::of(folder, header), Vec::new());
        for (name, code) in NAMES.into_iter().zip(codes) {
            let text = known.text(name, code.parse().unwrap(), |tokens| {
                laid_out.push(name);
                format!("// {header}\n{tokens}")
            });
            write(&folder.join(name), &text).unwrap();
        }
        known.remember().unwrap();
        laid_out
    }

    #[test]
    fn only_what_has_changed_is_laid_out() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let codes = ["mod a {}", "mod b {}"];
        assert_eq!(generate(folder, "1", codes), NAMES);
        assert_eq!(generate(folder, "1", codes), [""; 0]);
        assert_eq!(generate(folder, "1", ["mod a {}", "mod c {}"]), NAMES[1..]);
        assert_eq!(fs::read_to_string(folder.join(NAMES[1])).unwrap(), "// 1\nmod c { }");
        assert_eq!(generate(folder, "1", ["mod a {}", "mod c {}"]), [""; 0]);
        assert_eq!(generate(folder, "2", ["mod a {}", "mod c {}"]), NAMES, "another generator");
    }

    #[test]
    fn what_somebody_changed_or_forgot_is_laid_out() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let codes = ["mod a {}", "mod b {}"];
        generate(folder, "1", codes);
        fs::write(folder.join(NAMES[0]), "// by hand").unwrap();
        assert_eq!(generate(folder, "1", codes), NAMES[..1]);
        fs::remove_file(folder.join(NAMES[1])).unwrap();
        assert_eq!(generate(folder, "1", codes), NAMES[1..]);

        let memory = folder.join(FILE);
        let right = fs::read(&memory).unwrap();
        for remembered in [&b""[..], &right[..20], b"x y z\n\n 1 2\nfffffffffffffffff 1 events.rs\n", b"\xff"] {
            fs::write(&memory, remembered).unwrap();
            assert_eq!(generate(folder, "1", codes), NAMES);
            assert_eq!(fs::read(&memory).unwrap(), right);
        }
        fs::remove_file(&memory).unwrap();
        assert_eq!(generate(folder, "1", codes), NAMES);
    }

    #[test]
    fn spaces_and_text_are_part_of_the_hash() {
        let known = LaidOut::of(Path::new("nowhere"), "");
        let hash_of = |code: &str| known.hash_of_tokens(&code.parse().unwrap());
        let hashes = ["a & &b", "a && b", "a && \"b\"", "a && \" b\"", "a && { b }", ""].map(hash_of);
        for (place, hash) in hashes.iter().enumerate() {
            assert!(!hashes[..place].contains(hash), "{hashes:x?}");
        }
    }
}
