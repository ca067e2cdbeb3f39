//! The rules C01 to C27 as a list: id, sentence, what they speak of. Nothing here is executable.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! rules {
    ($($id:ident, $entity:literal, $stage:ident, $sentence:literal;)*) => {
        /// A constraint of the mathematical model.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
        )]
        pub enum Rule {
            $(#[doc = $sentence] $id,)*
        }

        impl Rule {
            /// All rules in order.
            pub const ALL: &[Self] = &[$(Self::$id),*];

            /// Returns the id as written in files and messages.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$id => stringify!($id),)* }
            }
            /// Returns the rule as a sentence.
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$id => $sentence,)* }
            }
            /// Returns what the rule speaks of.
            pub const fn entity(self) -> &'static str {
                match self { $(Self::$id => $entity,)* }
            }
            /// Returns whether planner and checker enforce it; the fields of the others are refused.
            pub const fn is_enforced(self) -> bool {
                match self { $(Self::$id => rules!(@$stage),)* }
            }
        }
    };
    (@now) => { true };
    (@later) => { false };
}

rules! {
    C01, "piece", now, "every piece moves exactly once along a chain of custody from its true place, or is listed as unmoved with its reason";
    C02, "sortie", now, "what is picked up is delivered by the same aircraft or column, and nothing disappears at a stop";
    C03, "piece", now, "nothing is loaded before its release: handover, march and staging come first";
    C04, "element", now, "nothing is loaded before the date it may be loaded, and hard arrival dates are kept";
    C05, "element", now, "who must go in one load does, and what has to arrive close together does";
    C06, "load", later, "hazards, arms and people travel together only as the policy allows";
    C07, "site", now, "the minimum guard stays at a site until its handover ends";
    C08, "handover", now, "handover steps follow their order, and joint steps start together";
    C09, "resource", now, "teams and reception of the handovers are never used beyond their capacity and shifts";
    C10, "tail", now, "a tail flies on from where and when it landed, along legs that exist, are open and within its range";
    C11, "sortie", now, "flights last their block time and stops their ground time";
    C12, "sortie", now, "the load of a leg is within the payload for its route distance";
    C13, "load", now, "the load fits the hold: seats, zones by length, width, height and mass, a seat for each driver";
    C14, "airfield", now, "aircraft on the ground never outnumber the stands of their size";
    C15, "airfield", now, "loading and unloading stay within handling teams and host checks";
    C16, "airfield", now, "movements and handling keep the hours of their user class, slots their separation, runways their length";
    C17, "tail", now, "a tail works only while it is available and not in maintenance";
    C18, "crew", later, "crews keep duty, flight time and rest";
    C19, "crew", later, "crews are where their aircraft leave";
    C20, "column", now, "columns keep the rate of march, their largest size, headway, driver hours and escorts on a road";
    C21, "border", now, "border posts are crossed within their hours and throughput";
    C22, "airfield", now, "what waits at an airfield fits its staging area";
    C23, "precedence", now, "precedence rows hold, with the strength of the later party that must stay";
    C24, "plan", now, "what is past or frozen stands in the plan unchanged, and nothing new starts before the operation";
    C25, "resource", now, "capacity that an element provides ends when it embarks, and every field keeps its minimum until its last departure";
    C26, "clearance", now, "no leg over or into a foreign state and no border crossing without a valid clearance";
    C27, "condition", now, "what a decision, the situation or the mandate gates waits until it is true";
}

impl std::fmt::Display for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}
