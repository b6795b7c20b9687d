//! A type as the library takes it.

use kafka_event_attributes::{Errors, Own, read};
use kafka_event_codegen::emit::own::everlasting;

use super::rust::Type;

/// A type of one of the kinds that a contract has something for; or all that the derive would refuse of it, but that it does not say yet what it
/// is.
pub(super) fn own(ty: &Type) -> syn::Result<Own> {
    let mut errors = Errors::default();
    let read = read(&ty.input, &mut errors);
    let own = errors.finish(read.map(|read| read.own))?;
    let unfit = everlasting(own.start()).into_iter();
    let unfit = unfit.map(|error| syn::Error::new(error.span, error.message));
    let all = unfit.reduce(|mut all, error| {
        all.combine(error);
        all
    });
    all.map_or(Ok(own), Err)
}
