//! Writes the oracle's plan in the plan's format, for the checker to judge.

use super::layout::Leg;
use super::reading::{Drive, Reading, Way};
use super::search::Best;
use exeunt_model::Duration;
use exeunt_model::plan::{
    Column, ColumnLoad, Epochs, Handover, Line, Load, March, PLAN_FORMAT, Plan, Service, Sortie,
    Unmoved,
};
use exeunt_model::scenario::LEVELS;

/// Returns the plan of a layout with these times and the objective that it claims.
pub(crate) fn write(r: &Reading<'_>, best: &Best, times: &[i64]) -> Plan {
    let s = r.s;
    let layout = &best.layout;
    let t = |variable: usize| s.operation.start + Duration(times[variable]);
    let service = |pair: Option<(usize, usize)>| {
        pair.map(|(from, to)| Service { starts: t(from), ends: t(to) })
    };
    let mut lines = Vec::new();
    for (tail, legs) in layout.lines.iter().enumerate().filter(|(_, legs)| !legs.is_empty()) {
        let sortie = |(position, leg): (usize, &Leg)| Sortie {
            id: format!("F{tail}-{position}"),
            from: s.places.rows[leg.from].name.clone(),
            to: s.places.rows[leg.to].name.clone(),
            leg: Some(s.air_legs.rows[leg.hop.leg].name.clone()),
            config: r.aircraft(tail).configurations[0].name.clone(),
            departs: t(leg.departs),
            lands: t(leg.departs) + Duration(leg.hop.block),
            loading: service(leg.loading),
            unloading: service(leg.unloading),
            crew: None,
            load: load(r, tail, &leg.load),
        };
        let sorties = legs.iter().enumerate().map(sortie).collect();
        lines.push(Line { tail: s.tails.rows[tail].name.clone(), sorties });
    }
    let mut columns = Vec::new();
    let mut march = |item: usize, drive: &Drive, (departs, arrives): (usize, usize)| {
        let march = March {
            road: s.roads.rows[drive.road].name.clone(),
            from: s.places.rows[drive.from].name.clone(),
            to: s.places.rows[drive.to].name.clone(),
            departs: t(departs),
            arrives: t(arrives),
        };
        let piece = s.pieces.rows[r.items[item].piece].name.clone();
        let load = vec![ColumnLoad { piece, count: 1 }];
        columns.push(Column { id: format!("C{}", columns.len()), marches: vec![march], load });
    };
    for (item, journey) in layout.journeys.iter().enumerate() {
        let Some(journey) = journey else { continue };
        let (before, after) = match &r.items[item].way {
            Way::Air { before, after, .. } => (before.as_ref(), after.as_ref()),
            Way::Road(drive) => (Some(drive), None),
        };
        for (drive, moments) in [(before, journey.before), (after, journey.after)] {
            if let (Some(drive), Some(moments)) = (drive, moments) {
                march(item, drive, moments);
            }
        }
    }
    let handovers = s.steps.rows.iter().zip(&layout.steps).filter_map(|(step, starts)| {
        let starts = t((*starts)?);
        Some(Handover { step: step.name.clone(), starts, ends: starts + step.duration })
    });
    let stays = (0..r.items.len()).filter(|item| !layout.scope.moves[*item]);
    let unmoved = stays.map(|item| Unmoved {
        piece: s.pieces.rows[r.items[item].piece].name.clone(),
        count: 1,
        rule: "C01".to_owned(),
        reason: "no plan moves more".to_owned(),
    });
    let order = s.operation.objective_order.iter().map(String::as_str);
    Plan {
        format: PLAN_FORMAT,
        scenario_hash: s.hash.clone(),
        seed: 0,
        lanes: 0,
        epochs: Epochs::default(),
        lines,
        columns,
        handovers: handovers.collect(),
        unmoved: unmoved.collect(),
        choices: Vec::new(),
        levels: LEVELS[..4].iter().copied().chain(order).map(str::to_owned).collect(),
        objective: best.value.clone(),
        bounds: Vec::new(),
        proof: None,
    }
}

fn load(r: &Reading<'_>, tail: usize, items: &[usize]) -> Vec<Load> {
    if items.is_empty() {
        return Vec::new();
    }
    let fit = &r.aircraft(tail).configurations[0];
    let zones = r.stow(tail, items).expect("the search has stowed it");
    let row = |(&item, zone): (&usize, Option<usize>)| Load {
        piece: r.s.pieces.rows[r.items[item].piece].name.clone(),
        count: 1,
        zone: zone.map(|zone| fit.zones[zone].name.clone()),
        x_mm: None,
        y_mm: None,
        turned: None,
    };
    items.iter().zip(zones).map(row).collect()
}
