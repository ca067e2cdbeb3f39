//! `exeunt generate`: invents an operation in which everything can move, with a plan that shows it.

use crate::args::{GenerateArgs, Summary};
use crate::{exit, files, print};
use exeunt::generate::{Promise, Size, Spread, day, tables};
use exeunt_engine::{Request, solve};
use exeunt_model::{Plan, Rule, Scenario, Timestamp, Verdict};
use exeunt_scenario::{Loaded, build, draft_from_files};
use std::collections::BTreeMap;

/// Days after which a promise is kept by the witness, at first, and how often they are made later.
const DAYS_IN_HAND: u32 = 1;
const ROUNDS: u32 = 7;
/// Hours by which a spread is longer than what the witness needs, at first, and by which it grows.
const HOURS_IN_HAND: i64 = 12;
/// One element in so many has a spread.
const SPREAD_EVERY: usize = 3;

pub(crate) fn run(args: &GenerateArgs) -> u8 {
    write(args).unwrap_or_else(|code| code)
}

/// Returns the size asked for; what is not given follows from the number of pieces.
pub(crate) fn size(args: &crate::args::SizeArgs, pieces: u32) -> Size {
    let tails = args.tails.unwrap_or((pieces / 120).max(6));
    Size {
        pieces,
        tails,
        airfields: args.airfields.unwrap_or((tails / 7).clamp(4, 60)),
        sites: args.sites.unwrap_or((pieces / 60).clamp(5, 300)),
        seed: args.seed,
        infeasible: args.infeasible,
    }
}

/// An operation with a plan that the checker accepts and that moves all that can move.
pub(crate) struct Generated {
    pub(crate) loaded: Loaded,
    pub(crate) witness: Plan,
    pub(crate) verdict: Verdict,
}

/// Invents an operation. Promises are days that the witness keeps, spreads those within which it arrives.
///
/// # Errors
/// Says why there is none: the size asked for cannot be moved before the end of the horizon.
fn generate(size: Size) -> Result<Generated, String> {
    let mut promises: Vec<Promise> = Vec::new();
    let mut spreads: Vec<Spread> = Vec::new();
    for round in 0..ROUNDS {
        let files = tables(size, &promises, &spreads);
        let loaded = build(draft_from_files(files.iter().map(|(name, bytes)| (name, bytes))))
            .map_err(|problems| format!("{}: {}", problems[0].code, problems[0].message))?;
        let s = &loaded.scenario;
        let witness =
            solve(s, &Request { lanes: 1, ..Request::default() }, |_| false, |_| {})?.plan;
        let verdict = exeunt_check::check(s, &witness, None);
        if let Some(finding) = verdict.findings.first() {
            return Err(format!("{}: {}", finding.rule, finding.message));
        }
        if witness.unmoved.iter().any(|row| row.rule == Rule::C05.id()) && !spreads.is_empty() {
            let longer = i64::from(round + 1) * 12;
            spreads.iter_mut().for_each(|spread| spread.1 += longer);
            continue;
        }
        if verdict.unmoved != i64::from(size.infeasible) {
            let reason = witness.unmoved.first().map_or("", |row| row.reason.as_str());
            return Err(format!("{} pieces are unmoved: {reason}", verdict.unmoved));
        }
        let kept = verdict.promises.iter().all(|promise| promise.strict == Some(true));
        if round == 0 || !kept {
            let out = |party: &exeunt_model::finding::PartyResult| {
                let last = party.last_departure?;
                let days = (last - s.operation.start).0.div_euclid(86_400);
                Some((party.id.clone(), day(u32::try_from(days).ok()? + DAYS_IN_HAND + round)))
            };
            // two parties have promised; what is planted belongs to the lead, which then promises nothing
            let may = |party: &&exeunt_model::finding::PartyResult| {
                size.infeasible == 0
                    || Some(&party.id) != s.parties.rows.first().map(|lead| &lead.name)
            };
            promises = verdict.parties.iter().filter(may).filter_map(out).take(2).collect();
            if !promises.is_empty() {
                continue;
            }
        }
        // promises decide who is urgent; spreads are measured on the plan that keeps them, so that it keeps both
        if spreads.is_empty() {
            spreads = spreads_of(s, &witness);
            if !spreads.is_empty() {
                continue;
            }
        }
        return Ok(Generated { loaded, witness, verdict });
    }
    Err("no plan keeps what was to be promised".to_owned())
}

