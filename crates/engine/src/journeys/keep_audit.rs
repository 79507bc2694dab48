//! Audits files that were sent, and keeps the audit for whoever opens it later.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use milieu_audit::{Report, Severity, Skip};
use milieu_content::{Campaign, Days, Input, Locale, MANIFEST, Options};
use milieu_culture::{ClaimId, KnowledgeBase, MarketId};
use milieu_store::{AuditBody, AuditBounds, AuditMarketRow, AuditRow};
use serde::Serialize;
use tokio::sync::Semaphore;

use super::audit_campaign::{AuditRequest, Audited, Found, audit_campaign};
use super::read_audits::{AuditedFile, KeptAudit, show_audit};
use super::read_claims::{GradedClaim, graded};
use crate::error::{Kind, LONGEST_NAME, check_length};
use crate::secrets::random_hex;
use crate::{Engine, EngineError, Principal, clock};

/// The most files of one audit.
pub const MOST_FILES: usize = 1_000;
/// The most markets of one audit.
pub const MOST_MARKETS: usize = 200;
/// The most bytes of text times markets: what one audit may cost.
const MOST_WORK: usize = 64 * 1024 * 1024;
/// The most findings that are kept, of those that judge and of those that cannot.
const MOST_FINDINGS: usize = 5_000;
/// The most characters of a file's path.
const LONGEST_PATH: usize = 500;
/// The most audits that are kept, and the most bytes of them; the oldest go.
const KEPT: AuditBounds = AuditBounds {
    audits: 1_000,
    bytes: 512 * 1024 * 1024,
};

/// An audit takes a core: two at a time, some wait, the rest is refused.
static JUDGING: Semaphore = Semaphore::const_new(2);
static WAITING: Semaphore = Semaphore::const_new(16);

/// What is to be audited, and kept under a name.
#[derive(Debug, Clone)]
pub struct AuditOrder {
    /// What a person calls it; without it, the first file.
    pub name: Option<String>,
    /// The files; a campaign.toml makes one campaign of all below it.
    pub files: Vec<Input>,
    /// The markets they are meant for; empty for those of a campaign.toml.
    pub markets: Vec<MarketId>,
    /// The locale that was written first.
    pub locale: Option<Locale>,
    /// The days it runs; claims are weighed on the first, today without it.
    pub days: Option<Days>,
    /// What the sender calls the request: sent twice, it is done once.
    pub request: Option<String>,
}

/// Audits files and keeps what came of it.
pub async fn keep_audit(
    engine: &Engine,
    who: &Principal,
    order: AuditOrder,
) -> Result<KeptAudit, EngineError> {
    who.must_read()?;
    check(&order)?;
    let digest = digest(&order);
    let request = order.request.as_deref().map(|text| {
        // Two senders may choose the same name for different requests.
        blake3::hash(format!("{}\0{text}", who.name()).as_bytes()).to_string()
    });
    if let Some(done) = done_before(engine, who, request.as_deref(), &digest).await? {
        return Ok(done);
    }
    let mut row = AuditRow {
        no: 0,
        id: random_hex()?.chars().take(20).collect(),
        name: name(&order),
        at: clock::now(),
        person: who.name().to_owned(),
        as_of: clock::today(),
        packs: engine.knowledge.pack_version.clone(),
        unsure: 0,
        skipped: 0,
        suppressed: 0,
        markets: Vec::new(),
    };
    let body = judge(Arc::clone(&engine.knowledge), order, &mut row).await?;
    let (_turn, mut writing) = engine.change().await?;
    // Somebody may have sent the same while this one was judged.
    if let Some(done) = done_before(engine, who, request.as_deref(), &digest).await? {
        return Ok(done);
    }
    writing
        .add_audit(&row, &body, request.as_deref(), &digest, KEPT)
        .await?;
    writing.commit().await?;
    show_audit(engine, who, &row.id).await
}

