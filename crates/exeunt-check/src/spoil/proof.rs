//! Spoiled certificates: copies of a plan whose proof says more than it may.
//!
//! Most are wrong because the plan itself is the counterexample: a bound later than what the plan does holds of
//! no plan. The others name what does not exist, stands twice or does not belong there. As with the rules, a
//! copy is made only where the edit is wrong for certain, and never kept or left out for what the checker says.

use super::spread;
use crate::certificate::Relaxed;
use crate::check;
use crate::facts::{Facts, is_moved};
use crate::report::Report;
use exeunt_model::certificate::{
    Certificate, Claim, Cover, Evidence, Field, FieldKind, Fleet, Proof, Side, Stage, Teams,
    TypeCapacity,
};
use exeunt_model::finding::{Code, Finding};
use exeunt_model::ids::*;
use exeunt_model::plan::{Plan, Service};
use exeunt_model::scenario::{Milestone, Mode, Predicate, Scenario};
use exeunt_model::time::{Duration, Timestamp};
use std::collections::BTreeMap;

/// Most copies made of one kind.
const MOST_PER_KIND: usize = 3;
const SECOND: Duration = Duration(1);
const NOBODY: &str = "(nothing has this name)";

/// A copy of a plan whose proof or bounds are wrong on purpose.
#[derive(Debug, Clone, PartialEq)]
pub struct SpoiledProof {
    /// Kind of mistake, in a phrase.
    pub kind: &'static str,
    /// Where it was made.
    pub what: String,
    /// The copy.
    pub plan: Plan,
}

/// What the checker said of a spoiled proof.
#[derive(Debug, Clone, PartialEq)]
pub struct ProofCase {
    /// Kind of mistake, in a phrase.
    pub kind: &'static str,
    /// Where it was made.
    pub what: String,
    /// Whether a finding of the proof was made.
    pub caught: bool,
    /// The first such finding.
    pub finding: Option<Finding>,
}

/// Spoils the proof of a plan and reports which copies the checker refused.
pub fn self_test_proof(scenario: &Scenario, plan: &Plan) -> Vec<ProofCase> {
    let judge = |spoiled: SpoiledProof| {
        let findings = check(scenario, &spoiled.plan, None).findings;
        let finding = findings.into_iter().find(|finding| finding.rule == Code::Proof);
        let SpoiledProof { kind, what, .. } = spoiled;
        ProofCase { kind, what, caught: finding.is_some(), finding }
    };
    spoil_proof(scenario, plan).into_iter().map(judge).collect()
}

/// Makes copies of a valid plan whose proof is wrong in one place each, by kind; deterministic. A plan without a
/// proof gives none.
pub fn spoil_proof(scenario: &Scenario, plan: &Plan) -> Vec<SpoiledProof> {
    let Some(proof) = &plan.proof else { return Vec::new() };
    let resolved = scenario.resolved(&plan.choices);
    let facts = Facts::derive(&resolved, plan, None, None, &mut Report::default());
    let mut spoils = Spoils { facts: &facts, proof, ways: BTreeMap::new() };
    spoils.counts();
    spoils.lemmas();
    for (position, certificate) in proof.certificates.iter().enumerate() {
        spoils.claim(position, certificate);
        spoils.evidence(position, certificate);
    }
    spoils.bounds();
    let mut spoiled = Vec::new();
    for (kind, ways) in spoils.ways {
        for (what, edit) in spread(ways, MOST_PER_KIND) {
            let mut copy = plan.clone();
            edit(&mut copy);
            spoiled.push(SpoiledProof { kind, what, plan: copy });
        }
    }
    spoiled
}

type Edit = Box<dyn Fn(&mut Plan)>;

/// The plan with its proof, and the ways to spoil it by kind.
struct Spoils<'f, 'a> {
    facts: &'f Facts<'a>,
    proof: &'a Proof,
    ways: BTreeMap<&'static str, Vec<(String, Edit)>>,
}

/// Returns the n-th cover of a certificate's evidence.
fn cover_of(row: &mut Certificate, nth: usize) -> Option<&mut Cover> {
    match &mut row.evidence {
        Evidence::Field(field) => Some(&mut field.cover),
        Evidence::Fleet(fleet) => Some(&mut fleet.cover),
        Evidence::Loads { covers } => covers.get_mut(nth),
        _ => None,
    }
}

