//! Words of commands that messages print.

/// A word of a command, in quotes where a shell would read more into it than text.
#[must_use]
pub fn shell_quoted(word: &str) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || "_-./:=,@%+".contains(character);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::shell_quoted as quoted;

    #[test]
    fn words_are_quoted_for_a_shell() {
        assert_eq!(quoted("com.acme=Eq,serde::Serialize"), "com.acme=Eq,serde::Serialize");
        assert_eq!(quoted("**=Box<str>"), "'**=Box<str>'");
        assert_eq!(quoted("a=#[doc = \"it's\"]"), r#"'a=#[doc = "it'\''s"]'"#);
        assert_eq!(quoted(""), "''");
    }
}
