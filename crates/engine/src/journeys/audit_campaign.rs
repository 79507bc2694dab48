//! Audits files for markets: read, judged, reported. Needs no workspace.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use milieu_audit::{Report, Settings, run};
use milieu_content::{Campaign, Input, Locale, Options, Skipped, SkippedBecause};
use milieu_culture::{Date, KnowledgeBase, MarketId};

use crate::EngineError;

/// The most files of one audit.
const MOST_FILES: usize = 10_000;
/// A file larger than this is named and not read; the readers' own limit is below it.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// What is to be audited.
#[derive(Debug, Clone)]
pub struct AuditRequest {
    /// The markets it is meant for.
    pub markets: Vec<MarketId>,
    /// The locale that was written first.
    pub source_locale: Option<Locale>,
    /// The day on which claims are weighed.
    pub as_of: Date,
}

/// What was found at the paths of an audit.
#[derive(Debug, Default)]
pub struct Found {
    /// Files with their bytes.
    pub inputs: Vec<Input>,
    /// What lies in a folder and could not be read.
    pub skipped: Vec<Skipped>,
}

/// Audits what was read; the campaign comes back for whoever shows the report.
pub fn audit_campaign(
    kb: &KnowledgeBase,
    found: Found,
    request: &AuditRequest,
) -> (Campaign, Report) {
    let options = Options {
        source_locale: request.source_locale.clone(),
        ..Options::default()
    };
    let mut campaign = Campaign::read(found.inputs, &options);
    campaign.skipped.extend(found.skipped);
    let report = run(
        kb,
        &campaign,
        &request.markets,
        &Settings::on(request.as_of),
    );
    (campaign, report)
}

/// Reads a file, or all of a folder in order of name; hidden files and links are left out.
///
/// A path that was named and cannot be read is an error; what lies in a folder and
/// cannot be read is skipped and told.
pub fn read_inputs(path: &Path) -> Result<Found, EngineError> {
    let mut found = Found::default();
    let mut open = vec![path.to_owned()];
    while let Some(next) = open.pop() {
        let named = next == path;
        match look(&next, named) {
            Ok(Seen::Folder(inside)) => open.extend(inside),
            Ok(Seen::File(_)) if found.inputs.len() == MOST_FILES => {
                return Err(EngineError::invalid(
                    "more than 10,000 files: audit folder by folder",
                ));
            }
            Ok(Seen::File(bytes)) => {
                let name = next.to_string_lossy();
                found.inputs.push(Input::new(name, bytes));
            }
            Err(why) if named => {
                return Err(EngineError::invalid(format!(
                    "cannot read {}: {why}",
                    next.display()
                )));
            }
            Err(why) => found.skipped.push(unreadable(&next, &why)),
        }
    }
    Ok(found)
}

enum Seen {
    /// What lies in it, last name first, as a stack wants it.
    Folder(Vec<PathBuf>),
    File(Vec<u8>),
}

/// Reads what a path leads to. A pipe is read when it was named; in a folder it would
/// be waited for without end.
#[allow(
    clippy::disallowed_methods,
    reason = "reading the files of an audit is this use case's job"
)]
fn look(path: &Path, named: bool) -> io::Result<Seen> {
    let about = fs::metadata(path)?;
    if about.is_dir() {
        return Ok(Seen::Folder(below(path)?));
    }
    if !named && !about.is_file() {
        return Err(io::Error::other("it is neither a file nor a folder"));
    }
    let mut bytes = Vec::new();
    let mut file = fs::File::open(path)?.take(MOST_BYTES + 1);
    if about.len() <= MOST_BYTES {
        file.read_to_end(&mut bytes)?;
    }
    if MOST_BYTES < about.len() || MOST_BYTES < u64::try_from(bytes.len()).unwrap_or(u64::MAX) {
        let message = "it is larger than 64 MiB: audit the text, not the archive";
        return Err(io::Error::other(message));
    }
    Ok(Seen::File(bytes))
}

fn unreadable(path: &Path, why: &io::Error) -> Skipped {
    Skipped {
        file: path.to_string_lossy().into_owned(),
        place: None,
        because: SkippedBecause::Unreadable,
        message: why.to_string(),
        hint: "make it readable, or leave it out".to_owned(),
    }
}

fn below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for item in fs::read_dir(folder)? {
        let item = item?;
        let hidden = item.file_name().to_string_lossy().starts_with('.');
        if !hidden && !item.file_type()?.is_symlink() {
            paths.push(item.path());
        }
    }
    paths.sort_by(|a, b| b.cmp(a));
    Ok(paths)
}
