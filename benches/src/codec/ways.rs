//! Ways to do the same thing, for which times are taken and allocations counted.

use std::fmt::Display;

use anyhow::Result;

/// One way, which does its work as often as it is told.
pub struct Way {
    /// What the tables call it.
    pub name: String,
    /// The work.
    pub work: Box<dyn FnMut(u64)>,
}

/// Ways to do the same thing, ours first: the others' ratios are to it.
pub struct Group {
    /// What the tables call it.
    pub name: String,
    /// The ways.
    pub ways: Vec<Way>,
    /// Who cannot do it, and why.
    pub absent: Vec<(String, String)>,
}

const PAGE: usize = 4096;

impl Group {
    pub(super) fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ways: Vec::new(),
            absent: Vec::new(),
        }
    }

    /// Adds a way that is known to work.
    pub(super) fn way(&mut self, name: &str, mut once: impl FnMut() + 'static) {
        let work = move |times| (0..times).for_each(|_| once());
        self.ways.push(Way {
            name: name.to_owned(),
            work: Box::new(work),
        });
    }

    /// Adds a way that appends so many bytes to a buffer, which is there.
    pub(super) fn way_into(&mut self, name: &str, size: usize, mut once: impl FnMut(&mut Vec<u8>) + 'static) {
        let mut buffer = Vec::with_capacity(PAGE + 2 * size + 1024);
        let mut start = 0;
        let work = move |times| {
            // Each round elsewhere in a page: how fast a processor copies depends on where both ends lie in theirs.
            start = (start + PAGE / 128 * 37) % PAGE;
            buffer.resize(start, 0);
            for _ in 0..times {
                buffer.truncate(start);
                once(&mut buffer);
            }
        };
        self.ways.push(Way {
            name: name.to_owned(),
            work: Box::new(work),
        });
    }

    /// The same of one that may be refused.
    pub(super) fn offer_into(&mut self, name: &str, tried: Result<()>, size: usize, once: impl FnMut(&mut Vec<u8>) + 'static) {
        match tried {
            Ok(()) => self.way_into(name, size, once),
            Err(reason) => self.cannot(name, format!("{reason:#}")),
        }
    }

    /// Adds a way that may be refused: what is measured does what ours does, or it is named with what it says.
    pub(super) fn offer(&mut self, name: &str, tried: Result<()>, once: impl FnMut() + 'static) {
        match tried {
            Ok(()) => self.way(name, once),
            Err(reason) => self.cannot(name, format!("{reason:#}")),
        }
    }

    /// Names who cannot do it.
    pub(super) fn cannot(&mut self, name: &str, reason: impl Display) {
        // Whole schemas stand in the middle of some.
        let reason: Vec<char> = reason.to_string().chars().collect();
        let told = match reason.len() {
            ..=240 => reason.into_iter().collect(),
            length => [&reason[..80], &[' ', '…', ' '], &reason[length - 150..]]
                .concat()
                .into_iter()
                .collect(),
        };
        self.absent.push((name.to_owned(), told));
    }
}
