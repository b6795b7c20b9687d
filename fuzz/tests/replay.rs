//! The targets over their seeds, and over what once failed: files of `fuzz/found/TARGET`, each a regression test.

use std::fs;
use std::path::Path;

#[test]
fn seeds() {
    for target in fuzz::TARGETS {
        let seeds = fuzz::seeds::of(target.name);
        assert!(!seeds.is_empty(), "{}", target.name);
        let all = seeds.len();
        let taken = seeds.into_iter().filter(|(name, bytes)| {
            eprintln!("{} {name}", target.name);
            (target.run)(bytes)
        });
        // Some are what is refused: a record that cannot be read as another, a tombstone where there is none.
        let taken = taken.count();
        assert!(taken > all / 2, "{}: {taken} of {all}", target.name);
    }
}

#[test]
fn found() {
    let mut inputs = 0;
    for target in fuzz::TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("found").join(target.name);
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            eprintln!("{}", path.display());
            (target.run)(&fs::read(path).unwrap());
            inputs += 1;
        }
    }
    assert!(inputs > 0);
}
