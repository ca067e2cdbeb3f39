//! Small ledgers and what follows from them.

use crate::example::t;
use exeunt_model::finding::PromiseResult;
use exeunt_model::scenario::{
    Bearing, Counted, Element, Milestone, Mode, Party, Predicate, Promise, Readings, RecordedDay,
    Role, Statement,
};
use exeunt_model::{
    Duration, ElementId, Interval, PlaceId, PromiseId, Scenario, StatementId, Timestamp, Verdict,
};
use exeunt_report::Language;
use exeunt_report::ledger::{
    Deadline, Evidence, Filter, Forecast, PromiseState, Reason, Reckoning, Standing, Tally,
    TallyState, list_text, list_value, reckon, select, text, value,
};

/// The n-th of January 2022, six hours east of Greenwich.
fn day(n: u32) -> Interval {
    let from = t(&format!("2022-01-{n:02}T00:00:00+06:00"));
    Interval { from, to: from + Duration(86_400) }
}

fn at(text: &str) -> Timestamp {
    t(&format!("2022-01-{text}:00+06:00"))
}

/// A ledger about three nations of one element each: Armenia, Belarus and Tajikistan.
struct Ledger(Scenario);

const AM: u32 = 0;
const BY: u32 = 1;
const TJ: u32 = 2;

impl Ledger {
    fn new() -> Self {
        let mut s = Scenario::default();
        s.operation.title = "a force leaves".into();
        s.operation.zone_offset = 6 * 3_600;
        for (name, title) in [("AM", "Armenia"), ("BY", "Belarus"), ("TJ", "Tajikistan")] {
            let party = s.parties.push(Party {
                name: name.into(),
                title: title.into(),
                role: Role::Partner,
                state: name.into(),
                weight: 1,
            });
            s.elements.push(Element {
                name: format!("{name}-1"),
                title: String::new(),
                party,
                origin: PlaceId(0),
                destination: PlaceId(0),
                mode: Mode::Road,
                either: false,
                freed_by: vec![],
                ready: day(13).from,
                load_from: None,
                due: None,
                same_aircraft: false,
                spread: None,
            });
        }
        Self(s)
    }

    /// Adds a row; known at the moment, of one office and source for each id.
    fn said(&mut self, id: &str, known: Timestamp, kind: &str, status: &str) -> &mut Statement {
        let id = self.0.statements.push(Statement {
            name: id.into(),
            date: known.to_rfc3339()[..10].into(),
            kind: kind.into(),
            status: status.into(),
            office: format!("office {id}"),
            text: format!("what {id} says"),
            source: format!("page {id}"),
            known,
            ..Statement::default()
        });
        &mut self.0.statements[id]
    }

    /// Adds a row with a number of loaded sorties of nations on a day.
    fn counted(
        &mut self,
        id: &str,
        known: Timestamp,
        (kind, status): (&str, &str),
        (n, nations, on): (i64, &[u32], u32),
    ) -> &mut Statement {
        let row = self.said(id, known, kind, status);
        row.counts = Some((Counted::Sorties, n));
        row.set = nations.iter().map(|&n| ElementId(n)).collect();
        row.day = Some(day(on));
        row
    }

    fn promise(
        &mut self,
        name: &str,
        statement: Option<u32>,
        predicate: Predicate,
    ) -> &mut Promise {
        let id = self.0.promises.push(Promise {
            name: name.into(),
            statement: statement.map(StatementId),
            text: format!("words of {name}"),
            predicate,
            required: true,
            wanted: Some(900),
            rank: 1,
            same_as: None,
            outcome: None,
            evidence: None,
            before_start: false,
        });
        &mut self.0.promises[id]
    }

    fn at(&self, moment: &str) -> Reckoning {
        reckon(&self.0, Some(at(moment)), None)
    }
    fn whole(&self) -> Reckoning {
        reckon(&self.0, None, None)
    }
    fn names(&self, rows: &[StatementId]) -> Vec<&str> {
        rows.iter().map(|&id| self.0.statements[id].name.as_str()).collect()
    }
}

