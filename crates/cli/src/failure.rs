//! How the program fails: one line on stderr, and an exit code.

use std::io::Write as _;
use std::process::ExitCode;

/// The exit code of usage and operation errors.
const TROUBLE: u8 = 2;

/// Tells an error with its causes, unless nobody listens any more.
pub(crate) fn tell(error: &anyhow::Error) -> ExitCode {
    if is_broken_pipe(error) {
        return ExitCode::SUCCESS;
    }
    let mut stderr = std::io::stderr().lock();
    // Nothing is left to tell it to when stderr is closed.
    drop(writeln!(stderr, "error: {error:#}"));
    ExitCode::from(TROUBLE)
}

/// `milieu claim list | head` ends well when `head` has seen enough.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}
