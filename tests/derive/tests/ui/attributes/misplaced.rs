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

fn main() {}