const PROMISED: (&str, &str) = ("promise", "planned");
const PLANNED: (&str, &str) = ("plan", "planned");
const DONE: (&str, &str) = ("fact", "done");
const UNDER_WAY: (&str, &str) = ("fact", "under way");

/// What follows from a ledger in English, its lines joined.
fn flowing(scenario: &Scenario, reckoning: &Reckoning) -> String {
    let text = text(scenario, reckoning, Language::En, false);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn only(tallies: &[Tally]) -> &Tally {
    assert_eq!(tallies.len(), 1, "{tallies:?}");
    &tallies[0]
}

#[test]
fn fourteen_are_announced_ten_are_done_four_are_left_for_two_nations() {
    let mut ledger = Ledger::new();
    ledger.counted("31", at("13T19:22"), PROMISED, (14, &[AM, BY, TJ], 14));
    ledger.counted("35", at("14T15:30"), DONE, (10, &[BY], 14));
    ledger.said("36", at("14T15:30"), "plan", "planned").set = vec![ElementId(AM), ElementId(TJ)];
    ledger.counted("37", day(14).to, DONE, (4, &[AM, TJ], 14));
    let before = ledger.at("14T15:00");
    let tally = only(&before.tallies);
    assert_eq!((tally.total, tally.left, tally.state), (None, Some((14, 14)), TallyState::Open));
    let afternoon = ledger.at("14T16:00");
    let tally = only(&afternoon.tallies);
    assert_eq!((tally.total, tally.left), (Some((10, 10)), Some((4, 4))));
    assert_eq!(tally.left_of, [ElementId(AM), ElementId(TJ)]);
    assert_eq!(ledger.names(&tally.planned_by), ["36"]);
    assert_eq!(tally.state, TallyState::InPart);
    let said = flowing(&ledger.0, &afternoon);
    assert!(said.contains("announced 14 [31]; done of Belarus 10 [35]"), "{said}");
    assert!(said.contains("left 4 for Armenia and Tajikistan; planned without a number [36]"));
    // 10 + 4 = 14
    let evening = ledger.at("15T00:00");
    let tally = only(&evening.tallies);
    assert_eq!((tally.total, tally.left), (Some((14, 14)), Some((0, 0))));
    assert_eq!((tally.state, tally.left_of.len()), (TallyState::Agree, 0));
}

#[test]
fn eighteen_are_announced_seventeen_land_and_eighteen_are_counted_the_day_after() {
    let mut ledger = Ledger::new();
    let of = |n| (n, &[BY][..], 15);
    ledger.counted("42", at("15T09:00"), PLANNED, of(18)).conflicts = vec!["X07".into()];
    ledger.counted("61", at("15T13:15"), UNDER_WAY, of(15)).conflicts = vec!["X07".into()];
    ledger.counted("43", day(15).to, DONE, of(17)).conflicts = vec!["X07".into()];
    ledger.counted("65", day(16).to, DONE, of(18));
    ledger.0.record.push(RecordedDay {
        name: "D15".into(),
        day: day(15),
        shown: "17/18*".into(),
        note: String::new(),
    });
    // one is missing by the first report of the whole day; what is under way is no more than was announced
    let midnight = ledger.at("16T00:00");
    let tally = only(&midnight.tallies);
    assert_eq!((tally.total, tally.left), (Some((17, 17)), Some((1, 1))));
    assert_eq!((tally.state, tally.record), (TallyState::Differ, None));
    assert_eq!(tally.conflicts, ["X07"]);
    // both counts stand, and none is chosen: 18 - 18 = 0 or 18 - 17 = 1 is left
    let later = ledger.at("17T00:00");
    let tally = only(&later.tallies);
    assert_eq!((tally.total, tally.left), (Some((17, 18)), Some((0, 1))));
    assert_eq!((tally.state, tally.record), (TallyState::Differ, Some(0)));
    let rows: Vec<StatementId> = tally.done[0].rows.iter().map(|&(row, _)| row).collect();
    assert_eq!(ledger.names(&rows), ["43", "65"]);
    let said = flowing(&ledger.0, &later);
    assert!(said.contains("done 17 [43] and 18 [65]"), "{said}");
    assert!(said.contains("left 0 to 1") && said.contains("conflict of the record: X07"), "{said}");
    // where nobody has marked them, the difference is shown all the same
    ledger.0.statements.rows.iter_mut().for_each(|row| row.conflicts.clear());
    let unmarked = ledger.whole();
    assert_eq!(only(&unmarked.tallies).state, TallyState::Differ);
    let said = flowing(&ledger.0, &unmarked);
    assert!(said.contains("no conflict of the record names two of these rows"), "{said}");
}

/// The state and total of rows of Belarus on the 15th, each with its hour, what it is, and its number.
fn state(rows: &[(&str, (&str, &str), i64)]) -> (TallyState, Option<(i64, i64)>) {
    let mut ledger = Ledger::new();
    for (n, &(known, what, number)) in rows.iter().enumerate() {
        ledger.counted(&n.to_string(), at(known), what, (number, &[BY], 15));
    }
    let whole = ledger.whole();
    let tally = only(&whole.tallies);
    (tally.state, tally.total)
}

#[test]
fn numbers_of_one_set_are_never_added_and_interim_ones_give_way() {
    let announced = ("15T08:00", PLANNED, 18);
    // 5 at noon, 18 in the evening: the first was interim
    let rows = [announced, ("15T12:00", DONE, 5), ("15T20:00", DONE, 18)];
    assert_eq!(state(&rows), (TallyState::Agree, Some((18, 18))));
    // a smaller number later on contradicts
    let rows = [announced, ("15T12:00", DONE, 18), ("15T20:00", DONE, 5)];
    assert_eq!(state(&rows), (TallyState::Differ, Some((5, 5))));
    // more than announced: 18 - 20 = -2
    let rows = [announced, ("16T12:00", DONE, 20)];
    assert_eq!(state(&rows), (TallyState::Differ, Some((20, 20))));
    let rows = [announced, ("15T12:00", UNDER_WAY, 19)];
    assert_eq!(state(&rows), (TallyState::Differ, None));
    // under way 17, done 15 by the end
    let rows = [("15T12:00", UNDER_WAY, 17), ("16T12:00", DONE, 15)];
    assert_eq!(state(&rows), (TallyState::Differ, Some((15, 15))));
    let rows = [announced, ("15T09:00", PLANNED, 20)];
    assert_eq!(state(&rows), (TallyState::Differ, None));
    assert_eq!(state(&[announced]), (TallyState::NoReport, None));
    assert_eq!(state(&[("16T12:00", DONE, 4)]), (TallyState::Unannounced, Some((4, 4))));
    // what is judged is not counted
    let mut ledger = Ledger::new();
    ledger.counted("1", at("15T08:00"), ("judgement", "open"), (18, &[BY], 15));
    assert!(ledger.whole().tallies.is_empty());
}

#[test]
fn disjoint_parts_are_added_and_held_against_the_whole() {
    let mut ledger = Ledger::new();
    ledger.counted("1", at("13T12:00"), PLANNED, (14, &[AM, BY, TJ], 14));
    ledger.counted("2", at("15T12:00"), DONE, (10, &[BY], 14));
    ledger.counted("3", at("15T12:00"), DONE, (3, &[AM], 14));
    ledger.counted("4", at("15T12:00"), DONE, (4, &[AM, TJ], 14));
    // 4 of Armenia and Tajikistan hold the 3 of Armenia: 10 + 4, not 10 + 3 + 4
    let added = ledger.whole();
    let tally = only(&added.tallies);
    assert_eq!((tally.total, tally.state), (Some((14, 14)), TallyState::Agree));
    let is_added: Vec<bool> = tally.done.iter().map(|part| part.is_added).collect();
    assert_eq!(is_added, [true, false, true]);
    // a count of the whole of 13 contradicts its parts
    ledger.counted("5", at("15T12:00"), DONE, (13, &[AM, BY, TJ], 14));
    let whole = ledger.whole();
    let tally = only(&whole.tallies);
    assert_eq!((tally.total, tally.state), (Some((13, 13)), TallyState::Differ));
}

#[test]
fn sets_and_days_are_kept_apart() {
    let mut ledger = Ledger::new();
    ledger.counted("1", at("13T12:00"), PLANNED, (10, &[BY], 14));
    ledger.counted("2", at("13T12:00"), PLANNED, (10, &[BY], 15));
    ledger.counted("3", at("13T12:00"), PLANNED, (4, &[AM, TJ], 14));
    let whole = ledger.whole();
    let of: Vec<_> = whole.tallies.iter().map(|row| (row.day, row.set.len())).collect();
    assert_eq!(of, [(day(14), 2), (day(14), 1), (day(15), 1)]);
}

/// Whether each row after the first confirms it independently; rows are office, via, source and origin.
fn standings(rows: &[[&str; 4]]) -> Vec<bool> {
    let mut ledger = Ledger::new();
    for (n, [office, via, source, origin]) in rows.iter().enumerate() {
        let known = at("14T12:00") + Duration(i64::try_from(n).expect("few"));
        let row = ledger.said(&n.to_string(), known, "fact", "done");
        (row.office, row.via) = ((*office).into(), (*via).into());
        (row.source, row.origin) = ((*source).into(), (*origin).into());
        if n > 0 {
            row.confirms = vec![StatementId(0)];
        }
    }
    let whole = ledger.whole();
    assert_eq!(whole.claims.len(), 1);
    let claim = &whole.claims[0];
    let standings = claim.members.iter().map(|m| m.standing == Standing::Independent);
    let standings: Vec<bool> = standings.collect();
    assert_eq!(claim.independent(), standings.iter().filter(|&&is| is).count());
    standings
}

#[test]
fn two_relays_of_one_source_are_not_two_confirmations() {
    let claim = ["Ministry A", "", "page-a 14 Jan 2022", ""];
    // the same office on two pages, and another office
    let again = ["ministry A", "", "page-b 14 Jan 2022", ""];
    let other = ["Ministry B", "", "page-c 14 Jan 2022", ""];
    assert_eq!(standings(&[claim, again, other]), [false, true]);
    // the other office twice confirms once
    let twice = ["Ministry B", "", "page-d 14 Jan 2022", ""];
    assert_eq!(standings(&[claim, other, twice]), [true, false]);
    // an agency that tells what the ministry told it
    let agency = ["agency", "", "page-b 14 Jan 2022", "Ministry A"];
    assert_eq!(standings(&[claim, agency]), [false]);
    // two offices known from one page alone, or from pages that have it from one agency
    let same_page = ["Ministry B", "", "page-a 15 Jan 2022", ""];
    assert_eq!(standings(&[claim, same_page]), [false]);
    let first = ["Ministry A", "", "page-a (Agency) 14 Jan 2022", ""];
    let second = ["Ministry B", "Agency", "page-b 14 Jan 2022", ""];
    let third = ["Ministry C", "", "Agency via page-c; page-d 14 Jan 2022", ""];
    assert_eq!(standings(&[first, second, third]), [false, true]);
    // an event is nobody's claim but that of its page; what has no source confirms nothing
    let event = ["", "", "page-a 14 Jan 2022", ""];
    assert_eq!(standings(&[event, event, other]), [false, true]);
    assert_eq!(standings(&[claim, ["Ministry B", "", "", ""]]), [false]);
}

#[test]
fn who_is_only_a_relay_is_said_with_the_reason() {
    let mut ledger = Ledger::new();
    ledger.said("1", at("14T10:00"), "fact", "done").office = "Ministry A".into();
    let relay = ledger.said("2", at("14T11:00"), "fact", "done");
    (relay.office, relay.confirms) = ("Ministry A".into(), vec![StatementId(0)]);
    let page = ledger.said("3", at("14T12:00"), "fact", "done");
    (page.source, page.confirms) = ("page 1".into(), vec![StatementId(0)]);
    let said = flowing(&ledger.0, &ledger.whole());
    assert!(said.contains("- [1] Ministry A: 0 independent confirmations"), "{said}");
    assert!(said.contains("[2] Ministry A only relays [1]: same origin, Ministry A"), "{said}");
    assert!(said.contains("[3] office 3 only relays [1]: known through page 1 alone"), "{said}");
    // as of eleven the third is not known
    assert_eq!(ledger.at("14T11:00").claims[0].members.len(), 1);
    assert!(ledger.at("14T10:30").claims.is_empty());
}

fn all_by(strict: u32, lenient: u32) -> Predicate {
    Predicate::AllBy {
        set: vec![ElementId(AM), ElementId(BY), ElementId(TJ)],
        milestone: Milestone::LeftHost,
        by: Readings { strict: day(strict).to, lenient: day(lenient).to },
    }
}

/// Names of the promises of one deadline, the governing one first, and why.
fn governing<'l>(ledger: &'l Ledger, deadlines: &[Deadline]) -> (Vec<&'l str>, Reason) {
    assert_eq!(deadlines.len(), 1);
    let limits = deadlines[0].limits.iter();
    let names = limits.map(|limit| ledger.0.promises[limit.promise].name.as_str());
    (names.collect(), deadlines[0].reason)
}

