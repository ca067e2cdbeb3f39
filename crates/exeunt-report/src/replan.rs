//! The answers of planning anew, side by side, and what each changes, as text and JSON.

use crate::grid::{LEFT, RIGHT, lay_out, lay_out_cut, prose};
use crate::zoned::{Clock, stretch};
use exeunt_model::difference::{MoveKind, Told};
use exeunt_model::event::Event;
use exeunt_model::{Difference, Duration, Plan, Scenario, Timestamp, Verdict};
use serde_json::{Value, json};

/// Changes named on the screen; all stand in the JSON and in the files that `--keep` writes.
const CHANGES_SHOWN: usize = 12;
/// Items of a load named.
const LOAD_SHOWN: usize = 3;

/// An answer to what has become known.
#[derive(Debug, Clone)]
pub struct Answered {
    /// Name, such as `shift`.
    pub name: &'static str,
    /// The plan.
    pub plan: Plan,
    /// What the checker derived.
    pub verdict: Verdict,
    /// What it changes of the plan before.
    pub changes: Vec<Difference>,
    /// Seconds it took.
    pub seconds: f64,
}

/// Everything that is said of planning anew.
#[derive(Debug, Clone)]
pub struct Replanned<'a> {
    /// The scenario as it is known now.
    pub scenario: &'a Scenario,
    /// The moment.
    pub now: Timestamp,
    /// What has become known by then.
    pub events: Vec<Event>,
    /// Events of the log that are not known yet.
    pub later: usize,
    /// The plan before, judged by what is known now.
    pub before: &'a Verdict,
    /// Sorties, columns and steps that stand.
    pub frozen: (usize, usize, usize),
    /// The answers in their order.
    pub answers: Vec<Answered>,
    /// Position of the answer that is taken.
    pub taken: usize,
}

/// How many changes of each sort there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// Sorties on another tail.
    pub other_tail: usize,
    /// Sorties at another time, on the same tail.
    pub other_time: usize,
    /// Sorties that are no more.
    pub gone: usize,
    /// Sorties that are new.
    pub new: usize,
    /// Columns that differ.
    pub columns: usize,
    /// Steps that differ.
    pub steps: usize,
}

impl Counted {
    /// Counts changes.
    pub fn of(changes: &[Difference]) -> Self {
        let mut counted = Self::default();
        for row in changes {
            let count = match (row.kind, &row.before, &row.after) {
                (MoveKind::Column, ..) => &mut counted.columns,
                (MoveKind::Step, ..) => &mut counted.steps,
                (MoveKind::Sortie, Some(_), None) => &mut counted.gone,
                (MoveKind::Sortie, None, _) => &mut counted.new,
                (MoveKind::Sortie, ..) if row.has_other_tail() => &mut counted.other_tail,
                (MoveKind::Sortie, ..) => &mut counted.other_time,
            };
            *count += 1;
        }
        counted
    }

    /// Returns the sorties that change in any way.
    pub const fn sorties(&self) -> usize {
        self.other_tail + self.other_time + self.gone + self.new
    }
}

/// Returns what `replan` prints, ending with a newline.
pub fn text(all: &Replanned<'_>) -> String {
    let clock = Clock::new(all.scenario.operation.zone_offset);
    let title = &all.scenario.operation.title;
    let mut out = format!("replan · {title}\nnow {}\n\n", clock.long(all.now));
    if all.events.is_empty() {
        out += "nothing has become known\n";
    }
    let known: Vec<Vec<String>> =
        all.events.iter().map(|event| vec![clock.moment(event.at), event.told()]).collect();
    if !known.is_empty() {
        out += &format!("known since\n{}\n", lay_out(&[LEFT, LEFT], &known));
    }
    if all.later > 0 {
        out += &format!("not known yet at that moment: {} more of the log\n", all.later);
    }
    let (sorties, columns, steps) = all.frozen;
    out += &format!("stands: {sorties} sorties, {columns} columns and {steps} handover steps\n");
    let broken = all.before.findings.len();
    out += &match all.before.findings.first() {
        None => "the plan before still keeps every rule\n".to_owned(),
        Some(first) => {
            prose(
                0,
                &clock.retell(&format!(
                    "the plan before breaks {broken} {}, the first {} {}: {}",
                    if broken == 1 { "rule" } else { "rules" },
                    first.rule,
                    first.object,
                    first.message
                )),
            ) + "\n"
        }
    };
    out.push('\n');
    out += &table(all, clock);
    let taken = &all.answers[all.taken];
    out += &format!(
        "\ntaken: {}, the first of those that leave least behind and break fewest rules and promises\n",
        taken.name
    );
    for answer in &all.answers {
        out += &changes(answer, clock);
    }
    out
}

fn table(all: &Replanned<'_>, clock: Clock) -> String {
    let head = ["", "rules", "unmoved", "promises", "last arrival", "tail", "time", "gone", "new"];
    let tail = ["columns", "steps", "z9"];
    let mut rows: Vec<Vec<String>> =
        vec![head.iter().chain(&tail).map(|&cell| cell.to_owned()).collect()];
    let judged = |name: &str, verdict: &Verdict| {
        vec![
            name.to_owned(),
            verdict.findings.len().to_string(),
            verdict.unmoved.to_string(),
            broken_promises(verdict).to_string(),
            clock.moment_or_dash(verdict.closure),
        ]
    };
    let mut before = judged("before", all.before);
    before.resize(head.len() + tail.len(), String::new());
    rows.push(before);
    for answer in &all.answers {
        let counted = Counted::of(&answer.changes);
        let mut row = judged(answer.name, &answer.verdict);
        let Counted { other_tail, other_time, gone, new, columns, steps } = counted;
        let counts = [other_tail, other_time, gone, new, columns, steps];
        row.extend(counts.iter().map(usize::to_string));
        let weights: i64 = answer.changes.iter().map(|row| row.weight).sum();
        row.push(weights.to_string());
        rows.push(row);
    }
    let tracks =
        [LEFT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT];
    let note = "rules broken, pieces unmoved, required promises broken; sorties on another tail, at another time, gone and new";
    lay_out(&tracks, &rows) + "\n" + &prose(0, note) + "\n"
}

