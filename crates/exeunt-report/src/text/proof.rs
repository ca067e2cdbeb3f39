//! What `prove` prints: each level beside its bound, the closure of every party by stage, and in words why no plan
//! can be earlier. Shown is what the checker has reckoned again.

use super::{clock, days, join, opening, span, title};
use crate::grid::{LEFT, RIGHT, lay_out, prose};
use crate::zoned::{Clock, stretch};
use exeunt_model::certificate::{Certificate, Claim, Cover, Evidence, FieldKind, Side, Stage};
use exeunt_model::finding::Proven;
use exeunt_model::scenario::Milestone;
use exeunt_model::{Duration, Plan, Scenario, Timestamp, Verdict, formula};

/// The stages, in the order of the columns.
const STAGES: [Stage; 4] = [Stage::B0, Stage::B1, Stage::B3, Stage::B4];

/// A date put to the proof.
#[derive(Debug, Clone, Copy)]
pub struct Tested<'a> {
    /// What was asked, such as "all out of the host".
    pub what: &'a str,
    /// The date.
    pub by: Timestamp,
    /// No plan is there before; none if nothing was proven.
    pub not_before: Option<Timestamp>,
}

/// Returns the summary that `prove` prints, ending with a newline.
pub fn proof_summary(
    scenario: &Scenario,
    plan: &Plan,
    verdict: &Verdict,
    tested: Option<Tested<'_>>,
) -> String {
    let Some(proven) = &verdict.proven else {
        return join([Some("nothing is proven of this plan".to_owned())]);
    };
    join([
        Some(opening(&title("prove", scenario), Some(span(scenario)), scenario, verdict)),
        tested.map(|tested| test_of_date(scenario, tested)),
        Some(levels(verdict, proven)),
        Some(closures(scenario, plan, verdict, proven)),
        Some(reasons(scenario, plan, proven)),
        impossible(scenario, plan, proven),
        planning_figures(scenario, verdict),
    ])
}

fn test_of_date(scenario: &Scenario, tested: Tested<'_>) -> String {
    let clock = clock(scenario);
    let Tested { what, by, not_before } = tested;
    let by_then = clock.moment(by);
    prose(
        0,
        &match not_before {
            Some(t) if t >= Timestamp::MAX => {
                format!("REFUTED  {what} by {by_then}: no plan ever can")
            }
            Some(t) if t > by => {
                format!("REFUTED  {what} by {by_then}: no plan can before {}", clock.moment(t))
            }
            Some(t) => format!(
                "NOT REFUTED  {what} by {by_then}: all that is proven is not before {}",
                clock.moment(t)
            ),
            None => format!("NOT REFUTED  {what} by {by_then}: nothing is proven of it"),
        },
    )
}

fn levels(verdict: &Verdict, proven: &Proven) -> String {
    let mut rows =
        vec![["LEVEL", "value", "no plan below", "gap", "stage"].map(str::to_owned).to_vec()];
    for (at, level) in verdict.levels.iter().enumerate() {
        let number = |value: Option<i64>| value.map_or("-".to_owned(), |v| v.to_string());
        let stage = proven.stages.get(at).copied().flatten();
        rows.push(vec![
            level.clone(),
            number(verdict.objective.get(at).copied()),
            number(proven.bounds.get(at).copied().flatten()),
            gap(proven.gaps.get(at).copied().flatten()),
            stage.map_or(String::new(), |stage| format!("{stage:?}")),
        ]);
    }
    let first = match (&proven.gap.level, proven.gap.per_ten_thousand) {
        (None, _) => "every level is proven: no plan is better".to_owned(),
        (Some(level), gap_of) => {
            format!("proven up to the level before {level}, which is within {}", gap(gap_of))
        }
    };
    lay_out(&[LEFT.after(0), RIGHT, RIGHT, RIGHT, LEFT], &rows) + "\n" + &prose(0, &first)
}

/// Writes parts per ten thousand as per cent.
fn gap(of: Option<i64>) -> String {
    match of {
        None => "-".to_owned(),
        Some(0) => "proven".to_owned(),
        Some(parts) => format!("{}.{} %", parts / 100, parts % 100 / 10),
    }
}

fn percent(part: Duration, whole: Duration) -> String {
    if whole.0 <= 0 {
        return "-".to_owned();
    }
    let tenths = (part.0.saturating_mul(1_000) + whole.0 - 1) / whole.0;
    format!("{}.{} %", tenths / 10, tenths % 10)
}

/// Returns the last end of a handover that frees somebody.
fn last_release(scenario: &Scenario, plan: &Plan) -> Option<Timestamp> {
    let frees = |step: &str| {
        let row = scenario.steps.rows.iter().find(|row| row.name == step);
        row.is_some_and(|row| {
            scenario.elements.rows.iter().any(|element| element.freed_by.contains(&row.site))
        })
    };
    plan.handovers.iter().filter(|h| frees(&h.step)).map(|h| h.ends).max()
}

