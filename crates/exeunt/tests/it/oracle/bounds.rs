//! The strongest certificates that the checker accepts of an operation, and the optimum beside them.
//!
//! No prover is needed: of every number of a certificate the checker accepts all up to some limit, which bisection finds.
//! What it accepts there must hold of the optimum, or the sums of `docs/model.md`, section 13, are no bound.

use super::writing;
use super::{Reading, findings, generate, n_operations, optimum, per_cent};
use exeunt_check::verify;
use exeunt_model::certificate::*;
use exeunt_model::scenario::{Milestone, Mode, ResourceKind};
use exeunt_model::{Plan, Scenario, Timestamp};

/// An operation with the premise of its optimum.
struct Prover<'a> {
    s: &'a Scenario,
    proof: Proof,
}

/// Returns the largest number of a range that a test passes, which passes all up to it; none if it passes none.
fn largest(low: i64, high: i64, passes: impl Fn(i64) -> bool) -> Option<i64> {
    let (mut low, mut high) = (low, high);
    if !passes(low) {
        return None;
    }
    while low < high {
        let middle = low + (high - low + 1) / 2;
        if passes(middle) { low = middle } else { high = middle - 1 }
    }
    Some(low)
}

impl<'a> Prover<'a> {
    fn new(s: &'a Scenario, unmoved: i64) -> Self {
        let with = |may_stay| Proof { unmoved, may_stay, ..Proof::default() };
        let holds = |may_stay: &i64| verify(s, &with(*may_stay)).findings.is_empty();
        let may_stay = (0..=unmoved).find(holds).expect("one number may stay");
        Self { s, proof: with(may_stay) }
    }

    fn holds(&self, stage: Stage, claim: Claim, evidence: Evidence) -> bool {
        let certificates = vec![Certificate { stage, claim, evidence }];
        verify(self.s, &Proof { certificates, ..self.proof.clone() }).findings.is_empty()
    }

    /// Moments around the operation, as seconds.
    fn span(&self) -> (i64, i64) {
        let start = self.s.operation.start.0;
        (start, start + 400 * 86_400)
    }

    /// Every element by itself, every party's, and all.
    fn sets(&self) -> Vec<Vec<String>> {
        let rows = || self.s.elements.rows.iter();
        let mut sets: Vec<Vec<String>> = rows().map(|row| vec![row.name.clone()]).collect();
        for party in self.s.parties.ids() {
            sets.push(rows().filter(|e| e.party == party).map(|e| e.name.clone()).collect());
        }
        sets.push(rows().map(|row| row.name.clone()).collect());
        sets.retain(|set| !set.is_empty());
        sets
    }

    /// Adds the latest arrivals that some evidence proves.
    fn add_arrivals(&self, stage: Stage, evidence: &Evidence, found: &mut Vec<Certificate>) {
        let (from, to) = self.span();
        for set in self.sets() {
            for milestone in [
                Milestone::LeftSite,
                Milestone::LeftHost,
                Milestone::HomeAirfield,
                Milestone::HomeBase,
            ] {
                let claim = |t| Claim::Arrival {
                    set: set.clone(),
                    milestone,
                    not_before: Some(Timestamp(t)),
                    promise: None,
                    whole: false,
                };
                if let Some(t) =
                    largest(from, to, |t| self.holds(stage, claim(t), evidence.clone()))
                {
                    found.push(Certificate { stage, claim: claim(t), evidence: evidence.clone() });
                }
            }
        }
    }

    /// Returns a claim about all, for numbers of evidence to be tried with.
    fn weak(&self, elements: Vec<String>) -> Claim {
        let not_before = Some(Timestamp(self.span().0));
        Claim::Arrival {
            set: elements,
            milestone: Milestone::HomeBase,
            not_before,
            promise: None,
            whole: false,
        }
    }

    fn all(&self) -> Vec<String> {
        self.s.elements.rows.iter().map(|row| row.name.clone()).collect()
    }

