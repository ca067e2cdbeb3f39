//! The ruler of dates: the same dates as text, JSON and a drawing, in three languages.

use crate::example::{Example, t};
use exeunt_model::certificate::{Cover, Evidence, Field, FieldKind, Side, Stage};
use exeunt_model::outcome::{End, InputDraw, Moments, Outcome, Quantile, Summary};
use exeunt_model::ruler::{
    About, Chance, Impossible, PartOfDay, Prospects, Reading, Ruler, Said, Wanted,
};
use exeunt_model::scenario::{Milestone, Readings};
use exeunt_model::{Duration, PromiseId, Scenario, StatementId, Timestamp};
use exeunt_report::language::Language;
use exeunt_report::ruler::{svg, text, value};

/// So many hours after midnight of 13 January in Almaty.
fn hour(hours: i64) -> Timestamp {
    t("2022-01-12T18:00:00Z") + Duration::from_hours(hours)
}

fn quantile(percent: u64, hours: i64) -> Quantile {
    Quantile {
        percent,
        at: Some(hour(hours)),
        sampling_interval: (End::At(hour(hours - 1)), End::At(hour(hours + 1))),
        input_interval: Some((
            End::At(hour(hours - 9)),
            End::of((percent < 95).then(|| hour(hours + 20))),
        )),
    }
}

fn chance(probability: f64) -> Chance {
    Chance {
        probability,
        sampling_interval: (probability - 0.01, f64::min(probability + 0.01, 1.0)),
        input_interval: Some((probability - 0.2, 1.0)),
    }
}

fn said(promise: u32, statement: Option<u32>, hours: i64, probability: Option<f64>) -> Said {
    Said {
        promise: PromiseId(promise),
        statement: statement.map(StatementId),
        is_again: false,
        date: Readings { strict: hour(hours), lenient: hour(hours) },
        about: About::Same,
        chance: probability.map(chance),
        lenient: None,
        is_impossible: false,
        before_start: false,
    }
}

/// Bound: 15 January, 02:00; plan: 10:00; half by the 16th, 01:00; nine of ten by the 17th, 13:00.
pub(crate) fn ruler(s: &Scenario) -> Ruler {
    let field = Field {
        kind: FieldKind::Handling,
        from: hour(8),
        cover: Cover {
            side: Side::Loading,
            field: "UAAA".into(),
            elements: vec!["AM-1".into()],
            weights: vec![],
            capacities: vec![],
            total: 1,
        },
        work: 1,
        last_ends: hour(48),
    };
    let reading =
        |by, hours, p| Reading { by, day: hour(109), date: hour(hours), chance: chance(p) };
    let mut early = said(0, None, 48, Some(0.0));
    early.chance = Some(Chance {
        probability: 0.0,
        sampling_interval: (0.0, 0.000_37),
        input_interval: Some((0.0, 0.0)),
    });
    early.is_impossible = true;
    let mut again = said(1, Some(2), 120, Some(0.75));
    again.is_again = true;
    let mut before = said(2, Some(0), -24, None);
    before.before_start = true;
    Ruler {
        asked: vec!["ALL".into()],
        set: s.elements.ids().collect(),
        milestone: Milestone::LeftHost,
        impossible: Some(Impossible {
            before: Some(hour(50)),
            stage: Stage::B4,
            evidence: Evidence::Field(field),
        }),
        plan: Some(hour(58)),
        missing: 0,
        // 8 of 58 hours are 13.79 %, rounded up 13.8
        gap: Some(1_380),
        findings: 0,
        kept_with: Some(vec![
            quantile(50, 73),
            quantile(80, 96),
            quantile(90, 109),
            quantile(95, 130),
        ]),
        said: vec![before, early, said(1, Some(1), 120, Some(0.75)), again],
        wanted: Some(Wanted {
            quantile: quantile(90, 109),
            is_within: true,
            readings: vec![
                reading(PartOfDay::Evening, 116, 0.921),
                reading(PartOfDay::End, 120, 0.999_97),
            ],
        }),
        asked_percent: Some(90),
        assumed_share: Some(84),
        replications: (10_000, 1),
        inputs: (100, 1_000),
    }
}

