//! Cells into values: exact numbers, moments, lists. Each function returns the value or what is wrong
//! with the text, without naming the cell.

use crate::calendar::{DAY, When, Zone, parse_clock, parse_day, parse_when};
use crate::codes::*;
use crate::sink::Fault;
use crate::suggest::{did_you_mean, fraction, grouped, listed, shown};
use crate::tables::{BEARINGS, LAG, NEED, Number, POINT_KG, POINT_KM};
use jiff::civil::Date;

/// Why text is not a decimal number.
enum NoDecimal {
    Garbage,
    TooLong,
}

/// Reads `-12.50` as (-125, 1): the digits and how many of them stand after the point.
fn decimal(text: &str) -> Result<(i128, u32), NoDecimal> {
    let (sign, digits) = match text.strip_prefix(['-', '+']) {
        Some(rest) => (if text.starts_with('-') { -1 } else { 1 }, rest),
        None => (1, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_number(whole) || !is_number(part) || digits.ends_with('.') {
        return Err(NoDecimal::Garbage);
    }
    let part = part.trim_end_matches('0');
    let whole = whole.trim_start_matches('0');
    if whole.len() + part.len() > 28 {
        return Err(NoDecimal::TooLong);
    }
    let all = format!("0{whole}{part}");
    let value: i128 = all.parse().map_err(|_| NoDecimal::TooLong)?;
    Ok((sign * value, u32::try_from(part.len()).unwrap_or(0)))
}

/// Reads a number exactly as an integer in its base unit.
pub(crate) fn number(text: &str, number: &Number) -> Result<i64, Fault> {
    let (digits, places) = match decimal(text) {
        Ok(found) => found,
        Err(NoDecimal::TooLong) => return Err(out_of_range(number)),
        Err(NoDecimal::Garbage) => return Err(not_a_number(text, number)),
    };
    // at most 28 digits and a factor below 10^10 stay within 38 digits
    let scaled = digits * i128::from(number.times);
    let divisor = 10_i128.pow(places);
    if scaled % divisor != 0 {
        let unit = if number.base.is_empty() { "number" } else { number.base };
        let what = match number.base {
            "" => "but must be a whole number".to_owned(),
            base => format!("which is not a whole number of {base}"),
        };
        return Err(Fault::new(NOT_WHOLE, what, "round it").limit(format!("1 {unit}")));
    }
    let value = i64::try_from(scaled / divisor).map_err(|_| out_of_range(number))?;
    match value {
        _ if value < 0 && number.low >= 0 => Err(Fault::new(
            NEGATIVE,
            format!("but must be {}", least(number)),
            format!("write a number {}", range(number)),
        )
        .limit(least(number))),
        0 if number.low > 0 => Err(Fault::new(
            ZERO,
            format!("but must be {}", least(number)),
            format!("write a number {}", range(number)),
        )
        .limit(least(number))),
        _ if value < number.low || value > number.high.saturating_mul(number.times) => {
            Err(out_of_range(number))
        }
        _ => Ok(value),
    }
}

fn least(number: &Number) -> String {
    match (number.low, number.times) {
        (1, 1) if number.unit.is_empty() => "at least 1".to_owned(),
        (1, _) => with_unit("more than 0", number.unit),
        (0, _) => "at least 0".to_owned(),
        (low, times) => format!("at least {}", with_unit(&fraction(low, times), number.unit)),
    }
}

fn with_unit(text: &str, unit: &str) -> String {
    if unit.is_empty() { text.to_owned() } else { format!("{text} {unit}") }
}

fn range(number: &Number) -> String {
    let high = with_unit(&grouped(number.high), number.unit);
    match number.low {
        1 if number.times > 1 || !number.unit.is_empty() => format!("above 0 up to {high}"),
        low => format!("from {} to {high}", fraction(low, number.times)),
    }
}

fn out_of_range(number: &Number) -> Fault {
    let high = with_unit(&grouped(number.high), number.unit);
    let low = fraction(number.low, number.times);
    let says = match number.low {
        0 | 1 => format!("more than the limit of {high}"),
        _ => format!("but must lie between {low} and {high}"),
    };
    Fault::new(OUT_OF_RANGE, says, format!("write a number {}", range(number))).limit(high)
}

/// Units of a number, with their size in the SI unit as a fraction, by dimension.
const UNITS: &[(&str, &str, i128, i128)] = &[
    ("kg", "mass", 1, 1),
    ("g", "mass", 1, 1_000),
    ("t", "mass", 1_000, 1),
    ("lb", "mass", 45_359_237, 100_000_000),
    ("lbs", "mass", 45_359_237, 100_000_000),
    ("m", "length", 1, 1),
    ("mm", "length", 1, 1_000),
    ("cm", "length", 1, 100),
    ("km", "length", 1_000, 1),
    ("ft", "length", 3_048, 10_000),
    ("in", "length", 254, 10_000),
    ("nm", "length", 1_852, 1),
    ("mi", "length", 1_609_344, 1_000),
    ("s", "time", 1, 1),
    ("min", "time", 60, 1),
    ("h", "time", 3_600, 1),
    ("d", "time", 86_400, 1),
    ("km/h", "speed", 1_000, 1),
    ("kmh", "speed", 1_000, 1),
    ("kt", "speed", 1_852, 1),
    ("kn", "speed", 1_852, 1),
    ("mph", "speed", 1_609_344, 1_000),
];

/// Tells a number with a unit from garbage.
fn not_a_number(text: &str, number: &Number) -> Fault {
    let end = text.find(|c: char| !(c.is_ascii_digit() || "+-.".contains(c)));
    let (digits, unit) = text.split_at(end.unwrap_or(text.len()));
    let unit = unit.trim().trim_end_matches('.').to_lowercase();
    let known = UNITS.iter().find(|(name, ..)| *name == unit);
    let (Some(&(_, dimension, num, den)), Ok((value, places))) = (known, decimal(digits)) else {
        let what = match number.unit {
            "" => "which is not a number".to_owned(),
            unit => format!("which is not a number of {unit}"),
        };
        let remedy = "write digits with at most one point, no unit and no separators";
        return Fault::new(NOT_A_NUMBER, what, remedy);
    };
    let column = UNITS.iter().find(|(name, ..)| *name == number.unit);
    let says = match number.unit {
        "" => format!("which has the unit {unit}, but the column counts"),
        wanted => format!("which has the unit {unit}, but the column is in {wanted}"),
    };
    let remedy = match column {
        Some(&(wanted, column_dimension, n, d)) if column_dimension == dimension => {
            let converted = convert(value, places, (num * d, den * n), number.times);
            format!("write `{converted}`, the value in {wanted}, without the unit")
        }
        Some((wanted, ..)) => format!("write the value in {wanted}, without the unit"),
        None => "write the number alone".to_owned(),
    };
    Fault::new(WRONG_UNIT, says, remedy).limit(number.unit)
}

/// Converts `value / 10^places` by a fraction, rounded up to what the column can hold.
fn convert(value: i128, places: u32, (num, den): (i128, i128), times: i64) -> String {
    let steps: i128 = if times == 1 { 1 } else { 1_000 };
    let below = den.saturating_mul(10_i128.pow(places.min(15)));
    let above = value.saturating_mul(num).saturating_mul(steps);
    let rounded = (above.saturating_add(below - 1)).div_euclid(below.max(1));
    let rounded = i64::try_from(rounded).unwrap_or(i64::MAX);
    fraction(rounded, i64::try_from(steps).unwrap_or(1))
}

/// Reads any decimal number, as in a quotation.
pub(crate) fn plain(text: &str) -> Result<(), Fault> {
    decimal(text).map(|_| ()).map_err(|_| {
        Fault::new(NOT_A_NUMBER, "which is not a number", "write digits with at most one point")
    })
}

/// Reads degrees.
pub(crate) fn degrees(text: &str, most: i64) -> Result<f64, Fault> {
    let number = Number { unit: "degrees", base: "", times: 1, low: -most, high: most };
    if decimal(text).is_err() {
        return Err(not_a_number(text, &number));
    }
    let value: f64 = text.parse().map_err(|_| not_a_number(text, &number))?;
    #[expect(clippy::cast_precision_loss, reason = "at most 180")]
    let most_degrees = most as f64;
    let is_inside = -most_degrees <= value && value <= most_degrees;
    if is_inside { Ok(value) } else { Err(out_of_range(&number)) }
}

/// Reads `true` or `false`; spreadsheets write them in capitals.
pub(crate) fn flag(text: &str) -> Result<bool, Fault> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(Fault::new(NOT_A_FLAG, "which is neither true nor false", "write true or false")),
    }
}

