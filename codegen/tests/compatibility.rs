//! A reader's schema against a writer's (specification, "Schema Resolution" and "Aliases"): the words of each reason, what becomes of recursion,
//! and versions in a row.

use std::fs;
use std::path::Path;

use kafka_event_codegen::compat::{Compatibility, Consumers, Resolution, Step, Version};
use kafka_event_codegen::fingerprint::schema_json;
use kafka_event_codegen::{Contract, load_schemas, load_text};

/// A schema in a file; messages name the file alone.
struct Schema {
    _folder: tempfile::TempDir,
    contract: Contract,
}

impl Schema {
    fn new(name: &str, text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(format!("{name}.avsc"));
        fs::write(&path, text).unwrap();
        let contract = load_schemas(&[path]).unwrap_or_else(|report| panic!("{report}"));
        Self { _folder: folder, contract }
    }

    /// The record `shop.Order` with these fields.
    fn order(name: &str, fields: &str) -> Self {
        Self::new(
            name,
            &format!("{{\"type\": \"record\", \"name\": \"Order\", \"namespace\": \"shop\", \"fields\": [\n  {fields}\n]}}"),
        )
    }

    fn version(&self, name: &str) -> Version<'_> {
        Version::named(&self.contract, name).unwrap()
    }
}

/// What is said of a reader and a writer, without the folders that they are in.
fn said(reader: &Schema, writer: &Schema) -> String {
    let resolution = Resolution::of(reader.version("shop.Order"), writer.version("shop.Order"));
    let text = resolution.report.to_string();
    let in_folder = |line: &str| line.contains("-->") || line.contains(":::");
    let short = |line: &str| match line.rsplit_once('/') {
        Some((before, file)) if in_folder(line) => {
            let arrow = before.find("-->").or_else(|| before.find(":::")).unwrap();
            format!("{}{file}", &before[..arrow + 4])
        }
        _ => line.to_owned(),
    };
    text.lines().map(short).collect::<Vec<_>>().join("\n")
}

