//! The three languages of everything that people read beyond the terminal: words, counts, dates, lists.
//!
//! [`Words`] says messages of the catalogues in `locales/` (Fluent, which chooses by plural category) and writes
//! numbers, dates and lists as each language does (ICU4X, from data in the program). The category comes from there
//! too: Fluent's own rules miss the Arabic ones above 99. Digits are Latin in all
//! three; codes and times never change. What a scenario says in English is looked up among its translations and,
//! where there is none, stays English and is marked as such ([`Phrase`]).
//!
//! Arabic text carries Unicode isolates around every argument, so that a code or a foreign name never
//! disturbs the order of what stands around it; the page turns them into `<bdi>`.

mod dates;
mod phrase;

pub use fluent_bundle::FluentValue as Value;
pub use phrase::Phrase;
pub(crate) use phrase::rich;

use dates::Dates;
use exeunt_model::{Duration, Scenario, Timestamp};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use icu_decimal::DecimalFormatter;
use icu_list::ListFormatter;
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};

/// What a variable's plural form is called, after the variable.
const FORM: &str = "-form";

/// A language of the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Russian.
    Ru,
    /// Arabic.
    Ar,
}

impl Language {
    /// All languages in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::En, Self::Ru, Self::Ar];

    /// Returns the code as in `lang` attributes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ru => "ru",
            Self::Ar => "ar",
        }
    }
    /// Returns the direction as in `dir` attributes.
    pub const fn dir(self) -> &'static str {
        if self.is_right_to_left() { "rtl" } else { "ltr" }
    }
    /// Returns whether the language is written from right to left.
    pub const fn is_right_to_left(self) -> bool {
        matches!(self, Self::Ar)
    }
    /// Returns the language's own name.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Ru => "Русский",
            Self::Ar => "العربية",
        }
    }
    /// Returns the catalogue of messages, in Fluent.
    pub const fn catalogue(self) -> &'static str {
        match self {
            Self::En => concat!(
                include_str!("../../locales/en.ftl"),
                "\n",
                include_str!("../../locales/page/en.ftl"),
                "\n",
                include_str!("../../locales/ledger/en.ftl"),
                "\n",
                include_str!("../../locales/explain/en.ftl"),
                "\n",
                include_str!("../../locales/ruler/en.ftl")
            ),
            Self::Ru => concat!(
                include_str!("../../locales/ru.ftl"),
                "\n",
                include_str!("../../locales/page/ru.ftl"),
                "\n",
                include_str!("../../locales/ledger/ru.ftl"),
                "\n",
                include_str!("../../locales/explain/ru.ftl"),
                "\n",
                include_str!("../../locales/ruler/ru.ftl")
            ),
            Self::Ar => concat!(
                include_str!("../../locales/ar.ftl"),
                "\n",
                include_str!("../../locales/page/ar.ftl"),
                "\n",
                include_str!("../../locales/ledger/ar.ftl"),
                "\n",
                include_str!("../../locales/explain/ar.ftl"),
                "\n",
                include_str!("../../locales/ruler/ar.ftl")
            ),
        }
    }
    /// Returns the locale: day before month, hours to 23, the common calendar, Latin digits.
    fn locale(self) -> Locale {
        let written = match self {
            Self::En => "en-GB-u-ca-gregory-hc-h23-nu-latn",
            Self::Ru => "ru-u-ca-gregory-hc-h23-nu-latn",
            Self::Ar => "ar-u-ca-gregory-hc-h23-nu-latn",
        };
        written.parse().expect("a locale of the list above")
    }
}

/// Says things in one language.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    plurals: PluralRules,
    lists: ListFormatter,
    dates: Dates,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").field("language", &self.language).finish_non_exhaustive()
    }
}

impl Words {
    /// Makes the words of a language.
    pub fn new(language: Language) -> Self {
        let plain = language.code().parse().expect("a code of the list");
        let mut bundle = FluentBundle::new(vec![plain]);
        bundle.set_use_isolating(language.is_right_to_left());
        bundle.set_formatter(Some(match language {
            Language::En => |value, _| grouped(Language::En, value),
            Language::Ru => |value, _| grouped(Language::Ru, value),
            Language::Ar => |value, _| grouped(Language::Ar, value),
        }));
        // a message that chooses by `$n` chooses by `$n-form`, which `say` adds
        let catalogue = language.catalogue().replace(" ->", &format!("{FORM} ->"));
        let resource = FluentResource::try_new(catalogue);
        let resource = resource.expect("a test reads every catalogue without an error");
        bundle.add_resource(resource).expect("a test finds every key once");
        let locale = language.locale();
        let plurals = PluralRules::try_new((&locale).into(), Default::default());
        let lists = ListFormatter::try_new_and((&locale).into(), Default::default());
        Self {
            language,
            bundle,
            plurals: plurals.expect("plurals of the three languages are in the program"),
            lists: lists.expect("lists of the three languages are in the program"),
            dates: Dates::new(&locale),
        }
    }

