//! Numbers announced, under way and done, by day, set and what is counted; what is left; and whether they agree.
//!
//! A plan or promise announces. A fact that is done counts as done, another fact as under way. Rows of the same set are
//! never added: they count the same thing, and where they differ both ends are kept. Rows of parts of a set are added if
//! the parts are disjoint. A number reported before its day is over is interim and gives way to a later one that is not
//! smaller.

use super::Known;
use crate::communique::SETTLED;
use exeunt_model::scenario::{Counted, Statement};
use exeunt_model::{ElementId, Interval, StatementId};
use std::collections::{BTreeMap, BTreeSet};

/// What was announced and reported of a set on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// What is counted.
    pub counted: Counted,
    /// The day, or stretch of days.
    pub day: Interval,
    /// Of whom.
    pub set: Vec<ElementId>,
    /// Numbers announced, oldest first.
    pub announced: Vec<(StatementId, i64)>,
    /// Numbers reported as under way, oldest first.
    pub under_way: Vec<(StatementId, i64)>,
    /// Numbers reported as done, of the whole set or of parts of it.
    pub done: Vec<Part>,
    /// The least and the greatest that can be done by these reports; none: nothing is reported as done.
    pub total: Option<(i64, i64)>,
    /// The least and the greatest that is left of the latest announcement; below zero: more was done.
    pub left: Option<(i64, i64)>,
    /// Of whom nothing is reported as done yet.
    pub left_of: Vec<ElementId>,
    /// Plans without a number for some of those.
    pub planned_by: Vec<StatementId>,
    /// Position in the record of the day, if it has one.
    pub record: Option<usize>,
    /// How the numbers stand to one another.
    pub state: TallyState,
    /// Conflicts of the record that two of the rows take part in.
    pub conflicts: Vec<String>,
}

/// Reports of the same set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Of whom.
    pub set: Vec<ElementId>,
    /// The rows with their numbers, oldest first.
    pub rows: Vec<(StatementId, i64)>,
    /// Whether it is added to the total: the whole set, or one of disjoint parts.
    pub is_added: bool,
}

/// How the numbers of a tally stand to one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TallyState {
    /// Announced; its day is not over and nothing is reported as done.
    Open,
    /// Announced; its day is over and nothing is reported as done.
    NoReport,
    /// Some of what was announced is reported as done.
    InPart,
    /// Done as announced.
    Agree,
    /// Numbers differ.
    Differ,
    /// Reported, and announced by no row.
    Unannounced,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Announced,
    UnderWay,
    Done,
}

/// A number of a row.
struct Figure {
    row: StatementId,
    n: i64,
    stage: Stage,
    set: BTreeSet<ElementId>,
    /// Whether it was known before its day was over.
    is_interim: bool,
}

fn stage(row: &Statement) -> Option<Stage> {
    match (row.kind.as_str(), row.status.as_str()) {
        ("plan" | "promise" | "decision" | "request", _) => Some(Stage::Announced),
        ("fact", "done") => Some(Stage::Done),
        ("fact", _) => Some(Stage::UnderWay),
        _ => None,
    }
}

pub(super) fn tallies(known: &Known<'_>) -> Vec<Tally> {
    let mut days: BTreeMap<(Interval, Counted), Vec<Figure>> = BTreeMap::new();
    for (id, row) in known.rows() {
        let Some(((counted, n), day, stage)) =
            row.counts.zip(row.day).zip(stage(row)).map(|((a, b), c)| (a, b, c))
        else {
            continue;
        };
        let set = row.set.iter().copied().collect();
        let is_interim = row.known < day.to;
        let figure = Figure { row: id, n, stage, set, is_interim };
        days.entry((day, counted)).or_default().push(figure);
    }
    let of_day = |(&(day, counted), figures): (&(Interval, Counted), &Vec<Figure>)| {
        let sets = heads(figures);
        let made: Vec<Tally> =
            sets.into_iter().map(|set| tally(known, day, counted, &set, figures)).collect();
        made
    };
    days.iter().flat_map(of_day).collect()
}

