//! What a commander asks when told "not yet normal": who and what is still there at a moment, what is guarded, how soon
//! somebody could be back, until when a stop keeps which sites, and what the situation gates. As text and as JSON.

use crate::grid::{LEFT, RIGHT, lay_out, prose};
use crate::zoned::{Clock, stretch};
use exeunt_model::residual::{LastStop, Strength};
use exeunt_model::scenario::{MandateKind, Policy};
use exeunt_model::{Id, Residual, Scenario, SiteId, Timestamp, Verdict};
use serde_json::{Value, json};

/// Everything that is told of a moment.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// Scenario.
    pub scenario: &'a Scenario,
    /// What the checker derived of the plan.
    pub verdict: &'a Verdict,
    /// What the force can still do at the moment.
    pub residual: &'a Residual,
    /// Until when a stop keeps the sites of each task.
    pub last_stops: &'a [LastStop],
    /// Sites that somebody named.
    pub named: Option<Named<'a>>,
}

/// Sites that somebody wants to keep.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// The sites.
    pub sites: &'a [SiteId],
    /// Those of them that the plan costs, each with the last moment at which a stop keeps it.
    pub losses: &'a [(Timestamp, SiteId)],
}

/// A set of sites, what it is called, and what of it the plan costs.
struct Keep<'a> {
    name: &'a str,
    text: &'a str,
    sites: &'a [SiteId],
    losses: &'a [(Timestamp, SiteId)],
}

fn keeps<'a>(situation: &Situation<'a>) -> Vec<Keep<'a>> {
    let s = situation.scenario;
    let mut keeps = Vec::new();
    if let Some(Named { sites, losses }) = situation.named {
        keeps.push(Keep { name: "named", text: "the sites named", sites, losses });
    }
    for stop in situation.last_stops {
        let task = &s.mandate[stop.task];
        if let MandateKind::Task(sites) = &task.kind {
            keeps.push(Keep { name: &task.name, text: &task.text, sites, losses: &stop.losses });
        }
    }
    keeps
}

/// Writes the situation as text, at most 100 columns, ending with a newline.
pub fn text(situation: &Situation<'_>) -> String {
    let Situation { scenario: s, verdict, residual, .. } = *situation;
    let now = residual.at;
    let clock = Clock::new(s.operation.zone_offset);
    let mut parts =
        vec![prose(0, &format!("{} · {}, by the plan", s.operation.title, clock.long(now)))];
    if !verdict.accepted {
        let n = verdict.findings.len();
        parts.push(prose(0, &format!("the plan does not pass the checker ({n} findings)")));
    }
    let mut rows = vec![["in the host", "people", "vehicles"].map(str::to_owned).to_vec()];
    let row = |name: String, people: i64, vehicles: i64| {
        vec![name, people.to_string(), vehicles.to_string()]
    };
    for &Strength { party, people, vehicles } in &residual.strength {
        rows.push(row(s.parties[party].title.clone(), people, vehicles));
    }
    rows.push(row("together".to_owned(), residual.people(), residual.vehicles()));
    parts.push(lay_out(&[LEFT.after(0), RIGHT, RIGHT], &rows));
    let guarded: Vec<&str> =
        residual.guarded.iter().map(|&site| s.sites[site].name.as_str()).collect();
    let (n, all) = (guarded.len(), s.sites.len());
    let list = if n == 0 { String::new() } else { format!(": {}", guarded.join(", ")) };
    parts.push(prose(0, &format!("guarded {n} of {all} sites{list}")));
    parts.push(prose(
        0,
        &match residual.first_back {
            Some(back) => {
                format!("the first of those who have left could be back in {}", stretch(back))
            }
            None => "nobody has left the host".to_owned(),
        },
    ));
    let mut lines = Vec::new();
    for Keep { name, text, sites, losses } in keeps(situation) {
        let lost = losses.iter().filter(|loss| loss.0 < now).count();
        let next = losses.iter().find(|loss| loss.0 >= now);
        let until = next.map_or_else(
            || "the plan costs no other".to_owned(),
            |&(t, site)| {
                let place = &s.places[s.sites[site].place];
                format!(
                    "a stop keeps the others until {}, then {} ({}) is lost",
                    clock.moment(t),
                    place.name,
                    place.title
                )
            },
        );
        let of = format!("{lost} of {} cannot be kept any more; {until}", sites.len());
        lines.push(vec![name.to_owned(), format!("{text}: {of}")]);
    }
    if !lines.is_empty() {
        parts.push(format!("IF THE LIFT STOPS\n{}", lay_out(&[LEFT.after(2), LEFT], &lines)));
    }
    let mut gates = Vec::new();
    for (id, condition) in s.conditions.iter() {
        let open = verdict.conditions[id.index()].is_open(now);
        let state = if open { "open" } else { "closed" };
        gates.push(vec![
            condition.name.clone(),
            state.to_owned(),
            policy(condition.policy).to_owned(),
            condition.text.clone(),
        ]);
    }
    if !gates.is_empty() {
        parts.push(format!("CONDITIONS\n{}", lay_out(&[LEFT.after(2), LEFT, LEFT, LEFT], &gates)));
    }
    let mut judged = Vec::new();
    for row in s.assessments.rows.iter().filter(|row| row.at <= now) {
        let level = &s.levels[row.level].title;
        let zone = if row.zone == "ALL" { "the whole theatre" } else { row.zone.as_str() };
        judged.push(vec![clock.moment(row.at), row.office.clone(), zone.to_owned(), level.clone()]);
    }
    if !judged.is_empty() {
        parts.push(format!("JUDGED\n{}", lay_out(&[LEFT.after(2), LEFT, LEFT, LEFT], &judged)));
    }
    parts.join("\n\n") + "\n"
}