/// A service of the plan: when, and for how many unit-seconds of teams.
struct Served {
    service: Service,
    teams: i64,
}

impl Spoils<'_, '_> {
    fn way(&mut self, kind: &'static str, what: String, edit: impl Fn(&mut Proof) + 'static) {
        let edit = move |plan: &mut Plan| plan.proof.iter_mut().for_each(&edit);
        self.ways.entry(kind).or_default().push((what, Box::new(edit)));
    }

    fn on_certificate(
        &mut self,
        kind: &'static str,
        position: usize,
        edit: impl Fn(&mut Certificate) + 'static,
    ) {
        self.way(kind, format!("certificate {}", position + 1), move |proof| {
            edit(&mut proof.certificates[position]);
        });
    }

    fn counts(&mut self) {
        let what = || "the counts of the proof".to_owned();
        let add = |count: &mut i64, more: i64| *count = count.saturating_add(more);
        self.way("more may be unmoved than are", what(), move |p| add(&mut p.unmoved, 1));
        self.way("fewer may be unmoved than are", what(), move |p| add(&mut p.unmoved, -1));
        self.way("more may stay", what(), move |p| add(&mut p.may_stay, 1));
        self.way("fewer may stay", what(), move |p| add(&mut p.may_stay, -1));
    }

    fn bounds(&mut self) {
        let values = &self.facts.plan.objective;
        for (level, &value) in values.iter().enumerate() {
            let n = values.len();
            let edit = move |plan: &mut Plan| {
                plan.bounds.resize(n, None);
                plan.bounds[level] = Some(value.saturating_add(1));
            };
            let what = format!("bound {}", level + 1);
            let ways = self.ways.entry("a bound is above the value").or_default();
            ways.push((what, Box::new(edit)));
        }
        let edit = |plan: &mut Plan| plan.bounds.push(Some(0));
        let more: Edit = Box::new(move |plan: &mut Plan| {
            plan.bounds.resize(plan.objective.len(), None);
            edit(plan);
        });
        self.ways.insert("a bound of no level", vec![("the list of bounds".to_owned(), more)]);
    }

    fn lemmas(&mut self) {
        let scenario = self.facts.scenario;
        let plain = Relaxed::steps(scenario);
        for (position, lemma) in self.proof.lemmas.iter().enumerate() {
            let what = || format!("lemma {}", position + 1);
            self.way("a lemma of no step", what(), move |proof| {
                proof.lemmas[position].step = NOBODY.to_owned();
            });
            if let Some(starts) = self.starts_of(&lemma.step) {
                self.way("a lemma later than the plan's step", what(), move |proof| {
                    proof.lemmas[position].not_before = starts + SECOND;
                });
            }
            let earlier = scenario.steps.rows.iter().find(|row| {
                self.starts_of(&row.name).is_some_and(|starts| starts < lemma.not_before)
            });
            if let Some(earlier) = earlier {
                let name = earlier.name.clone();
                self.way("a lemma of a step that starts earlier", what(), move |proof| {
                    proof.lemmas[position].step.clone_from(&name);
                });
            }
            // Steps that without any lemma can start before the lemma says that they do.
            let rests_on_others = lemma.teams.steps.iter().any(|name| {
                let step = scenario.steps.find(|row| row.name == *name);
                step.is_some_and(|step| plain[step.index()] < lemma.teams.from)
            });
            if position > 0 && rests_on_others {
                self.way("a lemma before those it rests on", what(), move |proof| {
                    let lemma = proof.lemmas.remove(position);
                    proof.lemmas.insert(0, lemma);
                });
            }
            self.teams(&what(), (&lemma.teams, true), move |proof| {
                &mut proof.lemmas[position].teams
            });
        }
    }

    /// Returns when the plan starts a step.
    fn starts_of(&self, step: &str) -> Option<Timestamp> {
        let row = self.facts.plan.handovers.iter().find(|row| row.step == step);
        row.map(|row| row.starts)
    }

