//! What a workspace answers: data, or a refusal in words.

use std::fmt;

use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

/// A body with its status, not yet judged.
#[derive(Debug)]
pub(crate) struct Raw {
    pub(super) status: u16,
    pub(super) text: String,
}

/// The data of an answer, as it came.
#[derive(Debug)]
pub(crate) struct Answer(String);

/// A refusal: the request was understood, or not, and the answer is no.
#[derive(Debug)]
pub(crate) struct Refused {
    /// The HTTP status.
    pub(crate) status: u16,
    /// A stable name, as `own-work`.
    pub(crate) code: String,
    /// What, where, and what to do.
    pub(crate) detail: String,
}

impl Refused {
    /// Tells whether the workspace said no, and not that it could not work.
    pub(crate) fn is_negative(&self) -> bool {
        matches!(self.status, 403 | 404 | 409 | 410 | 412)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]", self.detail, self.code)
    }
}

impl std::error::Error for Refused {}

#[derive(Deserialize)]
struct Problem {
    detail: String,
    code: String,
}

impl Raw {
    /// Takes a success as data and anything else as a refusal.
    pub(super) fn accepted(self) -> Result<Answer> {
        if (200..300).contains(&self.status) {
            return Ok(Answer(self.text));
        }
        let problem = serde_json::from_str::<Problem>(&self.text);
        let refused = match problem {
            Ok(Problem { detail, code }) => Refused {
                status: self.status,
                code,
                detail,
            },
            Err(_) => Refused {
                // Whatever answered is no Milieu: its status is no answer to the question.
                status: 502,
                code: format!("http-{}", self.status),
                detail: format!(
                    "the server answered {} without saying why: is it a Milieu server?",
                    self.status
                ),
            },
        };
        Err(refused.into())
    }
}

impl Answer {
    /// Reads the data.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(&self.0)
            .context("the answer is not what this version understands: are both of one version?")
    }

    /// Returns the data as JSON, as it came.
    pub(crate) fn json(&self) -> &str {
        &self.0
    }
}

/// All items of a list, as they came.
#[derive(Debug, Default)]
pub(crate) struct Rows(Vec<Box<RawValue>>);

#[derive(Deserialize)]
struct Page {
    items: Vec<Box<RawValue>>,
    next_cursor: Option<String>,
}

impl Rows {
    /// Adds a page; returns where the next one begins.
    pub(super) fn take(&mut self, answer: &Answer) -> Result<Option<String>> {
        let page: Page = answer.read()?;
        // A page without items ends the list, whatever it says: no server makes us ask for ever.
        let next = page.next_cursor.filter(|_| !page.items.is_empty());
        self.0.extend(page.items);
        Ok(next)
    }

    /// Reads the items.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<Vec<T>> {
        let items = self.0.iter().map(|item| serde_json::from_str(item.get()));
        items
            .collect::<Result<_, _>>()
            .context("the answer is not what this version understands: are both of one version?")
    }

    /// Returns the whole list as one page of JSON.
    pub(crate) fn json(&self) -> String {
        let items: Vec<&str> = self.0.iter().map(|item| item.get()).collect();
        format!("{{\"items\":[{}],\"next_cursor\":null}}", items.join(","))
    }
}
