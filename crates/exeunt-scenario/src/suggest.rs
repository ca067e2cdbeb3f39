//! Small words for messages: near names, quoted values, lists, counts.

/// Candidates looked at for a "did you mean".
const MAX_CANDIDATES: usize = 5_000;
/// Longest value shown in a message, in characters.
const MAX_SHOWN: usize = 60;

/// Returns the candidate nearest to `word`, if one is near enough to be meant.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    if word.is_empty() || word.chars().count() > 64 {
        return None;
    }
    let low = word.to_lowercase();
    candidates
        .take(MAX_CANDIDATES)
        .filter_map(|candidate| {
            let other = candidate.to_lowercase();
            let distance = strsim::damerau_levenshtein(&low, &other);
            let longest = low.chars().count().max(other.chars().count());
            let is_start = low.len() >= 3 && other.starts_with(&low);
            let is_near = distance <= 1 || distance * 3 <= longest || is_start;
            (is_near && distance < longest).then_some((distance, candidate))
        })
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// Returns "did you mean `X`?", or `otherwise`.
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl Iterator<Item = &'a str>,
    otherwise: impl Into<String>,
) -> String {
    nearest(word, candidates)
        .map_or_else(|| otherwise.into(), |found| format!("did you mean `{found}`?"))
}

/// Returns a value between back quotes, shortened, without control characters.
pub(crate) fn shown(value: &str) -> String {
    let mut text: String = value
        .chars()
        .take(MAX_SHOWN)
        .map(|c| if c.is_control() || c == '`' { '\u{fffd}' } else { c })
        .collect();
    if value.chars().nth(MAX_SHOWN).is_some() {
        text.push('…');
    }
    format!("`{text}`")
}

/// Returns "`a`, `b` and `c`", at most ten of them.
pub(crate) fn listed<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let all: Vec<String> = words.map(shown).collect();
    match all.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] if all.len() <= 10 => format!("{} and {last}", most.join(", ")),
        many => format!("{} and {} more", many[..9].join(", "), many.len() - 9),
    }
}

/// Returns "a", "an" or "the right" article before a noun: "a piece", "an element".
pub(crate) fn a(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) && !noun.starts_with("uni") {
        "an"
    } else {
        "a"
    };
    format!("{article} {noun}")
}

/// Returns a number with its noun: "1 row", "2 rows".
pub(crate) fn counted(n: usize, noun: &str) -> String {
    let ending = if n == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", grouped(i64::try_from(n).unwrap_or(i64::MAX)))
}

/// Writes a number with commas between thousands.
pub(crate) fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if number < 0 { format!("-{text}") } else { text }
}

/// Writes a duration of whole seconds in hours: "4 h", "1.5 h".
pub(crate) fn in_hours(seconds: i64) -> String {
    format!("{} h", fraction(seconds, 3_600))
}

/// Writes `number / unit` exactly where three digits suffice, otherwise cut to three.
pub(crate) fn fraction(number: i64, unit: i64) -> String {
    let magnitude = number.unsigned_abs();
    let unit = unit.unsigned_abs().max(1);
    let thousandths = u128::from(magnitude % unit) * 1_000 / u128::from(unit);
    let whole = magnitude / unit;
    let sign = if number < 0 { "-" } else { "" };
    let text = format!("{sign}{whole}.{thousandths:03}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_not() {
        let names = ["mass_kg", "spread_h", "name"];
        assert_eq!(nearest("mas_kg", names.into_iter()), Some("mass_kg"));
        assert_eq!(nearest("spread", names.into_iter()), Some("spread_h"));
        assert_eq!(nearest("nmae", names.into_iter()), Some("name"));
        assert_eq!(nearest("altitude", names.into_iter()), None);
        assert_eq!(nearest("", names.into_iter()), None);
    }

    #[test]
    fn numbers_are_written_for_people() {
        assert_eq!(grouped(-1_234_567), "-1,234,567");
        assert_eq!(in_hours(5_400), "1.5 h");
        assert_eq!(counted(1, "row"), "1 row");
        assert_eq!(shown("a\nb"), "`a\u{fffd}b`");
    }
}
