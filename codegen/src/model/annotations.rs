//! What a schema says beyond Avro's own words of types that have no name.

use std::collections::HashSet;

use crate::avro::Json;

/// Properties of a type that has no name, and of the types in it: Avro gives them no meaning, and some readers do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Annotations {
    /// The type's own, in the order of the schema; of a logical type also the words that make it one.
    pub properties: Vec<(String, Json)>,
    /// Those of an array's items or a map's values, at place 0, or of a union's branches, at theirs; types without any are left out.
    pub inner: Vec<(usize, Annotations)>,
}

impl Annotations {
    /// Those of the type at a place.
    #[must_use]
    pub fn at(&self, place: usize) -> &Self {
        static NONE: Annotations = Annotations {
            properties: Vec::new(),
            inner: Vec::new(),
        };
        self.inner
            .iter()
            .find(|(known, _)| *known == place)
            .map_or(&NONE, |(_, inner)| inner)
    }

    fn is_empty(&self) -> bool {
        self.properties.is_empty() && self.inner.is_empty()
    }

    /// Those of a type as a schema writes it.
    pub(crate) fn of(json: &Json) -> Self {
        let mut found = Self::default();
        match json {
            Json::Array(branches) => branches.iter().enumerate().for_each(|(place, branch)| found.add(place, branch)),
            Json::Object(entries) => {
                let inner = match json.get("type") {
                    // A named type has its own.
                    Some(Json::String(kind)) if matches!(kind.as_str(), "record" | "error" | "enum" | "fixed") => return found,
                    Some(Json::String(kind)) if kind == "array" => "items",
                    Some(Json::String(kind)) if kind == "map" => "values",
                    Some(Json::String(_)) | None => "",
                    Some(nested) => {
                        found = Self::of(nested);
                        ""
                    }
                };
                if let Some(inner) = json.get(inner) {
                    found.add(0, inner);
                }
                // Of a property that stands around a type as well as in it, the inner one counts.
                let known: HashSet<String> = found.properties.iter().map(|(key, _)| key.clone()).collect();
                let own = entries
                    .iter()
                    .filter(|(key, _)| key != "type" && key != inner && !known.contains(key));
                found.properties.extend(own.cloned());
            }
            _ => {}
        }
        found
    }

    fn add(&mut self, place: usize, json: &Json) {
        let inner = Self::of(json);
        if !inner.is_empty() {
            self.inner.push((place, inner));
        }
    }
}
