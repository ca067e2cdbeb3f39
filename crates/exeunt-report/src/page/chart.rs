//! Drawings over time: one axis for all of them, mirrored in Arabic, in tenths of a CSS pixel so that whole numbers do.

use super::edition::Edition;
use crate::language::{Language, Words};
use exeunt_model::{Interval, Scenario, Timestamp};
use maud::{Markup, html};
use std::fmt::Write;

/// Units of a drawing in a CSS pixel.
pub(super) const PX: i64 = 10;
/// Height of the line of days above a drawing.
pub(super) const HEAD: i64 = 26 * PX;
/// Room at the far end of the axis.
const END: i64 = 8 * PX;

/// Most room for the names of rows, in CSS pixels.
const NAMES_MOST: i64 = 252;

/// Returns the names of rows, each cut at its end where it needs too much room, and the room that they need: at least
/// so many CSS pixels. A letter is taken to be as wide as the wider fonts have it.
pub(super) fn fitted(words: &Words, names: Vec<String>, least: i64) -> (Vec<String>, i64) {
    const GAP: i64 = 12;
    let tenths = if words.language() == Language::Ru { 75 } else { 68 };
    let fits = usize::try_from((NAMES_MOST - GAP) * 10 / tenths).unwrap_or(1);
    let cut: Vec<String> = names.iter().map(|name| super::timelines::cut(name, fits)).collect();
    let longest = cut.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let wanted = i64::try_from(longest).unwrap_or(0) * tenths / 10 + GAP;
    (cut, wanted.clamp(least, NAMES_MOST) * PX)
}

/// Where moments lie in a drawing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Axis {
    pub(super) span: Interval,
    /// Width of the whole drawing.
    pub(super) width: i64,
    /// Room for the names of the rows.
    pub(super) names: i64,
    /// Runs from right to left.
    pub(super) mirrored: bool,
}

impl Axis {
    fn length(&self) -> i64 {
        self.width - self.names - END
    }
    /// Returns the place of a moment; what lies outside is moved to the end.
    pub(super) fn x(&self, t: Timestamp) -> i64 {
        let t = t.clamp(self.span.from, self.span.to);
        let whole = (self.span.to - self.span.from).0.max(1);
        let along = (i128::from((t - self.span.from).0) * i128::from(self.length())
            + i128::from(whole / 2))
            / i128::from(whole);
        let along = i64::try_from(along).unwrap_or(0);
        if self.mirrored { self.width - self.names - along } else { self.names + along }
    }
    /// Returns where the name of a row ends, next to the axis.
    pub(super) fn name_x(&self) -> i64 {
        if self.mirrored { self.width - self.names + 6 * PX } else { self.names - 6 * PX }
    }
    /// Adds a bar to a path.
    pub(super) fn bar(&self, path: &mut String, during: Interval, y: i64, height: i64) {
        let (a, b) = (self.x(during.from), self.x(during.to));
        let (left, width) = (a.min(b), (a - b).abs().max(PX));
        let _ = write!(path, "M{left} {y}h{width}v{height}h-{width}z");
    }
    /// Returns the outline of steps as an area down to `base`; `scale` is the height of one.
    pub(super) fn area(&self, steps: &[(Timestamp, i64)], base: i64, scale: i64) -> String {
        let mut path = format!("M{} {base}", self.x(self.span.from));
        self.follow(&mut path, steps, base, scale);
        let _ = write!(path, "V{base}z");
        path
    }
    /// Returns steps as a line.
    pub(super) fn line(&self, steps: &[(Timestamp, i64)], base: i64, scale: i64) -> String {
        let before = steps.iter().take_while(|step| step.0 <= self.span.from).last();
        let mut path = format!(
            "M{} {}",
            self.x(self.span.from),
            base - before.map_or(0, |step| step.1) * scale
        );
        self.follow(&mut path, steps, base, scale);
        path
    }
    fn follow(&self, path: &mut String, steps: &[(Timestamp, i64)], base: i64, scale: i64) {
        for &(t, level) in steps.iter().filter(|step| step.0 < self.span.to) {
            let _ = write!(path, "H{}V{}", self.x(t), base - level * scale);
        }
        let _ = write!(path, "H{}", self.x(self.span.to));
    }
    /// Returns the starts of the days in the span.
    pub(super) fn days(&self, scenario: &Scenario) -> Vec<Timestamp> {
        let (mut day, mut days) = (scenario.day_of(self.span.from).1, Vec::new());
        while day.from < self.span.to && days.len() < 400 {
            days.push(day.from);
            day = scenario.day_of(day.to).1;
        }
        days
    }
    /// Draws the lines of the days with their names, down to `height`.
    pub(super) fn grid(&self, scenario: &Scenario, words: &Words, height: i64) -> Markup {
        let days = self.days(scenario);
        let room = usize::try_from(self.length() / (58 * PX)).unwrap_or(1).max(1);
        let every = days.len().div_ceil(room).max(1);
        let lines: String = days
            .iter()
            .chain([&self.span.to])
            .map(|&t| format!("M{} {}V{height}", self.x(t), HEAD - 6 * PX))
            .collect();
        html! {
            path.grid d=(lines) {}
            @for &day in days.iter().step_by(every) {
                @let next = scenario.day_of(day).1.to.min(self.span.to);
                text.day x=((self.x(day) + self.x(next)) / 2) y=(HEAD - 10 * PX) text-anchor="middle" {
                    (words.day(scenario, day))
                }
            }
        }
    }
    /// Draws the line of the page's moment, which the slider moves.
    pub(super) fn clock(&self, at: Timestamp, height: i64) -> Markup {
        let x = self.x(at);
        html! {
            g.clock-line data-from=(self.span.from.0) data-to=(self.span.to.0)
                data-left=(self.x(self.span.from)) data-right=(self.x(self.span.to)) data-drawn=(x)
            {
                path d=(format!("M{x} {}V{height}", 4 * PX)) {}
                path.head d=(format!("M{} 0h{}l-{} {}z", x - 5 * PX, 10 * PX, 5 * PX, 8 * PX)) {}
            }
        }
    }
}

