//! Which confirmations are independent: two relays of one source are not two confirmations.
//!
//! A row has an *origin*, whose claim it is, and *channels*, through which it came. Going from the claim on through the
//! rows that confirm it, oldest first, a row counts if its origin is new and at least one of its channels is.

use super::Known;
use exeunt_model::StatementId;
use exeunt_model::scenario::Statement;

/// A row that others confirm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The row.
    pub row: StatementId,
    /// Rows that confirm it, oldest first.
    pub members: Vec<Member>,
}

impl Claim {
    /// Returns the number of independent confirmations.
    pub fn independent(&self) -> usize {
        self.members.iter().filter(|member| member.standing == Standing::Independent).count()
    }
}

/// A row that confirms another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The row.
    pub row: StatementId,
    /// Whether it counts.
    pub standing: Standing,
}

/// Whether a row counts as a confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Its origin and a channel are new.
    Independent,
    /// It has the origin of that row.
    SameOrigin {
        /// The earlier row.
        of: StatementId,
        /// The origin.
        origin: String,
    },
    /// All it came through is what earlier rows came through, that row first.
    SameChannel {
        /// The earlier row.
        of: StatementId,
        /// The channels.
        channels: Vec<String>,
    },
    /// It states no source.
    Unsourced,
}

pub(super) fn claims(known: &Known<'_>) -> Vec<Claim> {
    let rows = known.rows();
    let claim = |&(row, said): &(StatementId, &Statement)| {
        let confirming: Vec<_> =
            rows.iter().filter(|(id, other)| *id != row && other.confirms.contains(&row)).collect();
        let mut counted = vec![(row, Provenance::of(said))];
        let mut members = Vec::new();
        for &&(id, said) in &confirming {
            let own = Provenance::of(said);
            let standing = own.standing(&counted);
            if standing == Standing::Independent {
                counted.push((id, own));
            }
            members.push(Member { row: id, standing });
        }
        (!members.is_empty()).then_some(Claim { row, members })
    };
    rows.iter().filter_map(claim).collect()
}

/// Where a row comes from.
struct Provenance {
    origin: String,
    channels: Vec<String>,
}

impl Provenance {
    fn of(row: &Statement) -> Self {
        let channels = match row.via.is_empty() {
            true => outlets(&row.source),
            false => {
                let via = row.via.split(';').map(str::trim).filter(|via| !via.is_empty());
                via.map(str::to_owned).collect()
            }
        };
        let named = [&row.origin, &row.office, &row.speaker].into_iter().find(|s| !s.is_empty());
        let origin = named.cloned().unwrap_or_else(|| channels.join("; "));
        Self { origin, channels }
    }

    /// Says whether a row adds anything to those that count already.
    fn standing(&self, counted: &[(StatementId, Self)]) -> Standing {
        if self.channels.is_empty() {
            return Standing::Unsourced;
        }
        let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
        if let Some((of, _)) = counted.iter().find(|(_, other)| same(&self.origin, &other.origin)) {
            return Standing::SameOrigin { of: *of, origin: self.origin.clone() };
        }
        let carries =
            |other: &Self, channel: &str| other.channels.iter().any(|known| same(known, channel));
        let is_new = |channel: &String| !counted.iter().any(|(_, other)| carries(other, channel));
        if self.channels.iter().any(is_new) {
            return Standing::Independent;
        }
        let first =
            counted.iter().find(|(_, other)| self.channels.iter().any(|c| carries(other, c)));
        let (of, _) = first.expect("no channel is new, so an earlier row has one");
        Standing::SameChannel { of: *of, channels: self.channels.clone() }
    }
}

/// Returns what a cell `source` names, such as `TASS via armradio.am 14 Jan 2022; militarynews.ru (Interfax)`: `TASS`
/// and `Interfax`. What stands in brackets or before "via" is who the page has it from; page numbers are no names.
fn outlets(source: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for item in source.split(';') {
        let (page, bracket) = item.split_once('(').unwrap_or((item, ""));
        let inner = bracket.split(')').next().unwrap_or_default().split(',').map(str::trim);
        let is_name =
            |text: &&str| !text.is_empty() && !text.chars().any(|c| c.is_ascii_digit() || c == '/');
        let upstream: Vec<&str> = inner.filter(is_name).collect();
        let page = page.split(" via ").next().unwrap_or(page);
        let names = if upstream.is_empty() { vec![without_date(page)] } else { upstream };
        for name in names.into_iter().filter(|name| !name.is_empty()) {
            if !found.iter().any(|known| known == name) {
                found.push(name.to_owned());
            }
        }
    }
    found
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Takes a date off the end of a name: `14 Jan 2022`, `14 January 2022` or `2022-01-14`, with a comma before it or not.
fn without_date(name: &str) -> &str {
    let name = name.trim().trim_end_matches(',').trim_end();
    let Some((before, last)) = name.rsplit_once(' ') else { return name };
    let is_iso = |text: &str| {
        let parts: Vec<&str> = text.split('-').collect();
        parts.len() == 3 && parts[0].len() == 4 && parts.iter().all(|part| is_number(part))
    };
    if is_iso(last) {
        return before.trim_end().trim_end_matches(',').trim_end();
    }
    if last.len() != 4 || !is_number(last) {
        return name;
    }
    let mut rest = before.trim_end();
    let is_month = |text: &str| {
        let text = text.to_lowercase();
        text.len() >= 3 && MONTHS.iter().any(|month| month.starts_with(&text))
    };
    let parts: [&dyn Fn(&str) -> bool; 2] =
        [&is_month, &|text: &str| text.len() <= 2 && is_number(text)];
    for is_part in parts {
        if let Some((before, last)) = rest.rsplit_once(' ')
            && is_part(last)
        {
            rest = before.trim_end();
        }
    }
    rest.trim_end_matches(',').trim_end()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlets_are_who_a_page_has_it_from() {
        for (source, names) in [
            ("maralfm.kg 14 Jan 2022", &["maralfm.kg"][..]),
            ("TASS via armradio.am 14 Jan 2022", &["TASS"]),
            ("militarynews.ru (Interfax) 13 Jan 2022", &["Interfax"]),
            ("rodina.news (AiF, RIA) 19 Jan 2022", &["AiF", "RIA"]),
            (
                "interfax.ru 12 Jan 2022 (world/815096); belnovosti.by 12 Jan 2022",
                &["interfax.ru", "belnovosti.by"],
            ),
            (
                "UrduPoint/Sputnik Arabic 14 Jan 2022; Qazaq TV 13 Jan 2022",
                &["UrduPoint/Sputnik Arabic", "Qazaq TV"],
            ),
            ("TASS 1384873", &["TASS 1384873"]),
            ("MassisPost Jan 2022", &["MassisPost"]),
            ("an agency, 12 Jan 2027", &["an agency"]),
            ("TASS 2027-01-30", &["TASS"]),
            ("TASS, 31 January 2027", &["TASS"]),
            ("2022", &["2022"]),
            ("a (", &["a"]),
            (" ; ", &[]),
        ] {
            assert_eq!(outlets(source), names, "{source}");
        }
    }
}
