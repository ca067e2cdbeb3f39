//! Capacity that elements of the force provide: C25 (model.md section 7).
//!
//! Shortages that a provider's departure causes are found where the capacity is used (C09, C14, C15);
//! here stands the minimum that every open field keeps until its last departure.

use crate::facts::Facts;
use crate::report::Report;
use exeunt_model::rule::Rule;
use exeunt_model::time::Timestamp;

/// C25: every open field keeps its minimum of what elements provide until its last departure.
pub(crate) fn check_c25_keep(facts: &Facts, report: &mut Report) {
    for (_, resource) in facts.scenario.resources.iter() {
        let Some(field) = resource.place.filter(|_| resource.keep > 0) else { continue };
        let Some(&last) = facts.last_departure.get(&field) else { continue };
        let mut there = 0_i64;
        let mut leaving: Vec<(Timestamp, i64)> = Vec::new();
        for part in &resource.capacity {
            let Some(element) = part.provided_by else { continue };
            there = there.saturating_add(part.amount);
            if let Some(t) = facts.provider_leaves(element, Some(field)) {
                leaving.push((t, part.amount));
            }
        }
        let needed = resource.keep.min(there);
        leaving.sort_unstable();
        for (position, &(t, amount)) in leaving.iter().enumerate() {
            if t >= last {
                break;
            }
            there = there.saturating_sub(amount);
            let is_last_of_moment = leaving.get(position + 1).is_none_or(|next| next.0 > t);
            if is_last_of_moment && there < needed {
                let message = format!(
                    "elements provide {there} at {} from {t} on, {needed} must stay until the last \
                     departure at {last}",
                    facts.place(field)
                );
                let object = format!("resource `{}`", resource.name);
                report.broken(Rule::C25, object, Some(t), message);
                break;
            }
        }
    }
}
