//! A change of a scenario by one unit as an overlay: the rows to write so that anybody can make it.

use crate::calendar::parse_clock;
use crate::draft::Draft;
use crate::tables::{TABLES, table_position};
use exeunt_model::explanation::Change;
use exeunt_model::scenario::{Scenario, Truth, UserClass};
use exeunt_model::time::to_windows;
use exeunt_model::{Duration, Interval, ResourceId, TailId, Timestamp};

/// What the rows of a change say of themselves.
const ASSUMED: &str = "what if: one change, made to plan again";
const HOUR: Duration = Duration::from_hours(1);
const DAY: i64 = 86_400;

/// A cell of an overlay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Table.
    pub table: &'static str,
    /// Id of the row.
    pub row: String,
    /// Column.
    pub column: &'static str,
    /// What to write.
    pub value: String,
}

/// Returns the overlay that makes a change, or none where no row says it: hours that are open all day, dates that are
/// not stated.
pub fn overlay_of(draft: &Draft, s: &Scenario, change: &Change) -> Option<Draft> {
    let mut over = Rows::over(draft);
    match change {
        Change::OneMore(resource) => over.one_more(s, *resource),
        Change::Tail(tail) => over.one_more_tail(s, *tail),
        Change::StagingRoom(place) => {
            let row = &s.places[*place];
            let field = row.airfield.as_ref()?;
            if let Some(people) = field.staging_people {
                over.set("airfields", &row.name, "staging_people", people.saturating_add(10));
            }
            if let Some(items) = field.staging_vehicles {
                over.set("airfields", &row.name, "staging_vehicles", items.saturating_add(1));
            }
        }
        Change::StagingTime(place) => {
            let row = &s.places[*place];
            let left = row.airfield.as_ref()?.staging_time - HOUR;
            over.set("airfields", &row.name, "staging_h", hours(left)?);
        }
        Change::ColumnSize(road) => {
            let row = &s.roads[*road];
            over.set("roads", &row.name, "max_vehicles", row.max_vehicles?.saturating_add(1));
        }
        Change::Hours(place, class) => {
            let field = s.places[*place].name.clone();
            let class = if *class == UserClass::Civil { "civil" } else { "military" };
            let open = |row: &CellsOf<'_>| {
                let mine = row("field") == field && row("user_class") == class;
                mine.then(|| row("state") != "closed")
            };
            over.widen("hours", ["open_from", "open_to"], &open);
        }
        Change::Shift(resource) => {
            let name = s.resources[*resource].name.clone();
            let open = |row: &CellsOf<'_>| {
                let is_given = row("amount").parse::<i64>().is_ok_and(|amount| amount > 0);
                (row("resource") == name && is_given).then_some(true)
            };
            over.widen("capacity", ["daily_from", "daily_to"], &open);
        }
        Change::Border(road) => {
            let name = s.roads[*road].border.as_ref()?.name.clone();
            let open = |row: &CellsOf<'_>| (row("id") == name).then_some(true);
            over.widen("borders", ["open_from", "open_to"], &open);
        }
        Change::Condition(condition) => {
            let row = &s.conditions[*condition];
            match &row.truth {
                Truth::From(from) => {
                    over.set("conditions", &row.name, "true_from", (*from)? - HOUR);
                }
                Truth::Level { zone, level, .. } => {
                    let rows = s.assessments.rows.iter();
                    for row in rows.filter(|row| row.zone == *zone && row.level >= *level) {
                        over.set("assessments", &row.name, "at", row.at - HOUR);
                    }
                }
            }
        }
        Change::Date(date) => {
            for row in &s.elements.rows {
                if row.load_from == Some(*date) {
                    over.set("elements", &row.name, "load_from", *date - HOUR);
                }
                if row.ready == *date {
                    over.set("elements", &row.name, "ready", *date - HOUR);
                }
            }
        }
        Change::Clearances(state) => {
            for row in s.clearances.rows.iter().filter(|row| row.state == *state && row.granted) {
                if let Some(asked) = row.asked {
                    over.set("clearances", &row.name, "asked_at", asked - HOUR);
                }
                if let Some(valid) = row.valid {
                    over.set("clearances", &row.name, "valid_from", valid.from - HOUR);
                    over.set("clearances", &row.name, "valid_to", valid.to + HOUR);
                }
            }
        }
        Change::Priced(row) => over.set("precedence", &s.precedence[*row].name, "hard", "false"),
        Change::NobodyStays(row) => {
            over.set("precedence", &s.precedence[*row].name, "stay_people", 0);
        }
        Change::NothingKept(resource) => {
            over.set("resources", &s.resources[*resource].name, "keep", 0);
        }
        Change::Spread(element) => {
            let row = &s.elements[*element];
            over.set("elements", &row.name, "spread_h", hours(row.spread? + HOUR)?);
        }
    }
    (over.over.n_rows() > 0).then_some(over.over)
}

