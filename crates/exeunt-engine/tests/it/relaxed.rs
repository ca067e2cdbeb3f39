//! Bounds of what was relaxed: no plan of the stricter operation beats them, and what they do not rest on changes nothing.

use super::*;
use exeunt_engine::prove;
use exeunt_model::certificate::{Certificate, Evidence, Proof};
use exeunt_model::scenario::*;
use exeunt_model::time::to_windows;
use exeunt_model::{Duration, ElementId, Interval, PlaceId, ResourceId};

const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// An operation with something relaxed, and what it was.
type Relaxed = (String, Scenario);

/// Returns a copy with a change.
fn with(s: &Scenario, what: &str, change: impl FnOnce(&mut Scenario)) -> Relaxed {
    let mut s = s.clone();
    change(&mut s);
    (what.to_owned(), s)
}

/// Returns the operation with one more of a resource at any time.
fn one_more(s: &Scenario, id: ResourceId) -> Relaxed {
    with(s, &format!("one more of {}", s.resources[id].name), |s| {
        let windows = vec![Interval::ALWAYS];
        s.resources[id].capacity.push(Capacity { amount: 1, windows, provided_by: None });
    })
}

fn wider(windows: &[Interval]) -> Vec<Interval> {
    let one = |w: &Interval| Interval { from: w.from - HOUR, to: w.to + HOUR };
    to_windows(windows.iter().map(one).collect())
}

/// Returns the operation relaxed in every way that the generator has something for, one at a time.
fn relaxations(s: &Scenario) -> Vec<Relaxed> {
    let mut all: Vec<Relaxed> = s.resources.ids().map(|id| one_more(s, id)).collect();
    all.extend(s.tails.iter().map(|(_, tail)| {
        with(s, &format!("one more aircraft like {}", tail.name), |s| {
            let (name, pool) = ("MORE".to_owned(), "MORE".to_owned());
            let available = Interval { from: s.operation.start, ..Interval::ALWAYS };
            s.tails.push(Tail { name, pool, available, maintenance: Vec::new(), ..tail.clone() });
        })
    }));
    all.extend((0..s.hours.len()).map(|at| {
        with(s, &format!("hours {at} wider"), |s| s.hours[at].windows = wider(&s.hours[at].windows))
    }));
    all.push(with(s, "no curfews", |s| s.curfews.clear()));
    all.push(with(s, "legs never closed", |s| {
        s.air_legs.rows.iter_mut().for_each(|leg| leg.closed.clear());
    }));
    all.push(with(s, "every clearance at any time", |s| {
        for row in &mut s.clearances.rows {
            (row.valid, row.granted) = (Some(Interval::ALWAYS), true);
        }
    }));
    all.push(with(s, "posts always open", |s| {
        for border in s.roads.rows.iter_mut().filter_map(|road| road.border.as_mut()) {
            border.windows = vec![Interval::ALWAYS];
        }
    }));
    all.push(with(s, "no conditions", |s| s.conditions.rows.clear()));
    all.push(with(s, "aircraft longer available", |s| {
        for tail in &mut s.tails.rows {
            tail.available.to = Timestamp::MAX;
            tail.maintenance.clear();
        }
    }));
    all.push(with(s, "elements ready at once", |s| {
        for element in &mut s.elements.rows {
            (element.ready, element.load_from) = (s.operation.start, None);
        }
    }));
    all.push(with(s, "steps half as long and without waits", |s| {
        for step in &mut s.steps.rows {
            step.duration = Duration(step.duration.0 / 2);
            step.after.iter_mut().for_each(|(_, lag)| *lag = Duration::ZERO);
        }
    }));
    all.push(with(s, "later dates", later_dates));
    all.extend(
        s.elements
            .ids()
            .filter(|e| provides_nothing(s, *e))
            .map(|e| with(s, &format!("without {}", s.elements[e].name), |s| leave_out(s, e))),
    );
    all
}

fn later_dates(s: &mut Scenario) {
    for due in s.elements.rows.iter_mut().filter_map(|element| element.due.as_mut()) {
        due.at = due.at + DAY;
    }
    for promise in &mut s.promises.rows {
        match &mut promise.predicate {
            Predicate::BegunBy { by, .. } | Predicate::AllBy { by, .. } => {
                (by.strict, by.lenient) = (by.strict + DAY, by.lenient + DAY);
            }
            Predicate::OnDay { day, .. } | Predicate::CountOnDay { day, .. } => {
                (day.strict.to, day.lenient.to) = (day.strict.to + DAY, day.lenient.to + DAY);
            }
            Predicate::Mode { .. } => {}
        }
    }
}

