//! Fields that an own struct does not have: passed over where it is read, and written with their defaults.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::emit::scope::Scope;
use crate::model::{Field, Named, Type, TypeId};

/// What passes over values: for records and unions types of their own, since theirs on the wire do not say what is in them.
pub(super) struct Passed<'s, 'm> {
    scope: &'s Scope<'m>,
    records: BTreeMap<TypeId, Ident>,
    items: Vec<TokenStream>,
}

impl<'s, 'm> Passed<'s, 'm> {
    pub(super) fn new(scope: &'s Scope<'m>) -> Self {
        Self {
            scope,
            records: BTreeMap::new(),
            items: Vec::new(),
        }
    }

    /// The statement that passes over a field.
    pub(super) fn read(&mut self, field: &Field) -> TokenStream {
        let (wire, avro) = (self.ty(&field.ty), &field.name.avro);
        quote!(__fields.skip::<#wire>(#avro)?;)
    }

    /// The types that the statements name.
    pub(super) fn items(self) -> Vec<TokenStream> {
        self.items
    }

    fn name(&self) -> Ident {
        format_ident!("__KafkaEventPassed{}", self.items.len())
    }

    fn ty(&mut self, ty: &Type) -> TokenStream {
        let wire = quote!(::kafka_event::wire);
        match ty {
            Type::Array(inner) => {
                let inner = self.ty(inner);
                quote!(#wire::Array<#inner>)
            }
            Type::Map(inner) => {
                let inner = self.ty(inner);
                quote!(#wire::Map<#inner>)
            }
            Type::Nullable { null_first, inner } => {
                let (inner, null) = (self.ty(inner), Literal::usize_unsuffixed(usize::from(!null_first)));
                quote!(#wire::Nullable<#inner, #null>)
            }
            Type::Union(union) => {
                let name = self.name();
                self.items.push(TokenStream::new());
                let place = self.items.len() - 1;
                let branches: Vec<_> = union.branches.iter().map(|branch| self.ty(branch)).collect();
                let numbers = (0..branches.len()).map(Literal::usize_unsuffixed);
                let count = Literal::usize_unsuffixed(branches.len());
                let body = quote! {
                    match __reader.varint()? {
                        #(#numbers => <#branches as ::kafka_event::codec::Skip>::skip(__reader),)*
                        __branch => ::core::result::Result::Err(__reader.no_such_branch(__branch, #count)),
                    }
                };
                self.items[place] = item(&name, &body);
                quote!(#name)
            }
            Type::Boxed(id) => {
                let inner = self.named(*id);
                quote!(::kafka_event::__private::Boxed<#inner>)
            }
            Type::Named(id) => self.named(*id),
            scalar => self.scope.wire(scalar),
        }
    }

    fn named(&mut self, id: TypeId) -> TokenStream {
        let Named::Record(record) = self.scope.model.named(id) else {
            return self.scope.wire(&Type::Named(id));
        };
        if let Some(known) = self.records.get(&id) {
            return quote!(#known);
        }
        let name = self.name();
        // Known before its fields, one of which may hold it.
        self.records.insert(id, name.clone());
        self.items.push(TokenStream::new());
        let place = self.items.len() - 1;
        let fields: Vec<_> = record.fields.iter().map(|field| self.ty(&field.ty)).collect();
        let unused = fields.is_empty().then(|| quote!(_ = __reader;));
        let body = quote! {
            #unused
            #(<#fields as ::kafka_event::codec::Skip>::skip(__reader)?;)*
            ::core::result::Result::Ok(())
        };
        self.items[place] = item(&name, &body);
        quote!(#name)
    }
}

fn item(name: &Ident, body: &TokenStream) -> TokenStream {
    quote! {
        enum #name {}

        impl ::kafka_event::codec::Skip for #name {
            fn skip(
                __reader: &mut ::kafka_event::codec::Reader<'_>,
            ) -> ::core::result::Result<(), ::kafka_event::DecodeError> {
                #body
            }
        }
    }
}

/// The statement that writes a field's default; nothing where it has none.
pub(super) fn preset(scope: &Scope<'_>, field: &Field) -> Option<TokenStream> {
    let bytes = Literal::byte_string(&scope.model.default_of(field)?);
    let wire = scope.wire(&field.ty);
    Some(quote!(__fields.field::<#wire, _>(&::kafka_event::__private::Preset(#bytes));))
}
