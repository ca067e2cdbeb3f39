//! Why something is not earlier, as text in three languages and as JSON: the chain with its lengths, what stays behind, and
//! what one change would bring. Every sentence is a message of the catalogues, one for each cause and rule.

use crate::grid::{LEFT, RIGHT, lay_out, prose};
use crate::language::{Language, Value as Argument, Words};
use crate::zoned::Clock;
use exeunt_model::explanation::{
    Arrivals, Change, Counterfactual, Deed, EitherMode, Explanation, Link, LinkKind, Replanned,
    Status, Subject, Why,
};
use exeunt_model::plan::{Chosen, Sortie};
use exeunt_model::scenario::{Milestone, ResourceKind, UserClass};
use exeunt_model::{
    ElementId, PieceId, PlaceId, Plan, ResourceId, Rule, Scenario, StepId, Timestamp,
};
use serde_json::{Value, json};

/// An explanation with everything that is told of it.
#[derive(Debug, Clone, Copy)]
pub struct Explained<'a> {
    /// Scenario.
    pub scenario: &'a Scenario,
    /// Plan.
    pub plan: &'a Plan,
    /// The explanation.
    pub explanation: &'a Explanation,
    /// Of an element whose mode was chosen: what came of either, if that was asked.
    pub either: Option<&'a EitherMode>,
    /// What one change would bring, if that was asked.
    pub replanned: Option<&'a Replanned>,
    /// How to make each change: the cells of its overlay, as table, row, column and value.
    pub how: &'a [Vec<[String; 4]>],
    /// Commands that write the overlay of a change and plan with it.
    pub commands: Option<(&'a str, &'a str)>,
}

/// Names and sentences in one language.
struct Teller<'a> {
    s: &'a Scenario,
    plan: &'a Plan,
    words: &'a Words,
}

/// Writes an explanation as text of at most 100 columns that ends with a newline.
pub fn text(explained: &Explained<'_>, language: Language) -> String {
    let words = Words::new(language);
    let teller = Teller { s: explained.scenario, plan: explained.plan, words: &words };
    let mut parts = teller.head(explained.explanation);
    if let Some(chain) = &explained.explanation.chain {
        let row = |link: &Link| {
            let rule = link.why.and_then(Why::rule).map_or("", Rule::id);
            let (from, length) = (teller.moment(link.from), teller.length(link));
            vec![from, length, rule.to_owned(), teller.line(link)]
        };
        let rows: Vec<Vec<String>> = chain.links.iter().map(row).collect();
        let total = words.stretch(chain.at - chain.from);
        let start = teller.moment(chain.from);
        let arguments = [("length", total.into()), ("start", start.into())];
        let sum = prose(0, &words.say("explain-sum", &arguments));
        parts.push(format!("{}\n{sum}", lay_out(&[LEFT.after(0), RIGHT, LEFT, LEFT], &rows)));
    }
    let left: Vec<String> =
        explained.explanation.left.iter().map(|left| prose(0, &teller.left(left))).collect();
    if !left.is_empty() {
        parts.push(left.join("\n"));
    }
    if let Some(either) = explained.either {
        parts.push(teller.either(either));
    }
    if let Some(replanned) = explained.replanned {
        parts.push(teller.what_if(explained, replanned));
    }
    parts.join("\n\n") + "\n"
}

/// Says in one line what the closure (or another moment) waits for longest, and which one change gains most.
///
/// Made for first screens: "site S12 waits 19 h for the second host team; one more team: 11 h earlier".
pub fn first_line(explained: &Explained<'_>, language: Language) -> Option<String> {
    let words = Words::new(language);
    let teller = Teller { s: explained.scenario, plan: explained.plan, words: &words };
    let chain = explained.explanation.chain.as_ref()?;
    let best = explained.replanned.and_then(|replanned| replanned.rows.first());
    let best = best.filter(|row| row.gain.0 > 0);
    let longest = || {
        let waits = chain.links.iter().filter(|link| link.kind == LinkKind::Wait);
        waits.max_by_key(|link| (link.length(), link.from)).or_else(|| chain.links.last())
    };
    let link = best.and_then(|row| chain.links.get(row.link)).or_else(longest)?;
    let (what, length) = (teller.bare(link), words.stretch(link.length()));
    let mut arguments = vec![("what", Argument::from(what)), ("length", length.into())];
    Some(match (best, explained.replanned) {
        (Some(row), _) => {
            arguments.push(("change", teller.change(&row.change).into()));
            arguments.push(("gain", words.stretch(row.gain).into()));
            words.say("explain-first", &arguments)
        }
        (None, Some(_)) => words.say("explain-first-only", &arguments),
        (None, None) => words.say("explain-first-wait", &arguments),
    })
}

