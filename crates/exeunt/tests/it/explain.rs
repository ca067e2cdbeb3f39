//! Why something is not earlier: the arithmetic of small operations, names, languages, and claims that come true when
//! the overlay that the program writes is planned with.

use super::*;
use crate::graph::{history, plan as planned, read};
use exeunt_engine::explain::{Explainer, changes};
use exeunt_engine::{Request, apply, solve};
use exeunt_model::explanation::{Change, Explanation, LinkKind, Replanned, Subject, Why};
use exeunt_model::{Plan, Scenario};
use exeunt_report::Language;
use exeunt_report::explain::{Explained, first_line, text as told};

/// Plans a scenario into a file, with what is laid over it.
fn plan(dir: &Path, name: &str, overlays: &[&str]) -> String {
    let file = dir.join(format!("{name}.json")).display().to_string();
    let scenario = scenario(name);
    let mut args = vec!["plan", &scenario, "-o", &file, "--epochs", "1", "--summary", "json"];
    overlays.iter().for_each(|folder| args.extend(["--overlay", folder]));
    json(dir, &args);
    file
}

fn links(value: &Value) -> Vec<(&str, &str, i64)> {
    let rows = value["links"].as_array().expect("a list").iter();
    rows.map(|row| {
        let cause = row["cause"].as_str().unwrap_or("itself");
        (row["kind"].as_str().expect("a word"), cause, row["seconds"].as_i64().expect("a number"))
    })
    .collect()
}

#[test]
fn the_smallest_operation_is_explained_by_its_arithmetic() {
    let dir = place();
    let file = plan(dir.path(), "minimal", &[]);
    let scenario = scenario("minimal");
    let args = ["explain", &scenario, &file, "--why", "closure", "--summary", "json"];
    let (code, value) = json(dir.path(), &args);
    assert_eq!(code, 0);
    // the shift begins at 08:00; inventory 3 h, signing 1 h; 35 min on the road and 88 s until the tail is there; an
    // hour of staging; the other aircraft is loaded first, 2 h, then this one, 2 h;
    // 2 h 14 min in the air; 2 h of unloading: 08:00 + 3 + 1 + 0:35 + 88 s + 1 + 2 + 2 + 2:14 + 2 = 21:50:28
    let expected = [
        ("wait", "shift", 8 * 3_600),
        ("activity", "step", 3 * 3_600),
        ("activity", "handover", 3_600),
        ("activity", "pass", 35 * 60),
        ("activity", "staging", 60 + 28),
        ("wait", "staging", 3_600),
        ("activity", "handling", 2 * 3_600),
        ("activity", "loading", 2 * 3_600),
        ("activity", "landing", 2 * 3_600 + 14 * 60),
        ("activity", "itself", 2 * 3_600),
    ];
    assert_eq!(links(&value), expected);
    let sum: i64 = expected.iter().map(|link| link.2).sum();
    assert_eq!(sum, seconds(&value["at"]) - seconds(&value["from"]));
    assert_eq!(sum, 21 * 3_600 + 50 * 60 + 28);
}

#[test]
fn the_form_of_the_answer_stands() {
    let dir = place();
    let file = plan(dir.path(), "minimal", &[]);
    let scenario = scenario("minimal");
    let args = ["explain", &scenario, &file, "--why", "closure", "--summary", "json"];
    let (_, value) = json(dir.path(), &args);
    let keys = |value: &Value| -> Vec<String> {
        value.as_object().expect("an object").keys().cloned().collect()
    };
    let sorted = |mut keys: Vec<String>| {
        keys.sort();
        keys.join(" ")
    };
    assert_eq!(
        sorted(keys(&value)),
        "at count counterfactuals decided_by either from left links margin_s replanned status why"
    );
    assert_eq!(sorted(keys(&value["links"][0])), "also cause count from kind rule seconds text to");
    assert_eq!(sorted(keys(&value["counterfactuals"][0])), "at gain_s how kind link n text");
    assert_eq!(sorted(keys(&value["replanned"])), "complete epochs lanes seed unchanged");
    assert_eq!(sorted(keys(&value["counterfactuals"][0]["how"][0])), "column row table value");
    let bare = ["explain", &scenario, &file, "--why", "closure", "--no-counterfactuals"];
    let (_, value) = json(dir.path(), &[&bare[..], &["--summary", "json"]].concat());
    assert_eq!((&value["counterfactuals"], &value["replanned"]), (&Value::Null, &Value::Null));
}

