//! The derive as a function of tokens.

mod expansions;
mod refusals;