/// Returns an explanation as one JSON object; moments are RFC 3339 in the operation's zone, `text` is in the language.
pub fn value(explained: &Explained<'_>, why: &str, language: Language) -> Value {
    let Explained { scenario: s, plan, explanation, .. } = *explained;
    let words = Words::new(language);
    let teller = Teller { s, plan, words: &words };
    let clock = Clock::new(s.operation.zone_offset);
    let moment = |t: Timestamp| clock.rfc3339(t).map_or(Value::Null, Value::String);
    let chain = explanation.chain.as_ref();
    let link = |link: &Link| {
        json!({
            "kind": link.kind.key(),
            "cause": link.why.map(Why::key),
            "rule": link.why.and_then(Why::rule),
            "also": link.others.iter().map(|why| why.key()).collect::<Vec<_>>(),
            "from": moment(link.from),
            "to": moment(link.to),
            "seconds": link.length().0,
            "count": link.count,
            "text": teller.line(link),
        })
    };
    let links = chain.map_or_else(Vec::new, |chain| chain.links.iter().map(link).collect());
    let left = explanation.left.iter().map(|left| {
        json!({
            "piece": s.pieces[left.piece].name,
            "count": left.count,
            "rule": left.rule,
            "reason": left.reason,
            "text": teller.left(left),
        })
    });
    let row = |(n, row): (usize, &Counterfactual)| {
        let how = explained.how.get(n).map_or(&[][..], Vec::as_slice);
        let how = how.iter().map(|[table, row, column, value]| {
            json!({ "table": table, "row": row, "column": column, "value": value })
        });
        json!({
            "n": n + 1,
            "kind": kind(&row.change),
            "link": row.link,
            "at": row.then.map(moment),
            "gain_s": row.gain.0,
            "text": teller.change(&row.change),
            "how": how.collect::<Vec<_>>(),
        })
    };
    let replanned = explained.replanned;
    let rows = replanned.map(|replanned| replanned.rows.iter().enumerate().map(row));
    json!({
        "why": why,
        "status": explanation.status.key(),
        "from": chain.map(|chain| moment(chain.from)),
        "at": chain.map(|chain| moment(chain.at)),
        "decided_by": explanation.decided_by.map(|(element, milestone)| {
            json!({ "element": s.elements[element].name, "milestone": milestone })
        }),
        "margin_s": explanation.margin.map(|margin| margin.0),
        "count": explanation.count.map(|count| {
            json!({ "found": count.found, "wanted": count.wanted, "at_least": count.at_least })
        }),
        "links": Value::Array(links),
        "either": explained.either.map(|either| either_value(&teller, either, &moment)),
        "left": left.collect::<Vec<_>>(),
        "replanned": replanned.map(|replanned| {
            json!({
                "seed": replanned.seed,
                "epochs": replanned.epochs,
                "lanes": replanned.lanes,
                "unchanged": replanned.unchanged.map(moment),
                "complete": replanned.is_complete,
            })
        }),
        "counterfactuals": rows.map(Iterator::collect::<Vec<_>>),
    })
}

/// Returns what came of either mode as JSON.
fn either_value(
    teller: &Teller<'_>,
    either: &EitherMode,
    moment: &impl Fn(Timestamp) -> Value,
) -> Value {
    let arrivals = |arrivals: &Arrivals| {
        json!({
            "at": arrivals.element.map(moment),
            "closure": arrivals.closure.map(moment),
            "objective": arrivals.objective,
        })
    };
    json!({
        "element": teller.element(either.element),
        "mode": either.mode.key(),
        "seed": either.seed,
        "epochs": either.epochs,
        "plan": arrivals(&either.plan),
        "chosen": arrivals(&either.chosen),
        "other": arrivals(&either.other),
        "level": either.decides().and_then(|at| either.levels.get(at)),
        "text": teller.why_either(either),
    })
}

