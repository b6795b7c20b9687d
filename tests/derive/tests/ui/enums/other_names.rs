use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(enum = "Carrier")]
enum Likely {
    LetterPost,
    Courier,
}

#[derive(KafkaEvent)]
#[kafka(enum = "Carrier")]
enum Left {
    Post,
    Bicycle,
}

#[derive(KafkaEvent)]
#[kafka(enum = "Carrier")]
enum Open {
    Mail,
    Bicycle,
}

fn main() {}
