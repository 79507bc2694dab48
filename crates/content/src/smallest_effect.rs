//! How much a variant must change for a company to care.

use serde::{Deserialize, Serialize};

/// The smallest difference between two rates that would matter, as 0.01.
///
/// The company says it before it looks at results: below it, adapted texts are not
/// worth their work. Only with such a limit can a report ever say that something did
/// *not* matter (Schuirmann 1987; Lakens 2017).
///
/// # Examples
/// ```
/// use milieu_content::SmallestEffect;
/// assert_eq!(SmallestEffect::default().get(), 0.01);
/// assert_eq!(SmallestEffect::try_from(0.0).unwrap_err(), "smallest_effect 0 is not from 0.0001 to 0.5: 0.01 is one percentage point");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct SmallestEffect(f64);

impl SmallestEffect {
    /// Returns the difference of two rates, from 0.0001 to 0.5.
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl Default for SmallestEffect {
    /// One percentage point.
    fn default() -> Self {
        Self(0.01)
    }
}

impl TryFrom<f64> for SmallestEffect {
    type Error = String;
    fn try_from(effect: f64) -> Result<Self, String> {
        if (0.0001..=0.5).contains(&effect) {
            return Ok(Self(effect));
        }
        Err(format!(
            "smallest_effect {effect} is not from 0.0001 to 0.5: 0.01 is one percentage point"
        ))
    }
}

impl From<SmallestEffect> for f64 {
    fn from(effect: SmallestEffect) -> Self {
        effect.0
    }
}
