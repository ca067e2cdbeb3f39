//! What a walk changes in a draft: the order of departures, what is loaded together, who carries it, the handovers.

use crate::departure::{Departure, Lift};
use crate::handover::HandoverSchedule;
use crate::improve::{Draft, LARGE, Setting};
use crate::network::Network;
use crate::random::Random;
use crate::sequence;
use exeunt_model::scenario::{Mode, Scenario};
use exeunt_model::{Duration, Id, PieceId, PlaceId, Timestamp};
use std::collections::BTreeSet;

/// Sequences of handovers that are looked at by what they let hope for, before one is planned.
const OUTLOOKS: usize = 40;

/// Returns the way of a departure by air.
fn way(s: &Scenario, lift: &Lift) -> Option<(PlaceId, PlaceId)> {
    let (piece, _) = lift.load.first()?;
    match s.elements[s.pieces[*piece].element].mode {
        Mode::Air { embark, debark } => Some((embark, debark)),
        Mode::Road => None,
    }
}

impl Setting<'_> {
    /// Changes a draft somewhere; none if there is nothing to change.
    pub(crate) fn change(&self, draft: &Draft, random: &mut Random) -> Option<Draft> {
        let s = self.s;
        let mut new = draft.clone();
        if new.list.is_empty() {
            if s.pieces.is_empty() {
                return None;
            }
            new.list.push(Departure::Plain(random.below(s.elements.len())));
        }
        let n = new.list.len();
        if draft.held.is_some() && random.chance(0.7) {
            mend(&mut new.list, s.tails.len(), random);
            return Some(new);
        }
        let kind = random.below(if draft.steps.len() > 1 { 22 } else { 18 });
        // what has many planned again more than once is for small lists
        let is_large = n > LARGE;
        new.on_trust =
            !s.precedence.rows.is_empty() && random.chance(if is_large { 0.05 } else { 0.4 });
        if random.chance(0.5) {
            new.learnt.clear();
        }
        if random.chance(0.05) {
            toggle(&mut new.singly, random.below(s.elements.len()));
        }
        if random.chance(0.03) {
            toggle(&mut new.yielding, random.below(s.elements.len()));
        }
        if random.chance(0.1)
            && let Departure::Air(lift) = &mut new.list[random.below(n)]
        {
            match random.chance(0.7) {
                true => lift.stays = !lift.stays,
                false => lift.late = !lift.late,
            }
        }
        if !new.near.is_empty() && random.chance(if is_large { 0.05 } else { 0.3 }) {
            new.near.clear();
        }
        // brings plans forward where nobody joins as well: a load comes beside one of a way like its own
        if self.net().has_calls() && random.chance(0.06) {
            change_calls(s, self.net(), &mut new.list, random);
            return Some(new);
        }
        match kind {
            0..4 => move_block(&mut new.list, random),
            4..6 => {
                let (a, b) = (random.below(n), random.below(n));
                new.list.swap(a, b);
                free_tail(&mut new.list[a], random);
                free_tail(&mut new.list[b], random);
            }
            6..9 => ruin(s, &mut new.list, random),
            9..12 => change_loads(s, &mut new.list, random),
            12..15 => change_tails(&mut new.list, s.tails.len(), random),
            15 => refill(s, &mut new.list, random),
            16 => {
                let at = random.below(n);
                new.list.remove(at);
            }
            17 => take_along(s, &mut new.list, random),
            _ => self.change_handovers(&mut new, random),
        }
        Some(new)
    }

    /// Puts handovers in another order, and departures in the order that follows from it.
    fn change_handovers(&self, draft: &mut Draft, random: &mut Random) {
        let s = self.s;
        let site = |g: usize| s.steps[self.desk.groups[g][0]].site.index();
        let before = self.desk.schedule(&sequence::ranks(&draft.steps));
        for _ in 0..1 + random.below(3) {
            sequence::disturb(&mut draft.steps, &site, random);
        }
        if random.chance(0.6) {
            let value = |found: &HandoverSchedule| self.outlook.value(&found.ends);
            let steps = std::mem::take(&mut draft.steps);
            let mut walk = sequence::Walk::new(s, &self.desk, steps, random.bits(), value);
            for _ in 0..OUTLOOKS {
                walk.step();
            }
            draft.steps = walk.best().0;
        }
        let is_large = draft.list.len() > LARGE;
        if random.chance(0.3) && !is_large {
            draft.list.clear();
            return;
        }
        if random.chance(0.2) {
            return;
        }
        let after = self.desk.schedule(&sequence::ranks(&draft.steps));
        let freed = |element: usize, found: &HandoverSchedule| {
            let sites = &s.elements.rows[element].freed_by;
            sites.iter().filter_map(|site| found.ends[site.index()]).max()
        };
        let shift = |element: usize| match (freed(element, &before), freed(element, &after)) {
            (Some(before), Some(after)) => after - before,
            _ => Duration::ZERO,
        };
        let key = |departure: &Departure| match departure {
            Departure::Air(lift) => {
                let elements = lift.load.iter().map(|(piece, _)| s.pieces[*piece].element.index());
                let later = elements.map(shift).max().unwrap_or(Duration::ZERO);
                lift.begins + later
            }
            Departure::Road(_) | Departure::Plain(_) => Timestamp::MIN,
        };
        draft.list.sort_by_key(key);
        if !is_large {
            draft.untie();
        }
    }
}

