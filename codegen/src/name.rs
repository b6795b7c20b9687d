//! The only maker of Rust names: a function of the Avro name alone, both spellings kept.

use std::collections::HashSet;

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

use crate::collections::ByName;
use crate::model::Ident;

/// Keywords of editions 2021 and 2024, strict and reserved.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum", "extern", "false",
    "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof", "union", "unsafe", "unsized", "use", "virtual", "where",
    "while", "yield",
];

/// Words that no raw identifier may be.
const UNRAWABLE: &[&str] = &["crate", "self", "super", "Self", "_"];

/// Whether a word is a keyword that no path may hold.
#[cfg(feature = "emit")]
pub(crate) fn is_keyword(word: &str) -> bool {
    // A keyword in its place alone.
    word != "union" && KEYWORDS.contains(&word)
}

/// Names that no type may have: the language's own, which generated code spells plainly, those of its variables, which would be read as the
/// type's constructor, and those of its constants.
pub(crate) const RESERVED: &[&str] = &[
    "bool",
    "char",
    "str",
    "i8",
    "i16",
    "i32",
    "i64",
    "i128",
    "isize",
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "usize",
    "f32",
    "f64",
    "borrowed",
    "fields",
    "step",
    "branch",
    "buffer",
    "bytes",
    "datum",
    "event",
    "formatter",
    "from",
    "index",
    "key",
    "layout",
    "limits",
    "message",
    "name",
    "of",
    "out",
    "reader",
    "record",
    "to",
    "topic",
    "value",
    "writer",
    "CATALOG",
    "FORM",
    "STEP",
];

/// How a kind of name is cased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// Fields and modules.
    Snake,
    /// Types, variants and markers.
    Camel,
}

/// Names that collided and so keep their exact Avro spelling.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Collision {
    /// What they would all have been called.
    pub(crate) rust: String,
    /// The places of the names in the list.
    pub(crate) places: Vec<usize>,
}

/// The Rust names of all names that share a scope, each its own, and what collided.
#[cfg(test)]
pub(crate) fn scope(names: &[&str], case: Case) -> (Vec<Ident>, Vec<Collision>) {
    scope_beside(names, case, &[])
}

/// The same, in a scope that has these names already.
pub(crate) fn scope_beside(names: &[&str], case: Case, taken: &[&str]) -> (Vec<Ident>, Vec<Collision>) {
    let mut by_rust: ByName<Vec<usize>> = ByName::default();
    for (place, name) in names.iter().enumerate() {
        by_rust.or_default(&cased(name, case)).push(place);
    }
    let mut idents: Vec<Option<String>> = vec![None; names.len()];
    let mut collisions = Vec::new();
    // What a name alone is cased to, and the names that keep their spelling.
    let mut alone: ByName<Option<usize>> = ByName::default();
    let mut exact: Vec<usize> = Vec::new();
    for (rust, places) in by_rust.into_entries() {
        if let [only] = places[..] {
            idents[only] = Some(rust.clone());
            alone.insert(rust, Some(only));
            continue;
        }
        exact.extend(&places);
        collisions.push(Collision { rust, places });
    }
    // An exact spelling can be what another name is cased to; that one then keeps its exact spelling too.
    while let Some(place) = exact.pop() {
        let spelled = spelled(names[place]);
        exact.extend(alone.get_mut(&spelled).and_then(Option::take).filter(|other| *other != place));
        idents[place] = Some(spelled);
    }
    // Different spellings can still meet, as those of `a-b` and `a_b` do, or be a name that is there.
    let mut known: HashSet<String> = taken.iter().map(|&name| name.to_owned()).collect();
    let idents = names
        .iter()
        .zip(idents)
        .map(|(avro, rust)| Ident {
            avro: (*avro).to_owned(),
            rust: free(&mut known, &rust.unwrap_or_else(|| spelled(avro))),
        })
        .collect();
    (idents, collisions)
}

/// The names of a scope of which some are given.
#[derive(Debug)]
pub(crate) struct Pinned {
    pub(crate) idents: Vec<Ident>,
    pub(crate) collisions: Vec<Collision>,
    /// The places of names that are given and cannot be had; with the place of that which has them, where it is of this scope.
    pub(crate) clashes: Vec<(usize, Option<usize>)>,
}