/// Returns the sets of a day that have a tally: those announced, and those reported that lie within no other.
fn heads(figures: &[Figure]) -> Vec<BTreeSet<ElementId>> {
    let announced: BTreeSet<&BTreeSet<ElementId>> =
        figures.iter().filter(|f| f.stage == Stage::Announced).map(|f| &f.set).collect();
    let all: BTreeSet<&BTreeSet<ElementId>> = figures.iter().map(|f| &f.set).collect();
    let is_within = |set: &BTreeSet<ElementId>| {
        all.iter().any(|other| set.len() < other.len() && set.is_subset(other))
    };
    let heads = all.iter().filter(|set| announced.contains(*set) || !is_within(set));
    heads.map(|&set| set.clone()).collect()
}

fn tally(
    known: &Known<'_>,
    day: Interval,
    counted: Counted,
    set: &BTreeSet<ElementId>,
    figures: &[Figure],
) -> Tally {
    let is_over = known.at.is_none_or(|at| day.to <= at);
    let numbers = |stage: Stage| {
        let rows = figures.iter().filter(move |f| f.stage == stage);
        rows.map(|f| (f.row, f.n))
    };
    let announced: Vec<_> = figures
        .iter()
        .filter(|f| f.stage == Stage::Announced && f.set == *set)
        .map(|f| (f.row, f.n))
        .collect();
    let within: BTreeSet<StatementId> =
        figures.iter().filter(|f| f.set.is_subset(set)).map(|f| f.row).collect();
    let under_way: Vec<_> =
        numbers(Stage::UnderWay).filter(|(row, _)| within.contains(row)).collect();
    let parts = parts(set, figures);
    let sum = Sum::of(set, &parts);
    let last = announced.last().map(|&(_, n)| n);
    let left = last
        .zip(sum.total.or(Some((0, 0))))
        .map(|(n, (least, most))| (n.saturating_sub(most), n.saturating_sub(least)));
    let left_of: Vec<ElementId> = match left {
        Some((_, most)) if most > 0 => set.difference(&sum.covered).copied().collect(),
        _ => Vec::new(),
    };
    let is_left = |row: &Statement| row.set.iter().any(|element| left_of.contains(element));
    let planned_by = known
        .rows()
        .into_iter()
        .filter(|(_, row)| stage(row) == Some(Stage::Announced) && row.counts.is_none())
        .filter(|(_, row)| row.day.is_none_or(|other| other.overlaps(day)) && is_left(row))
        .map(|(id, _)| id)
        .collect();
    let differs = sum.differs
        || announced.windows(2).any(|pair| pair[0].1 != pair[1].1)
        || exceeds(&under_way, last, sum.total, is_over)
        || last.zip(sum.total).is_some_and(|(n, (least, most))| {
            least > n || (is_over && sum.is_whole && (least, most) != (n, n))
        });
    let state = match (last, sum.total) {
        _ if differs => TallyState::Differ,
        (None, _) => TallyState::Unannounced,
        (Some(_), None) if is_over => TallyState::NoReport,
        (Some(_), None) => TallyState::Open,
        (Some(n), Some(total)) if total == (n, n) => TallyState::Agree,
        (Some(_), Some(_)) => TallyState::InPart,
    };
    let done = parts.iter().map(|part| Part {
        set: part.set.iter().copied().collect(),
        rows: part.figures.iter().map(|f| (f.row, f.n)).collect(),
        is_added: part.is_added,
    });
    let rows: BTreeSet<StatementId> = announced
        .iter()
        .chain(&under_way)
        .map(|&(row, _)| row)
        .chain(parts.iter().flat_map(|part| &part.figures).map(|f| f.row))
        .collect();
    Tally {
        counted,
        day,
        set: set.iter().copied().collect(),
        done: done.collect(),
        total: sum.total,
        left,
        left_of,
        planned_by,
        record: record(known, day, counted),
        state,
        conflicts: shared_conflicts(known, &rows),
        announced,
        under_way,
    }
}

/// Returns whether a number under way is more than what was announced, or than what is done when the day is over.
fn exceeds(
    under_way: &[(StatementId, i64)],
    announced: Option<i64>,
    done: Option<(i64, i64)>,
    is_over: bool,
) -> bool {
    let most_done = done.filter(|_| is_over).map(|(_, most)| most);
    let limits = [announced, most_done];
    under_way.iter().any(|&(_, n)| limits.into_iter().flatten().any(|limit| n > limit))
}

/// Reports of the same set, with the numbers that count.
struct Reports<'f> {
    set: &'f BTreeSet<ElementId>,
    figures: Vec<&'f Figure>,
    is_added: bool,
}