/// Returns a line for each answer, its cells apart by semicolons: name, seconds, frozen sorties, rules broken, unmoved,
/// required promises broken, closure, changed sorties, z9.
pub fn lines(all: &Replanned<'_>) -> Vec<String> {
    let clock = Clock::new(all.scenario.operation.zone_offset);
    let line = |answer: &Answered| {
        let verdict = &answer.verdict;
        let weights: i64 = answer.changes.iter().map(|row| row.weight).sum();
        format!(
            "{};{:.2};{};{};{};{};{};{};{weights}",
            answer.name,
            answer.seconds,
            all.frozen.0,
            verdict.findings.len(),
            verdict.unmoved,
            broken_promises(verdict),
            clock.moment_or_dash(verdict.closure),
            Counted::of(&answer.changes).sorties(),
        )
    };
    all.answers.iter().map(line).collect()
}

/// Returns how many required promises are false.
pub fn broken_promises(verdict: &Verdict) -> usize {
    verdict.promises.iter().filter(|row| row.required && row.strict == Some(false)).count()
}

/// Returns what an answer changes, ending with a newline; nothing changed is a line as well.
fn changes(answer: &Answered, clock: Clock) -> String {
    let n = answer.changes.len();
    if n == 0 {
        return format!("\n{} changes nothing\n", answer.name);
    }
    // sorties first, then steps; columns follow from both
    let mut shown: Vec<&Difference> = answer.changes.iter().collect();
    shown.sort_by_key(|row| match row.kind {
        MoveKind::Sortie => 0,
        MoveKind::Step => 1,
        MoveKind::Column => 2,
    });
    let rows: Vec<Vec<String>> =
        shown.into_iter().take(CHANGES_SHOWN).map(|row| change(row, clock)).collect();
    let mut out = format!("\n{} changes\n", answer.name);
    out += &lay_out_cut(&[LEFT, LEFT, LEFT, LEFT, LEFT], &rows);
    out.push('\n');
    if n > CHANGES_SHOWN {
        out += &format!("  and {} more\n", n - CHANGES_SHOWN);
    }
    out
}

fn change(row: &Difference, clock: Clock) -> Vec<String> {
    let id = |told: &Option<Told>| told.as_ref().map(|told| told.id.clone());
    let kind = match row.kind {
        MoveKind::Sortie => "sortie",
        MoveKind::Column => "column",
        MoveKind::Step => "step",
    };
    let name = id(&row.before).or_else(|| id(&row.after)).unwrap_or_default();
    let tail = |told: &Told| told.tail.clone().unwrap_or_default();
    let (who, when) = match (&row.before, &row.after) {
        (Some(before), Some(after)) => {
            let apart = after.begins - before.begins;
            let way = if apart < Duration::ZERO { "earlier" } else { "later" };
            let time = match apart {
                Duration::ZERO => clock.moment(before.begins),
                _ => format!(
                    "{} -> {} ({} {way})",
                    clock.moment(before.begins),
                    clock.moment(after.begins),
                    stretch(Duration(apart.0.abs()))
                ),
            };
            let who = match row.has_other_tail() {
                true => format!("{} -> {}", tail(before), tail(after)),
                false => tail(before),
            };
            (who, time)
        }
        (Some(before), None) => {
            (tail(before), format!("{} -> not at all", clock.moment(before.begins)))
        }
        (None, Some(after)) => (tail(after), format!("new at {}", clock.moment(after.begins))),
        (None, None) => (String::new(), String::new()),
    };
    let mut load: Vec<String> =
        row.load.iter().take(LOAD_SHOWN).map(|(piece, count)| format!("{count} {piece}")).collect();
    if row.load.len() > LOAD_SHOWN {
        load.push("…".to_owned());
    }
    let at = if row.kind == MoveKind::Step { String::new() } else { row.at.clone() };
    vec![format!("{kind} {name}"), at, who, when, load.join(", ")]
}

/// Returns the summary of planning anew: the keys of a plan's summary of the answer taken, and all answers.
pub fn json(all: &Replanned<'_>, seed: u64, seconds: f64) -> Value {
    let s = all.scenario;
    let clock = Clock::new(s.operation.zone_offset);
    let answer = |answer: &Answered| {
        let Answered { plan, verdict, .. } = answer;
        let run = plan.epochs.run;
        let mut value = crate::json::plan_summary(s, plan, verdict, run, answer.seconds, seed, &[]);
        value["answer"] = json!(answer.name);
        value["changed_sorties"] = json!(Counted::of(&answer.changes).sorties());
        value["changes"] = json!(answer.changes);
        value["change"] = json!(answer.changes.iter().map(|row| row.weight).sum::<i64>());
        value
    };
    let mut value = answer(&all.answers[all.taken]);
    value["seconds"] = json!(seconds);
    value["now"] = json!(clock.rfc3339(all.now));
    value["events"] = json!(all.events);
    value["events_later"] = json!(all.later);
    value["before"] = json!({
        "findings": all.before.findings.len(),
        "unmoved": all.before.unmoved,
        "levels": all.before.levels,
        "objective": all.before.objective,
    });
    let (sorties, columns, steps) = all.frozen;
    value["frozen"] = json!({ "sorties": sorties, "columns": columns, "steps": steps });
    value["answers"] = Value::Array(all.answers.iter().map(answer).collect());
    value
}