#[test]
fn of_ten_days_the_nineteenth_and_five_days_more_the_stricter_governs() {
    let mut ledger = Ledger::new();
    ledger.said("19", at("11T12:00"), "promise", "planned");
    ledger.said("31", at("13T19:22"), "promise", "planned");
    ledger.promise("P2", Some(0), all_by(22, 23));
    ledger.promise("P7", Some(1), all_by(20, 20));
    ledger.promise("P8", Some(1), all_by(19, 19));
    // as of the 12th only "ten days" is said, which is no contest
    assert!(ledger.at("12T12:00").deadlines.is_empty());
    let whole = ledger.whole();
    assert_eq!(governing(&ledger, &whole.deadlines), (vec!["P8", "P7", "P2"], Reason::Stricter));
    let later: Vec<i64> = whole.deadlines[0].limits.iter().map(|l| l.later.0 / 86_400).collect();
    assert_eq!(later, [0, 1, 3]);
    // "within five more days" after the 14th is the 19th too: that said first, here that which stands first
    ledger.0.promises[PromiseId(1)].predicate = all_by(19, 19);
    let whole = ledger.whole();
    assert_eq!(governing(&ledger, &whole.deadlines), (vec!["P7", "P8", "P2"], Reason::SaidFirst));
    ledger.0.promises[PromiseId(1)].predicate = all_by(19, 20);
    let whole = ledger.whole();
    let found = governing(&ledger, &whole.deadlines);
    assert_eq!(found, (vec!["P8", "P7", "P2"], Reason::StricterLeniently));
}