/// Finds a word in a list.
pub(crate) fn word(text: &str, words: &[&'static str]) -> Result<&'static str, Fault> {
    words.iter().copied().find(|&word| word == text).ok_or_else(|| {
        let possible = listed(words.iter().copied()).replace(" and ", " or ");
        let remedy = did_you_mean(text, words.iter().copied(), "use one of these words");
        Fault::new(UNKNOWN_WORD, format!("but must be {possible}"), remedy).limit(possible)
    })
}

/// Reads a day.
pub(crate) fn day(text: &str) -> Result<Date, Fault> {
    parse_day(text)
        .ok_or_else(|| Fault::new(BAD_MOMENT, "which is not a date", "write it as 2022-01-13"))
}

/// Reads a day or moment.
pub(crate) fn when(text: &str) -> Result<When, Fault> {
    parse_when(text).ok_or_else(|| {
        Fault::new(
            BAD_MOMENT,
            "which is not a date or a date and time of the years 1900 to 2200",
            "write 2022-01-13, 2022-01-13T15:00 or 2022-01-13T15:00:00+06:00",
        )
    })
}

/// Reads a day or moment, or two with `..` between them.
pub(crate) fn days(text: &str) -> Result<(), Fault> {
    let (from, to) = text.split_once("..").unwrap_or((text, text));
    when(from).and(when(to)).map(|_| ())
}

/// Reads a time of day as seconds; 24:00 is the end of the day.
pub(crate) fn clock(text: &str) -> Result<i64, Fault> {
    parse_clock(text).filter(|&seconds| seconds <= DAY).ok_or_else(|| {
        Fault::new(BAD_CLOCK, "which is not a time of day", "write it as HH:MM, such as 08:00")
    })
}

/// Reads a zone.
pub(crate) fn zone(text: &str) -> Result<Zone, Fault> {
    Zone::parse(text).ok_or_else(|| {
        let names: Vec<String> =
            jiff::tz::db().available().map(|name| name.as_str().to_owned()).collect();
        let remedy = did_you_mean(
            text,
            names.iter().map(String::as_str),
            "write an offset such as +06:00, or a name such as Asia/Almaty",
        );
        Fault::new(UNKNOWN_ZONE, "which is neither an offset nor a known zone", remedy)
    })
}

/// Checks the code of a state.
pub(crate) fn state(text: &str) -> Result<(), Fault> {
    let n = text.chars().count();
    let is_code = (2..=8).contains(&n) && text.chars().all(char::is_alphabetic);
    is_code.then_some(()).ok_or_else(|| {
        let says = "but the code of a state has 2 to 8 letters";
        Fault::new(BAD_STATE, says, "write a code such as KZ").limit("2 to 8 letters")
    })
}

/// Checks the code of a language.
pub(crate) fn language(text: &str) -> Result<(), Fault> {
    let is_code = (2..=3).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_lowercase());
    is_code.then_some(()).ok_or_else(|| {
        let says = "but the code of a language has 2 or 3 small letters (ISO 639)";
        Fault::new(BAD_LANGUAGE, says, "write a code such as en, ru or ar").limit("2 or 3 letters")
    })
}

/// Checks an id.
pub(crate) fn id(text: &str) -> Result<(), Fault> {
    let is_id = text.chars().count() <= 64
        && text.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c));
    if !is_id {
        let says = "but an id has at most 64 letters, digits and - _ . /";
        return Err(Fault::new(BAD_ID, says, "use other characters").limit("64 letters"));
    }
    if matches!(text, "ALL" | "none") {
        return Err(Fault::new(
            BAD_ID,
            "which has a meaning of its own in lists",
            "choose another id",
        ));
    }
    Ok(())
}

