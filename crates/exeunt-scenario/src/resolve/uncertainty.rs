//! Rows of `uncertainty`: what may turn out otherwise, with the parameters that its kind and distribution need.

use super::superfluous;
use crate::codes::{BAD_RANGE, MISSING_CELL, UNKNOWN_ID, UNKNOWN_WORD};
use crate::row::Row;
use crate::suggest::{did_you_mean, shown};
use exeunt_model::uncertainty::{
    Factor, FactorKey, Parameter, Range, Scope, Shape, Uncertain, Uncertainty,
};
use exeunt_model::{Id, PlaceId};

pub(super) fn uncertainty(row: Row<'_, '_>) -> Uncertainty {
    let word = row.text("what");
    let known = Uncertain::ALL.into_iter().find(|(_, name)| *name == word);
    let what = known.map_or(Uncertain::StepDuration, |(what, _)| what);
    let shape = match row.text("distribution") {
        "fixed" => Shape::Fixed,
        "exponential" => Shape::Exponential,
        _ => Shape::Lognormal,
    };
    let chance = row.number_or("chance_per_mille", 1_000);
    if known.is_some() && what.is_closure() && !row.has("chance_per_mille") {
        let remedy = "state on how many of 1000 days it happens";
        row.report_blank("chance_per_mille", MISSING_CELL, "it has a chance per day", remedy);
    }
    let (median, p90) = match known {
        Some(_) => parameters(row, what, shape),
        None => (100, 100),
    };
    let read = Uncertainty {
        name: row.string("id"),
        what,
        scope: if known.is_some() { scope(row, what) } else { Scope::All },
        shape,
        chance,
        median,
        p90,
        range: None,
        factor: factor(row, known.map(|(what, _)| what)),
        assumed: row.has("assumed"),
    };
    Uncertainty { range: range(row, &read), ..read }
}

/// Reads median and p90 in the unit of the kind.
fn parameters(row: Row<'_, '_>, what: Uncertain, shape: Shape) -> (i64, i64) {
    let (own, other) = match what.is_factor() {
        true => (["median_percent", "p90_percent"], ["median_min", "p90_min"]),
        false => (["median_min", "p90_min"], ["median_percent", "p90_percent"]),
    };
    let unit = if what.is_factor() { "per cent of what is planned" } else { "minutes" };
    for column in other.into_iter().filter(|column| row.has(column)) {
        superfluous(row, column, &format!("`{}` is stated in {unit}", what.word()));
    }
    let [median_in, p90_in] = own;
    if !what.is_factor() && !row.has(median_in) {
        let remedy = "state what half of them stay within, in minutes";
        row.report_blank(median_in, MISSING_CELL, "it is a delay", remedy);
    }
    let median = row.number_or(median_in, 100);
    if shape != Shape::Lognormal {
        if row.has(p90_in) {
            superfluous(row, p90_in, "the distribution follows from its median");
        }
        return (median, median);
    }
    if !row.has(p90_in) {
        let remedy = "state what nine of ten stay within";
        row.report_blank(p90_in, MISSING_CELL, "the distribution is lognormal", remedy);
    }
    let p90 = row.number_or(p90_in, median);
    if p90 < median {
        let message = format!("`{p90_in}` of {} is {p90}, less than its median", row.object());
        let remedy = "nine of ten stay within more than one of two does; exchange them";
        row.report(p90_in, BAD_RANGE, message, &median.to_string(), remedy);
    }
    (median, p90.max(median))
}

/// Reads the range over which a parameter is drawn; what is assumed has one.
fn range(row: Row<'_, '_>, read: &Uncertainty) -> Option<Range> {
    let of = match row.text("range_of") {
        "chance" => Parameter::Chance,
        "p90" => Parameter::P90,
        _ => Parameter::Median,
    };
    let columns = ["range_of", "low", "high"];
    let is_stated = columns.iter().any(|column| row.has(column));
    for column in columns.into_iter().filter(|column| !row.has(column)) {
        if read.assumed || is_stated {
            let why = match is_stated {
                true => "a range has a parameter and two ends",
                false => "the row is assumed",
            };
            let remedy = "state which parameter is not known better, and between what it lies";
            row.report_blank(column, MISSING_CELL, why, remedy);
        }
    }
    let (low, high) = (row.number("low")?, row.number("high")?);
    let stated = match of {
        Parameter::Chance => read.chance,
        Parameter::Median => read.median,
        Parameter::P90 => read.p90,
    };
    let most = if of == Parameter::Chance { 1_000 } else { i64::MAX };
    let needs_p90 = of == Parameter::P90 && read.shape != Shape::Lognormal;
    let below_median = of == Parameter::P90 && low < read.median;
    let above_p90 = of == Parameter::Median && read.shape == Shape::Lognormal && high > read.p90;
    let wrong = match () {
        () if needs_p90 => Some(("range_of", "the distribution has no p90".to_owned())),
        () if low > stated => Some(("low", format!("the row states {stated}"))),
        () if high < stated => Some(("high", format!("the row states {stated}"))),
        () if high > most => Some(("high", format!("a chance is at most {most} of 1000"))),
        () if below_median => Some(("low", format!("the median is {}", read.median))),
        () if above_p90 => Some(("high", format!("the p90 is {}", read.p90))),
        () => None,
    };
    if let Some((column, why)) = wrong.filter(|_| row.is_clean()) {
        let value = shown(row.text(column));
        let message = format!("`{column}` of {} is {value}, but {why}", row.object());
        let remedy = "let the range hold what the row states";
        row.report(column, BAD_RANGE, message, &stated.to_string(), remedy);
    }
    Some(Range { of, low: low.min(stated), high: high.max(stated).min(most) })
}

