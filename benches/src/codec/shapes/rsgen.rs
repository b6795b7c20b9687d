//! rsgen-avro's types of the shapes' schemas, made by the build script.

macro_rules! generated {
    ($($module:ident: $file:literal;)+) => {$(
        /// Of one schema.
        #[allow(warnings, clippy::all, clippy::restriction)]
        pub mod $module {
            include!(concat!(env!("OUT_DIR"), "/rsgen/", $file));
        }
    )+};
}

generated! {
    plain: "plain.rs";
    typed: "typed.rs";
    wide: "wide.rs";
    deep: "deep.rs";
    unions: "unions.rs";
    bytes: "bytes.rs";
    text: "text.rs";
}
