//! Contracts of random texts and names.

/// What a hostile text is made of.
pub(crate) const PARTS: &[&str] = &[
    "*/",
    "/*",
    "//",
    "///",
    "//!",
    "/**/",
    "\"",
    "\"#",
    "\"##",
    "\\\"",
    "\\",
    "'",
    "b\"",
    "r#\"",
    "\")",
    "\"); }",
    "]",
    "]]",
    "#]",
    "#![",
    "#[doc = \"",
    "#![no_std]",
    "{",
    "}",
    "{}",
    "${}",
    "$crate",
    "%s",
    "\\u{0}",
    "\\x41",
    "`",
    "```",
    "```rust\n",
    "<script>",
    "</a>",
    "[`x`]: ",
    "http://x\"",
    "https://a\u{202e}b",
    "\0",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\u{1b}[31m",
    "\u{7}",
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
    "\u{feff}",
    "\u{61c}",
    "é",
    "日本",
    "👩‍🚀",
    "compile_error!(\"x\")",
    "macro_rules! m { () => {} }",
    "mod evil {}",
    "fn evil() {}",
    "pub struct Evil;",
    "include!(\"/etc/passwd\")",
    "env!(\"HOME\")",
    "unsafe { }",
    "evil",
    "self",
    "Self",
    "crate",
    "r#fn",
    ";",
    ",",
    ":",
    "::evil",
    "=",
    "=>",
    "<",
    ">",
    "&'a",
    "0",
    "cargo::rustc-cfg=evil",
    "\ncargo::warning=evil",
    " ",
    "  ",
    "-",
    ".",
    "..",
    "../",
    "~",
    "|",
    "_",
    "__",
];

/// Names that mean something to Rust, to our code, or to a file system.
const NAMES: &[&str] = &[
    "type",
    "self",
    "Self",
    "crate",
    "super",
    "fn",
    "gen",
    "async",
    "Option",
    "String",
    "Vec",
    "Box",
    "Result",
    "Some",
    "None",
    "Ok",
    "Default",
    "Debug",
    "kafka_event",
    "core",
    "std",
    "value",
    "reader",
    "writer",
    "topics",
    "groups",
    "CATALOG",
    "SCHEMA",
    "build",
    "builder",
    "con",
    "aux",
    "_",
    "__",
    "_1",
    "aB",
    "a_b",
    "A_B",
    "AB",
    "u8",
    "str",
    "evil",
    "x",
];

pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize
    }

    pub(crate) fn below(&mut self, count: usize) -> usize {
        self.next() % count
    }

    pub(crate) fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    /// A text that is hostile, and never empty.
    pub(crate) fn text(&mut self) -> String {
        let mut text: String = (0..=self.below(6)).map(|_| self.pick(PARTS)).collect();
        if self.below(40) == 0 {
            text = text.repeat(500);
        }
        text
    }
}

/// Texts and names of a contract: its shape follows from one seed, its texts from another.
pub(crate) struct Contract {
    pub(crate) shape: Random,
    pub(crate) texts: Random,
    /// Whether texts are harmless, of the length of hostile ones: how long a schema is decides how it is written.
    pub(crate) harmless: bool,
    /// Whether names may be anything.
    pub(crate) hostile_names: bool,
}

impl Contract {
    fn text(&mut self) -> String {
        // Of what is bare space or unseen nothing is left in a doc, which then has another's words.
        let text = self.texts.text() + "x";
        if self.harmless { "x".repeat(json(&text).len() - 2) } else { text }
    }

    fn quoted(&mut self) -> String {
        json(&self.text())
    }

    /// The same of one line, as a setting is; without a number's look.
    fn line(&mut self) -> String {
        self.text().replace(char::is_control, "")
    }

    /// A name: one that is valid, the same whatever the texts are; or any text.
    fn name(&mut self, suffix: usize) -> String {
        let valid = format!("{}{suffix}", self.shape.pick(NAMES));
        if self.hostile_names && self.shape.below(12) == 0 {
            return self.text();
        }
        valid
    }

