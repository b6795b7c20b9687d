//! The types that rsgen-avro makes of the flagship's schemas.

use std::fs;
use std::path::Path;

use quote::{format_ident, quote};

use crate::table::Table;

pub(crate) fn add(table: &mut Table, schema: &Path) -> Result<(), Box<dyn std::error::Error>> {
    // Its UUIDs do not come through apache-avro's serde: it is given their text.
    let written = fs::read_to_string(schema)?;
    let text = written.replace(r#", "logicalType": "uuid""#, "");
    let mut generated = Vec::new();
    rsgen_avro::Generator::new()?.generate(&rsgen_avro::Source::SchemaStr(&text), &mut generated)?;
    let docs = format!("rsgen-avro's {}.", schema.display());
    let module = table.module(&quote!(#[doc = #docs] #[allow(missing_docs)]), &String::from_utf8(generated)?)?;
    let root: serde_json::Value = serde_json::from_str(&text)?;
    let name = format_ident!("{}", root["name"].as_str().ok_or("a schema without a name")?);
    table.peers.push(quote! {
        crate::Peer { written: #written, source: #text, carried: crate::carried::<#module::#name> }
    });
    Ok(())
}
