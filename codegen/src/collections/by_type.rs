//! What is known of types, by their ids, which are places in a list.

use std::ops::Index;

use crate::model::{Model, TypeId};

/// A value for each of some types.
#[derive(Debug, Clone)]
pub(crate) struct ByType<T>(Vec<Option<T>>);

impl<T> Default for ByType<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> ByType<T> {
    pub(crate) fn get(&self, id: TypeId) -> Option<&T> {
        self.0.get(id.index())?.as_ref()
    }

    pub(crate) fn contains(&self, id: TypeId) -> bool {
        self.get(id).is_some()
    }

    /// Puts a value in, and gives the one that the type had.
    pub(crate) fn insert(&mut self, id: TypeId, value: T) -> Option<T> {
        self.place(id).replace(value)
    }

    /// The value of a type, the default where there was none.
    pub(crate) fn or_default(&mut self, id: TypeId) -> &mut T
    where
        T: Default,
    {
        self.place(id).get_or_insert_default()
    }

    /// The value of a type, a new one where there was none.
    pub(crate) fn or_insert_with(&mut self, id: TypeId, make: impl FnOnce() -> T) -> &mut T {
        self.place(id).get_or_insert_with(make)
    }

    /// In the order of the types.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (TypeId, &T)> {
        let entries = self.0.iter().enumerate();
        entries.filter_map(|(index, value)| Some((Model::type_id(index), value.as_ref()?)))
    }

    /// The values themselves, in the order of the types.
    pub(crate) fn into_entries(self) -> impl Iterator<Item = (TypeId, T)> {
        let entries = self.0.into_iter().enumerate();
        entries.filter_map(|(index, value)| Some((Model::type_id(index), value?)))
    }

    fn place(&mut self, id: TypeId) -> &mut Option<T> {
        while self.0.len() <= id.index() {
            self.0.push(None);
        }
        &mut self.0[id.index()]
    }
}

impl<T> Index<TypeId> for ByType<T> {
    type Output = T;

    fn index(&self, id: TypeId) -> &T {
        self.get(id).expect("the type is known")
    }
}

/// Some types.
#[derive(Debug, Clone, Default)]
pub(crate) struct TypeSet(ByType<()>);

impl TypeSet {
    pub(crate) fn contains(&self, id: TypeId) -> bool {
        self.0.contains(id)
    }

    /// Puts a type in; `false` where it was there.
    pub(crate) fn insert(&mut self, id: TypeId) -> bool {
        self.0.insert(id, ()).is_none()
    }

    /// Takes a type out; `false` where it was not there.
    pub(crate) fn remove(&mut self, id: TypeId) -> bool {
        self.0.0.get_mut(id.index()).is_some_and(|known| known.take().is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_in_order_and_keep_their_values() {
        let [first, third] = [0, 2].map(Model::type_id);
        let mut known = ByType::default();
        known.insert(third, "c");
        *known.or_default(first) = "a";
        assert!(known.iter().eq([(first, &"a"), (third, &"c")]));
        assert_eq!((known.get(Model::type_id(1)), known.get(Model::type_id(9))), (None, None));
        assert_eq!((known[third], known.insert(third, "d")), ("c", Some("c")));
    }

    #[test]
    fn a_type_is_in_a_set_once() {
        let id = Model::type_id(3);
        let mut some = TypeSet::default();
        assert!(!some.contains(id) && some.insert(id) && !some.insert(id) && some.contains(id));
        assert!(!some.contains(Model::type_id(1)));
        assert!(some.remove(id) && !some.remove(id) && !some.contains(id));
        assert!(!some.remove(Model::type_id(9)));
    }
}
