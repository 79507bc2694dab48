//! Audits files for markets: read, judged, reported. Needs no workspace.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use milieu_audit::{Report, Settings, Skip, run};
use milieu_content::{
    Campaign, Days, Input, Locale, MANIFEST, Options, Skipped, SkippedBecause, is_read,
};
use milieu_culture::{Date, KnowledgeBase, MarketId};

use crate::EngineError;

/// The most files of one audit.
const MOST_FILES: usize = 10_000;
/// A file larger than this is named and not read; the readers' own limit is below it.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// The most bytes of all files of one path.
const MOST_IN_ALL: u64 = 512 * 1024 * 1024;

/// What is to be audited, and what the command line says of it.
#[derive(Debug, Clone)]
pub struct AuditRequest {
    /// The markets it is meant for; empty for those of each manifest.
    pub markets: Vec<MarketId>,
    /// The locale that was written first; without it, the manifest's.
    pub source_locale: Option<Locale>,
    /// The days it runs; without them, the manifest's.
    pub days: Option<Days>,
    /// The day on which claims are weighed when the days are not known.
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

/// What an audit has to say, and to whoever shows it.
#[derive(Debug)]
pub struct Audited {
    /// The campaign; of several, their files and passages in one, without a manifest.
    pub campaign: Campaign,
    /// The report; of several campaigns, their reports one after another.
    pub report: Report,
    /// The markets that were judged for, each once.
    pub markets: Vec<MarketId>,
    /// The first day on which claims were weighed.
    pub as_of: Date,
    /// For each manifest, what of it was used and what the request put in its place.
    pub told: Vec<String>,
}

/// Audits what was read, campaign by campaign.
///
/// A request's markets, locale and days go before those of a manifest. It is refused
/// when nothing says for which markets; when some campaigns do, the others are told
/// as skipped.
pub fn audit_campaign(
    kb: &KnowledgeBase,
    found: Found,
    request: &AuditRequest,
) -> Result<Audited, EngineError> {
    let options = Options {
        source_locale: request.source_locale.clone(),
        days: request.days,
        ..Options::default()
    };
    let mut campaigns = Campaign::read_all(found.inputs, &options);
    if let Some(campaign) = campaigns.last_mut() {
        campaign.skipped.extend(found.skipped);
    }
    let mut audited = Audited {
        campaign: Campaign::default(),
        report: Report::default(),
        markets: Vec::new(),
        as_of: request.as_of,
        told: Vec::new(),
    };
    let alone = campaigns.len() == 1;
    let some = campaigns
        .iter()
        .any(|campaign| markets_for(campaign, request).is_ok());
    let mut days = Vec::new();
    for campaign in campaigns {
        let markets = match markets_for(&campaign, request) {
            Ok(markets) => markets.to_vec(),
            Err(_) if some => {
                audited.report.join(unmarketed(&campaign));
                join(&mut audited.campaign, campaign);
                continue;
            }
            Err(error) => return Err(error),
        };
        let as_of = campaign.days.map_or(request.as_of, |days| days.first);
        let report = run(kb, &campaign, &markets, &Settings::on(as_of));
        audited.told.extend(tell(&campaign, request));
        audited.markets.extend(markets);
        days.push(as_of);
        audited.report.join(report);
        if alone {
            audited.campaign = campaign;
        } else {
            join(&mut audited.campaign, campaign);
        }
    }
    audited.markets.sort();
    audited.markets.dedup();
    audited.as_of = days.into_iter().min().unwrap_or(request.as_of);
    Ok(audited)
}

fn markets_for<'c>(
    campaign: &'c Campaign,
    request: &'c AuditRequest,
) -> Result<&'c [MarketId], EngineError> {
    let declared = campaign.manifest.as_ref().map(|m| m.markets.as_slice());
    if !request.markets.is_empty() {
        return Ok(&request.markets);
    }
    let told = campaign.skipped.iter().map(ToString::to_string);
    match (declared, &campaign.manifest) {
        (Some(markets), _) if !markets.is_empty() => Ok(markets),
        (_, Some(manifest)) => Err(EngineError::invalid(
            [format!(
                "{} names no market: add markets = [\"ja-JP\"], or name them in the request",
                manifest.file
            )]
            .into_iter()
            .chain(told)
            .take(5)
            .collect::<Vec<_>>()
            .join("; "),
        )),
        (_, None) => Err(EngineError::invalid(format!(
            "no market is named for {}: give markets, as ja-JP,de-DE, or a campaign.toml that names them",
            campaign
                .files
                .keys()
                .next()
                .map_or("these files", |path| path)
        ))),
    }
}