    /// Returns the work of every team.
    fn teams(&self) -> Vec<Teams> {
        let s = self.s;
        let (start, end) = self.span();
        let mut found = Vec::new();
        for (id, row) in s.resources.iter().filter(|(_, row)| row.kind == ResourceKind::Team) {
            let users = s.steps.rows.iter().filter(|step| step.needs.iter().any(|n| n.0 == id));
            let mut teams = Teams {
                resource: row.name.clone(),
                from: Timestamp(start),
                steps: Vec::new(),
                last_ends: Timestamp(start),
            };
            let holds = |teams: &Teams| {
                self.holds(Stage::B1, self.weak(self.all()), Evidence::Teams(teams.clone()))
            };
            for step in users {
                teams.steps.push(step.name.clone());
                if !holds(&teams) {
                    teams.steps.pop();
                }
            }
            let with_from = |t| Teams { from: Timestamp(t), ..teams.clone() };
            let Some(from) = largest(start, end, |t| holds(&with_from(t))) else { continue };
            let teams = with_from(from);
            let with_end = |t| Teams { last_ends: Timestamp(t), ..teams.clone() };
            let Some(last) = largest(start, end, |t| holds(&with_end(t))) else { continue };
            found.push(with_end(last));
        }
        found
    }

    /// Adds lemmas on every step that a team's work holds up.
    fn add_lemmas(&mut self) {
        let (start, end) = self.span();
        for teams in self.teams() {
            for step in &self.s.steps.rows {
                let lemma = |t| Lemma {
                    step: step.name.clone(),
                    not_before: Timestamp(t),
                    teams: teams.clone(),
                };
                let with = |t| {
                    let mut proof = self.proof.clone();
                    proof.lemmas.push(lemma(t));
                    proof
                };
                if let Some(t) =
                    largest(start, end, |t| verify(self.s, &with(t)).findings.is_empty())
                {
                    self.proof = with(t);
                }
            }
        }
    }

    /// Returns covers of all that boards, or leaves the aircraft, at one field: each with the least capacities and the
    /// largest total.
    fn covers(&self) -> Vec<Cover> {
        let s = self.s;
        let weigh: [fn(&exeunt_model::scenario::Piece) -> i64; 4] =
            [|_| 1, |piece| piece.items_each(), |piece| piece.length.0, |piece| piece.mass.0];
        let mut found = Vec::new();
        for (place, row) in s.places.iter() {
            for (side, weight) in [Side::Loading, Side::Unloading]
                .into_iter()
                .flat_map(|side| weigh.into_iter().map(move |weight| (side, weight)))
            {
                let is_there = |mode| match (mode, side) {
                    (Mode::Air { embark, .. }, Side::Loading) => embark == place,
                    (Mode::Air { debark, .. }, Side::Unloading) => debark == place,
                    (Mode::Road, _) => false,
                };
                let there = s.elements.rows.iter().filter(|e| is_there(e.mode));
                let moves = |name: &String| {
                    let path = Evidence::Path;
                    self.holds(Stage::B0, self.weak(vec![name.clone()]), path)
                };
                let elements: Vec<String> = there.map(|e| e.name.clone()).filter(moves).collect();
                if elements.is_empty() {
                    continue;
                }
                let pieces = s
                    .pieces
                    .rows
                    .iter()
                    .filter(|piece| elements.contains(&s.elements[piece.element].name));
                let weights: Vec<Weight> = pieces
                    .map(|piece| Weight { piece: piece.name.clone(), weight: weight(piece) })
                    .collect();
                let cover = Cover {
                    side,
                    field: row.name.clone(),
                    elements,
                    weights,
                    capacities: s
                        .types
                        .rows
                        .iter()
                        .map(|row| TypeCapacity { aircraft: row.name.clone(), capacity: i64::MAX })
                        .collect(),
                    total: 1,
                };
                found.extend(self.tightened(cover));
            }
        }
        found
    }

