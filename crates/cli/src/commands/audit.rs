//! `milieu audit`: files judged for markets; needs neither store nor server.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::str::FromStr;

use anyhow::{Context as _, Result};
use clap::{Args, ValueEnum};
use milieu_audit::render::{self, Sheet};
use milieu_audit::{Report, Severity};
use milieu_content::{Days, Input, Locale};
use milieu_culture::{Date, KnowledgeBase, MarketId};
use milieu_engine::journeys::audit_campaign::{AuditRequest, Found, audit_campaign, read_inputs};
use milieu_engine::shipped_knowledge;

use super::audit_server::Order;
use crate::failure::NEGATIVE;
use crate::output::{print, print_coloured, say};
use crate::today::today;

/// The most bytes that are read from stdin.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// The options of `milieu audit`.
#[derive(Debug, Args)]
pub(crate) struct AuditArgs {
    /// Files and folders; "-" reads stdin.
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The markets the content is meant for, as ja-JP,de-DE; without them, those of its campaign.toml.
    #[arg(short, long, value_name = "MARKETS", value_delimiter = ',')]
    markets: Vec<MarketId>,
    /// The locale that was written first; other files are its translations.
    #[arg(long, value_name = "LOCALE")]
    locale: Option<Locale>,
    /// The first and last day of the campaign; claims are weighed on the first, today without it.
    #[arg(long, value_name = "FIRST..LAST")]
    dates: Option<Dates>,
    /// The severity from which on findings end with exit code 1.
    #[arg(long, value_enum, default_value_t, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// A running server whose knowledge judges, and which keeps the audit.
    #[arg(long, value_name = "URL")]
    server: Option<String>,
    /// How the report is written.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: ReportFormat,
}

/// The form of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// For people, in colour on a terminal.
    #[default]
    Text,
    /// One JSON object.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// `JUnit` XML, for Jenkins and GitLab.
    Junit,
    /// GitHub's annotations.
    Github,
    /// reviewdog's diagnostic format.
    Rdjsonl,
    /// One page that needs no other file.
    Html,
}

/// From which severity on an audit fails.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// What breaks law, a standard or the message itself.
    #[default]
    Error,
    /// What is worth changing.
    Warning,
    /// What is worth knowing.
    Info,
    /// Findings never fail.
    Never,
}

impl FailOn {
    /// Returns the threshold; none when findings never fail.
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}

/// The days of a campaign, as `2026-12-01..2026-12-31`.
#[derive(Debug, Clone, Copy)]
struct Dates(Days);

impl FromStr for Dates {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let date = |text: &str| text.parse::<Date>().map_err(|error| error.to_string());
        let days = Days {
            first: date(first)?,
            last: date(last)?,
        };
        if days.last < days.first {
            return Err(format!("{last} is before {first}: write FIRST..LAST"));
        }
        Ok(Self(days))
    }
}

pub(crate) fn run(args: &AuditArgs) -> Result<ExitCode> {
    let kb = shipped_knowledge()?;
    let request = AuditRequest {
        markets: args.markets.clone(),
        source_locale: args.locale.clone(),
        days: args.dates.map(|Dates(days)| days),
        as_of: today(),
    };
    let found = find(&args.paths)?;
    let order = args
        .server
        .as_deref()
        .map(|server| (server, Order::new(&found, &request)));
    let mut audited = audit_campaign(&kb, found, &request)?;
    if let Some((server, order)) = order {
        audited = order.ask(server, audited)?;
    }
    let (campaign, report) = (audited.campaign, audited.report);
    for line in audited.told {
        say(&format!("note: {line}"));
    }
    let sheet = Sheet {
        report: &report,
        campaign: &campaign,
        kb: &kb,
        markets: &audited.markets,
        as_of: audited.as_of,
    };
    let threshold = args.fail_on.severity();
    match args.format {
        ReportFormat::Text => print_coloured(&render::coloured(&report, &campaign))?,
        ReportFormat::Json => print(&render::json(&report))?,
        ReportFormat::Jsonl => print(&render::jsonl(&report))?,
        ReportFormat::Sarif => print(&render::sarif(&sheet))?,
        ReportFormat::Junit => print(&render::junit(&sheet, threshold))?,
        ReportFormat::Github => print(&render::github(&sheet))?,
        ReportFormat::Rdjsonl => print(&render::rdjsonl(&sheet))?,
        ReportFormat::Html => print(&render::html(&sheet))?,
    }
    if let Some(days) = campaign.days {
        tell_expiring(&kb, &report, days);
    }
    let fails = threshold.is_some_and(|threshold| report.reaches(threshold));
    Ok(if fails {
        ExitCode::from(NEGATIVE)
    } else {
        ExitCode::SUCCESS
    })
}

fn find(paths: &[PathBuf]) -> Result<Found> {
    let mut found = Found::default();
    let mut stdin_was_read = false;
    for path in paths {
        if path != Path::new("-") {
            let Found { inputs, skipped } = read_inputs(path)?;
            found.inputs.extend(inputs);
            found.skipped.extend(skipped);
            continue;
        }
        if stdin_was_read {
            anyhow::bail!("\"-\" stands twice: stdin can be read once");
        }
        stdin_was_read = true;
        let mut bytes = Vec::new();
        let mut stdin = std::io::stdin().lock().take(MOST_BYTES + 1);
        stdin.read_to_end(&mut bytes).context("cannot read stdin")?;
        if MOST_BYTES < u64::try_from(bytes.len()).unwrap_or(u64::MAX) {
            anyhow::bail!("stdin has more than 64 MiB: audit the text, not the archive");
        }
        found.inputs.push(Input::new("-", bytes));
    }
    Ok(found)
}

/// Names claims behind findings that end while the campaign runs.
fn tell_expiring(kb: &KnowledgeBase, report: &Report, days: Days) {
    let findings = report.findings.iter().chain(&report.unsure);
    let mut cited: Vec<_> = findings.flat_map(|finding| &finding.claims).collect();
    cited.sort();
    cited.dedup();
    for claim in cited.into_iter().filter_map(|id| kb.claim(id)) {
        if days.first <= claim.expires && claim.expires < days.last {
            say(&format!(
                "note: {} holds until {}, before the campaign ends: audit again then",
                claim.id, claim.expires
            ));
        }
    }
}
