//! Generates types of random schemas, each in a module of its own, with a table of them.

use std::path::PathBuf;
use std::{env, fs};

use kafka_event_codegen::{Builder, load_text};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use rand::SeedableRng as _;
use rand::rngs::StdRng;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// How many: each is compiled.
const SCHEMAS: u64 = 48;

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=KAFKA_EVENT_TYPES");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    // The same in each build, but where another is asked for: what is compiled is compiled once.
    let seed: u64 = env::var("KAFKA_EVENT_TYPES").map_or(Ok(0), |seed| seed.parse())?;
    let (mut modules, mut rows) = (Vec::new(), Vec::new());
    for number in 0..SCHEMAS {
        let mut random = StdRng::seed_from_u64(seed.wrapping_add(number));
        let schema = test_schemas::random(&mut random);
        let (module, path) = generated(number, &schema, &out).map_err(|error| format!("{schema}\n{error}"))?;
        modules.push(module);
        rows.push(quote!(crate::Type { schema: #schema, carried: crate::carried::<#path> }));
    }
    let table = quote! {
        #(#modules)*
        /// What the schemas were drawn from.
        pub const DRAWN_FROM: u64 = #seed;
        /// A type for each schema.
        pub static TYPES: &[crate::Type] = &[#(#rows),*];
    };
    fs::write(out.join("table.rs"), table.to_string())?;
    Ok(())
}

/// The module of a schema's types, and the path of the one that is the whole.
fn generated(number: u64, schema: &str, out: &std::path::Path) -> Result<(TokenStream, TokenStream)> {
    let file = out.join(format!("t{number}.avsc"));
    fs::write(&file, schema)?;
    let builder = Builder::new().schemas([&file]).builders(false).clients(false).serde(true);
    let contract = builder.load()?;
    let code = format!("t{number}.rs");
    fs::write(out.join(&code), builder.emit(&contract)?.text)?;
    let (of_text, id) = load_text("schema", schema)?;
    let model = &contract.model;
    let (id, _) = match model.find(&of_text.model.name(id).full()) {
        Some((id, named)) => (id, named.name()),
        None => model.roots().next().map(|(id, root)| (id, &root.name)).ok_or("a file has a root")?,
    };
    let name = model.name(id);
    let parts = name.namespace.iter().chain([&name.ident]);
    let parts = parts.map(|part| match part.rust.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(&part.rust, Span::call_site()),
    });
    let module = format_ident!("t{number}");
    let (code, docs) = (format!("/{code}"), format!("The schema {number}."));
    let path = quote!(#module #(::#parts)*);
    Ok((
        quote!(#[doc = #docs] pub mod #module { include!(concat!(env!("OUT_DIR"), #code)); }),
        path,
    ))
}