    fn doc(&mut self) -> String {
        match self.shape.below(3) {
            0 => String::new(),
            1 => format!(r#", "doc": {}"#, self.quoted()),
            _ => {
                let (doc, property, note) = (self.quoted(), self.quoted(), self.quoted());
                format!(r#", "doc": {doc}, "x-owner": {{{property}: {property}}}, "deprecated": {note}"#)
            }
        }
    }

    /// A type with a default of it.
    fn typed(&mut self, depth: usize, number: &mut usize) -> (String, String) {
        *number += 1;
        let here = *number;
        match self.shape.below(if depth > 2 { 6 } else { 10 }) {
            0 => ("\"string\"".into(), self.quoted()),
            1 => (r#"["null", "string"]"#.into(), "null".into()),
            2 => (r#"["string", "int", "null"]"#.into(), self.quoted()),
            3 => ("\"bytes\"".into(), r##""\u0000\u00ff*/\"#""##.into()),
            4 => (r#"{"type": "int", "logicalType": "date"}"#.into(), "-1".into()),
            5 => ("\"double\"".into(), "-0.0".into()),
            6 => {
                let (name, symbol) = (self.name(here), json(&self.name(0)));
                let doc = self.doc();
                let ty = format!(
                    r#"{{"type": "enum", "name": {}, "symbols": [{symbol}, "Other"]{doc}}}"#,
                    json(&name)
                );
                (ty, symbol)
            }
            7 => {
                let (ty, default) = self.typed(depth + 1, number);
                (format!(r#"{{"type": "array", "items": {ty}}}"#), format!("[{default}, {default}]"))
            }
            8 => {
                let (ty, default) = self.typed(depth + 1, number);
                let key = self.quoted();
                (format!(r#"{{"type": "map", "values": {ty}}}"#), format!("{{{key}: {default}}}"))
            }
            _ => (self.record(depth + 1, number), "{}".into()),
        }
    }

    fn record(&mut self, depth: usize, number: &mut usize) -> String {
        *number += 1;
        let name = json(&self.name(*number));
        let namespace = match self.shape.below(3) {
            0 => format!("{}.{}", self.name(0), self.name(1)),
            1 => self.name(0),
            _ => String::new(),
        };
        let namespace = json(&namespace);
        let doc = self.doc();
        let fields: Vec<String> = (0..=self.shape.below(4))
            .map(|place| {
                let name = json(&self.name(place));
                let (ty, default) = self.typed(depth, number);
                let doc = self.doc();
                format!(r#"{{"name": {name}, "type": {ty}, "default": {default}{doc}}}"#)
            })
            .collect();
        format!(
            r#"{{"type": "record", "name": {name}, "namespace": {namespace}{doc}, "aliases": ["former"], "fields": [{}]}}"#,
            fields.join(", ")
        )
    }

    pub(crate) fn schema(&mut self) -> String {
        let record = self.record(0, &mut 0);
        format!(r#"[{record}, {{"type": "record", "name": "Event", "namespace": "e", "fields": [{{"name": "id", "type": "string"}}]}}]"#)
    }

    pub(crate) fn manifest(&mut self) -> String {
        let (topic, group) = match self.hostile_names {
            true if self.shape.below(2) == 0 => (self.line(), self.line()),
            _ => ("jobs".to_owned(), "readers".to_owned()),
        };
        let (topic, group) = (toml(&topic), toml(&group));
        let (doc, group_doc, line) = (toml(&self.text()), toml(&self.text()), toml(&self.line()));
        format!(
            "version = 1\n[topics.{topic}]\nrecord = \"e.Event\"\nkey = \"id\"\npartitions = 3\nretention = \"7d\"\ncompression = \"lz4\"\ndoc = {doc}\n\
             config = {{ {line} = {line} }}\n[groups.{group}]\ntopics = [{topic}]\ndoc = {group_doc}\n\
             [groups.{group}.dead-letter]\nconfig = {{ {line} = {line} }}\n"
        )
    }
}

/// A text as a JSON string.
fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// A text as a TOML string.
fn toml(text: &str) -> String {
    let escaped: String = text.chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect();
    format!("\"{escaped}\"")
}
