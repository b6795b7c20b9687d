//! Namespaces as modules, in one file or each in its own.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::allow;
use super::scope::ident;
use crate::collections::ByName;
use crate::fingerprint::crc64;
use crate::model::TypeName;
use crate::name::free;

/// A namespace as a module.
#[derive(Default)]
pub(super) struct Module {
    avro: String,
    children: ByName<Module>,
    pub(super) items: Vec<TokenStream>,
}

impl Module {
    /// The module of a type.
    pub(super) fn enter(&mut self, name: &TypeName) -> &mut Self {
        let mut module = self;
        for part in &name.namespace {
            let avro = if module.avro.is_empty() {
                part.avro.clone()
            } else {
                format!("{}.{}", module.avro, part.avro)
            };
            module = module.children.or_default(&part.rust);
            module.avro = avro;
        }
        module
    }

    /// All of it; where there are parts, what stands in a namespace becomes one, and is included.
    pub(super) fn into_tokens(self, mut parts: Option<&mut Parts<'_>>) -> TokenStream {
        let mut items = self.items;
        // What stands within a module has its lints.
        let allow = self.avro.is_empty().then(allow);
        if let Some(parts) = parts.as_deref_mut().filter(|_| !self.avro.is_empty() && !items.is_empty()) {
            let file = parts.add(&self.avro, items);
            items = vec![quote!(::core::include!(#file);)];
        }
        let children = self.children.into_entries().map(|(name, child)| {
            let doc = format!(" The namespace `{}`.", child.avro);
            let name = ident(&name);
            let body = child.into_tokens(parts.as_deref_mut());
            quote! {
                #[doc = #doc]
                #allow
                pub mod #name { #body }
            }
        });
        quote! { #(#items)* #(#children)* }
    }
}

/// The files of namespaces, in a folder beside the root's.
pub(super) struct Parts<'a> {
    folder: &'a str,
    taken: HashSet<String>,
    pub(super) files: Vec<(String, TokenStream)>,
}

impl<'a> Parts<'a> {
    pub(super) fn new(folder: &'a str) -> Self {
        Self {
            folder,
            taken: HashSet::new(),
            files: Vec::new(),
        }
    }

    fn add(&mut self, namespace: &str, items: Vec<TokenStream>) -> String {
        let file = self.file_name(namespace);
        let name = format!("{}/{file}.rs", self.folder);
        self.files.push((name.clone(), quote!(#(#items)*)));
        name
    }

    /// A namespace as a file's name, which is another for each wherever the case of names is no difference.
    fn file_name(&mut self, namespace: &str) -> String {
        const LONGEST: usize = 100;
        let plain = |character: char| character == '.' || character == '_' || character.is_ascii_alphanumeric();
        let mut name: String = namespace
            .chars()
            .map(|c| if plain(c) { c.to_ascii_lowercase() } else { '-' })
            .collect();
        if name.len() > LONGEST {
            name.truncate(LONGEST);
            name = format!("{name}-{:016x}", crc64(namespace.as_bytes()));
        }
        // Windows keeps some names for devices, whatever follows their first dot.
        let first = name.split('.').next().unwrap_or_default();
        let is_numbered = |device: &str| first.strip_prefix(device).is_some_and(|number| number.len() == 1);
        if matches!(first, "con" | "prn" | "aux" | "nul") || is_numbered("com") || is_numbered("lpt") {
            name.insert(0, '_');
        }
        free(&mut self.taken, &name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_namespace_has_a_file_name_of_its_own() {
        let mut parts = Parts::new("folder");
        let mut name = |namespace: &str| parts.file_name(namespace);
        assert_eq!(name("com.acme"), "com.acme");
        assert_eq!(name("com.Acme"), "com.acme_2");
        assert_eq!(name("com.cosmic-horizons"), "com.cosmic-horizons");
        assert_eq!(name("aux.acme"), "_aux.acme");
        assert_eq!(name("com1"), "_com1");
        assert_eq!(name("日本"), "--");
        let long = [name(&"a.".repeat(500)), name(&"a.".repeat(501))];
        assert!(long[0] != long[1] && long.iter().all(|name| name.len() < 200), "{long:?}");
    }
}