/// Returns spreads of some elements that arrive with several sorties, a little longer than those of a plan.
fn spreads_of(s: &Scenario, plan: &Plan) -> Vec<Spread> {
    let elements: BTreeMap<&str, usize> =
        s.pieces.rows.iter().map(|row| (row.name.as_str(), row.element.0 as usize)).collect();
    let mut arrivals: BTreeMap<usize, (Timestamp, Timestamp)> = BTreeMap::new();
    let mut arrive = |piece: &str, at: &str, t: Timestamp| {
        let Some(&element) = elements.get(piece) else { return };
        // who has a way on arrives with the last of its columns
        if s.places[s.elements.rows[element].destination].name == at {
            let span = arrivals.entry(element).or_insert((t, t));
            *span = (span.0.min(t), span.1.max(t));
        }
    };
    for sortie in plan.lines.iter().flat_map(|line| &line.sorties) {
        let Some(unloading) = sortie.unloading else { continue };
        sortie.load.iter().for_each(|load| arrive(&load.piece, &sortie.to, unloading.ends));
    }
    for column in &plan.columns {
        let Some(last) = column.marches.last() else { continue };
        column.load.iter().for_each(|load| arrive(&load.piece, &last.to, last.arrives));
    }
    let several = arrivals.into_iter().filter(|(_, (first, last))| first < last);
    let some = several.step_by(SPREAD_EVERY);
    let hours = |(first, last): (Timestamp, Timestamp)| (last - first).0 / 3_600 + HOURS_IN_HAND;
    some.map(|(element, span)| (s.elements.rows[element].name.clone(), hours(span))).collect()
}

/// Invents an operation, or says which size is none that can be moved.
pub(crate) fn generated(size: Size) -> Result<Generated, u8> {
    generate(size).map_err(|reason| {
        let message = format!(
            "no operation of {} pieces, {} aircraft, {} airfields and {} sites was found in which everything can move: {reason}",
            size.pieces, size.tails, size.airfields, size.sites
        );
        let remedy = "ask for more aircraft or airfields, fewer pieces or sites, or another seed";
        files::refuse_usage(&message, remedy, Summary::Text)
    })
}

fn write(args: &GenerateArgs) -> Result<u8, u8> {
    let folder = &args.dir;
    let usage = |message: &str, remedy: &str| files::refuse_usage(message, remedy, Summary::Text);
    files::refuse_used_folder(folder)?;
    let size = size(&args.size, args.pieces);
    let made = generated(size)?;
    made.loaded.draft.write_folder(folder).map_err(|error| {
        let message = format!("`{}` cannot be written: {error}", folder.display());
        usage(&message, "name another folder")
    })?;
    let readme = readme(&size, &made);
    files::write(&folder.join("README.md"), &readme, Summary::Text)?;
    files::write_plan(&folder.join("witness.plan.json"), &made.witness, Summary::Text)?;
    print(&format!("{readme}\nwritten: {}\n", folder.display()));
    Ok(exit::DONE)
}

fn readme(size: &Size, made: &Generated) -> String {
    let s = &made.loaded.scenario;
    let people: i64 = s.pieces.rows.iter().map(|p| p.people_each() * p.count).sum();
    let closure = made.verdict.closure.map_or_else(String::new, |t| t.to_rfc3339());
    let command = format!(
        "exeunt generate --pieces {} --tails {} --airfields {} --sites {} --seed {} --infeasible {}",
        size.pieces, size.tails, size.airfields, size.sites, size.seed, size.infeasible
    );
    let planted = match size.infeasible {
        0 => "Every piece can move.".to_owned(),
        n => format!(
            "The {n} masts of element OVERSIZE fit no aircraft; every other piece can move."
        ),
    };
    format!(
        "# {}\n\nInvented by `{command}`: {people} people and {} vehicles, pallets and containers in {} elements at {} sites and {} fields, \
         {} aircraft.\n\n{planted} The plan `witness.plan.json` shows it: closure {closure}, {} loaded sorties, {} ferries. It was made by the plain \
         method in one pass, and the checker accepts it.\n",
        s.operation.title,
        size.pieces,
        s.elements.len(),
        s.sites.len(),
        s.places.rows.iter().filter(|place| place.airfield.is_some()).count(),
        s.tails.len(),
        made.verdict.loaded_sorties,
        made.verdict.ferry_sorties,
    )
}
