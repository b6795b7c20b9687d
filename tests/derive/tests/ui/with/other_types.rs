use kafka_event::KafkaEvent;

struct City(String);

mod numbers {
    use super::City;

    pub(crate) fn to_avro(_: &City) -> i64 {
        0
    }

    pub(crate) fn from_avro(_: i64) -> Result<City, String> {
        Ok(City(String::new()))
    }
}

mod others {
    pub(crate) fn to_avro(city: &String) -> &str {
        city
    }

    pub(crate) fn from_avro(city: String) -> Result<String, String> {
        Ok(city)
    }
}

mod certain {
    use super::City;

    pub(crate) fn to_avro(city: &City) -> &str {
        &city.0
    }

    pub(crate) fn from_avro(city: String) -> City {
        City(city)
    }
}

mod silent {
    use super::City;

    pub(crate) struct Silent;

    pub(crate) fn to_avro(city: &City) -> &str {
        &city.0
    }

    pub(crate) fn from_avro(city: String) -> Result<City, Silent> {
        Ok(City(city))
    }
}

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
struct OfNumbers {
    #[kafka(with = numbers)]
    city: City,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
struct OfOthers {
    #[kafka(with = others)]
    city: City,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
struct OfCertain {
    #[kafka(with = certain)]
    city: City,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
struct OfSilent {
    #[kafka(with = silent)]
    city: City,
}

fn main() {}