/// Returns the keys of a factor that do not depend on the plan: what closes an area has no place or party of its own, a
/// clearance no place, a decision neither.
const fn keys(what: Uncertain) -> &'static [&'static str] {
    match what {
        Uncertain::Weather | Uncertain::Situation => &["operation", "day", "area_day"],
        Uncertain::ClearanceLate => &["operation", "day", "party"],
        Uncertain::DecisionLate => &["operation", "day"],
        Uncertain::StepDuration
        | Uncertain::ReceiverLate
        | Uncertain::Breakdown
        | Uncertain::GroundTime
        | Uncertain::BlockTime
        | Uncertain::MarchTime => &["operation", "day", "area_day", "place_day", "party"],
    }
}

fn factor(row: Row<'_, '_>, what: Option<Uncertain>) -> Option<Factor> {
    if !row.has("factor") {
        for column in ["factor_by", "weight_percent"].into_iter().filter(|c| row.has(c)) {
            superfluous(row, column, "the row has no `factor`");
        }
        return None;
    }
    if !row.has("factor_by") {
        let remedy = "write operation, day, area_day, place_day or party";
        row.report_blank("factor_by", MISSING_CELL, "the row has a `factor`", remedy);
    }
    let word = row.text("factor_by");
    let is_known = ["operation", "day", "area_day", "place_day", "party"].contains(&word);
    if let Some(what) = what.filter(|what| is_known && !keys(*what).contains(&word)) {
        let message = format!(
            "`factor_by` of {} is {}, which `{}` does not have by itself",
            row.object(),
            shown(word),
            what.word()
        );
        let remedy = format!("write {}", keys(what).join(" or "));
        row.report("factor_by", UNKNOWN_WORD, message, "", &remedy);
    }
    let by = match word {
        "day" => FactorKey::Day,
        "area_day" => FactorKey::AreaDay,
        "place_day" => FactorKey::PlaceDay,
        "party" => FactorKey::Party,
        _ => FactorKey::Operation,
    };
    let weight_percent = row.number_or("weight_percent", 100);
    Some(Factor { name: row.string("factor"), by, weight_percent })
}

/// Tables that a scope of a kind may name a row of, and whether it may name an area.
const fn named_by(what: Uncertain) -> (&'static [&'static str], bool) {
    match what {
        Uncertain::StepDuration | Uncertain::ReceiverLate | Uncertain::Situation => {
            (&["sites"], true)
        }
        Uncertain::Breakdown => (&["aircraft_types", "tails", "parties"], false),
        Uncertain::Weather => (&["airfields"], true),
        Uncertain::GroundTime => (&["airfields", "aircraft_types"], true),
        Uncertain::BlockTime => (&["aircraft_types", "air_legs"], false),
        Uncertain::MarchTime => (&["roads", "parties"], false),
        Uncertain::ClearanceLate => (&["clearances", "parties"], false),
        Uncertain::DecisionLate => (&["conditions"], false),
    }
}

fn scope(row: Row<'_, '_>, what: Uncertain) -> Scope {
    let text = row.text("scope");
    if text == "ALL" || text.is_empty() {
        return Scope::All;
    }
    let cx = row.cx;
    let (tables, areas) = named_by(what);
    for table in tables {
        let Some(found) = cx.find(table, text) else { continue };
        let fields = cx.n_rows("places");
        let sites = fields + cx.n_rows("airfields");
        return match *table {
            "airfields" => Scope::Place(PlaceId::from_index(fields + found)),
            "sites" => Scope::Place(PlaceId::from_index(sites + found)),
            "parties" => Scope::Party(Id::from_index(found)),
            "aircraft_types" => Scope::Type(Id::from_index(found)),
            "air_legs" => Scope::Leg(Id::from_index(found)),
            "roads" => Scope::Road(Id::from_index(found)),
            "clearances" => Scope::Clearance(Id::from_index(found)),
            "conditions" => Scope::Condition(Id::from_index(found)),
            _ => Scope::Pool(text.to_owned()),
        };
    }
    let in_column = |tables: &'static [&'static str], column: &'static str| {
        tables.iter().flat_map(move |table| cx.rows(table).map(move |row| row.text(column)))
    };
    let area_names = || in_column(&["places", "airfields", "sites"], "area");
    if areas && area_names().any(|area| area == text) {
        return Scope::Area(text.to_owned());
    }
    let states = || in_column(&["clearances"], "state");
    if what == Uncertain::ClearanceLate && states().any(|state| state == text) {
        return Scope::State(text.to_owned());
    }
    let mut kinds: Vec<&str> = tables.to_vec();
    if areas {
        kinds.push("areas of places");
    }
    let message = format!(
        "`scope` of {} is {}, which is neither ALL nor a row of {} that `{}` applies to",
        row.object(),
        shown(text),
        kinds.join(" or "),
        what.word()
    );
    let ids = in_column(tables, "id");
    let near = ids.chain(area_names().filter(|area| areas && !area.is_empty()));
    let remedy = did_you_mean(text, near, format!("write ALL, or an id of {}", kinds.join(", ")));
    row.report("scope", UNKNOWN_ID, message, "", &remedy);
    Scope::All
}
