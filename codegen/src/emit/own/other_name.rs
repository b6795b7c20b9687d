//! What stands here by another name than Avro's: a name that Avro does not have, and one of Avro's that nothing here has.

use heck::ToSnakeCase as _;
use proc_macro2::{Ident, TokenStream, TokenTree};

use super::matching::plain;

/// The names here that Avro does not have, with what each may be of those names of Avro's that nothing here has.
pub(super) struct Others<'a> {
    may_be: Vec<(&'a Ident, Vec<&'a str>)>,
    likely: Vec<&'a str>,
}

impl<'a> Others<'a> {
    /// Of names with the types that stand beside them, where these tell something.
    pub(super) fn of(strangers: &[(&'a Ident, Option<&TokenStream>)], left: &[(&'a str, Option<String>)]) -> Self {
        let ours: Vec<_> = strangers.iter().map(|(name, ty)| Side::new(&plain(name), ty.cloned())).collect();
        let theirs = left
            .iter()
            .map(|(name, ty)| Side::new(name, ty.as_ref().and_then(|ty| ty.parse().ok())));
        let likely = likely(&ours, &theirs.collect::<Vec<_>>());
        let open = (0..left.len()).filter(|place| !likely.contains(&Some(*place)));
        let open: Vec<_> = open.map(|place| left[place].0).collect();
        let names = likely
            .iter()
            .map(|place| place.map_or_else(|| open.clone(), |place| vec![left[place].0]));
        Self {
            may_be: strangers.iter().map(|(name, _)| *name).zip(names).collect(),
            likely: likely.iter().flatten().map(|place| left[*place].0).collect(),
        }
    }

    /// What a name may be: one where that is likely, else all that none is likely to be.
    pub(super) fn names(&self, stranger: &Ident) -> &[&'a str] {
        let found = self.may_be.iter().find(|(name, _)| *name == stranger);
        found.map_or(&[], |(_, names)| names)
    }

    /// Whether a name is likely to be one of Avro's.
    pub(super) fn is_likely(&self, stranger: &Ident) -> bool {
        matches!(self.names(stranger), [one] if self.likely.contains(one))
    }

    /// Those of Avro's that a name here is likely to be.
    pub(super) fn likely(&self) -> &[&'a str] {
        &self.likely
    }

    /// Whether there is a name of which nobody knows what it is.
    pub(super) fn has_open(&self) -> bool {
        self.may_be.len() > self.likely.len()
    }
}

struct Side {
    words: Vec<String>,
    ty: Option<String>,
}

impl Side {
    fn new(name: &str, ty: Option<TokenStream>) -> Self {
        Self {
            words: name.to_snake_case().split('_').map(str::to_owned).collect(),
            ty: ty.map(without_modules),
        }
    }

    /// Whether all words of one name are among the other's.
    fn shares_words(&self, other: &Self) -> bool {
        let within = |one: &Self, other: &Self| one.words.iter().all(|word| other.words.contains(word));
        within(self, other) || within(other, self)
    }

    fn has_type_of(&self, other: &Self) -> bool {
        self.ty.is_some() && self.ty == other.ty
    }
}

/// For each name that Avro does not have, which of those that are left it is likely to be: by its words, else by its type, where no other may be meant.
fn likely(strangers: &[Side], left: &[Side]) -> Vec<Option<usize>> {
    let mut found = vec![None; strangers.len()];
    for is in [Side::shares_words, Side::has_type_of] {
        let before = found.clone();
        let open = |number: usize| before[number].is_none();
        for number in (0..strangers.len()).filter(|number| open(*number)) {
            let mut fits = (0..left.len()).filter(|place| !before.contains(&Some(*place)) && is(&strangers[number], &left[*place]));
            let (Some(place), None) = (fits.next(), fits.next()) else {
                continue;
            };
            let mut others = (0..strangers.len()).filter(|other| *other != number && open(*other));
            if !others.any(|other| is(&strangers[other], &left[place])) {
                found[number] = Some(place);
            }
        }
    }
    found
}

/// The help that says of an unknown name which of some it is in Avro; nothing where there are none.
pub(super) fn help(names: &[&str]) -> Option<String> {
    let first = names.first()?;
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let (which, say) = match &names[..] {
        [one] => (one.clone(), "so"),
        [others @ .., last] if others.len() < 5 => (format!("{} or {last}", others.join(", ")), "which"),
        _ => ("one of them".to_owned(), "which"),
    };
    Some(format!(
        "\nhelp: if it is {which} by another name, say {say}: `#[kafka(rename = \"{first}\")]`"
    ))
}

/// The same help where it is said of a name that it is missing.
pub(super) fn elsewhere(what: &str, name: &str) -> String {
    format!("\nhelp: or say of a {what} that is here by another name which it is: `#[kafka(rename = \"{name}\")]`")
}

/// A type's text without the modules that lead to what it names.
fn without_modules(ty: TokenStream) -> String {
    let tokens: Vec<TokenTree> = ty.into_iter().collect();
    let is_colon = |place: usize| matches!(tokens.get(place), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    let text = tokens.iter().enumerate().map(|(place, token)| match token {
        TokenTree::Group(group) => format!("({})", without_modules(group.stream())),
        TokenTree::Ident(_) if is_colon(place + 1) && is_colon(place + 2) => String::new(),
        TokenTree::Punct(punct) if punct.as_char() == ':' => String::new(),
        other => other.to_string(),
    });
    text.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_first_and_types_what_they_leave() {
        let side = |(name, ty): &(&str, &str)| Side::new(name, ty.parse().ok());
        let known = [
            ("order_id", "kafka_event::uuid::Uuid"),
            ("PLACED_AT", "i64"),
            ("customer", "String"),
            ("cents", "i64"),
        ];
        let of = |strangers: &[(&str, &str)]| {
            let strangers: Vec<_> = strangers.iter().map(side).collect();
            likely(&strangers, &known.iter().map(side).collect::<Vec<_>>())
        };
        assert_eq!(
            of(&[
                ("id", "OrderId"),
                ("Placed", "Time"),
                ("who", "::std::string::String"),
                ("totalCents", "i64")
            ]),
            [Some(0), Some(1), Some(2), Some(3)]
        );
        // Of two that may be one, and of one that may be two, nobody knows.
        assert_eq!(of(&[("id", "u8"), ("orderId", "u8"), ("one", "i64")]), [None, None, None]);
        assert_eq!(of(&[("a", "String"), ("b", "String")]), [None, None]);
    }

    #[test]
    fn what_is_left_is_named_as_far_as_it_is_few() {
        let help = |names: &[&str]| help(names).unwrap_or_default();
        assert_eq!(
            help(&["b"]),
            "\nhelp: if it is `b` by another name, say so: `#[kafka(rename = \"b\")]`"
        );
        assert_eq!(
            help(&["a", "b", "c"]),
            "\nhelp: if it is `a`, `b` or `c` by another name, say which: `#[kafka(rename = \"a\")]`"
        );
        assert!(help(&["a", "b", "c", "d", "e", "f"]).contains("if it is one of them by"));
        assert_eq!(help(&[]), "");
    }
}