/// Has every change of an explanation written, plans with it, and compares.
fn assert_claims_come_true(
    dir: &Path,
    name: &str,
    overlays: &[&str],
    why: &str,
    (wanted, most): (usize, usize),
) {
    // the smallest operation has room for more than one epoch
    let epochs = if name == "minimal" { "2" } else { "1" };
    let file = plan(dir, name, overlays);
    let scenario = scenario(name);
    let mut args = vec!["explain", &scenario, &file, "--why", why, "--epochs", epochs];
    overlays.iter().for_each(|folder| args.extend(["--overlay", folder]));
    let (code, value) = json(dir, &[&args[..], &["--summary", "json"]].concat());
    assert_eq!(code, 0);
    let rows = value["counterfactuals"].as_array().expect("a list");
    let gains = rows.iter().filter(|row| row["gain_s"].as_i64() > Some(0)).count();
    assert!(gains >= wanted, "{name}: {gains} gains in {rows:?}");
    for row in rows.iter().take(most) {
        let n = row["n"].to_string();
        let folder = dir.join(format!("{name}-{n}")).display().to_string();
        let out = exeunt(dir, &[&args[..], &["--overlay-for", &n, "-o", &folder]].concat());
        assert_eq!(super::code(&out), 0, "{}", error(&out));
        let again = dir.join(format!("{name}-{n}.json")).display().to_string();
        let mut make = vec!["plan", &scenario, "-o", &again, "--epochs", epochs, "--seed", "1"];
        overlays.iter().for_each(|folder| make.extend(["--overlay", folder]));
        make.extend(["--overlay", &folder, "--summary", "json"]);
        json(dir, &make);
        let mut ask = vec!["explain", &scenario, &again, "--why", why, "--no-counterfactuals"];
        overlays.iter().for_each(|folder| ask.extend(["--overlay", folder]));
        ask.extend(["--overlay", &folder, "--summary", "json"]);
        let (_, then) = json(dir, &ask);
        assert_eq!(then["at"], row["at"], "{name}: {}", row["text"]);
    }
}

#[test]
fn claims_of_the_smallest_operation_come_true() {
    // one more team loads both aircraft at once: 2 h; staging an hour shorter: 1 h; the shift an hour earlier: 1 h
    assert_claims_come_true(place().path(), "minimal", &[], "closure", (3, usize::MAX));
}

#[test]
fn claims_of_the_reference_operation_come_true() {
    assert_claims_come_true(place().path(), "kazakhstan-2022", &[], "closure", (1, usize::MAX));
}

#[test]
fn claims_of_a_party_under_an_overlay_come_true() {
    let half = overlay("half-the-host-teams");
    assert_claims_come_true(place().path(), "kazakhstan-2022", &[&half], "AM", (0, 2));
}

/// Everything that a chain of the operation asks for, and some more.
fn all_changes(s: &Scenario, plan: &Plan) -> Vec<Change> {
    let explainer = Explainer::new(s, plan).expect("known names");
    let subjects: Vec<Subject> = s.parties.ids().map(Subject::Party).collect();
    let chains = explainer.explain(&subjects).into_iter().filter_map(|e| e.chain);
    let asked = chains.flat_map(|chain| changes(s, plan, &chain)).map(|(change, _)| change);
    let mut list: Vec<Change> = asked.collect();
    list.extend(s.conditions.ids().map(Change::Condition));
    list.extend(s.elements.rows.iter().filter_map(|row| row.load_from).map(Change::Date));
    list.extend(s.clearances.rows.iter().map(|row| Change::Clearances(row.state.clone())));
    list.extend(s.precedence.ids().map(Change::Priced));
    list.extend(s.precedence.ids().map(Change::NobodyStays));
    list.extend(s.resources.ids().map(Change::NothingKept));
    list.extend(s.elements.ids().map(Change::Spread));
    list.extend(s.roads.ids().flat_map(|id| [Change::Border(id), Change::ColumnSize(id)]));
    list.sort();
    list.dedup();
    list
}

