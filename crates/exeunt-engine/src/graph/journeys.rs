//! Who goes when: items told apart first in, first out, and the order between those who leave (model.md sections 1, 6, 7).

use super::sources::Builder;
use super::{Activity, Anchor, Items, NodeId, Why};
use exeunt_model::scenario::{Milestone, Mode, PrecedenceKind, Scenario};
use exeunt_model::{Duration, ElementId, PieceId, PlaceId, PrecedenceId, Timestamp};
use std::collections::{BTreeMap, VecDeque};

/// What moved, and each part of a move that took items from somewhere.
pub(super) struct Journeys {
    pub(super) items: Vec<Items>,
    pub(super) taken: Vec<Taken>,
}

/// Items that one move took from where they were.
pub(super) struct Taken {
    pub(super) piece: PieceId,
    pub(super) count: i64,
    /// Where they were.
    pub(super) from: PlaceId,
    /// The move takes them.
    pub(super) leaves: Anchor,
    /// The column or sortie departs.
    pub(super) departs: Anchor,
    /// They had not moved before.
    pub(super) is_first: bool,
    /// They had come by a column, which cleared then.
    pub(super) came_by_column: Option<Anchor>,
    /// The move is a flight.
    pub(super) flies: bool,
}

/// A move of items of one piece.
struct Move {
    piece: PieceId,
    count: i64,
    from: PlaceId,
    to: PlaceId,
    leaves: Anchor,
    departs: Anchor,
    available: Anchor,
    lands: Option<Anchor>,
    leaves_host: Option<Anchor>,
}

/// Items with the same past.
#[derive(Clone)]
struct Group {
    place: PlaceId,
    since: Timestamp,
    available: Option<Anchor>,
    came_by_column: bool,
    landed: Option<(Anchor, PlaceId)>,
    items: Items,
}

/// Follows all items through the plan and lets each move wait for the one that brought its items.
pub(super) fn follow(b: &mut Builder<'_>) -> Journeys {
    let mut moves = moves(b);
    moves.sort_by_key(|m| (m.piece, b.planned(m.leaves), b.planned(m.available)));
    let mut journeys = Journeys { items: Vec::new(), taken: Vec::new() };
    let mut rest = moves.as_slice();
    for piece in b.s.pieces.ids() {
        let n = rest.iter().take_while(|m| m.piece == piece).count();
        let (mine, others) = rest.split_at(n);
        follow_piece(b, piece, mine, &mut journeys);
        rest = others;
    }
    journeys
}

/// Follows one piece through its moves: of those that are at a place who became available first leaves first.
fn follow_piece(b: &mut Builder<'_>, piece: PieceId, moves: &[Move], out: &mut Journeys) {
    let s = b.s;
    let row = &s.pieces[piece];
    let origin = s.elements[row.element].origin;
    let none = (None, None, None, None);
    let (left_site, left_host, home_airfield, home_base) = none;
    let count = row.count.max(0);
    let has_flown = false;
    let items = Items { piece, count, left_site, left_host, home_airfield, home_base, has_flown };
    let (since, available, landed) = (Timestamp::MIN, None, None);
    let mut there =
        vec![Group { place: origin, since, available, came_by_column: false, landed, items }];
    for this in moves {
        let leaves = b.planned(this.leaves);
        let mut missing = this.count;
        let mut arrived = Vec::new();
        while missing > 0 {
            let here = |group: &Group| {
                group.place == this.from && group.since <= leaves && group.items.count > 0
            };
            let first = (0..there.len()).filter(|&at| here(&there[at]));
            let Some(at) = first.min_by_key(|&at| (there[at].since, at)) else { break };
            let part = there[at].items.count.min(missing);
            missing -= part;
            let mut group = there[at].clone();
            there[at].items.count -= part;
            group.items.count = part;
            wait_for_items(b, &group, this);
            out.taken.push(Taken {
                piece,
                count: part,
                from: this.from,
                leaves: this.leaves,
                departs: this.departs,
                is_first: group.items.left_site.is_none(),
                came_by_column: group.available.filter(|_| group.came_by_column),
                flies: this.lands.is_some(),
            });
            arrived.push(moved(b, group, this));
        }
        there.retain(|group| group.items.count > 0);
        there.extend(arrived);
    }
    out.items.extend(there.into_iter().map(|group| arrived_home(s, group)));
}

