//! Where places lie on the two schematic maps, and where their names go.
//!
//! Equirectangular around the middle latitude, no line but the routes: a point is a place's coordinates and nothing
//! else. Places that would touch are one mark. A name goes to the first free spot around its mark.

use super::flow::{Flow, Move};
use exeunt_model::{PlaceId, Scenario};
use std::collections::{BTreeMap, BTreeSet};

/// Units of a map in a CSS pixel, as in the other drawings.
const PX: i64 = super::chart::PX;
/// Places nearer than this are one mark.
const TOUCH: i64 = 9 * PX;
/// The theatre is what of the host lies within so many degrees of its busiest field.
const THEATRE_DEGREES: f64 = 1.0;

/// What stands at a mark, the most telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Airfield,
    Site,
    Border,
    Base,
}

/// Places drawn as one.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub(super) places: Vec<PlaceId>,
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) kind: Kind,
    /// Sites nearby, which the other map draws, are counted here too.
    pub(super) has_sites: bool,
}

impl Mark {
    /// Returns the places that stand in one line of the mark's name: those of each kind apart, unless the first is an
    /// airfield, which is known by its own name, or the map calls sites by their codes.
    pub(super) fn lines(&self, scenario: &Scenario, is_theatre: bool) -> Vec<Vec<PlaceId>> {
        if self.kind == Kind::Airfield || (is_theatre && self.kind == Kind::Site) {
            return vec![self.places.clone()];
        }
        let mut lines: Vec<(Kind, Vec<PlaceId>)> = Vec::new();
        for &place in &self.places {
            let kind = kind(scenario, place);
            match lines.iter_mut().find(|line| line.0 == kind) {
                Some(line) => line.1.push(place),
                None => lines.push((kind, vec![place])),
            }
        }
        lines.into_iter().map(|line| line.1).collect()
    }
}

/// A map.
#[derive(Debug, Clone)]
pub(super) struct View {
    pub(super) width: i64,
    pub(super) height: i64,
    pub(super) marks: Vec<Mark>,
    /// Where each place on it lies.
    pub(super) points: BTreeMap<PlaceId, (i64, i64)>,
    /// Length in units of the scale and the kilometres that it stands for.
    pub(super) scale: (i64, i64),
}

/// Both maps, and the places in use that lie on neither because nobody states where they are.
#[derive(Debug, Clone)]
pub(super) struct Views {
    pub(super) overview: View,
    pub(super) theatre: Option<View>,
    pub(super) unplaced: Vec<PlaceId>,
}

