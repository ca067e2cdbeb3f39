//! The page: one file in three languages whose editions say the same, with a table for every drawing.

use crate::example::{Example, t};
use exeunt_model::finding::ConditionResult;
use exeunt_model::plan::Plan;
use exeunt_model::residual::{LastStop, Residual, Strength};
use exeunt_model::ruler::Prospects;
use exeunt_model::scenario::{
    Assessment, Assumption, Condition, Gate, Level, Mandate, MandateKind, Policy, SourceType,
    Translation, Truth,
};
use exeunt_model::{Duration, Id, Interval, LevelId, MandateId, PartyId, SiteId, Timestamp};
use exeunt_report::SelfTestLine;
use exeunt_report::language::Language;
use exeunt_report::page::{Beside, Page, html};
use std::collections::BTreeMap;

/// An element that has no end tag.
const VOID: [&str; 4] = ["meta", "input", "br", "link"];

/// A tag as written: its name and attributes, or the name of an end tag.
#[derive(Debug, Clone, PartialEq)]
struct Tag {
    name: String,
    is_end: bool,
    attributes: BTreeMap<String, String>,
}

/// Reads the tags of a page, checks that they nest, and returns them; text of scripts and styles is left out.
fn tags(page: &str) -> Vec<Tag> {
    let (mut tags, mut open, mut rest) = (Vec::new(), Vec::<String>::new(), page);
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if rest.starts_with('!') {
            continue;
        }
        let mut end = 0;
        let mut quoted = false;
        for (k, c) in rest.char_indices() {
            match c {
                '"' => quoted = !quoted,
                '>' if !quoted => {
                    end = k;
                    break;
                }
                _ => {}
            }
        }
        assert!(end > 0, "a tag does not end: {}", &rest[..rest.len().min(80)]);
        let tag = read(&rest[..end]);
        rest = &rest[end + 1..];
        if tag.is_end {
            assert_eq!(
                open.pop().as_deref(),
                Some(tag.name.as_str()),
                "an end tag without its start"
            );
        } else if !VOID.contains(&tag.name.as_str()) {
            open.push(tag.name.clone());
        }
        if ["script", "style"].contains(&tag.name.as_str()) && !tag.is_end {
            let end = format!("</{}>", tag.name);
            rest = &rest[rest.find(&end).expect("it ends")..];
        }
        tags.push(tag);
    }
    assert!(open.is_empty(), "left open: {open:?}");
    tags
}

fn read(written: &str) -> Tag {
    let is_end = written.starts_with('/');
    let written = written.trim_start_matches('/');
    let name_ends = written.find(char::is_whitespace).unwrap_or(written.len());
    let mut attributes = BTreeMap::new();
    let mut rest = written[name_ends..].trim_start();
    while !rest.is_empty() {
        let ends = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let key = rest[..ends].to_owned();
        rest = &rest[ends..];
        let mut value = String::new();
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let ends = quoted.find('"').expect("a value ends");
            value = quoted[..ends].to_owned();
            rest = &quoted[ends + 1..];
        }
        assert_eq!(attributes.insert(key, value), None, "an attribute twice in <{written}>");
        rest = rest.trim_start();
    }
    Tag { name: written[..name_ends].to_owned(), is_end, attributes }
}

/// The tags of each edition in order.
fn editions(tags: &[Tag]) -> Vec<Vec<Tag>> {
    let mut editions: Vec<Vec<Tag>> = Vec::new();
    let mut is_inside = false;
    for tag in tags {
        if tag.name == "main" {
            is_inside = !tag.is_end;
            if is_inside {
                editions.push(Vec::new());
            }
        }
        if is_inside {
            editions.last_mut().expect("begun above").push(tag.clone());
        }
    }
    editions
}

/// The example with all that a page can show.
struct Whole {
    example: Example,
    beside: Plan,
    residual: Vec<Residual>,
    stops: Vec<LastStop>,
    prospects: Prospects,
    test: SelfTestLine,
}

