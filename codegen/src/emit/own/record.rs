//! A struct for a record, with a topic of its own or without one.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use super::asked::asked;
use super::builder::builder;
use super::field::{self, CarriedField, Pair, located};
use super::generics::OwnType;
use super::input::{OwnError, OwnRecord, OwnTopic, OwnWord};
use super::matching::{Slot, Slots, slots};
use super::passed::{Passed, preset};
use super::shown::all_shown;
use super::start::StartType;
use super::{find, key, lasting, open, threads, through, topic};
use crate::emit::Switches;
use crate::emit::codec::{self, Implementor, hexadecimal};
use crate::emit::scope::Scope;
use crate::load::Contract;
use crate::model::{Field, Key, Record, Topic, TypeId};
use crate::options::Choices;

/// What a struct is for.
#[derive(Debug)]
pub enum RecordOf {
    /// A topic's one record.
    Topic(OwnTopic),
    /// A record of the schemas.
    Record(OwnWord),
}

/// The struct's implementations; or all that is wrong with it.
///
/// # Errors
/// The contract has no such topic or record, or the fields are not the record's.
pub fn own_record(contract: &Contract, of: &RecordOf, own: &OwnRecord) -> Result<TokenStream, Vec<OwnError>> {
    let scope = Scope::new(&contract.model, Switches::default(), Choices::default());
    match of {
        RecordOf::Record(word) => {
            let (id, record) = find::record(contract, word).map_err(|error| vec![error])?;
            let Slots { slots, errors, .. } = slots(contract, &scope, of, record, own);
            if !errors.is_empty() {
                return Err(errors);
            }
            let members = Members::of(contract, &scope, record, own, &slots, false, |_| false);
            let implementations = implementations(&scope, id, own, &slots, &members);
            let fields = through::fields(&scope, id, own, &slots);
            let (implementations, builder) = (apart(&own.this, &quote!(#implementations #fields)), builder(&scope, own, &slots));
            Ok(quote!(#implementations #builder))
        }
        RecordOf::Topic(topic_of) => {
            let found = find::topic(contract, &topic_of.name, StartType::Record(Some(of), own)).map_err(|error| vec![error])?;
            let id = topic::only_record(&scope, found, topic_of).map_err(|error| vec![error])?;
            let Some(record) = contract.model.record(id) else {
                return Err(vec![OwnError::new(topic_of.name.span, "what the topic carries is no record")]);
            };
            let slots = slots(contract, &scope, of, record, own);
            let members = Members::of(contract, &scope, record, own, &slots.slots, true, keys(found, topic_of, own));
            let topic = topic::of_record(contract, &scope, record, found, topic_of, own, (&slots, &members.kept));
            let Slots { slots, mut errors, .. } = slots;
            let topic = match topic {
                Ok(topic) if errors.is_empty() => topic,
                topic => {
                    errors.extend(topic.err());
                    return Err(errors);
                }
            };
            let implementations = implementations(&scope, id, own, &slots, &members);
            let (fields, threads) = (through::fields(&scope, id, own, &slots), threads::asked_of(own));
            let (implementations, builder) = (
                apart(&own.this, &quote!(#implementations #fields #threads #topic)),
                builder(&scope, own, &slots),
            );
            Ok(quote!(#implementations #builder))
        }
    }
}

/// Whether a field's own type is that of the topic's key.
pub(super) fn keys(topic: &Topic, of: &OwnTopic, own: &OwnRecord) -> impl Fn(&Slot<'_>) -> bool {
    move |slot| {
        let is_first = matches!(&topic.key, Key::Field { paths, .. } if paths[0][0].avro == slot.field.name.avro);
        is_first && slot.own.is_some_and(|field| key::is_own_key(topic, of, own, field))
    }
}

/// Implementations of a type in a scope of their own: what stands beside them has names that nobody sees.
pub(super) fn apart(this: &OwnType, implementations: &TokenStream) -> TokenStream {
    let deprecated = this.is_deprecated.then(|| quote!(deprecated,));
    quote! {
        #[doc(hidden)]
        #[allow(
            #deprecated
            non_camel_case_types,
            non_snake_case,
            non_upper_case_globals,
            unused_qualifications,
            clippy::all,
            clippy::pedantic
        )]
        const _: () = { #implementations };
    }
}

/// What writes and reads the fields of a struct, with what stands beside that.
pub(super) struct Members {
    pub(super) items: TokenStream,
    pub(super) writes: Vec<TokenStream>,
    /// The statements that read each field into a variable.
    pub(super) reads: TokenStream,
    /// Each field's name with the expression that makes it, behind those statements.
    pub(super) made: Vec<(Ident, TokenStream)>,
    pub(super) writer: Implementor,
    pub(super) reader: Implementor,
    /// What has to hold of types that are not known here, to be read.
    to_read: Vec<TokenStream>,
    /// What a topic asks of them.
    pub(super) kept: Vec<TokenStream>,
}

impl Members {
    pub(super) fn of(
        contract: &Contract,
        scope: &Scope<'_>,
        record: &Record,
        own: &OwnRecord,
        slots: &[Slot<'_>],
        is_topic: bool,
        keys: impl Fn(&Slot<'_>) -> bool,
    ) -> Self {
        let mut passed = Passed::new(scope);
        let carried = slots.iter().filter(|slot| slot.own.is_some());
        let mut shown = all_shown(contract, carried.map(|slot| &slot.field.origin)).into_iter();
        let mut traits = Vec::new();
        let (mut items, mut writes, mut reads, mut made) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (mut to_write, mut to_read, mut kept) = (Vec::new(), Vec::new(), Vec::new());
        let (mut asserts, mut asserts_itself) = (false, false);
        let is_round = |field: &Field, ty: &TokenStream| open::is_round(scope.model, record, &own.this, field, ty);
        let is_elaborated =
            !own.this.asks_to_decode() && slots.iter().any(|slot| slot.own.is_some_and(|own| is_round(slot.field, &own.ty)));
        for (number, slot) in slots.iter().enumerate() {
            let Some(field) = slot.own else {
                reads.push(passed.read(slot.field));
                writes.extend(preset(scope, slot.field));
                continue;
            };
            let CarriedField {
                asked,
                item,
                write,
                read,
                conditions,
                is_asserted,
                kept: kept_type,
            } = field::carried(&Pair {
                scope,
                record,
                this: &own.this,
                field: slot.field,
                own: field,
                shown: &shown.next().unwrap_or_default(),
                is_written: !own.consume,
                is_key: keys(slot),
                is_elaborated,
                is_kept: is_topic && !own.consume && !own.this.has_lifetimes(),
            });
            let local = format_ident!("__field{number}", span = Span::mixed_site());
            traits.push(asked);
            items.push(item);
            writes.push(write);
            reads.push(quote!(let #local = #read;));
            made.push((field.name.clone(), quote!(#local)));
            kept.extend(kept_type);
            asserts |= is_asserted;
            asserts_itself |= is_asserted && conditions.is_none();
            if let Some((written, read)) = conditions {
                to_write.push(written);
                to_read.push(read);
            }
        }
        for alone in own.fields.iter().filter(|field| field.skip) {
            let ty = &alone.ty;
            let value = quote_spanned!(located(alone.span)=> <#ty as ::core::default::Default>::default());
            made.push((alone.name.clone(), value));
        }
        let unused = reads.is_empty().then(|| quote!(_ = __fields;));
        if asserts_itself {
            // What is read of the type itself is known where all that is in it is read.
            to_write.extend(to_read.iter().cloned());
        }
        let writer = if asserts {
            own.this.reader(to_write)
        } else {
            own.this.implementor(to_write)
        };
        let (passed, traits) = (passed.items(), asked("fields", &traits));
        Self {
            items: quote! {
                #[allow(unused_imports)]
                use ::kafka_event::__private as __kafka_event;
                #traits
                #(#items)*
                #(#passed)*
            },
            writes,
            reads: quote!(#unused #(#reads)*),
            made,
            writer,
            reader: own.this.reader(to_read.clone()),
            to_read,
            kept,
        }
    }
}

fn implementations(scope: &Scope<'_>, id: TypeId, own: &OwnRecord, slots: &[Slot<'_>], members: &Members) -> TokenStream {
    let Members { items, reads, .. } = members;
    let (names, values): (Vec<_>, Vec<_>) = members.made.iter().map(|(name, value)| (name, value)).unzip();
    let read = quote! {
        #reads
        ::core::result::Result::Ok(Self { #(#names: #values),* })
    };
    let layout = hexadecimal(scope.schemas.layout(id));
    let decode = codec::decode(&members.reader, &quote!('de), &quote!(#layout), &read, true);
    let decode = lasting::in_words(decode);
    let encode = (!own.consume).then(|| codec::encode(&members.writer, &members.writes));
    let identity = identity(scope, id, own, slots, &members.to_read);
    quote! {
        #items
        #identity
        #encode
        #decode
    }
}

/// `impl Record`: of a struct that borrows for each lifetime, with itself as what borrows from an event.
fn identity(scope: &Scope<'_>, id: TypeId, own: &OwnRecord, slots: &[Slot<'_>], to_read: &[TokenStream]) -> TokenStream {
    let conditions = to_read.iter().map(|condition| {
        let condition = own.this.replaced(condition.clone(), &quote!('de));
        quote!(for<'de> #condition)
    });
    let types = own.fields.iter().map(|field| &field.ty);
    let implementor = own.this.for_all_lifetimes(conditions.collect(), types);
    let borrowed = if own.this.has_lifetimes() {
        own.this.within(&quote!('de))
    } else {
        quote!(Self)
    };
    let read: Vec<_> = slots
        .iter()
        .filter(|slot| slot.own.is_some())
        .map(|slot| slot.field.name.avro.as_str())
        .collect();
    scope
        .schemas
        .identity(id)
        .record(&implementor, &borrowed, (own.consume || read.len() < slots.len()).then_some(&read))
}