impl Views {
    pub(super) fn new(scenario: &Scenario, flows: &[&Flow<'_>]) -> Self {
        let moves: Vec<Move> = flows.iter().flat_map(|flow| flow.moves()).collect();
        let mut used: BTreeSet<PlaceId> = moves.iter().flat_map(|m| [m.from, m.to]).collect();
        used.extend(flows.iter().flat_map(|flow| flow.people().into_keys()));
        used.extend(scenario.sites.iter().map(|(_, site)| site.place));
        let is_placed = |&place: &PlaceId| scenario.places[place].position.is_some();
        let (placed, unplaced): (Vec<PlaceId>, Vec<PlaceId>) =
            used.into_iter().partition(is_placed);
        let near = near(scenario, &moves, &placed);
        let theatre = (near.len() > 3).then(|| View::new(scenario, &near, 440 * PX, 500 * PX));
        let mut far = placed;
        if theatre.is_some() {
            // the theatre is one mark of the overview, at the field that stands first in it
            let keep =
                near.iter().copied().find(|&place| scenario.places[place].airfield.is_some());
            far.retain(|place| !near.contains(place) || Some(*place) == keep);
        }
        let mut overview = View::new(scenario, &far, 760 * PX, 500 * PX);
        if theatre.is_some() {
            overview.take_in(scenario, &near);
        }
        Self { overview, theatre, unplaced }
    }
}

/// Returns the places of the host near its busiest field, that field first.
fn near(scenario: &Scenario, moves: &[Move], placed: &[PlaceId]) -> Vec<PlaceId> {
    let mut busy: BTreeMap<PlaceId, usize> = BTreeMap::new();
    for m in moves.iter().filter(|m| m.people > 0 && scenario.is_in_host(m.from)) {
        if scenario.places[m.from].airfield.is_some() {
            *busy.entry(m.from).or_default() += 1;
        }
    }
    let Some((&middle, _)) = busy.iter().max_by_key(|&(_, n)| n) else { return Vec::new() };
    let Some((lat, lon)) = scenario.places[middle].position else { return Vec::new() };
    let is_near = |place: &PlaceId| {
        scenario.is_in_host(*place)
            && scenario.places[*place].position.is_some_and(|(north, east)| {
                (north - lat).abs() < THEATRE_DEGREES && (east - lon).abs() < THEATRE_DEGREES
            })
    };
    let others = placed.iter().copied().filter(|&place| place != middle).filter(is_near);
    [middle].into_iter().chain(others).collect()
}

impl View {
    /// Lays places out in a frame of at most this size; the height follows from what is drawn.
    fn new(scenario: &Scenario, places: &[PlaceId], width: i64, most_height: i64) -> Self {
        let known: Vec<(PlaceId, (f64, f64))> = places
            .iter()
            .filter_map(|&place| Some((place, scenario.places[place].position?)))
            .collect();
        let ends = |value: fn(&(f64, f64)) -> f64| {
            let values = known.iter().map(|(_, position)| value(position));
            (values.clone().fold(f64::INFINITY, f64::min), values.fold(f64::NEG_INFINITY, f64::max))
        };
        let ((south, north), (west, east)) = (ends(|p| p.0), ends(|p| p.1));
        if known.is_empty() {
            return Self {
                width,
                height: 10 * PX,
                marks: vec![],
                points: BTreeMap::new(),
                scale: (0, 0),
            };
        }
        // the cosine by its series: a drawing needs no more than three digits
        let middle = ((south + north) / 2.0).to_radians();
        let squeeze =
            (1.0 - middle * middle / 2.0 + middle.powi(4) / 24.0 - middle.powi(6) / 720.0).max(0.1);
        let (margin_x, margin_y) = (72 * PX, 48 * PX);
        let room = ((width - 2 * margin_x) as f64, (most_height - 2 * margin_y) as f64);
        let (wide, tall) = (((east - west) * squeeze).max(0.01), (north - south).max(0.01));
        let unit = (room.0 / wide).min(room.1 / tall);
        let left = margin_x as f64 + (room.0 - wide * unit) / 2.0;
        let height = whole(tall * unit) + 2 * margin_y;
        let points: BTreeMap<PlaceId, (i64, i64)> = known
            .iter()
            .map(|&(place, (lat, lon))| {
                let x = whole(left + (lon - west) * squeeze * unit);
                (place, (x, margin_y + whole((north - lat) * unit)))
            })
            .collect();
        // 111.2 km to a degree; the longest round number under a fifth of the width
        let per_km = unit / 111.2;
        let km = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000].into_iter().rev();
        let km = km.into_iter().find(|&km| km as f64 * per_km < width as f64 / 5.0).unwrap_or(1);
        let scale = (whole(km as f64 * per_km), km);
        let mut view = Self { width, height, marks: Vec::new(), points, scale };
        view.gather(scenario);
        view
    }

    /// Makes marks: places that touch become one, airfields first.
    fn gather(&mut self, scenario: &Scenario) {
        let mut places: Vec<(Kind, PlaceId)> =
            self.points.keys().map(|&place| (kind(scenario, place), place)).collect();
        places.sort();
        for (kind, place) in places {
            let (x, y) = self.points[&place];
            let touches =
                |mark: &&mut Mark| (mark.x - x).abs() < TOUCH && (mark.y - y).abs() < TOUCH;
            match self.marks.iter_mut().find(touches) {
                Some(mark) => mark.places.push(place),
                None => self.marks.push(Mark { places: vec![place], x, y, kind, has_sites: false }),
            }
        }
    }