#[test]
fn deadlines_of_other_sets_and_milestones_do_not_compete() {
    let mut ledger = Ledger::new();
    ledger.promise("P1", None, all_by(22, 23));
    let by = Readings { strict: day(13).to, lenient: day(13).to };
    let all = vec![ElementId(AM), ElementId(BY), ElementId(TJ)];
    ledger.promise("P2", None, Predicate::BegunBy { set: all.clone(), by });
    let one = vec![ElementId(BY)];
    let of_one = Predicate::AllBy { set: one, milestone: Milestone::LeftHost, by };
    ledger.promise("P3", None, of_one);
    ledger.promise(
        "P4",
        None,
        Predicate::AllBy { set: all.clone(), milestone: Milestone::HomeBase, by },
    );
    ledger.promise("P5", None, Predicate::Mode { set: all, road: true });
    assert!(ledger.whole().deadlines.is_empty());
}

fn bears(row: &mut Statement, promise: u32, how: Bearing) {
    row.bears_on.push((PromiseId(promise), how));
}

/// The states of the first promise, one after the other, each with its row.
fn states(ledger: &Ledger, reckoning: &Reckoning) -> Vec<(PromiseState, String)> {
    let of = |evidence| match evidence {
        Evidence::Row(row) => ledger.0.statements[row].name.clone(),
        Evidence::Outcome => "outcome".into(),
        Evidence::Plan => "plan".into(),
        Evidence::Nothing => "nothing".into(),
    };
    let changes = reckoning.promises[0].changes.iter();
    changes.map(|change| (change.to, of(change.evidence))).collect()
}