fn closures(scenario: &Scenario, plan: &Plan, verdict: &Verdict, proven: &Proven) -> String {
    let clock = clock(scenario);
    let start = scenario.operation.start;
    let heads = ["CLOSURE", "plan", "no plan before", "gap", "stage", "B0", "B1", "B3", "B4"];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for party in &verdict.parties {
        let bound = proven.parties.iter().find(|row| row.id == party.id);
        let bound = bound.and_then(|row| row.closure);
        let mut row = vec![
            party.id.clone(),
            clock.moment_or_dash(party.closure),
            clock.moment_or_dash(bound.map(|(t, _)| t)),
            match (party.closure, bound) {
                (Some(t), Some((bound, _))) => percent(t - bound, t - start),
                _ => "-".to_owned(),
            },
            bound.map_or(String::new(), |(_, stage)| format!("{stage:?}")),
        ];
        for stage in STAGES {
            let found = certificates(scenario, plan, &party.id);
            let best = found.filter(|c| c.stage == stage).filter_map(not_before).max();
            row.push(best.map_or("-".to_owned(), |t| brief(clock, t)));
        }
        rows.push(row);
    }
    let tracks = [LEFT.after(0), LEFT, LEFT, RIGHT, LEFT, LEFT, LEFT, LEFT, LEFT];
    let mut text = lay_out(&tracks, &rows);
    if let (Some(closure), Some(bound)) = (verdict.closure, proven.closure) {
        let mut line = format!(
            "all home {}, no plan before {}: {} of the time since the start",
            clock.moment(closure),
            clock.moment(bound),
            percent(closure - bound, closure - start),
        );
        if let Some(release) = last_release(scenario, plan) {
            line += &format!(
                ", {} of that since the last handover, {}",
                percent(closure - bound, closure - release),
                clock.moment(release),
            );
        }
        text += "\n";
        text += &prose(0, &line);
    }
    if let (Some(left), Some(bound)) = (verdict.closure_left_host, proven.left_host) {
        let (left, bound) = (clock.moment(left), clock.moment(bound));
        text += &format!("\nlast out of the host {left}, no plan before {bound}");
    }
    text
}

fn brief(clock: Clock, t: Timestamp) -> String {
    let day = clock.moment(t);
    day.trim_start_matches(|c: char| c.is_alphabetic() || c == ' ').to_owned()
}

/// Returns the certificates about the arrival of a party at its destinations.
fn certificates<'a>(
    scenario: &'a Scenario,
    plan: &'a Plan,
    party: &str,
) -> impl Iterator<Item = &'a Certificate> {
    let id = scenario.party(party);
    let mine = move |name: &String| {
        let element = scenario.elements.rows.iter().find(|row| row.name == *name);
        element.is_some_and(|row| Some(row.party) == id)
    };
    let all = plan.proof.iter().flat_map(|proof| &proof.certificates);
    all.filter(move |certificate| match &certificate.claim {
        Claim::Arrival { set, milestone: Milestone::HomeBase, promise: None, .. } => {
            set.iter().all(mine)
        }
        _ => false,
    })
}

fn not_before(certificate: &Certificate) -> Option<Timestamp> {
    match &certificate.claim {
        Claim::Arrival { not_before, .. } => *not_before,
        _ => None,
    }
}

/// The strongest certificate of each party in words.
fn reasons(scenario: &Scenario, plan: &Plan, proven: &Proven) -> String {
    let mut lines = vec!["WHY NO PLAN CAN".to_owned()];
    for party in &proven.parties {
        let Some((t, stage)) = party.closure else { continue };
        let mut found = certificates(scenario, plan, &party.id)
            .filter(|c| c.stage == stage && not_before(c) == Some(t));
        if let Some(certificate) = found.next() {
            let words = in_words(scenario, certificate);
            lines.push(prose(2, &format!("{} ({stage:?}): {words}", party.id)));
        }
    }
    for lemma in plan.proof.iter().flat_map(|proof| &proof.lemmas) {
        let clock = clock(scenario);
        let words = format!(
            "step {} not before {}: {}",
            lemma.step,
            clock.moment(lemma.not_before),
            teams_in_words(scenario, &lemma.teams)
        );
        lines.push(prose(2, &words));
    }
    lines.join("\n")
}

fn impossible(scenario: &Scenario, plan: &Plan, proven: &Proven) -> Option<String> {
    let mut lines = Vec::new();
    for id in &proven.impossible {
        let row = scenario.promises.rows.iter().find(|row| row.name == *id);
        let text = row.map_or("", |row| row.text.as_str());
        let of_it = |certificate: &&Certificate| match &certificate.claim {
            Claim::Arrival { promise, .. } => promise.as_ref() == Some(id),
            Claim::Promise { promise } => promise == id,
            _ => false,
        };
        let all = plan.proof.iter().flat_map(|proof| &proof.certificates);
        let why = all.filter(of_it).map(|certificate| in_words(scenario, certificate)).next();
        let why = why.unwrap_or_default();
        lines.push(prose(2, &format!("{id} \"{text}\": {why}")));
    }
    (!lines.is_empty()).then(|| format!("NO PLAN KEEPS\n{}", lines.join("\n")))
}

