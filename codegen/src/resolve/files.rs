//! How files are told from one another, where their roots are types that are named after them.

use super::root::RawRoot;
use crate::collections::ByName;
use crate::name;

/// The ends of a path that are one file's alone, the shortest first: `orders.avsc`, else `shop/orders.avsc` and so on; else `./orders.avsc`.
pub(crate) fn keys(paths: &[&str]) -> Vec<Vec<String>> {
    let mut count: ByName<usize> = ByName::default();
    for path in paths {
        for end in ends(path) {
            *count.or_default(end) += 1;
        }
    }
    let mut keys = Vec::new();
    for path in paths {
        let mut own = Vec::new();
        for end in ends(path) {
            if count[end] == 1 {
                own.push(end.to_owned());
            }
        }
        // It is the end of another's.
        if own.is_empty() {
            own.push(format!("./{path}"));
        }
        keys.push(own);
    }
    keys
}

/// A path's ends, the file alone first.
fn ends(path: &str) -> Vec<&str> {
    let mut ends = Vec::new();
    let mut rest = path;
    while let Some(slash) = rest.rfind('/') {
        ends.push(&path[slash + 1..]);
        rest = &path[..slash];
    }
    if !rest.is_empty() {
        ends.push(path);
    }
    ends
}

/// The names of files, without what says that they are schemas; those of one name as so many of the folders around them, too, as tell them apart.
pub(super) fn names(roots: &[&RawRoot]) -> Vec<String> {
    let mut names = Vec::new();
    let mut alike: ByName<Vec<usize>> = ByName::default();
    for (place, root) in roots.iter().enumerate() {
        let name = with_folders(&root.path, 0);
        alike.or_default(&name::upper_camel(&name)).push(place);
        names.push(name);
    }
    for (_, places) in alike.iter() {
        if places.len() == 1 {
            continue;
        }
        let depth = depth_that_tells(roots, places);
        for place in places {
            names[*place] = with_folders(&roots[*place].path, depth);
        }
    }
    names
}

/// How many folders tell most of the files of one name apart. Those of one folder, which differ in their case or in what is behind the dot, are told
/// from one another as other names are that meet.
fn depth_that_tells(roots: &[&RawRoot], places: &[usize]) -> usize {
    let mut most = 1;
    for place in places {
        most = most.max(roots[*place].path.matches('/').count());
    }
    let (mut best, mut told) = (1, 0);
    for depth in 1..=most {
        let mut known: ByName<()> = ByName::default();
        for place in places {
            known.insert(name::upper_camel(&with_folders(&roots[*place].path, depth)), ());
        }
        if known.len() > told {
            (best, told) = (depth, known.len());
        }
    }
    best
}

/// A file's name with those of so many folders around it before it.
fn with_folders(path: &str, depth: usize) -> String {
    let (mut folders, mut name) = (path, String::new());
    for _ in 0..=depth {
        let (outer, part) = folders.rsplit_once('/').unwrap_or(("", folders));
        if name.is_empty() {
            name = stem(part).to_owned();
        } else if !part.is_empty() {
            name = format!("{part}_{name}");
        }
        folders = outer;
    }
    name
}

/// A file's name without what says that it is a schema.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_each_end_of_its_path_that_is_no_others() {
        let paths = ["a/x/e.avsc", "b/x/e.avsc", "f.avsc", "e.avsc"];
        assert_eq!(
            keys(&paths),
            [vec!["a/x/e.avsc"], vec!["b/x/e.avsc"], vec!["f.avsc"], vec!["./e.avsc"]]
        );
        assert_eq!(keys(&["s/a/e.avsc", "s/f.avsc"])[0], ["e.avsc", "a/e.avsc", "s/a/e.avsc"]);
    }
}
