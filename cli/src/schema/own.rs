//! A type as the library takes it, and the manifest that types name.

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
/// own, where a type is of that; what says nothing of a contract is of that of the others.
pub(super) fn manifest(types: &[Input]) -> (Option<&OwnWord>, Vec<(&Input, &OwnWord)>) {
    let names = |ty: &Input| ty.manifest.is_none() && ty.own.is_of_contract();
    let said = || types.iter().filter_map(|ty| Some((ty, ty.manifest.as_ref()?)));
    let manifest = said().map(|(_, word)| word).next().filter(|_| !types.iter().any(names));
    let others = said().filter(|(_, word)| manifest.is_none_or(|manifest| manifest.text != word.text));
    (manifest, others.collect())
}