async fn done_before(
    engine: &Engine,
    who: &Principal,
    request: Option<&str>,
    digest: &str,
) -> Result<Option<KeptAudit>, EngineError> {
    let Some(request) = request else {
        return Ok(None);
    };
    match engine.control.audit_of_request(request).await? {
        None => Ok(None),
        Some((id, same)) if same == digest => Ok(Some(show_audit(engine, who, &id).await?)),
        Some(_) => Err(EngineError::new(
            Kind::Conflict,
            "idempotency-key-reused",
            "this Idempotency-Key was sent with another request: use a new one for each",
        )),
    }
}

fn check(order: &AuditOrder) -> Result<(), EngineError> {
    let refuse = |message: String| Err(EngineError::invalid(message));
    if let Some(name) = &order.name {
        check_length("an audit's name", name, LONGEST_NAME)?;
    }
    if order.files.is_empty() {
        return refuse("files is empty: send at least one".to_owned());
    }
    if MOST_FILES < order.files.len() {
        let files = order.files.len();
        return refuse(format!("{files} files at once: send at most {MOST_FILES}"));
    }
    let is_manifest = |file: &Input| file.path.rsplit('/').next() == Some(MANIFEST);
    if order.markets.is_empty() && !order.files.iter().any(is_manifest) {
        let message = "markets is empty: name at least one, as ja-JP, or send a campaign.toml";
        return refuse(message.to_owned());
    }
    if let Some(Days { first, last }) = order.days
        && last < first
    {
        return refuse(format!("dates: {last} is before {first}"));
    }
    let mut paths = BTreeSet::new();
    for (index, file) in order.files.iter().enumerate() {
        check_length(&format!("files[{index}].path"), &file.path, LONGEST_PATH)?;
        if file.path.is_empty() || file.path.chars().any(char::is_control) {
            return refuse(format!(
                "files[{index}].path is empty or has control characters: name the file"
            ));
        }
        if !paths.insert(&file.path) {
            let path = &file.path;
            return refuse(format!("files[{index}].path \"{path}\" stands twice"));
        }
    }
    check_work(&order.files, order.markets.len())
}

/// Checks what an audit would cost.
fn check_work(files: &[Input], markets: usize) -> Result<(), EngineError> {
    if MOST_MARKETS < markets {
        return Err(EngineError::invalid(format!(
            "{markets} markets at once: name at most {MOST_MARKETS}"
        )));
    }
    let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    if MOST_WORK < bytes.saturating_mul(markets) {
        return Err(EngineError::invalid(format!(
            "{bytes} bytes for {markets} markets are too much at once: \
             bytes times markets may be {MOST_WORK}, so send fewer files or markets"
        )));
    }
    Ok(())
}

/// Checks the same of markets that only a manifest names.
fn check_declared(files: &[Input]) -> Result<(), EngineError> {
    let campaigns = Campaign::read_all(files.to_vec(), &Options::default());
    let manifests = campaigns
        .iter()
        .filter_map(|campaign| campaign.manifest.as_ref());
    let markets = manifests.map(|manifest| manifest.markets.len()).max();
    check_work(files, markets.unwrap_or(0))
}

/// Hashes all that decides what an audit says.
fn digest(order: &AuditOrder) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |bytes: &[u8]| {
        hasher.update(&bytes.len().to_be_bytes());
        hasher.update(bytes);
    };
    add(order.name.as_deref().unwrap_or_default().as_bytes());
    for market in &order.markets {
        add(market.as_str().as_bytes());
    }
    add(format!("{:?} {:?}", order.locale, order.days).as_bytes());
    for file in &order.files {
        add(file.path.as_bytes());
        add(&file.bytes);
    }
    hasher.finalize().to_hex().to_string()
}

fn name(order: &AuditOrder) -> String {
    let given = order.name.as_deref().map(str::trim);
    let path = || order.files.first().map(|file| file.path.clone());
    given
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .or_else(path)
        .unwrap_or_default()
}

fn nothing_found(market: &MarketId) -> AuditMarketRow {
    AuditMarketRow {
        market: market.clone(),
        errors: 0,
        warnings: 0,
        infos: 0,
    }
}