/// Returns the word for a change in files.
fn kind(change: &Change) -> &'static str {
    match change {
        Change::OneMore(_) => "one_more",
        Change::Tail(_) => "tail",
        Change::StagingRoom(_) => "staging_room",
        Change::StagingTime(_) => "staging_time",
        Change::ColumnSize(_) => "column_size",
        Change::Hours(..) => "hours",
        Change::Shift(_) => "shift",
        Change::Border(_) => "border",
        Change::Condition(_) => "condition",
        Change::Date(_) => "date",
        Change::Clearances(_) => "clearance",
        Change::Priced(_) => "priced",
        Change::NobodyStays(_) => "nobody_stays",
        Change::NothingKept(_) => "nothing_kept",
        Change::Spread(_) => "spread",
    }
}

impl Teller<'_> {
    /// Returns a text of the scenario, or the id where there is none.
    fn of(&self, english: &str, id: &str) -> String {
        if english.is_empty() { id.to_owned() } else { self.words.of(self.s, english).to_string() }
    }

    fn place(&self, id: PlaceId) -> String {
        self.of(&self.s.places[id].title, &self.s.places[id].name)
    }

    fn place_named(&self, name: &str) -> String {
        self.s.place(name).map_or_else(|| name.to_owned(), |id| self.place(id))
    }

    fn element(&self, id: ElementId) -> String {
        self.s.elements[id].name.clone()
    }

    fn piece(&self, id: PieceId) -> String {
        self.s.pieces[id].name.clone()
    }

    fn resource(&self, id: ResourceId) -> String {
        self.of(&self.s.resources[id].title, &self.s.resources[id].name)
    }

    fn step(&self, id: StepId) -> String {
        let row = &self.s.steps[id];
        if row.title.is_empty() {
            return row.name.clone();
        }
        let title = self.words.of(self.s, &row.title).to_string();
        let arguments = [("id", row.name.as_str().into()), ("title", title.into())];
        self.words.say("explain-step-named", &arguments)
    }

    fn column(&self, position: usize) -> String {
        let id = self.plan.columns.get(position).map_or("", |column| column.id.as_str());
        self.words.say("explain-column-named", &[("id", id.into())])
    }

    fn moment(&self, t: Timestamp) -> String {
        self.words.moment(self.s, t)
    }

    fn length(&self, link: &Link) -> String {
        let length = self.words.stretch(link.length());
        if link.kind == LinkKind::Ahead { format!("−{length}") } else { length }
    }

    /// Says a message of one argument.
    fn one(&self, key: &str, name: &str, value: impl Into<String>) -> String {
        self.words.say(key, &[(name, Argument::from(value.into()))])
    }

    fn milestone(&self, element: ElementId, milestone: Milestone) -> String {
        let key = match milestone {
            Milestone::LeftSite => "explain-left-site",
            Milestone::LeftHost => "explain-left-host",
            Milestone::HomeAirfield => "explain-home-airfield",
            Milestone::HomeBase => "explain-home-base",
        };
        self.one(key, "element", self.element(element))
    }

    fn subject(&self, subject: &Subject) -> String {
        match subject {
            Subject::Closure => self.words.word("explain-closure"),
            Subject::Party(party) => {
                let row = &self.s.parties[*party];
                self.one("explain-party", "party", self.of(&row.title, &row.name))
            }
            Subject::Element(element, milestone) => self.milestone(*element, *milestone),
            Subject::Promise(promise) => {
                let row = &self.s.promises[*promise];
                let text = self.of(&row.text, &row.name);
                let arguments = [("id", row.name.as_str().into()), ("text", text.into())];
                self.words.say("explain-promise", &arguments)
            }
            Subject::Step(step) => self.one("explain-step", "step", self.step(*step)),
            Subject::Sortie(line, sortie) => {
                let id = self.sortie(*line, *sortie).map_or("", |(_, row)| row.id.as_str());
                self.one("explain-sortie", "sortie", id)
            }
            Subject::Column(column) => self.one("explain-column", "column", self.column(*column)),
        }
    }

    fn head(&self, explanation: &Explanation) -> Vec<String> {
        let words = self.words;
        let subject = self.subject(&explanation.subject);
        let title = match &explanation.chain {
            Some(chain) => {
                let moment = words.moment_in_full(self.s, chain.at);
                let arguments = [("subject", subject.into()), ("moment", moment.into())];
                words.say("explain-title", &arguments)
            }
            None => self.one("explain-title-without", "subject", subject),
        };
        let mut lines = vec![prose(0, &title)];
        let is_promise = matches!(explanation.subject, Subject::Promise(_));
        let status = match explanation.status {
            Status::Reached => None,
            Status::Unmoved if is_promise => Some("explain-unmoved-promise"),
            Status::Unmoved => Some("explain-unmoved"),
            Status::Nothing => Some("explain-nothing"),
            Status::BeforeStart => Some("explain-before-start"),
            Status::NotOfTime => Some("explain-not-of-time"),
        };
        lines.extend(status.map(|key| prose(0, &words.word(key))));
        let own = |(element, milestone): &(ElementId, Milestone)| {
            explanation.subject != Subject::Element(*element, *milestone)
        };
        if let Some((element, milestone)) = explanation.decided_by.filter(own) {
            let what = self.milestone(element, milestone);
            lines.push(prose(0, &self.one("explain-decided-by", "what", what)));
        }
        if let Some(margin) = explanation.margin {
            let margin = words.margin(margin.0);
            lines.push(prose(0, &self.one("explain-promised", "margin", margin)));
        }
        if let Some(count) = explanation.count {
            let key = if count.at_least { "explain-count-least" } else { "explain-count-most" };
            let (found, wanted) = (words.count(count.found), words.count(count.wanted));
            let arguments = [("found", found.into()), ("wanted", wanted.into())];
            lines.push(prose(0, &words.say(key, &arguments)));
        }
        vec![lines.join("\n")]
    }

    fn left(&self, left: &exeunt_model::explanation::Left) -> String {
        let reason = self.words.word(left.rule.map_or("explain-left-other", left_key));
        let piece = self.piece(left.piece);
        let n = self.words.count(left.count);
        let arguments = [("piece", piece.into()), ("n", n.into()), ("reason", reason.into())];
        self.words.say("explain-left", &arguments)
    }

    fn sortie(&self, line: usize, sortie: usize) -> Option<(&str, &Sortie)> {
        let line = self.plan.lines.get(line)?;
        Some((line.tail.as_str(), line.sorties.get(sortie)?))
    }

    /// Says a message about a sortie.
    fn of_sortie(&self, key: &str, line: usize, sortie: usize, at_end: bool) -> String {
        let Some((tail, row)) = self.sortie(line, sortie) else { return String::new() };
        let (from, to) = (self.place_named(&row.from), self.place_named(&row.to));
        let mut arguments = vec![("tail", Argument::from(tail))];
        match key {
            "explain-deed-flight" => {
                arguments.extend([("from", from.into()), ("to", to.into())]);
            }
            _ => arguments.push(("field", if at_end { to } else { from }.into())),
        }
        if key != "explain-deed-stop" {
            arguments.push(("id", row.id.as_str().into()));
        }
        self.words.say(key, &arguments)
    }

    fn deed(&self, deed: Deed) -> String {
        let s = self.s;
        match deed {
            Deed::Clearance(id) => {
                self.one("explain-deed-clearance", "id", s.clearances[id].name.as_str())
            }
            Deed::JointStart(step) => self.one("explain-deed-together", "step", self.step(step)),
            Deed::Step(step) => self.one("explain-deed-step", "step", self.step(step)),
            Deed::March(column, march) => {
                let row = self.plan.columns.get(column).and_then(|row| row.marches.get(march));
                let ends = row.map(|row| (self.place_named(&row.from), self.place_named(&row.to)));
                let (from, to) = ends.unwrap_or_default();
                let column = self.column(column);
                let arguments =
                    [("column", column.into()), ("from", from.into()), ("to", to.into())];
                self.words.say("explain-deed-march", &arguments)
            }
            Deed::Pass(column) => {
                let row = self.plan.columns.get(column).and_then(|row| row.marches.last());
                let to = row.map_or_else(String::new, |row| self.place_named(&row.to));
                let arguments = [("column", self.column(column).into()), ("to", to.into())];
                self.words.say("explain-deed-pass", &arguments)
            }
            Deed::Loading(line, sortie) => {
                self.of_sortie("explain-deed-loading", line, sortie, false)
            }
            Deed::Flight(line, sortie) => {
                self.of_sortie("explain-deed-flight", line, sortie, false)
            }
            Deed::Unloading(line, sortie) => {
                self.of_sortie("explain-deed-unloading", line, sortie, true)
            }
            Deed::TurnRound(line, sortie) => {
                self.of_sortie("explain-deed-stop", line, sortie, true)
            }
            Deed::AllPassed(row) => {
                self.one("explain-deed-passed", "id", s.precedence[row].name.as_str())
            }
        }
    }

    /// Says a link, and what else decides at that moment; of the same kind one is enough to name.
    fn line(&self, link: &Link) -> String {
        let own = link.why.map(Why::key);
        let others = link.others.iter().filter(|other| Some(other.key()) != own);
        let others: Vec<String> = others.map(|other| self.why(*other, link.to)).collect();
        let line = self.bare(link);
        if others.is_empty() {
            return line;
        }
        let others = self.words.list(&others);
        self.words.say("explain-also", &[("line", line.into()), ("others", others.into())])
    }

    /// Says a link: what is done or waited for, and why.
    fn bare(&self, link: &Link) -> String {
        let words = self.words;
        let why = link.why.map(|why| self.why(why, link.to));
        let why = why.unwrap_or_else(|| words.word("explain-itself"));
        let Some(deed) = link.deed.map(|deed| self.deed(deed)) else { return why };
        let mut arguments = vec![("deed", Argument::from(deed)), ("why", why.into())];
        match (link.count, link.kind) {
            (2.., _) => {
                arguments.push(("n", words.count(whole(link.count)).into()));
                words.say("explain-run", &arguments)
            }
            (_, LinkKind::Activity) => words.say("explain-line", &arguments),
            (_, LinkKind::Wait | LinkKind::Ahead) => words.say("explain-wait", &arguments),
        }
    }

    /// Says why something waits; `to` is when the wait ends.
    fn why(&self, why: Why, to: Timestamp) -> String {
        let (s, words) = (self.s, self.words);
        let moment = || ("moment", Argument::from(self.moment(to)));
        let at = |key: &str, place: PlaceId| self.one(key, "field", self.place(place));
        let at_when = |key: &str, place: PlaceId| {
            words.say(key, &[("field", self.place(place).into()), moment()])
        };
        let named = |key: &str, name: &'static str, value: &str| self.one(key, name, value);
        let named_when = |key: &str, name: &'static str, value: String| {
            words.say(key, &[(name, Argument::from(value)), moment()])
        };
        match why {
            Why::Custody(piece) => self.one("explain-c01-custody", "piece", self.piece(piece)),
            Why::HandedOver(site) => {
                self.one("explain-c03-handover", "site", self.place(s.sites[site].place))
            }
            Why::Staging(place) => at("explain-c03-staging", place),
            Why::Ready(element) => {
                named_when("explain-c03-ready", "element", self.element(element))
            }
            Why::LoadFrom(element) => {
                named_when("explain-c04-load-from", "element", self.element(element))
            }
            Why::Spread(element) => {
                let spread = s.elements[element].spread.unwrap_or_default();
                let (element, length) = (self.element(element), words.stretch(spread));
                let arguments = [("element", element.into()), ("length", length.into())];
                words.say("explain-c05-spread", &arguments)
            }
            Why::Guard(site) => {
                self.one("explain-c07-guard", "site", self.place(s.sites[site].place))
            }
            Why::StepAfterStep => words.word("explain-c08-step"),
            Why::JointStart => words.word("explain-c08-joint"),
            Why::Team(team) => self.one("explain-c09-team", "team", self.resource(team)),
            Why::Shift(team) => named_when("explain-c09-shift", "team", self.resource(team)),
            Why::ClosedLeg(leg) => {
                named_when("explain-c10-closed-leg", "leg", s.air_legs[leg].name.clone())
            }
            Why::LoadingAfterLanding => words.word("explain-c11-landing-loading"),
            Why::LoadingAfterUnloading => words.word("explain-c11-unloading-loading"),
            Why::FlightAfterLoading => words.word("explain-c11-loading"),
            Why::UnloadingAfterLanding => words.word("explain-c11-landing"),
            Why::FlightAfterUnloading => words.word("explain-c11-unloading"),
            Why::TurnRound => words.word("explain-c11-turn-round"),
            Why::NoWaitInTheAir(place) => at("explain-c11-no-wait", place),
            Why::Stand(place, _) => at("explain-c14-stand", place),
            Why::StandHours(place) => at_when("explain-c14-stand-hours", place),
            Why::Handling(place) => at("explain-c15-handling", place),
            Why::HostCheck(place) => at("explain-c15-host-check", place),
            Why::FieldCapacity(place) => at_when("explain-c15-capacity", place),
            Why::TakeOffHours(place) => at_when("explain-c16-take-off", place),
            Why::LandingHours(place) => at_when("explain-c16-landing", place),
            Why::HandlingHours(place) => at_when("explain-c16-handling", place),
            Why::RunwaySlot(place) => at("explain-c16-slot", place),
            Why::Curfew(road) => {
                named_when("explain-c16-curfew", "road", s.roads[road].name.clone())
            }
            Why::Tail(tail) => named_when("explain-c17-tail", "tail", s.tails[tail].name.clone()),
            Why::MarchAfterMarch => words.word("explain-c20-march"),
            Why::PassAfterMarch => words.word("explain-c20-pass"),
            Why::Headway(road) => named("explain-c20-headway", "road", &s.roads[road].name),
            Why::Halt => words.word("explain-c20-halt"),
            Why::Escort(escort) => self.one("explain-c20-escort", "escort", self.resource(escort)),
            Why::EscortHours(escort) => {
                named_when("explain-c20-escort-hours", "escort", self.resource(escort))
            }
            Why::Arrival => words.word("explain-c20-arrival"),
            Why::BorderPost(road) => named("explain-c21-post", "road", &s.roads[road].name),
            Why::BorderHours(road) => {
                named_when("explain-c21-hours", "road", s.roads[road].name.clone())
            }
            Why::StagingRoom(place) => at("explain-c22-staging", place),
            Why::Precedence(row) => named("explain-c23-precedence", "id", &s.precedence[row].name),
            Why::Stay(row) => named("explain-c23-stay", "id", &s.precedence[row].name),
            Why::Start => words.say("explain-c24-start", &[moment()]),
            Why::Provider(element) => {
                self.one("explain-c25-provider", "element", self.element(element))
            }
            Why::Keeper(element) => {
                self.one("explain-c25-keeper", "element", self.element(element))
            }
            Why::Clearance(id) => {
                let row = &s.clearances[id];
                let (id, state) = (row.name.as_str().into(), row.state.as_str().into());
                let arguments = [("id", id), ("state", state), moment()];
                words.say("explain-c26-clearance", &arguments)
            }
            Why::Condition(id) => {
                named_when("explain-c27-condition", "id", s.conditions[id].name.clone())
            }
            Why::PromisedDay(id) => {
                named_when("explain-promised-day", "id", s.promises[id].name.clone())
            }
            Why::Mark => words.word("explain-mark"),
            Why::Held => words.word("explain-held"),
        }
    }

    fn change(&self, change: &Change) -> String {
        let (s, words) = (self.s, self.words);
        let at = |key: &str, place: PlaceId| self.one(key, "field", self.place(place));
        match change {
            Change::OneMore(id) => {
                let key = match s.resources[*id].kind {
                    ResourceKind::Stand(_) => "explain-one-more-stand",
                    ResourceKind::Handling => "explain-one-more-handling",
                    ResourceKind::HostCheck => "explain-one-more-check",
                    ResourceKind::Escort => "explain-one-more-escort",
                    ResourceKind::Team | ResourceKind::Service => "explain-one-more-team",
                };
                self.one(key, "resource", self.resource(*id))
            }
            Change::Tail(tail) => {
                let row = &s.tails[*tail];
                let name = s.types[row.aircraft].name.as_str();
                let field = self.place(row.base);
                let arguments = [("type", name.into()), ("field", field.into())];
                words.say("explain-change-tail", &arguments)
            }
            Change::StagingRoom(place) => at("explain-change-room", *place),
            Change::StagingTime(place) => at("explain-change-staging", *place),
            Change::ColumnSize(road) => {
                self.one("explain-change-column", "road", s.roads[*road].name.as_str())
            }
            Change::Hours(place, class) => {
                let key = match class {
                    UserClass::Military => "explain-change-hours-military",
                    UserClass::Civil => "explain-change-hours-civil",
                };
                at(key, *place)
            }
            Change::Shift(id) => self.one("explain-change-shift", "resource", self.resource(*id)),
            Change::Border(road) => {
                self.one("explain-change-border", "road", s.roads[*road].name.as_str())
            }
            Change::Condition(id) => {
                self.one("explain-change-condition", "id", s.conditions[*id].name.as_str())
            }
            Change::Date(date) => self.one("explain-change-date", "moment", self.moment(*date)),
            Change::Clearances(state) => {
                self.one("explain-change-clearances", "state", state.as_str())
            }
            Change::Priced(row) => {
                self.one("explain-change-priced", "id", s.precedence[*row].name.as_str())
            }
            Change::NobodyStays(row) => {
                self.one("explain-change-nobody-stays", "id", s.precedence[*row].name.as_str())
            }
            Change::NothingKept(id) => {
                self.one("explain-change-nothing-kept", "resource", self.resource(*id))
            }
            Change::Spread(element) => {
                self.one("explain-change-spread", "element", self.element(*element))
            }
        }
    }

    /// Says what came of either mode: the times side by side, then what they come to.
    fn either(&self, either: &EitherMode) -> String {
        let words = self.words;
        let (title, again) = match either.mode {
            Chosen::Air => ("explain-either-air", ["explain-by-air", "explain-by-road"]),
            Chosen::Road => ("explain-either-road", ["explain-by-road", "explain-by-air"]),
        };
        let seed = either.seed.to_string();
        let epochs = i64::try_from(either.epochs).unwrap_or(i64::MAX);
        let element = self.element(either.element);
        let arguments =
            [("element", element.into()), ("seed", seed.into()), ("epochs", epochs.into())];
        let head = ["explain-either-arrives", "explain-either-closure"].map(|key| words.word(key));
        let at = |t: Option<Timestamp>| match t {
            Some(t) => self.moment(t),
            None => words.word("explain-either-never"),
        };
        let row = |key: &str, arrivals: &Arrivals| {
            vec![words.word(key), at(arrivals.element), at(arrivals.closure)]
        };
        let [arrives, closure] = head;
        let rows = [
            vec![String::new(), arrives, closure],
            row("explain-either-plan", &either.plan),
            row(again[0], &either.chosen),
            row(again[1], &either.other),
        ];
        let title = prose(0, &words.say(title, &arguments));
        let table = lay_out(&[LEFT.after(0), LEFT, LEFT], &rows);
        format!("{title}\n{table}\n{}", prose(0, &self.why_either(either)))
    }

    /// Says what the times by either mode come to.
    fn why_either(&self, either: &EitherMode) -> String {
        let words = self.words;
        let later = |(chosen, other): (Timestamp, Timestamp), keys: [&str; 3]| {
            let more = other - chosen;
            match more.0 {
                0 => words.word(keys[0]),
                1.. => self.one(keys[1], "length", words.stretch(more)),
                _ => self.one(keys[2], "length", words.stretch(more)),
            }
        };
        let element = either.chosen.element.zip(either.other.element);
        let closure = either.chosen.closure.zip(either.other.closure);
        let alike = ["explain-either-alike", "explain-either-later", "explain-either-earlier"];
        let all =
            ["explain-either-all-alike", "explain-either-all-later", "explain-either-all-earlier"];
        let element = element.map(|both| later(both, alike));
        let closure = closure.map(|both| later(both, all));
        let decides = either.decides().map(|at| {
            let count = |arrivals: &Arrivals| words.count(i128::from(arrivals.objective[at]));
            let level = either.levels.get(at).map_or("", String::as_str);
            let arguments = [
                ("level", Argument::from(level)),
                ("here", count(&either.chosen).into()),
                ("other", count(&either.other).into()),
            ];
            words.say("explain-either-decides", &arguments)
        });
        let decides = decides.unwrap_or_else(|| words.word("explain-either-same"));
        let is_worse = either.other.objective < either.chosen.objective;
        let better = is_worse.then(|| words.word("explain-either-better"));
        let said: Vec<String> =
            element.into_iter().chain(closure).chain([decides]).chain(better).collect();
        said.join(" ")
    }

    fn what_if(&self, explained: &Explained<'_>, replanned: &Replanned) -> String {
        let words = self.words;
        let seed = replanned.seed.to_string();
        let epochs = i64::try_from(replanned.epochs).unwrap_or(i64::MAX);
        let arguments = [("seed", seed.into()), ("epochs", epochs.into())];
        let mut lines = vec![prose(0, &words.say("explain-what-if", &arguments))];
        lines.push(prose(
            0,
            &match replanned.unchanged {
                Some(t) => self.one("explain-unchanged", "moment", self.moment(t)),
                None => words.word("explain-unchanged-never"),
            },
        ));
        let row = |(n, row): (usize, &Counterfactual)| {
            let gain = match (row.gain.0 > 0, row.then) {
                (true, Some(then)) => {
                    let (length, moment) = (words.stretch(row.gain), self.moment(then));
                    let arguments = [("length", length.into()), ("moment", moment.into())];
                    words.say("explain-gain", &arguments)
                }
                _ => words.word("explain-no-gain"),
            };
            vec![words.count(whole(n + 1)), self.change(&row.change), gain]
        };
        let rows: Vec<Vec<String>> = replanned.rows.iter().enumerate().map(row).collect();
        if rows.is_empty() {
            lines.push(prose(0, &words.word("explain-no-changes")));
        } else {
            lines.push(lay_out(&[RIGHT.after(0), LEFT, LEFT], &rows));
            if let Some((write, plan)) = explained.commands {
                let arguments = [("write", write.into()), ("plan", plan.into())];
                lines.push(prose(0, &words.say("explain-make", &arguments)));
            }
        }
        if !replanned.is_complete {
            lines.push(prose(0, &words.word("explain-not-all")));
        }
        lines.join("\n")
    }
}