impl Whole {
    fn new() -> Self {
        let mut example = Example::new();
        let s = &mut example.scenario;
        for (name, title) in [("tense", "tense"), ("calm", "calm")] {
            s.levels.push(Level { name: name.into(), title: title.into() });
        }
        let mut judged = |office: &str, level: u32, at: &str| {
            s.assessments.push(Assessment {
                name: format!("J{level}"),
                zone: "ALL".into(),
                level: LevelId(level),
                at: t(at),
                office: office.into(),
                statement: None,
            })
        };
        judged("force commander", 0, "2022-01-13T06:00:00Z");
        judged("Secretary General", 1, "2022-01-14T06:00:00Z");
        let level = Truth::Level { zone: "ALL".into(), level: LevelId(1), offices: vec![] };
        for (name, policy) in [("K1", Policy::Hold), ("K2", Policy::Reverse), ("K3", Policy::Go)] {
            s.conditions.push(Condition {
                name: name.into(),
                text: format!("condition {name}"),
                statement: None,
                truth: level.clone(),
                policy,
                gate: Gate::Handovers(s.sites.ids().collect()),
            });
        }
        let departures = s.elements.ids().collect();
        s.conditions.push(Condition {
            name: "K4".into(),
            text: "a decision".into(),
            statement: None,
            truth: Truth::From(Some(t("2022-01-13T00:00:00Z"))),
            policy: Policy::Hold,
            gate: Gate::Departures(departures),
        });
        let row = |name: &str, kind| Mandate {
            name: name.into(),
            text: name.into(),
            statement: None,
            kind,
        };
        s.mandate.push(row("guard the sites", MandateKind::Task(s.sites.ids().collect())));
        s.mandate.push(row("a limit", MandateKind::Limit));
        let valid = Interval { from: Timestamp::MIN, to: Timestamp::MAX };
        s.mandate.push(row("a ceiling", MandateKind::Ceiling { people: 60, valid }));
        let both = Translation { ru: "Алматы".into(), ar: "ألماتي".into() };
        s.translations.insert("Almaty".into(), both);
        s.statements[exeunt_model::StatementId(1)].source_type = Some(SourceType::Party);
        for id in s.places.ids() {
            // all but the first, whose place nobody knows
            let n = f64::from(id.0);
            s.places[id].position = (id.0 > 0).then_some((43.0 + n / 10.0, 76.0 + n / 10.0));
        }
        let strength = |people| vec![Strength { party: PartyId(1), people, vehicles: people / 10 }];
        let start = s.operation.start;
        let residual = (0..72).map(|hour| Residual {
            at: start + Duration::from_hours(hour),
            strength: strength(73 - hour),
            guarded: if hour < 20 { vec![SiteId::from_index(0)] } else { vec![] },
            first_back: (hour > 30).then(|| Duration::from_hours(5)),
        });
        let residual = residual.collect();
        let stops = vec![LastStop { task: MandateId(0), losses: vec![(start, SiteId(0))] }];
        let open = |id: &str| ConditionResult {
            id: id.into(),
            open: vec![Interval { from: start, to: Timestamp::MAX }],
        };
        example.verdict.conditions = vec![open("K3"), open("K4")];
        let beside = Plan { lanes: 0, ..example.plan.clone() };
        let test = SelfTestLine { rules: 23, spoiled: 10, refused: 10, ..SelfTestLine::default() };
        let prospects = crate::ruler::prospects(&example.scenario);
        Self { example, beside, residual, stops, prospects, test }
    }

    fn page(&self, language: Language) -> String {
        let Example { scenario, plan, verdict, bindings } = &self.example;
        html(&Page {
            scenario,
            plan,
            verdict,
            at: None,
            language,
            beside: Some(Beside { plan: &self.beside, verdict }),
            residual: &self.residual,
            last_stops: &self.stops,
            prospects: Some(&self.prospects),
            bindings: Some(bindings),
            self_test: Some(&self.test),
        })
    }
}

#[test]
fn the_three_editions_have_the_same_structure() {
    let page = Whole::new().page(Language::En);
    let editions = editions(&tags(&page));
    assert_eq!(editions.len(), 3);
    // isolates are in Arabic only, and foreign texts are marked where they are foreign
    let shape = |edition: &[Tag]| -> Vec<(String, bool)> {
        let tags = edition.iter().filter(|tag| tag.name != "bdi");
        tags.map(|tag| (tag.name.clone(), tag.is_end)).collect()
    };
    let [en, ru, ar] = [0, 1, 2].map(|n| shape(&editions[n]));
    assert!(en.len() > 1_000, "{}", en.len());
    assert_eq!(en, ru);
    assert_eq!(en, ar);
    let marks = |edition: &[Tag]| {
        let first = &edition[0].attributes;
        (first["lang"].clone(), first["dir"].clone(), first["class"].clone())
    };
    let expected = |lang: &str, dir: &str| (lang.to_owned(), dir.to_owned(), "edition".to_owned());
    assert_eq!(marks(&editions[0]), expected("en", "ltr"));
    assert_eq!(marks(&editions[1]), expected("ru", "ltr"));
    assert_eq!(marks(&editions[2]), expected("ar", "rtl"));
}