/// Judges on a thread of its own, and fills the row's counts.
async fn judge(
    kb: Arc<KnowledgeBase>,
    order: AuditOrder,
    row: &mut AuditRow,
) -> Result<AuditBody, EngineError> {
    let busy = || {
        EngineError::new(
            Kind::Busy,
            "busy",
            "many audits are waiting: try again in a moment",
        )
    };
    let _place = WAITING.try_acquire().map_err(|_| busy())?;
    let _turn = JUDGING.acquire().await.map_err(|_| busy())?;
    let mut judged = row.clone();
    let work = move || judge_now(&kb, order, &mut judged).map(|body| (judged, body));
    let done = tokio::task::spawn_blocking(work).await;
    let (judged, body) = done.map_err(|error| internal(&error))??;
    *row = judged;
    Ok(body)
}

/// What a kept audit says besides its columns.
#[derive(Serialize)]
struct Body<'a> {
    report: &'a Report,
    notes: Vec<String>,
    files: Vec<AuditedFile>,
    claims: BTreeMap<&'a ClaimId, GradedClaim>,
}

fn judge_now(
    kb: &KnowledgeBase,
    order: AuditOrder,
    row: &mut AuditRow,
) -> Result<AuditBody, EngineError> {
    let request = AuditRequest {
        markets: order.markets,
        source_locale: order.locale,
        days: order.days,
        as_of: row.as_of,
    };
    if request.markets.is_empty() {
        check_declared(&order.files)?;
    }
    let found = Found {
        inputs: order.files,
        ..Found::default()
    };
    let audited = audit_campaign(kb, found, &request)?;
    row.as_of = audited.as_of;
    row.markets = in_order(&request, &audited);
    let (campaign, mut report) = (audited.campaign, audited.report);
    count(&report, row);
    shorten(&mut report);
    let cited: BTreeSet<&ClaimId> = report
        .findings
        .iter()
        .chain(&report.unsure)
        .chain(
            report
                .suppressed
                .iter()
                .map(|suppressed| &suppressed.finding),
        )
        .flat_map(|finding| &finding.claims)
        .collect();
    let claims = cited
        .into_iter()
        .filter_map(|id| Some((id, graded(kb.claim(id)?, row.as_of))))
        .collect();
    let files = campaign
        .files
        .iter()
        .map(|(path, file)| AuditedFile {
            path: path.clone(),
            text: file.text.clone(),
        })
        .collect();
    let body = Body {
        report: &report,
        notes: audited.told,
        files,
        claims,
    };
    serde_json::to_vec(&body)
        .map(AuditBody)
        .map_err(|error| internal(&error))
}

/// Puts the markets in the order they were asked for, each once.
fn in_order(request: &AuditRequest, audited: &Audited) -> Vec<AuditMarketRow> {
    let mut seen = BTreeSet::new();
    let all = request.markets.iter().chain(&audited.markets);
    all.filter(|market| seen.insert(*market))
        .map(nothing_found)
        .collect()
}

fn count(report: &Report, row: &mut AuditRow) {
    let number = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    row.unsure = number(report.unsure.len());
    row.skipped = number(report.skipped.len());
    row.suppressed = number(report.suppressed.len());
    for finding in &report.findings {
        let here = row
            .markets
            .iter_mut()
            .filter(|m| m.market == finding.market);
        for market in here {
            let counter = match finding.severity {
                Severity::Error => &mut market.errors,
                Severity::Warning => &mut market.warnings,
                Severity::Info => &mut market.infos,
            };
            *counter = counter.saturating_add(1);
        }
    }
}

/// Keeps the first findings of a report that has too many, and says so.
fn shorten(report: &mut Report) {
    let told = [
        cut("findings", &mut report.findings),
        cut("unsure", &mut report.unsure),
        cut("suppressed", &mut report.suppressed),
    ];
    report.skipped.extend(told.into_iter().flatten());
}

fn cut<T>(what: &str, findings: &mut Vec<T>) -> Option<Skip> {
    let all = findings.len();
    findings.truncate(MOST_FINDINGS);
    (MOST_FINDINGS < all).then(|| Skip {
        subject: what.to_owned(),
        reason: format!("only the first {MOST_FINDINGS} of {all} are kept"),
        hint: "audit fewer files or markets at once".to_owned(),
    })
}

fn internal(error: &dyn std::fmt::Display) -> EngineError {
    EngineError::new(
        Kind::Internal,
        "audit",
        format!("the audit did not end well: {error}"),
    )
}