fn whole(n: usize) -> i128 {
    i128::try_from(n).unwrap_or(i128::MAX)
}

/// Returns the message for what a rule leaves behind.
fn left_key(rule: Rule) -> &'static str {
    match rule {
        Rule::C01 => "explain-left-c01",
        Rule::C02 => "explain-left-c02",
        Rule::C03 => "explain-left-c03",
        Rule::C04 => "explain-left-c04",
        Rule::C05 => "explain-left-c05",
        Rule::C07 => "explain-left-c07",
        Rule::C08 => "explain-left-c08",
        Rule::C09 => "explain-left-c09",
        Rule::C10 => "explain-left-c10",
        Rule::C11 => "explain-left-c11",
        Rule::C12 => "explain-left-c12",
        Rule::C13 => "explain-left-c13",
        Rule::C14 => "explain-left-c14",
        Rule::C15 => "explain-left-c15",
        Rule::C16 => "explain-left-c16",
        Rule::C17 => "explain-left-c17",
        Rule::C20 => "explain-left-c20",
        Rule::C21 => "explain-left-c21",
        Rule::C22 => "explain-left-c22",
        Rule::C23 => "explain-left-c23",
        Rule::C24 => "explain-left-c24",
        Rule::C25 => "explain-left-c25",
        Rule::C26 => "explain-left-c26",
        Rule::C27 => "explain-left-c27",
        // these enforce nothing yet, so nothing is left behind by them
        Rule::C06 | Rule::C18 | Rule::C19 => "explain-left-other",
    }
}
