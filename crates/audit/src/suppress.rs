//! Sets findings aside that people have suppressed, and tells which suppressions do nothing.

use std::collections::{BTreeMap, BTreeSet};

use milieu_content::{Campaign, Suppression};
use milieu_culture::{Date, MarketId};

use crate::run::Found;
use crate::{Finding, RULES, Settings, Skip, Suppressed};

/// The suppressions of a campaign, and which of them were of use.
#[derive(Debug)]
pub(crate) struct Suppressions<'c> {
    campaign: &'c Campaign,
    as_of: Date,
    /// Those that still hold, by the file they are about; `None` is every file.
    by_file: BTreeMap<Option<&'c str>, Vec<usize>>,
    /// Number of a suppression and code that it hid at least once.
    used: BTreeSet<(usize, &'static str)>,
}

impl<'c> Suppressions<'c> {
    pub(crate) fn of(campaign: &'c Campaign, as_of: Date) -> Self {
        let mut by_file: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
        for (number, suppression) in campaign.suppressions.iter().enumerate() {
            if holds(suppression, as_of) {
                let file = suppression.within.as_deref();
                by_file.entry(file).or_default().push(number);
            }
        }
        Self {
            campaign,
            as_of,
            by_file,
            used: BTreeSet::new(),
        }
    }

    /// Parts what was found into what stays and what is suppressed.
    pub(crate) fn part(
        &mut self,
        found: Vec<Found>,
        suppressed: &mut Vec<Suppressed>,
    ) -> Vec<Finding> {
        let mut open = Vec::new();
        for Found { finding, key } in found {
            match self.matching(&finding, key.as_deref()) {
                None => open.push(finding),
                Some((number, suppression)) => {
                    self.used.insert((number, finding.code));
                    suppressed.push(Suppressed {
                        finding,
                        reason: suppression.reason.clone(),
                        until: suppression.until,
                    });
                }
            }
        }
        open
    }

    fn matching(&self, finding: &Finding, key: Option<&str>) -> Option<(usize, &'c Suppression)> {
        let at = &finding.location;
        let bytes = at.byte_start..at.byte_end;
        let of_file = self.by_file.get(&Some(at.file.as_str()));
        let of_all = self.by_file.get(&None);
        let numbers = of_file.into_iter().chain(of_all).flatten();
        numbers
            .filter_map(|&number| Some((number, self.campaign.suppressions.get(number)?)))
            .find(|(_, suppression)| {
                suppression.codes.iter().any(|code| code == finding.code)
                    && concerns(suppression, &finding.market)
                    && suppression.covers_place(&at.file, &bytes, key)
            })
    }

    /// Tells of suppressions that have ended, hide nothing, or name no rule.
    pub(crate) fn complaints(&self, markets: &[MarketId], settings: &Settings) -> Vec<Skip> {
        let mut complaints = Vec::new();
        for (number, suppression) in self.campaign.suppressions.iter().enumerate() {
            let asked = markets.iter().any(|market| concerns(suppression, market));
            for code in &suppression.codes {
                let rule = RULES.iter().find(|rule| rule.code == code);
                let told = match (rule, suppression.until) {
                    (None, _) => Some((
                        format!("a suppression names \"{code}\", and there is no such rule"),
                        "take the code from the finding",
                    )),
                    (Some(_), Some(until)) if until < self.as_of => Some((
                        format!("the suppression of {code} ended on {until} and hides nothing"),
                        "mend what it hid, or give it a new day with a reason",
                    )),
                    (Some(rule), _) => {
                        let idle = asked
                            && !settings.off.contains(rule.code)
                            && !self.used.contains(&(number, rule.code));
                        idle.then(|| {
                            (
                                format!("the suppression of {code} hides nothing in this audit"),
                                "take it out when no other market needs it",
                            )
                        })
                    }
                };
                complaints.extend(told.map(|(reason, hint)| Skip {
                    subject: self.place(suppression),
                    reason,
                    hint: hint.to_owned(),
                }));
            }
        }
        complaints
    }

    fn place(&self, suppression: &Suppression) -> String {
        match self.campaign.files.get(&suppression.file) {
            Some(file) => {
                let (line, column) = file.place(suppression.bytes.start);
                format!("{}:{line}:{column}", suppression.file)
            }
            None => suppression.file.clone(),
        }
    }
}

fn holds(suppression: &Suppression, as_of: Date) -> bool {
    suppression.until.is_none_or(|until| as_of <= until)
}

fn concerns(suppression: &Suppression, market: &MarketId) -> bool {
    suppression.markets.is_empty() || suppression.markets.contains(market)
}
