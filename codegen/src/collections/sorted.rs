//! Lists in the order of numbers.

/// Sorts by numbers; those of one number stay as they stand. What is sorted is the numbers, so that all types share one sort.
pub(crate) fn sort_by_number<T>(items: &mut Vec<T>, number: impl Fn(&T) -> u64) {
    let mut order: Vec<(u64, usize)> = Vec::new();
    let mut unsorted: Vec<Option<T>> = Vec::new();
    for item in items.drain(..) {
        order.push((number(&item), order.len()));
        unsorted.push(Some(item));
    }
    order.sort_unstable();
    for (_, place) in order {
        items.extend(unsorted[place].take());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_of_one_number_stays_as_it_stands() {
        let mut words = vec!["ccc", "a", "bb", "b", "aaa", "c"];
        sort_by_number(&mut words, |word| word.len() as u64);
        assert_eq!(words, ["a", "b", "c", "bb", "ccc", "aaa"]);
    }
}
