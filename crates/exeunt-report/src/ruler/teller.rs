//! What the parts of a ruler are called in a language.

use crate::language::{Language, Value, Words};
use crate::ledger;
use crate::simulation::{per_mille, tenths};
use exeunt_model::certificate::{Evidence, FieldKind, Stage};
use exeunt_model::outcome::{End, Quantile};
use exeunt_model::ruler::{About, Chance, Impossible, PartOfDay, Reading, Ruler, Said};
use exeunt_model::scenario::Milestone;
use exeunt_model::{Duration, ElementId, Scenario, Timestamp};

/// Says things of a ruler.
#[derive(Clone, Copy)]
pub(crate) struct Teller<'a> {
    pub(crate) s: &'a Scenario,
    pub(crate) words: &'a Words,
}

impl Teller<'_> {
    pub(crate) fn say(&self, key: &str, arguments: &[(&str, Value<'_>)]) -> String {
        self.words.say(key, arguments)
    }
    pub(crate) fn word(&self, key: &str) -> String {
        self.words.word(key)
    }
    fn of(&self, english: &str) -> String {
        self.words.of(self.s, english).to_string()
    }
    fn place(&self, name: &str) -> String {
        let found = self.s.place(name).map(|id| &self.s.places[id]);
        self.of(found.map(|place| place.title.as_str()).filter(|t| !t.is_empty()).unwrap_or(name))
    }

    /// Says what to fill in where there are no probabilities.
    pub(crate) fn remedy(&self) -> String {
        let arguments = [
            ("table", "uncertainty".into()),
            ("page", "docs/model.md".into()),
            ("command", "exeunt new DIR --template minimal".into()),
        ];
        self.say("ruler-remedy", &arguments)
    }

    /// Says what is to be so by a date.
    pub(crate) fn demand(&self, ruler: &Ruler) -> String {
        let ends_in_host = |id: &ElementId| self.s.is_in_host(self.s.elements[*id].destination);
        self.word(match ruler.milestone {
            Milestone::LeftSite => "ruler-demand-left-site",
            Milestone::LeftHost => "ruler-demand-left-host",
            Milestone::HomeAirfield => "ruler-demand-home-airfield",
            // who comes in is not at home where it ends
            Milestone::HomeBase if ruler.set.iter().any(ends_in_host) => "ruler-demand-in-place",
            Milestone::HomeBase => "ruler-demand-home-base",
        })
    }

    /// Names the set; none where it is all who move.
    pub(crate) fn set(&self, ruler: &Ruler) -> Option<String> {
        let is_all = ruler.set.len() == self.s.elements.len();
        (!is_all).then(|| ledger::set(self.words, self.s, &ruler.set))
    }

    /// Says a deadline: the end of a day where it is one, otherwise the moment.
    pub(crate) fn deadline(&self, t: Timestamp) -> String {
        match self.s.day_of(t).1.from == t {
            true => {
                let day = self.words.day(self.s, t - Duration(1));
                self.say("ruler-end-of", &[("day", day.into())])
            }
            false => self.moment(t),
        }
    }
    /// Says the day that a deadline ends, or the moment where it ends none.
    pub(crate) fn day_of_deadline(&self, t: Timestamp) -> String {
        match self.s.day_of(t).1.from == t {
            true => self.words.day(self.s, t - Duration(1)),
            false => self.moment(t),
        }
    }
    pub(crate) fn moment(&self, t: Timestamp) -> String {
        self.words.moment(self.s, t)
    }
    pub(crate) fn moment_or_never(&self, t: Option<Timestamp>) -> String {
        t.map_or_else(|| self.word("ruler-never-date"), |t| self.moment(t))
    }

    /// Says an end of an interval; what so few replications do not bound is a question mark.
    pub(crate) fn end(&self, end: End) -> String {
        match end {
            End::Unbounded => "?".to_owned(),
            End::At(_) | End::Never => self.moment_or_never(end.at()),
        }
    }

    /// Writes a probability as per cent with a tenth; only certainty is 0 or 100.
    pub(crate) fn percent(&self, p: f64) -> String {
        self.tenths(per_mille(p))
    }
    /// Writes tenths of a per cent.
    fn tenths(&self, n: i64) -> String {
        tenths(n, if self.words.language() == Language::Ru { ',' } else { '.' })
    }
    /// Writes parts of ten thousand as per cent, rounded up to a tenth.
    pub(crate) fn gap(&self, parts: i64) -> String {
        self.tenths(parts.saturating_add(9) / 10)
    }

    /// Says why no plan can.
    pub(crate) fn why(&self, found: &Impossible) -> String {
        let at = |key: &str, place: &str| self.say(key, &[("place", self.place(place).into())]);
        match &found.evidence {
            _ if found.before.is_none() => self.word("ruler-why-path-never"),
            Evidence::Teams(teams) => {
                let row = self.s.resource(&teams.resource).map(|id| &self.s.resources[id]);
                let title = row.map(|row| row.title.as_str()).filter(|title| !title.is_empty());
                let title = self.of(title.unwrap_or(&teams.resource));
                self.say("ruler-why-teams", &[("resource", title.into())])
            }
            Evidence::Field(field) => {
                let key = match field.kind {
                    FieldKind::Handling => "ruler-why-handling",
                    FieldKind::HostCheck => "ruler-why-host-check",
                    FieldKind::Stand => "ruler-why-stand",
                };
                at(key, &field.cover.field)
            }
            Evidence::Fleet(fleet) => at("ruler-why-fleet", &fleet.cover.field),
            _ if found.stage > Stage::B0 => self.word("ruler-why-path-after"),
            _ => self.word("ruler-why-path"),
        }
    }

    /// Says before when no plan can, and why.
    pub(crate) fn impossible(&self, found: &Impossible) -> String {
        let mut arguments: Vec<(&str, Value<'_>)> =
            vec![("why", self.why(found).into()), ("stage", format!("{:?}", found.stage).into())];
        let key = match found.before {
            None => "ruler-never",
            Some(t) => {
                arguments.push(("moment", self.moment(t).into()));
                "ruler-before"
            }
        };
        self.say(key, &arguments)
    }

    /// Says when this plan is there.
    pub(crate) fn plan(&self, ruler: &Ruler) -> String {
        let Some(t) = ruler.plan else {
            return self.say("ruler-plan-never", &[("n", ruler.missing.into())]);
        };
        let mut arguments: Vec<(&str, Value<'_>)> = vec![("moment", self.moment(t).into())];
        let Some(gap) = ruler.gap else { return self.say("ruler-plan", &arguments) };
        arguments.push(("percent", self.gap(gap).into()));
        self.say("ruler-plan-gap", &arguments)
    }

    /// Says both intervals of a date.
    pub(crate) fn intervals(&self, row: &Quantile) -> String {
        let range = |key: &str, (low, high): (End, End)| {
            let [low, high] = [low, high].map(|end| self.end(end));
            self.say(key, &[("low", low.into()), ("high", high.into())])
        };
        let sampling = range("ruler-sampling", row.sampling_interval);
        let inputs = row.input_interval.map(|interval| range("ruler-inputs", interval));
        self.join([Some(sampling), inputs])
    }

    /// Says a probability with both intervals.
    pub(crate) fn chance(&self, chance: Chance) -> String {
        let (percent, intervals) = (self.percent(chance.probability), self.left_open(chance));
        self.say("ruler-chance", &[("percent", percent.into()), ("intervals", intervals.into())])
    }

    /// Says both intervals of a probability.
    pub(crate) fn left_open(&self, chance: Chance) -> String {
        let range = |key: &str, (low, high): (f64, f64)| {
            let [low, high] = [low, high].map(|p| self.percent(p));
            self.say(key, &[("low", low.into()), ("high", high.into())])
        };
        let sampling = range("ruler-chance-sampling", chance.sampling_interval);
        let inputs = chance.input_interval.map(|interval| range("ruler-chance-inputs", interval));
        self.join([Some(sampling), inputs])
    }

    /// Joins what there is by the language's semicolon.
    pub(crate) fn join<const N: usize>(&self, parts: [Option<String>; N]) -> String {
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.join(&self.word("list-separator"))
    }

    /// Says with which probability something said is kept, that it is impossible, or what the record says of it.
    pub(crate) fn verdict(&self, said: &Said) -> String {
        if said.before_start {
            let promise = &self.s.promises[said.promise];
            let record = [&promise.outcome, &promise.evidence];
            let record = record.map(|text| text.as_deref().filter(|text| !text.is_empty()));
            let record = record.map(|text| text.map(|text| self.of(text)));
            let record = match record {
                [None, None] => self.word("ruler-no-record"),
                record => self.join(record),
            };
            return self.say("ruler-before-start", &[("record", record.into())]);
        }
        let chance = match said.chance {
            None => self.word("ruler-no-chance"),
            Some(chance) => self.chance(chance),
        };
        let impossible = said.is_impossible.then(|| self.word("ruler-impossible"));
        let lenient = said.lenient.map(|chance| {
            let date = self.deadline(said.date.lenient);
            let arguments = [("date", date.into()), ("chance", self.chance(chance).into())];
            self.say("ruler-chance-lenient", &arguments)
        });
        self.join([impossible, Some(chance), lenient])
    }

    /// Names the rows of something said: `P8 [31]`.
    pub(crate) fn ids(&self, said: &Said) -> String {
        let promise = &self.s.promises[said.promise].name;
        match said.statement {
            None => promise.clone(),
            Some(row) => format!("{promise} [{}]", self.s.statements[row].name),
        }
    }

    /// Names the office in which something was said; blank where none is named.
    pub(crate) fn office(&self, said: &Said) -> String {
        let row = said.statement.map(|row| &self.s.statements[row]);
        row.map_or_else(String::new, |row| ledger::office(self.words, self.s, row))
    }

    /// Names the office in which something was said, and the day; a person is never named.
    pub(crate) fn who(&self, said: &Said) -> String {
        let Some(row) = said.statement.map(|row| &self.s.statements[row]) else {
            return self.word("ruler-office-unnamed");
        };
        let who = ledger::office(self.words, self.s, row);
        let who = if who.is_empty() { self.word("ruler-office-unnamed") } else { who };
        format!("{who}{}{}", self.comma(), ledger::day_said(self.words, self.s, row))
    }

    pub(crate) fn comma(&self) -> &'static str {
        if self.words.language().is_right_to_left() { "، " } else { ", " }
    }

    /// Says the words of a promise, who said them, and of whom.
    pub(crate) fn quoted(&self, said: &Said) -> String {
        let about = match said.about {
            About::Same => None,
            About::Larger => Some(self.word("ruler-about-larger")),
            About::Smaller => Some(self.word("ruler-about-smaller")),
        };
        let who = self.who(said);
        let told = match said.is_again {
            true => {
                let row = said.statement.map(|row| format!("[{}]", self.s.statements[row].name));
                let ids = row.unwrap_or_default();
                self.say("ruler-again", &[("ids", ids.into()), ("who", who.into())])
            }
            false => {
                let text = self.of(&self.s.promises[said.promise].text);
                self.say("ruler-words", &[("text", text.into()), ("who", who.into())])
            }
        };
        self.join([Some(told), about])
    }

    /// Says a date as people do.
    pub(crate) fn reading(&self, reading: &Reading) -> String {
        let key = match reading.by {
            PartOfDay::Noon => "ruler-say-noon",
            PartOfDay::Evening => "ruler-say-evening",
            PartOfDay::End => "ruler-say-end",
        };
        let day = self.words.day(self.s, reading.day);
        self.say(key, &[("day", day.into())])
    }
}