    fn tightened(&self, mut cover: Cover) -> Option<Cover> {
        // an unloading is no evidence of a fleet: what the checker says of the cover comes before that
        let is_right = |cover: &Cover| {
            let from = Timestamp(self.span().0);
            let fleet = Fleet { from, cover: cover.clone(), last_ends: from };
            let certificate = Certificate {
                stage: Stage::B3,
                claim: self.weak(cover.elements.clone()),
                evidence: Evidence::Fleet(fleet),
            };
            let proof = Proof { certificates: vec![certificate], ..self.proof.clone() };
            let findings = verify(self.s, &proof).findings;
            findings.iter().all(|finding| finding.message.contains("counted by what it loads"))
        };
        let with_total = |total| Cover { total, ..cover.clone() };
        cover = with_total(largest(1, 1_000_000_000, |total| is_right(&with_total(total)))?);
        for position in 0..cover.capacities.len() {
            let with = |capacity| {
                let mut cover = cover.clone();
                cover.capacities[position].capacity = capacity;
                cover
            };
            let spare = largest(0, 1_000_000_000, |less| is_right(&with(1_000_000_000 - less)))?;
            cover = with(1_000_000_000 - spare);
        }
        Some(cover)
    }

    fn fields(&self, cover: &Cover) -> Vec<Field> {
        let (start, end) = self.span();
        let mut found = Vec::new();
        for kind in [FieldKind::Handling, FieldKind::HostCheck, FieldKind::Stand] {
            let holds = |field: &Field| {
                let claim = self.weak(field.cover.elements.clone());
                self.holds(Stage::B4, claim, Evidence::Field(field.clone()))
            };
            let from = Timestamp(start);
            let field = Field { kind, from, cover: cover.clone(), work: 0, last_ends: from };
            let with = |t| Field { from: Timestamp(t), ..field.clone() };
            let Some(t) = largest(start, end, |t| holds(&with(t))) else { continue };
            let field = with(t);
            let with = |work| Field { work, ..field.clone() };
            let Some(work) = largest(0, 1_000_000_000, |work| holds(&with(work))) else { continue };
            let field = with(work);
            let with = |t| Field { last_ends: Timestamp(t), ..field.clone() };
            if let Some(t) = largest(start, end, |t| holds(&with(t))) {
                found.push(with(t));
            }
        }
        found
    }

    fn fleet(&self, cover: &Cover) -> Option<Fleet> {
        let (start, end) = self.span();
        let holds = |fleet: &Fleet| {
            let claim = self.weak(fleet.cover.elements.clone());
            self.holds(Stage::B3, claim, Evidence::Fleet(fleet.clone()))
        };
        let from = Timestamp(start);
        let fleet = Fleet { from, cover: cover.clone(), last_ends: from };
        let with = |t| Fleet { from: Timestamp(t), ..fleet.clone() };
        let fleet = with(largest(start, end, |t| holds(&with(t)))?);
        let with = |t| Fleet { last_ends: Timestamp(t), ..fleet.clone() };
        Some(with(largest(start, end, |t| holds(&with(t)))?))
    }

    fn flights(&self, cover: &Cover) -> Option<Certificate> {
        let evidence = Evidence::Loads { covers: vec![cover.clone()] };
        let mut least = [0; 3];
        for position in 0..3 {
            let claim = |n| {
                let mut least = least;
                least[position] = n;
                let [sorties, minutes, cost] = least;
                Claim::Flights { sorties, minutes, cost }
            };
            least[position] =
                largest(0, 1_000_000_000, |n| self.holds(Stage::B2, claim(n), evidence.clone()))?;
        }
        let [sorties, minutes, cost] = least;
        let claim = Claim::Flights { sorties, minutes, cost };
        Some(Certificate { stage: Stage::B2, claim, evidence })
    }

    /// Returns the proof with everything that holds.
    fn prove(mut self) -> Proof {
        let mut found = Vec::new();
        let unmoved = |at_least| Claim::Unmoved { at_least };
        let never = largest(0, 10_000, |n| self.holds(Stage::B0, unmoved(n), Evidence::Path));
        let claim = unmoved(never.expect("0 holds"));
        found.push(Certificate { stage: Stage::B0, claim, evidence: Evidence::Path });
        self.add_arrivals(Stage::B0, &Evidence::Path, &mut found);
        self.add_lemmas();
        self.add_arrivals(Stage::B1, &Evidence::Path, &mut found);
        for teams in self.teams() {
            self.add_arrivals(Stage::B1, &Evidence::Teams(teams), &mut found);
        }
        for cover in self.covers() {
            found.extend(self.flights(&cover));
            for field in self.fields(&cover) {
                self.add_arrivals(Stage::B4, &Evidence::Field(field), &mut found);
            }
            if let Some(fleet) = self.fleet(&cover) {
                self.add_arrivals(Stage::B3, &Evidence::Fleet(fleet), &mut found);
            }
        }
        Proof { certificates: found, ..self.proof }
    }
}

