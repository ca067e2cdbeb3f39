//! What a simulation says, for people and for programs: every probability and date with two intervals beside it.

use crate::grid::{LEFT, RIGHT, lay_out, prose};
use crate::zoned::Clock;
use exeunt_model::Timestamp;
use exeunt_model::outcome::{Comparison, Critical, PromiseProbability, Quantile, Summary, Swing};
use serde_json::{Value, json};

/// Returns what `simulate --summary json` prints. Keys are only ever added.
pub fn json(summary: &Summary, zone_offset: i64) -> Value {
    let clock = Clock::new(zone_offset);
    let at = |t: Option<Timestamp>| t.and_then(|t| clock.rfc3339(t));
    let quantile = |row: &Quantile| {
        json!({
            "percent": row.percent,
            "at": at(row.at),
            "sampling_interval": [at(row.sampling_interval.0), at(row.sampling_interval.1)],
            "input_interval": row.input_interval.map(|(low, high)| [at(low), at(high)]),
        })
    };
    let quantiles = |rows: &Option<Vec<Quantile>>| rows.as_ref().map(|rows| list(rows, &quantile));
    json!({
        "replications": summary.replications,
        "seed": summary.seed,
        "closure": quantiles(&summary.closure),
        "closure_left_host": quantiles(&summary.closure_left_host),
        "parties": list(&summary.parties, &|party| json!({
            "id": party.id,
            "closure": quantiles(&party.closure),
        })),
        "promises": list(&summary.promises, &promise),
        "assumed_share": summary.assumed_share,
        "input_draws": summary.inputs.0,
        "input_replications": summary.inputs.1,
        "critical_activities": list(&summary.activities, &|row| critical(row, summary)),
        "critical_causes": list(&summary.causes, &|row| critical(row, summary)),
        "swings": list(&summary.swings, &|swing| json!({
            "row": swing.row,
            "low": swing.range.0,
            "high": swing.range.1,
            "p50": swing.p50.map(|t| at(t.map(Timestamp))),
            "p90": swing.p90.map(|t| at(t.map(Timestamp))),
        })),
        "remedy": summary.remedy,
    })
}

pub(crate) fn list<T>(rows: &[T], value: &dyn Fn(&T) -> Value) -> Value {
    Value::Array(rows.iter().map(value).collect())
}

fn promise(row: &PromiseProbability) -> Value {
    json!({
        "id": row.id,
        "probability": row.probability,
        "sampling_interval": row.sampling_interval,
        "input_interval": row.input_interval,
        "lenient": row.lenient,
        "lenient_sampling_interval": row.lenient_sampling_interval,
        "lenient_input_interval": row.lenient_input_interval,
        "wanted": row.wanted,
    })
}

fn critical(row: &Critical, summary: &Summary) -> Value {
    json!({ "what": row.what, "share": share(row.count, summary.replications) })
}

fn share(count: u64, of: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts of replications are far below 2^52")]
    let (count, of) = (count as f64, of.max(1) as f64);
    count / of
}

/// Returns a comparison as JSON.
pub fn comparison_json(comparison: &Comparison) -> Value {
    let (earlier, same, later) = comparison.closes;
    json!({
        "replications": comparison.replications,
        "closes_earlier": earlier,
        "closes_at_the_same_moment": same,
        "closes_later": later,
        "later_s": comparison.later_s.map(|(p5, p50, p95)| json!({"p5": p5, "p50": p50, "p95": p95})),
        "promises": list(&comparison.promises, &|row| json!({
            "id": row.id,
            "both": row.kept.0,
            "first_alone": row.kept.1,
            "second_alone": row.kept.2,
            "neither": row.kept.3,
            "second_of_one": row.second_of_one,
        })),
    })
}

