//! Flags that put code of the user's choosing into generated code: one for each of the builder's methods, of the same name.

use std::fmt;

use clap::{ArgMatches, Args, Command, FromArgMatches};
use kafka_event_codegen::{Builder, OptionCall, OptionError, shell_quoted};

/// A flag, in the order of the help.
struct Flag {
    name: &'static str,
    value: &'static str,
    help: &'static str,
}

const FLAGS: &[Flag] = &[
    Flag {
        name: "derive",
        value: "PATTERN=DERIVE,…",
        help: "Further derives of types, as in `com.acme=Eq,serde::Serialize`",
    },
    Flag {
        name: "borrowed-derive",
        value: "PATTERN=DERIVE,…",
        help: "Further derives of borrowed twins",
    },
    Flag {
        name: "type-attribute",
        value: "PATTERN=ATTRIBUTE",
        help: "An attribute of types, as in `com.acme.User=#[serde(deny_unknown_fields)]`",
    },
    Flag {
        name: "field-attribute",
        value: "PATTERN=ATTRIBUTE",
        help: "An attribute of records' fields, as in `com.acme.User.id=#[serde(default)]`",
    },
    Flag {
        name: "symbol-attribute",
        value: "PATTERN=ATTRIBUTE",
        help: "An attribute of enums' symbols, as in `com.acme.Color.RED=#[default]`",
    },
    Flag {
        name: "string-type",
        value: "PATTERN=TYPE",
        help: "What holds the text of fields, as in `**=Box<str>`",
    },
    Flag {
        name: "bytes-type",
        value: "PATTERN=TYPE",
        help: "What holds the bytes of fields, as in `**=bytes::Bytes`",
    },
    Flag {
        name: "map-type",
        value: "PATTERN=TYPE",
        help: "What holds the maps of fields, as in `**=HashMap` or `**=HashMap<_, _, ahash::RandomState>`",
    },
    Flag {
        name: "field-type",
        value: "PATTERN=TYPE",
        help: "A type of your own for fields, as in `com.acme.User.id=crate::UserId`",
    },
    Flag {
        name: "logical-type",
        value: "NAME=TYPE",
        help: "A type of your own for a logical type, as in `timestamp-millis=crate::Instant`",
    },
    Flag {
        name: "extern-path",
        value: "NAME=PATH",
        help: "Where the types of a namespace are, or one type, that are generated elsewhere",
    },
    Flag {
        name: "runtime-path",
        value: "PATH",
        help: "Where the runtime is, if not at `::kafka_event`",
    },
];

/// What such flags said, in their order on the command line: of several that say what a field is, the last one holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Choices(Vec<Choice>);

#[derive(Debug, Clone)]
struct Choice {
    flag: &'static str,
    about: String,
    given: Vec<String>,
}

impl Choices {
    /// The builder with all of them.
    pub(super) fn apply(&self, builder: Builder) -> Builder {
        self.0.iter().fold(builder, |builder, choice| {
            let (about, given) = (choice.about.as_str(), choice.given.first().map_or("", String::as_str));
            match choice.flag {
                "derive" => builder.derive(about, &choice.given),
                "borrowed-derive" => builder.borrowed_derive(about, &choice.given),
                "type-attribute" => builder.type_attribute(about, given),
                "field-attribute" => builder.field_attribute(about, given),
                "symbol-attribute" => builder.symbol_attribute(about, given),
                "string-type" => builder.string_type(about, given),
                "bytes-type" => builder.bytes_type(about, given),
                "map-type" => builder.map_type(about, given),
                "field-type" => builder.field_type(about, given),
                "logical-type" => builder.logical_type(about, given),
                "extern-path" => builder.extern_path(about, given),
                _ => builder.runtime_path(given),
            }
        })
    }
}

/// As they stand on the command line.
impl fmt::Display for Choices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Choice { flag, about, given } in &self.0 {
            let about = (*flag != "runtime-path").then_some(about.as_str());
            write!(f, " {}", shown(flag, about, given))?;
        }
        Ok(())
    }
}

fn shown(flag: &str, about: Option<&str>, given: &[String]) -> String {
    let given = given.join(",");
    let value = about.map_or_else(|| given.clone(), |about| format!("{about}={given}"));
    format!("--{flag} {}", shell_quoted(&value))
}

/// What is wrong with a flag, in the words of the command line.
pub(super) fn report(errors: &[OptionError]) {
    for OptionError {
        code, call, message, help, ..
    } in errors
    {
        eprintln!("error[{code}]: {message}\n --> {}\n  = help: {help}\n", of_call(call));
    }
}

fn of_call(call: &OptionCall) -> String {
    shown(&call.method().replace('_', "-"), call.about(), call.given())
}

impl Args for Choices {
    fn augment_args(command: Command) -> Command {
        FLAGS.iter().fold(command, |command, flag| {
            command.arg(
                clap::Arg::new(flag.name)
                    .long(flag.name)
                    .value_name(flag.value)
                    .help(flag.help)
                    .help_heading("Code of your choosing")
                    .action(clap::ArgAction::Append)
                    .value_parser(move |value: &str| parsed(flag, value)),
            )
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Choices {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut found = Vec::new();
        for flag in FLAGS {
            let indices = matches.indices_of(flag.name).into_iter().flatten();
            let values = matches.get_many::<Choice>(flag.name).into_iter().flatten();
            found.extend(indices.zip(values.cloned()));
        }
        found.sort_by_key(|(index, _)| *index);
        Ok(Self(found.into_iter().map(|(_, choice)| choice).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn parsed(flag: &'static Flag, value: &str) -> Result<Choice, String> {
    let (about, given) = match flag.name {
        "runtime-path" => ("", value),
        // A pattern has no `=`, and code may have.
        _ => value.split_once('=').ok_or_else(|| format!("it is of the form {}", flag.value))?,
    };
    let given = match flag.name {
        "derive" | "borrowed-derive" => given.split(',').map(|derive| derive.trim().to_owned()).collect(),
        _ => vec![given.to_owned()],
    };
    Ok(Choice {
        flag: flag.name,
        about: about.to_owned(),
        given,
    })
}