#[test]
#[expect(
    clippy::print_stdout,
    reason = "how tight the bounds are is what one wants to know; shown with --nocapture"
)]
fn the_strongest_certificates_hold_of_the_optimum() {
    let n = n_operations() / 40;
    let (mut complaints, mut n_certificates, mut n_tight) = (Vec::new(), 0, 0);
    let mut gaps = Vec::new();
    for seed in 0..n {
        let s = generate::operation(seed);
        let r = Reading::new(&s);
        let best = optimum(&r, None);
        let plan = writing::write(&r, &best, &best.times);
        let proof = Prover::new(&s, best.value[1]).prove();
        n_certificates += proof.certificates.len();
        let plan = Plan { proof: Some(proof), ..plan };
        let found = findings(&s, &plan);
        if !found.is_empty() {
            complaints.push(format!("seed {seed}: {}", found.join("; ")));
        }
        let verdict = exeunt_check::check(&s, &plan, None);
        let proven = verdict.proven.expect("a proof");
        let z4 = verdict.levels.iter().position(|level| level == "z4").expect("a level");
        n_tight += usize::from(proven.gaps[z4] == Some(0));
        gaps.extend(proven.gaps[z4]);
        for case in exeunt_check::self_test_proof(&s, &plan).iter().filter(|case| !case.caught) {
            complaints.push(format!("seed {seed}: not refused: {}, {}", case.kind, case.what));
        }
    }
    let whole = usize::try_from(n).expect("small");
    let mean = gaps.iter().sum::<i64>() as f64 / 100.0 / gaps.len().max(1) as f64;
    println!(
        "{n} operations, {n_certificates} certificates; z4 proven of {n_tight} ({:.0} %), mean gap {mean:.1} %",
        per_cent(n_tight, whole)
    );
    let first: Vec<&str> = complaints.iter().take(12).map(String::as_str).collect();
    assert!(first.is_empty(), "{} complaints:\n{}", complaints.len(), first.join("\n"));
}

/// How often a bound of the engine meets the optimum, by level and by the stage that it rests on.
#[derive(Default)]
struct Tight {
    n: usize,
    equal: usize,
}

#[test]
#[expect(
    clippy::print_stdout,
    reason = "how tight the bounds are is what one wants to know; shown with --nocapture"
)]
fn no_bound_of_the_engine_is_above_the_optimum() {
    let (mut complaints, mut n_certificates) = (Vec::new(), 0);
    let mut tight: std::collections::BTreeMap<(String, String), Tight> = Default::default();
    for seed in 0..n_operations() {
        let s = generate::operation(seed);
        let r = Reading::new(&s);
        let best = optimum(&r, None);
        let plan = writing::write(&r, &best, &best.times);
        let plan = exeunt_engine::prove_plan(&s, plan, &[]);
        n_certificates += plan.proof.as_ref().map_or(0, |proof| proof.certificates.len());
        // the checker refuses a certificate that does not hold and a bound above the value
        let verdict = exeunt_check::check(&s, &plan, None);
        let found = findings(&s, &plan);
        if !verdict.accepted {
            complaints.push(format!("seed {seed}: {}", found.join("; ")));
        }
        let Some(proven) = verdict.proven else {
            complaints.push(format!("seed {seed}: nothing is proven"));
            continue;
        };
        for (at, level) in verdict.levels.iter().enumerate() {
            let (Some(bound), value) = (proven.bounds[at], verdict.objective[at]) else { continue };
            let stage = proven.stages[at].map_or("-".to_owned(), |stage| format!("{stage:?}"));
            let row = tight.entry((level.clone(), stage)).or_default();
            row.n += 1;
            row.equal += usize::from(bound == value);
        }
    }
    println!("{n_certificates} certificates; bound equal to the optimum, by level and stage:");
    for ((level, stage), Tight { n, equal }) in &tight {
        println!("  {level:10} {stage:3} {equal:5} of {n:5} ({:.1} %)", per_cent(*equal, *n));
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