#[test]
fn every_drawing_has_a_name_and_a_table() {
    let tags = tags(&Whole::new().page(Language::Ar));
    let mut figures = 0;
    let mut inside: Option<(usize, usize, usize)> = None;
    for tag in &tags {
        match (tag.name.as_str(), tag.is_end) {
            ("figure", false) => inside = Some((0, 0, 0)),
            ("figure", true) => {
                figures += 1;
                assert_eq!(
                    inside.take(),
                    Some((1, 1, 1)),
                    "drawing, details and table of figure {figures}"
                );
            }
            ("svg", false) if tag.attributes.get("role").is_some_and(|role| role == "img") => {
                assert!(!tag.attributes["aria-label"].is_empty());
                inside.as_mut().expect("a drawing stands in a figure").0 += 1;
            }
            ("details", false) => inside.iter_mut().for_each(|counts| counts.1 += 1),
            ("table", false) => inside.iter_mut().for_each(|counts| counts.2 += 1),
            _ => {}
        }
    }
    // the ruler, four of the simulation, tails, fields, sites of two plans, two maps or one, residual; in three languages
    assert!(figures >= 3 * 11, "{figures}");
    let regions =
        tags.iter().filter(|tag| tag.attributes.get("role").is_some_and(|role| role == "region"));
    for region in regions {
        assert_eq!(region.attributes.get("tabindex").map(String::as_str), Some("0"));
        assert!(!region.attributes["aria-label"].is_empty());
    }
}

#[test]
fn ids_are_unique_and_links_lead_to_them() {
    let tags = tags(&Whole::new().page(Language::En));
    let ids: Vec<&String> = tags.iter().filter_map(|tag| tag.attributes.get("id")).collect();
    let unique: std::collections::BTreeSet<&String> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len());
    for link in tags.iter().filter_map(|tag| tag.attributes.get("href")) {
        let to = link.strip_prefix('#').expect("links stay on the page");
        assert!(unique.contains(&to.to_owned()), "{link}");
    }
}

#[test]
fn nothing_comes_from_outside_and_nobody_is_named() {
    let page = Whole::new().page(Language::Ru);
    for outside in ["http:", "https:", "=\"//", "url(\"", "url(//", "@import", "<link", " src="] {
        assert!(!page.contains(outside), "{outside}");
    }
    // offices are shown, persons are not
    assert!(!page.contains("A. Name"));
    assert!(page.contains("force commander"));
}

#[test]
fn absurd_counts_are_shown_like_all_or_none() {
    // found by fuzzing: sums of such counts overflowed
    let mut whole = Whole::new();
    for absurd in [i64::MAX, i64::MIN] {
        let sorties = whole.example.plan.lines.iter_mut().flat_map(|line| &mut line.sorties);
        for load in sorties.flat_map(|sortie| &mut sortie.load) {
            load.count = absurd;
        }
        for load in whole.example.plan.columns.iter_mut().flat_map(|column| &mut column.load) {
            load.count = absurd;
        }
        whole.beside = Plan { lanes: 0, ..whole.example.plan.clone() };
        let page = whole.page(Language::En);
        assert!(!page.contains("9223372036854775807") && page.contains("</html>"));
    }
}

#[test]
fn the_language_asked_for_is_the_one_that_shows() {
    let whole = Whole::new();
    for language in Language::ALL {
        let tags = tags(&whole.page(language));
        let chosen: Vec<&str> = tags
            .iter()
            .filter(|tag| tag.name == "input" && tag.attributes.contains_key("checked"))
            .map(|tag| tag.attributes["value"].as_str())
            .collect();
        assert_eq!(chosen, [language.code()]);
        let root = tags.iter().find(|tag| tag.name == "html").expect("a page");
        assert_eq!(
            (root.attributes["lang"].as_str(), root.attributes["dir"].as_str()),
            (language.code(), language.dir())
        );
    }
}

