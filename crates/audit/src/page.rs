//! The public page of a rule: the doc comment of its file.

use serde::Serialize;

use crate::{RULES, Rule};

/// What people read about a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RulePage {
    /// The rule's code.
    pub code: &'static str,
    /// The rule's name.
    pub name: &'static str,
    /// What it flags, in one sentence.
    pub summary: String,
    /// The whole page.
    pub markdown: String,
}

/// Returns the page of a rule by code or name, in any case of letters.
///
/// # Examples
/// ```
/// let page = milieu_audit::page("col001").expect("a rule");
/// assert_eq!(page.name, "mourning-colour");
/// ```
pub fn page(code: &str) -> Option<RulePage> {
    let asked = |rule: &&&Rule| {
        rule.code.eq_ignore_ascii_case(code) || rule.name.eq_ignore_ascii_case(code)
    };
    RULES.iter().find(asked).map(|rule| page_of(rule))
}

/// Returns the pages of all rules, by code.
pub fn pages() -> Vec<RulePage> {
    let mut pages: Vec<_> = RULES.iter().map(|rule| page_of(rule)).collect();
    pages.sort_by_key(|page| page.code);
    pages
}

fn page_of(rule: &Rule) -> RulePage {
    let doc: Vec<&str> = rule
        .source
        .lines()
        .map_while(|line| line.strip_prefix("//!"))
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    let summary = doc.first().copied().unwrap_or_default().to_owned();
    let body = doc.join("\n");
    RulePage {
        code: rule.code,
        name: rule.name,
        summary,
        markdown: format!("# {} {}\n\n{body}\n", rule.code, rule.name),
    }
}