/// Changes something near what begins later than the plan before has it: its place in the order, or who carries it. What is
/// changed keeps to its beginning there, so that changes stay few.
fn mend(list: &mut [Departure], n_tails: usize, random: &mut Random) {
    let n = list.len();
    let is_late = |departure: &Departure| match departure {
        Departure::Air(lift) => lift.not_before.is_none_or(|begins| lift.begins > begins),
        Departure::Road(_) | Departure::Plain(_) => false,
    };
    let late: Vec<usize> = (0..n).filter(|&at| is_late(&list[at])).collect();
    let radius = [1, 2, 4][random.below(3)];
    let pivot = match late.is_empty() {
        true => random.below(n),
        false => late[random.below(late.len())],
    };
    let near = (pivot + random.below(2 * radius + 1)).saturating_sub(radius).min(n - 1);
    let other = match late.is_empty() || random.chance(0.5) {
        true => random.below(n),
        false => late[random.below(late.len())],
    };
    match random.below(8) {
        // another place: nearer the beginning, so that it goes before those who took its turn, or the end
        0 => list[near..=pivot.max(near)].rotate_right(1),
        1 => list[pivot.min(near)..=pivot].rotate_right(1),
        2 => {
            let end = (pivot + 1 + random.below(n - pivot)).min(n);
            list[pivot..end].rotate_left(1);
        }
        3 => {
            if let Departure::Air(lift) = &mut list[pivot] {
                lift.tail = None;
            }
        }
        4 => {
            if let Departure::Air(lift) = &mut list[pivot] {
                lift.tail = Some((random.below(n_tails), random.chance(0.5)));
            }
        }
        5 => {
            if let Ok([Departure::Air(one), Departure::Air(two)]) =
                list.get_disjoint_mut([pivot, other])
            {
                std::mem::swap(&mut one.tail, &mut two.tail);
            }
        }
        6 => exchange_tails(list, pivot.min(other), pivot.max(other)),
        _ => {
            if let Departure::Air(lift) = &mut list[near] {
                lift.not_before = None;
                lift.tail = None;
            }
        }
    }
}

/// Has the tails of two departures exchange all that they carry from there on.
fn exchange_tails(list: &mut [Departure], first: usize, second: usize) {
    let tail = |at: usize| match &list[at] {
        Departure::Air(lift) => lift.tail.map(|(tail, _)| tail),
        Departure::Road(_) | Departure::Plain(_) => None,
    };
    let (Some(one), Some(two)) = (tail(first), tail(second)) else { return };
    for departure in &mut list[first..] {
        if let Departure::Air(Lift { tail: Some((tail, _)), .. }) = departure {
            *tail = match *tail {
                tail if tail == one => two,
                tail if tail == two => one,
                tail => tail,
            };
        }
    }
}

/// Has a load join another one of a way that begins or ends on its own, over the field at which it boards or leaves; or has
/// a load that does fly straight again.
fn change_calls(s: &Scenario, net: &Network<'_>, list: &mut Vec<Departure>, random: &mut Random) {
    let n = list.len();
    let at = random.below(n);
    let Departure::Air(lead) = &mut list[at] else { return };
    if lead.via.take().is_some() || std::mem::take(&mut lead.joins) {
        return;
    }
    let Some((from, to)) = way(s, lead) else { return };
    let stop = |other: &Departure| match other {
        Departure::Air(lift) if lift.via.is_none() && !lift.joins => match way(s, lift)? {
            (embark, debark) if embark == from && debark != to => Some(debark),
            (embark, debark) if debark == to && embark != from => Some(embark),
            _ => None,
        },
        _ => None,
    };
    let called = |at: usize| stop(&list[at]).filter(|stop| !net.calls(from, *stop, to).is_empty());
    let others: Vec<usize> = (0..n).filter(|&other| called(other).is_some()).collect();
    if others.is_empty() {
        return;
    }
    let nearest = others.iter().min_by_key(|other| other.abs_diff(at));
    let other = match nearest {
        Some(nearest) if random.chance(0.5) => *nearest,
        _ => others[random.below(others.len())],
    };
    let via = called(other);
    if let Departure::Air(lead) = &mut list[at] {
        (lead.via, lead.tail) = (via, None);
    }
    let mut joining = list.remove(other);
    if let Departure::Air(lift) = &mut joining {
        lift.joins = true;
    }
    let at = if other < at { at - 1 } else { at };
    list.insert(at + 1, joining);
    if other < at && random.chance(0.5) {
        // both where the other was
        let pair = list.drain(at..at + 2).collect::<Vec<_>>();
        list.splice(other..other, pair);
    }
}