/// The ruler with a hundred replications, one an hour from the plan on, and some draws of the inputs.
pub(crate) fn prospects(s: &Scenario) -> Prospects {
    let times = |shift: i64| Moments((0..100).map(|n| Some(hour(58 + shift + n).0)).collect());
    let draw = |shift| InputDraw {
        kept: vec![(10, 10); 3],
        closure: times(shift),
        targets: vec![times(shift); 2],
        left_host: Moments::default(),
        parties: vec![],
    };
    let mut closure = times(6);
    closure.0[99] = None;
    let outcome = Outcome {
        format: 2,
        scenario_hash: String::new(),
        plan: String::new(),
        seed: 1,
        shard: (0, 1),
        total: 100,
        first: 0,
        zone_offset: s.operation.zone_offset,
        input_draws: 3,
        input_replications: 100,
        rows: (12, 10),
        ranged: 2,
        unmoved: 0,
        findings: 0,
        closure,
        left_host: times(0),
        parties: vec![],
        targets: vec![times(0), times(0)],
        promises: vec![],
        stated: Some(draw(0)),
        inputs: vec![draw(-10), draw(0), draw(30)],
        activities: vec![],
        causes: vec![],
        swings: vec![],
    };
    let critical = |what: &str, count| exeunt_model::outcome::Critical { what: what.into(), count };
    let ends = |low, high| [Some(hour(low).0), Some(hour(109).0), high];
    let summary = Summary {
        replications: 100,
        seed: 1,
        unmoved: 0,
        findings: 0,
        closure: Some(vec![quantile(50, 79), quantile(90, 115)]),
        closure_left_host: None,
        parties: vec![],
        promises: vec![],
        assumed_share: Some(84),
        inputs: (3, 100),
        activities: vec![critical("loading of sortie S1 at UAAA", 71), critical("step S04-2", 20)],
        causes: vec![critical("handling at UAAA", 55)],
        swings: vec![
            exeunt_model::outcome::Swing {
                row: "U3".into(),
                range: (50, 400),
                p50: [None; 3],
                p90: ends(100, None),
            },
            exeunt_model::outcome::Swing {
                row: "U1".into(),
                range: (90, 130),
                p50: [None; 3],
                p90: ends(105, Some(hour(125).0)),
            },
        ],
        remedy: None,
    };
    Prospects { ruler: ruler(s), outcome, summary, targets: vec![None, Some(1), None] }
}

fn in_all_languages(s: &Scenario, ruler: &Ruler) -> String {
    Language::ALL.map(|language| text(s, ruler, language)).join("\n")
}

#[test]
fn a_ruler_in_three_languages() {
    let s = Example::new().scenario;
    let shown = in_all_languages(&s, &ruler(&s));
    for line in shown.lines() {
        assert!(line.chars().count() <= 80, "{line}");
        assert_eq!(line, line.trim_end());
    }
    assert!(!shown.contains("A. Name"), "offices are named, persons never");
    insta::assert_snapshot!(shown);
}

#[test]
fn marks_stand_where_their_dates_lie() {
    let s = Example::new().scenario;
    let shown = text(&s, &ruler(&s), Language::En);
    let bar = shown.lines().find(|line| line.trim_start().starts_with('x')).expect("a drawing");
    let bar = &bar[2..];
    // six columns of four hours a day: the bound at hour 50 leaves the columns that end at 4 to 48 impossible, the plan at
    // hour 58 lies in the one that ends at 60, a half at 73 makes the one that ends at 76 the first of `:`, nine of ten at
    // 109 the one that ends at 112 the first of `#`; the days end with the 18th, after 95 % at hour 130
    let wanted = "x".repeat(12) + "--|" + "..." + &":".repeat(9) + &"#".repeat(9);
    assert_eq!(bar, wanted);
    assert!(shown.contains("13    14    15    16    17    18"), "{shown}");
}