/// Returns whether an element is no capacity of anybody.
fn provides_nothing(s: &Scenario, element: ElementId) -> bool {
    let mut rows = s.resources.rows.iter().flat_map(|resource| &resource.capacity);
    rows.all(|row| row.provided_by != Some(element))
}

/// Leaves out what an element moves. That somebody begins in time may have been kept by this element: such promises
/// are no longer required, which is a relaxation too.
fn leave_out(s: &mut Scenario, element: ElementId) {
    s.pieces.rows.retain(|piece| piece.element != element);
    for promise in &mut s.promises.rows {
        if matches!(promise.predicate, Predicate::BegunBy { .. }) {
            promise.required = false;
        }
    }
}

/// Returns checked plans of an operation: of two seeds, and of more epochs.
///
/// A hard date that cannot be kept is broken in the open (C04) and counts in z2; nothing else may be found.
fn checked_plans(s: &Scenario) -> Vec<exeunt_model::finding::Verdict> {
    let request = |seed, epochs| Request { seed, epochs, ..Request::default() };
    let requests = [request(1, 1), request(2, 1), request(3, 3)];
    let verdicts = requests.iter().map(|request| {
        let plan = solve(s, request, |_| true, |_| {}).expect("nothing is frozen").plan;
        exeunt_check::check(s, &plan, None)
    });
    let only_dates = |verdict: &exeunt_model::finding::Verdict| {
        verdict.findings.iter().all(|finding| finding.rule == Code::Rule(Rule::C04))
    };
    verdicts.filter(only_dates).collect()
}

