//! A reader that names some of a writer's fields (specification, "Schema Resolution"): what is between them is passed over, and not decoded.

use kafka_event::Limits;
use test_evolution::{PAIRS, Read};

fn projection() -> Read {
    let pair = PAIRS.iter().find(|pair| pair.name == "own projection").unwrap();
    (pair.evolution)(pair.writer).unwrap_or_else(|error| panic!("{error}"))
}

/// A block with its size; what is in it is nobody's.
fn sized(count: u8, bytes: &[u8]) -> Vec<u8> {
    [&[2 * count - 1, 2 * bytes.len() as u8][..], bytes, &[0]].concat()
}

/// What the writer has between the reader's fields, each as it may be.
struct Between {
    seen: Vec<u8>,
    names: Vec<u8>,
    nulls: Vec<u8>,
    marks: Vec<u8>,
    tail: Vec<u8>,
}

impl Between {
    fn nothing() -> Self {
        let none = || vec![0];
        Self {
            seen: none(),
            names: none(),
            nulls: none(),
            marks: none(),
            tail: none(),
        }
    }

    /// With "id", a line of a count of 3, and a last of 9.
    fn bytes(&self) -> Vec<u8> {
        let line = [&[2, b'p'][..], &self.marks, &[6], b"hash!"].concat();
        let lines = [&[2][..], &line, &[0]].concat();
        let price = [4, 0x04, 0xe2];
        [
            &self.seen[..],
            &self.names,
            &[4, b'i', b'd'],
            &self.nulls,
            &lines,
            &price,
            &[18],
            &self.tail,
        ]
        .concat()
    }
}

/// "id", a line of a count of 3, and a last of 9, as the reader writes them.
const READ: &[u8] = &[4, b'i', b'd', 2, 6, 0, 18];

#[test]
fn what_is_passed_over_is_not_decoded() {
    let read = projection();
    let read = |between: &Between| {
        read(&between.bytes(), Limits::DEFAULT)
            .map(|(owned, borrowed)| {
                assert_eq!(owned, borrowed);
                owned
            })
            .map_err(|error| error.to_string())
    };
    assert_eq!(read(&Between::nothing()).as_deref(), Ok(READ));
    let nothing = Between::nothing;
    for between in [
        // Blocks that say their size are jumped over, whatever is in them.
        Between {
            names: sized(3, &[0xff; 9]),
            ..nothing()
        },
        Between {
            marks: sized(1, &[0xff; 5]),
            tail: sized(60, &[0xff; 60]),
            ..nothing()
        },
        // Several blocks, with a size and without: a map of one entry, twice.
        Between {
            names: [&[1, 6, 0xff, 0xff, 0xff][..], &[2, 2, b'k', 0, 0]].concat(),
            ..nothing()
        },
        // A union's record whose own unions are a map, and itself: text that is none, since nobody reads it.
        Between {
            seen: [&[4, 4][..], &[2, 2, 0xff, 2], &[1, 16], &[0xff; 8], &[0, 0], &[2, 2, 6, 0]].concat(),
            ..nothing()
        },
        Between {
            seen: vec![6, 126],
            marks: vec![6, 0, 2, 0xff, 2, 0, 0, 4, 7, 0],
            ..nothing()
        },
    ] {
        assert_eq!(read(&between).as_deref(), Ok(READ), "{:02x?}", between.bytes());
    }
    // What is no branch has no length.
    let wrong = Between {
        seen: vec![8],
        ..nothing()
    };
    assert_eq!(read(&wrong).unwrap_err(), "field `id`: branch 4 of a union of 4 (at byte 1)");
}

#[test]
fn what_is_passed_over_counts() {
    let read = projection();
    let read = |between: &Between, limits| read(&between.bytes(), limits).map_err(|error| error.to_string());
    let limits = |memory, depth| Limits {
        memory,
        depth,
        ..Limits::DEFAULT
    };
    // Nulls by the thousand.
    let nulls = Between {
        nulls: vec![0xd0, 0x0f, 0],
        ..Between::nothing()
    };
    assert!(read(&nulls, limits(1 << 12, 64)).is_ok());
    assert!(read(&nulls, limits(1000, 64)).unwrap_err().contains("more memory than the limit"));
    // Records that hold themselves, one in the other.
    let nested = |levels| Between {
        seen: [&[4][..], &[0, 2].repeat(levels), &[0, 0]].concat(),
        ..Between::nothing()
    };
    assert!(read(&nested(20), limits(1 << 20, 64)).is_ok());
    assert!(read(&nested(20), limits(1 << 20, 9)).unwrap_err().contains("nested deeper"));
    assert!(read(&nested(100_000), Limits::DEFAULT).unwrap_err().contains("nested deeper"));
}