    /// Counts places that are not drawn here with the mark of the first of them.
    fn take_in(&mut self, scenario: &Scenario, near: &[PlaceId]) {
        let Some((&kept, &(x, y))) = near.iter().find_map(|place| self.points.get_key_value(place))
        else {
            return;
        };
        let others: Vec<PlaceId> = near.iter().copied().filter(|&place| place != kept).collect();
        let unknown = scenario.sites.iter().map(|(_, site)| site.place);
        let unknown = unknown.filter(|&place| scenario.places[place].position.is_none());
        let others: Vec<PlaceId> = others.into_iter().chain(unknown).collect();
        for &place in &others {
            self.points.insert(place, (x, y));
        }
        if let Some(mark) = self.marks.iter_mut().find(|mark| mark.places.contains(&kept)) {
            let is_site = |&place: &PlaceId| kind(scenario, place) == Kind::Site;
            mark.has_sites = others.iter().any(is_site);
            mark.places.extend(others);
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a point of a drawing, far below 2^53")]
fn whole(x: f64) -> i64 {
    x.round() as i64
}

/// Returns what a place is drawn as.
pub(super) fn kind(scenario: &Scenario, place: PlaceId) -> Kind {
    if scenario.places[place].airfield.is_some() {
        Kind::Airfield
    } else if scenario.sites.rows.iter().any(|site| site.place == place) {
        Kind::Site
    } else if scenario
        .roads
        .rows
        .iter()
        .any(|r| r.border.is_some() && (r.from == place || r.to == place))
        && !scenario.elements.rows.iter().any(|element| element.destination == place)
    {
        Kind::Border
    } else {
        Kind::Base
    }
}

/// Where a name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) anchor: &'static str,
}

/// Height of a line of a name.
pub(super) const LINE: i64 = 15 * PX;

/// Finds a spot for the name of every mark, of so many units' width and lines each; the first marks choose first.
pub(super) fn spots(view: &View, sizes: &[(i64, i64)]) -> Vec<Spot> {
    let mut taken: Vec<(i64, i64, i64, i64)> = view
        .marks
        .iter()
        .map(|m| (m.x - 6 * PX, m.y - 6 * PX, m.x + 6 * PX, m.y + 6 * PX))
        .collect();
    let mut spots = Vec::new();
    for (mark, &(width, lines)) in view.marks.iter().zip(sizes) {
        let candidates = (0..6).flat_map(|ring| {
            let (dx, dy) = (10 * PX, ring * 11 * PX);
            [
                ("start", mark.x + dx, mark.y + 4 * PX - dy),
                ("end", mark.x - dx, mark.y + 4 * PX - dy),
                ("start", mark.x + dx, mark.y + 4 * PX + dy),
                ("end", mark.x - dx, mark.y + 4 * PX + dy),
                ("middle", mark.x, mark.y - 11 * PX - dy),
                ("middle", mark.x, mark.y + 20 * PX + dy),
            ]
        });
        let frame = |&(anchor, x, y): &(&'static str, i64, i64)| {
            let left = match anchor {
                "start" => x,
                "end" => x - width,
                _ => x - width / 2,
            };
            (left, y - LINE * 3 / 4, left + width, y + LINE / 4 + (lines - 1) * LINE)
        };
        let is_inside = |f: (i64, i64, i64, i64)| {
            f.0 >= 0 && f.2 <= view.width && f.1 >= 0 && f.3 <= view.height
        };
        let overlaps = |a: (i64, i64, i64, i64), b: (i64, i64, i64, i64)| {
            a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
        };
        let all: Vec<_> = candidates.collect();
        let free = all.iter().find(|c| {
            let f = frame(c);
            is_inside(f) && !taken.iter().any(|&other| overlaps(f, other))
        });
        let chosen = *free.unwrap_or(&all[0]);
        taken.push(frame(&chosen));
        spots.push(Spot { anchor: chosen.0, x: chosen.1, y: chosen.2 });
    }
    spots
}

#[cfg(test)]
mod tests {
    use super::*;
    use exeunt_model::scenario::{Place, Site};

    #[test]
    fn places_of_different_kinds_at_one_mark_have_a_line_each() {
        let mut scenario = Scenario::default();
        let mut place = |name: &str| {
            scenario.places.push(Place {
                name: name.into(),
                title: String::new(),
                state: String::new(),
                position: None,
                area: None,
                airfield: None,
            })
        };
        let (site, base, other) = (place("S01"), place("BASE"), place("OTHER"));
        let (name, receiver) = ("S01".into(), String::new());
        scenario.sites.push(Site { name, place: site, min_guard: 0, receiver });
        let places = vec![site, base, other];
        let mut mark = Mark { places, x: 0, y: 0, kind: Kind::Site, has_sites: false };
        assert_eq!(mark.lines(&scenario, false), [vec![site], vec![base, other]]);
        assert_eq!(mark.lines(&scenario, true), [vec![site, base, other]]);
        mark.kind = Kind::Airfield;
        assert_eq!(mark.lines(&scenario, false), [vec![site, base, other]]);
    }

    #[test]
    fn names_of_near_marks_do_not_overlap() {
        let mark = |x, y| Mark { places: vec![], x, y, kind: Kind::Base, has_sites: false };
        let marks =
            vec![mark(3_000, 3_000), mark(3_100, 3_050), mark(3_050, 3_120), mark(2_950, 3_100)];
        let view =
            View { width: 6_000, height: 6_000, marks, points: BTreeMap::new(), scale: (0, 0) };
        let spots = spots(&view, &[(900, 1), (900, 2), (900, 1), (900, 2)]);
        let frames: Vec<(i64, i64, i64, i64)> = spots
            .iter()
            .zip([1, 2, 1, 2])
            .map(|(s, lines)| {
                let left = match s.anchor {
                    "start" => s.x,
                    "end" => s.x - 900,
                    _ => s.x - 450,
                };
                (left, s.y - 112, left + 900, s.y + 37 + (lines - 1) * LINE)
            })
            .collect();
        for (k, a) in frames.iter().enumerate() {
            for b in &frames[k + 1..] {
                assert!(a.2 <= b.0 || b.2 <= a.0 || a.3 <= b.1 || b.3 <= a.1, "{a:?} {b:?}");
            }
        }
    }
}
