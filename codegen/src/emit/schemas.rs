//! The schemas of types, as text and hashed, as they are embedded in code.

use std::cell::OnceCell;

use super::codec::Identity;
use crate::crc64::crc64;
use crate::model::{Model, TypeId, Union};
use crate::options::Choices;
use crate::schema_text::{Form, SchemaTexts, Shared};

/// What all emitters ask of a model's schemas, whose definitions are written once for all.
pub(crate) struct Schemas<'m> {
    pub(super) whole: SchemaTexts<'m>,
    canonical: SchemaTexts<'m>,
    layouts: SchemaTexts<'m>,
    shared: OnceCell<Shared>,
}

impl<'m> Schemas<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        Self {
            whole: SchemaTexts::new(model, Form::Whole),
            canonical: SchemaTexts::new(model, Form::Canonical),
            layouts: SchemaTexts::new(model, Form::Layout),
            shared: OnceCell::new(),
        }
    }

    /// What a type's or a root's schema is, written out.
    pub(crate) fn identity(&self, id: TypeId) -> Identity {
        Identity {
            full_name: self.whole.model.name(id).full(),
            schema: self.whole.of(id),
            fingerprint: self.fingerprint(id),
            layout: self.layout(id),
        }
    }

    pub(super) fn fingerprint(&self, id: TypeId) -> u64 {
        crc64(self.canonical.of(id).as_bytes())
    }

    /// The hash of a type's layout.
    pub(crate) fn layout(&self, id: TypeId) -> u64 {
        crc64(self.layouts.of(id).as_bytes())
    }

    /// The same of a union.
    pub(crate) fn union_layout(&self, union: &Union) -> u64 {
        crc64(self.layouts.of_union(union).as_bytes())
    }

    /// How long a type's schema is.
    pub(super) fn length(&self, id: TypeId) -> usize {
        self.whole.size(id, usize::MAX).0
    }

    /// The records that are generated here whose schemas are put together.
    pub(super) fn shared(&self, choices: &Choices) -> &Shared {
        self.shared.get_or_init(|| {
            let model = self.whole.model;
            let generated = model
                .types()
                .filter(|(id, _)| model.record(*id).is_some() && choices.external(*id).is_none());
            Shared::new(&self.whole, generated.map(|(id, _)| (id, self.length(id))))
        })
    }
}
