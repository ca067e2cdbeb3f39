//! The three catalogues say the same, in every plural form, and nothing in them is idle.

use exeunt_model::scenario::Translation;
use exeunt_model::{Duration, Scenario, Timestamp};
use exeunt_report::language::{Language, Value, Words};
use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey,
};
use icu_plurals::{PluralCategory, PluralRules};
use std::collections::{BTreeMap, BTreeSet};

/// What a message asks for: its variables, and the plural forms of each that selects.
#[derive(Debug, Default, PartialEq, Eq)]
struct Shape {
    variables: BTreeSet<String>,
    selects: Vec<(String, BTreeSet<String>)>,
    text: String,
}

impl Shape {
    fn read(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.text += value,
                PatternElement::Placeable { expression: Expression::Inline(inline) } => {
                    self.inline(inline);
                }
                PatternElement::Placeable {
                    expression: Expression::Select { selector, variants },
                } => {
                    self.inline(selector);
                    let InlineExpression::VariableReference { id } = selector else {
                        panic!("a message selects by a variable only")
                    };
                    self.selects.push((id.name.to_owned(), variants.iter().map(form).collect()));
                    for variant in variants {
                        self.read(&variant.value);
                    }
                }
            }
        }
    }
    fn inline(&mut self, expression: &InlineExpression<&str>) {
        match expression {
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
            }
            InlineExpression::StringLiteral { value } => self.text += value,
            _ => panic!("messages hold variables and text only"),
        }
    }
}

fn form(variant: &Variant<&str>) -> String {
    match &variant.key {
        VariantKey::Identifier { name } | VariantKey::NumberLiteral { value: name } => {
            (*name).to_owned()
        }
    }
}

fn shapes(language: Language) -> BTreeMap<String, Shape> {
    let resource = fluent_syntax::parser::parse(language.catalogue());
    let resource = resource.unwrap_or_else(|(_, errors)| panic!("{language:?}: {errors:?}"));
    let mut shapes = BTreeMap::new();
    for entry in resource.body {
        let Entry::Message(message) = entry else { continue };
        let mut shape = Shape::default();
        shape.read(message.value.as_ref().expect("a message has a value"));
        let before = shapes.insert(message.id.name.to_owned(), shape);
        assert_eq!(before, None, "{language:?} says `{}` twice", message.id.name);
    }
    shapes
}

fn plurals(language: Language) -> PluralRules {
    let locale: icu_locale_core::Locale = language.code().parse().unwrap();
    PluralRules::try_new(locale.into(), Default::default()).unwrap()
}

/// Counts of every form, on both sides of where the Arabic rules begin again.
const COUNTED: [u32; 20] =
    [0, 1, 2, 3, 10, 11, 21, 99, 100, 101, 102, 103, 110, 111, 199, 200, 459, 547, 1_000, 1_430];

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

