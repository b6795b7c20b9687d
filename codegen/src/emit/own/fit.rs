//! A type that an attribute or a variant names for a record of its topic's, asked for once, in the schema's words.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};

use super::asked::asked;
use super::field::{end, escaped};
use super::input::OwnVariantType;
use super::shown::shown;
use crate::emit::codec::hexadecimal;
use crate::emit::scope::Scope;
use crate::load::Contract;
use crate::model::TypeId;

/// What a named type is to be.
pub(super) struct Wanted {
    /// A name for it, of a variant that of the variant.
    pub(super) name: String,
    /// What is said of a type that it is not.
    pub(super) message: String,
    /// What it is in the schema.
    pub(super) label: String,
    /// The record.
    pub(super) record: TypeId,
    /// Whether it is written.
    pub(super) is_written: bool,
    /// Whether it is read, and owns all that it has then.
    pub(super) is_owned: bool,
    /// Whether a box may hold it.
    pub(super) may_be_boxed: bool,
}

/// A type that was asked for.
pub(super) struct Fit {
    /// What stands beside the implementations.
    items: TokenStream,
    /// The record's type, and another in its place where it is none: of that nothing more is said.
    pub(super) picked: TokenStream,
    /// The type by a name of ours.
    alias: Ident,
    /// Whether it is, which has the functions between the two.
    fits: TokenStream,
    /// The type alone: where it is none, the compiler says so.
    strict: TokenStream,
    place: Span,
}

