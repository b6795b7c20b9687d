//! Ways that `key = …` says.

use super::{Party, Sender, Twice, Wrapped, key_of, party};

#[test]
fn a_way_that_is_written_has_the_names_of_the_types() {
    keyed_by!(Renamed, Party, [key = sender.number,], party());
    keyed_by!(ToTheNumber, Party, [key = sender.number.0,], party());
    keyed_by!(ThroughANewtype, Sender, [key = sender.number,], Sender(party()));
    keyed_by!(Written, Sender, [key = sender.0.number,], Sender(party()));
    keyed_by!(WrittenTwice, Twice, [key = sender.0.0.number,], Twice(Sender(party())));
    keyed_by!(ByHand, Wrapped, [key = sender.party.number,], Wrapped { party: party() });
    keyed_by!(WrittenInPart, Twice, [key = sender.0.number,], Twice(Sender(party())));
}