impl Reports<'_> {
    /// Returns the least and greatest number that counts: those known when the day was over, else the latest.
    fn range(&self) -> (i64, i64) {
        let last: Vec<i64> = self.figures.iter().filter(|f| !f.is_interim).map(|f| f.n).collect();
        let counting = match (last.is_empty(), self.figures.last()) {
            (true, Some(latest)) => vec![latest.n],
            _ => last,
        };
        let (least, most) = (counting.iter().min(), counting.iter().max());
        (least.copied().unwrap_or(0), most.copied().unwrap_or(0))
    }

    /// Returns whether the numbers differ: final ones among themselves, or a later one is smaller than an interim one.
    fn differs(&self) -> bool {
        let (least, most) = self.range();
        least != most || self.figures.iter().any(|f| f.is_interim && f.n > most)
    }
}

/// Returns the reports of what is done, by set; the largest sets first, of which disjoint ones are added.
fn parts<'f>(set: &BTreeSet<ElementId>, figures: &'f [Figure]) -> Vec<Reports<'f>> {
    let mut parts: Vec<Reports<'f>> = Vec::new();
    let done = figures.iter().filter(|f| f.stage == Stage::Done && f.set.is_subset(set));
    for figure in done {
        match parts.iter_mut().find(|part| *part.set == figure.set) {
            Some(part) => part.figures.push(figure),
            None => {
                let figures = vec![figure];
                parts.push(Reports { set: &figure.set, figures, is_added: false });
            }
        }
    }
    parts.sort_by(|a, b| b.set.len().cmp(&a.set.len()).then_with(|| a.set.cmp(b.set)));
    let mut covered: BTreeSet<ElementId> = BTreeSet::new();
    for part in &mut parts {
        part.is_added = part.set == set || part.set.is_disjoint(&covered);
        if part.is_added && part.set != set {
            covered.extend(part.set);
        }
    }
    parts
}

/// What the reports come to.
struct Sum {
    total: Option<(i64, i64)>,
    /// Of whom something is reported.
    covered: BTreeSet<ElementId>,
    /// Whether that is everybody.
    is_whole: bool,
    differs: bool,
}

impl Sum {
    fn of(set: &BTreeSet<ElementId>, parts: &[Reports<'_>]) -> Self {
        let whole = parts.iter().find(|part| part.set == set);
        let added: Vec<&Reports<'_>> =
            parts.iter().filter(|part| part.is_added && part.set != set).collect();
        let covered: BTreeSet<ElementId> =
            added.iter().flat_map(|part| part.set.iter().copied()).collect();
        let parts_total =
            added.iter().map(|part| part.range()).fold((0, 0), |sum: (i64, i64), range| {
                (sum.0.saturating_add(range.0), sum.1.saturating_add(range.1))
            });
        let are_all = !added.is_empty() && covered == *set;
        // parts never come to more than the whole, and all of them to no less
        let contradicts = whole.is_some_and(|whole| {
            let (least, most) = whole.range();
            !added.is_empty() && (parts_total.0 > most || (are_all && parts_total.1 < least))
        });
        let differs = contradicts || parts.iter().any(Reports::differs);
        match whole {
            Some(whole) => Self { total: Some(whole.range()), covered, is_whole: true, differs },
            None => Self {
                total: (!added.is_empty()).then_some(parts_total),
                covered,
                is_whole: are_all,
                differs,
            },
        }
    }
}

/// Finds what the record shows of the day; it counts loaded sorties.
fn record(known: &Known<'_>, day: Interval, counted: Counted) -> Option<usize> {
    let is_settled = known.has_come(day.to + SETTLED);
    let mut rows = known.scenario.record.iter();
    match counted {
        Counted::Sorties if is_settled => rows.position(|row| row.day == day),
        _ => None,
    }
}

/// Returns the conflicts in which two of the rows take part.
fn shared_conflicts(known: &Known<'_>, rows: &BTreeSet<StatementId>) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for &row in rows {
        for conflict in &known.scenario.statements[row].conflicts {
            *counts.entry(conflict).or_default() += 1;
        }
    }
    counts.into_iter().filter(|&(_, n)| n > 1).map(|(id, _)| id.to_owned()).collect()
}