fn toggle(set: &mut BTreeSet<usize>, element: usize) {
    if !set.remove(&element) {
        set.insert(element);
    }
}

/// Has some element leave earlier than all that waits for it in the end: at a place of the list, or of a piece of it as
/// many as there are with a load of its way.
fn take_along(s: &Scenario, list: &mut Vec<Departure>, random: &mut Random) {
    let piece = PieceId::from_index(random.below(s.pieces.len()));
    let row = &s.pieces[piece];
    let at = random.below(list.len());
    match (&mut list[at], s.elements[row.element].mode) {
        (Departure::Air(lift), Mode::Air { embark, debark })
            if random.chance(0.5) && way(s, lift) == Some((embark, debark)) =>
        {
            add(&mut lift.load, piece, row.count);
        }
        _ => list.insert(at, Departure::Plain(row.element.index())),
    }
}

fn free_tail(departure: &mut Departure, random: &mut Random) {
    if let Departure::Air(lift) = departure
        && random.chance(0.5)
    {
        lift.tail = None;
    }
}

/// Moves some departures that follow one another to another place.
fn move_block(list: &mut [Departure], random: &mut Random) {
    let n = list.len();
    let from = random.below(n);
    let long = (1 + random.below(3)).min(n - from);
    let most = if random.chance(0.8) { n.min(8) } else { n };
    let far = 1 + random.below(most);
    for departure in &mut list[from..from + long] {
        free_tail(departure, random);
    }
    if random.chance(0.5) {
        let start = from.saturating_sub(far);
        list[start..from + long].rotate_right(long);
    } else {
        let end = (from + long + far).min(n);
        list[from..end].rotate_left(long);
    }
}

/// Takes related departures out and puts them back in another order, carried by whoever serves best.
fn ruin(s: &Scenario, list: &mut Vec<Departure>, random: &mut Random) {
    let n = list.len();
    let pivot = random.below(n);
    let most = [2, 4, 8][random.below(3)].min(n);
    let by_way = random.chance(0.5);
    let of = |d: &Departure| match d {
        Departure::Air(lift) => way(s, lift),
        _ => None,
    };
    let wanted = of(&list[pivot]);
    let mut near: Vec<usize> =
        (0..n).filter(|&at| !by_way || wanted.is_none() || of(&list[at]) == wanted).collect();
    near.sort_by_key(|&at| at.abs_diff(pivot));
    near.truncate(most);
    near.sort_unstable();
    let first = near[0];
    let mut out: Vec<Departure> = near.iter().rev().map(|&at| list.remove(at)).collect();
    let together = random.chance(0.5);
    while !out.is_empty() {
        let mut next = out.swap_remove(random.below(out.len()));
        if let Departure::Air(lift) = &mut next {
            lift.tail = None;
        }
        let place = if together {
            first.min(list.len())
        } else {
            let spread = 2 * most + 1;
            (first + random.below(spread)).saturating_sub(most / 2).min(list.len())
        };
        list.insert(place, next);
    }
}

