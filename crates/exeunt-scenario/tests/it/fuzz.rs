//! Whatever stands in the files, reading ends with a scenario or with problems and never panics.

use crate::base_files;
use exeunt_scenario::{build, draft_from_files};

/// A generator of its own, so that a failing seed says everything (Knuth's MMIX constants).
struct Lcg(u64);

impl Lcg {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % n.max(1)
    }
}

type Files = Vec<(String, Vec<u8>)>;

fn read(files: &Files) {
    let draft = draft_from_files(files.iter().map(|(name, bytes)| (name, bytes)));
    if let Ok(loaded) = build(draft) {
        assert_eq!(loaded.scenario.hash, loaded.draft.hash());
    }
}

fn json_files() -> Files {
    let draft = draft_from_files(base_files());
    vec![("small.json".to_owned(), draft.to_json().to_string().into_bytes())]
}

#[test]
fn every_beginning_of_every_file() {
    let base = base_files();
    for at in 0..base.len() {
        for length in 0..base[at].1.len() {
            let mut files = base.clone();
            files[at].1.truncate(length);
            read(&files);
        }
    }
}

#[test]
fn every_beginning_of_a_json_file() {
    let files = json_files();
    for length in (0..files[0].1.len()).step_by(3) {
        read(&vec![(files[0].0.clone(), files[0].1[..length].to_vec())]);
    }
}

#[test]
fn flipped_bytes() {
    for (seed, base) in [(1, base_files()), (2, json_files())] {
        let mut random = Lcg(seed);
        for _ in 0..1_500 {
            let mut files = base.clone();
            for _ in 0..=random.below(4) {
                let at = random.below(files.len());
                let bytes = &mut files[at].1;
                let place = random.below(bytes.len());
                let value = match random.below(3) {
                    0 => u8::try_from(random.below(256)).expect("a byte"),
                    1 => b",;:\"\n-0.9+T {}[]\0=#"[random.below(19)],
                    _ => bytes[place] ^ (1 << random.below(8)),
                };
                if let Some(byte) = bytes.get_mut(place) {
                    *byte = value;
                }
            }
            read(&files);
        }
    }
}

#[test]
fn cells_exchanged_doubled_and_filled_with_odd_values() {
    const ODD: [&str; 14] = [
        "",
        "0",
        "-1",
        "99999999999999999999999999999",
        "9223372036854775807",
        "ALL",
        "none",
        "S1",
        "A1;B1",
        "2030-02-30",
        "24:00",
        "é",
        "\u{202e}",
        "1:1;2:2",
    ];
    let base = base_files();
    let mut random = Lcg(3);
    for _ in 0..1_500 {
        let mut files = base.clone();
        for _ in 0..=random.below(3) {
            let at = random.below(files.len());
            let text = String::from_utf8_lossy(&files[at].1).into_owned();
            let mut lines: Vec<Vec<String>> =
                text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
            let row = random.below(lines.len());
            let column = random.below(lines[row].len());
            let other = random.below(lines.len());
            match random.below(4) {
                0 => lines[row][column] = lines[other].first().cloned().unwrap_or_default(),
                1 => lines.swap(row, other),
                _ => lines[row][column] = ODD[random.below(ODD.len())].to_owned(),
            }
            let lines: Vec<String> = lines.into_iter().map(|line| line.join(",")).collect();
            files[at].1 = lines.join("\n").into_bytes();
        }
        read(&files);
    }
}
