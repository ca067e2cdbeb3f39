//! The communiqué of 14 January 2022, 16:00: every fact that one agency report of that day has, nothing that no row
//! supports, in three languages.

use crate::scenario;
use exeunt_engine::{Request, solve};
use exeunt_model::{Duration, Interval, Plan, Scenario, Timestamp, Verdict};
use exeunt_report::Language;
use exeunt_report::communique::{Communique, communique, html, text};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// The seventeen facts of the report with the statements that hold each.
const FACTS: &str = include_str!("../report_facts.csv");

static OPERATION: LazyLock<(Scenario, Plan, Verdict)> = LazyLock::new(|| {
    let loaded = exeunt_scenario::read(scenario("kazakhstan-2022")).expect("it is valid");
    let s = loaded.scenario;
    let plan = solve(&s, &Request::default(), |_| true, |_| {}).expect("nothing is frozen").plan;
    let verdict = exeunt_check::check(&s, &plan, None);
    (s, plan, verdict)
});

fn at(moment: &str) -> Timestamp {
    Timestamp::parse_rfc3339(moment).expect("a moment")
}

fn of(moment: &str, language: Language) -> Communique {
    let (scenario, plan, verdict) = &*OPERATION;
    communique(scenario, plan, verdict, at(moment), language)
}

fn afternoon(language: Language) -> Communique {
    of("2022-01-14T16:00:00+06:00", language)
}

/// The texts by the statements that support them.
fn statements(communique: &Communique) -> BTreeMap<String, String> {
    let sentences = communique.sections.iter().flat_map(|section| &section.sentences);
    let mut texts = BTreeMap::new();
    for sentence in sentences.filter(|sentence| sentence.rows.len() == 1) {
        if let ("statements", id) = &sentence.rows[0] {
            texts.insert(id.clone(), sentence.text.clone());
        }
    }
    texts
}

#[test]
fn every_fact_of_the_report_is_in_it() {
    let (scenario, ..) = &*OPERATION;
    let facts: Vec<(&str, &str)> =
        FACTS.lines().skip(1).filter_map(|line| line.split_once(',')).collect();
    assert_eq!(facts.len(), 17);
    for language in Language::ALL {
        let said = statements(&afternoon(language));
        for (no, rows) in &facts {
            for id in rows.split(';') {
                let text = said.get(id);
                let text =
                    text.unwrap_or_else(|| panic!("{language:?}: fact {no}, statement {id}"));
                let row = scenario.statements.find(|row| row.name == id).expect("a row");
                let english = &scenario.statements[row].text;
                let words = match language {
                    Language::En => english,
                    Language::Ru => &scenario.translations[english].ru,
                    Language::Ar => &scenario.translations[english].ar,
                };
                assert!(text.contains(words.as_str()), "{language:?}: {id} says {text}");
            }
        }
    }
}

#[test]
fn every_sentence_is_supported_by_rows_that_are_known() {
    let (scenario, ..) = &*OPERATION;
    let now = at("2022-01-14T16:00:00+06:00");
    for language in Language::ALL {
        let communique = afternoon(language);
        for sentence in communique.sections.iter().flat_map(|section| &section.sentences) {
            assert!(!sentence.rows.is_empty(), "{}", sentence.text);
            for (table, id) in &sentence.rows {
                let known = match *table {
                    "statements" => {
                        let rows = &scenario.statements;
                        rows.find(|row| row.name == *id).is_some_and(|row| rows[row].known <= now)
                    }
                    "assessments" => {
                        let rows = &scenario.assessments;
                        rows.find(|row| row.name == *id).is_some_and(|row| rows[row].at <= now)
                    }
                    "record" => {
                        let known = |day: Interval| day.to + Duration::from_hours(24) <= now;
                        scenario.record.iter().any(|row| row.name == *id && known(row.day))
                    }
                    "promises" => scenario.promises.find(|row| row.name == *id).is_some(),
                    "conditions" => scenario.conditions.find(|row| row.name == *id).is_some(),
                    "parties" => scenario.party(id).is_some(),
                    "plan" => *id == scenario.operation.name,
                    table => panic!("no table {table}"),
                };
                assert!(known, "{table} {id} at that moment: {}", sentence.text);
            }
        }
    }
}

#[test]
fn what_is_known_later_is_left_out() {
    let later = ["37", "39", "41", "42", "60", "47"];
    for id in later {
        assert!(!statements(&afternoon(Language::En)).contains_key(id), "statement {id}");
    }
    // at the end of the day those without an hour are known
    let midnight = statements(&of("2022-01-15T00:00:00+06:00", Language::En));
    for id in ["37", "39", "41", "60"] {
        assert!(midnight.contains_key(id), "statement {id}");
    }
}

#[test]
fn the_three_languages_say_the_same() {
    let rows = |language| -> Vec<Vec<(&'static str, String)>> {
        let communique = afternoon(language);
        let sentences = communique.sections.into_iter().flat_map(|section| section.sentences);
        sentences.map(|sentence| sentence.rows).collect()
    };
    assert_eq!(rows(Language::En), rows(Language::Ru));
    assert_eq!(rows(Language::En), rows(Language::Ar));
}