#[test]
fn the_catalogues_have_the_same_keys_and_arguments() {
    let [en, ru, ar] = Language::ALL.map(shapes);
    for other in [&ru, &ar] {
        assert_eq!(en.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
        for (key, shape) in &en {
            assert_eq!(shape.variables, other[key].variables, "`{key}`");
        }
    }
}

#[test]
fn counts_have_every_plural_form_of_their_language() {
    for language in Language::ALL {
        let wanted: BTreeSet<&str> = plurals(language).categories().map(name).collect();
        for (key, shape) in shapes(language) {
            for (variable, forms) in &shape.selects {
                let is_plural = forms.iter().any(|f| f == "one" || f == "many" || f == "few");
                let lacks: Vec<_> = wanted.iter().filter(|&&w| !forms.contains(w)).collect();
                assert!(
                    !is_plural || lacks.is_empty(),
                    "{language:?} `{key}`, {variable}: no {lacks:?}"
                );
            }
        }
    }
}

#[test]
fn where_english_counts_the_others_count_too() {
    let [en, ru, ar] = Language::ALL.map(shapes);
    for (key, shape) in &en {
        for (variable, _) in &shape.selects {
            for (language, other) in [(Language::Ru, &ru), (Language::Ar, &ar)] {
                let selects = other[key].selects.iter().any(|(name, _)| name == variable);
                assert!(selects, "{language:?} `{key}` does not choose by {variable}");
            }
        }
    }
}

#[test]
fn messages_choose_the_form_that_the_unicode_data_names() {
    for language in Language::ALL {
        let (rules, words) = (plurals(language), Words::new(language));
        for n in COUNTED {
            let said = words.say("plural-form", &[("n", n.into())]);
            assert_eq!(said, name(rules.category_for(n)), "{language:?}, {n}");
        }
    }
}

#[test]
fn messages_show_the_number_that_they_choose_by() {
    for language in Language::ALL {
        let words = Words::new(language);
        for n in COUNTED {
            let said = words.say("people-in-host", &[("n", n.into())]);
            let digits: String = said.chars().filter(char::is_ascii_digit).collect();
            // one and two are words in Arabic
            if !(language == Language::Ar && n <= 2) {
                assert_eq!(digits, n.to_string(), "{language:?}: {said}");
                assert!(said.contains(&words.count(n)), "{language:?}: {said}");
            }
        }
    }
    // by the rules of the language: 3 to 10 after the hundreds are few, 11 to 99 are many, hundreds stand alone
    let form = |n: u32| Words::new(Language::Ar).say("plural-form", &[("n", n.into())]);
    let said = [103, 110, 111, 199, 200, 459, 547, 1_430].map(form);
    assert_eq!(said, ["few", "few", "many", "many", "other", "many", "many", "many"]);
}

#[test]
fn every_message_can_be_said_of_any_count() {
    for language in Language::ALL {
        let words = Words::new(language);
        for (key, shape) in shapes(language) {
            for n in [0_i64, 1, 2, 3, 11, 100] {
                let counts: BTreeSet<&str> =
                    shape.selects.iter().map(|(name, _)| name.as_str()).collect();
                let argument = |name: &String| match counts.contains(name.as_str()) {
                    true => Value::from(n),
                    false => Value::from("x"),
                };
                let arguments: Vec<(&str, Value<'_>)> =
                    shape.variables.iter().map(|v| (v.as_str(), argument(v))).collect();
                let said = words.say(&key, &arguments);
                assert!(
                    !said.is_empty() && !said.contains(['{', '}']),
                    "{language:?} `{key}`: {said}"
                );
            }
        }
    }
}

#[test]
fn arabic_has_no_latin_words_and_russian_none_but_names() {
    for language in [Language::Ar, Language::Ru] {
        for (key, shape) in shapes(language).into_iter().filter(|(key, _)| key != "plural-form") {
            let words = shape.text.split(|c: char| !c.is_ascii_alphabetic());
            let latin: Vec<&str> =
                words.filter(|word| !word.is_empty() && *word != "exeunt").collect();
            assert!(latin.is_empty(), "{language:?} `{key}`: {latin:?}");
        }
    }
}

/// Reads all sources of the crate.
fn sources() -> String {
    fn read(folder: &std::path::Path, text: &mut String) {
        let mut entries: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            match path.is_dir() {
                true => read(&path, text),
                false if path.extension().is_some_and(|e| e == "rs") => {
                    *text += &std::fs::read_to_string(path).unwrap();
                }
                false => {}
            }
        }
    }
    let mut text = String::new();
    read(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut text);
    text
}

#[test]
fn every_message_is_used_and_every_use_has_a_message() {
    let (sources, shapes) = (sources(), shapes(Language::En));
    let idle: Vec<&String> = shapes
        .keys()
        .filter(|key| *key != "plural-form" && !sources.contains(&format!("\"{key}\"")))
        .collect();
    assert!(idle.is_empty(), "used nowhere: {idle:?}");
    let mut unknown = BTreeSet::new();
    for call in [".say(\"", ".word(\"", ".say(\n", ".rich(\"", ".rich_with(\""] {
        for rest in sources.split(call).skip(1) {
            let rest = rest.trim_start().trim_start_matches('"');
            let key: String = rest.chars().take_while(|&c| c != '"').collect();
            if !shapes.contains_key(&key) {
                unknown.insert(key);
            }
        }
    }
    assert!(unknown.is_empty(), "without a message: {unknown:?}");
}

fn almaty() -> Scenario {
    let mut scenario = Scenario::default();
    scenario.operation.zone_offset = 6 * 3_600;
    scenario
}

#[test]
fn moments_numbers_and_lists_are_written_as_the_language_does() {
    let scenario = almaty();
    // 10:00 UTC on Friday 14 January 2022 is 16:00 six hours east
    let t = Timestamp::parse_rfc3339("2022-01-14T10:00:00Z").unwrap();
    let write = |language| {
        let words = Words::new(language);
        [
            words.moment(&scenario, t),
            words.moment_in_full(&scenario, t),
            words.date(&scenario, t),
            words.count(18_800_i64),
            words.list(&["A", "B", "C"]),
            words.stretch(Duration(187_800)), // 2 d 4 h 10 min
            words.margin(-2_100),
        ]
        .map(|text| {
            text.replace(['\u{2066}', '\u{2068}', '\u{2069}'], "")
                .replace(['\u{a0}', '\u{202f}'], " ")
        })
    };
    insta::assert_debug_snapshot!(Language::ALL.map(write));
}

#[test]
fn texts_of_a_scenario_are_translated_or_marked_as_english() {
    let mut scenario = almaty();
    let both = Translation { ru: "Алматы".to_owned(), ar: "ألماتي".to_owned() };
    scenario.translations.insert("Almaty".to_owned(), both);
    let arabic = Words::new(Language::Ar);
    assert_eq!(arabic.of(&scenario, "Almaty").to_string(), "ألماتي");
    let foreign = arabic.of(&scenario, "Pskov & Tver");
    assert!(foreign.is_foreign());
    assert_eq!(foreign.to_string(), "\u{2066}Pskov & Tver\u{2069}");
    let html = maud::Render::render(&foreign).into_string();
    assert_eq!(html, r#"<bdi lang="en" dir="ltr">Pskov &amp; Tver</bdi>"#);
    assert_eq!(Words::new(Language::En).of(&scenario, "Pskov").to_string(), "Pskov");
}