#[test]
fn no_plan_beats_the_bounds_of_its_operation_or_of_a_relaxed_one() {
    let (mut wrong, mut n_relaxed, mut n_plans) = (Vec::new(), 0, 0);
    for seed in 0..100 {
        let s = generate::operation(seed);
        let plans = checked_plans(&s);
        n_plans += plans.len();
        let premises = plans.iter().map(|plan| plan.unmoved);
        let premises: std::collections::BTreeSet<i64> = premises.collect();
        for (what, relaxed) in [with(&s, "as it is", |_| ())].into_iter().chain(relaxations(&s)) {
            n_relaxed += 1;
            for &unmoved in &premises {
                let proven = prove(&relaxed, unmoved, &[]);
                let verdict = exeunt_check::verify(&relaxed, &proven.proof);
                let refused = verdict.findings.iter();
                wrong.extend(refused.map(|f| format!("{seed} {what}: {}", f.message)));
                for plan in plans.iter().filter(|plan| plan.unmoved <= unmoved) {
                    for (at, level) in plan.levels.iter().enumerate() {
                        let (value, bound) = (plan.objective[at], proven.bounds[at]);
                        if bound.is_some_and(|bound| bound > value) {
                            wrong.push(format!("{seed} {what}: {level} {value} {bound:?}"));
                        }
                    }
                    let pairs = [
                        ("closure", verdict.closure, plan.closure),
                        ("left_host", verdict.left_host, plan.closure_left_host),
                    ];
                    for (of, bound, value) in pairs {
                        if bound > value {
                            wrong.push(format!("{seed} {what}: {of} {value:?} {bound:?}"));
                        }
                    }
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(20)].join("\n")
    );
    assert!(n_plans > 250, "{n_plans} plans");
    assert!(n_relaxed > 2_000, "{n_relaxed} operations");
}

/// Returns whether a certificate names a resource.
fn names(s: &Scenario, certificate: &Certificate, id: ResourceId) -> bool {
    let resource = &s.resources[id];
    match &certificate.evidence {
        Evidence::Teams(teams) => teams.resource == resource.name,
        Evidence::Field(field) => {
            let place = resource.place.map(|place| s.places[place].name.as_str());
            field.kind.covers(resource.kind) && place == Some(&field.cover.field)
        }
        _ => false,
    }
}

/// Returns whether some lemma names a resource.
fn is_in_a_lemma(s: &Scenario, proof: &Proof, id: ResourceId) -> bool {
    proof.lemmas.iter().any(|lemma| lemma.teams.resource == s.resources[id].name)
}

/// Returns whether a single step or service may have to wait for a resource, so that the path of a piece rests on it:
/// at some time there is less than what the greatest of them takes. Nobody waits by himself for stands and services.
fn may_wait(s: &Scenario, id: ResourceId) -> bool {
    let resource = &s.resources[id];
    let needs = s.steps.rows.iter().flat_map(|step| &step.needs);
    let need = match resource.kind {
        ResourceKind::Team => needs.filter(|(of, _)| *of == id).map(|(_, need)| *need).max(),
        ResourceKind::Handling => s.types.rows.iter().map(|row| row.handling_teams).max(),
        ResourceKind::HostCheck => Some(1),
        ResourceKind::Stand(_) | ResourceKind::Service | ResourceKind::Escort => None,
    };
    // what is there at any time, less everything that others take at some time
    let steady = resource.capacity.iter().map(|row| match row.amount {
        amount if amount < 0 && row.provided_by.is_some() => 0,
        amount if amount < 0 || row.windows == [Interval::ALWAYS] => amount,
        _ => 0,
    });
    need.is_some_and(|need| steady.sum::<i64>() < need)
}

#[test]
fn a_certificate_stays_right_when_a_resource_that_it_does_not_name_gets_more() {
    let (mut wrong, mut n_tried, mut n_named) = (Vec::new(), 0, 0);
    for seed in 0..100 {
        let s = generate::operation(seed);
        let proof = prove(&s, plan(&s, 1).objective[1], &[]).proof;
        for id in s.resources.ids() {
            let (what, more) = one_more(&s, id);
            for certificate in &proof.certificates {
                n_named += i32::from(names(&s, certificate, id));
                if names(&s, certificate, id) || is_in_a_lemma(&s, &proof, id) || may_wait(&s, id) {
                    continue;
                }
                n_tried += 1;
                let certificates = vec![certificate.clone()];
                let findings =
                    exeunt_check::verify(&more, &Proof { certificates, ..proof.clone() }).findings;
                wrong.extend(findings.iter().map(|f| format!("{seed} {what}: {}", f.message)));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(20)].join("\n")
    );
    assert!(n_tried > 3_000, "{n_tried} tried");
    assert!(n_named > 100, "{n_named} named");
}

/// Returns the operation relaxed in what no certificate of the closure rests on, one at a time.
fn beside_the_closure(s: &Scenario, proof: &Proof) -> Vec<Relaxed> {
    let of_closure = |id| proof.certificates.iter().any(|certificate| names(s, certificate, id));
    let rests =
        |id: &ResourceId| of_closure(*id) || is_in_a_lemma(s, proof, *id) || may_wait(s, *id);
    let mut all: Vec<Relaxed> =
        s.resources.ids().filter(|id| !rests(id)).map(|id| one_more(s, id)).collect();
    let is_used = |place: PlaceId| {
        s.elements.rows.iter().any(
            |e| matches!(e.mode, Mode::Air { embark, debark } if embark == place || debark == place),
        )
    };
    for (at, row) in s.hours.iter().enumerate() {
        if row.activity == Activity::Handling && !is_used(row.place) {
            let what = format!("handling at any time at {}", s.places[row.place].name);
            all.push(with(s, &what, |s| s.hours[at].windows = vec![Interval::ALWAYS]));
        }
    }
    if !s.operation.curfews_bind_columns {
        all.push(with(s, "no curfews", |s| s.curfews.clear()));
    }
    all.push(with(s, "no room for staging needed", |s| {
        for field in s.places.rows.iter_mut().filter_map(|place| place.airfield.as_mut()) {
            (field.slot, field.staging_people, field.staging_vehicles) =
                (Duration::ZERO, None, None);
        }
    }));
    all.push(with(s, "no maintenance", |s| {
        s.tails.rows.iter_mut().for_each(|tail| tail.maintenance.clear());
    }));
    all.push(with(s, "no order of departure", |s| s.precedence.rows.clear()));
    all.push(with(s, "later dates", later_dates));
    all
}

#[test]
fn relaxing_what_no_certificate_of_the_closure_rests_on_leaves_its_bound() {
    let (mut wrong, mut n_tried) = (Vec::new(), 0);
    for seed in 0..100 {
        let s = generate::operation(seed);
        let unmoved = plan(&s, 1).objective[1];
        let proof = prove(&s, unmoved, &[]).proof;
        let closure = exeunt_check::verify(&s, &proof).closure;
        for (what, relaxed) in beside_the_closure(&s, &proof) {
            n_tried += 1;
            let again = prove(&relaxed, unmoved, &[]).proof;
            let verdict = exeunt_check::verify(&relaxed, &again);
            if !verdict.findings.is_empty() || verdict.closure != closure {
                wrong.push(format!("{seed} {what}: {closure:?} {:?}", verdict.closure));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(20)].join("\n")
    );
    assert!(n_tried > 500, "{n_tried} tried");
}