impl Fit {
    /// A reference to the type, as one to the record's.
    pub(super) fn picked_of(&self, value: &TokenStream) -> TokenStream {
        let fits = &self.fits;
        quote!(<#fits as ::kafka_event::__private::Pick<_>>::pick(#value))
    }

    /// The record's type, as the type, or as the same with another lifetime.
    pub(super) fn back_of(&self, value: &TokenStream) -> TokenStream {
        let fits = &self.fits;
        quote!(<#fits as ::kafka_event::__private::Pick<_>>::back(#value))
    }

    /// What asks for the type, and nothing more.
    pub(super) fn asked(&self) -> TokenStream {
        let (items, strict) = (&self.items, &self.strict);
        let reference = at(quote!(&), self.place);
        quote!(#items const _: fn() = || { let _: ::core::option::Option<#reference #strict> = ::core::option::Option::None; };)
    }

    /// What asks for the type, and a function of it that writes a key; with the function's name.
    pub(super) fn with_key_of_it(&self, name: &str, code: &TokenStream) -> (TokenStream, Ident) {
        let alias = &self.alias;
        self.with_key(name, &quote!(#alias), code)
    }

    /// The same, with a function of what is picked.
    pub(super) fn with_key_of_picked(&self, name: &str, code: &TokenStream) -> (TokenStream, Ident) {
        self.with_key(name, &self.picked, code)
    }

    /// In the function, nothing more is said of a type that is none.
    fn with_key(&self, name: &str, of: &TokenStream, code: &TokenStream) -> (TokenStream, Ident) {
        let Self { items, strict, fits, .. } = self;
        let name = format_ident!("__kafka_event_key_of_{name}");
        let reference = at(quote!(&), self.place);
        let given = quote!(<#fits as ::kafka_event::__private::Given<#of, _>>::given(__event));
        let function = quote! {
            #[inline(always)]
            fn #name(__event: &#of, __out: &mut ::std::vec::Vec<::core::primitive::u8>) -> ::core::primitive::bool {
                let __event: #reference #strict = #given;
                #code
            }
        };
        (quote!(#items #function), name)
    }
}

/// A type that is named, with what asks for it.
pub(super) fn fit(contract: &Contract, scope: &Scope<'_>, wanted: &Wanted, named: &OwnVariantType) -> Fit {
    let (name, ty) = (&wanted.name, &named.ty);
    let full = scope.model.name(wanted.record).full();
    let layout = hexadecimal(scope.schemas.layout(wanted.record));
    let (message, label) = (format!("`{{Self}}` {}", escaped(&wanted.message)), escaped(&wanted.label));
    let record = scope.model.record(wanted.record);
    let place = record.map(|record| format!("schema: {}", escaped(&shown(contract, &record.origin))));
    let place = place.map(|place| quote!(note = #place,));
    let (without, or) = if wanted.is_written {
        (
            ", without `consume`",
            "; one with `consume` serves where `consume` stands here, too",
        )
    } else {
        ("", "")
    };
    let cure = format!(
        "write the type that is generated for that, or one of your own with `#[derive(KafkaEvent)]` and `#[kafka(record = \"{full}\")]`{without}, of the same version of the schema{or}"
    );
    let cure = escaped(&cure);
    let the = format_ident!("__The_{name}");
    let asked = asked(
        name,
        &[quote! {
            #[diagnostic::on_unimplemented(message = #message, label = #label, #place note = #cure)]
            pub(crate) trait #the<Fits> {
                type Is;
            }

            #[diagnostic::do_not_recommend]
            impl<T> #the<::kafka_event::__private::Yes> for T {
                type Is = T;
            }
        }],
    );
    // What is only read, or does not go from thread to thread, is the record all the same, and told of otherwise.
    let [is, written, fits] = ["IS", "IS_WRITTEN", "FITS"].map(|what| format_ident!("__KAFKA_EVENT_{what}_{name}"));
    // What its path lacks is told of an item, and nothing more then of what asks for the item.
    let alias = format_ident!("__KafkaEvent_{name}");
    let shared = quote!(::kafka_event::__private::Of::<#alias>::IS_SHARED);
    let is_so = |of: &TokenStream| {
        // What does not go from thread to thread is not read whole: of that it is told alone.
        let owned = wanted.is_owned.then(|| quote!(&& (#of::IS_OWNED || !#shared)));
        quote! {
            (#of::NAME.is_empty() || ::kafka_event::__private::same(#of::NAME, #full) && #of::LAYOUT == #layout) #owned
        }
    };
    let (of, in_box) = (
        quote!(::kafka_event::__private::Of::<#alias>),
        quote!(::kafka_event::__private::InBox::<#alias>),
    );
    let by_itself = is_so(&of);
    let boxed = wanted.may_be_boxed.then(|| {
        let is_so = is_so(&in_box);
        quote!(else if #is_so { ::kafka_event::__private::BOXED })
    });
    let is_written = if wanted.is_written { quote!(#of::IS_WRITTEN) } else { quote!(true) };
    let [of_record, of_written, known] = [&is, &written, &fits].map(|fits| quote!(::kafka_event::__private::Fit<#fits>));
    // At the user's own place, where the compiler does not speak of macros.
    let begin = at(quote!(<<), named.span);
    let [is_record, is_published] = [&of_record, &of_written].map(|of| quote!(<#of as ::kafka_event::__private::Answer>::Is));
    let last = end(ty, named.span);
    let end = at(
        quote!(as #the<#is_record>>::Is as ::kafka_event::__private::Published<#is_published>>::Is),
        last,
    );
    let threads = format_ident!("__GoToOtherThreads_{name}");
    let goes = at(
        quote!(&<<#of_record as ::kafka_event::__private::Pick<#alias>>::Is as ::kafka_event::__private::GoesToOtherThreads>::Is),
        named.span,
    );
    Fit {
        items: quote! {
            #asked
            type #alias = #ty;
            const #is: ::core::primitive::u8 = {
                #[allow(unused_imports)]
                use ::kafka_event::__private::Unfit as _;
                if #by_itself { ::kafka_event::__private::BY_ITSELF } #boxed else { ::kafka_event::__private::UNFIT }
            };
            const #written: ::core::primitive::u8 = {
                #[allow(unused_imports)]
                use ::kafka_event::__private::Unfit as _;
                if #is_written { #is } else { ::kafka_event::__private::UNFIT }
            };
            const #fits: ::core::primitive::u8 = {
                #[allow(unused_imports)]
                use ::kafka_event::__private::Unfit as _;
                if #shared { #written } else { ::kafka_event::__private::UNFIT }
            };
            trait #threads {
                fn this(_: #goes);
            }
        },
        picked: quote!(<#known as ::kafka_event::__private::Pick<#alias>>::Is),
        alias,
        fits: known,
        strict: quote!(#begin #ty #end),
        place: named.span,
    }
}

/// The same tokens at one place.
pub(super) fn at(tokens: TokenStream, span: Span) -> TokenStream {
    let place = |mut token: TokenTree| {
        if let TokenTree::Group(group) = &token {
            token = TokenTree::Group(Group::new(group.delimiter(), at(group.stream(), span)));
        }
        token.set_span(span);
        token
    };
    tokens.into_iter().map(place).collect()
}
