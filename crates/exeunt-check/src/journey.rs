//! Who went when: the moves of every piece, and its items told apart first in, first out
//! (model.md sections 1, 2 and 6).
//!
//! A *move* is a column or a ride (one or more sorties without leaving the aircraft) of so many items of
//! a piece. Per piece the moves are gone through in the order in which they leave; each takes the items
//! that have been longest at its place and became available there by then. What a move takes is split
//! off as a *group* of items that have done everything together and share all milestones.

use crate::resolved::Resolved;
use exeunt_model::ids::*;
use exeunt_model::scenario::{Mode, Scenario};
use exeunt_model::time::Timestamp;
use std::collections::{BTreeMap, VecDeque};

/// What carries a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum By {
    /// Position among the columns.
    Column(usize),
    /// Positions of the sorties at which the items board and leave.
    Ride { boards: usize, leaves: usize },
}

/// A move of `count` items of one piece.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Move {
    pub(crate) piece: PieceId,
    pub(crate) count: i64,
    pub(crate) from: PlaceId,
    pub(crate) to: PlaceId,
    /// The items are no longer at `from`: head of the column leaves, or loading starts.
    pub(crate) leaves: Timestamp,
    /// The items are at `to`: the column clears, or unloading ends.
    pub(crate) available: Timestamp,
    /// Departure of the column or of the sortie they board.
    pub(crate) departs: Timestamp,
    /// Landing of the sortie they leave; none for columns.
    pub(crate) lands: Option<Timestamp>,
    /// The move goes out of the host then.
    pub(crate) leaves_host: Option<Timestamp>,
    /// The move comes into the host then.
    pub(crate) enters_host: Option<Timestamp>,
    /// The sortie that goes out of the host.
    pub(crate) leaves_host_by: Option<usize>,
    pub(crate) by: By,
}

/// Items that one move took from one group.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Taken {
    pub(crate) piece: PieceId,
    pub(crate) count: i64,
    /// Position among the moves.
    pub(crate) by_move: usize,
    /// The items had not moved before.
    pub(crate) is_first: bool,
    /// They came to where they were by a column that cleared then.
    pub(crate) came_by_column: Option<Timestamp>,
    /// What had brought them there.
    pub(crate) came_by: Option<By>,
    /// Where they were; elsewhere than the move leaves from only in a broken chain.
    pub(crate) was_at: PlaceId,
}

/// Items of one piece with the same past.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Group {
    pub(crate) piece: PieceId,
    pub(crate) count: i64,
    pub(crate) place: PlaceId,
    /// Since when they are there; never, for what has not moved.
    pub(crate) available: Option<Timestamp>,
    pub(crate) left_site: Option<Timestamp>,
    pub(crate) left_host: Option<Timestamp>,
    /// Last landing and its airfield.
    pub(crate) landed: Option<(Timestamp, PlaceId)>,
    /// The last move was a column.
    pub(crate) came_by_column: bool,
    /// What carried the last move.
    pub(crate) came_by: Option<By>,
    /// Positions among the moves: the last one, and the last one by air.
    pub(crate) last_move: Option<usize>,
    pub(crate) last_ride: Option<usize>,
}

/// Why a chain of custody is broken.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Break {
    /// Position among the moves.
    pub(crate) by_move: usize,
    pub(crate) why: Why,
}

/// Ways to break a chain.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Why {
    /// Only so many items were there.
    TooFew(i64),
    /// A road element's items board an aircraft.
    RoadElementFlies,
    /// An air element's first sortie leaves from elsewhere than `embark`.
    BoardsElsewhere(PlaceId),
    /// An air element's items march elsewhere than from the origin to `embark` or from `debark` to the
    /// destination.
    MarchesElsewhere,
    /// An air element's items fly again after their march from `debark`.
    FliesAgain,
}

/// All moves and what they did to the items.
pub(crate) struct Journeys {
    pub(crate) moves: Vec<Move>,
    pub(crate) taken: Vec<Taken>,
    /// In the end; pieces in order, each piece's items add up to its count.
    pub(crate) groups: Vec<Group>,
    pub(crate) breaks: Vec<Break>,
}

/// Follows all items through the plan.
pub(crate) fn follow(scenario: &Scenario, resolved: &Resolved) -> Journeys {
    follow_those(scenario, resolved, |_| true)
}