#[test]
fn figures_are_those_of_the_verdict_and_texts_are_escaped() {
    let mut whole = Whole::new();
    whole.example.scenario.operation.title = "out <script>alert(1)</script> & \"home\"".into();
    let page = whole.page(Language::En);
    tags(&page);
    assert!(page.contains("out &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;home&quot;</h1>"));
    // last departure of the host, 06:15 UTC on the 15th, six hours east
    assert!(page.contains("<time datetime=\"2022-01-15T12:15:00+06:00\">15 Jan, 12:15</time>"));
    let start = page.find("id=\"moves\">").expect("the script's data") + "id=\"moves\">".len();
    let data = &page[start..start + page[start..].find("</script>").expect("it ends")];
    let data: serde_json::Value = serde_json::from_str(data).expect("valid JSON");
    // three sorties, and three columns of one leg each
    assert_eq!(data["moves"].as_array().map(Vec::len), Some(6));
}

#[test]
fn what_is_known_later_stands_apart() {
    let mut whole = Whole::new();
    let clock = whole.example.scenario.operation.clock.expect("the example has one");
    for row in &mut whole.example.scenario.statements.rows {
        row.known = t(&format!("{}T06:00:00Z", row.date));
    }
    let judged = &mut whole.example.scenario.assessments.rows;
    judged.truncate(1);
    judged[0].at = clock + Duration(1);
    let page = whole.page(Language::En);
    // three of the five statements are dated up to the clock, 14 January at 16:00; the judgement comes a second later
    assert!(clock > t("2022-01-14T06:00:00Z"));
    assert!(page.contains("Known on 14 Jan, 16:00: 3 entries"));
    assert!(page.contains("Known only after 14 Jan, 16:00: 3 entries"));
}

#[test]
fn if_the_level_falls_each_policy_says_what_becomes_of_the_plan() {
    let page = Whole::new().page(Language::En);
    // at the clock, 10:00 UTC on the 14th, the last step of S04 (15th, 00:00 UTC) has yet to begin; nothing is under way
    let at = page.find("If the level falls on 14 Jan, 16:00").expect("the branch");
    let branch = &page[at..at + page[at..].find("Mandate").expect("what follows")];
    assert_eq!(branch.matches("1 move waits").count(), 2, "{branch}");
    assert_eq!(branch.matches("0 moves under way are undone").count(), 1);
    assert_eq!(branch.matches("1 move goes on as planned").count(), 1);
}

/// What the English edition says of a fall of the level.
fn branch(whole: &Whole) -> String {
    let page = whole.page(Language::En);
    let at = page.find("If the level falls on").expect("the branch");
    page[at..at + page[at..].find("Mandate").expect("what follows")].to_owned()
}

#[test]
fn what_may_go_on_once_waits_until_then() {
    let mut whole = Whole::new();
    let clock = whole.example.scenario.operation.clock.expect("the example has one");
    // K3 has the policy `go`; it opens a second after the clock
    whole.example.verdict.conditions[0].open[0].from = clock + Duration(1);
    let branch = branch(&whole);
    assert_eq!(branch.matches("1 move waits").count(), 3, "{branch}");
    assert!(!branch.contains("goes on as planned"));
}

#[test]
fn what_starts_outside_the_host_passes_its_gate_at_its_origin() {
    let mut whole = Whole::new();
    let s = &mut whole.example.scenario;
    let condition = &mut s.conditions[exeunt_model::ConditionId(0)];
    condition.gate = Gate::Departures(s.elements.ids().collect());
    // from the host: the flight of the 15th, while the column to the airfield passes no border
    let out = branch(&whole);
    assert!(out.contains(">S2</bdi>") && !out.contains(">C2</bdi>"), "{out}");
    // without a host: the column of the 15th, which leaves the origin; the flight goes on from where it came to
    whole.example.scenario.operation.host_states.clear();
    let away = branch(&whole);
    assert!(away.contains(">C2</bdi>") && !away.contains(">S2</bdi>"), "{away}");
}

