//! The table of parties: what moves, how, when it is out and home, where it is now.

use super::{clock, count};
use crate::grid::{LEFT, MARK, RIGHT, has_room, lay_out};
use crate::whereabouts;
use exeunt_model::finding::PartyResult;
use exeunt_model::scenario::{Party, Piece, PieceKind};
use exeunt_model::{PartyId, Plan, Scenario, Verdict};
use std::collections::BTreeSet;

/// A line per party that has pieces: what moves, how, when it is out and home, where it is now.
pub(super) fn nations(scenario: &Scenario, plan: &Plan, verdict: &Verdict) -> String {
    let clock = clock(scenario);
    let now = scenario.operation.clock;
    let places = now.map(|now| whereabouts::words(scenario, plan, now)).unwrap_or_default();
    let moves = |result: &&PartyResult| result.people > 0 || result.vehicles > 0;
    let moving: Vec<&PartyResult> = verdict.parties.iter().filter(moves).collect();
    let of_party =
        |id| moving.iter().find(|result| result.id == scenario.parties[id].name).copied();
    let marks = AssumedNumbers::of(scenario, |id| of_party(id).is_some());
    let has_host = !scenario.operation.host_states.is_empty();
    let (ways_in, ways_out) =
        (moving.iter().any(|r| is_inbound(r)), moving.iter().any(|r| !is_inbound(r)));
    let (over, base) = match (has_host, ways_in, ways_out) {
        (false, ..) => ("last departure", "home base"),
        (true, false, _) => ("out of host", "home base"),
        (true, true, false) => ("into host", "in place"),
        (true, true, true) => ("in/out of host", "at its end"),
    };
    let head = ["", "people", "", "vehicles", "", "how", over, base];
    let mut head: Vec<String> = head.map(str::to_owned).to_vec();
    head.extend(now.map(|_| "now".to_owned()));
    let mut rows = vec![head];
    for (id, party) in scenario.parties.iter().filter(|&(id, _)| has_pieces(scenario, id)) {
        let Some(result) = of_party(id) else {
            let head = heading(party);
            let row = [head.as_str(), "-", "", "-", "", "nothing moves", "-", "-"];
            let mut row = row.map(str::to_owned).to_vec();
            row.extend(now.map(|_| "-".to_owned()));
            rows.push(row);
            continue;
        };
        let mut row = vec![
            heading(party),
            result.people.to_string(),
            mark(&marks.people, id).to_owned(),
            items(scenario, plan, id, result, &marks),
            mark(&marks.vehicles, id).to_owned(),
            how(result),
            clock.moment_or_dash(result.entered_host.or(result.last_departure)),
            clock.moment_or_dash(result.closure),
        ];
        row.extend(now.map(|_| places.get(&id).cloned().unwrap_or_default()));
        rows.push(row);
    }
    let tracks = [LEFT.after(1), RIGHT, MARK, RIGHT, MARK, LEFT, RIGHT, RIGHT, LEFT];
    let tracks = &tracks[..rows[0].len()];
    if !has_room(tracks, &rows) {
        rows.iter_mut().flatten().for_each(break_up);
    }
    let mut text = lay_out(tracks, &rows);
    if marks.any() {
        text += "\n a: assumed, at least in part";
    }
    text
}

/// Says whether a party comes into the host.
pub(super) fn is_inbound(result: &PartyResult) -> bool {
    result.entered_host.is_some()
}

/// Breaks a long cell where it reads best: aircraft types one below the other, shares in two lines.
fn break_up(cell: &mut String) {
    if cell.contains(" loads: ") {
        *cell = cell.replace(", ", ",\n").replace(" + ", "\n+ ");
    } else if cell.contains(" % of ") {
        *cell = cell.replacen(" of ", " of\n", 1);
    }
}

/// Vehicles that the party moves and, below them, what needs lifting; the mark of the first is not in it.
fn items(
    scenario: &Scenario,
    plan: &Plan,
    party: PartyId,
    result: &PartyResult,
    marks: &AssumedNumbers,
) -> String {
    let pallets = moved(scenario, plan, party, PieceKind::Pallet);
    let containers = moved(scenario, plan, party, PieceKind::Container);
    // the verdict counts all items that move; what needs lifting is taken off
    let vehicles = (result.vehicles - pallets - containers).max(0);
    let mut lines = vec![vehicles.to_string()];
    let lifted = [
        (pallets, "pallet", "pallets", &marks.pallets),
        (containers, "container", "containers", &marks.containers),
    ];
    for (n, one, many, assumed) in lifted {
        if n > 0 {
            let noun = if n == 1 { one } else { many };
            lines.push(format!("+ {n}{} {noun}", mark(assumed, party)));
        }
    }
    lines.join("\n")
}