    fn teams(
        &mut self,
        what: &str,
        (teams, is_example): (&Teams, bool),
        of: impl Fn(&mut Proof) -> &mut Teams + Copy + 'static,
    ) {
        let mut way = |kind, edit: Box<dyn Fn(&mut Teams)>| {
            self.way(kind, what.to_owned(), move |proof| edit(of(proof)));
        };
        way("a step twice", Box::new(|teams| teams.steps.extend(teams.steps.first().cloned())));
        way("a step that does not exist", Box::new(|teams| teams.steps.push(NOBODY.to_owned())));
        way("no step at all", Box::new(|teams| teams.steps.clear()));
        way("a team that does not exist", Box::new(|teams| teams.resource = NOBODY.to_owned()));
        let scenario = self.facts.scenario;
        let uses = |row: &exeunt_model::scenario::Step, resource: ResourceId| {
            row.needs.iter().any(|&(used, amount)| used == resource && amount > 0)
        };
        let rows = || scenario.steps.rows.iter().filter(|row| teams.steps.contains(&row.name));
        let idle = scenario.resources.iter().find(|&(id, _)| !rows().any(|row| uses(row, id)));
        if let Some((_, idle)) = idle {
            let name = idle.name.clone();
            self.way("a team that the steps do not use", what.to_owned(), move |proof| {
                of(proof).resource.clone_from(&name);
            });
        }
        let resource = scenario.resource(&teams.resource);
        let foreign = scenario.steps.rows.iter().find(|row| {
            let is_listed = teams.steps.contains(&row.name);
            !is_listed && resource.is_some_and(|resource| !uses(row, resource))
        });
        if let Some(foreign) = foreign {
            let name = foreign.name.clone();
            self.way("a step of other teams", what.to_owned(), move |proof| {
                of(proof).steps.push(name.clone());
            });
        }
        if let Some(resource) = resource {
            for missing in 0..teams.steps.len() {
                let mut fewer = teams.clone();
                fewer.steps.remove(missing);
                if Relaxed::work_ends(scenario, resource, &fewer) < teams.last_ends {
                    self.way("a step left out", what.to_owned(), move |proof| {
                        of(proof).steps.remove(missing);
                    });
                }
            }
        }
        let plan = self.facts.plan;
        let done: Vec<_> =
            plan.handovers.iter().filter(|row| teams.steps.contains(&row.step)).collect();
        if is_example
            && done.len() == teams.steps.len()
            && let (Some(starts), Some(ends)) =
                (done.iter().map(|row| row.starts).min(), done.iter().map(|row| row.ends).max())
        {
            self.way("work from later than the plan's", what.to_owned(), move |proof| {
                of(proof).from = starts + SECOND;
            });
            self.way("work that ends later than the plan's", what.to_owned(), move |proof| {
                of(proof).last_ends = ends + SECOND;
            });
        }
    }

    /// Returns whether the plan is one of those that a claim is about. Of a promise it is one only if everything
    /// that the promise is about moves.
    fn is_example(&self, claim: &Claim) -> bool {
        let Claim::Arrival { set, promise, whole, .. } = claim else { return true };
        if *whole {
            return self.all_moved(set);
        }
        let Some(promise) = promise else { return true };
        let promises = &self.facts.scenario.promises;
        let row = promises.rows.iter().find(|row| row.name == *promise);
        match row.map(|row| &row.predicate) {
            Some(Predicate::AllBy { set, .. } | Predicate::OnDay { set, .. }) => {
                self.facts.groups_in(set).all(is_moved)
            }
            _ => false,
        }
    }

    /// Returns whether the plan moves every item of some elements.
    fn all_moved(&self, set: &[String]) -> bool {
        let elements = &self.facts.scenario.elements;
        let ids = set.iter().map(|name| elements.find(|row| row.name == *name));
        let ids: Option<Vec<ElementId>> = ids.collect();
        ids.is_some_and(|ids| self.facts.groups_in(&ids).all(is_moved))
    }

    /// Returns the last moment at which the moved items of a set reach a milestone; none if one never does.
    fn last(&self, set: &[String], milestone: Milestone) -> Option<Timestamp> {
        let facts = self.facts;
        let mut last = None;
        for name in set {
            let element = facts.scenario.elements.find(|row| row.name == *name)?;
            for group in facts.groups(element) {
                if is_moved(group) {
                    last = last.max(Some(facts.milestone(group, milestone)?));
                }
            }
        }
        last
    }