/// A drawing with its words and its table.
pub(super) struct Figure {
    /// Id within the edition.
    pub(super) id: String,
    /// What it shows, as a title.
    pub(super) title: String,
    /// What it shows, for those who do not see it.
    pub(super) label: String,
    pub(super) width: i64,
    pub(super) height: i64,
    pub(super) drawing: Markup,
    /// What stands below the drawing.
    pub(super) key: Markup,
    pub(super) table: Markup,
}

impl Figure {
    pub(super) fn render(self, e: &Edition<'_>) -> Markup {
        let chart_label = e.words.say("drawing-of", &[("title", self.title.as_str().into())]);
        let table_label = e.words.say("table-of", &[("title", self.title.as_str().into())]);
        html! {
            figure.chart id=(e.id(&self.id)) {
                figcaption { (e.rich(&self.title)) }
                div.scroll tabindex="0" role="region" aria-label=(chart_label) {
                    svg role="img" aria-label=(self.label)
                        viewBox=(format!("0 0 {} {}", self.width, self.height))
                        style=(format!("min-width:{}px", self.width / PX * 86 / 100))
                    {
                        (self.drawing)
                    }
                }
                (self.key)
                details.table {
                    summary { (e.t("as-table")) }
                    div.scroll tabindex="0" role="region" aria-label=(table_label) { (self.table) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_rows_get_room_and_lose_their_end_if_they_need_more() {
        let words = Words::new(Language::Ru);
        let short = "бригады обслуживания, шкала до 7";
        // 32 letters of 7.5 px and the gap
        let (names, room) = fitted(&words, vec![short.to_owned()], 168);
        assert_eq!((names[0].as_str(), room), (short, 252 * PX));
        let long = "S04 Алматинский хлебокомбинат «Аксай» и его склады";
        let (names, room) = fitted(&words, vec![long.to_owned(), "S05".to_owned()], 168);
        assert_eq!(names, ["S04 Алматинский хлебокомбинат «…", "S05"]);
        assert_eq!(room, 252 * PX);
        assert_eq!(fitted(&words, vec!["S05".to_owned()], 168).1, 168 * PX);
    }
}
