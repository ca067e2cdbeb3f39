//! `exeunt validate`: reads a scenario and lists everything that is wrong with it.

use crate::args::{Summary, ValidateArgs};
use crate::{exit, files, print};

pub(crate) fn run(args: &ValidateArgs) -> u8 {
    let summary = args.show.summary;
    let loaded = match files::scenario(&args.scenario, &args.overlay.overlay, summary) {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    let s = &loaded.scenario;
    match summary {
        Summary::Json => print(&format!("{:#}\n", exeunt_report::problems::json(&loaded.warnings))),
        Summary::Text => print(&format!(
            "{} is valid: {} rows, {} of them assumed; {} elements, {} pieces, {} aircraft, {} promises, {} statements\n",
            args.scenario.display(),
            loaded.draft.n_rows(),
            s.assumptions.len(),
            s.elements.len(),
            s.pieces.rows.iter().map(|piece| piece.count).sum::<i64>(),
            s.tails.len(),
            s.promises.len(),
            s.statements.len(),
        )),
    }
    exit::DONE
}