/// Lets a move wait for the arrival of the items that it takes, and for their staging.
fn wait_for_items(b: &mut Builder<'_>, group: &Group, by: &Move) {
    let Some(available) = group.available else { return };
    let field = b.s.places[by.from].airfield.as_ref();
    let staging = field.filter(|_| group.came_by_column && by.lands.is_some());
    let (lag, cause) = match staging {
        Some(field) => (field.staging_time, Why::Staging(by.from)),
        None => (Duration::ZERO, Why::Custody(by.piece)),
    };
    b.arc(available, by.leaves, lag, cause);
}

fn moved(b: &Builder<'_>, group: Group, by: &Move) -> Group {
    let starts_in_host = b.s.is_in_host(b.s.elements[b.s.pieces[by.piece].element].origin);
    let left_site = group.items.left_site.or(Some(by.departs));
    let left_host =
        if starts_in_host { by.leaves_host.or(group.items.left_host) } else { left_site };
    Group {
        place: by.to,
        since: b.planned(by.available),
        available: Some(by.available),
        came_by_column: by.lands.is_none(),
        landed: by.lands.map(|lands| (lands, by.to)).or(group.landed),
        items: Items { left_site, left_host, ..group.items },
    }
}

/// Writes down the last two milestones.
fn arrived_home(s: &Scenario, group: Group) -> Items {
    let element = &s.elements[s.pieces[group.items.piece].element];
    let home = group.available.filter(|_| group.place == element.destination);
    let home_airfield = match element.mode {
        Mode::Road => home,
        Mode::Air { debark, .. } => {
            group.landed.filter(|(_, field)| *field == debark).map(|(lands, _)| lands)
        }
    };
    let has_flown = group.landed.is_some();
    Items { home_airfield, home_base: home, has_flown, ..group.items }
}

fn moves(b: &Builder<'_>) -> Vec<Move> {
    let mut moves = Vec::new();
    for column in &b.columns {
        let (Some(first), Some(last)) = (column.marches.first(), column.marches.last()) else {
            continue;
        };
        // the last march out of the host decides: whoever comes back has not left
        let out = column.marches.iter().rfind(|m| b.s.is_in_host(m.from) && !b.s.is_in_host(m.to));
        for &(piece, count) in &column.load {
            moves.push(Move {
                piece,
                count,
                from: first.from,
                to: last.to,
                leaves: Anchor::start(first.node),
                departs: Anchor::start(first.node),
                available: Anchor::end(column.pass),
                lands: None,
                leaves_host: out.map(|march| Anchor::end(march.node)),
            });
        }
    }
    for line in 0..b.lines.len() {
        rides(b, line, &mut moves);
    }
    moves
}

/// Adds the rides of a line: who boards first leaves first.
fn rides(b: &Builder<'_>, line: usize, moves: &mut Vec<Move>) {
    let sorties = &b.lines[line].sorties;
    let mut on_board: BTreeMap<PieceId, VecDeque<(usize, i64)>> = BTreeMap::new();
    for (at, sortie) in sorties.iter().enumerate() {
        let more = |than: Option<usize>, piece: &PieceId, count: i64| {
            let there = than.and_then(|other| sorties[other].load.get(piece)).copied();
            (count - there.unwrap_or(0)).max(0)
        };
        for (piece, &count) in &sortie.load {
            let boards = more(at.checked_sub(1), piece, count);
            if boards > 0 {
                on_board.entry(*piece).or_default().push_back((at, boards));
            }
        }
        for (piece, &count) in &sortie.load {
            let next = (at + 1 < sorties.len()).then_some(at + 1);
            let mut leaving = more(next, piece, count);
            let aboard = on_board.entry(*piece).or_default();
            while leaving > 0 {
                let Some((boarded, there)) = aboard.pop_front() else { break };
                let part = there.min(leaving);
                leaving -= part;
                if part < there {
                    aboard.push_front((boarded, there - part));
                }
                moves.push(ride(b, line, *piece, part, boarded..=at));
            }
        }
    }
}

