//! What schemas and manifests say is text, and never becomes code.

use crate::{SCHEMA, TOPIC, manifest_of};
use std::fs;

use kafka_event_codegen::Builder;

/// Texts that would end a comment, a string or an attribute if they were pasted.
const HOSTILE: &[&str] = &[
    "*/ compile_error!(\"x\"); /*",
    "\"); compile_error!(\"x\"); (\"",
    "\"##\"# compile_error!(\"x\")",
    "]\ncompile_error!(\"x\");\n#[doc = \"",
    "\\\" \\u{0} {} %s $crate",
    "\u{202e}right to left\u{2028}\u{0}",
    "<script>alert(1)</script> [link]: <https://example.invalid> `",
];

#[test]
fn texts_stay_texts() {
    for hostile in HOSTILE {
        let quoted = serde_json::to_string(hostile).unwrap();
        let schema = SCHEMA
            .replace(
                "\"fields\": [\n",
                &format!("\"doc\": {quoted}, \"x-owner\": {quoted}, \"fields\": [\n"),
            )
            .replace(
                "\"string\"},\n",
                &format!("\"string\", \"doc\": {quoted}, \"default\": {quoted}}},\n"),
            );
        let manifest = manifest_of(&format!(
            "{TOPIC}doc = {toml}\nconfig = {{ {line} = {line} }}\n[groups.g]\ntopics = [\"jobs\"]\ndoc = {toml}\n\
             [groups.g.dead-letter]\nconfig = {{ {line} = {line} }}\n",
            toml = toml(hostile),
            // A setting is one line of text.
            line = toml(&hostile.replace(char::is_control, ""))
        ));
        let folder = tempfile::tempdir().unwrap();
        let schemas = folder.path().join("schemas");
        fs::create_dir(&schemas).unwrap();
        fs::write(schemas.join("job.avsc"), schema).unwrap();
        fs::write(schemas.join("topics.toml"), manifest).unwrap();
        let builder = Builder::new().below(folder.path());
        let contract = builder.load().unwrap_or_else(|report| panic!("{hostile}: {report}"));
        let generated = builder.emit(&contract).unwrap();
        let file = syn::parse_file(&generated.text).expect("it is Rust");
        assert!(!calls_compile_error(&file), "{hostile} became code:\n{}", generated.text);
    }
}

/// A text as a TOML string.
fn toml(text: &str) -> String {
    let escaped: String = text.chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect();
    format!("\"{escaped}\"")
}

/// Whether a token outside of literals names the macro that the hostile texts call.
fn calls_compile_error(file: &syn::File) -> bool {
    fn within(tokens: proc_macro2::TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            proc_macro2::TokenTree::Ident(ident) => ident == "compile_error",
            proc_macro2::TokenTree::Group(group) => within(group.stream()),
            _ => false,
        })
    }
    within(quote::quote!(#file))
}

#[test]
fn the_check_sees_code() {
    assert!(calls_compile_error(&syn::parse_str("fn f() { compile_error!(\"x\") }").unwrap()));
    assert!(!calls_compile_error(
        &syn::parse_str("/// compile_error!(\"x\")\nfn f() {}").unwrap()
    ));
}
