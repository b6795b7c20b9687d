//! Values by their names.

use std::collections::BTreeMap;
use std::ops::{Bound, Index};

/// Values by their names, in the order of those.
#[derive(Debug, Clone)]
pub(crate) struct ByName<T> {
    places: BTreeMap<String, usize>,
    values: Vec<T>,
}

// Not derived, since it needs no default of the values.
impl<T> Default for ByName<T> {
    fn default() -> Self {
        Self {
            places: BTreeMap::new(),
            values: Vec::new(),
        }
    }
}

impl<T> ByName<T> {
    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    /// A name that is there, as the map has it.
    pub(crate) fn key(&self, name: &str) -> Option<&str> {
        self.places.get_key_value(name).map(|(name, _)| name.as_str())
    }

    pub(crate) fn get(&self, name: &str) -> Option<&T> {
        self.places.get(name).map(|place| &self.values[*place])
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        self.places.get(name).map(|place| &mut self.values[*place])
    }

    /// Puts a value in, and gives the one that had the name.
    pub(crate) fn insert(&mut self, name: String, value: T) -> Option<T> {
        if let Some(known) = self.get_mut(&name) {
            return Some(std::mem::replace(known, value));
        }
        self.places.insert(name, self.values.len());
        self.values.push(value);
        None
    }

    /// The value of a name, the default where there was none.
    pub(crate) fn or_default(&mut self, name: &str) -> &mut T
    where
        T: Default,
    {
        let place = match self.places.get(name) {
            Some(place) => *place,
            None => {
                self.places.insert(name.to_owned(), self.values.len());
                self.values.push(T::default());
                self.values.len() - 1
            }
        };
        &mut self.values[place]
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.places.iter().map(|(name, place)| (name.as_str(), &self.values[*place]))
    }

    /// The first name that is this one, or behind it.
    pub(crate) fn first_from(&self, name: &str) -> Option<(&str, &T)> {
        let (first, place) = self.places.range::<str, _>((Bound::Included(name), Bound::Unbounded)).next()?;
        Some((first, &self.values[*place]))
    }
}

impl<T: Default> ByName<T> {
    /// The values themselves, in the order of their names.
    pub(crate) fn into_entries(mut self) -> impl Iterator<Item = (String, T)> {
        let places = self.places.into_iter();
        places.map(move |(name, place)| (name, std::mem::take(&mut self.values[place])))
    }
}

impl<T> Index<&str> for ByName<T> {
    type Output = T;

    fn index(&self, name: &str) -> &T {
        &self.values[self.places[name]]
    }
}

impl<T> Extend<(String, T)> for ByName<T> {
    fn extend<I: IntoIterator<Item = (String, T)>>(&mut self, entries: I) {
        for (name, value) in entries {
            self.insert(name, value);
        }
    }
}

impl<T> FromIterator<(String, T)> for ByName<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(entries: I) -> Self {
        let mut all = Self::default();
        all.extend(entries);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order_and_keep_their_values() {
        let mut known: ByName<u8> = [("c".to_owned(), 3), ("a".to_owned(), 1)].into_iter().collect();
        *known.or_default("b") += 2;
        *known.or_default("a") += 10;
        assert_eq!(known.insert("c".to_owned(), 4), Some(3));
        let all = [("a", &11), ("b", &2), ("c", &4)];
        assert!(known.iter().eq(all));
        assert_eq!((known.len(), known["b"], known.get("d")), (3, 2, None));
        assert_eq!(known.first_from("aa"), Some(("b", &2)));
        assert_eq!(known.first_from("d"), None);
        assert!(known.into_entries().eq(all.map(|(name, value)| (name.to_owned(), *value))));
    }
}