/// The Rust names of all names that share a scope with those that are taken; where one is given, it is that.
pub(crate) fn scope_pinned(names: &[&str], pins: &[Option<&str>], case: Case, taken: &[&str]) -> Pinned {
    let open: Vec<usize> = (0..names.len()).filter(|place| pins[*place].is_none()).collect();
    let (mut others, mut collisions) = scope_beside(&open.iter().map(|place| names[*place]).collect::<Vec<_>>(), case, taken);
    for collision in &mut collisions {
        collision.places.iter_mut().for_each(|place| *place = open[*place]);
    }
    let mut by_rust: ByName<usize> = ByName::default();
    for (ident, place) in others.iter().zip(&open) {
        by_rust.insert(ident.rust.clone(), *place);
    }
    let taken: HashSet<&str> = taken.iter().copied().collect();
    let mut clashes = Vec::new();
    let mut idents = Vec::with_capacity(names.len());
    let mut others = others.drain(..);
    for (place, (name, pin)) in names.iter().zip(pins).enumerate() {
        let Some(pin) = pin else {
            idents.extend(others.next());
            continue;
        };
        let rust = spelled(pin);
        if taken.contains(rust.as_str()) {
            clashes.push((place, None));
        } else if let Some(first) = by_rust.insert(rust.clone(), place) {
            clashes.push((place, Some(first)));
        }
        idents.push(Ident {
            avro: (*name).to_owned(),
            rust,
        });
    }
    Pinned {
        idents,
        collisions,
        clashes,
    }
}

/// Whether a text is a name that Rust code can have, raw where it must be: one in ASCII.
pub(crate) fn is_identifier(text: &str) -> bool {
    let word = |character: char| character == '_' || character.is_ascii_alphanumeric();
    text.chars().all(word) && !text.is_empty() && !text.starts_with(|first: char| first.is_ascii_digit()) && !UNRAWABLE.contains(&text)
}

/// Takes a name: as it is where it is free, else with a number behind it.
pub(crate) fn free(known: &mut HashSet<String>, wanted: &str) -> String {
    let plain = wanted.trim_start_matches("r#");
    let name = if known.contains(wanted) {
        let number = free_number(|number| known.contains(&format!("{plain}_{number}")));
        format!("{plain}_{number}")
    } else {
        wanted.to_owned()
    };
    known.insert(name.clone());
    name
}

/// A number from 2 on that is not taken, and the one before it is: of thousands that meet, each is found in few steps.
pub(crate) fn free_number(taken: impl Fn(usize) -> bool) -> usize {
    let mut free = 2;
    while taken(free) {
        free *= 2;
    }
    let mut last_taken = free / 2;
    while last_taken + 1 < free {
        let middle = last_taken.midpoint(free);
        if taken(middle) {
            last_taken = middle;
        } else {
            free = middle;
        }
    }
    free
}

/// The Rust name of a name that shares its scope with no other.
pub(crate) fn single(name: &str, case: Case) -> Ident {
    Ident {
        avro: name.to_owned(),
        rust: cased(name, case),
    }
}

/// A name in the case of types.
pub(crate) fn upper_camel(name: &str) -> String {
    name.to_upper_camel_case()
}

fn cased(name: &str, case: Case) -> String {
    let cased = match case {
        Case::Snake => name.to_snake_case(),
        Case::Camel => name.to_upper_camel_case(),
    };
    if cased.is_empty() {
        return spelled(name);
    }
    spelled(&cased)
}

