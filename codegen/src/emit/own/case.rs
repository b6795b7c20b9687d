//! Names as `rename_all` spells them.

use super::input::{OwnError, OwnWord};
use crate::nearest::nearest;

/// A way to spell names.
#[derive(Debug, Clone, Copy)]
pub(super) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
}

const CASES: [(&str, Case); 6] = [
    ("lowercase", Case::Lower),
    ("UPPERCASE", Case::Upper),
    ("PascalCase", Case::Pascal),
    ("camelCase", Case::Camel),
    ("snake_case", Case::Snake),
    ("SCREAMING_SNAKE_CASE", Case::ScreamingSnake),
];

/// What is wrong with a word for a case, where it is none.
#[must_use]
pub fn no_case(word: &OwnWord) -> Option<OwnError> {
    Case::of(word).err()
}

impl Case {
    /// The case that an attribute names.
    pub(super) fn of(word: &OwnWord) -> Result<Self, OwnError> {
        let found = CASES.iter().find(|(name, _)| *name == word.text);
        found.map(|(_, case)| *case).ok_or_else(|| {
            let names = CASES.map(|(name, _)| name);
            let help = match nearest(&word.text, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it is one of {}", names.join(", ")),
            };
            OwnError::new(word.span, format!("`{}` is no case of names\nhelp: {help}", word.text))
        })
    }

    /// A field's or a variant's name in that case.
    pub(super) fn spell(self, name: &str) -> String {
        let words = words(name);
        let first_upper = |word: &str| {
            let mut characters = word.chars();
            let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
            first + characters.as_str()
        };
        match self {
            Self::Lower => words.concat(),
            Self::Upper => words.concat().to_uppercase(),
            Self::Pascal => words.iter().map(|word| first_upper(word)).collect(),
            Self::Camel => {
                let rest = words.iter().skip(1).map(|word| first_upper(word));
                words.iter().take(1).cloned().chain(rest).collect()
            }
            Self::Snake => words.join("_"),
            Self::ScreamingSnake => words.join("_").to_uppercase(),
        }
    }
}

/// The words of a name in Rust's cases, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut begins = true;
    for character in name.chars() {
        if character == '_' {
            begins = true;
            continue;
        }
        begins |= character.is_uppercase();
        if begins {
            words.push(String::new());
        }
        begins = false;
        if let Some(word) = words.last_mut() {
            word.extend(character.to_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_variants_in_every_case() {
        let spelled = |name: &str| CASES.map(|(_, case)| case.spell(name));
        assert_eq!(spelled("job_id"), ["jobid", "JOBID", "JobId", "jobId", "job_id", "JOB_ID"]);
        assert_eq!(
            spelled("InReview2"),
            ["inreview2", "INREVIEW2", "InReview2", "inReview2", "in_review2", "IN_REVIEW2"]
        );
        assert_eq!(spelled("_x"), ["x", "X", "X", "x", "x", "X"]);
    }
}
