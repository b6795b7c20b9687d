use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
struct Named(String);

#[derive(KafkaEvent)]
#[kafka(consume)]
struct Consumed(String);

#[derive(KafkaEvent)]
#[kafka(rename_all = "camelCase")]
struct Renamed(String);

#[derive(KafkaEvent)]
struct Marked(#[kafka(rename = "x")] String);

#[derive(KafkaEvent)]
struct Pair(i32, i32);

#[derive(KafkaEvent)]
struct Tagged(i32, std::marker::PhantomData<u8>, i32);

#[derive(KafkaEvent)]
struct Nothing<M>(std::marker::PhantomData<M>, std::marker::PhantomData<M>);

#[derive(KafkaEvent)]
struct Empty();

#[derive(KafkaEvent)]
#[kafka(enum = "Carrier")]
struct OfEnum(String);

#[derive(KafkaEvent)]
#[kafka(rename_all = "camelCase", manifest = "schemas/shop.toml", consume)]
struct Several(#[kafka(skip)] i64);

fn main() {}
