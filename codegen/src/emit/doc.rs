//! A schema's docs as Markdown that means what the text says.

use proc_macro2::TokenStream;
use quote::quote;

use crate::diagnostic::steers;

/// The doc attributes of a text; of `instead` where the schema has none, since users deny `missing_docs`.
pub(crate) fn attributes(doc: Option<&str>, instead: &str) -> TokenStream {
    let text = match doc.map(str::trim) {
        Some(doc) if !doc.is_empty() => escaped(doc),
        _ => instead.to_owned(),
    };
    let lines = text
        .lines()
        .map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote! { #(#[doc = #lines])* }
}

/// The prelude's derives, which are named as types may be.
const DERIVES: &[&str] = &["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];

/// A link to a struct or an enum. One in lower case says its kind: it may be spelled as a keyword or as a type of the language; so does one
/// that is called as a derive.
pub(super) fn link(kind: &str, rust: &str) -> String {
    let name = rust.trim_start_matches("r#");
    if name.starts_with(char::is_uppercase) && !DERIVES.contains(&name) {
        format!("[`{name}`]")
    } else {
        format!("[`{name}`]({kind}@{name})")
    }
}

/// A name from outside as code, whatever is in it.
pub(super) fn code(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|character| if character.is_whitespace() { ' ' } else { character })
        .filter(|character| !is_unseen(*character))
        .collect();
    // As many marks as no row within has begin and end it, and a space keeps them apart from such.
    let longest = name.split(|character| character != '`').map(str::len).max().unwrap_or_default();
    if longest == 0 {
        return format!("`{name}`");
    }
    let marks = "`".repeat(longest + 1);
    format!("{marks} {name} {marks}")
}

/// Takes from every line what Markdown or rustdoc would read as more than text.
fn escaped(doc: &str) -> String {
    doc.lines().map(escaped_line).collect::<Vec<_>>().join("\n")
}

fn escaped_line(line: &str) -> String {
    // An indented line would become a code block, which rustdoc compiles as a test, also behind a mark of a list: that a list stays.
    let plain = |character| match character {
        // A tab keeps words apart.
        '\t' => Some(' '),
        character => (!is_unseen(character)).then_some(character),
    };
    let seen: String = line.chars().filter_map(plain).collect();
    let line = seen.trim();
    let (marks, text) = line.split_at(list_marks(line));
    let marks: String = marks.split_whitespace().flat_map(|mark| [mark, " "]).collect();
    let words = text.split_inclusive(char::is_whitespace).map(|word| match url(word) {
        Some(url) => format!("<{url}>{}", escape_marks(&word[url.len()..])),
        None => escape_marks(word),
    });
    // What makes a heading of its line, or of the one above, or a rule.
    let heads = text.starts_with(['#', '=']) || text.starts_with('-') && text.chars().all(|c| matches!(c, '-' | ' '));
    let head = if heads { "\\" } else { "" };
    words.fold(marks + head, |line, word| line + &word)
}

/// The URL that a word is, but for the marks behind it.
fn url(word: &str) -> Option<&str> {
    let is_url = word.starts_with("http://") || word.starts_with("https://");
    let url = word.trim_end().trim_end_matches(['.', ',', ';', ')', '>']);
    (is_url && !url.contains(['<', '>'])).then_some(url)
}

/// What is said of something deprecated, which the compiler shows as it is and rustdoc as Markdown: in one line, and nothing in it a link, but code is
/// code.
pub(super) fn note(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line: String = words.join(" ").chars().filter(|character| !is_unseen(*character)).collect();
    // Where a mark may be none, no part is known to be code.
    if line.contains('\\') || line.contains("``") || line.matches('`').count() % 2 == 1 {
        return escape_marks(&line);
    }
    let mut note = String::new();
    for (place, part) in line.split('`').enumerate() {
        if place > 0 {
            note.push('`');
        }
        if place % 2 == 1 {
            note.push_str(part);
            continue;
        }
        for word in part.split_inclusive(' ') {
            let mut rest = word;
            if let Some(url) = url(word) {
                note.extend(["<", url, ">"]);
                rest = &word[url.len()..];
            }
            for character in rest.chars() {
                if matches!(character, '[' | ']' | '<' | '>') {
                    note.push('\\');
                }
                note.push(character);
            }
        }
    }
    note
}

/// How much of a line are marks of lists, with the spaces behind each: `-`, `+`, `1.` or `1)`.
fn list_marks(line: &str) -> usize {
    let mut rest = line;
    loop {
        let behind = rest
            .strip_prefix(['-', '+'])
            .or_else(|| rest.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix(['.', ')']));
        let Some(text) = behind.filter(|behind| behind.starts_with(' ')).map(str::trim_start) else {
            return line.len() - rest.len();
        };
        // A row of nothing but marks is a rule.
        if text.chars().all(|c| matches!(c, '-' | ' ')) {
            return line.len() - rest.len();
        }
        rest = text;
    }
}

/// Control characters, line ends and those that turn the direction of text round say nothing to a reader, and rustc refuses the last. Joiners are
/// part of words and of pictures.
fn is_unseen(character: char) -> bool {
    steers(character) && !matches!(character, '\u{200c}' | '\u{200d}')
}

fn escape_marks(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '[' | ']' | '<' | '>' | '`' | '*' | '_' | '\\' | '~' | '|' | '&' => escaped.extend(['\\', character]),
            other => escaped.push(other),
        }
    }
    // A bare URL within a word is linked nowhere, and rustdoc warns of it.
    escaped.replace("://", ":\\/\\/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(escaped("a [link] <b> `c` x_y"), r"a \[link\] \<b\> \`c\` x\_y");
        assert_eq!(escaped("    indented\n\n    fn main() {}"), "indented\n\nfn main() {}");
        assert_eq!(escaped("see https://a.example/b_c. Then"), "see <https://a.example/b_c>. Then");
        assert_eq!(escaped("(http://a.example)"), r"(http:\/\/a.example)");
        assert_eq!(escaped("bidi \u{202e}text\u{0}\u{2028}\u{feff}"), "bidi text");
        assert_eq!(escaped("\u{1f469}\u{200d}\u{1f680}"), "\u{1f469}\u{200d}\u{1f680}");
        assert_eq!(escaped("see https://a.example/\u{202e}x"), "see <https://a.example/x>");
        assert_eq!(escaped("a\tb"), "a b");
        assert_eq!(escaped("# of retries\n===\n- one\n- - -"), "\\# of retries\n\\===\n- one\n\\- - -");
        assert_eq!(escaped("-\t# x"), "- \\# x");
        assert_eq!(escaped("- # of retries\n\u{200b}# x"), "- \\# of retries\n\\# x");
        assert_eq!(
            escaped("-     0 means none\n1.     + two\n1.5 s"),
            "- 0 means none\n1. + two\n1.5 s"
        );
        assert_eq!(escaped("a &lt; b && c"), r"a \&lt; b \&\& c");
    }

    #[test]
    fn a_note_keeps_its_code_and_links_nothing() {
        assert_eq!(note("use `NEW_ONE`, not old_one"), "use `NEW_ONE`, not old_one");
        assert_eq!(
            note("Use [NewType] or [`B`] of Vec<u8>"),
            r"Use \[NewType\] or \[`B`\] of Vec\<u8\>"
        );
        assert_eq!(note("[x]: y\n\n[x]"), r"\[x\]: y \[x\]");
        assert_eq!(note("see https://a.example/b_c."), "see <https://a.example/b_c>.");
        assert_eq!(note("``` [x] `"), r"\`\`\` \[x\] \`");
        assert_eq!(note("one ` mark [x]"), r"one \` mark \[x\]");
        assert_eq!(note("`Vec<[u8; 2]>`\u{202e}"), "`Vec<[u8; 2]>`");
        assert_eq!(note(r"\` [x] `"), r"\\\` \[x\] \`");
    }

    #[test]
    fn a_name_is_code_whatever_is_in_it() {
        assert_eq!(code("billing.v2"), "`billing.v2`");
        assert_eq!(code("x`[b]`<i>"), "`` x`[b]`<i> ``");
        assert_eq!(code("``"), "``` `` ```");
        assert_eq!(code("a\nb\u{202e}\u{0}"), "`a b`");
    }

    #[test]
    fn nothing_closes_the_comment() {
        let tokens = attributes(Some("*/ fn evil() {} /*\n\"# } "), "").to_string();
        assert_eq!(tokens.matches("doc").count(), 2, "{tokens}");
        assert!(syn::parse_str::<syn::ItemStruct>(&format!("{tokens} struct S;")).is_ok());
    }
}
