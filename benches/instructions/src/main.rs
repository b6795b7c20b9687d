//! Does one thing of the codec's many times, for valgrind to count the instructions of; without arguments it lists what there is.

mod events;

use std::hint::black_box;
use std::process::ExitCode;

use kafka_event::codec::{DecodeOwned, Encode};
use kafka_event::evolution::Evolution;
use kafka_event::{Record, from_avro, to_avro, to_avro_into, wire};

/// So often that the loop's own instructions vanish among them.
const TIMES: u32 = 1_000;

/// More pieces of one size than an event takes at once.
const PIECES: usize = 64;

/// What is done with an event.
const TASKS: [&str; 5] = ["encode", "decode", "decode-borrowed", "evolve", "evolve-borrowed"];

/// What is done with one that another version of the schema wrote.
const EVOLVED: &[&str] = &["evolve", "evolve-borrowed"];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let known = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => {
            list();
            true
        }
        ["plain", task] => run(task, &events::plain(), &Older::of(&events::older_plain())),
        ["turned", task] if EVOLVED.contains(&task) => run(task, &events::plain(), &Older::of(&events::turned_plain())),
        ["own", task] => run(task, &events::own(), &Older::of(&events::older_plain())),
        ["typed", task] => run(task, &events::typed(), &Older::of(&events::older_typed())),
        ["nested", task] => run(task, &events::nested(), &Older::of(&events::older_nested())),
        _ => false,
    };
    if known {
        return ExitCode::SUCCESS;
    }
    eprintln!("error: an event and what to do with it; without arguments, they are listed");
    ExitCode::FAILURE
}

fn list() {
    println!("{TIMES}");
    for (event, tasks) in [
        ("plain", &TASKS[..]),
        ("turned", EVOLVED),
        ("own", &TASKS),
        ("typed", &TASKS),
        ("nested", &TASKS),
    ] {
        tasks.iter().for_each(|task| println!("{event} {task}"));
    }
}

/// What another version of a schema wrote.
struct Older {
    schema: &'static str,
    bytes: Vec<u8>,
}

impl Older {
    fn of<T: Record + Encode<wire::Record>>(event: &T) -> Self {
        Self {
            schema: T::SCHEMA,
            bytes: to_avro(event).expect("an event is written"),
        }
    }
}

/// Does a task with an event, or with what another version of its schema wrote; `false` where there is no such task.
///
/// It is compiled once for a type, whichever versions there are: what has two callers is laid out in another way.
fn run<T: Record + Encode<wire::Record> + DecodeOwned<wire::Record>>(task: &str, event: &T, older: &Older) -> bool {
    let bytes = to_avro(event).expect("an event is written");
    let evolution = Evolution::<T>::from_schema(older.schema).expect("its older version is read");
    let older = &older.bytes;
    let mut buffer = Vec::with_capacity(2 * bytes.len());
    match task {
        "encode" => counted(&mut || {
            buffer.clear();
            to_avro_into(black_box(event), &mut buffer).expect("an event");
            black_box(&buffer);
        }),
        "decode" => counted(&mut || drop(black_box(from_avro::<T>(black_box(&bytes)).expect("an event")))),
        "decode-borrowed" => counted(&mut || {
            black_box(from_avro::<T::Ref<'_>>(black_box(&bytes)).expect("an event"));
        }),
        "evolve" => counted(&mut || drop(black_box(evolution.decode(black_box(older)).expect("an event")))),
        "evolve-borrowed" => counted(&mut || {
            black_box(evolution.decode_ref(black_box(older)).expect("an event"));
        }),
        _ => return false,
    }
    true
}

/// Does it some times uncounted, since the first may be of another price, and then [`TIMES`] times.
fn counted(work: &mut dyn FnMut()) {
    let _held = held();
    (0..10).for_each(|_| work());
    instructions_counted(work);
}

/// Memory of each size that an event takes, every other piece of it free again.
///
/// What came before leaves the allocator in one state or another, by what hash tables are seeded with. It gives a group of pieces back when none
/// is taken, and would do so, and ask for it again, each time in the one state and never in the other.
fn held() -> Vec<Vec<u8>> {
    let pieces = (1..=64).flat_map(|size| (0..PIECES).map(move |_| Vec::with_capacity(16 * size)));
    let pieces: Vec<Vec<u8>> = pieces.collect();
    pieces.into_iter().step_by(2).collect()
}

/// The only function that valgrind counts in, by this name.
#[inline(never)]
fn instructions_counted(work: &mut dyn FnMut()) {
    for _ in 0..TIMES {
        work();
    }
}