    fn claim(&mut self, position: usize, certificate: &Certificate) {
        for stage in [Stage::B0, Stage::B1, Stage::B2, Stage::B3, Stage::B4] {
            let may_be = matches!(certificate.evidence, Evidence::Path | Evidence::Start)
                && matches!(stage, Stage::B0 | Stage::B1);
            if stage != certificate.stage && !may_be {
                self.on_certificate("a wrong stage", position, move |row| row.stage = stage);
                break;
            }
        }
        let other = match certificate.evidence {
            Evidence::Loads { .. } => Evidence::Mode,
            _ => Evidence::Loads { covers: Vec::new() },
        };
        self.on_certificate("evidence of another kind", position, move |row| {
            row.evidence = other.clone();
        });
        match &certificate.claim {
            Claim::Unmoved { .. } => {
                let unmoved = crate::objective::unmoved(self.facts);
                self.on_certificate("more unmoved than are", position, move |row| {
                    row.claim = Claim::Unmoved { at_least: unmoved + 1 };
                });
            }
            Claim::Flights { .. } => self.flights(position),
            Claim::Promise { .. } => {
                self.on_certificate("a promise that does not exist", position, |row| {
                    row.claim = Claim::Promise { promise: NOBODY.to_owned() };
                });
            }
            Claim::Arrival { set, milestone, not_before, promise, .. } => {
                let is_example = self.is_example(&certificate.claim);
                let subject = (&set[..], *milestone, is_example);
                self.arrival(position, subject, *not_before, promise.as_deref());
            }
        }
    }

    fn flights(&mut self, position: usize) {
        let kinds = [
            ("more sorties than the plan has", "z6.sorties"),
            ("more minutes than the plan flies", "z6.minutes"),
            ("more money than the plan costs", "z7"),
        ];
        for (kind, level) in kinds {
            let plan = self.facts.plan;
            let at = plan.levels.iter().position(|name| name == level);
            let Some(&value) = at.and_then(|at| plan.objective.get(at)) else { continue };
            self.on_certificate(kind, position, move |row| {
                if let Claim::Flights { sorties, minutes, cost } = &mut row.claim {
                    let claimed = match level {
                        "z6.sorties" => sorties,
                        "z6.minutes" => minutes,
                        _ => cost,
                    };
                    *claimed = value.saturating_add(1);
                }
            });
        }
    }

    fn arrival(
        &mut self,
        position: usize,
        (set, milestone, is_example): (&[String], Milestone, bool),
        not_before: Option<Timestamp>,
        promise: Option<&str>,
    ) {
        let mut on_set = |kind, edit: fn(&mut Vec<String>)| {
            self.on_certificate(kind, position, move |row| {
                if let Claim::Arrival { set, .. } = &mut row.claim {
                    edit(set);
                }
            });
        };
        on_set("a set with an element that does not exist", |set| set.push(NOBODY.to_owned()));
        on_set("a set with an element twice", |set| set.extend(set.first().cloned()));
        on_set("an empty set", Vec::clear);
        let to = |spoils: &mut Self, kind, later: Option<Timestamp>| {
            spoils.on_certificate(kind, position, move |row| {
                if let Claim::Arrival { not_before, .. } = &mut row.claim {
                    *not_before = later;
                }
            });
        };
        if let Some(last) = self.last(set, milestone).filter(|_| is_example) {
            to(self, "a moment later than the plan's", Some(last + SECOND));
            to(self, "never, though the plan does it", None);
        }
        let claimed = not_before.unwrap_or(Timestamp::MAX);
        if promise.is_none() && is_example {
            let milestones = [
                Milestone::LeftSite,
                Milestone::LeftHost,
                Milestone::HomeAirfield,
                Milestone::HomeBase,
            ];
            for other in milestones {
                if self.last(set, other).is_some_and(|last| last < claimed) {
                    self.on_certificate("a milestone that comes before", position, move |row| {
                        if let Claim::Arrival { milestone, .. } = &mut row.claim {
                            *milestone = other;
                        }
                    });
                }
            }
            let names = self.facts.scenario.elements.rows.iter().map(|row| row.name.clone());
            let early = names
                .map(|name| [name])
                .filter(|one| self.all_moved(one))
                .find(|one| self.last(one, milestone).is_some_and(|last| last < claimed));
            if let Some(early) = early {
                self.on_certificate("an element that arrives before", position, move |row| {
                    if let Claim::Arrival { set, .. } = &mut row.claim {
                        *set = early.to_vec();
                    }
                });
            }
        }
        let results = crate::promise::results(self.facts);
        let kept = results.iter().find(|result| result.strict == Some(true));
        let kept = kept.map_or(NOBODY, |result| &result.id).to_owned();
        self.on_certificate("another promise, which is kept", position, move |row| {
            if let Claim::Arrival { promise, .. } = &mut row.claim {
                *promise = Some(kept.clone());
            }
        });
    }