#[test]
fn each_reason_has_its_words() {
    let enumeration =
        |symbols: &str| format!(r#"{{"name": "state", "type": {{"type": "enum", "name": "State", "symbols": [{symbols}]}}}}"#);
    let fixed = |size: u32| format!(r#"{{"name": "hash", "type": {{"type": "fixed", "name": "Hash", "size": {size}}}}}"#);
    let line = |name: &str| {
        format!(r#"{{"name": "line", "type": {{"type": "record", "name": "{name}", "fields": [{{"name": "price", "type": "long"}}]}}}}"#)
    };
    let field = |ty: &str| format!(r#"{{"name": "f", "type": {ty}}}"#);
    let logical = |ty: &str, words: &str| field(&format!(r#"{{"type": "{ty}", "logicalType": {words}}}"#));
    let cases = [
        ("type", field(r#""string""#), field(r#""long""#)),
        (
            "items",
            field(r#"{"type": "array", "items": "int"}"#),
            field(r#"{"type": "array", "items": "long"}"#),
        ),
        ("name", line("Line"), line("Item")),
        ("namespace", line("Line"), line("old.Line")),
        (
            "lacking",
            r#"{"name": "customer", "type": "string"}"#.to_owned(),
            r#"{"name": "custmer", "type": "string"}"#.to_owned(),
        ),
        ("symbols", enumeration(r#""NEW""#), enumeration(r#""NEW", "PAID", "SENT""#)),
        ("size", fixed(16), fixed(20)),
        ("branch", field(r#"["null", "int"]"#), field(r#"["null", "string"]"#)),
        ("no-union", field(r#""string""#), field(r#"["null", "string"]"#)),
        ("into-union", field(r#"["null", "int"]"#), field(r#""string""#)),
        (
            "unit",
            logical("long", r#""timestamp-millis""#),
            logical("long", r#""timestamp-micros""#),
        ),
        (
            "scale",
            logical("bytes", r#""decimal", "precision": 9, "scale": 2"#),
            logical("bytes", r#""decimal", "precision": 9, "scale": 4"#),
        ),
        (
            "precision",
            logical("bytes", r#""decimal", "precision": 9, "scale": 2"#),
            logical("bytes", r#""decimal", "precision": 18, "scale": 2"#),
        ),
        (
            "decimal-as-text",
            field(r#""string""#),
            logical("bytes", r#""decimal", "precision": 9, "scale": 2"#),
        ),
        (
            "text-as-decimal",
            logical("bytes", r#""decimal", "precision": 9, "scale": 2"#),
            field(r#""string""#),
        ),
        ("text-as-big-decimal", logical("bytes", r#""big-decimal""#), field(r#""string""#)),
        // The text of a UUID as bytes is that text still; bytes as a UUID are checked when they come.
        ("uuid-as-bytes", field(r#""bytes""#), logical("string", r#""uuid""#)),
        ("bytes-as-uuid", logical("string", r#""uuid""#), field(r#""bytes""#)),
        ("kind", logical("int", r#""date""#), logical("int", r#""time-millis""#)),
        ("gained", logical("long", r#""timestamp-millis""#), field(r#""long""#)),
    ];
    for (name, reader, writer) in cases {
        let (reader, writer) = (Schema::order("reader", &reader), Schema::order("writer", &writer));
        insta::assert_snapshot!(name, said(&reader, &writer));
    }
}

/// Lines change with the layout of a schema, as a registry's does; pointers do not.
#[test]
fn a_finding_has_its_pointer_in_both() {
    let field = |ty: &str| format!(r#"{{"name": "a", "type": "int"}}, {{"name": "f", "type": {ty}}}"#);
    let places = |reader: &str, writer: &str| -> [(String, String); 2] {
        let (reader, writer) = (Schema::order("reader", &field(reader)), Schema::order("writer", &field(writer)));
        let report = Resolution::of(reader.version("shop.Order"), writer.version("shop.Order")).report;
        let [found] = &report.diagnostics[..] else { panic!("{report}") };
        let places = found.labels.iter().map(|label| {
            let pointer = label.origin.pointer().map(ToString::to_string).unwrap_or_default();
            assert!(report.to_string().contains(&format!("at {pointer}\n")), "{report}");
            let text = &report.sources.file(label.origin.file).text[report.sources.range(&label.origin)];
            (pointer, text.to_owned())
        });
        places.collect::<Vec<_>>().try_into().expect("a place in both")
    };
    let at = |pointer: &str, text: &str| (format!("/fields/1/type{pointer}"), text.to_owned());
    let array = |items: &str| format!(r#"{{"type": "array", "items": {items}}}"#);
    assert_eq!(places(r#""int""#, r#""long""#), [at("", r#""int""#), at("", r#""long""#)]);
    assert_eq!(
        places(&array(r#""int""#), &array(r#""string""#)),
        [at("/items", r#""int""#), at("/items", r#""string""#)]
    );
    let map = |values: &str| format!(r#"{{"type": "map", "values": {values}}}"#);
    assert_eq!(
        places(&map(r#"["null", "int"]"#), &map(r#"["null", "int", "string"]"#)),
        [at("/values", r#"["null", "int"]"#), at("/values/2", r#""string""#)]
    );
    assert_eq!(
        places(&format!(r#"["null", {}]"#, array(r#""int""#)), &array(r#""string""#)),
        [at("/1/items", r#""int""#), at("/items", r#""string""#)]
    );
    // What is written in another way than most is found as what holds it.
    let wrapped = format!(r#"{{"type": {}}}"#, array(r#""int""#));
    assert_eq!(
        places(&wrapped, &array(r#""string""#)),
        [at("", &wrapped), at("/items", r#""string""#)]
    );
}

#[test]
fn no_reason_is_left_out() {
    const FIELDS: usize = 2_000;
    let fields = |ty: &str| {
        let fields: Vec<_> = (0..FIELDS)
            .map(|number| format!(r#"{{"name": "f{number}", "type": "{ty}"}}"#))
            .collect();
        fields.join(", ")
    };
    let lacking: Vec<_> = (0..FIELDS)
        .map(|number| format!(r#"{{"name": "g{number}", "type": "int"}}"#))
        .collect();
    let reader = Schema::order("reader", &format!("{}, {}", fields("int"), lacking.join(", ")));
    let writer = Schema::order("writer", &fields("string"));
    let report = Resolution::of(reader.version("shop.Order"), writer.version("shop.Order")).report;
    let count = |code| report.diagnostics.iter().filter(|found| found.code == code).count();
    assert_eq!(
        (count("KE0601"), count("KE0603"), report.diagnostics.len()),
        (FIELDS, FIELDS, 2 * FIELDS)
    );
}

#[test]
fn all_reasons_are_told_at_once() {
    let reader = Schema::order(
        "reader",
        r#"{"name": "a", "type": "int"}, {"name": "b", "type": "string"}, {"name": "c", "type": "boolean"}"#,
    );
    let writer = Schema::order("writer", r#"{"name": "a", "type": "long"}, {"name": "b", "type": "double"}"#);
    let resolution = Resolution::of(reader.version("shop.Order"), writer.version("shop.Order"));
    let codes: Vec<_> = resolution.report.diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, ["KE0601", "KE0601", "KE0603"]);
    assert!(resolution.reads_nothing());
}

/// A tree of a record that holds itself, with more fields.
fn tree(name: &str, more: &str) -> Schema {
    Schema::order(
        name,
        &format!(
            r#"{{"name": "children", "type": {{"type": "array", "items": "Order"}}}}, {{"name": "next", "type": ["null", "Order"], "default": null}}{more}"#
        ),
    )
}

fn root(resolution: &Resolution) -> &Step {
    resolution.step(resolution.root())
}

#[test]
fn recursion_ends_alike_or_not() {
    let (one, same) = (tree("one", ""), tree("same", ""));
    let order = |schema: &'_ Schema| schema.contract.model.find("shop.Order").unwrap().0;
    let alike = Resolution::of(one.version("shop.Order"), same.version("shop.Order"));
    assert_eq!(root(&alike), &Step::AsIs);
    let wider = tree("wider", r#", {"name": "size", "type": "int"}"#);
    let evolved = Resolution::of(one.version("shop.Order"), wider.version("shop.Order"));
    assert!(evolved.reads_all());
    let Step::Record(record) = root(&evolved) else {
        panic!("{:?}", root(&evolved))
    };
    assert_eq!((record.reader, record.writer), (order(&one), order(&wider)));
    assert_eq!(record.fields[2], None);
    let (place, children) = record.fields[0].unwrap();
    assert_eq!((place, evolved.step(children)), (0, &Step::Each(evolved.root())));
    // Only a tree that never ends would need a size: it is written for each.
    let backward = Resolution::of(wider.version("shop.Order"), one.version("shop.Order"));
    assert!(!backward.reads_all() && backward.reads_nothing());
}

#[test]
fn what_is_met_in_part_is_read_in_part() {
    let union = Schema::order("union", r#"{"name": "f", "type": ["null", "string"]}"#);
    let plain = Schema::order("plain", r#"{"name": "f", "type": "string"}"#);
    let resolution = Resolution::of(plain.version("shop.Order"), union.version("shop.Order"));
    assert!(!resolution.reads_all() && !resolution.reads_nothing());
    // The union's index stands before the text: no decoder of texts reads it.
    let Step::Record(record) = root(&resolution) else {
        panic!("{:?}", root(&resolution))
    };
    let (_, field) = record.fields[0].unwrap();
    let Step::Branches { steps, read: None } = resolution.step(field) else {
        panic!("{:?}", resolution.step(field))
    };
    let branches: Vec<_> = steps.iter().map(|branch| resolution.step(*branch)).collect();
    assert_eq!(branches, [&Step::Fail("KE0607"), &Step::AsIs]);
}

/// The reader's decoder is the writer's only where both have as many branches, or symbols: an index behind the writer's last is of no version.
#[test]
fn a_beginning_is_not_the_whole() {
    let field = |name: &str, ty: &str| Schema::order(name, &format!(r#"{{"name": "f", "type": {ty}}}"#));
    let letters = |symbols: &str| format!(r#"{{"type": "enum", "name": "E", "symbols": [{symbols}]}}"#);
    for (writer, alike, others) in [
        (
            r#"["null", "string"]"#.to_owned(),
            r#"["null", {"type": "string"}]"#.to_owned(),
            [r#"["null", "string", "long"]"#.to_owned(), r#"["string", "null"]"#.to_owned()],
        ),
        (
            letters(r#""A", "B""#),
            letters(r#""A", "B""#),
            [letters(r#""A", "B", "C""#), letters(r#""B", "A""#)],
        ),
    ] {
        let writer = field("writer", &writer);
        let read_as = |reader: &str| {
            let reader = field("reader", reader);
            let resolution = Resolution::of(reader.version("shop.Order"), writer.version("shop.Order"));
            assert!(resolution.reads_all());
            root(&resolution).clone()
        };
        assert_eq!(read_as(&alike), Step::AsIs);
        for other in others {
            assert_ne!(read_as(&other), Step::AsIs, "{other}");
        }
    }
}

#[test]
fn a_branch_by_its_full_name_goes_before_all_others() {
    let record = |name: &str| format!(r#"{{"type": "record", "name": "{name}", "fields": []}}"#);
    let union = |first: &str, second: &str| format!(r#"{{"name": "f", "type": ["null", {}, {}]}}"#, record(first), record(second));
    let reader = Schema::order("reader", &union("a.Line", "b.Line"));
    let writer = Schema::order("writer", &union("b.Line", "a.Line"));
    let resolution = Resolution::of(reader.version("shop.Order"), writer.version("shop.Order"));
    assert!(resolution.reads_all() && resolution.report.diagnostics.is_empty());
    let Step::Record(order) = root(&resolution) else {
        panic!("{:?}", root(&resolution))
    };
    let Step::Branches { steps, read: Some(3) } = resolution.step(order.fields[0].unwrap().1) else {
        panic!("a union")
    };
    let chosen: Vec<_> = steps
        .iter()
        .map(|branch| match resolution.step(*branch) {
            Step::Into { branch, .. } => *branch,
            step => panic!("{step:?}"),
        })
        .collect();
    assert_eq!(chosen, [0, 2, 1]);
}

#[test]
fn a_field_is_found_by_its_name_and_then_by_its_aliases() {
    let reader = Schema::order(
        "reader",
        r#"{"name": "a", "type": "int", "aliases": ["b", "c"]}, {"name": "b", "type": "int", "default": 0}"#,
    );
    let fields = |writer: &str| {
        let writer = Schema::order("writer", writer);
        let resolution = Resolution::of(reader.version("shop.Order"), writer.version("shop.Order"));
        match root(&resolution) {
            Step::Record(record) => {
                let fields = record.fields.iter().map(|field| field.map(|(place, _)| place)).collect::<Vec<_>>();
                (fields, record.defaults.clone(), record.lacking.clone())
            }
            step => panic!("{step:?}"),
        }
    };
    assert_eq!(
        fields(r#"{"name": "more", "type": "int"}, {"name": "c", "type": "int"}, {"name": "b", "type": "int"}"#),
        (vec![None, Some(0), Some(1)], vec![], vec![])
    );
    // `b` is a field's own name, and no other's alias then.
    assert_eq!(fields(r#"{"name": "b", "type": "int"}"#), (vec![Some(1)], vec![], vec![0]));
}

/// Each mode by the pairs of versions that break in it: one that looked another way, or at other versions, would find others.
#[test]
fn each_mode_looks_its_way_at_its_versions() {
    use Consumers::{New, Old};
    let order = Schema::order;
    let id = r#"{"name": "id", "type": "string"}"#;
    let plain = order("plain", id);
    let defaulted = order(
        "defaulted",
        &format!(r#"{id}, {{"name": "node", "type": "string", "default": ""}}"#),
    );
    let required = order("required", &format!(r#"{id}, {{"name": "node", "type": "string"}}"#));
    let other = order("other", &format!(r#"{id}, {{"name": "node", "type": "long"}}"#));
    let breaks = |compatibility: Compatibility, before: &[&Schema], new: &Schema| {
        let before: Vec<_> = before.iter().map(|schema| schema.version("shop.Order")).collect();
        let verdict = compatibility.check(&before, new.version("shop.Order"));
        let found: Vec<_> = verdict.breaking().map(|finding| (finding.version, finding.consumers)).collect();
        assert_eq!(verdict.is_compatible(), found.is_empty());
        found
    };
    type Broken<'a> = &'a [(usize, Consumers)];
    let cases: [(&[&Schema], &Schema, [Broken<'_>; 6]); 5] = [
        // What the first has not written the second had a default for; the third has none.
        (&[&plain, &defaulted], &required, [&[], &[(0, New)], &[], &[], &[], &[(0, New)]]),
        // The same the other way: the first has no default for what is no more written.
        (&[&required, &defaulted], &plain, [&[], &[], &[], &[(0, Old)], &[], &[(0, Old)]]),
        (
            &[&defaulted, &plain],
            &required,
            [&[(1, New)], &[(1, New)], &[], &[], &[(1, New)], &[(1, New)]],
        ),
        (
            &[&defaulted, &required],
            &plain,
            [&[], &[], &[(1, Old)], &[(1, Old)], &[(1, Old)], &[(1, Old)]],
        ),
        (
            &[&other, &other],
            &required,
            [
                &[(1, New)],
                &[(0, New), (1, New)],
                &[(1, Old)],
                &[(0, Old), (1, Old)],
                &[(1, New), (1, Old)],
                &[(0, New), (0, Old), (1, New), (1, Old)],
            ],
        ),
    ];
    let modes = [
        Compatibility::Backward,
        Compatibility::BackwardTransitive,
        Compatibility::Forward,
        Compatibility::ForwardTransitive,
        Compatibility::Full,
        Compatibility::FullTransitive,
    ];
    for (number, (before, new, wanted)) in cases.into_iter().enumerate() {
        for (mode, wanted) in modes.into_iter().zip(wanted) {
            assert_eq!(breaks(mode, before, new), wanted, "{mode:?} of case {number}");
            // Nothing before it: nothing to break.
            assert_eq!(breaks(mode, &[], new), []);
        }
    }
}

/// What can be read and is worth a look is told of versions that are compatible, too.
#[test]
fn warnings_break_nothing_and_are_told() {
    let line = |name: &str, ty: &str| {
        format!(r#"{{"name": "line", "type": {{"type": "record", "name": "{name}", "fields": [{{"name": "at", "type": {ty}}}]}}}}"#)
    };
    let old = Schema::order("old", &line("old.Line", r#""long""#));
    let new = Schema::order("new", &line("Line", r#"{"type": "long", "logicalType": "timestamp-millis"}"#));
    let verdict = Compatibility::Full.check(&[old.version("shop.Order")], new.version("shop.Order"));
    assert!(verdict.is_compatible());
    let told: Vec<_> = verdict
        .findings
        .iter()
        .map(|finding| {
            let codes: Vec<_> = finding.report.diagnostics.iter().map(|found| found.code).collect();
            (finding.consumers, finding.is_breaking(), codes)
        })
        .collect();
    let codes = || vec!["KE0620", "KE0621"];
    assert_eq!(told, [(Consumers::New, false, codes()), (Consumers::Old, false, codes())]);
    // Versions that are the same have nothing to say.
    let same = Compatibility::Full.check(&[new.version("shop.Order")], new.version("shop.Order"));
    assert!(same.findings.is_empty());
}

/// The writer's places go to and fro, behind megabytes of one line: counted from its beginning each time, a report would take minutes.
#[test]
fn thousands_of_findings_are_told_in_any_order_of_their_places() {
    const PAIRS: usize = 3_000;
    let padding = "x".repeat(8 << 20);
    let record = |doc: &str, fields: Vec<String>| {
        let fields = fields.join(", ");
        format!(r#"{{"type": "record", "name": "Order", "namespace": "shop", "doc": "{doc}", "fields": [{fields}]}}"#)
    };
    let field = |name: char, number: usize, ty: &str| format!(r#"{{"name": "{name}{number}", "type": "{ty}"}}"#);
    let reader = (0..PAIRS).flat_map(|number| [field('f', number, "int"), field('g', number, "int")]);
    let reader = Schema::new("reader", &record("", reader.collect()));
    let writer = record(&padding, (0..PAIRS).rev().map(|number| field('f', number, "string")).collect());
    let (begin, fields) = writer.split_at(padding.len());
    let types: Vec<_> = fields.match_indices("\"string\"").map(|(byte, _)| begin.len() + byte + 1).collect();
    let wanted: Vec<_> = types.into_iter().rev().flat_map(|column| [column, 1]).collect();
    let writer = Schema::new("writer", &writer);
    let told = said(&reader, &writer);
    let told: Vec<usize> = told
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("::: writer.avsc:1:"))
        .map(|column| column.parse().unwrap())
        .collect();
    assert_eq!(told, wanted);
}

/// The same pair of types is met once, however many ways lead to it.
#[test]
fn steps_do_not_grow_with_the_ways() {
    let level = |number: usize| {
        let next = if number == 24 {
            r#""long""#.to_owned()
        } else {
            format!(r#""L{}""#, number + 1)
        };
        format!(
            r#"{{"type": "record", "name": "L{number}", "fields": [{{"name": "a", "type": {next}}}, {{"name": "b", "type": {next}}}, {{"name": "c", "type": "int"}}]}}"#
        )
    };
    let write = |folder: &Path, dropped: &str| {
        fs::create_dir_all(folder).unwrap();
        for number in 0..25 {
            fs::write(folder.join(format!("l{number}.avsc")), level(number).replace(dropped, "")).unwrap();
        }
        load_schemas(&[folder.to_owned()]).unwrap_or_else(|report| panic!("{report}"))
    };
    let folder = tempfile::tempdir().unwrap();
    let writer = write(&folder.path().join("writer"), "nothing");
    let reader = write(&folder.path().join("reader"), r#", {"name": "c", "type": "int"}"#);
    let resolution = Resolution::of(Version::named(&reader, "L0").unwrap(), Version::named(&writer, "L0").unwrap());
    assert!(resolution.reads_all());
    assert!(resolution.steps().len() < 100, "{}", resolution.steps().len());
}

#[test]
fn an_alias_that_two_fields_share_is_the_first_ones() {
    let reader = Schema::order(
        "reader",
        r#"{"name": "a", "type": "int", "aliases": ["old"]}, {"name": "b", "type": "int", "aliases": ["old"]}, {"name": "c", "type": "int", "aliases": ["old"], "default": 0}"#,
    );
    let writer = Schema::order("writer", r#"{"name": "old", "type": "int"}"#);
    let resolution = Resolution::of(reader.version("shop.Order"), writer.version("shop.Order"));
    let Step::Record(record) = root(&resolution) else {
        panic!("{:?}", root(&resolution))
    };
    assert_eq!(
        record.fields.iter().map(|field| field.map(|(place, _)| place)).collect::<Vec<_>>(),
        [Some(0)]
    );
    assert_eq!((&record.defaults[..], &record.lacking[..]), (&[2][..], &[1][..]));
    assert!(!resolution.reads_all());
}

/// A type's own schema holds those of other files: deeper than any file is.
#[test]
fn the_schema_of_a_type_is_a_schema() {
    const LEVELS: usize = 240;
    let folder = tempfile::tempdir().unwrap();
    for level in 0..LEVELS {
        let next = match level + 1 {
            LEVELS => r#""long""#.to_owned(),
            next => format!(r#"["null", "chain.L{next}"]"#),
        };
        let text = format!(r#"{{"type": "record", "name": "chain.L{level}", "fields": [{{"name": "next", "type": {next}}}]}}"#);
        fs::write(folder.path().join(format!("l{level}.avsc")), text).unwrap();
    }
    let contract = load_schemas(&[folder.path().to_owned()]).unwrap_or_else(|report| panic!("{report}"));
    let first = Version::named(&contract, "chain.L0").unwrap();
    let (again, id) = load_text("the first", &schema_json(&contract.model, first.id)).unwrap_or_else(|report| panic!("{report}"));
    let again = Version { contract: &again, id };
    assert_eq!(root(&Resolution::of(first, again)), &Step::AsIs);
}

/// Types of one simple name, met with one of the reader's: each is another pair, as many as there are.
#[test]
fn pairs_that_lead_into_one_another_have_a_bound() {
    const TYPES: usize = 1_200;
    let folder = tempfile::tempdir().unwrap();
    let reader = folder.path().join("reader.avsc");
    fs::write(
        &reader,
        r#"{"type": "record", "name": "R", "fields": [{"name": "next", "type": ["null", "R"]}]}"#,
    )
    .unwrap();
    let writers = folder.path().join("writers");
    fs::create_dir(&writers).unwrap();
    let hub: Vec<_> = (1..TYPES).rev().map(|number| format!(r#""n{number}.R""#)).collect();
    let hub = format!(
        r#"{{"type": "record", "name": "x.Hub", "fields": [{{"name": "all", "type": ["null", {}]}}]}}"#,
        hub[..990].join(", ")
    );
    fs::write(writers.join("hub.avsc"), hub).unwrap();
    for number in 0..TYPES {
        let next = (number + 1).min(TYPES - 1);
        let text = format!(
            r#"{{"type": "record", "name": "n{number}.R", "fields": [{{"name": "hub", "type": ["null", "x.Hub"]}}, {{"name": "next", "type": ["null", "n{next}.R"]}}]}}"#
        );
        fs::write(writers.join(format!("n{number}.avsc")), text).unwrap();
    }
    let reader = load_schemas(&[reader]).unwrap_or_else(|report| panic!("{report}"));
    let writer = load_schemas(&[writers]).unwrap_or_else(|report| panic!("{report}"));
    let resolution = Resolution::of(Version::named(&reader, "R").unwrap(), Version::named(&writer, "n0.R").unwrap());
    assert!(resolution.report.diagnostics.iter().any(|found| found.code == "KE0612"));
}
