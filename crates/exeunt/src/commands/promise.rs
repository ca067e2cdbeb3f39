//! `exeunt promise`: the ruler of dates, what may be promised of a set and a milestone.

use crate::args::{PromiseArgs, Summary};
use crate::commands::plan::threads;
use crate::commands::report::refuse_other_tables;
use crate::prospects::{Question, prospects, proven};
use crate::{exit, files, print};
use exeunt_engine::simulate::Request;
use exeunt_model::scenario::Scenario;
use exeunt_model::{ElementId, Plan};
use exeunt_report::ruler;
use exeunt_scenario::did_you_mean;
use std::collections::BTreeSet;

pub(crate) fn run(args: &PromiseArgs) -> u8 {
    promised(args).unwrap_or_else(|code| code)
}

fn promised(args: &PromiseArgs) -> Result<u8, u8> {
    let summary = args.summary;
    if let Some(path) = &args.svg {
        files::try_write(path, summary)?;
    }
    let loaded = files::scenario(&args.scenario, &args.overlay.overlay, summary)?;
    let s = &loaded.scenario;
    let plan = files::plan(&args.plan, summary)?;
    refuse_other_tables(s, &plan, &args.plan, summary)?;
    let question = Question {
        asked: args.set.clone(),
        set: elements(s, &args.set, summary)?,
        milestone: args.milestone.into(),
        wanted: args.wanted,
    };
    let request = Request {
        seed: args.seed,
        threads: threads(args.threads),
        ..Request::default().part(args.replications, 0, 1)
    };
    let plan = match &args.frozen {
        None => proven(s, plan, &question),
        // beside a frozen part nothing is proven
        Some(_) => Plan { bounds: Vec::new(), proof: None, ..plan },
    };
    let frozen = args.frozen.as_ref().map(|path| files::plan(path, summary)).transpose()?;
    let verdict = exeunt_check::check(s, &plan, frozen.as_ref());
    let found = prospects(s, &plan, &verdict, &question, request)
        .map_err(|reason| files::refuse_usage(&reason, "give a plan of this scenario", summary))?;
    let language = args.lang.into();
    if let Some(path) = &args.svg {
        files::write(path, &ruler::svg(s, &found, language), summary)?;
    }
    print(&match summary {
        Summary::Text => ruler::text(s, &found.ruler, language),
        Summary::Json => format!("{:#}\n", ruler::value(s, &found.ruler, language)),
    });
    // without rows nothing was reached and nothing missed: the message says what to fill in
    let missed = found.ruler.wanted.as_ref().is_some_and(|wanted| !wanted.is_within);
    Ok(if missed { exit::BROKEN } else { exit::DONE })
}

/// Finds the elements that are meant: all, those of parties, elements, those that sites free.
fn elements(s: &Scenario, names: &[String], summary: Summary) -> Result<Vec<ElementId>, u8> {
    let mut set = BTreeSet::new();
    for name in names {
        let meant = meant(s, name);
        if meant.is_empty() {
            return Err(unknown(s, name, summary));
        }
        set.extend(meant);
    }
    Ok(set.into_iter().collect())
}

fn meant(s: &Scenario, name: &str) -> Vec<ElementId> {
    let party = s.party(name);
    let site = s.sites.find(|site| site.name == name);
    let is_meant = |(id, element): &(ElementId, &exeunt_model::scenario::Element)| {
        name == "ALL"
            || s.elements[*id].name == name
            || party == Some(element.party)
            || site.is_some_and(|site| element.freed_by.contains(&site))
    };
    s.elements.iter().filter(is_meant).map(|(id, _)| id).collect()
}

/// Refuses a name of which nothing moves.
fn unknown(s: &Scenario, name: &str, summary: Summary) -> u8 {
    let is_known = s.party(name).is_some() || s.sites.find(|site| site.name == name).is_some();
    if is_known {
        let message = format!("nothing of `{name}` moves");
        let remedy = "name ALL, or a party, element or site of which something moves";
        return files::refuse_usage(&message, remedy, summary);
    }
    let names = std::iter::once("ALL")
        .chain(s.parties.rows.iter().map(|row| row.name.as_str()))
        .chain(s.elements.rows.iter().map(|row| row.name.as_str()))
        .chain(s.sites.rows.iter().map(|row| row.name.as_str()));
    let otherwise = "name ALL, or ids of the tables `parties`, `elements` and `sites`";
    let remedy = did_you_mean(name, names, otherwise);
    let message = format!("the scenario has no party, element or site `{name}`");
    files::refuse_usage(&message, &remedy, summary)
}
