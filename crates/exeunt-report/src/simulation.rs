//! What a simulation says, for people and for programs: every probability and date with two intervals beside it.

use crate::grid::{LEFT, RIGHT, lay_out, prose};
use crate::zoned::Clock;
use exeunt_model::Timestamp;
use exeunt_model::outcome::{
    Comparison, Critical, End, Outcome, PromiseProbability, Quantile, Summary, Swing,
};
use serde_json::{Value, json};

/// Returns what `simulate --summary json` prints. Keys are only ever added.
pub fn json(summary: &Summary, zone_offset: i64) -> Value {
    let clock = Clock::new(zone_offset);
    let at = |t: Option<Timestamp>| t.and_then(|t| clock.rfc3339(t));
    let quantile = |row: &Quantile| {
        let mut value = json!({ "percent": row.percent, "at": at(row.at) });
        intervals(&mut value, row, clock);
        value
    };
    let quantiles = |rows: &Option<Vec<Quantile>>| rows.as_ref().map(|rows| list(rows, &quantile));
    json!({
        "replications": summary.replications,
        "seed": summary.seed,
        "unmoved": summary.unmoved,
        "findings": summary.findings,
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
        "input_remark": input_remark(summary),
        "critical_activities": list(&summary.activities, &|row| critical(row, summary)),
        "critical_causes": list(&summary.causes, &|row| critical(row, summary)),
        "swings": list(&summary.swings, &|swing| json!({
            "row": swing.row,
            "low": swing.range.0,
            "high": swing.range.1,
            "p50": swing.p50.map(|t| at(t.map(Timestamp))),
            "p90": swing.p90.map(|t| at(t.map(Timestamp))),
            "replications": summary.inputs.1,
        })),
        "remedy": summary.remedy,
    })
}

/// Writes both intervals of a date; an end that never comes is null and bounded, one that so few replications do not bound
/// is null and not bounded.
pub(crate) fn intervals(value: &mut Value, row: &Quantile, clock: Clock) {
    let at = |end: End| end.at().and_then(|t| clock.rfc3339(t));
    let (low, high) = row.sampling_interval;
    value["sampling_interval"] = json!([at(low), at(high)]);
    value["sampling_interval_bounded"] = json!([low.is_bounded(), high.is_bounded()]);
    value["input_interval"] = json!(row.input_interval.map(|(low, high)| [at(low), at(high)]));
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
        "unmoved": comparison.unmoved,
        "findings": comparison.findings,
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
    parts.push(swings(clock, summary));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

/// Returns what `simulate --shard --summary json` prints.
pub fn part_json(outcome: &Outcome) -> Value {
    let (shard, of) = outcome.shard;
    json!({
        "shard": shard,
        "of": of,
        "first": outcome.first,
        "replications": outcome.closure.0.len(),
        "total": outcome.total,
        "seed": outcome.seed,
        "unmoved": outcome.unmoved,
        "findings": outcome.findings,
    })
}

/// Returns what `simulate --shard` prints for people.
pub fn part_text(outcome: &Outcome) -> String {
    let (shard, of) = outcome.shard;
    let n = outcome.closure.0.len();
    let mut text = format!("part {shard} of {of}: {n} replications written\n");
    for warning in warnings(outcome.unmoved, outcome.findings) {
        text += &prose(0, &warning);
        text += "\n";
    }
    text
}

/// Says why there is no interval of the inputs.
fn input_remark(summary: &Summary) -> Option<&'static str> {
    let is_uncertain = summary.assumed_share.is_some();
    (is_uncertain && summary.inputs.0 == 0).then_some("no row has a range, so none is drawn")
}

fn head(summary: &Summary) -> String {
    let (draws, each) = summary.inputs;
    let mut line = format!("{} replications, seed {}", grouped(summary.replications), summary.seed);
    line += &match (draws, input_remark(summary)) {
        (_, Some(remark)) => format!("; inputs: {remark}"),
        (0, None) => String::new(),
        (draws, None) => format!("; inputs: {draws} draws of {} each", grouped(each)),
    };
    if let Some(assumed) = summary.assumed_share {
        line += &format!("; {assumed} % of the uncertainty rows are assumed");
    }
    let mut text = prose(0, &line);
    for warning in warnings(summary.unmoved, summary.findings) {
        text += "\n";
        text += &prose(0, &warning);
    }
    text
}