    fn evidence(&mut self, position: usize, certificate: &Certificate) {
        let set = match &certificate.claim {
            Claim::Arrival { set, .. } => &set[..],
            _ => &[],
        };
        let is_example = self.is_example(&certificate.claim);
        match &certificate.evidence {
            Evidence::Teams(teams) => {
                let what = format!("certificate {}", position + 1);
                self.teams(&what, (teams, is_example), move |proof| {
                    match &mut proof.certificates[position].evidence {
                        Evidence::Teams(teams) => teams,
                        _ => unreachable!("the evidence is the one looked at"),
                    }
                });
            }
            Evidence::Field(field) => {
                if is_example {
                    self.field(position, field);
                }
                self.cover(position, 0, &field.cover, Some(set));
            }
            Evidence::Fleet(fleet) => {
                if is_example {
                    self.fleet(position, fleet);
                }
                self.cover(position, 0, &fleet.cover, Some(set));
            }
            Evidence::Loads { covers } => {
                for (nth, cover) in covers.iter().enumerate() {
                    self.cover(position, nth, cover, None);
                    self.on_certificate("a cover twice", position, move |row| {
                        if let Evidence::Loads { covers } = &mut row.evidence {
                            covers.push(covers[nth].clone());
                        }
                    });
                }
            }
            Evidence::Path | Evidence::Start | Evidence::Mode => {}
        }
    }

    /// Returns the services of the plan in which weighed pieces of a cover board or leave.
    fn served(&self, cover: &Cover) -> Vec<Served> {
        let facts = self.facts;
        let scenario = facts.scenario;
        let is_weighed = |piece: PieceId| {
            let name = &scenario.pieces[piece].name;
            cover.weights.iter().any(|entry| entry.weight > 0 && entry.piece == *name)
        };
        let mut served = Vec::new();
        for flight in &facts.resolved.flights {
            let (place, moved, service) = match cover.side {
                Side::Loading => (flight.from, &flight.boards, flight.row.loading),
                Side::Unloading => (flight.to, &flight.leaves, flight.row.unloading),
            };
            let is_there = facts.place(place) == cover.field;
            if let Some(service) =
                service.filter(|_| is_there && moved.iter().any(|&(piece, _)| is_weighed(piece)))
            {
                let teams = crate::flight::type_of(facts, flight).handling_teams;
                served.push(Served { service, teams });
            }
        }
        served
    }

