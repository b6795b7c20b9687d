//! Writes the seeds of each target into its corpus, `fuzz/corpus/TARGET`, beside what the fuzzer has found before.

use std::fs;
use std::path::Path;

fn main() -> std::io::Result<()> {
    for target in fuzz::TARGETS {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target.name);
        fs::create_dir_all(&corpus)?;
        for (name, bytes) in fuzz::seeds::of(target.name) {
            fs::write(corpus.join(name), bytes)?;
        }
    }
    Ok(())
}