/// Returns the stated cells of an overlay, row by row, in the order of its tables; its reasons left out.
pub fn cells(over: &Draft) -> Vec<Cell> {
    let mut cells = Vec::new();
    for (spec, table) in TABLES.iter().zip(&over.tables) {
        let Some(id) = spec.position("id") else { continue };
        for row in &table.rows {
            let stated = spec.columns().filter(|(at, _)| !row.cells[*at].is_empty());
            for (at, column) in
                stated.filter(|(_, column)| !["id", "assumed"].contains(&column.name))
            {
                cells.push(Cell {
                    table: spec.name,
                    row: row.cells[id].to_string(),
                    column: column.name,
                    value: row.cells[at].to_string(),
                });
            }
        }
    }
    cells
}

/// Returns a cell of a row by its column.
type CellsOf<'a> = dyn Fn(&str) -> String + 'a;

/// An overlay that grows over a draft.
pub(crate) struct Rows<'a> {
    pub(crate) draft: &'a Draft,
    pub(crate) over: Draft,
}

impl<'a> Rows<'a> {
    pub(crate) fn over(draft: &'a Draft) -> Self {
        Self { draft, over: Draft::default() }
    }

    /// Writes a cell.
    pub(crate) fn put(&mut self, table: &str, row: &str, column: &str, value: &str) {
        let is_known = self.over.set_cell(table, row, column, value);
        debug_assert!(is_known, "{table} has a column {column}");
    }

    fn set(&mut self, table: &str, row: &str, column: &str, value: impl ToString) {
        self.put(table, row, column, &value.to_string());
        self.put(table, row, "assumed", ASSUMED);
    }

    /// Returns an id that the table does not have.
    pub(crate) fn new_id(&self, table: &str, like: &str) -> String {
        let short: String = like.chars().take(50).collect();
        let ids = (1..).map(|n| match n {
            1 => format!("{short}-more"),
            _ => format!("{short}-more-{n}"),
        });
        let is_free = |id: &String| {
            self.draft.cell(table, id, "id").is_none() && self.over.cell(table, id, "id").is_none()
        };
        ids.into_iter().find(is_free).expect("ids go on for ever")
    }

    /// Adds one unit whenever the resource has any.
    fn one_more(&mut self, s: &Scenario, id: ResourceId) {
        let row = &s.resources[id];
        let given = row.capacity.iter().filter(|part| part.amount > 0);
        let windows = to_windows(given.flat_map(|part| part.windows.clone()).collect());
        for Interval { from, to } in windows {
            let id = self.new_id("capacity", &row.name);
            self.set("capacity", &id, "resource", &row.name);
            self.set("capacity", &id, "amount", 1);
            if from > Timestamp::MIN {
                self.set("capacity", &id, "valid_from", from);
            }
            if to < Timestamp::MAX {
                self.set("capacity", &id, "valid_to", to);
            }
        }
    }

    fn one_more_tail(&mut self, s: &Scenario, id: TailId) {
        let row = &s.tails[id];
        let class = if row.user_class == UserClass::Civil { "civil" } else { "military" };
        let id = self.new_id("tails", &row.name);
        self.set("tails", &id, "type", &s.types[row.aircraft].name);
        self.set("tails", &id, "base", &s.places[row.base].name);
        self.set("tails", &id, "owner", &s.parties[row.owner].name);
        self.set("tails", &id, "user_class", class);
        if row.available.from > Timestamp::MIN {
            self.set("tails", &id, "available_from", row.available.from);
        }
        if row.available.to < Timestamp::MAX {
            self.set("tails", &id, "available_to", row.available.to);
        }
    }

    /// Moves daily hours by an hour at both ends: apart where the row is open, together where it is closed. Rows
    /// without daily hours stay. `open` says whether a row is concerned and open.
    fn widen(
        &mut self,
        table: &str,
        daily: [&'static str; 2],
        open: &dyn Fn(&CellsOf<'_>) -> Option<bool>,
    ) {
        let Some(position) = table_position(table) else { return };
        let spec = &TABLES[position];
        let draft = self.draft;
        for row in &draft.tables[position].rows {
            let cell = |name: &str| {
                spec.position(name).map_or_else(String::new, |at| row.cells[at].to_string())
            };
            let Some(is_open) = open(&cell) else { continue };
            let id = cell("id");
            let way = if is_open { HOUR.0 } else { -HOUR.0 };
            let [from, to] = daily.map(&cell);
            if let (Some(from), Some(to)) = (parse_clock(&from), parse_clock(&to)) {
                let (earlier, later) = ((from - way).max(0), (to + way).min(DAY));
                if (earlier, later) != (from, to) && earlier < later {
                    self.set(table, &id, daily[0], clock(earlier));
                    self.set(table, &id, daily[1], clock(later));
                }
            }
        }
    }
}

/// Writes seconds after midnight as `HH:MM`.
fn clock(seconds: i64) -> String {
    format!("{:02}:{:02}", seconds / 3_600, seconds / 60 % 60)
}

/// Writes a length in hours with at most three decimals; none if it has more.
fn hours(length: Duration) -> Option<String> {
    let thousandths = length.0.checked_mul(1_000).filter(|n| *n >= 0 && n % 3_600 == 0)? / 3_600;
    Some(match thousandths % 1_000 {
        0 => (thousandths / 1_000).to_string(),
        rest => format!("{}.{rest:03}", thousandths / 1_000),
    })
}
