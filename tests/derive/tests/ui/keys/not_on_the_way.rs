//! What functions carry, and what a record does not have, is no key of what knows the record by its contract alone.

mod upper {
    pub(crate) fn to_avro(text: &str) -> String {
        text.to_uppercase()
    }

    pub(crate) fn from_avro(text: String) -> Result<String, String> {
        Ok(text.to_lowercase())
    }
}

mod carried {
    use kafka_event::KafkaEvent;

    #[derive(KafkaEvent)]
    #[kafka(record = "depot.Lost", manifest = "schemas/depot/topics.toml")]
    pub struct Lost {
        parcel: String,
        #[kafka(with = super::upper)]
        why: String,
    }

    #[derive(KafkaEvent)]
    #[kafka(topic = "lost", event = Lost, manifest = "schemas/by-name.toml")]
    pub struct Losses;
}

mod left_out {
    use kafka_event::KafkaEvent;

    #[derive(KafkaEvent)]
    #[kafka(record = "depot.Lost", manifest = "schemas/depot/topics.toml")]
    pub struct Lost {
        #[kafka(rename = "parcel")]
        why: String,
    }

    #[derive(KafkaEvent)]
    #[kafka(topic = "lost", event = Lost, manifest = "schemas/by-name.toml")]
    pub struct Losses;
}

mod behind {
    use kafka_event::KafkaEvent;

    #[derive(KafkaEvent)]
    #[kafka(topic = "lost", key = why.0, manifest = "schemas/by-name.toml")]
    pub struct Lost {
        parcel: String,
        #[kafka(with = super::upper)]
        why: String,
    }
}

fn main() {}
