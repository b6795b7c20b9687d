//! Which names a call means: the one rule of matching.

use std::fmt;

/// A pattern of Avro full names; the documentation of [`Builder`](crate::Builder) says what it matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    text: String,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// `**`: any number of parts.
    Any,
    /// A part as it is, or with `*` in it.
    One(String),
}

impl Pattern {
    /// Reads a pattern.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Err("the pattern is empty".to_owned());
        }
        let part = |part: &str| match part {
            "" => Err(format!("the pattern `{text}` has an empty part")),
            "**" => Ok(Part::Any),
            part if part.contains("**") => Err(format!("`**` stands for whole parts, and is within `{part}`")),
            part if part.contains(char::is_whitespace) => Err(format!("the pattern `{text}` has a space in it")),
            part => Ok(Part::One(part.to_owned())),
        };
        Ok(Self {
            text: text.to_owned(),
            parts: text.split('.').map(part).collect::<Result<_, _>>()?,
        })
    }

    /// Whether a star is in it.
    pub(super) fn is_glob(&self) -> bool {
        self.text.contains('*')
    }

    /// Whether it means a name: a type's full name, or a field's, which is its type's and its own.
    pub(super) fn matches(&self, name: &str) -> bool {
        if !self.is_glob() {
            return below(&self.text, name).is_some();
        }
        parts_match(&self.parts, &name.split('.').collect::<Vec<_>>())
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// What a name has behind another that it is or is below: empty where they are the same.
pub(super) fn below<'a>(above: &str, name: &'a str) -> Option<&'a str> {
    match name.strip_prefix(above)? {
        "" => Some(""),
        rest => rest.strip_prefix('.'),
    }
}

/// Without backtracking over more than the last `**`, so that no pattern costs more than the square of its length.
fn parts_match(pattern: &[Part], name: &[&str]) -> bool {
    wildcard(
        pattern,
        name,
        |part| *part == Part::Any,
        |part, word| match part {
            Part::Any => false,
            Part::One(part) => {
                let (part, word): (Vec<char>, Vec<char>) = (part.chars().collect(), word.chars().collect());
                wildcard(&part, &word, |star| *star == '*', |wanted, found| wanted == found)
            }
        },
    )
}

/// Matches a sequence in which some elements stand for any number of others.
fn wildcard<P, T>(pattern: &[P], text: &[T], is_any: impl Fn(&P) -> bool, is_one: impl Fn(&P, &T) -> bool) -> bool {
    let (mut p, mut t) = (0, 0);
    // Behind the last wildcard, and where its run ends by now.
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(any) if is_any(any) => {
                p += 1;
                retry = Some((p, t));
            }
            Some(one) if is_one(one, &text[t]) => {
                p += 1;
                t += 1;
            }
            _ => match &mut retry {
                Some((behind, end)) => {
                    *end += 1;
                    (p, t) = (*behind, *end);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(is_any)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matching<'a>(pattern: &str, names: &[&'a str]) -> Vec<&'a str> {
        let pattern = Pattern::parse(pattern).unwrap();
        names.iter().copied().filter(|name| pattern.matches(name)).collect()
    }

    const NAMES: &[&str] = &[
        "User",
        "com.acme.User",
        "com.acme.User.id",
        "com.acme.UserId",
        "com.acme.shop.Order",
    ];

    #[test]
    fn a_name_means_itself_and_what_is_below() {
        assert_eq!(matching("com.acme.User", NAMES), ["com.acme.User", "com.acme.User.id"]);
        assert_eq!(matching("com.acme.User.id", NAMES), ["com.acme.User.id"]);
        assert_eq!(matching("com.acme.shop", NAMES), ["com.acme.shop.Order"]);
        assert_eq!(matching("com", NAMES), NAMES[1..]);
        assert_eq!(matching("com.acme.Use", NAMES), [""; 0]);
        assert_eq!(matching("acme.User", NAMES), [""; 0]);
    }

    #[test]
    fn a_star_is_within_a_part_and_two_are_any_parts() {
        assert_eq!(matching("com.acme.*", NAMES), ["com.acme.User", "com.acme.UserId"]);
        assert_eq!(matching("*", NAMES), ["User"]);
        assert_eq!(matching("**", NAMES), NAMES);
        assert_eq!(matching("**.User", NAMES), ["User", "com.acme.User"]);
        assert_eq!(matching("com.**.*r", NAMES), ["com.acme.User", "com.acme.shop.Order"]);
        assert_eq!(matching("com.*.User*", NAMES), ["com.acme.User", "com.acme.UserId"]);
        assert_eq!(matching("**.U*r*d", NAMES), ["com.acme.UserId"]);
        assert_eq!(matching("com.**.id", NAMES), ["com.acme.User.id"]);
        assert_eq!(matching("**.acme.**", NAMES), NAMES[1..]);
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for (text, wanted) in [
            ("", "empty"),
            (".com", "empty part"),
            ("com..acme", "empty part"),
            ("com.acme.", "empty part"),
            ("com.a**", "whole parts"),
            ("com.***", "whole parts"),
            ("com. acme", "space"),
        ] {
            let refused = Pattern::parse(text).unwrap_err();
            assert!(refused.contains(wanted), "{text}: {refused}");
        }
    }

    #[test]
    fn many_stars_end() {
        let name = "a".repeat(2000);
        assert_eq!(matching(&format!("{}b", "a*".repeat(50)), &[&name]), [""; 0]);
        let name = vec!["a"; 2000].join(".");
        assert_eq!(matching(&format!("{}b", "**.a.".repeat(50)), &[&name]), [""; 0]);
    }
}
