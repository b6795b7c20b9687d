//! A type as the library takes it, and the manifest that types name.

use std::path::{Component, Path};

use kafka_event_attributes::{Errors, Input, read};
use kafka_event_codegen::emit::own::{OwnWord, everlasting};

use super::rust::Type;

/// A type of one of the kinds that a contract has something for; or all that the derive would refuse of it, but that it does not say yet what it
/// is.
pub(super) fn own(ty: &Type) -> syn::Result<Input> {
    let mut errors = Errors::default();
    let read = read(&ty.input, &mut errors);
    let input = errors.finish(read)?;
    let unfit = everlasting(input.own.start()).into_iter();
    let unfit = unfit.map(|error| syn::Error::new(error.span, error.message));
    let all = unfit.reduce(|mut all, error| {
        all.combine(error);
        all
    });
    all.map_or(Ok(input), Err)
}

/// The manifest that types name, from the package's folder, and those of them that are of another, with theirs: a start is of one. It is the package's
/// own, where a type that is meant is of that; what says nothing of a contract is of that of the others.
pub(super) fn manifest<'t>(
    types: &'t [Input],
    is_meant: impl Fn(&Input) -> bool,
    own: &str,
) -> (Option<&'t OwnWord>, Vec<(&'t Input, &'t OwnWord)>) {
    let is_own = |ty: &Input| match &ty.manifest {
        Some(word) => is_same(&word.text, own),
        None => ty.own.is_of_contract(),
    };
    let said = || types.iter().filter_map(|ty| Some((ty, ty.manifest.as_ref()?)));
    let first = said().find(|(ty, _)| is_meant(ty)).map(|(_, word)| word);
    let manifest = first.filter(|_| !types.iter().any(|ty| is_meant(ty) && is_own(ty)));
    let name = manifest.map_or(own, |word| word.text.as_str());
    let others = said().filter(|(_, word)| !is_same(&word.text, name));
    (manifest, others.collect())
}

/// Whether two paths are one as they are written, but for what says nothing.
fn is_same(one: &str, other: &str) -> bool {
    let parts = |path| Path::new(path).components().filter(|part| *part != Component::CurDir);
    parts(one).eq(parts(other))
}
