//! Projects with scarce resources in Patterson's form: activities (with a first and a last one that do nothing) and
//! resources, their capacities, then per activity duration, needs, number of successors, successors.
//!
//! A project becomes a scenario of one handover: an activity is a step, a resource a team, a unit of time an hour.

use super::reader::Reader;
use crate::codes::{BAD_PAIR, OUT_OF_RANGE, RAGGED_ROW, TRUNCATED_FILE};
use exeunt_model::scenario::{Capacity, Place, Resource, ResourceKind, Scenario, Site, Step};
use exeunt_model::{Duration, Id, Interval, Problem, ResourceId, StepId, Timestamp};

/// Most activities and resources of a project.
const MOST_ACTIVITIES: u64 = 10_000;
const MOST_RESOURCES: u64 = 100;
/// Longest duration in units.
const LONGEST: u64 = 1_000_000;

struct Activity {
    duration: i64,
    needs: Vec<i64>,
    followers: Vec<usize>,
}

/// The numbers of a file, one after the other, with their lines.
struct Numbers<'a> {
    reader: Reader<'a>,
    cells: std::vec::IntoIter<(u64, &'a str)>,
    is_whole: bool,
}

impl Numbers<'_> {
    /// Returns the next whole number; 0, and nothing more, after a problem.
    fn next(&mut self, column: &str, most: u64) -> u64 {
        if !self.is_whole {
            return 0;
        }
        let Some((line, cell)) = self.cells.next() else {
            self.reader.truncated(column);
            self.is_whole = false;
            return 0;
        };
        let number = self.reader.number(line, column, cell);
        let number = self.reader.whole(line, column, number);
        if number > most {
            let said = (format!("`{column}` is {number}, at most {most} is read"), "correct it");
            self.reader.problem(OUT_OF_RANGE, Some(line), Some(column), Some(cell), said);
            self.is_whole = false;
            return 0;
        }
        number
    }
}

pub(super) fn read(name: &str, mut reader: Reader<'_>) -> Result<Scenario, Vec<Problem>> {
    let mut cells = Vec::new();
    while let Some((line, text)) = reader.line() {
        cells.extend(text.split_whitespace().map(|cell| (line, cell)));
    }
    let mut numbers = Numbers { reader, cells: cells.into_iter(), is_whole: true };
    let n = numbers.next("activities", MOST_ACTIVITIES);
    let n_resources = numbers.next("resources", MOST_RESOURCES);
    let capacities: Vec<u64> =
        (0..n_resources).map(|_| numbers.next("capacity", u64::from(u32::MAX))).collect();
    let mut activities = Vec::new();
    for at in 1..=n {
        let duration = numbers.next("duration", LONGEST);
        let needs: Vec<u64> =
            capacities.iter().map(|_| numbers.next("need", u64::from(u32::MAX))).collect();
        let count = numbers.next("number of successors", n);
        let followers: Vec<u64> = (0..count).map(|_| numbers.next("successor", n)).collect();
        if !numbers.is_whole {
            break;
        }
        if let Some(wrong) = followers.iter().find(|next| **next <= at) {
            let said = (
                format!("activity {at} has {wrong} as a successor, which does not come after it"),
                "number the activities so that successors come later",
            );
            numbers.reader.problem(BAD_PAIR, None, Some("successor"), None, said);
        }
        if let Some((need, all)) = needs.iter().zip(&capacities).find(|(need, all)| need > all) {
            let said = (
                format!("activity {at} needs {need} of a resource of which there is {all}"),
                "give the resource more capacity or the activity a smaller need",
            );
            numbers.reader.problem(OUT_OF_RANGE, None, Some("need"), None, said);
        }
        let followers = followers.iter().map(|next| (*next as usize).saturating_sub(1)).collect();
        let needs = needs.iter().map(|need| *need as i64).collect();
        activities.push(Activity { duration: duration as i64, needs, followers });
    }
    if let (true, Some((line, cell))) = (numbers.is_whole, numbers.cells.next()) {
        let said = ("there are numbers after the last activity".to_owned(), "take them out");
        numbers.reader.problem(RAGGED_ROW, Some(line), None, Some(cell), said);
    }
    let truncated = activities.len() < n as usize && numbers.is_whole;
    if truncated {
        let said = ("activities are missing".to_owned(), "restore the rest of the file");
        numbers.reader.problem(TRUNCATED_FILE, None, None, None, said);
    }
    numbers.reader.problems()?;
    Ok(scenario(name, &capacities, &activities))
}

/// Makes the scenario; an activity that takes no time only hands on its order.
fn scenario(name: &str, capacities: &[u64], activities: &[Activity]) -> Scenario {
    let mut s = Scenario { hash: name.to_owned(), ..Scenario::default() };
    s.operation.name = name.to_owned();
    let all: i64 = activities.iter().map(|activity| activity.duration).sum();
    s.operation.end = Timestamp(0) + Duration::from_hours(all + 1);
    let title = name.to_owned();
    let place = s.places.push(Place {
        name: title.clone(),
        title: title.clone(),
        state: String::new(),
        position: None,
        area: None,
        airfield: None,
    });
    let site = s.sites.push(Site { name: title, place, min_guard: 0, receiver: String::new() });
    for (at, amount) in capacities.iter().enumerate() {
        let windows = vec![Interval::ALWAYS];
        s.resources.push(Resource {
            name: format!("R{}", at + 1),
            title: format!("resource {}", at + 1),
            kind: ResourceKind::Team,
            place: None,
            keep: 0,
            capacity: vec![Capacity { amount: *amount as i64, windows, provided_by: None }],
        });
    }
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); activities.len()];
    for (at, activity) in activities.iter().enumerate() {
        for &next in &activity.followers {
            let mut mine = if activity.duration > 0 { vec![at] } else { before[at].clone() };
            before[next].append(&mut mine);
        }
    }
    let mut steps: Vec<Option<StepId>> = vec![None; activities.len()];
    for (at, activity) in activities.iter().enumerate() {
        if activity.duration == 0 {
            continue;
        }
        before[at].sort_unstable();
        before[at].dedup();
        let needs = activity.needs.iter().enumerate().filter(|(_, need)| **need > 0);
        steps[at] = Some(s.steps.push(Step {
            name: format!("A{}", at + 1),
            site,
            title: format!("activity {}", at + 1),
            duration: Duration::from_hours(activity.duration),
            after: before[at].iter().filter_map(|p| Some((steps[*p]?, Duration::ZERO))).collect(),
            with: Vec::new(),
            needs: needs.map(|(r, need)| (ResourceId::from_index(r), *need)).collect(),
        }));
    }
    s
}
