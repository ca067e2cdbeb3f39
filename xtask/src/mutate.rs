//! Seeded inputs: one of the corpus, changed a few times. Number and seed alone say what comes out.

use exeunt_scenario::tables::{Kind, TABLES};
use serde_json::Value;
use std::sync::OnceLock;

/// Longest input that is made.
const BYTES_MAX: usize = 256 * 1024;

/// A counter-based generator (SplitMix64; Steele, Lea, Flood 2014).
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// Makes the generator of one input: number `n` of a target with a seed.
    pub fn of(target: &str, seed: u64, n: u64) -> Self {
        let mut random = Self(seed);
        for byte in target.bytes() {
            random.0 = random.next().wrapping_add(u64::from(byte));
        }
        random.0 = random.next().wrapping_add(n);
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Returns a number below `n`, 0 when `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        let n = u64::try_from(n.max(1)).unwrap_or(1);
        usize::try_from(self.next() % n).unwrap_or(0)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    /// Returns a stretch of `0..length`, mostly a short one.
    fn stretch(&mut self, length: usize) -> std::ops::Range<usize> {
        let from = self.below(length);
        let most = if self.below(4) == 0 { length - from } else { 16.min(length - from) };
        from..from + self.below(most + 1)
    }
}

/// Returns input number `n`; the first of the corpus is taken every second time.
pub fn input(corpus: &[Vec<u8>], target: &str, seed: u64, n: u64) -> Vec<u8> {
    let mut random = Random::of(target, seed, n);
    let at = if random.below(2) == 0 { 0 } else { random.below(corpus.len()) };
    let mut bytes = corpus.get(at).cloned().unwrap_or_default();
    // few changes leave most of the input valid and reach furthest
    let n_changes = 1 + random.below(3) + if random.below(8) == 0 { random.below(30) } else { 0 };
    if bytes.first() == Some(&b'{') && random.below(4) > 0 {
        change_json(&mut random, &mut bytes, n_changes);
        // doubled keys and broken text come of bytes only
        if random.below(4) > 0 {
            return bytes;
        }
    }
    for _ in 0..n_changes {
        change(&mut random, &mut bytes, corpus);
        bytes.truncate(BYTES_MAX);
    }
    bytes
}

/// Values that readers have trouble with.
const ODD: &[&str] = &[
    "",
    "0",
    "-1",
    "-0",
    "1",
    "2",
    "0.5",
    "0.001",
    "1e9",
    "1e999",
    "NaN",
    "inf",
    "65535",
    "65536",
    "1000000",
    "2147483647",
    "2147483648",
    "4294967296",
    "9007199254740993",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551616",
    "99999999999999999999999999999999",
    "0000000000000000000000000000000001",
    "0.00000000000000000000000000000001",
    "ALL",
    "none",
    "null",
    "true",
    "false",
    "TRUE",
    "24:00",
    "00:00",
    "23:59",
    "24:01",
    "2030-02-30",
    "2022-01-13",
    "1900-01-01",
    "2200-12-31",
    "9999-12-31",
    "-9999-01-01",
    "0000-00-00",
    "2022-01-13T00:00:00+06:00",
    "9999-12-31T23:59:59Z",
    "2022-01-13T24:00:00Z",
    "2022-01-13T23:59:60Z",
    "2022-03-27T02:30",
    "2022-10-30T02:30",
    "Europe/Berlin",
    "Asia/Almaty",
    "+06:00",
    "-14:00",
    "+25:59",
    "UTC",
    "1:1;2:2",
    "1000:52000;3000:0",
    "0:0",
    "S1+2h",
    "S1+8784h",
    "S1;S1",
    ";",
    ";;",
    "a;b;c",
    "é",
    "\u{202e}",
    "\u{feff}",
    "\u{0}",
    "٣",
    "ﬀ",
    "𝟗",
    "\u{301}",
    "\t",
    "\r",
    "\"",
    "\"\"",
    "'",
    "13.6 t",
    "90min",
    "1,5",
    "1 000",
    "999xIL76",
    "0xIL76",
    "0/8/8",
    "x",
];

/// Bytes that mean something to a reader, or are no text.
const SIGNS: &[u8] = b",;:\"'\n\r\t-0.9+T {}[]=#|\\\0\xff\xc3\xe2";

/// Returns odd values with every word of the tables.
fn words() -> &'static [String] {
    static WORDS: OnceLock<Vec<String>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words: Vec<String> = ODD.iter().map(|&word| word.to_owned()).collect();
        for spec in TABLES {
            words.extend([spec.name.to_owned(), format!("=== {}", spec.file_name())]);
            for (_, column) in spec.columns() {
                words.push(column.name.to_owned());
                if let Kind::Word(some) | Kind::Words(some) = column.kind {
                    words.extend(some.iter().map(|&word| word.to_owned()));
                }
            }
        }
        words
    })
}

fn word(random: &mut Random) -> &'static str {
    if random.below(3) > 0 {
        return random.pick(ODD).copied().unwrap_or_default();
    }
    random.pick(words()).map_or("", String::as_str)
}

/// Changes bytes once: anywhere, in a cell, in a line, in a number.
fn change(random: &mut Random, bytes: &mut Vec<u8>, corpus: &[Vec<u8>]) {
    match random.below(16) {
        0 => {
            let at = random.below(bytes.len());
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        1 => {
            let value = random.pick(SIGNS).copied().unwrap_or(0);
            let at = random.below(bytes.len());
            if let Some(byte) = bytes.get_mut(at) {
                *byte = value;
            }
        }
        2 => drop(bytes.drain(random.stretch(bytes.len()))),
        3 => {
            let copy = bytes[random.stretch(bytes.len())].to_vec();
            insert(random, bytes, &copy);
        }
        4 => {
            if let Some(other) = random.pick(corpus) {
                let piece = other[random.stretch(other.len())].to_vec();
                insert(random, bytes, &piece);
            }
        }
        5 => {
            let text = word(random);
            insert(random, bytes, text.as_bytes());
        }
        6 if random.below(4) == 0 => bytes.truncate(random.below(bytes.len())),
        6 => {
            let deep = ["[", "{\"a\":", "(", "\"", "a.", "\n", ",", "\u{301}"][random.below(8)];
            let times = 1 << random.below(12);
            insert(random, bytes, deep.repeat(times).as_bytes());
        }
        7 => change_lines(random, bytes, corpus),
        8..10 => change_number(random, bytes),
        _ => {
            let cell = cell(random, bytes);
            let value = match random.below(4) {
                // a cell of the same text is an id that exists, or a value of another column
                0 => bytes[self::cell(random, bytes)].to_vec(),
                1 => quoted(word(random)),
                _ => word(random).as_bytes().to_vec(),
            };
            bytes.splice(cell, value);
        }
    }
}

fn insert(random: &mut Random, bytes: &mut Vec<u8>, piece: &[u8]) {
    let at = random.below(bytes.len() + 1);
    bytes.splice(at..at, piece.iter().copied());
}

fn quoted(text: &str) -> Vec<u8> {
    format!("\"{}\"", text.replace('"', "\"\"")).into_bytes()
}

/// Finds the stretch between two separators around a random place.
fn cell(random: &mut Random, bytes: &[u8]) -> std::ops::Range<usize> {
    let is_end = |byte: &u8| b",;|\t\n\"=[]{}".contains(byte);
    let at = random.below(bytes.len());
    let from = bytes[..at].iter().rposition(is_end).map_or(0, |before| before + 1);
    let to = bytes[from..].iter().position(is_end).map_or(bytes.len(), |length| from + length);
    from..to
}

/// Drops, doubles, exchanges or takes in a line.
fn change_lines(random: &mut Random, bytes: &mut Vec<u8>, corpus: &[Vec<u8>]) {
    let mut lines: Vec<Vec<u8>> =
        bytes.split_inclusive(|&b| b == b'\n').map(<[u8]>::to_vec).collect();
    let (a, b) = (random.below(lines.len()), random.below(lines.len()));
    if lines.is_empty() {
        return;
    }
    match random.below(4) {
        0 => drop(lines.remove(a)),
        1 => lines.insert(b, lines[a].clone()),
        2 => lines.swap(a, b),
        _ => {
            let others: Vec<&[u8]> = random
                .pick(corpus)
                .map(|other| other.split_inclusive(|&b| b == b'\n').collect())
                .unwrap_or_default();
            lines.insert(a, random.pick(&others).map(|line| line.to_vec()).unwrap_or_default());
        }
    }
    *bytes = lines.concat();
}

/// Writes another number in place of one.
fn change_number(random: &mut Random, bytes: &mut Vec<u8>) {
    let at = random.below(bytes.len());
    let Some(from) = bytes[at..].iter().position(u8::is_ascii_digit).map(|skip| at + skip) else {
        return;
    };
    let to =
        bytes[from..].iter().position(|b| !b.is_ascii_digit()).map_or(bytes.len(), |n| from + n);
    let value: i128 =
        std::str::from_utf8(&bytes[from..to]).ok().and_then(|t| t.parse().ok()).unwrap_or(0);
    let other = match random.below(6) {
        0 => value + 1,
        1 => value - 1,
        2 => value.saturating_mul(10),
        3 => value / 2,
        4 => i128::try_from(random.below(100)).unwrap_or(0),
        _ => 1 << random.below(100),
    };
    bytes.splice(from..to, other.to_string().into_bytes());
}

/// Changes values of a JSON text, which stays JSON.
fn change_json(random: &mut Random, bytes: &mut Vec<u8>, n_changes: usize) {
    let Ok(mut json) = serde_json::from_slice::<Value>(bytes) else { return };
    for _ in 0..n_changes {
        let mut paths = Vec::new();
        collect_paths(&json, String::new(), &mut paths);
        let (Some(path), Some(other)) = (random.pick(&paths).cloned(), random.pick(&paths)) else {
            return;
        };
        let other = json.pointer(other).cloned().unwrap_or(Value::Null);
        if let Some(place) = json.pointer_mut(&path) {
            change_value(random, place, other);
        }
    }
    *bytes = if random.below(2) == 0 { json.to_string() } else { format!("{json:#}") }.into_bytes();
}

fn collect_paths(value: &Value, path: String, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                collect_paths(item, format!("{path}/{at}"), found);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                let name = name.replace('~', "~0").replace('/', "~1");
                collect_paths(field, format!("{path}/{name}"), found);
            }
        }
        _ => {}
    }
    found.push(path);
}

fn change_value(random: &mut Random, value: &mut Value, other: Value) {
    match (random.below(6), &mut *value) {
        (0, Value::Array(items)) if !items.is_empty() => {
            items.remove(random.below(items.len()));
        }
        (1, Value::Array(items)) if !items.is_empty() => {
            items.insert(random.below(items.len()), items[random.below(items.len())].clone());
        }
        (2, Value::Array(items)) if !items.is_empty() => {
            let (a, b) = (random.below(items.len()), random.below(items.len()));
            items.swap(a, b);
        }
        (0, Value::Object(fields)) => {
            let name = fields.keys().nth(random.below(fields.len())).cloned().unwrap_or_default();
            fields.shift_remove(&name);
        }
        (1, Value::Object(fields)) => drop(fields.insert(word(random).to_owned(), other)),
        (0..4, Value::Number(number)) => {
            let n = number.as_i64().unwrap_or(0);
            *value = match random.below(8) {
                0 => i64::MAX.into(),
                1 => i64::MIN.into(),
                2 => u64::MAX.into(),
                3 => n.wrapping_add(1).into(),
                4 => n.wrapping_sub(1).into(),
                5 => n.wrapping_neg().into(),
                6 => (i64::MAX >> random.below(63)).into(),
                _ => serde_json::json!(1e300),
            };
        }
        (0..3, Value::String(text)) => {
            let mut bytes = std::mem::take(text).into_bytes();
            change_number(random, &mut bytes);
            *text = String::from_utf8_lossy(&bytes).into_owned();
        }
        (3, Value::String(text)) => word(random).clone_into(text),
        (4, _) => *value = Value::Null,
        _ => *value = other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_is_the_same_input() {
        let corpus = [b"id,name\nS1,North\n".to_vec(), b"{\"a\":[1,2]}".to_vec()];
        let of = |seed, n| input(&corpus, "folder", seed, n);
        assert!((0..200).all(|n| of(1, n) == of(1, n)));
        assert!((0..200).any(|n| of(1, n) != of(2, n)), "the seed matters");
        assert!((0..200).any(|n| of(1, n) != of(1, n + 1)), "the number matters");
    }
}
