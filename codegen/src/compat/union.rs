//! Which branch of the reader's union a value becomes.

use crate::model::{Model, Named, Type};

use super::resolver::{Match, is_promoted, matches, primitive};

/// A type's branches, where it is a union.
pub(super) fn branches(ty: &Type) -> Option<Vec<&Type>> {
    match ty {
        Type::Nullable { null_first: true, inner } => Some(vec![&Type::Null, inner]),
        Type::Nullable { null_first: false, inner } => Some(vec![inner, &Type::Null]),
        Type::Union(union) => Some(union.branches.iter().collect()),
        _ => None,
    }
}

/// The place of the branch that takes a value of the writer's: the first by full name or of the same type; else by an alias; else by the name without
/// its namespace; else the first to which the value is promoted. Of a fixed those of its size go before all others.
pub(super) fn chosen(reader: &Model, branches: &[&Type], writer: &Model, written: &Type) -> Option<usize> {
    let first = |wanted: &dyn Fn(&Type) -> bool| branches.iter().position(|branch| wanted(branch));
    match written {
        Type::Named(id) | Type::Boxed(id) => {
            let written = writer.named(*id);
            let by = |fits: fn(&Named, &Named) -> bool| {
                [Match::Full, Match::Alias, Match::Unqualified].into_iter().find_map(|wanted| {
                    first(&|branch| match branch {
                        Type::Named(id) | Type::Boxed(id) => {
                            fits(reader.named(*id), written) && matches(reader.named(*id), written) == Some(wanted)
                        }
                        _ => false,
                    })
                })
            };
            match written {
                // A fixed of another size takes no value: where no other takes it, it is the one whose size is told.
                Named::Fixed(_) => by(is_of_size).or_else(|| by(is_of_kind)),
                Named::Record(_) | Named::Enum(_) => by(is_of_kind),
            }
        }
        Type::Array(_) => first(&|branch| matches!(branch, Type::Array(_))),
        Type::Map(_) => first(&|branch| matches!(branch, Type::Map(_))),
        scalar => {
            let written = primitive(scalar);
            let same = first(&|branch| written.is_some() && primitive(branch) == written);
            same.or_else(|| {
                first(&|branch| {
                    primitive(branch)
                        .zip(written)
                        .is_some_and(|(reader, writer)| is_promoted(reader, writer))
                })
            })
        }
    }
}

pub(super) fn is_of_kind(reader: &Named, writer: &Named) -> bool {
    std::mem::discriminant(reader) == std::mem::discriminant(writer)
}

fn is_of_size(reader: &Named, writer: &Named) -> bool {
    matches!((reader, writer), (Named::Fixed(reader), Named::Fixed(writer)) if reader.size == writer.size)
}