#[test]
fn a_plan_that_has_cost_all_sites_of_a_task_costs_no_other() {
    let mut whole = Whole::new();
    let none = "the plan costs none of them";
    // its one loss is at the start, before the clock
    let page = whole.page(Language::En);
    assert!(page.contains("<td>no other</td>") && !page.contains(none));
    whole.stops[0].losses.clear();
    let page = whole.page(Language::En);
    assert!(page.contains(none) && !page.contains("<td>no other</td>"));
}

#[test]
fn what_is_assumed_of_the_situation_says_so() {
    let mut whole = Whole::new();
    let marks = |whole: &Whole| {
        let page = whole.page(Language::En);
        page.matches("<small class=\"assumed\">(assumed)</small>").count()
    };
    assert_eq!(marks(&whole), 0);
    let mut assume = |table: &str, row: &str| {
        let (table, row, text) = (table.into(), row.into(), "hour".into());
        whole.example.scenario.assumptions.push(Assumption { table, row, text });
    };
    assume("assessments", "J0");
    assume("conditions", "K2");
    assume("pieces", "J1");
    // the judgement at three places of the English edition, the condition at two
    assert_eq!(marks(&whole), 5);
    let in_part = "<small class=\"assumed\">(assumed in part)</small>";
    assert!(!whole.page(Language::En).contains(in_part));
    let judged = &mut whole.example.scenario.assessments[exeunt_model::AssessmentId(0)];
    judged.statement = Some(exeunt_model::StatementId(1));
    assert_eq!((marks(&whole), whole.page(Language::En).matches(in_part).count()), (2, 3));
}

#[test]
fn the_slider_ends_on_a_day_that_has_a_name() {
    let tags = tags(&Whole::new().page(Language::En));
    let slider = tags.iter().find(|tag| tag.attributes.get("class").is_some_and(|c| c == "clock"));
    let end = |key: &str| slider.expect("a slider").attributes[key].parse::<i64>().unwrap();
    let main = tags.iter().find(|tag| tag.name == "main").expect("an edition");
    let days = main.attributes["data-days"].matches("Jan").count();
    assert_eq!(i64::try_from(days).unwrap(), (end("max") - end("min")) / 86_400 + 1);
}

#[test]
fn a_ceiling_and_a_task_over_all_sites_have_their_own_words() {
    let page = Whole::new().page(Language::Ru);
    // 40 hours after the start 33 people are in the host, of 60 at most
    assert!(
        page.contains("✓ соблюдается") && page.contains("✓ kept") && page.contains("✓ ضمن السقف")
    );
    assert!(page.contains("all 2 sites") && page.contains("все объекты: 2"));
}

#[test]
fn the_ruler_comes_first_and_without_rows_the_page_says_what_to_fill_in() {
    let mut whole = Whole::new();
    let page = whole.page(Language::En);
    let place = |what: &str| page.find(what).unwrap_or_else(|| panic!("no `{what}`"));
    assert!(place("en-ruler\"") < place("class=\"slider\""));
    assert!(place("class=\"slider\"") < place("id=\"en-prospects\""));
    // 50 of 100 last arrivals by the 17th, 16:00: in the table of the ruler 50 per cent stand at their date
    assert!(page.contains("kept with 50 %") && page.contains("16 Jan, 01:00"));
    // the tornado says on how many courses of events it rests
    assert!(page.contains("of the first courses of events alone: 100."));
    // never in one course of events of a hundred
    assert!(page.contains("<td>never</td><td>–</td><td class=\"num\">1</td>"));
    let ruler = &mut whole.prospects.ruler;
    (ruler.kept_with, ruler.assumed_share, ruler.wanted) = (None, None, None);
    let bare = whole.page(Language::En);
    tags(&bare);
    assert_eq!(bare.matches("No probabilities: the scenario has no rows in").count(), 2);
    assert!(!bare.contains("prospects-tornado"));
}

#[test]
fn an_empty_scenario_makes_a_page_too() {
    let scenario = exeunt_model::Scenario::default();
    let (plan, verdict) = (Plan::default(), Example::new().verdict);
    let page = html(&Page {
        scenario: &scenario,
        plan: &plan,
        verdict: &verdict,
        at: Some(Timestamp::MAX),
        language: Language::Ar,
        beside: None,
        residual: &[],
        last_stops: &[],
        prospects: None,
        bindings: None,
        self_test: None,
    });
    assert_eq!(editions(&tags(&page)).len(), 3);
}
