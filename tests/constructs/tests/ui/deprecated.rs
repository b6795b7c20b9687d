//! Each use of what a schema says is deprecated is told, with what the schema says of it; other uses are not.
#![deny(deprecated)]

use test_constructs::events::constructs::{Account, AccountRef, AccountState};
use test_constructs::events::AtTheRoot;

fn of_fields(account: &Account, twin: &AccountRef<'_>) {
    _ = (&account.login, &account.nick, twin.login);
    _ = (&account.id, &account.address, account.kept, account.state == AccountState::Open);
    _ = Account::builder().id("a").login("b");
}

fn of_symbols() {
    _ = (AccountState::Shut, AccountState::Gone);
    _ = test_constructs::events::constructs::Kind::ALL;
}

fn of_types(root: &AtTheRoot) {
    _ = &root.old;
    _ = None::<(test_constructs::events::constructs::Address, test_constructs::events::constructs::Hash)>;
}

fn main() {}