/// Moves pieces from one load to another of the same way, or puts two together.
fn change_loads(s: &Scenario, list: &mut Vec<Departure>, random: &mut Random) {
    let n = list.len();
    let a = random.below(n);
    let Departure::Air(first) = &list[a] else { return };
    let Some(of) = way(s, first) else { return };
    let others: Vec<usize> = (0..n)
        .filter(|&at| at != a && matches!(&list[at], Departure::Air(l) if way(s, l) == Some(of)))
        .collect();
    if others.is_empty() || random.chance(0.1) {
        // a part of it leaves by itself
        let Departure::Air(lift) = &mut list[a] else { return };
        if lift.load.len() + usize::try_from(lift.load[0].1).unwrap_or(1) < 3 {
            return;
        }
        let load = take_some(s, lift, random);
        let alone = Lift { load, tail: None, via: None, joins: false, ..lift.clone() };
        lift.load.retain(|(_, count)| *count > 0);
        list.insert(a + random.below(2), Departure::Air(alone));
        list.retain(|d| !matches!(d, Departure::Air(lift) if lift.load.is_empty()));
        return;
    }
    let nearest = others[random.below(others.len())];
    let b = if random.chance(0.5) {
        *others.iter().min_by_key(|at| at.abs_diff(a)).unwrap_or(&nearest)
    } else {
        nearest
    };
    let [Departure::Air(from), Departure::Air(to)] =
        list.get_disjoint_mut([a, b]).expect("two places")
    else {
        return;
    };
    match random.below(3) {
        0 => {
            // all of one joins the other
            for (piece, count) in std::mem::take(&mut from.load) {
                add(&mut to.load, piece, count);
            }
        }
        1 => {
            for (piece, count) in take_some(s, from, random) {
                add(&mut to.load, piece, count);
            }
        }
        _ => {
            let (some, others) = (take_some(s, from, random), take_some(s, to, random));
            for (piece, count) in some {
                add(&mut to.load, piece, count);
            }
            for (piece, count) in others {
                add(&mut from.load, piece, count);
            }
        }
    }
    for lift in [from, to] {
        lift.load.retain(|(_, count)| *count > 0);
        if random.chance(0.5) {
            lift.tail = None;
        }
    }
    list.retain(|d| !matches!(d, Departure::Air(lift) if lift.load.is_empty()));
}

/// Takes a random number of a random piece out of a load, or all of what goes in one load; rows stay, with what is left.
fn take_some(s: &Scenario, lift: &mut Lift, random: &mut Random) -> Vec<(PieceId, i64)> {
    let at = random.below(lift.load.len());
    let (piece, count) = &mut lift.load[at];
    let all = usize::try_from(*count).unwrap_or(1).max(1);
    let taken = if random.chance(0.5) { *count } else { 1 + random.below(all) as i64 };
    let element = s.pieces[*piece].element;
    if !s.elements[element].same_aircraft {
        *count -= taken;
        return vec![(*piece, taken)];
    }
    let rows = lift.load.iter_mut().filter(|(piece, _)| s.pieces[*piece].element == element);
    rows.map(|(piece, count)| (*piece, std::mem::take(count))).collect()
}

fn add(load: &mut Vec<(PieceId, i64)>, piece: PieceId, count: i64) {
    match load.binary_search_by_key(&piece, |row| row.0) {
        Ok(at) => load[at].1 += count,
        Err(at) => load.insert(at, (piece, count)),
    }
}

/// Has other tails carry some loads.
fn change_tails(list: &mut [Departure], n_tails: usize, random: &mut Random) {
    let n = list.len();
    let a = random.below(n);
    let b = random.below(n);
    if a != b
        && random.chance(0.4)
        && let Ok([Departure::Air(one), Departure::Air(other)]) = list.get_disjoint_mut([a, b])
    {
        std::mem::swap(&mut one.tail, &mut other.tail);
        return;
    }
    if random.chance(0.1)
        && let (Departure::Air(one), Departure::Air(other)) = (&list[a], &list[b])
        && let (Some((spared, _)), tail) = (one.tail, other.tail)
    {
        // an aircraft is spared: another carries all that it carries
        for departure in list {
            if let Departure::Air(lift) = departure
                && lift.tail.is_some_and(|(tail, _)| tail == spared)
            {
                lift.tail = tail;
            }
        }
        return;
    }
    if random.chance(0.3) {
        if let Departure::Air(lift) = &mut list[a] {
            lift.tail = Some((random.below(n_tails), random.chance(0.5)));
        }
        return;
    }
    let long = 1 + random.below(4.min(n - a));
    let turn = random.chance(0.3);
    for departure in &mut list[a..a + long] {
        if let Departure::Air(lift) = departure {
            lift.tail = match lift.tail {
                Some((tail, cut)) if turn => Some((tail, !cut)),
                _ => None,
            };
        }
    }
}

/// Has some loads of an element filled anew.
fn refill(s: &Scenario, list: &mut [Departure], random: &mut Random) {
    let at = random.below(list.len());
    let Departure::Air(lift) = &list[at] else { return };
    let element = s.pieces[lift.load[0].0].element;
    for departure in &mut list[at..] {
        if let Departure::Air(lift) = departure
            && lift.load.iter().all(|(piece, _)| s.pieces[*piece].element == element)
        {
            *departure = Departure::Plain(element.index());
        }
    }
}
