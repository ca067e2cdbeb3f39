//! The ruler for programs: one JSON object with the keys that DESIGN section 6 promises. Keys are only ever added.

use super::Teller;
use crate::language::{Language, Words};
use crate::ledger;
use crate::simulation::intervals;
use crate::zoned::Clock;
use exeunt_model::outcome::Quantile;
use exeunt_model::ruler::{Chance, Reading, Ruler, Said, Wanted};
use exeunt_model::{Scenario, Timestamp};
use serde_json::{Value, json};

/// Returns what `promise --summary json` prints.
pub fn value(scenario: &Scenario, ruler: &Ruler, language: Language) -> Value {
    let words = Words::new(language);
    let writer = Writer {
        t: Teller { s: scenario, words: &words },
        clock: Clock::new(scenario.operation.zone_offset),
    };
    let bound = ruler.impossible.as_ref();
    json!({
        "set": ruler.asked,
        "elements": ruler.set.iter().map(|id| &scenario.elements[*id].name).collect::<Vec<_>>(),
        "milestone": ruler.milestone,
        "question": super::text::question(&writer.t, ruler),
        "impossible_before": writer.at(bound.and_then(|found| found.before)),
        "impossible": bound.map(|found| json!({
            "ever": found.before.is_none(),
            "stage": found.stage,
            "by": found.evidence,
            "why": writer.t.why(found),
            "checked": true,
        })),
        "plan": writer.at(ruler.plan),
        "missing": ruler.missing,
        "gap_percent": ruler.gap.map(hundredths),
        "findings": ruler.findings,
        "kept_with": ruler.kept_with.as_ref().map(|rows| {
            rows.iter().map(|row| writer.quantile(row)).collect::<Vec<_>>()
        }),
        "said": ruler.said.iter().map(|said| writer.said(said)).collect::<Vec<_>>(),
        "wanted": ruler.wanted.as_ref().map(|wanted| writer.wanted(wanted)),
        "assumed_share": ruler.assumed_share,
        "replications": ruler.assumed_share.map(|_| ruler.replications.0),
        "seed": ruler.replications.1,
        "input_draws": ruler.inputs.0,
        "input_replications": ruler.inputs.1,
        "remedy": ruler.assumed_share.is_none().then(|| writer.t.remedy()),
    })
}

struct Writer<'a> {
    t: Teller<'a>,
    clock: Clock,
}

/// Writes parts of ten thousand as per cent.
fn hundredths(parts: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a gap is far below 2^52")]
    let parts = parts as f64;
    parts / 100.0
}

impl Writer<'_> {
    fn at(&self, t: Option<Timestamp>) -> Option<String> {
        t.and_then(|t| self.clock.rfc3339(t))
    }
    fn quantile(&self, row: &Quantile) -> Value {
        let mut value = json!({ "percent": row.percent, "date": self.at(row.at) });
        intervals(&mut value, row, self.clock);
        value
    }
    fn said(&self, said: &Said) -> Value {
        let s = self.t.s;
        let promise = &s.promises[said.promise];
        let row = said.statement.map(|row| &s.statements[row]);
        let mut value = json!({
            "id": promise.name,
            "statement": row.map(|row| &row.name),
            "again": said.is_again,
            "office": row.map(|row| ledger::office(self.t.words, s, row)).filter(|who| !who.is_empty()),
            "text": self.t.words.of(s, &promise.text).text,
            "date": self.at(Some(said.date.strict)),
            "date_lenient": self.at(Some(said.date.lenient)),
            "about": said.about.word(),
            "impossible": said.is_impossible,
            "before_start": said.before_start,
            "record": said.before_start.then(|| json!({
                "outcome": promise.outcome, "evidence": promise.evidence,
            })),
        });
        chance(&mut value, "", said.chance);
        chance(&mut value, "lenient_", said.lenient);
        value
    }
    fn reading(&self, reading: &Reading) -> Value {
        let mut value = json!({
            "words": self.t.reading(reading),
            "by": reading.by.word(),
            "day": self.clock.date(reading.day).map(|day| day.to_string()),
            "date": self.at(Some(reading.date)),
        });
        chance(&mut value, "", Some(reading.chance));
        value
    }
    fn wanted(&self, wanted: &Wanted) -> Value {
        let mut value = self.quantile(&wanted.quantile);
        value["within_horizon"] = wanted.is_within.into();
        value["propose"] = wanted.readings.last().map_or(Value::Null, |last| self.reading(last));
        value["readings"] = wanted.readings.iter().map(|reading| self.reading(reading)).collect();
        value
    }
}

fn chance(value: &mut Value, prefix: &str, chance: Option<Chance>) {
    value[format!("{prefix}probability")] = json!(chance.map(|found| found.probability));
    value[format!("{prefix}sampling_interval")] = json!(chance.map(|c| c.sampling_interval));
    value[format!("{prefix}input_interval")] = json!(chance.and_then(|c| c.input_interval));
}