#[test]
fn more_promises_of_a_day_than_a_line_holds_are_cut_off() {
    let mut s = Example::new().scenario;
    let long = format!("PROMISE-{}", "X".repeat(70));
    s.promises.rows[1].name = long;
    let mut ruler = ruler(&s);
    ruler.said.retain(|said| said.promise == PromiseId(1));
    let shown = text(&s, &ruler, Language::En);
    assert!(shown.lines().any(|line| line.trim_end().ends_with('…')), "{shown}");
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
}

#[test]
fn only_certainty_has_no_remainder() {
    let s = Example::new().scenario;
    let shown = text(&s, &ruler(&s), Language::En);
    // 0.99997 is not 100 per cent; 0.00037 is not nothing
    assert!(shown.contains("by the end of 17 Jan”: 99.9 %"), "{shown}");
    assert!(shown.contains("impossible; 0 % (sampling 0–0.1; inputs 0–0)"), "{shown}");
}

#[test]
fn a_set_that_never_arrives_has_no_date_of_the_plan() {
    let s = Example::new().scenario;
    let mut ruler = ruler(&s);
    ruler.plan = None;
    ruler.missing = 4;
    ruler.gap = None;
    ruler.impossible.as_mut().expect("a bound").before = None;
    let shown = text(&s, &ruler, Language::En);
    assert!(shown.contains("4 pieces and people stay"), "{shown}");
    assert!(shown.contains("no plan ever can. Part of it can never arrive"), "{shown}");
    assert!(value(&s, &ruler, Language::En)["plan"].is_null());
    in_all_languages(&s, &ruler);
}

#[test]
fn without_rows_the_ruler_says_what_to_fill_in() {
    let s = Example::new().scenario;
    let mut ruler = ruler(&s);
    (ruler.kept_with, ruler.assumed_share, ruler.wanted) = (None, None, None);
    ruler.said.iter_mut().for_each(|said| said.chance = None);
    for language in Language::ALL {
        assert!(text(&s, &ruler, language).contains("uncertainty"));
    }
    let value = value(&s, &ruler, Language::En);
    assert!(value["kept_with"].is_null() && value["said"][1]["probability"].is_null());
    assert!(value["remedy"].is_string());
    svg(&s, &Prospects { ruler, ..prospects(&s) }, Language::En);
}

#[test]
fn a_wanted_date_may_not_be_there() {
    let s = Example::new().scenario;
    let mut ruler = ruler(&s);
    let wanted = ruler.wanted.as_mut().expect("one was asked for");
    wanted.is_within = false;
    wanted.readings.clear();
    let shown = text(&s, &ruler, Language::En);
    assert!(shown.contains("no date up to the end of the horizon"), "{shown}");
    assert!(value(&s, &ruler, Language::En)["wanted"]["propose"].is_null());
}

#[test]
fn keys_for_programs_never_go_away() {
    let s = Example::new().scenario;
    let value = value(&s, &ruler(&s), Language::Ru);
    insta::assert_snapshot!(format!("{value:#}"));
}

#[test]
fn a_drawing_stands_by_itself_and_is_mirrored_in_arabic() {
    let s = Example::new().scenario;
    let prospects = prospects(&s);
    let [en, ru, ar] = Language::ALL.map(|language| svg(&s, &prospects, language));
    for (drawing, lang, dir) in [(&en, "en", "ltr"), (&ru, "ru", "ltr"), (&ar, "ar", "rtl")] {
        assert!(drawing.contains(&format!("lang=\"{lang}\"")));
        assert!(drawing.contains(&format!("direction=\"{dir}\"")));
        assert!(drawing.contains("<title>") && drawing.contains("<desc"));
        assert!(drawing.contains("prefers-color-scheme:dark"));
        for outside in ["href", "url(http", "@import", "<script"] {
            assert!(!drawing.contains(outside), "{outside}");
        }
        assert!(!drawing.contains("A. Name"));
    }
    // the plan at hour 58 of six days: 2 % + 96 % x 58 / 144 = 40.66 %, from the other side in Arabic
    assert!(en.contains("class=\"plan-line\" x1=\"40.66%\""), "{en}");
    assert!(ar.contains("class=\"plan-line\" x1=\"59.34%\""), "{ar}");
}