/// A promise of the 13th that all are out by the 19th, said again on the 14th, in doubt on the 16th.
fn promised() -> Ledger {
    let mut ledger = Ledger::new();
    ledger.said("1", at("13T12:00"), "promise", "planned");
    ledger.promise("P1", Some(0), all_by(19, 20));
    bears(ledger.said("2", at("14T12:00"), "plan", "planned"), 0, Bearing::Repeated);
    bears(ledger.said("3", at("16T12:00"), "judgement", "open"), 0, Bearing::AtRisk);
    ledger
}

#[test]
fn a_promise_is_made_repeated_at_risk_and_kept() {
    use PromiseState::*;
    let mut ledger = promised();
    bears(ledger.said("4", at("19T18:00"), "fact", "done"), 0, Bearing::Kept);
    assert!(ledger.at("12T12:00").promises.is_empty(), "not yet made");
    for (moment, state) in
        [("13T12:00", Made), ("15T12:00", Repeated), ("17T12:00", AtRisk), ("19T18:00", Kept)]
    {
        assert_eq!(ledger.at(moment).promises[0].state, state, "{moment}");
    }
    let whole = ledger.whole();
    let rows = [(Made, "1"), (Repeated, "2"), (AtRisk, "3"), (Kept, "4")];
    assert_eq!(states(&ledger, &whole), rows.map(|(state, row)| (state, row.to_owned())));
    assert!(!whole.is_broken(&ledger.0));
}

