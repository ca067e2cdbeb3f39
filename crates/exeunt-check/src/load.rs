//! The hold: C13 in its first form (model.md section 4).

use crate::facts::Facts;
use crate::flight;
use crate::report::Report;
use crate::resolved::{self, Flight, Named};
use exeunt_model::rule::Rule;
use exeunt_model::scenario::{Configuration, PieceKind};
use exeunt_model::units::{Length, Mass};

/// C13: the load fits the hold: seats, zones by length, width, height and mass, a seat for each driver.
pub(crate) fn check_c13_hold(facts: &Facts, report: &mut Report) {
    for flight in &facts.resolved.flights {
        match flight::configuration(facts, flight) {
            None => {
                let aircraft = flight::type_of(facts, flight);
                let message = format!(
                    "type `{}` has no configuration `{}`",
                    aircraft.name, flight.row.config
                );
                report.broken(Rule::C13, flight.object(), Some(flight.row.departs), message);
            }
            Some(configuration) => {
                check_seats(facts, flight, configuration, report);
                check_pieces(facts, flight, configuration, report);
                check_zones(facts, flight, configuration, report);
            }
        }
    }
}

fn check_seats(facts: &Facts, flight: &Flight, fit: &Configuration, report: &mut Report) {
    let people = flight.cargo.iter().fold(0_i64, |sum, part| {
        sum.saturating_add(resolved::people_of(&facts.scenario.pieces[part.piece], part.count))
    });
    if people > fit.seats {
        let message = format!(
            "{people} people and drivers are on board, configuration `{}` has {} seats",
            fit.name, fit.seats
        );
        report.broken(Rule::C13, flight.object(), Some(flight.row.departs), message);
    }
}

/// Checks that every item has a zone it fits into, and people have none.
fn check_pieces(facts: &Facts, flight: &Flight, fit: &Configuration, report: &mut Report) {
    for part in &flight.cargo {
        let piece = &facts.scenario.pieces[part.piece];
        let mut wrong = |message: String| {
            report.broken(Rule::C13, flight.object(), Some(flight.row.departs), message);
        };
        let is_people = piece.kind == PieceKind::People;
        match part.zone {
            Named::Absent if is_people => {}
            _ if is_people => wrong(format!("people piece `{}` stands in a zone", piece.name)),
            Named::Absent => wrong(format!("piece `{}` has no zone", piece.name)),
            Named::Unknown => wrong(format!(
                "configuration `{}` has no zone `{}` for piece `{}`",
                fit.name,
                part.row.zone.as_deref().unwrap_or_default(),
                piece.name
            )),
            Named::Known(zone) => {
                let zone = &fit.zones[zone];
                if piece.width > zone.width {
                    wrong(format!(
                        "piece `{}` is {} mm wide, zone `{}` {} mm",
                        piece.name, piece.width.0, zone.name, zone.width.0
                    ));
                }
                if piece.height > zone.height {
                    wrong(format!(
                        "piece `{}` is {} mm high, zone `{}` {} mm",
                        piece.name, piece.height.0, zone.name, zone.height.0
                    ));
                }
            }
        }
    }
}

/// Checks the sums of lengths and masses per zone.
fn check_zones(facts: &Facts, flight: &Flight, fit: &Configuration, report: &mut Report) {
    let mut lengths = vec![Length::ZERO; fit.zones.len()];
    let mut masses = vec![Mass::ZERO; fit.zones.len()];
    for part in &flight.cargo {
        let piece = &facts.scenario.pieces[part.piece];
        if let (Named::Known(zone), false) = (part.zone, piece.kind == PieceKind::People) {
            lengths[zone] += piece.length.times(part.count);
            masses[zone] += piece.mass.times(part.count);
        }
    }
    for (position, zone) in fit.zones.iter().enumerate() {
        let (length, mass) = (lengths[position], masses[position]);
        if length > zone.length {
            let message = format!(
                "{} mm of pieces stand in zone `{}` of {} mm",
                length.0, zone.name, zone.length.0
            );
            report.broken(Rule::C13, flight.object(), Some(flight.row.departs), message);
        }
        if mass > zone.max_mass {
            let message = format!(
                "{} kg stand in zone `{}` that carries {} kg",
                mass.0, zone.name, zone.max_mass.0
            );
            report.broken(Rule::C13, flight.object(), Some(flight.row.departs), message);
        }
    }
}
