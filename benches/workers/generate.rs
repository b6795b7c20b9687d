//! One measurement in a process of its own: prints how many nanoseconds it took, and the most memory that the process had, in KiB.

use std::path::PathBuf;
use std::time::Instant;
use std::{env, fs, process};

use kafka_event_codegen::Builder;

type Error = Box<dyn std::error::Error>;

fn main() -> Result<(), Error> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [what, path] = &arguments[..] else {
        return Err("what, and of which path".into());
    };
    let begun;
    match what.as_str() {
        "each" | "peer" => {
            let listed = fs::read_to_string(path)?;
            begun = Instant::now();
            if what == "each" { each(&listed)? } else { peer(&listed)? }
        }
        "contract" => {
            begun = Instant::now();
            let builder = Builder::new().schemas([path]);
            sink(&builder.emit(&builder.load()?)?.text);
        }
        "script" => {
            begun = Instant::now();
            Builder::new().schemas([path]).one_file_per_namespace(true).build()?;
        }
        _ => return Err(format!("{what} is not known").into()),
    }
    let took = begun.elapsed().as_nanos();
    // A build script speaks to cargo by the other.
    eprintln!("{took} {}", peak()?);
    // What the process would give back piece by piece, it gives back at once.
    process::exit(0)
}

fn each(listed: &str) -> Result<(), Error> {
    for path in listed.lines() {
        let builder = Builder::new().schemas([PathBuf::from(path)]);
        sink(&builder.emit(&builder.load()?)?.text);
    }
    Ok(())
}

#[cfg(feature = "peer")]
fn peer(listed: &str) -> Result<(), Error> {
    let generator = rsgen_avro::Generator::new().map_err(|error| error.to_string())?;
    for path in listed.lines() {
        let (text, mut generated) = (fs::read_to_string(path)?, Vec::new());
        let source = rsgen_avro::Source::SchemaStr(&text);
        generator.generate(&source, &mut generated).map_err(|error| error.to_string())?;
        sink(&String::from_utf8(generated)?);
    }
    Ok(())
}

#[cfg(not(feature = "peer"))]
fn peer(_: &str) -> Result<(), Error> {
    Err("built without the peer".into())
}

/// What a text is made for, somebody must want.
fn sink(text: &str) {
    assert!(!std::hint::black_box(text).is_empty(), "nothing was generated");
}

/// The most memory that this process has had. What `getrusage` says of it begins with its parent's.
fn peak() -> Result<u64, Error> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("the kernel does not say")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}
