use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic = "orders", record = "shop.Order")]
struct Both {
    id: i64,
}

#[derive(KafkaEvent)]
#[kafka(enum = "Carrier")]
struct Carrier {
    id: i64,
}

#[derive(KafkaEvent)]
#[kafka(record = "shop.Address", key = city)]
struct Keyed {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka(record = "shop.Carrier")]
enum Record {
    Post,
}

#[derive(KafkaEvent)]
#[kafka(topic = "everything", enum = "Carrier")]
enum Two {
    Post,
}

#[derive(KafkaEvent)]
#[kafka(topic = "everything", rename_all = "camelCase")]
enum Cased {
    Post,
}

#[derive(KafkaEvent)]
#[kafka(enum = "Carrier", key = id)]
enum KeyedSymbols {
    Post,
}

#[derive(KafkaEvent)]
#[kafka(topic = "everything", event = Both)]
enum Marked {
    Post,
}

#[derive(KafkaEvent)]
#[kafka(topic = "orders", record = "shop.Order", enum = "Carrier")]
struct All {
    id: &'static str,
}

#[derive(KafkaEvent)]
#[kafka(topic = "orders", record = "shop.Order", event = Both, rename_all = "camelCase")]
struct RecordOfMarker;

#[derive(KafkaEvent)]
#[kafka(event = Both)]
struct MarkerOfNothing {
    id: i64,
}

#[derive(KafkaEvent)]
#[kafka(record = "shop.Carrier", event = Both)]
enum SymbolsOfAll {
    Post(),
}

#[derive(KafkaEvent)]
#[kafka(key = id)]
struct KeyOfNothing {
    id: i64,
}

#[derive(KafkaEvent)]
enum KeysOfNothing {
    #[kafka(key = id)]
    Post,
}

fn main() {}
