//! Colour, pattern and letter of each party: three ways to tell them apart, of which any one is enough.

use exeunt_model::{Id, PartyId, Scenario};
use maud::{Markup, html};

/// Colours on white and on black, told apart by the colour-blind too (after Okabe and Ito 2008, darkened on white).
const COLOURS: [(&str, &str); 8] = [
    ("#0067a5", "#6cb8ee"),
    ("#00745a", "#34c39c"),
    ("#b34700", "#f2935a"),
    ("#8f3f8a", "#dd9bd6"),
    ("#7a6000", "#dfc14d"),
    ("#4d5966", "#aab6c3"),
    ("#9b1c4a", "#f28cb0"),
    ("#006b78", "#5fcfdc"),
];
/// Lines over the colour, by party, and how wide they are; the first has none.
const PATTERNS: [(&str, &str); 8] = [
    ("", ""),
    ("M-10 10L10 -10M0 60L60 0M50 70L70 50", "14"),
    ("M0 30H60", "16"),
    ("M30 0V60", "16"),
    ("M-10 50L10 70M0 0L60 60M50 -10L70 10", "14"),
    ("M0 30H60M30 0V60", "10"),
    ("M20 30H40", "20"),
    ("M0 0L60 60M60 0L0 60", "10"),
];

/// Returns the class of a party, shared by all that look alike: there are eight looks.
pub(super) fn class(party: PartyId) -> String {
    format!("n{}", party.index() % COLOURS.len())
}

/// Returns the colours and fills of all parties as CSS.
pub(super) fn style(scenario: &Scenario) -> String {
    let looks = COLOURS.len().min(scenario.parties.len());
    let colours = |dark: bool| -> String {
        let colour = |n: usize| if dark { COLOURS[n].1 } else { COLOURS[n].0 };
        (0..looks).map(|n| format!("--n{n}:{};", colour(n))).collect()
    };
    let fills: String = (0..looks)
        .map(|n| {
            let fill = if PATTERNS[n].0.is_empty() {
                format!("var(--n{n})")
            } else {
                format!("url(#fill-n{n})")
            };
            format!(".n{n}{{fill:{fill};stroke:var(--n{n})}}")
        })
        .collect();
    format!(
        ":root{{{}}}@media(prefers-color-scheme:dark){{:root{{{}}}}}{fills}",
        colours(false),
        colours(true)
    )
}

/// Returns the patterns that the fills refer to.
pub(super) fn patterns(scenario: &Scenario) -> Markup {
    let looks = COLOURS.len().min(scenario.parties.len());
    html! {
        svg.defs width="0" height="0" aria-hidden="true" focusable="false" {
            @for n in (0..looks).filter(|&n| !PATTERNS[n].0.is_empty()) {
                pattern id=(format!("fill-n{n}")) width="60" height="60" patternUnits="userSpaceOnUse" {
                    rect width="60" height="60" fill=(format!("var(--n{n})")) {}
                    path d=(PATTERNS[n].0) stroke-width=(PATTERNS[n].1) stroke="var(--page)" fill="none" {}
                }
            }
        }
    }
}
