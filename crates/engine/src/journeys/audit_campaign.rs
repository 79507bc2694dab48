//! Audits files for markets: read, judged, reported. Needs no workspace.

use std::path::{Path, PathBuf};

use milieu_audit::{Report, Settings, run};
use milieu_content::{Campaign, Input, Locale, Options};
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

/// Audits what was read; the campaign comes back for whoever shows the report.
pub fn audit_campaign(
    kb: &KnowledgeBase,
    inputs: Vec<Input>,
    request: &AuditRequest,
) -> (Campaign, Report) {
    let options = Options {
        source_locale: request.source_locale.clone(),
        ..Options::default()
    };
    let campaign = Campaign::read(inputs, &options);
    let report = run(
        kb,
        &campaign,
        &request.markets,
        &Settings::on(request.as_of),
    );
    (campaign, report)
}

/// Reads files and folders, in order of name; hidden files and links are left out.
#[allow(
    clippy::disallowed_methods,
    reason = "reading the files of an audit is this use case's job"
)]
pub fn read_inputs(paths: &[PathBuf]) -> Result<Vec<Input>, EngineError> {
    let mut inputs = Vec::new();
    let mut open: Vec<PathBuf> = paths.iter().rev().cloned().collect();
    while let Some(path) = open.pop() {
        let failed = |error: std::io::Error| {
            EngineError::invalid(format!("cannot read {}: {error}", path.display()))
        };
        let about = std::fs::metadata(&path).map_err(failed)?;
        if about.is_dir() {
            open.extend(below(&path).map_err(failed)?);
            continue;
        }
        if MOST_BYTES < about.len() {
            let message = format!(
                "{} is larger than 64 MiB: audit the text, not the archive",
                path.display()
            );
            return Err(EngineError::invalid(message));
        }
        if inputs.len() == MOST_FILES {
            return Err(EngineError::invalid(
                "more than 10,000 files: audit folder by folder",
            ));
        }
        let bytes = std::fs::read(&path).map_err(failed)?;
        inputs.push(Input::new(path.to_string_lossy(), bytes));
    }
    Ok(inputs)
}

/// Lists what lies in a folder, last name first, as a stack wants it.
fn below(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for item in std::fs::read_dir(folder)? {
        let item = item?;
        let hidden = item.file_name().to_string_lossy().starts_with('.');
        if !hidden && !item.file_type()?.is_symlink() {
            paths.push(item.path());
        }
    }
    paths.sort_by(|a, b| b.cmp(a));
    Ok(paths)
}