#[test]
fn a_promise_is_broken_or_disputed_by_what_is_reported() {
    let mut ledger = promised();
    bears(ledger.said("4", at("20T18:00"), "fact", "done"), 0, Bearing::Broken);
    let whole = ledger.whole();
    assert_eq!(whole.promises[0].state, PromiseState::Broken);
    assert!(whole.is_broken(&ledger.0));
    assert!(!ledger.at("20T12:00").is_broken(&ledger.0), "not known yet");
    ledger.0.promises[PromiseId(0)].required = false;
    assert!(!whole.is_broken(&ledger.0), "an announcement");
    // two reports that differ are shown, and nothing is broken by them
    ledger.0.promises[PromiseId(0)].required = true;
    bears(ledger.said("5", at("20T19:00"), "fact", "done"), 0, Bearing::Kept);
    let whole = ledger.whole();
    assert_eq!(whole.promises[0].state, PromiseState::Disputed);
    assert!(!whole.is_broken(&ledger.0));
}

#[test]
fn a_promise_without_a_report_says_so_after_its_lenient_deadline() {
    let mut ledger = promised();
    // the 20th is the last day of the lenient reading
    assert_eq!(ledger.at("20T23:59").promises[0].state, PromiseState::AtRisk);
    let late = ledger.at("21T00:00");
    assert_eq!(late.promises[0].state, PromiseState::NoReport);
    assert!(!late.is_broken(&ledger.0), "no report is no report of a breach");
    let said = flowing(&ledger.0, &late);
    assert!(said.contains("no report of it found by 20 Jan"), "{said}");
    // the table of promises may know more, but not before the deadline
    for (outcome, state) in [
        ("kept", PromiseState::Kept),
        ("broken", PromiseState::Broken),
        ("disputed", PromiseState::Disputed),
        ("no report of it found", PromiseState::NoReport),
    ] {
        ledger.0.promises[PromiseId(0)].outcome = Some(outcome.into());
        assert_eq!(ledger.at("20T23:59").promises[0].state, PromiseState::AtRisk);
        assert_eq!(ledger.at("21T00:00").promises[0].state, state);
    }
}

#[test]
fn a_promise_that_is_the_same_repeats_the_one_before() {
    let mut ledger = promised();
    ledger.said("4", at("15T12:00"), "promise", "planned");
    ledger.promise("P2", Some(3), all_by(19, 20)).same_as = Some(PromiseId(0));
    let whole = ledger.at("15T18:00");
    let repeated = (PromiseState::Repeated, "4".to_owned());
    assert!(states(&ledger, &whole).contains(&repeated), "{:?}", states(&ledger, &whole));
    assert_eq!(whole.promises[1].changes.len(), 1, "and is made by it");
}

