//! Whatever is written, the derive says what is wrong, and does not panic.

use crate::{Refused, expand, stub};

/// What attributes are made of: words, and values that fit some of them.
const WORDS: &[&str] = &[
    "topic =",
    "record =",
    "enum =",
    "consume",
    "key =",
    "event =",
    "rename_all =",
    "rename =",
    "with =",
    "skip",
    "other",
    "topic",
    "=",
    ",",
    ",",
    ",",
    ",",
    ",",
    "\"orders\"",
    "\"everything\"",
    "\"orders-by-address\"",
    "\"parcels\"",
    "\"moves\"",
    "\"places\"",
    "\"shop.Order\"",
    "\"Address\"",
    "\"Carrier\"",
    "\"Party\"",
    "\"camelCase\"",
    "\"POST\"",
    "\"id\"",
    "\"\"",
    "\"\\0\"",
    "id",
    "sender.id",
    "a::b",
    "Vec<u8>",
    "&'a str",
    ".",
    "::",
    "(id)",
    "{}",
    "[1]",
    "'a",
    "3",
    "-",
    "!",
    "r#type",
    "crate",
    "<",
    "_",
    "..",
];
const WHOLE: &[&str] = &[
    "topic = \"orders\"",
    "topic = \"everything\"",
    "topic = \"orders-by-address\"",
    "topic = \"parcels\"",
    "topic = \"moves\"",
    "topic = \"places\"",
    "record = \"shop.Order\"",
    "record = \"Address\"",
    "record = \"Party\"",
    "enum = \"Carrier\"",
    "enum = \"State\"",
    "consume",
    "event = Order",
    "key = id",
    "key = sender.id",
    "key = Code",
    "rename_all = \"camelCase\"",
    "rename_all = \"UPPERCASE\"",
    "rename = \"id\"",
    "rename = \"city\"",
    "rename = \"POST\"",
    "with = path",
    "skip",
    "other",
];
/// What a type may well say.
const HEADS: &[&str] = &[
    "topic = \"orders\", consume",
    "topic = \"parcels\", consume",
    "topic = \"places\", key = Code, consume",
    "topic = \"everything\", consume",
    "topic = \"moves\"",
    "record = \"Address\"",
    "record = \"Party\", consume",
    "enum = \"Carrier\"",
    "enum = \"Carrier\", rename_all = \"UPPERCASE\", consume",
    "topic = \"last-orders\", event = Order",
];
const GENERICS: &[&str] = &[
    "",
    "",
    "",
    "<'a>",
    "<T>",
    "<T: Clone = String>",
    "<const N: usize = 3>",
    "<'a: 'b, 'b, T: 'a>",
];
const MANIFESTS: &[&str] = &["../tests/derive/schemas/shop.toml", "../tests/derive/schemas/depot/topics.toml"];
const FIELDS: &[&str] = &[
    "id: i64",
    "city: String",
    "r#type: &'a str",
    "liness: Vec<T>",
    "placed_at: [u8; N]",
    "sender: Customer",
    "parcel: &'static str",
    "note: dyn Fn(&str) -> Option<()>",
    "x: macro_type!(id)",
    "code: <T as Trait>::Item",
    "_a: *const u8",
    "__: !",
];
const VARIANTS: &[&str] = &[
    "Post",
    "Courier",
    "#[kafka(other)] Rest",
    "#[kafka(other)] Rest",
    "Order(Order)",
    "Shipment(S<'a>)",
    "Loaded(Vec<u8>)",
    "Lost { why: String }",
    "Unloaded()",
    "A(B, C)",
    "New = 3",
    "r#Type",
];

/// Numbers without a pattern, the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }

    fn of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }

    fn attributes(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..self.below(3) {
            let (pool, between) = if self.below(3) == 0 { (WORDS, " ") } else { (WHOLE, ", ") };
            let words: Vec<_> = (0..self.below(5)).map(|_| self.of(pool)).collect();
            text += &format!("#[kafka({})] ", words.join(between));
        }
        text
    }

    fn many(&mut self, pool: &[&str]) -> String {
        let part = |numbers: &mut Self| {
            let attributes = if numbers.below(4) == 0 {
                numbers.attributes()
            } else {
                String::new()
            };
            attributes + numbers.of(pool)
        };
        let parts: Vec<_> = (0..self.below(5)).map(|_| part(self)).collect();
        parts.join(", ")
    }

    fn item(&mut self) -> String {
        let attributes = match self.below(2) {
            0 => self.attributes(),
            _ => format!("#[kafka({})]", self.of(HEADS)),
        };
        let generics = self.of(GENERICS);
        let manifest = match self.below(8) {
            0 => String::new(),
            _ => format!("#[kafka(manifest = \"{}\")]", self.of(MANIFESTS)),
        };
        let body = match self.below(8) {
            0..=2 => format!("struct Item{generics} {{ {} }}", self.many(FIELDS)),
            3 => format!(
                "struct Item{generics}({});",
                self.attributes() + self.of(&["i64", "Vec<T>, String", "&'a str", ""])
            ),
            4 => format!("struct Item{generics};"),
            5 | 6 => format!("enum Item{generics} {{ {} }}", self.many(VARIANTS)),
            _ => format!("union Item{generics} {{ {} }}", self.many(FIELDS)),
        };
        format!("{attributes} {manifest} {body}")
    }
}

#[test]
fn nothing_that_is_written_makes_it_panic() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let (mut expanded, mut refused, mut asked) = (0, 0, 0);
    for _ in 0..4_000 {
        let text = numbers.item();
        // What is no Rust, the compiler refuses before the derive is asked.
        let Ok(input) = syn::parse_str::<syn::DeriveInput>(&text) else {
            continue;
        };
        let code = match expand(&input) {
            Ok(code) => {
                expanded += 1;
                code
            }
            Err(Refused { errors, known }) => {
                refused += 1;
                asked += usize::from(!known.is_empty());
                for error in errors.clone() {
                    assert!(error.to_string().contains("\nhelp: "), "no cure: {error}\n{text}");
                }
                let errors = errors.to_compile_error();
                quote::quote!(#errors #known)
            }
        };
        let stub = stub::event(&input);
        for code in [code, stub] {
            assert!(syn::parse2::<syn::File>(code.clone()).is_ok(), "{text}\n{code}");
        }
    }
    assert!(
        expanded > 100 && refused > 1_000 && asked > 100,
        "{expanded} expanded, {refused} refused, of {asked} types were asked"
    );
}
