//! Every real schema with a decimal is taken (specification, "Logical Types").

use std::path::{Path, PathBuf};
use std::{env, fs};

use kafka_event_codegen::model::{FixedLogical, Logical, Named, Type};
use kafka_event_codegen::{Builder, Contract};
use test_corpus::has_corpus;

fn schemas(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            schemas(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "avsc" || extension == "json") {
            let text = fs::read_to_string(&path).unwrap_or_default();
            if text.contains("\"decimal\"") || text.contains("\"big-decimal\"") {
                found.push(path);
            }
        }
    }
}

fn has_decimal(contract: &Contract) -> bool {
    fn is_decimal(ty: &Type) -> bool {
        match ty {
            Type::Logical(Logical::Decimal { .. } | Logical::BigDecimal) => true,
            Type::Array(inner) | Type::Map(inner) | Type::Nullable { inner, .. } => is_decimal(inner),
            Type::Union(union) => union.branches.iter().any(is_decimal),
            _ => false,
        }
    }
    contract.model.types().any(|(_, named)| match named {
        Named::Record(record) => record.fields.iter().any(|field| is_decimal(&field.ty)),
        Named::Fixed(fixed) => matches!(fixed.logical, Some(FixedLogical::Decimal { .. })),
        Named::Enum(_) => false,
    })
}

#[test]
fn real_schemas_with_decimals() {
    if !has_corpus() {
        return;
    }
    let corpus = PathBuf::from(env::var_os("KAFKA_EVENT_CORPUS").expect("it was set when this was built"));
    let mut found = Vec::new();
    schemas(&corpus.join("schemas"), &mut found);
    let mut decimals = 0;
    for path in &found {
        let contract = Builder::new().schemas([path]).load().unwrap_or_else(|report| panic!("{report}"));
        decimals += usize::from(has_decimal(&contract));
    }
    // Two are a decimal on bytes alone, from which nothing is generated.
    assert_eq!((found.len(), decimals), (10, 8), "{found:#?}");
}