/// Counts the party's pieces of a kind less those that the plan leaves unmoved.
fn moved(scenario: &Scenario, plan: &Plan, party: PartyId, kind: PieceKind) -> i64 {
    let of_party = |piece: &&Piece| scenario.elements[piece.element].party == party;
    let pieces = scenario.pieces.rows.iter().filter(of_party).filter(|piece| piece.kind == kind);
    pieces
        .map(|piece| {
            let stay = plan.unmoved.iter().filter(|row| row.piece == piece.name);
            stay.fold(piece.count, |left, row| left.saturating_sub(row.count))
                .clamp(0, piece.count.max(0))
        })
        .sum()
}

fn has_pieces(scenario: &Scenario, party: PartyId) -> bool {
    scenario.pieces.iter().any(|(_, piece)| scenario.elements[piece.element].party == party)
}

fn heading(party: &Party) -> String {
    if party.title.is_empty() { party.name.clone() } else { party.title.clone() }
}

fn how(result: &PartyResult) -> String {
    let columns = |lead: &str| format!("{lead}{}", count(result.columns_out, "column", "columns"));
    match (result.types.is_empty(), result.columns_out > 0) {
        (false, false) => loads(&result.types),
        (false, true) => format!("{} + {}", loads(&result.types), columns("")),
        (true, true) => columns("own vehicles, "),
        // sorties that cross no border of a host, as on the way in
        (true, false) if result.loaded_sorties > 0 => {
            count(result.loaded_sorties, "sortie", "sorties")
        }
        (true, false) => "by road".to_owned(),
    }
}

/// Writes loaded sorties by type: `10 loads Il-76MD`, or `12 loads: 9 Il-76MD, 3 An-124`.
fn loads(types: &[(String, i64)]) -> String {
    let n: i64 = types.iter().map(|(_, n)| n).sum();
    let all = count(n, "load", "loads");
    if let [(name, _)] = types {
        return format!("{all} {name}");
    }
    let each: Vec<String> = types.iter().map(|(name, n)| format!("{n} {name}")).collect();
    format!("{all}: {}", each.join(", "))
}

/// Parties with numbers on the screen that rest on an assumed row of `pieces`.
struct AssumedNumbers {
    people: BTreeSet<PartyId>,
    vehicles: BTreeSet<PartyId>,
    pallets: BTreeSet<PartyId>,
    containers: BTreeSet<PartyId>,
}

impl AssumedNumbers {
    fn of(scenario: &Scenario, is_shown: impl Fn(PartyId) -> bool) -> Self {
        let rows: BTreeSet<&str> = scenario
            .assumptions
            .iter()
            .filter(|assumption| assumption.table == "pieces")
            .map(|assumption| assumption.row.as_str())
            .collect();
        let with = |counts: &dyn Fn(&Piece) -> bool| {
            let assumed = |piece: &&Piece| counts(piece) && rows.contains(piece.name.as_str());
            let pieces = scenario.pieces.rows.iter().filter(assumed);
            let parties = pieces.map(|piece| scenario.elements[piece.element].party);
            parties.filter(|&party| is_shown(party)).collect()
        };
        Self {
            people: with(&|piece| piece.people_each() > 0),
            vehicles: with(&|piece| piece.kind == PieceKind::Vehicle),
            pallets: with(&|piece| piece.kind == PieceKind::Pallet),
            containers: with(&|piece| piece.kind == PieceKind::Container),
        }
    }

    fn any(&self) -> bool {
        let Self { people, vehicles, pallets, containers } = self;
        [people, vehicles, pallets, containers].iter().any(|parties| !parties.is_empty())
    }
}

fn mark(assumed: &BTreeSet<PartyId>, party: PartyId) -> &'static str {
    if assumed.contains(&party) { "a" } else { "" }
}