    fn field(&mut self, position: usize, field: &Field) {
        let served = self.served(&field.cover);
        let teams = |one: &Served| match field.kind {
            FieldKind::Handling => one.teams,
            FieldKind::HostCheck | FieldKind::Stand => 1,
        };
        let seconds = |one: &Served| (one.service.ends - one.service.starts).0;
        let work = served.iter().map(|one| seconds(one).saturating_mul(teams(one)));
        let work = work.fold(0, i64::saturating_add);
        let mut on_field = |kind, edit: Box<dyn Fn(&mut Field)>| {
            self.on_certificate(kind, position, move |row| {
                if let Evidence::Field(field) = &mut row.evidence {
                    edit(field);
                }
            });
        };
        if !served.is_empty() {
            on_field(
                "more work than the plan's services",
                Box::new(move |field| field.work = work.saturating_add(1)),
            );
        }
        let starts = served.iter().map(|one| one.service.starts).min();
        let ends = served.iter().map(|one| one.service.ends).max();
        if let (Some(starts), Some(ends)) = (starts, ends) {
            on_field(
                "services from later than the plan's",
                Box::new(move |field| field.from = starts + SECOND),
            );
            on_field(
                "services that end later than the plan's",
                Box::new(move |field| field.last_ends = ends + SECOND),
            );
        }
        let place = self.facts.scenario.place(&field.cover.field);
        for kind in [FieldKind::Handling, FieldKind::HostCheck, FieldKind::Stand] {
            let mut there = self.facts.scenario.resources.rows.iter();
            let is_limited = there.any(|row| row.place == place && kind.covers(row.kind));
            let is_idle = kind == FieldKind::HostCheck && field.cover.side == Side::Unloading;
            if kind != field.kind && (!is_limited || is_idle) {
                self.on_certificate("a resource that is not short there", position, move |row| {
                    if let Evidence::Field(field) = &mut row.evidence {
                        field.kind = kind;
                    }
                });
            }
        }
    }

    fn fleet(&mut self, position: usize, fleet: &Fleet) {
        let served = self.served(&fleet.cover);
        let starts = served.iter().map(|one| one.service.starts).min();
        let ends = served.iter().map(|one| one.service.ends).max();
        let (Some(starts), Some(ends)) = (starts, ends) else { return };
        let mut on_fleet = |kind, edit: Box<dyn Fn(&mut Fleet)>| {
            self.on_certificate(kind, position, move |row| {
                if let Evidence::Fleet(fleet) = &mut row.evidence {
                    edit(fleet);
                }
            });
        };
        on_fleet(
            "loadings from later than the plan's",
            Box::new(move |fleet| fleet.from = starts + SECOND),
        );
        on_fleet(
            "loadings that end later than the plan's",
            Box::new(move |fleet| fleet.last_ends = ends + SECOND),
        );
    }

