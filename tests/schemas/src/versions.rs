//! Random versions of a schema, by changes of which its readers take some and refuse others (specification, "Schema Resolution").

use rand::RngExt as _;
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom as _, SliceRandom as _};

use crate::LOGICAL;
use crate::model::{Definition, Field, Kind, Logical, Primitive, Schema, Type};

/// A random schema for a type that reads: with more defaults and aliases than others have, and with branches that are nearly alike. Each has a value.
#[must_use]
pub fn reader(random: &mut StdRng) -> String {
    loop {
        let mut schema = Schema::parse(&crate::random(random));
        // Twins are alike in all but their names, or their sizes.
        for _ in 0..random.random_range(0..6) {
            Change::of(&mut schema, random).twin();
        }
        for definition in schema.names.values_mut() {
            let Kind::Record(fields) = &mut definition.kind else { continue };
            let names: Vec<_> = fields.iter().map(|field| field.name.clone()).collect();
            for field in fields {
                match random.random_range(0..6) {
                    0 | 1 => field.aliases.push(format!("was_{}", field.name)),
                    // What another field is called now.
                    2 => field
                        .aliases
                        .extend(names.choose(random).filter(|name| **name != field.name).cloned()),
                    _ => {}
                }
            }
        }
        defaults(&mut schema, 2, random);
        let text = schema.has_its_unions().then(|| schema.text()).flatten();
        if let Some(text) = text.filter(|_| schema.value(random).is_some()) {
            return text;
        }
    }
}

/// A version of the schema, which has the same values or others, and some in common.
///
/// # Panics
/// It does not: the schema is a whole one.
#[must_use]
pub fn version(of: &Schema, random: &mut StdRng) -> Schema {
    loop {
        let mut schema = of.clone();
        for _ in 0..random.random_range(0..6) {
            Change::of(&mut schema, random).any();
            schema.prune();
        }
        // A writer's own defaults mean nothing to its readers.
        defaults(&mut schema, 3, random);
        if schema.has_its_unions() && schema.text().is_some() && schema.value(random).is_some() {
            return schema;
        }
    }
}

/// New defaults, for one in so many fields.
fn defaults(schema: &mut Schema, of: u32, random: &mut StdRng) {
    let mut places = Vec::new();
    for (name, definition) in &mut schema.names {
        let Kind::Record(fields) = &mut definition.kind else { continue };
        for (place, field) in fields.iter_mut().enumerate() {
            field.default = None;
            places.push((name.clone(), place));
        }
    }
    // Each may leave out what has a default before it.
    for (name, place) in places {
        if random.random_range(0..of) > 0 {
            continue;
        }
        let Kind::Record(fields) = &schema.names[&name].kind else {
            continue;
        };
        let default = schema.default(&fields[place].ty, random);
        if let Some(Definition {
            kind: Kind::Record(fields),
            ..
        }) = schema.names.get_mut(&name)
        {
            fields[place].default = default;
        }
    }
}

struct Change<'a> {
    schema: &'a mut Schema,
    names: Vec<String>,
    random: &'a mut StdRng,
}

impl<'a> Change<'a> {
    fn of(schema: &'a mut Schema, random: &'a mut StdRng) -> Self {
        let names = schema.names.keys().cloned().collect();
        Self { schema, names, random }
    }

    fn below(&mut self, end: usize) -> usize {
        self.random.random_range(0..end)
    }

    fn any(mut self) {
        match self.below(12) {
            0..=3 => self.ty(),
            4 => self.rename(),
            5 => self.twin(),
            _ => self.definition(),
        }
    }

    /// A type that is there.
    fn one_name(&mut self) -> Option<String> {
        self.names.choose(self.random).cloned()
    }

    /// A namespace or a name that is another.
    fn other_name(&mut self, name: &str) -> String {
        let (_, short) = name.rsplit_once('.').unwrap_or(("", name));
        match self.below(4) {
            0 => format!("{name}Renamed"),
            number => format!("{}.{short}", ["other", "x", "a.b"][number - 1]),
        }
    }

    /// Calls a type otherwise: by an alias of its reader's, in another namespace, or by no name that its readers know.
    fn rename(mut self) {
        let Some(name) = self.one_name() else { return };
        let aliases = self.schema.names[&name].aliases.clone();
        let to = match aliases.choose(self.random) {
            Some(alias) if self.below(2) == 0 => alias.clone(),
            _ => self.other_name(&name),
        };
        if self.schema.names.contains_key(&to) {
            return;
        }
        if let Some(definition) = self.schema.names.remove(&name) {
            self.schema.names.insert(to.clone(), definition);
        }
        self.schema.each_type(&mut |ty, _| {
            if *ty == Type::Named(name.clone()) {
                *ty = Type::Named(to.clone());
            }
        });
    }