#[test]
fn an_overlay_makes_the_change_that_the_engine_means() {
    for name in ["minimal", "kazakhstan-2022", "deployment"] {
        let loaded = exeunt_scenario::read(scenario(name)).expect("a scenario of ours");
        let s = &loaded.scenario;
        let plan = planned(s);
        let mut n_made = 0;
        for change in all_changes(s, &plan) {
            let mut meant = s.clone();
            let applies = apply(&mut meant, &change);
            let Some(over) = exeunt_scenario::overlay_of(&loaded.draft, s, &change) else {
                // nothing stands in a file where there is nothing to change, or hours are open all day
                continue;
            };
            let mut draft = loaded.draft.clone();
            draft.overlay(over);
            let written = exeunt_scenario::build(draft);
            let written = written.unwrap_or_else(|e| panic!("{name} {change:?}: {e:?}")).scenario;
            if !applies {
                continue;
            }
            n_made += 1;
            let objective = |s: &Scenario| {
                let request = Request { lanes: 1, ..Request::default() };
                let outcome = solve(s, &request, |_| true, |_| {}).expect("none frozen");
                outcome.plan.objective
            };
            assert_eq!(objective(&meant), objective(&written), "{name} {change:?}");
        }
        assert!(n_made >= 5, "{name}: {n_made} changes");
    }
}

#[test]
fn every_moment_of_the_three_scenarios_adds_up() {
    let record = read("kazakhstan-2022", &["kazakhstan-2022-history-capacity"]);
    let mut cases: Vec<(Scenario, Plan)> = vec![(record, history())];
    for name in ["minimal", "deployment", "kazakhstan-2022"] {
        let s = read(name, &[]);
        let plan = planned(&s);
        cases.push((s, plan));
    }
    for (s, plan) in &cases {
        use exeunt_model::scenario::Milestone::{HomeAirfield, HomeBase, LeftHost, LeftSite};
        let milestones = [LeftSite, LeftHost, HomeAirfield, HomeBase];
        let elements = s.elements.ids().flat_map(|id| milestones.map(|m| Subject::Element(id, m)));
        let subjects: Vec<Subject> = elements
            .chain(s.promises.ids().map(Subject::Promise))
            .chain(s.parties.ids().map(Subject::Party))
            .chain(s.steps.ids().map(Subject::Step))
            .chain((0..plan.columns.len()).map(Subject::Column))
            .chain([Subject::Closure])
            .collect();
        let explainer = Explainer::new(s, plan).expect("known names");
        let mut n_chains = 0;
        for Explanation { subject, chain, .. } in explainer.explain(&subjects) {
            let Some(chain) = chain else { continue };
            n_chains += 1;
            let mut here = chain.from;
            for link in &chain.links {
                assert_eq!(link.from, here, "{subject:?}");
                assert_eq!(link.length().0 < 0, link.kind == LinkKind::Ahead, "{subject:?}");
                here = link.to;
            }
            assert_eq!(here, chain.at, "{subject:?}");
        }
        assert!(n_chains > 5, "{n_chains} chains");
    }
}

#[test]
fn the_closure_of_the_reference_operation_is_held_by_nothing_but_its_rules() {
    let s = read("kazakhstan-2022", &[]);
    let plan = planned(&s);
    let explainer = Explainer::new(&s, &plan).expect("known names");
    let explanation = explainer.explain(&[Subject::Closure]).remove(0);
    let chain = explanation.chain.as_ref().expect("it ends");
    let held = chain.links.iter().filter(|link| link.why == Some(Why::Held));
    assert_eq!(held.map(|link| link.length().0).sum::<i64>(), 0, "{chain:?}");
}

