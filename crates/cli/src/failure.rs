//! How the program fails: one line on stderr, and an exit code.

use std::fmt;
use std::io::Write as _;
use std::process::ExitCode;

use milieu_engine::{EngineError, Kind};

use crate::client::Refused;
use crate::output::colour;

/// The exit code of findings and negative answers.
pub(crate) const NEGATIVE: u8 = 1;
/// The exit code of usage and operation errors.
const TROUBLE: u8 = 2;

/// An answer that is a no: there is no such thing, or it may not be.
#[derive(Debug)]
pub(crate) struct Negative(String);

impl fmt::Display for Negative {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Negative {}

/// Makes a negative answer.
pub(crate) fn negative(message: impl Into<String>) -> anyhow::Error {
    Negative(message.into()).into()
}

/// Tells an error with its causes, unless nobody listens any more.
pub(crate) fn tell(error: &anyhow::Error) -> ExitCode {
    if is_broken_pipe(error) {
        return ExitCode::SUCCESS;
    }
    let mut stderr = std::io::stderr().lock();
    // Nothing is left to tell it to when stderr is closed.
    drop(writeln!(stderr, "{} {error:#}", colour::error_label()));
    ExitCode::from(code(error))
}

fn code(error: &anyhow::Error) -> u8 {
    let is_no = |cause: &(dyn std::error::Error + 'static)| {
        let refused = |refused: &Refused| refused.is_negative();
        let missing = |error: &EngineError| error.kind == Kind::NotFound;
        cause.is::<Negative>()
            || cause.downcast_ref().is_some_and(missing)
            || cause.downcast_ref().is_some_and(refused)
    };
    if error.chain().any(is_no) {
        NEGATIVE
    } else {
        TROUBLE
    }
}

/// `milieu claim list | head` ends well when `head` has seen enough.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16) -> anyhow::Error {
        let (code, detail) = ("x".to_owned(), "no".to_owned());
        Refused {
            status,
            code,
            detail,
        }
        .into()
    }

    #[test]
    fn a_no_is_one_and_trouble_is_two() {
        for (status, wanted) in [
            (400, TROUBLE),
            (401, TROUBLE),
            (403, NEGATIVE),
            (404, NEGATIVE),
            (409, NEGATIVE),
            (412, NEGATIVE),
            (429, TROUBLE),
            (502, TROUBLE),
            (503, TROUBLE),
        ] {
            assert_eq!(code(&refused(status)), wanted, "{status}");
            let with_context = refused(status).context("while asking");
            assert_eq!(code(&with_context), wanted, "{status} with context");
        }
        assert_eq!(code(&negative("there is no such rule")), NEGATIVE);
        let missing = EngineError::not_found("market", "xx-XX");
        assert_eq!(code(&missing.into()), NEGATIVE);
        let held = EngineError::new(Kind::Conflict, "data-folder", "in use");
        assert_eq!(code(&held.into()), TROUBLE);
    }

    #[test]
    fn a_reader_who_left_is_no_failure() {
        let left = std::io::Error::from(std::io::ErrorKind::BrokenPipe);
        assert!(is_broken_pipe(
            &anyhow::Error::from(left).context("printing")
        ));
        assert!(!is_broken_pipe(&negative("no")));
    }
}