fn ride(
    b: &Builder<'_>,
    line: usize,
    piece: PieceId,
    count: i64,
    flown: std::ops::RangeInclusive<usize>,
) -> Move {
    let sorties = &b.lines[line].sorties[flown];
    let (first, last) = (&sorties[0], &sorties[sorties.len() - 1]);
    let out = sorties.iter().rfind(|x| b.s.is_in_host(x.from) && !b.s.is_in_host(x.to));
    let departs = Anchor::start(first.flight);
    let lands = Anchor::end(last.flight);
    Move {
        piece,
        count,
        from: first.from,
        to: last.to,
        leaves: first.loading.map_or(departs, Anchor::start),
        departs,
        available: last.unloading.map_or(lands, Anchor::end),
        lands: Some(lands),
        leaves_host: out.map(|sortie| Anchor::start(sortie.flight)),
    }
}

/// Returns when items pass a milestone.
pub(super) fn milestone(items: &Items, milestone: Milestone) -> Option<Anchor> {
    match milestone {
        Milestone::LeftSite => items.left_site,
        Milestone::LeftHost => items.left_host,
        Milestone::HomeAirfield => items.home_airfield,
        Milestone::HomeBase => items.home_base,
    }
}

/// Keeps the hard precedence rows that the plan keeps (C23).
pub(super) fn order(b: &mut Builder<'_>, journeys: &Journeys) {
    let s = b.s;
    for (id, row) in s.precedence.iter() {
        let first = passings(b, journeys, &row.first, row.milestone);
        let then = passings(b, journeys, &row.then, row.milestone);
        let (Some(last_of_first), Some(first_of_first)) = (first.last(), first.first()) else {
            continue;
        };
        let (opens, all) = (first_of_first.1, last_of_first.0);
        let passed = b.node(Activity::AllPassed { row: id }, all, Duration::ZERO);
        for (_, anchor, _) in &first {
            b.arc(*anchor, Anchor::start(passed), Duration::ZERO, Why::Precedence(id));
        }
        if row.hard {
            let waits = match row.kind {
                PrecedenceKind::LastBeforeLast => &then[then.len().saturating_sub(1)..],
                PrecedenceKind::AllBeforeFirst | PrecedenceKind::FirstBeforeFirst => &then[..],
            };
            let from = match row.kind {
                PrecedenceKind::FirstBeforeFirst => opens,
                _ => Anchor::end(passed),
            };
            for (_, to, _) in waits {
                b.arc(from, *to, Duration::ZERO, Why::Precedence(id));
            }
        }
        stay(b, id, passed, &then);
    }
}

/// Those whose leaving would undercut the strength that stays wait until all of `first` have passed.
fn stay(b: &mut Builder<'_>, id: PrecedenceId, passed: NodeId, then: &[(Timestamp, Anchor, i64)]) {
    let row = &b.s.precedence[id];
    if row.stay <= 0 {
        return;
    }
    let of_then = |piece: &&exeunt_model::scenario::Piece| row.then.contains(&piece.element);
    let people =
        b.s.pieces
            .rows
            .iter()
            .filter(of_then)
            .map(|piece| piece.people_each().saturating_mul(piece.count));
    let mut there = people.fold(0_i64, i64::saturating_add);
    let needed = row.stay.min(there);
    for &(_, to, people) in then {
        there = there.saturating_sub(people);
        if there < needed {
            b.arc(Anchor::end(passed), to, Duration::ZERO, Why::Stay(id));
        }
    }
}

/// Returns when items of a set pass a milestone in the plan, with their people, in the order of time.
fn passings(
    b: &Builder<'_>,
    journeys: &Journeys,
    set: &[ElementId],
    at: Milestone,
) -> Vec<(Timestamp, Anchor, i64)> {
    let mut people: BTreeMap<(Timestamp, Anchor), i64> = BTreeMap::new();
    for items in &journeys.items {
        let piece = &b.s.pieces[items.piece];
        let Some(anchor) = milestone(items, at).filter(|_| set.contains(&piece.element)) else {
            continue;
        };
        let there = people.entry((b.planned(anchor), anchor)).or_default();
        *there = there.saturating_add(piece.people_each().saturating_mul(items.count));
    }
    people.into_iter().map(|((t, anchor), people)| (t, anchor, people)).collect()
}
