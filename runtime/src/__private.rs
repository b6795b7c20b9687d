//! What generated code needs, and nobody else: outside of semantic versioning.

/// The version of the shape of generated code that this runtime fits; generated code asserts that its own is equal.
pub const FORMAT: u32 = 1;

/// The value that a builder's type proves to be there.
#[inline]
#[must_use]
#[track_caller]
pub fn required<T>(value: Option<T>) -> T {
    value.expect("a builder reaches its last step only through every required field")
}

/// The error of a place that is not among a subscription's topics.
#[cold]
#[must_use]
pub fn no_such_topic() -> crate::DecodeError {
    crate::DecodeError::whole(crate::codec::error::Kind::Framing(
        "a message of a topic that the group does not read",
    ))
}
