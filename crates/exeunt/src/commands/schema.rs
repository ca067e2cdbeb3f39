//! `exeunt schema`: prints the JSON Schema of a file format.

use crate::args::{SchemaArgs, SchemaName};
use crate::{exit, files, print};

pub(crate) fn run(args: &SchemaArgs) -> u8 {
    let schema = match args.name {
        SchemaName::Scenario => exeunt_scenario::schema_scenario(),
        SchemaName::Events => schemars::schema_for!(exeunt_model::Event).to_value(),
        SchemaName::Plan => schemars::schema_for!(exeunt_model::Plan).to_value(),
    };
    let text = format!("{schema:#}\n");
    match &args.output {
        Some(path) => {
            files::write(path, &text, crate::args::Summary::Text).err().unwrap_or(exit::DONE)
        }
        None => {
            print(&text);
            exit::DONE
        }
    }
}
