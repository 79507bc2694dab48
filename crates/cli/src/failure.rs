//! How the program fails: one line on stderr, and an exit code.

use std::fmt;
use std::io::Write as _;
use std::process::ExitCode;

use milieu_engine::{EngineError, Kind};

use crate::client::Refused;

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
    drop(writeln!(stderr, "error: {error:#}"));
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
