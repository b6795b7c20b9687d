//! `#[kafka(…)]` on the struct.

use syn::LitStr;

/// What the attribute says.
pub(crate) struct Attribute {
    pub(crate) topic: LitStr,
    pub(crate) manifest: Option<LitStr>,
}

/// Reads the attribute: unknown, repeated, empty and malformed words are errors where they stand.
pub(crate) fn parse(input: &syn::DeriveInput) -> syn::Result<Attribute> {
    let (mut topic, mut manifest) = (None, None);
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("kafka")) {
        attribute.parse_nested_meta(|meta| {
            let slot = if meta.path.is_ident("topic") {
                &mut topic
            } else if meta.path.is_ident("manifest") {
                &mut manifest
            } else {
                return Err(meta.error("unknown word\nhelp: `#[kafka(…)]` takes `topic = \"…\"` and `manifest = \"…\"`"));
            };
            if slot.is_some() {
                return Err(meta.error("stands twice\nhelp: leave one of them"));
            }
            let value: LitStr = meta.value()?.parse()?;
            if value.value().is_empty() {
                return Err(syn::Error::new(value.span(), "is empty\nhelp: write a name between the quotes"));
            }
            *slot = Some(value);
            Ok(())
        })?;
    }
    match topic {
        Some(topic) => Ok(Attribute { topic, manifest }),
        None => Err(syn::Error::new(
            input.ident.span(),
            "the event does not say its topic\nhelp: add `#[kafka(topic = \"…\")]` to the struct",
        )),
    }
}