/// Follows all items through some of the plan's moves, as if the others did not take place.
pub(crate) fn follow_those(
    scenario: &Scenario,
    resolved: &Resolved,
    takes_place: impl Fn(&Move) -> bool,
) -> Journeys {
    let mut moves = column_moves(scenario, resolved);
    moves.extend(rides(scenario, resolved));
    moves.retain(takes_place);
    moves.sort_by_key(|m| (m.piece, m.leaves, m.available));
    let mut journeys =
        Journeys { moves, taken: Vec::new(), groups: Vec::new(), breaks: Vec::new() };
    let mut start = 0;
    for piece in scenario.pieces.ids() {
        let mut end = start;
        while end < journeys.moves.len() && journeys.moves[end].piece == piece {
            end += 1;
        }
        follow_piece(scenario, piece, start..end, &mut journeys);
        start = end;
    }
    journeys
}

/// Groups by place and the moment since which they are there; the number keeps the order of arrival.
type There = BTreeMap<(PlaceId, Timestamp, usize), Group>;

/// Returns the next items that a move takes when none are there in time: those that come there later,
/// or else any that are not already where the move goes.
fn next_of_others<'t>(
    there: &'t There,
    by: &Move,
) -> Option<(&'t (PlaceId, Timestamp, usize), &'t Group)> {
    let end = |place| (place, Timestamp(i64::MAX), usize::MAX);
    let later = there.range((by.from, by.leaves, usize::MAX)..=end(by.from)).next();
    let elsewhere = || there.iter().next().filter(|(key, _)| key.0 != by.to);
    let beyond = || there.range(end(by.to)..).find(|(key, _)| key.0 != by.to);
    later.or_else(elsewhere).or_else(beyond)
}

/// Follows the items of one piece through its moves, which are sorted by the moment they leave.
fn follow_piece(
    scenario: &Scenario,
    piece: PieceId,
    moves: std::ops::Range<usize>,
    out: &mut Journeys,
) {
    let row = &scenario.pieces[piece];
    let origin = scenario.elements[row.element].origin;
    let untouched = Group {
        piece,
        count: row.count.max(0),
        place: origin,
        available: None,
        left_site: None,
        left_host: None,
        landed: None,
        came_by_column: false,
        came_by: None,
        last_move: None,
        last_ride: None,
    };
    let mut there = There::new();
    let mut n_arrivals = 0;
    if untouched.count > 0 {
        there.insert((origin, Timestamp(i64::MIN), 0), untouched);
    }
    for by_move in moves {
        let this = out.moves[by_move];
        let mut missing = this.count;
        let mut arrived = Vec::new();
        let mut n_there = None;
        while missing > 0 {
            let earliest = (this.from, Timestamp(i64::MIN), 0);
            let latest = (this.from, this.leaves, usize::MAX);
            let mut next = there.range(earliest..=latest).next();
            if next.is_none() {
                // The chain is broken. The move is followed all the same, with items that come later or
                // are elsewhere, so that the other rules judge what the plan says.
                n_there.get_or_insert(this.count - missing);
                next = next_of_others(&there, &this);
            }
            let Some((&key, &group)) = next else { break };
            let count = group.count.min(missing);
            missing -= count;
            if count == group.count {
                there.remove(&key);
            } else {
                there.insert(key, Group { count: group.count - count, ..group });
            }
            let part = Group { count, ..group };
            if let Some(why) = route_break(scenario, &part, &this).filter(|_| n_there.is_none()) {
                out.breaks.push(Break { by_move, why });
            }
            out.taken.push(Taken {
                piece,
                count,
                by_move,
                is_first: part.left_site.is_none(),
                came_by_column: part.available.filter(|_| part.came_by_column),
                came_by: part.came_by,
                was_at: part.place,
            });
            arrived.push(moved(scenario, part, &this, by_move));
        }
        // Only now, so that a move never takes what it has brought itself.
        for group in arrived {
            n_arrivals += 1;
            there.insert((this.to, this.available, n_arrivals), group);
        }
        if let Some(n_there) = n_there {
            out.breaks.push(Break { by_move, why: Why::TooFew(n_there) });
        }
    }
    out.groups.extend(there.into_values());
}

/// Returns the group after a move.
fn moved(scenario: &Scenario, group: Group, by: &Move, by_move: usize) -> Group {
    let element = &scenario.elements[scenario.pieces[group.piece].element];
    let left_site = group.left_site.or(Some(by.departs));
    let starts_in_host = scenario.is_in_host(element.origin);
    let left_host = if starts_in_host { by.leaves_host.or(group.left_host) } else { left_site };
    Group {
        place: by.to,
        available: Some(by.available),
        left_site,
        left_host,
        landed: by.lands.map(|t| (t, by.to)).or(group.landed),
        came_by_column: matches!(by.by, By::Column(_)),
        came_by: Some(by.by),
        last_move: Some(by_move),
        last_ride: by.lands.map(|_| by_move).or(group.last_ride),
        ..group
    }
}

