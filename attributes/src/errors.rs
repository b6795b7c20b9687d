//! What is wrong with attributes, each where it stands and with its cure.

use proc_macro2::Span;

/// All errors as one, so that all are shown.
#[derive(Debug, Default)]
pub struct Errors(Option<syn::Error>);

impl Errors {
    /// Adds one.
    pub fn add(&mut self, error: syn::Error) {
        match &mut self.0 {
            Some(errors) => errors.combine(error),
            None => self.0 = Some(error),
        }
    }

    /// Adds an error with its cure.
    pub fn refuse(&mut self, span: Span, why: &str, help: &str) {
        self.add(refused(span, why, help));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Ends with all of them, or with what was read where there are none.
    ///
    /// # Errors
    /// There are some, or nothing was read.
    pub fn finish<T>(self, read: Option<T>) -> syn::Result<T> {
        match (self.0, read) {
            (Some(errors), _) => Err(errors),
            (None, Some(read)) => Ok(read),
            (None, None) => Err(syn::Error::new(
                Span::call_site(),
                "what was written is not read, and nothing says why",
            )),
        }
    }
}

/// An error with its cure.
pub(crate) fn refused(span: Span, why: &str, help: &str) -> syn::Error {
    syn::Error::new(span, format!("{why}\nhelp: {help}"))
}
