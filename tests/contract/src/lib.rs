//! Services with one contract; what they do together is in `tests`.