    /// Spoils the n-th cover of a certificate; `set` is that of its claim, if it has one.
    fn cover(&mut self, position: usize, nth: usize, cover: &Cover, set: Option<&[String]>) {
        let scenario = self.facts.scenario;
        let mut on_cover = |kind, edit: Box<dyn Fn(&mut Cover)>| {
            self.on_certificate(kind, position, move |row| {
                cover_of(row, nth).into_iter().for_each(&edit);
            });
        };
        // No element boards where it leaves the aircraft.
        on_cover(
            "the other side of a cover",
            Box::new(|cover| {
                cover.side = match cover.side {
                    Side::Loading => Side::Unloading,
                    Side::Unloading => Side::Loading,
                }
            }),
        );
        let elsewhere = scenario.places.rows.iter().find(|row| row.name != cover.field);
        let elsewhere = elsewhere.map_or(NOBODY, |row| &row.name).to_owned();
        on_cover("another field", Box::new(move |cover| cover.field.clone_from(&elsewhere)));
        on_cover(
            "an element of a cover twice",
            Box::new(|cover| cover.elements.extend(cover.elements.first().cloned())),
        );
        let boards_there = |mode: Mode| match (mode, cover.side) {
            (Mode::Air { embark, .. }, Side::Loading) => {
                scenario.places[embark].name == cover.field
            }
            (Mode::Air { debark, .. }, Side::Unloading) => {
                scenario.places[debark].name == cover.field
            }
            (Mode::Road, _) => false,
        };
        let foreign = scenario.elements.rows.iter().find(|row| {
            let is_outside = set.is_some_and(|set| !set.contains(&row.name));
            !cover.elements.contains(&row.name) && (is_outside || !boards_there(row.mode))
        });
        let foreign = foreign.map_or(NOBODY, |row| &row.name).to_owned();
        on_cover(
            "an element that a cover is not about",
            Box::new(move |cover| cover.elements.push(foreign.clone())),
        );
        let of_others = scenario
            .pieces
            .rows
            .iter()
            .find(|row| !cover.elements.contains(&scenario.elements[row.element].name));
        let of_others = of_others.map_or(NOBODY, |row| &row.name).to_owned();
        if let Some(first) = cover.weights.first().cloned() {
            let twice = first.clone();
            on_cover("a piece twice", Box::new(move |cover| cover.weights.push(twice.clone())));
            on_cover(
                "a piece of no element of the cover",
                Box::new(move |cover| cover.weights[0].piece.clone_from(&of_others)),
            );
            on_cover("a weight below 0", Box::new(|cover| cover.weights[0].weight = -1));
        }
        on_cover(
            "a type twice",
            Box::new(|cover| {
                cover.capacities.extend(cover.capacities.first().cloned());
            }),
        );
        on_cover(
            "a type that does not exist",
            Box::new(|cover| {
                let aircraft = NOBODY.to_owned();
                cover.capacities.push(TypeCapacity { aircraft, capacity: 0 });
            }),
        );
        let all = cover.weights.iter().fold(0_i64, |sum, entry| {
            let row = scenario.pieces.rows.iter().find(|row| row.name == entry.piece);
            let count = row.map_or(0, |row| row.count);
            sum.saturating_add(count.saturating_mul(entry.weight))
        });
        if all < i64::MAX {
            on_cover(
                "a total above the weight of all",
                Box::new(move |cover| cover.total = all + 1),
            );
        }
        // The plan carries so much of the cover in one sortie of a type.
        for (aircraft, carried) in self.carried(cover) {
            let at = cover.capacities.iter().position(|entry| entry.aircraft == aircraft);
            let Some(at) = at.filter(|_| carried > 0) else { continue };
            let mut on_cover = |kind, edit: Box<dyn Fn(&mut Cover)>| {
                self.on_certificate(kind, position, move |row| {
                    cover_of(row, nth).into_iter().for_each(&edit);
                });
            };
            on_cover(
                "a capacity below what the plan carries",
                Box::new(move |cover| cover.capacities[at].capacity = carried - 1),
            );
            on_cover(
                "a type left out",
                Box::new(move |cover| {
                    cover.capacities.remove(at);
                }),
            );
            let capacity = cover.capacities[at].capacity;
            let heavier = cover.weights.iter().position(|entry| {
                let is_carried = |piece: PieceId| scenario.pieces[piece].name == entry.piece;
                self.loads(cover, &aircraft).any(|(piece, _)| is_carried(piece))
            });
            if let (Some(weight), Some(more)) = (heavier, capacity.checked_add(1)) {
                self.on_certificate("a weight above the capacity", position, move |row| {
                    cover_of(row, nth)
                        .into_iter()
                        .for_each(|cover| cover.weights[weight].weight = more);
                });
            }
        }
    }

    /// Returns what the plan's sorties of a type have on board from or to the field of a cover.
    fn loads<'s>(
        &'s self,
        cover: &'s Cover,
        aircraft: &'s str,
    ) -> impl Iterator<Item = (PieceId, i64)> + 's {
        let facts = self.facts;
        let flights = facts.resolved.flights.iter().filter(move |flight| {
            let place = match cover.side {
                Side::Loading => flight.from,
                Side::Unloading => flight.to,
            };
            facts.place(place) == cover.field
                && crate::flight::type_of(facts, flight).name == aircraft
        });
        flights.flat_map(|flight| flight.cargo.iter().map(|part| (part.piece, part.count)))
    }

    /// Returns per type the most weight that a sortie of the plan carries from or to the field of a cover.
    fn carried(&self, cover: &Cover) -> BTreeMap<String, i64> {
        let facts = self.facts;
        let weight_of = |piece: PieceId| {
            let name = &facts.scenario.pieces[piece].name;
            let entry = cover.weights.iter().find(|entry| entry.piece == *name);
            entry.map_or(0, |entry| entry.weight)
        };
        let mut most: BTreeMap<String, i64> = BTreeMap::new();
        for flight in &facts.resolved.flights {
            let place = match cover.side {
                Side::Loading => flight.from,
                Side::Unloading => flight.to,
            };
            if facts.place(place) == cover.field {
                let parts = flight.cargo.iter();
                let carried = parts.fold(0_i64, |sum, part| {
                    sum.saturating_add(weight_of(part.piece).saturating_mul(part.count))
                });
                let aircraft = crate::flight::type_of(facts, flight).name.clone();
                let known = most.entry(aircraft).or_default();
                *known = carried.max(*known);
            }
        }
        most
    }
}