/// Words of Latin letters, two at least, that are no code: a code has a digit or capitals only.
fn latin_words(text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| {
        c.is_whitespace() || "()[]«»\"،؛;:,.!?\u{2066}\u{2068}\u{2069}".contains(c)
    });
    let words = words.filter(|word| {
        let letters = word.chars().filter(char::is_ascii_alphabetic).count();
        let code = word.chars().any(|c| c.is_ascii_digit())
            || word.chars().filter(char::is_ascii_alphabetic).all(|c| c.is_ascii_uppercase());
        letters >= 2 && !code
    });
    words.collect()
}

#[test]
fn arabic_and_russian_hold_no_latin_word_but_codes() {
    for language in [Language::Ar, Language::Ru] {
        let page = text(&afternoon(language));
        let mut latin = latin_words(&page);
        latin.remove("exeunt");
        assert!(latin.is_empty(), "{language:?}: {latin:?}");
        let digits = page.chars().any(|c| ('\u{660}'..='\u{669}').contains(&c));
        assert!(!digits, "digits are Latin");
    }
}

#[test]
fn offices_speak_and_nobody_is_named() {
    let (scenario, ..) = &*OPERATION;
    for language in Language::ALL {
        let page = html(&afternoon(language));
        for row in scenario.statements.rows.iter().filter(|row| !row.office.is_empty()) {
            // the last name is enough; agencies that speak stand in the ledger as speakers too
            let name = row.speaker.split(' ').next_back().expect("a word");
            // two names: organisations have more words, or small ones
            let is_person = row.speaker.split(' ').count() == 2
                && row.speaker.split(' ').all(|word| word.starts_with(char::is_uppercase));
            if is_person && language == Language::En {
                assert!(!page.contains(name), "{name} in {language:?}");
            }
            let translated = scenario.translations.get(&row.speaker);
            if let (true, Some(words)) = (is_person, translated) {
                assert!(!page.contains(&words.ru) && !page.contains(&words.ar), "{name}");
            }
        }
    }
}

#[test]
fn the_text_keeps_the_width_and_the_page_stands_alone() {
    for language in Language::ALL {
        let communique = afternoon(language);
        let plain = text(&communique);
        let widest = plain.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(100), "{language:?}: {widest:?}");
        let page = html(&communique);
        assert!(page.contains(&format!("lang=\"{}\" dir=\"{}\"", language.code(), language.dir())));
        assert!(!page.contains("http:") && !page.contains("https:") && !page.contains("src="));
        for section in &communique.sections {
            assert!(plain.contains(&section.title) && page.contains(&section.title));
        }
        if std::env::var_os("EXEUNT_PRINT").is_some() {
            let file = std::env::temp_dir().join(format!("communique-{}.txt", language.code()));
            std::fs::write(&file, &plain).expect("writable");
            std::fs::write(file.with_extension("html"), &page).expect("writable");
        }
    }
}

/// Everything said in a communiqué of the plan made or of another.
fn said(plan: &Plan, verdict: &Verdict, moment: &str) -> (String, BTreeSet<&'static str>) {
    let (scenario, ..) = &*OPERATION;
    let made = communique(scenario, plan, verdict, at(moment), Language::En);
    let sentences = made.sections.iter().flat_map(|section| &section.sentences);
    let tables = sentences.flat_map(|sentence| &sentence.rows).map(|row| row.0).collect();
    // lines are broken anywhere
    (text(&made).split_whitespace().collect::<Vec<_>>().join(" "), tables)
}

#[test]
fn no_figure_is_told_of_the_record_or_of_a_plan_that_breaks_rules() {
    let (scenario, plan, verdict) = &*OPERATION;
    let afternoon = "2022-01-14T16:00:00+06:00";
    let (whole, tables) = said(plan, verdict, afternoon);
    assert!(tables.contains("plan") && whole.contains("kept by the plan at hand"));
    let record = Plan { lanes: 0, ..plan.clone() };
    let broken = Plan { handovers: Vec::new(), ..plan.clone() };
    for (other, what) in [(record, "the record"), (broken, "a broken plan")] {
        let verdict = exeunt_check::check(scenario, &other, None);
        let (page, tables) = said(&other, &verdict, afternoon);
        assert!(!tables.contains("plan") && !tables.contains("parties"), "{what}");
        assert!(!page.contains("by the plan at hand"), "{what}: {page}");
        assert!(page.contains("No plan is told of"), "{what}");
    }
    // nor what a plan has behind it
    let (late, tables) = said(plan, verdict, "2022-01-20T12:00:00+06:00");
    assert!(!tables.contains("plan") && !late.contains("out of the host on"), "{late}");
}

#[test]
fn conditions_judgements_and_conflicts_are_told_from_their_statements_on() {
    let (_, plan, verdict) = &*OPERATION;
    let (early, tables) = said(plan, verdict, "2022-01-06T12:00:00+06:00");
    assert!(!early.contains("the ministers of defence have signed"), "{early}");
    assert!(!tables.contains("conditions") && !tables.contains("assessments"));
    // statement 62 of 15 January makes X06 of statement 34
    let (day, _) = said(plan, verdict, "2022-01-14T16:00:00+06:00");
    let (next, _) = said(plan, verdict, "2022-01-15T12:00:00+06:00");
    assert!(!day.contains("X06") && day.contains("X01"), "{day}");
    // whose judgement nobody reported says so
    assert!(next.contains("assumed by us, no report found"), "{next}");
}
