//! Nothing: the package beside it is what is tested.
