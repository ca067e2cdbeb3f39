//! Where findings and notes are collected.

use exeunt_model::finding::{Code, Finding};
use exeunt_model::rule::Rule;
use exeunt_model::time::Timestamp;

/// Findings and notes of one check.
#[derive(Default)]
pub(crate) struct Report {
    findings: Vec<Finding>,
    notes: Vec<String>,
}

impl Report {
    /// Adds a broken rule.
    pub(crate) fn broken(
        &mut self,
        rule: Rule,
        object: String,
        at: Option<Timestamp>,
        message: String,
    ) {
        self.findings.push(Finding { rule: Code::Rule(rule), object, at, message });
    }

    /// Adds a name or form that cannot be checked.
    pub(crate) fn form(&mut self, object: String, message: String) {
        self.findings.push(Finding { rule: Code::Form, object, at: None, message });
    }

    /// Adds a stated value that does not follow from the plan.
    pub(crate) fn objective(&mut self, object: String, message: String) {
        self.findings.push(Finding { rule: Code::Objective, object, at: None, message });
    }

    /// Adds a bound or certificate that does not hold.
    pub(crate) fn proof(&mut self, object: String, message: String) {
        self.findings.push(Finding { rule: Code::Proof, object, at: None, message });
    }

    /// Adds findings of certificates.
    pub(crate) fn add(&mut self, findings: Vec<Finding>) {
        self.findings.extend(findings);
    }

    /// Returns whether something is wrong with the plan itself.
    pub(crate) fn is_plan_wrong(&self) -> bool {
        self.findings.iter().any(|f| matches!(f.rule, Code::Rule(_) | Code::Form))
    }

    /// Adds a remark that does not make the plan wrong.
    pub(crate) fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// Returns the number of findings that are broken rules.
    pub(crate) fn rule_findings(&self) -> i64 {
        let rules = self.findings.iter().filter(|f| matches!(f.rule, Code::Rule(_))).count();
        i64::try_from(rules).unwrap_or(i64::MAX)
    }

    /// Returns the findings by rule, time and object, and the notes.
    pub(crate) fn finish(mut self) -> (Vec<Finding>, Vec<String>) {
        self.findings.sort_by(|a, b| {
            (a.rule, a.at, &a.object, &a.message).cmp(&(b.rule, b.at, &b.object, &b.message))
        });
        (self.findings, self.notes)
    }
}