/// Returns how the move leaves the way that the element's mode prescribes, if it does.
fn route_break(scenario: &Scenario, group: &Group, by: &Move) -> Option<Why> {
    let element = &scenario.elements[scenario.pieces[group.piece].element];
    let has_flown = group.landed.is_some();
    match (element.mode, by.by) {
        (Mode::Road, By::Column(_)) => None,
        (Mode::Road, By::Ride { .. }) => Some(Why::RoadElementFlies),
        (Mode::Air { embark, debark }, By::Column(_)) => {
            let goes_out =
                !has_flown && by.from == element.origin && by.to == embark && by.from != by.to;
            let goes_home =
                has_flown && by.from == debark && by.to == element.destination && by.from != by.to;
            (!goes_out && !goes_home).then_some(Why::MarchesElsewhere)
        }
        (Mode::Air { embark, .. }, By::Ride { .. }) => {
            if !has_flown {
                (by.from != embark).then_some(Why::BoardsElsewhere(embark))
            } else {
                group.came_by_column.then_some(Why::FliesAgain)
            }
        }
    }
}

fn column_moves(scenario: &Scenario, resolved: &Resolved) -> Vec<Move> {
    let mut moves = Vec::new();
    for (position, column) in resolved.columns.iter().enumerate() {
        // The last march out of the host decides: whoever comes back has not left.
        let leaves_host = column
            .marches
            .iter()
            .rfind(|march| scenario.is_in_host(march.from) && !scenario.is_in_host(march.to))
            .map(|march| march.row.arrives);
        let enters_host = column
            .marches
            .iter()
            .rfind(|march| !scenario.is_in_host(march.from) && scenario.is_in_host(march.to))
            .map(|march| march.row.arrives);
        for &(piece, count) in &column.load {
            moves.push(Move {
                piece,
                count,
                from: column.from,
                to: column.to,
                leaves: column.departs,
                available: column.clears,
                departs: column.departs,
                lands: None,
                leaves_host,
                enters_host,
                leaves_host_by: None,
                by: By::Column(position),
            });
        }
    }
    moves
}

/// Returns the rides of all lines: who boards first leaves first.
fn rides(scenario: &Scenario, resolved: &Resolved) -> Vec<Move> {
    let mut moves = Vec::new();
    for line in &resolved.lines {
        let mut on_board: BTreeMap<PieceId, VecDeque<(usize, i64)>> = BTreeMap::new();
        for (at, &flight) in line.flights.iter().enumerate() {
            for &(piece, count) in &resolved.flights[flight].boards {
                on_board.entry(piece).or_default().push_back((at, count));
            }
            for &(piece, count) in &resolved.flights[flight].leaves {
                let aboard = on_board.entry(piece).or_default();
                let mut leaving = count;
                while leaving > 0 {
                    let Some(&(boarded, there)) = aboard.front() else { break };
                    let part = there.min(leaving);
                    leaving -= part;
                    aboard.pop_front();
                    if part < there {
                        aboard.push_front((boarded, there - part));
                    }
                    let flown = &line.flights[boarded..=at];
                    moves.push(ride(scenario, resolved, piece, part, flown));
                }
            }
        }
    }
    moves
}

/// Returns the ride of items over the sorties of a line that they spend on board.
fn ride(
    scenario: &Scenario,
    resolved: &Resolved,
    piece: PieceId,
    count: i64,
    flown: &[usize],
) -> Move {
    let boards = flown[0];
    let leaves = flown[flown.len() - 1];
    let first = &resolved.flights[boards];
    let last = &resolved.flights[leaves];
    let out_of_host = flown.iter().copied().rfind(|&flight| {
        let flight = &resolved.flights[flight];
        scenario.is_in_host(flight.from) && !scenario.is_in_host(flight.to)
    });
    let into_host = flown.iter().copied().rfind(|&flight| {
        let flight = &resolved.flights[flight];
        !scenario.is_in_host(flight.from) && scenario.is_in_host(flight.to)
    });
    Move {
        piece,
        count,
        from: first.from,
        to: last.to,
        leaves: first.row.loading.map_or(first.row.departs, |service| service.starts),
        available: last.row.unloading.map_or(last.row.lands, |service| service.ends),
        departs: first.row.departs,
        lands: Some(last.row.lands),
        leaves_host: out_of_host.map(|flight| resolved.flights[flight].row.departs),
        enters_host: into_host.map(|flight| resolved.flights[flight].row.lands),
        leaves_host_by: out_of_host,
        by: By::Ride { boards, leaves },
    }
}