/// Splits a list at `;`; refuses blank and doubled items.
pub(crate) fn list(text: &str) -> Result<Vec<&str>, Fault> {
    let items: Vec<&str> = text.split(';').map(str::trim).collect();
    if items.iter().any(|item| item.is_empty()) {
        let says = "which has an item without text";
        return Err(Fault::new(EMPTY_ITEM, says, "remove the `;` too many"));
    }
    let mut sorted = items.clone();
    sorted.sort_unstable();
    match sorted.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => {
            let says = format!("which names {} twice", shown(pair[0]));
            Err(Fault::new(DUPLICATE_IN_LIST, says, "name it once"))
        }
        None => Ok(items),
    }
}

/// Reads `STEP` or `STEP+2h` as id and seconds.
pub(crate) fn lag(item: &str) -> Result<(&str, i64), Fault> {
    let Some((step, wait)) = item.split_once('+') else { return Ok((item, 0)) };
    let hours = wait.trim().strip_suffix('h').map(str::trim).ok_or_else(|| {
        let says = format!("but {} states no hours", shown(item));
        Fault::new(BAD_LIST, says, "write STEP, or STEP+2h for a wait of two hours")
    })?;
    Ok((step.trim(), within(item, number(hours, &LAG))?))
}

/// Reads `RESOURCE:2` as id and amount.
pub(crate) fn need(item: &str) -> Result<(&str, i64), Fault> {
    let (resource, amount) = item.rsplit_once(':').ok_or_else(|| {
        let says = format!("but {} states no amount", shown(item));
        Fault::new(BAD_LIST, says, "write RESOURCE:1, items separated by `;`")
    })?;
    Ok((resource.trim(), within(item, number(amount.trim(), &NEED))?))
}