/// Returns what `simulate` prints for people.
pub fn text(summary: &Summary, zone_offset: i64) -> String {
    let clock = Clock::new(zone_offset);
    let mut parts = vec![head(summary)];
    if let Some(remedy) = &summary.remedy {
        parts.push(prose(0, remedy));
        return parts.join("\n") + "\n";
    }
    parts.push(promises(summary));
    parts.push(dates(clock, summary));
    parts.push(most_critical("ON THE LONGEST PATH", &summary.activities, summary.replications));
    parts.push(most_critical("HELD UP BY", &summary.causes, summary.replications));
    parts.push(swings(clock, &summary.swings));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

fn head(summary: &Summary) -> String {
    let (draws, each) = summary.inputs;
    let mut line = format!("{} replications, seed {}", grouped(summary.replications), summary.seed);
    if draws > 0 {
        line += &format!("; inputs: {draws} draws of {} each", grouped(each));
    }
    if let Some(assumed) = summary.assumed_share {
        line += &format!("; {assumed} % of the uncertainty rows are assumed");
    }
    prose(0, &line)
}

pub(crate) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

pub(crate) fn percent(p: f64) -> String {
    let text = format!("{:.1}", p * 100.0);
    // certainty needs no digits
    match text.as_str() {
        "100.0" => "100".to_owned(),
        "0.0" => "0".to_owned(),
        _ => text,
    }
}

pub(crate) fn range((low, high): (f64, f64)) -> String {
    format!("{}-{}", percent(low), percent(high))
}

fn promises(summary: &Summary) -> String {
    if summary.promises.is_empty() {
        return String::new();
    }
    let head = [
        "PROMISES",
        "strict %",
        "sampling",
        "inputs",
        "lenient %",
        "sampling",
        "inputs",
        "wanted %",
        "",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    let dash = || "-".to_owned();
    for row in &summary.promises {
        let word = match (row.probability, row.wanted) {
            (None, _) => "before the start",
            (Some(p), Some(wanted)) if p < wanted => "below",
            _ => "",
        };
        rows.push(vec![
            row.id.clone(),
            row.probability.map_or_else(dash, percent),
            row.sampling_interval.map_or_else(dash, range),
            row.input_interval.map_or_else(dash, range),
            row.lenient.map_or_else(dash, percent),
            row.lenient_sampling_interval.map_or_else(dash, range),
            row.lenient_input_interval.map_or_else(dash, range),
            row.wanted.map_or_else(dash, percent),
            word.to_owned(),
        ]);
    }
    lay_out(&[LEFT.after(0), RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, LEFT], &rows)
}

fn dates(clock: Clock, summary: &Summary) -> String {
    let mut rows = vec![["DATES", "", "", "sampling", "inputs"].map(str::to_owned).to_vec()];
    let never = |t: Option<Timestamp>| t.map_or_else(|| "never".to_owned(), |t| clock.moment(t));
    let mut add = |what: &str, list: &Option<Vec<Quantile>>, percents: &[u64]| {
        let shown = list.iter().flatten().filter(|row| percents.contains(&row.percent));
        for (position, row) in shown.enumerate() {
            let (low, high) = row.sampling_interval;
            let inputs = row.input_interval.map_or_else(
                || "-".to_owned(),
                |(low, high)| format!("{} to {}", never(low), never(high)),
            );
            rows.push(vec![
                if position == 0 { what.to_owned() } else { String::new() },
                format!("{} %", row.percent),
                never(row.at),
                format!("{} to {}", never(low), never(high)),
                inputs,
            ]);
        }
    };
    add("last arrival of all", &summary.closure, &[5, 50, 80, 90, 95]);
    add("last out of the host", &summary.closure_left_host, &[50, 90]);
    for party in &summary.parties {
        add(&format!("last of {}", party.id), &party.closure, &[50, 90]);
    }
    lay_out(&[LEFT.after(0), RIGHT, LEFT, LEFT, LEFT], &rows)
}

fn most_critical(title: &str, list: &[Critical], of: u64) -> String {
    if list.is_empty() {
        return String::new();
    }
    let mut rows = vec![vec![title.to_owned(), "% of replications".to_owned()]];
    rows.extend(list.iter().map(|row| vec![row.what.clone(), percent(share(row.count, of))]));
    lay_out(&[LEFT.after(0), RIGHT], &rows)
}

fn swings(clock: Clock, list: &[Swing]) -> String {
    if list.is_empty() {
        return String::new();
    }
    let never =
        |t: Option<i64>| t.map_or_else(|| "never".to_owned(), |t| clock.moment(Timestamp(t)));
    let head = ["WHAT DECIDES", "from", "to", "closure at 90 %, lowest", "as stated", "highest"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    rows.extend(list.iter().map(|swing| {
        let [low, stated, high] = swing.p90.map(never);
        let (from, to) = (swing.range.0.to_string(), swing.range.1.to_string());
        vec![swing.row.clone(), from, to, low, stated, high]
    }));
    lay_out(&[LEFT.after(0), RIGHT, RIGHT, LEFT, LEFT, LEFT], &rows)
}

/// Returns a comparison for people.
pub fn comparison_text(comparison: &Comparison) -> String {
    let (earlier, same, later) = comparison.closes;
    let mut text = format!(
        "AGAINST THE SECOND PLAN, on the same {} courses of events\nthe second closes earlier in {}, at the same moment \
in {}, later in {}\n",
        grouped(comparison.replications),
        grouped(earlier),
        grouped(same),
        grouped(later)
    );
    if let Some((p5, p50, p95)) = comparison.later_s {
        let minutes = |s: i64| s.div_euclid(60);
        text += &format!(
            "it closes later by {} min (5th of 100), {} min (50th), {} min (95th)\n",
            minutes(p5),
            minutes(p50),
            minutes(p95)
        );
    }
    let head =
        ["PROMISES", "both", "first alone", "second alone", "neither", "second of one, 95 %"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for row in &comparison.promises {
        let (both, first, second, neither) = row.kept;
        let counts = [both, first, second, neither].map(grouped);
        let mut cells = vec![row.id.clone()];
        cells.extend(counts);
        cells.push(row.second_of_one.map_or_else(|| "-".to_owned(), range));
        rows.push(cells);
    }
    text + &lay_out(&[LEFT.after(0), RIGHT, RIGHT, RIGHT, RIGHT, RIGHT], &rows) + "\n"
}
