//! Types in the words of messages.

use crate::avro::primitive_name;
use crate::model::{Model, Named, Type};

/// A type in words.
pub(crate) fn described(model: &Model, ty: &Type) -> String {
    match ty {
        Type::Array(_) => "an array".to_owned(),
        Type::Map(_) => "a map".to_owned(),
        Type::Nullable { inner, .. } => format!("{} or null", described(model, inner)),
        Type::Union(_) => "a union".to_owned(),
        Type::Named(id) | Type::Boxed(id) => {
            let named = model.named(*id);
            let kind = match named {
                Named::Record(_) => "record",
                Named::Enum(_) => "enum",
                Named::Fixed(_) => "fixed",
            };
            format!("the {kind} `{}`", named.name().full())
        }
        Type::Logical(logical) => format!("`{}`", logical.avro_name()),
        primitive => format!("`{}`", primitive_name(primitive)),
    }
}
