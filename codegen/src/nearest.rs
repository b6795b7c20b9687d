//! The word that is meant by one that is not known.

/// The known word that is nearest to one that is not known, where one is near.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // What is below is compiled once.
    nearest_of(word, &known.into_iter().collect::<Vec<_>>())
}

fn nearest_of<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    // Longer words are no slips of a finger.
    const LENGTH_MAX: usize = 256;
    let lower = |text: &str| text.chars().take(LENGTH_MAX + 1).flat_map(char::to_lowercase).collect::<Vec<_>>();
    let word = lower(word);
    if word.len() > LENGTH_MAX {
        return None;
    }
    let allowed = (word.len() / 3).clamp(1, 4);
    known
        .iter()
        // Most differ in their length alone, of which their bytes are a bound.
        .filter(|candidate| candidate.len() + allowed >= word.len() && candidate.len() <= 4 * (word.len() + allowed))
        .filter_map(|candidate| Some((distance(&word, &lower(candidate), allowed)?, *candidate)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Levenshtein's, with two neighbours exchanged as one slip, as far as it is no more than some.
fn distance(left: &[char], right: &[char], most: usize) -> Option<usize> {
    if left.len().abs_diff(right.len()) > most {
        return None;
    }
    let far = most + 1;
    let [mut before, mut next] = [(); 2].map(|()| vec![far; right.len() + 1]);
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, l) in left.iter().enumerate() {
        // What is farther from the middle than that is farther in all.
        let (first, last) = (i.saturating_sub(most), (i + 1 + most).min(right.len()));
        next.fill(far);
        if first == 0 {
            next[0] = i + 1;
        }
        for (j, r) in right.iter().enumerate().take(last).skip(first) {
            let mut least = (row[j] + usize::from(l != r)).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *l == right[j - 1] && left[i - 1] == *r {
                least = least.min(before[j - 1] + 1);
            }
            next[j + 1] = least;
        }
        if next.iter().chain(&row).all(|slips| *slips > most) {
            return None;
        }
        std::mem::swap(&mut before, &mut row);
        std::mem::swap(&mut row, &mut next);
    }
    Some(row[right.len()]).filter(|slips| *slips <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of all words, and not of those alone that are near.
    fn plain(left: &[char], right: &[char]) -> usize {
        let (Some((l, lefts)), Some((r, rights))) = (left.split_last(), right.split_last()) else {
            return left.len().max(right.len());
        };
        let mut least = plain(lefts, rights) + usize::from(l != r);
        least = least.min(plain(lefts, right) + 1).min(plain(left, rights) + 1);
        if let ([lefts @ .., before, _], [rights @ .., other, _]) = (left, right)
            && (before, l) == (r, other)
        {
            least = least.min(plain(lefts, rights) + 1);
        }
        least
    }

    #[test]
    fn a_distance_is_what_it_is_as_far_as_it_is_asked_for() {
        let mut words: Vec<Vec<char>> = vec![Vec::new()];
        for length in 0..4 {
            let longer: Vec<_> = words.iter().filter(|word| word.len() == length).cloned().collect();
            words.extend(
                longer
                    .iter()
                    .flat_map(|word| ['a', 'b', 'c'].map(|letter| [&word[..], &[letter]].concat())),
            );
        }
        for (left, right) in words.iter().flat_map(|left| words.iter().map(move |right| (left, right))) {
            let slips = plain(left, right);
            for most in 0..=4 {
                let expected = Some(slips).filter(|slips| *slips <= most);
                assert_eq!(distance(left, right, most), expected, "{left:?} {right:?} {most}");
            }
        }
    }
}