/// Tells that a campaign was not judged, because nobody says for whom it is.
fn unmarketed(campaign: &Campaign) -> Report {
    let manifest = campaign.manifest.as_ref().map(|manifest| &manifest.file);
    let count = campaign.files.len() + campaign.skipped.len();
    let first = campaign.files.keys().next();
    let first = first.or_else(|| campaign.skipped.first().map(|skipped| &skipped.file));
    let skip = Skip {
        subject: manifest.or(first).cloned().unwrap_or_default(),
        reason: format!(
            "no market is named for this and {} other files",
            count.saturating_sub(1)
        ),
        hint: "name markets on the command line, or in a campaign.toml beside them".to_owned(),
    };
    Report {
        skipped: vec![skip],
        ..Report::default()
    }
}

/// Says what of a manifest is used, and what the request says in its place.
fn tell(campaign: &Campaign, request: &AuditRequest) -> Option<String> {
    let manifest = campaign.manifest.as_ref()?;
    let mut parts = Vec::new();
    let mut tell =
        |what: &str, declared: Option<String>, asked: Option<String>| match (declared, asked) {
            (Some(declared), Some(asked)) if declared == asked => {
                parts.push(format!("{what} {asked}"));
            }
            (Some(declared), Some(asked)) => {
                parts.push(format!("{what} {asked} as asked, not {declared}"));
            }
            (Some(declared), None) => parts.push(format!("{what} {declared}")),
            (None, Some(asked)) => parts.push(format!("{what} {asked} as asked")),
            (None, None) => {}
        };
    tell("markets", list(&manifest.markets), list(&request.markets));
    let written = |days: Days| format!("{}..{}", days.first, days.last);
    tell(
        "days",
        manifest.days().map(written),
        request.days.map(written),
    );
    tell(
        "source locale",
        manifest.source_locale.as_ref().map(ToString::to_string),
        request.source_locale.as_ref().map(ToString::to_string),
    );
    Some(format!("{}: {}", manifest.file, parts.join("; ")))
}

fn list(markets: &[MarketId]) -> Option<String> {
    let names: Vec<&str> = markets.iter().map(MarketId::as_str).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// Adds a campaign to one that shows several.
fn join(all: &mut Campaign, campaign: Campaign) {
    all.files.extend(campaign.files);
    all.passages.extend(campaign.passages);
    all.suppressions.extend(campaign.suppressions);
    all.skipped.extend(campaign.skipped);
}

/// Reads a file, or all of a folder in order of name; hidden files and links are left out.
///
/// A path that was named and cannot be read is an error; what lies in a folder and
/// cannot be read is skipped and told. A manifest stands for its folder. Of a file that
/// no reader takes only the name is kept.
pub fn read_inputs(path: &Path) -> Result<Found, EngineError> {
    let path = match path.parent() {
        Some(folder) if path.ends_with(MANIFEST) && folder == Path::new("") => Path::new("."),
        Some(folder) if path.ends_with(MANIFEST) => folder,
        Some(_) | None => path,
    };
    let mut found = Found::default();
    let mut total = 0_u64;
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
                total += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                if MOST_IN_ALL < total {
                    return Err(EngineError::invalid(
                        "more than 512 MiB of text: audit folder by folder",
                    ));
                }
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
    if !named && !is_read(&path.to_string_lossy()) {
        return Ok(Seen::File(bytes));
    }
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