/// Says what the plan leaves behind and whether the checker finds faults in it.
fn warnings(stay: u64, findings: u64) -> Vec<String> {
    let mut warnings = Vec::new();
    if stay > 0 {
        warnings.push(format!(
            "the dates are of those that move; {} {} by the plan",
            grouped(stay),
            if stay == 1 { "piece stays" } else { "pieces stay" }
        ));
    }
    if findings > 0 {
        warnings.push(format!(
            "`exeunt check` finds {} {} in the plan; an order that it does not keep is not kept in replay",
            grouped(findings),
            if findings == 1 { "fault" } else { "faults" }
        ));
    }
    warnings
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

/// Returns a probability in tenths of a per cent; only certainty is 0 or 1,000.
pub(crate) fn per_mille(p: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a share of a thousand")]
    let per_mille = (p * 1_000.0).round() as i64;
    match per_mille {
        1_000 if p < 1.0 => 999,
        0 if p > 0.0 => 1,
        exact => exact,
    }
}

/// Writes tenths of a per cent; a whole number has no tenths.
pub(crate) fn tenths(tenths: i64, comma: char) -> String {
    let (whole, tenth) = (tenths / 10, tenths % 10);
    match tenth {
        0 => whole.to_string(),
        _ => format!("{whole}{comma}{tenth}"),
    }
}

/// Writes a probability as per cent with a tenth; only certainty is 0 or 100.
pub(crate) fn percent(p: f64) -> String {
    tenths(per_mille(p), '.')
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
    let end = |end: End| match end {
        End::At(t) => clock.moment(t),
        End::Never => "never".to_owned(),
        End::Unbounded => "?".to_owned(),
    };
    let mut add = |what: &str, list: &Option<Vec<Quantile>>, percents: &[u64]| {
        let shown = list.iter().flatten().filter(|row| percents.contains(&row.percent));
        for (position, row) in shown.enumerate() {
            let (low, high) = row.sampling_interval;
            let inputs = row.input_interval.map_or_else(
                || "-".to_owned(),
                |(low, high)| format!("{} to {}", end(low), end(high)),
            );
            rows.push(vec![
                if position == 0 { what.to_owned() } else { String::new() },
                format!("{} %", row.percent),
                never(row.at),
                format!("{} to {}", end(low), end(high)),
                inputs,
            ]);
        }
    };
    let all = if summary.unmoved == 0 { "last arrival of all" } else { "last of all that move" };
    add(all, &summary.closure, &[5, 50, 80, 90, 95]);
    add("last out of the host", &summary.closure_left_host, &[50, 90]);
    for party in &summary.parties {
        add(&format!("last of {}", party.id), &party.closure, &[50, 90]);
    }
    let mut text = lay_out(&[LEFT.after(0), RIGHT, LEFT, LEFT, LEFT], &rows);
    if rows.iter().any(|row| row[3].contains('?')) {
        text += "\n? so few replications do not bound it";
    }
    text
}

fn most_critical(title: &str, list: &[Critical], of: u64) -> String {
    if list.is_empty() {
        return String::new();
    }
    let mut rows = vec![vec![title.to_owned(), "% of replications".to_owned()]];
    rows.extend(list.iter().map(|row| vec![row.what.clone(), percent(share(row.count, of))]));
    lay_out(&[LEFT.after(0), RIGHT], &rows)
}

fn swings(clock: Clock, summary: &Summary) -> String {
    let list: &[Swing] = &summary.swings;
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
    let mut text = lay_out(&[LEFT.after(0), RIGHT, RIGHT, LEFT, LEFT, LEFT], &rows);
    text += &format!(
        "\neach figure, `as stated` too, is of the first {} replications",
        grouped(summary.inputs.1)
    );
    text
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
    for warning in warnings(comparison.unmoved.1, comparison.findings.1) {
        text += &prose(0, &format!("of the second plan: {warning}"));
        text += "\n";
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_certainty_is_nothing_or_all() {
        let shown = [0.0, 0.000_04, 0.898_6, 0.9, 0.999_9, 1.0].map(percent);
        assert_eq!(shown, ["0", "0.1", "89.9", "90", "99.9", "100"]);
    }
}
