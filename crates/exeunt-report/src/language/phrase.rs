//! A text together with the language it is in.

use super::Language;
use maud::{Markup, PreEscaped, Render, html};
use std::fmt;

/// First strong isolate: what follows finds its own direction.
const ISOLATE: char = '\u{2068}';
/// Left-to-right isolate.
const ISOLATE_LEFT_TO_RIGHT: char = '\u{2066}';
/// End of an isolate.
const END: char = '\u{2069}';

/// A text of a scenario in a document: in the document's language, or in another and marked as such.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The text.
    pub text: String,
    /// Its language.
    pub language: Language,
    /// Language of what stands around it.
    around: Language,
}

impl Phrase {
    pub(super) fn new(text: &str, language: Language, around: Language) -> Self {
        Self { text: text.to_owned(), language, around }
    }
    /// Returns whether it is in another language than what stands around it.
    pub fn is_foreign(&self) -> bool {
        self.language != self.around
    }
}

/// Isolates a text that runs from left to right.
pub(super) fn left_to_right(text: &str) -> String {
    format!("{ISOLATE_LEFT_TO_RIGHT}{text}{END}")
}

/// Takes off the isolates that find their own direction. What is left of a date is one text in its language; were its
/// parts isolated, nothing in it would say that it runs from right to left.
pub(super) fn flat(text: &str) -> String {
    let mut kept = Vec::new();
    let mut is_kept = |c: char| match c {
        ISOLATE => {
            kept.push(false);
            false
        }
        ISOLATE_LEFT_TO_RIGHT => {
            kept.push(true);
            true
        }
        END => kept.pop().unwrap_or(false),
        _ => true,
    };
    text.chars().filter(|&c| is_kept(c)).collect()
}

/// As plain text: isolated where the direction of what stands around it could differ.
impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.language.is_right_to_left() != self.around.is_right_to_left() {
            let start =
                if self.language.is_right_to_left() { ISOLATE } else { ISOLATE_LEFT_TO_RIGHT };
            write!(f, "{start}{}{END}", self.text)
        } else {
            f.write_str(&self.text)
        }
    }
}

/// As HTML: a foreign text says its language and direction.
impl Render for Phrase {
    fn render(&self) -> Markup {
        html! {
            @if self.is_foreign() {
                bdi lang=(self.language.code()) dir=(self.language.dir()) { (self.text) }
            } @else {
                (self.text)
            }
        }
    }
}

/// Turns a said text into HTML: escaped, its isolates as `<bdi>`.
pub(crate) fn rich(text: &str) -> Markup {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            ISOLATE => out.push_str("<bdi>"),
            ISOLATE_LEFT_TO_RIGHT => out.push_str("<bdi dir=\"ltr\">"),
            END => out.push_str("</bdi>"),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
    PreEscaped(out)
}