    /// A second type of the same or an older name beside one: in a union with it, or in one of its places.
    fn twin(mut self) {
        let Some(name) = self.one_name() else { return };
        let to = self.other_name(&name);
        if self.schema.names.contains_key(&to) {
            return;
        }
        let mut twin = self.schema.names[&name].clone();
        if let Kind::Fixed(size, None) = &mut twin.kind {
            *size += self.random.random_range(0..2);
        }
        if self.below(2) == 0 {
            twin.aliases = vec![name.clone()];
        }
        self.schema.names.insert(to.clone(), twin);
        let named = Type::Named(name);
        self.at_one(&|ty, _| *ty == named, &mut |ty, is_branch, random| {
            let twin = Type::Named(to.clone());
            if !is_branch && random.random() {
                let mut branches = vec![ty.clone(), twin];
                branches.shuffle(random);
                *ty = Type::Union(branches);
            } else {
                *ty = twin;
            }
        });
    }

    /// Changes one of the types that are as they are wanted.
    fn at_one(&mut self, wanted: &dyn Fn(&Type, bool) -> bool, change: &mut dyn FnMut(&mut Type, bool, &mut StdRng)) {
        let mut count = 0;
        self.schema
            .each_type(&mut |ty, is_branch| count += usize::from(wanted(ty, is_branch)));
        if count == 0 {
            return;
        }
        let mut left = Some(self.below(count));
        let random = &mut *self.random;
        self.schema.each_type(&mut |ty, is_branch| {
            if wanted(ty, is_branch) {
                left = match left {
                    Some(0) => {
                        change(ty, is_branch, random);
                        None
                    }
                    other => other.map(|left| left - 1),
                };
            }
        });
    }

    /// Any type but a union.
    fn fresh(&mut self) -> Type {
        let primitive = Type::Primitive(Primitive::ALL[self.below(8)], None);
        match self.below(8) {
            0 => Type::Array(Box::new(primitive)),
            1 => Type::Map(Box::new(primitive)),
            2 | 3 => self.one_name().map_or(primitive, Type::Named),
            4 => {
                let number = self.schema.names.len();
                let kind = match self.below(3) {
                    0 => Kind::Enum(vec!["S0".to_owned(), "New".to_owned()], None),
                    1 => Kind::Fixed(3, None),
                    _ => Kind::Record(vec![Field {
                        name: "inner".to_owned(),
                        aliases: Vec::new(),
                        ty: primitive,
                        default: None,
                    }]),
                };
                let name = format!("fresh.New{number}");
                let aliases = Vec::new();
                self.schema.names.insert(name.clone(), Definition { aliases, kind });
                Type::Named(name)
            }
            _ => primitive,
        }
    }

    fn ty(mut self) {
        let fresh = self.fresh();
        match self.below(8) {
            0 | 1 => self.at_one(&|ty, _| primitive(ty).is_some(), &mut |ty, _, random| {
                if let Type::Primitive(primitive, logical) = ty {
                    promote(primitive, logical, random);
                }
            }),
            2 => self.at_one(
                &|ty, is_branch| !is_branch && !matches!(ty, Type::Union(_)),
                &mut |ty, _, random| {
                    let other = if random.random() {
                        Type::Primitive(Primitive::Null, None)
                    } else {
                        fresh.clone()
                    };
                    let mut branches = vec![ty.clone(), other];
                    branches.truncate(random.random_range(1..4));
                    branches.shuffle(random);
                    *ty = Type::Union(branches);
                },
            ),
            3..=5 => self.at_one(&|ty, _| matches!(ty, Type::Union(_)), &mut |ty, _, random| {
                let Type::Union(branches) = ty else { return };
                let place = random.random_range(0..branches.len());
                match random.random_range(0..4) {
                    0 => branches.shuffle(random),
                    1 => branches.insert(place, fresh.clone()),
                    2 if branches.len() > 1 => _ = branches.remove(place),
                    _ => *ty = branches[place].clone(),
                }
            }),
            6 => self.at_one(&|_, _| true, &mut |ty, _, random| {
                let (inner, kind) = match ty {
                    Type::Array(inner) | Type::Map(inner) => ((**inner).clone(), random.random_range(0..3)),
                    ref other => (Type::clone(other), random.random_range(1..3)),
                };
                *ty = match kind {
                    0 => inner,
                    1 => Type::Array(Box::new(inner)),
                    _ => Type::Map(Box::new(inner)),
                };
            }),
            _ => self.at_one(&|_, _| true, &mut |ty, _, _| *ty = fresh.clone()),
        }
    }