fn policy(policy: Policy) -> &'static str {
    match policy {
        Policy::Go => "go",
        Policy::Hold => "hold",
        Policy::Reverse => "reverse",
    }
}

/// Returns the situation as one JSON object; moments are RFC 3339 in the operation's zone, `first_back_s` is null if
/// nobody has left.
pub fn value(situation: &Situation<'_>) -> Value {
    let Situation { scenario: s, verdict, residual, .. } = *situation;
    let now = residual.at;
    let clock = Clock::new(s.operation.zone_offset);
    let moment = |t: Timestamp| clock.rfc3339(t).map_or(Value::Null, Value::String);
    let site = |id: SiteId| s.sites[id].name.as_str();
    let loss = |&(t, id): &(Timestamp, SiteId)| json!({ "last_stop": moment(t), "site": site(id) });
    let keeps: Vec<Value> = keeps(situation)
        .iter()
        .map(|keep| {
            json!({
                "id": keep.name,
                "sites": keep.sites.iter().map(|&id| site(id)).collect::<Vec<_>>(),
                "losses": keep.losses.iter().map(loss).collect::<Vec<_>>(),
                "n_lost": keep.losses.iter().filter(|loss| loss.0 < now).count(),
            })
        })
        .collect();
    let parties: Vec<Value> = residual
        .strength
        .iter()
        .map(|row| json!({ "id": s.parties[row.party].name, "people": row.people, "vehicles": row.vehicles }))
        .collect();
    let conditions: Vec<Value> = s
        .conditions
        .iter()
        .map(|(id, row)| {
            let open = verdict.conditions[id.index()].is_open(now);
            json!({ "id": row.name, "open": open, "policy": policy(row.policy) })
        })
        .collect();
    json!({
        "at": moment(now),
        "accepted": verdict.accepted,
        "parties": parties,
        "people": residual.people(),
        "vehicles": residual.vehicles(),
        "guarded": residual.guarded.iter().map(|&id| site(id)).collect::<Vec<_>>(),
        "first_back_s": residual.first_back.map(|back| back.0),
        "tasks": keeps,
        "conditions": conditions,
    })
}