/// Says in words why a certificate holds.
pub(crate) fn in_words(scenario: &Scenario, certificate: &Certificate) -> String {
    let clock = clock(scenario);
    let then = match &certificate.claim {
        Claim::Arrival { not_before: Some(t), milestone, .. } => {
            format!("; the last {} {} at the earliest", arrives(*milestone), clock.moment(*t))
        }
        Claim::Arrival { not_before: None, .. } => "; never".to_owned(),
        _ => String::new(),
    };
    let why = match &certificate.evidence {
        Evidence::Path if certificate.stage == Stage::B0 => {
            "even with roads, aircraft and fields for itself alone some piece takes so long, or waits \
             for those who must leave its field before"
                .to_owned()
        }
        Evidence::Path => {
            "even with roads, aircraft and fields for itself alone some piece takes so long from the \
             end of its handover, or waits for those who must leave its field before"
                .to_owned()
        }
        Evidence::Teams(teams) => teams_in_words(scenario, teams),
        Evidence::Field(field) => {
            let what = match field.kind {
                FieldKind::Handling => "handling teams",
                FieldKind::HostCheck => "host checks",
                FieldKind::Stand => "stands",
            };
            let (before, after) = match field.cover.side {
                Side::Loading => ("can be loaded", "loaded"),
                Side::Unloading => ("can land", "unloaded"),
            };
            format!(
                "the {what} of {} have {} of work with {}, none of which {before} before {}; one \
                 service after another without a gap from then on, the last is {after} {} at the earliest",
                days::place_title(scenario, &field.cover.field),
                stretch(Duration(field.work)),
                loads(&field.cover),
                clock.moment(field.from),
                clock.moment(field.last_ends),
            )
        }
        Evidence::Fleet(fleet) => format!(
            "all aircraft together, each there as early as it can be and back as fast as it flies, have \
             taken {} up at {} by {} at the earliest",
            loads(&fleet.cover),
            days::place_title(scenario, &fleet.cover.field),
            clock.moment(fleet.last_ends),
        ),
        Evidence::Loads { covers } => {
            format!("what boards at {} fields needs so many sorties", covers.len())
        }
        Evidence::Start => "nobody of the set can set out in time".to_owned(),
        Evidence::Mode => "the scenario has somebody of the set travel otherwise".to_owned(),
    };
    why + &then
}

fn loads(cover: &Cover) -> String {
    let shown = cover.elements.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
    match cover.elements.len() {
        0..=3 => shown,
        n => format!("{shown} and {} more", n - 3),
    }
}

fn teams_in_words(scenario: &Scenario, teams: &exeunt_model::certificate::Teams) -> String {
    let clock = clock(scenario);
    let title = scenario.resource(&teams.resource).map(|id| &scenario.resources[id].title);
    format!(
        "{} ({}) have {} steps to do, none of them before {}; one after another without a gap they are through with them {} \
         at the earliest",
        title.map_or("teams", String::as_str),
        teams.resource,
        teams.steps.len(),
        clock.moment(teams.from),
        clock.moment(teams.last_ends),
    )
}

const fn arrives(milestone: Milestone) -> &'static str {
    match milestone {
        Milestone::LeftSite => "leaves its site",
        Milestone::LeftHost => "leaves the host",
        Milestone::HomeAirfield => "lands at home",
        Milestone::HomeBase => "arrives",
    }
}

/// The throughput formula A11 of the planners beside what the plan flies: no bound, a lawful plan may beat it.
fn planning_figures(scenario: &Scenario, verdict: &Verdict) -> Option<String> {
    let busiest = verdict.days.iter().max_by_key(|day| day.loaded_sorties)?;
    let id = scenario.place(&busiest.field)?;
    let ground = scenario.types.rows.iter().map(|t| t.onload).min()?;
    let capacity = busiest.handling_capacity_s?;
    let mean = formula::throughput(1, Duration(capacity), ground, 85)?;
    let full = formula::throughput(1, Duration(capacity), ground, 100)?;
    let place = &scenario.places[id].title;
    let text = format!(
        "PLANNING FIGURES (no bounds, they enter no certificate)  {place}, {}: handling hours / ground time gives \
         {mean} sorties at 85 % efficiency (A11) and {full} at 100 %; this plan flies {}",
        clock(scenario).day(busiest.day),
        busiest.loaded_sorties,
    );
    Some(prose(0, &text))
}