#[test]
fn the_first_line_is_said_in_three_languages() {
    let dir = place();
    let file = plan(dir.path(), "minimal", &[]);
    let s = read("minimal", &[]);
    let plan = exeunt::parse_plan(&std::fs::read(&file).expect("a file"), &file).expect("a plan");
    let explainer = Explainer::new(&s, &plan).expect("known names");
    let explanation = explainer.explain(&[Subject::Closure]).remove(0);
    let chain = explanation.chain.as_ref().expect("it ends");
    let asked = changes(&s, &plan, chain);
    let changed = |change: &Change| {
        let mut other = s.clone();
        apply(&mut other, change).then_some(other)
    };
    let request = Request::default();
    let why = &explanation.subject;
    let replanned: Replanned =
        exeunt_engine::explain::what_if(&s, &plan, why, asked, &request, changed, || true)
            .expect("known names");
    let (scenario, plan, explanation) = (&s, &plan, &explanation);
    let explained = Explained {
        scenario,
        plan,
        explanation,
        either: None,
        replanned: Some(&replanned),
        how: &[],
        commands: None,
    };
    let plain = |text: String| text.replace(['\u{2066}', '\u{2068}', '\u{2069}'], "");
    let [english, russian, arabic] =
        Language::ALL.map(|language| plain(first_line(&explained, language).expect("a line")));
    assert_eq!(
        english,
        "loading of FL-01 at Airfield of the host (S003): a handling team at Airfield of the host \
         is handed on: 2 h; one more handling team: handling team at HHAP: 2 h earlier"
    );
    assert!(
        russian.contains("группа обслуживания освобождается") && russian.ends_with("раньше на 2 ч")
    );
    assert!(arabic.contains("فريق مناولة إضافي") && arabic.ends_with("أبكر بـ ساعتان"), "{arabic}");
    for language in Language::ALL {
        let text = told(&explained, language);
        assert!(text.lines().count() > 15, "{text}");
    }
}

#[test]
fn text_has_at_most_a_hundred_columns_and_speaks_three_languages() {
    let dir = place();
    let file = plan(dir.path(), "kazakhstan-2022", &[]);
    let scenario = scenario("kazakhstan-2022");
    for (lang, word) in [("en", "handed on"), ("ru", "освобождается"), ("ar", "يفرغ")]
    {
        let args = ["explain", &scenario, &file, "--why", "closure", "--no-counterfactuals"];
        let out = exeunt(dir.path(), &[&args[..], &["--lang", lang]].concat());
        let said = text(&out);
        assert_eq!(code(&out), 0, "{}", error(&out));
        assert!(said.contains(word), "{said}");
        // isolates and Arabic vowel signs take no room
        let is_bare = |c: &char| !matches!(c, '\u{2066}'..='\u{2069}' | '\u{64b}'..='\u{652}');
        // lam and alif are set as one letter
        let joined = |line: &str| {
            ["لا", "لأ", "لآ", "لإ"].iter().fold(line.to_owned(), |line, two| line.replace(two, "ل"))
        };
        let bare = |line: &str| line.chars().filter(is_bare).collect::<String>();
        let width = |line: &str| joined(&bare(line)).chars().count();
        let longest = said.lines().map(width).max();
        assert!(longest <= Some(100), "{longest:?}: {said}");
        insta::assert_snapshot!(format!("closure_of_the_reference_operation_{lang}"), said);
    }
}

#[test]
fn wrong_names_are_refused_with_the_near_one() {
    let dir = place();
    let file = plan(dir.path(), "minimal", &[]);
    let scenario = scenario("minimal");
    let ask = |why: &[&str]| {
        let out = exeunt(dir.path(), &[&["explain", &scenario, &file, "--why"], why].concat());
        (code(&out), error(&out))
    };
    let (code, said) = ask(&["closur"]);
    assert_eq!(code, 2);
    assert!(said.contains("did you mean `closure`?"), "{said}");
    let (code, said) = ask(&["closure", "--milestone", "left_host"]);
    assert!(code == 2 && said.contains("means nothing to a closure"), "{said}");
    let (code, said) = ask(&["closure", "--overlay-for", "99", "-o", "more"]);
    assert!(code == 2 && said.contains("there is no change 99"), "{said}");
    let (code, said) = ask(&["element:GUARD", "--milestone", "left_host", "--no-counterfactuals"]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn promises_dated_before_the_start_are_not_computed() {
    let dir = place();
    let file = plan(dir.path(), "kazakhstan-2022", &[]);
    let scenario = scenario("kazakhstan-2022");
    let ask = |why: &str| {
        let args = ["explain", &scenario, &file, "--why", why, "--no-counterfactuals"];
        json(dir.path(), &[&args[..], &["--summary", "json"]].concat()).1
    };
    let before = ask("P3");
    assert_eq!((&before["status"], &before["at"]), (&Value::from("before_start"), &Value::Null));
    let mode = ask("P6");
    assert_eq!(mode["status"], "not_of_time");
    let counted = ask("P9");
    assert_eq!(counted["count"]["wanted"], 18);
    assert!(counted["count"]["found"].as_i64() >= Some(18), "{}", counted["count"]);
}