/// Reads `PROMISE:kept` as id and word.
pub(crate) fn bearing(item: &str) -> Result<(&str, &'static str), Fault> {
    let (promise, bearing) = item.rsplit_once(':').ok_or_else(|| {
        let says = format!("but {} does not say how it bears on the promise", shown(item));
        Fault::new(BAD_LIST, says, "write PROMISE:kept, items separated by `;`")
    })?;
    let bearing = word(bearing.trim(), BEARINGS).map_err(|fault| Fault {
        says: format!("with {}, {}", shown(item), fault.says),
        ..fault
    })?;
    Ok((promise.trim(), bearing))
}

/// Reads `1000:52000;3000:47000` as distances in m and masses in kg.
pub(crate) fn points(text: &str) -> Result<Vec<(i64, i64)>, Fault> {
    list(text)?
        .into_iter()
        .map(|item| {
            let (distance, mass) = item.split_once(':').ok_or_else(|| {
                let says = format!("but {} is not a distance with a payload", shown(item));
                Fault::new(BAD_LIST, says, "write km:kg;km:kg, such as 1000:52000;3000:47000")
            })?;
            let distance = within(item, number(distance.trim(), &POINT_KM))?;
            Ok((distance, within(item, number(mass.trim(), &POINT_KG))?))
        })
        .collect()
}

/// Says in which item of a list a number is wrong.
fn within(item: &str, read: Result<i64, Fault>) -> Result<i64, Fault> {
    read.map_err(|fault| Fault { says: format!("with {}, {}", shown(item), fault.says), ..fault })
}

#[cfg(test)]
mod tests {
    use super::*;

    const KG: Number = Number { unit: "kg", base: "kg", times: 1, low: 1, high: 500_000 };
    const M: Number = Number { unit: "m", base: "mm", times: 1_000, low: 1, high: 100 };
    const H: Number = Number { unit: "h", base: "s", times: 3_600, low: 0, high: 8_784 };

    fn code(text: &str, of: &Number) -> &'static str {
        number(text, of).map_or_else(|fault| fault.code.0, |_| "fine")
    }

    #[test]
    fn decimals_become_integers_exactly() {
        assert_eq!(number("7.65", &M), Ok(7_650));
        assert_eq!(number("7.6500", &M), Ok(7_650));
        assert_eq!(number("0.5", &H), Ok(1_800));
        assert_eq!(number("0013600", &KG), Ok(13_600));
        // a third of an hour is 1,200 s, but 0.3333 h is 1,199.88 s
        assert_eq!(code("0.3333", &H), "not-whole");
        assert_eq!(code("7.6505", &M), "not-whole");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for garbage in ["", "-", ".5", "5.", "1e3", "1,5", "0x10", "٣", "--1", "1 000"] {
            assert_eq!(code(garbage, &KG), "not-a-number", "{garbage}");
        }
        assert_eq!(code("-500", &KG), "negative");
        assert_eq!(code("0", &KG), "zero");
        assert_eq!(code("-0", &KG), "zero");
        assert_eq!(code("500001", &KG), "out-of-range");
        assert_eq!(code(&"9".repeat(400), &KG), "out-of-range");
        assert_eq!(code(&"9".repeat(28), &H), "out-of-range");
    }

    #[test]
    fn units_are_refused_and_converted() {
        let remedy = |text, of| number(text, of).expect_err("a unit").remedy;
        assert_eq!(remedy("13.6 t", &KG), "write `13600`, the value in kg, without the unit");
        // 13,600 lb x 0.45359237 = 6,168.856 kg, rounded up
        assert_eq!(remedy("13600 lb", &KG), "write `6169`, the value in kg, without the unit");
        assert_eq!(remedy("90min", &H), "write `1.5`, the value in h, without the unit");
        assert_eq!(remedy("3 m", &KG), "write the value in kg, without the unit");
        assert_eq!(code("13.6 stone", &KG), "not-a-number");
    }

    #[test]
    fn lists_and_their_items() {
        assert_eq!(lag("S1+2h"), Ok(("S1", 7_200)));
        assert_eq!(lag("S1"), Ok(("S1", 0)));
        assert_eq!(need("T:2"), Ok(("T", 2)));
        assert_eq!(
            points("1000:52000; 3000:47000"),
            Ok(vec![(1_000_000, 52_000), (3_000_000, 47_000)])
        );
        assert!(points("1000").is_err() && need("T").is_err() && lag("S1+2").is_err());
        assert!(list("a;;b").is_err() && list("a;b;a").is_err());
    }
}