#[test]
fn a_row_may_make_a_promise_and_report_that_it_was_kept() {
    let mut ledger = promised();
    bears(&mut ledger.0.statements[StatementId(0)], 0, Bearing::Kept);
    let of = [(PromiseState::Made, "1"), (PromiseState::Kept, "1")];
    let found = states(&ledger, &ledger.at("13T12:00"));
    assert_eq!(found, of.map(|(state, row)| (state, row.to_owned())));
}

#[test]
fn days_are_shown_as_they_were_written() {
    let mut ledger = Ledger::new();
    let row = ledger.said("1", at("14T12:00"), "fact", "done");
    // the end of that day an hour west of the operation is 01:00 of the next day in it
    (row.recorded, row.recorded_by) = ("2022-01-14".into(), Some(at("15T01:00")));
    let rows = select(&ledger.0, &Filter::default());
    let said = list_text(&ledger.0, &rows, None, Language::En, false);
    assert!(said.contains("1  said 14 Jan; recorded 14 Jan; fact, done"), "{said}");
    ledger.0.statements[StatementId(0)].recorded = "2022-01-15T01:00".into();
    let said = list_text(&ledger.0, &rows, None, Language::En, false);
    assert!(said.contains("recorded 15 Jan, 01:00"), "{said}");
}

fn verdict(strict: Option<bool>) -> Verdict {
    let result = PromiseResult {
        id: "P1".into(),
        strict,
        lenient: Some(true),
        margin_s: Some(-3_600),
        required: true,
        before_start: None,
    };
    Verdict { promises: vec![result], ..crate::example::Example::new().verdict }
}

fn with_plan(ledger: &Ledger, moment: &str, strict: bool, probability: Option<i64>) -> Reckoning {
    let verdict = verdict(Some(strict));
    let probabilities: Vec<_> = probability.map(|p| (PromiseId(0), p)).into_iter().collect();
    let forecast = Forecast { verdict: &verdict, probabilities: &probabilities };
    reckon(&ledger.0, Some(at(moment)), Some(&forecast))
}

#[test]
fn a_plan_puts_a_promise_at_risk_by_its_reading_or_its_probability() {
    let ledger = promised();
    let state = |reckoning: &Reckoning| reckoning.promises[0].state;
    let good = with_plan(&ledger, "14T18:00", true, None);
    assert_eq!((state(&good), good.is_broken(&ledger.0)), (PromiseState::Repeated, false));
    let late = with_plan(&ledger, "14T18:00", false, None);
    assert_eq!((state(&late), late.is_broken(&ledger.0)), (PromiseState::AtRisk, true));
    assert_eq!(states(&ledger, &late).last(), Some(&(PromiseState::AtRisk, "plan".to_owned())));
    // 900 of 1,000 are wanted
    let (enough, less) = (Some(900), Some(899));
    assert_eq!(state(&with_plan(&ledger, "14T18:00", true, enough)), PromiseState::Repeated);
    let unsafe_one = with_plan(&ledger, "14T18:00", true, less);
    assert_eq!(state(&unsafe_one), PromiseState::AtRisk);
    let said = flowing(&ledger.0, &unsafe_one);
    assert!(said.contains("probability 89.9 %, wanted 90 %"), "{said}");
    assert_eq!(value(&ledger.0, &unsafe_one)["promises"][0]["plan"]["probability_per_mille"], 899);
    assert!(value(&ledger.0, &late)["promises"][0]["plan"]["probability_per_mille"].is_null());
    // what is reported as kept stays so, whatever a plan says
    let mut ledger = promised();
    bears(ledger.said("4", at("14T17:00"), "fact", "done"), 0, Bearing::Kept);
    assert_eq!(state(&with_plan(&ledger, "14T18:00", false, None)), PromiseState::Kept);
}