    /// Returns the language.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// Says a message of the catalogue. A key that is not in it comes back as it is; a test finds it.
    pub fn say(&self, key: &str, arguments: &[(&str, Value<'_>)]) -> String {
        let Some(message) = self.bundle.get_message(key) else { return key.to_owned() };
        let Some(pattern) = message.value() else { return key.to_owned() };
        let mut given = FluentArgs::new();
        for (name, value) in arguments {
            given.set(*name, value.clone());
            given.set(format!("{name}{FORM}"), self.form(value));
        }
        let mut errors = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(&given), &mut errors);
        debug_assert!(errors.is_empty(), "message `{key}` lacks an argument: {errors:?}");
        said.into_owned()
    }

    /// Returns what a message that chooses by an argument compares: the plural category of a number.
    fn form<'v>(&self, value: &Value<'v>) -> Value<'v> {
        match value {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "arguments are counts, far below 2^53"
            )]
            Value::Number(number) => {
                category(self.plurals.category_for(number.value.abs() as u64)).into()
            }
            other => other.clone(),
        }
    }

    /// Says a message that takes no arguments.
    pub fn word(&self, key: &str) -> String {
        self.say(key, &[])
    }

    /// Writes a number, thousands set apart.
    pub fn count(&self, n: impl Into<i128>) -> String {
        decimal(self.language, n.into())
    }

    /// Writes a list with the language's "and".
    pub fn list<T: AsRef<str>>(&self, items: &[T]) -> String {
        self.lists.format(items.iter().map(AsRef::<str>::as_ref)).to_string()
    }

    /// Writes `14 Jan, 16:00` in the operation's zone.
    pub fn moment(&self, scenario: &Scenario, t: Timestamp) -> String {
        let (day, time) = (self.day(scenario, t), self.time(scenario, t));
        phrase::flat(&self.say("moment", &[("day", day.into()), ("time", time.into())]))
    }

    /// Writes `Friday 14 January 2022, 16:00 (+06)` in the operation's zone.
    pub fn moment_in_full(&self, scenario: &Scenario, t: Timestamp) -> String {
        let zone = crate::zoned::Clock::new(scenario.operation.zone_offset).zone();
        let zone = match self.language.is_right_to_left() {
            true => phrase::left_to_right(&zone),
            false => zone,
        };
        let (day, time) = (self.day_in_full(scenario, t), self.time(scenario, t));
        let arguments = [("day", day.into()), ("time", time.into()), ("zone", zone.into())];
        phrase::flat(&self.say("moment-in-full", &arguments))
    }

    /// Writes the moment's day in the operation's zone as `14 Jan`.
    pub fn day(&self, scenario: &Scenario, t: Timestamp) -> String {
        self.dates.short(t, scenario.operation.zone_offset)
    }

    /// Writes the moment's day in the operation's zone as `Friday 14 January 2022`.
    pub fn day_in_full(&self, scenario: &Scenario, t: Timestamp) -> String {
        self.dates.full(t, scenario.operation.zone_offset)
    }

    /// Writes the moment's day in the operation's zone as `14 January 2022`.
    pub fn date(&self, scenario: &Scenario, t: Timestamp) -> String {
        self.dates.long(t, scenario.operation.zone_offset)
    }

    /// Writes the time of day in the operation's zone as `16:00`.
    pub fn time(&self, scenario: &Scenario, t: Timestamp) -> String {
        crate::zoned::Clock::new(scenario.operation.zone_offset).time(t)
    }

    /// Writes a length of time in its two largest units, what is smaller left out: `2 d 4 h`, `35 min`.
    pub fn stretch(&self, length: Duration) -> String {
        let seconds = length.0.unsigned_abs();
        let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
        let unit = |key: &str, n: u64| self.say(key, &[("n", n.into())]);
        let pair = |large: String, small: Option<String>| match small {
            None => large,
            Some(small) => self.say("stretch", &[("large", large.into()), ("small", small.into())]),
        };
        if days > 0 {
            pair(unit("days", days), (hours > 0).then(|| unit("hours", hours)))
        } else if hours > 0 {
            pair(unit("hours", hours), (minutes > 0).then(|| unit("minutes", minutes)))
        } else {
            unit("minutes", minutes)
        }
    }

    /// Writes a margin: `2 d 4 h early`, `35 min late`, `on time`.
    pub fn margin(&self, seconds: i64) -> String {
        let length = self.stretch(Duration(seconds));
        match seconds {
            0 => self.word("on-time"),
            1.. => self.say("early", &[("length", length.into())]),
            _ => self.say("late", &[("length", length.into())]),
        }
    }

    /// Returns a text of the scenario in this language, or in English where it has no translation.
    pub fn of(&self, scenario: &Scenario, english: &str) -> Phrase {
        let own = scenario.translations.get(english).map(|translation| match self.language {
            Language::En => "",
            Language::Ru => translation.ru.as_str(),
            Language::Ar => translation.ar.as_str(),
        });
        match own.filter(|text| !text.is_empty()) {
            Some(text) => Phrase::new(text, self.language, self.language),
            None => Phrase::new(english, Language::En, self.language),
        }
    }
}

/// Returns a plural category as catalogues write it.
fn category(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

/// Writes a number argument of a message.
fn grouped(language: Language, value: &Value<'_>) -> Option<String> {
    match value {
        #[expect(clippy::cast_possible_truncation, reason = "arguments are counts, far below 2^53")]
        Value::Number(number) => Some(decimal(language, number.value as i128)),
        _ => None,
    }
}

fn decimal(language: Language, n: i128) -> String {
    let formatter = DecimalFormatter::try_new(language.locale().into(), Default::default());
    let formatter = formatter.expect("numbers of the three languages are in the program");
    formatter.format(&n.into()).to_string()
}