    fn definition(mut self) {
        let fresh = self.fresh();
        let Some(name) = self.one_name() else { return };
        let random = &mut *self.random;
        let Some(definition) = self.schema.names.get_mut(&name) else {
            return;
        };
        match &mut definition.kind {
            Kind::Record(fields) => change_fields(fields, fresh, random),
            Kind::Enum(symbols, default) => {
                match random.random_range(0..4) {
                    0 => symbols.shuffle(random),
                    1 if !symbols.contains(&"New".to_owned()) => symbols.insert(random.random_range(0..=symbols.len()), "New".to_owned()),
                    2 if symbols.len() > 1 => _ = symbols.remove(random.random_range(0..symbols.len())),
                    _ => *default = symbols.choose(random).cloned(),
                }
                if default.as_ref().is_some_and(|default| !symbols.contains(default)) {
                    *default = None;
                }
            }
            Kind::Fixed(size, logical) => match random.random_range(0..3) {
                0 => (*size, *logical) = (*size + 1, None),
                1 => *logical = None,
                _ if *size == 16 => *logical = Some(Logical::new("uuid")),
                _ if *size > 2 => {
                    let mut decimal = Logical::new("decimal");
                    decimal.decimal = Some((random.random_range(3..5), random.random_range(2..4)));
                    *logical = Some(decimal);
                }
                _ => {}
            },
        }
    }
}

fn change_fields(fields: &mut Vec<Field>, fresh: Type, random: &mut StdRng) {
    let place = random.random_range(0..=fields.len());
    match random.random_range(0..6) {
        0 => fields.shuffle(random),
        1 | 2 if place < fields.len() => _ = fields.remove(place),
        3 if place < fields.len() => {
            // As an alias of the reader's has it, or as nobody does.
            let (field, others) = (&fields[place], fields.iter().map(|field| &field.name).collect::<Vec<_>>());
            let aliases = field.aliases.iter().chain([&field.name]);
            let name = aliases.cloned().chain([format!("{}_again", field.name)]).collect::<Vec<_>>();
            if let Some(name) = name.choose(random).filter(|name| !others.contains(name)) {
                fields[place].name.clone_from(name);
            }
        }
        4 if fields.len() > 1 => {
            // Two fields change their names.
            let (one, other) = (random.random_range(0..fields.len()), random.random_range(0..fields.len()));
            let name = fields[one].name.clone();
            fields[one].name = std::mem::replace(&mut fields[other].name, name);
        }
        _ => {
            let name = format!("added{}", fields.len());
            if fields.iter().all(|field| field.name != name) {
                fields.insert(
                    place,
                    Field {
                        name,
                        aliases: Vec::new(),
                        ty: fresh,
                        default: None,
                    },
                );
            }
        }
    }
}

fn primitive(ty: &Type) -> Option<Primitive> {
    match ty {
        Type::Primitive(primitive, _) => Some(*primitive),
        _ => None,
    }
}

/// Numbers become others and text bytes, and back; at times with another meaning, or none.
fn promote(primitive: &mut Primitive, logical: &mut Option<Logical>, random: &mut StdRng) {
    if random.random_range(0..4) > 0 {
        *logical = None;
        *primitive = match primitive {
            Primitive::Int | Primitive::Long | Primitive::Float | Primitive::Double => Primitive::ALL[random.random_range(2..6)],
            Primitive::String => Primitive::Bytes,
            Primitive::Bytes => Primitive::String,
            Primitive::Null | Primitive::Boolean => *primitive,
        };
    }
    if random.random_range(0..3) == 0 {
        let known: Vec<_> = LOGICAL
            .iter()
            .filter(|(on, name)| *on == primitive.name() && *name != crate::OF_NOBODY)
            .collect();
        *logical = known.choose(random).map(|(_, name)| {
            let mut logical = Logical::new(name);
            logical.decimal = (*name == "decimal").then(|| (random.random_range(3..40), random.random_range(0..3)));
            logical
        });
    }
}