/// A name as it is, made an identifier: raw where it is a keyword, with an underscore where it cannot be raw.
pub(crate) fn spelled(name: &str) -> String {
    let mut rust: String = name
        .chars()
        .map(|c| if c == '_' || c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    if rust.starts_with(|first: char| first.is_ascii_digit()) || rust.is_empty() {
        rust.insert(0, '_');
    }
    if rust == "_" {
        return "__".to_owned();
    }
    if UNRAWABLE.contains(&rust.as_str()) {
        rust.push('_');
    } else if KEYWORDS.contains(&rust.as_str()) {
        rust.insert_str(0, "r#");
    }
    rust
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rust(name: &str, case: Case) -> String {
        single(name, case).rust
    }

    /// All names that patterns, parameters and statics bind.
    #[cfg(feature = "emit")]
    #[derive(Default)]
    struct Bound(std::collections::BTreeSet<String>);

    #[cfg(feature = "emit")]
    impl<'ast> syn::visit::Visit<'ast> for Bound {
        fn visit_pat_ident(&mut self, bound: &'ast syn::PatIdent) {
            self.0.insert(bound.ident.to_string());
            syn::visit::visit_pat_ident(self, bound);
        }

        fn visit_const_param(&mut self, bound: &'ast syn::ConstParam) {
            self.0.insert(bound.ident.to_string());
        }

        fn visit_item_static(&mut self, bound: &'ast syn::ItemStatic) {
            self.0.insert(bound.ident.to_string());
            syn::visit::visit_item_static(self, bound);
        }
    }

    /// A type of such a name, which one that meets another keeps, would be read as its constructor.
    #[cfg(feature = "emit")]
    #[test]
    fn no_type_is_called_as_a_variable_of_generated_code() {
        // What takes another way than the others: many branches, types of another crate, a union's default.
        let many: Vec<_> = (0..20)
            .map(|number| format!(r#"{{"type": "fixed", "name": "far.F{number}", "size": 2}}"#))
            .collect();
        let far = r#"{"type": "record", "name": "far.Far", "fields": [{"name": "a", "type": "string"}]}"#;
        let wide = format!(
            r#"{{"type": "record", "name": "Wide", "fields": [
                {{"name": "many", "type": ["null", "string", {}, {far}]}},
                {{"name": "either", "type": [{{"type": "array", "items": "string"}}, "far.Far"], "default": []}}
            ]}}"#,
            many.join(",")
        );
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("wide.avsc"), wide).unwrap();
        let builder = || crate::Builder::new().serde(true);
        let wide = || builder().schemas([folder.path()]);
        let builders = [
            builder().manifest("../schemas/topics.toml"),
            builder().schemas(["../tests/constructs/schemas"]),
            wide(),
            wide().extern_path("far", "::far").string_type("**", "Box<str>"),
        ];
        let mut bound = Bound::default();
        for builder in builders {
            let code = builder.emit(&builder.load().unwrap()).unwrap().text;
            syn::visit::Visit::visit_file(&mut bound, &syn::parse_file(&code).unwrap());
        }
        for sure in ["step", "reader", "to", "from", "of", "name", "borrowed", "CATALOG", "STEP"] {
            assert!(bound.0.contains(sure), "{sure}: {:?}", bound.0);
        }
        let missing: Vec<_> = bound.0.iter().filter(|name| !RESERVED.contains(&name.as_str())).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn cases() {
        assert_eq!(rust("eventId", Case::Snake), "event_id");
        assert_eq!(rust("timeReceived", Case::Snake), "time_received");
        assert_eq!(rust("STATUS_CHANGED", Case::Camel), "StatusChanged");
        assert_eq!(rust("job-lifecycle", Case::Camel), "JobLifecycle");
        assert_eq!(rust("audit.trail_v2", Case::Camel), "AuditTrailV2");
    }

    #[test]
    fn keywords_and_digits() {
        assert_eq!(rust("type", Case::Snake), "r#type");
        assert_eq!(rust("gen", Case::Snake), "r#gen");
        assert_eq!(rust("self", Case::Snake), "self_");
        assert_eq!(rust("SELF", Case::Camel), "Self_");
        assert_eq!(rust("_1st", Case::Snake), "_1st");
        assert_eq!(rust("_", Case::Snake), "__");
        assert_eq!(rust("___", Case::Camel), "___");
    }

    #[test]
    fn what_collides_keeps_its_spelling() {
        let (idents, collisions) = scope(&["userId", "user_id", "name"], Case::Snake);
        assert_eq!(
            idents.iter().map(|ident| ident.rust.as_str()).collect::<Vec<_>>(),
            ["userId", "user_id", "name"]
        );
        assert_eq!(
            collisions,
            [Collision {
                rust: "user_id".into(),
                places: vec![0, 1]
            }]
        );
    }

    #[test]
    fn spellings_that_meet_are_numbered() {
        let rust = |names: &[&str], case| scope(names, case).0.into_iter().map(|ident| ident.rust).collect::<Vec<_>>();
        assert_eq!(rust(&["job-events", "job_events"], Case::Camel), ["job_events", "job_events_2"]);
        assert_eq!(rust(&["日本", "中国"], Case::Camel), ["__", "___2"]);
        assert_eq!(rust(&["_", "__"], Case::Snake), ["__", "___2"]);
        assert_eq!(scope_beside(&["topics"], Case::Snake, &["topics"]).0[0].rust, "topics_2");
    }

    #[test]
    fn names_that_meet_are_counted_on() {
        let groups: Vec<String> = (0..20_000)
            .map(|number| char::from_u32(0x4e00 + number).unwrap().to_string())
            .collect();
        let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
        let (idents, collisions) = scope(&groups, Case::Camel);
        let names: HashSet<_> = idents.iter().map(|ident| ident.rust.as_str()).collect();
        assert_eq!((names.len(), collisions.len()), (20_000, 1));
        assert_eq!(idents[19_999].rust, "___20000");
        assert_eq!(free_number(|number| number < 11), 11);
        assert_eq!(free_number(|_| false), 2);
    }

    /// Each of these is cased to the spelling of the one before: one keeps its spelling, then the next, to the end.
    #[test]
    fn spellings_displace_one_another_in_a_chain() {
        let (idents, _) = scope(&["a_b", "aB", "A_B", "ab_"], Case::Snake);
        let rust: Vec<_> = idents.iter().map(|ident| ident.rust.as_str()).collect();
        assert_eq!(rust, ["a_b", "aB", "A_B", "ab"]);
        let (idents, _) = scope(&["Ab", "ab", "AB", "A_b"], Case::Camel);
        let names: HashSet<_> = idents.iter().map(|ident| ident.rust.as_str()).collect();
        assert_eq!(names, HashSet::from(["Ab", "ab", "AB", "A_b"]));
    }

    #[test]
    fn a_spelling_that_another_is_cased_to() {
        // `Ab` and `AB` collide in no case but their own; `a_b` is cased to `AB`, which is taken by then.
        let (idents, _) = scope(&["AB", "Ab", "ab", "a_b"], Case::Camel);
        let names: HashSet<_> = idents.iter().map(|ident| ident.rust.clone()).collect();
        assert_eq!(names.len(), 4, "{idents:?}");
    }
}
