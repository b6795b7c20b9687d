//! From definitions to the schema of a type: each is written where it is met first, and named from there on.

use std::cell::{OnceCell, RefCell};

use super::definition::{Definition, Form};
use crate::limits;
use crate::model::{Annotations, Field, Model, Type, TypeId, Union};

/// The schemas of a model in one form.
pub(crate) struct SchemaTexts<'m> {
    pub(crate) model: &'m Model,
    form: Form,
    /// By type; written when they are asked for.
    definitions: Box<[OnceCell<Box<Definition>>]>,
    met: RefCell<Met>,
    /// The namespace around a schema, as a definition states it.
    null_namespace: String,
}

/// The types that a walk has met: those whose number is the walk's.
struct Met {
    walk: u32,
    by_type: Box<[u32]>,
}

impl Met {
    fn insert(&mut self, id: TypeId) -> bool {
        let of_type = &mut self.by_type[id.index()];
        std::mem::replace(of_type, self.walk) != self.walk
    }
}

/// What a walk writes to.
trait Out {
    fn push(&mut self, text: &str);
    fn len(&self) -> usize;
}

impl Out for String {
    fn push(&mut self, text: &str) {
        self.push_str(text);
    }

    fn len(&self) -> usize {
        self.len()
    }
}

/// How long the text would be.
struct Length(usize);

impl Out for Length {
    fn push(&mut self, text: &str) {
        self.0 += text.len();
    }

    fn len(&self) -> usize {
        self.0
    }
}

struct Walk<'w, O> {
    out: &'w mut O,
    met: &'w mut Met,
    /// How many definitions are being written, one within the other.
    depth: usize,
    /// How many there were at the most.
    deepest: usize,
    /// No more text than this is written, or little more.
    most: usize,
}

impl<'m> SchemaTexts<'m> {
    pub(crate) fn new(model: &'m Model, form: Form) -> Self {
        let count = model.types().count();
        Self {
            model,
            form,
            definitions: std::iter::repeat_with(OnceCell::new).take(count).collect(),
            met: RefCell::new(Met {
                walk: 0,
                by_type: vec![0; count].into(),
            }),
            null_namespace: Definition::of_type(form, &Type::Null, &Annotations::default()).namespace,
        }
    }

    /// The definition of a named type.
    pub(crate) fn definition(&self, id: TypeId) -> &Definition {
        self.definitions[id.index()].get_or_init(|| Box::new(Definition::of(self.model, self.form, id)))
    }

    /// The schema of a type or a root.
    pub(crate) fn of(&self, id: TypeId) -> String {
        let mut text = String::new();
        self.walk(&mut text, id, usize::MAX);
        text
    }

    /// That of what a field holds.
    pub(crate) fn of_field(&self, field: &Field) -> String {
        self.of_type(&field.ty, &field.annotations)
    }

    /// That of a union.
    pub(crate) fn of_union(&self, union: &Union) -> String {
        self.of_type(&Type::Union(Box::new(union.clone())), &Annotations::default())
    }

    fn of_type(&self, ty: &Type, annotations: &Annotations) -> String {
        let definition = Definition::of_type(self.form, ty, annotations);
        let mut text = String::new();
        self.begin(&mut text, usize::MAX, |walk| self.within(&definition, walk));
        text
    }

    /// How long the schema of a type or a root is, and how deep its definitions nest; little beyond `most` bytes are counted.
    pub(crate) fn size(&self, id: TypeId, most: usize) -> (usize, usize) {
        let mut length = Length(0);
        let deepest = self.walk(&mut length, id, most);
        (length.0, deepest)
    }

    fn walk<O: Out>(&self, out: &mut O, id: TypeId, most: usize) -> usize {
        self.begin(out, most, |walk| match self.model.root(id) {
            Some(root) => self.within(&Definition::of_type(self.form, &root.ty, &root.annotations), walk),
            None => self.named(id, &self.null_namespace, walk),
        })
    }

    fn begin<O: Out>(&self, out: &mut O, most: usize, walk: impl FnOnce(&mut Walk<'_, O>)) -> usize {
        let mut met = self.met.borrow_mut();
        met.walk += 1;
        let mut state = Walk {
            out,
            met: &mut met,
            depth: 0,
            deepest: 0,
            most,
        };
        walk(&mut state);
        state.deepest
    }

    fn named<O: Out>(&self, id: TypeId, namespace: &str, walk: &mut Walk<'_, O>) {
        let definition = self.definition(id);
        let is_new = walk.met.insert(id);
        if is_new {
            walk.deepest = walk.deepest.max(walk.depth + 1);
        }
        // Deeper ones are refused, and the stack has its end.
        if !is_new || walk.depth >= limits::NESTED_DEFINITIONS || walk.out.len() > walk.most {
            // A name without a dot takes the namespace around it: one of the null namespace cannot be said within another, and no
            // valid schema needs it said, since it could not be read back.
            walk.out.push(&definition.name);
            return;
        }
        walk.depth += 1;
        walk.out.push(definition.head());
        if definition.namespace != namespace {
            walk.out.push(&definition.namespace);
        }
        self.within(definition, walk);
        walk.depth -= 1;
    }

    /// What stands behind a definition's head.
    fn within<O: Out>(&self, definition: &Definition, walk: &mut Walk<'_, O>) {
        for (before, id) in definition.types() {
            walk.out.push(before);
            self.named(id, &definition.namespace, walk);
        }
        walk.out.push(definition.end());
    }
}
