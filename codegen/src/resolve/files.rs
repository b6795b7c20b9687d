//! How files are told from one another, where their roots are types that are named after them.

use super::root::RawRoot;
use crate::collections::ByName;
use crate::name;

/// The ends of a path that are one file's alone, the shortest first: `orders.avsc`, else `shop/orders.avsc` and so on; all of it, where none is.
pub(crate) fn keys<'p>(paths: &[&'p str]) -> Vec<Vec<&'p str>> {
    let mut count: ByName<usize> = ByName::default();
    for end in paths.iter().flat_map(|path| ends(path)) {
        *count.or_default(end) += 1;
    }
    let of = |path: &&'p str| {
        let own: Vec<&str> = ends(path).filter(|end| count[end] == 1).collect();
        if own.is_empty() { vec![*path] } else { own }
    };
    paths.iter().map(of).collect()
}

/// A path's ends, the file alone first.
fn ends(path: &str) -> impl Iterator<Item = &str> {
    let begins = path.rmatch_indices('/').map(|(slash, _)| slash + 1);
    let whole = (!path.starts_with('/')).then_some(0);
    begins.chain(whole).map(|begin| &path[begin..])
}

/// The names of files, without what says that they are schemas; those of one name as so many of the folders around them, too, as tell them apart.
pub(super) fn names(roots: &[&RawRoot]) -> Vec<String> {
    let mut alike: ByName<Vec<usize>> = ByName::default();
    for (place, root) in roots.iter().enumerate() {
        alike.or_default(&name::upper_camel(stem(&root.path))).push(place);
    }
    let mut names: Vec<String> = roots.iter().map(|root| stem(&root.path).to_owned()).collect();
    for (_, places) in alike.iter().filter(|(_, places)| places.len() > 1) {
        let folders = |place: &usize| roots[*place].path.rsplit('/').skip(1);
        let most = places.iter().map(|place| folders(place).count()).max().unwrap_or_default();
        let with = |depth: usize| -> Vec<String> {
            let name = |place| {
                let mut parts: Vec<&str> = folders(place).filter(|folder| !folder.is_empty()).take(depth).collect();
                parts.reverse();
                parts.push(stem(&roots[*place].path));
                parts.join("_")
            };
            places.iter().map(name).collect()
        };
        let differ = |names: &Vec<String>| {
            let mut cased: Vec<String> = names.iter().map(|name| name::upper_camel(name)).collect();
            cased.sort_unstable();
            cased.windows(2).all(|two| two[0] != two[1])
        };
        // Files of one folder, which differ in their case or in what is behind the dot, are told from one another as other names are that meet.
        let told = (1..=most).map(with).find(differ).unwrap_or_else(|| with(1));
        for (place, name) in places.iter().zip(told) {
            names[*place] = name;
        }
    }
    names
}

/// A file's name without what says that it is a schema.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_each_end_of_its_path_that_is_no_others() {
        let paths = ["a/x/e.avsc", "b/x/e.avsc", "f.avsc", "/e.avsc", "/e.avsc"];
        assert_eq!(
            keys(&paths),
            [
                vec!["a/x/e.avsc"],
                vec!["b/x/e.avsc"],
                vec!["f.avsc"],
                vec!["/e.avsc"],
                vec!["/e.avsc"]
            ]
        );
        assert_eq!(keys(&["s/a/e.avsc", "s/f.avsc"])[0], ["e.avsc", "a/e.avsc", "s/a/e.avsc"]);
    }
}