#[test]
fn the_list_is_filtered_and_names_nobody_unless_asked() {
    let mut ledger = promised();
    let row = ledger.said("4", at("15T12:00"), "fact", "done");
    (row.speaker, row.language) = ("A. Name".into(), "ru".into());
    (row.recorded, row.recorded_by) = ("2022-01-16".into(), Some(day(16).to));
    (row.quantity, row.unit) = ("4".into(), "sorties".into());
    (row.confirms, row.conflicts) = (vec![StatementId(1)], vec!["X1".into()]);
    let s = &ledger.0;
    let names = |filter: &Filter| -> Vec<&str> {
        select(s, filter).into_iter().map(|id| s.statements[id].name.as_str()).collect()
    };
    assert_eq!(names(&Filter::default()), ["1", "2", "4", "3"], "oldest first");
    let at_noon = Filter { at: Some(at("15T12:00")), ..Filter::default() };
    assert_eq!(names(&at_noon), ["1", "2", "4"]);
    let of_kind = Filter { kind: Some("plan".into()), ..Filter::default() };
    assert_eq!(names(&of_kind), ["2"]);
    let of_office = Filter { office: Some("OFFICE 3".into()), ..Filter::default() };
    assert_eq!(names(&of_office), ["3"]);
    let of_promise = Filter { promise: Some(PromiseId(0)), ..Filter::default() };
    assert_eq!(names(&of_promise), ["1", "2", "3"]);
    let rows = select(s, &Filter { kind: Some("fact".into()), ..Filter::default() });
    let said = list_text(s, &rows, None, Language::En, false);
    let expected = "4  said 15 Jan; recorded 16 Jan; fact, done; office 4";
    assert!(said.contains(expected), "{said}");
    assert!(said.contains("4 sorties; language: ru; page 4; confirms 2; reports differ: X1"));
    assert!(!said.contains("A. Name") && said.contains("1 row of 4"), "{said}");
    assert!(list_text(s, &rows, None, Language::En, true).contains("A. Name, office 4"));
    let value = list_value(s, &rows, None, Language::En, false);
    assert!(value["statements"][0]["speaker"].is_null());
    assert_eq!(value["statements"][0]["recorded"], "2022-01-16");
    assert_eq!(value["statements"][0]["deadline"], serde_json::Value::Null);
    let named = list_value(s, &rows, None, Language::En, true);
    assert_eq!(named["statements"][0]["speaker"], "A. Name");
}

#[test]
fn an_empty_ledger_says_nothing_in_three_languages() {
    let ledger = Ledger::new();
    for language in Language::ALL {
        let said = text(&ledger.0, &ledger.whole(), language, false);
        assert!(said.lines().all(|line| line.chars().count() <= 100), "{said}");
        assert_eq!(said.matches("\n  ").count(), 5, "each section is empty: {said}");
    }
    let found = value(&ledger.0, &ledger.whole());
    for key in ["conflicts", "figures", "confirmations", "deadlines", "promises"] {
        assert_eq!(found[key], serde_json::json!([]), "{key}");
    }
}

/// Digits and ids of a text, in order: what must be the same in every language.
fn rows_in(text: &str) -> Vec<String> {
    let parts = text.split('[').skip(1).filter_map(|part| part.split(']').next());
    let plain = |part: &str| part.replace(['\u{2066}', '\u{2068}', '\u{2069}'], "");
    parts.map(plain).filter(|part| part.bytes().all(|c| c.is_ascii_digit())).collect()
}

#[test]
fn the_three_languages_name_the_same_rows() {
    let mut ledger = promised();
    ledger.counted("5", at("13T12:00"), PLANNED, (14, &[AM, BY, TJ], 14));
    ledger.counted("6", at("15T12:00"), DONE, (10, &[BY], 14)).confirms = vec![StatementId(0)];
    ledger.promise("P2", Some(1), all_by(18, 18));
    let said = Language::ALL.map(|language| text(&ledger.0, &ledger.whole(), language, false));
    assert!(rows_in(&said[0]).len() > 8, "{}", said[0]);
    assert_eq!(rows_in(&said[0]), rows_in(&said[1]));
    assert_eq!(rows_in(&said[0]), rows_in(&said[2]));
}
