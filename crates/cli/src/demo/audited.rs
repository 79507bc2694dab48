//! A campaign of the shop that was audited before the shop opened, mistakes and all.

use anyhow::{Context as _, Result};
use milieu_content::Input;
use milieu_engine::journeys::keep_audit::{AuditOrder, keep_audit};
use milieu_engine::{Engine, Principal};

const NAME: &str = "Small gifts";
const MARKETS: [&str; 3] = ["ja-JP", "de-DE", "pt-BR"];
const FILES: [(&str, &str); 5] = [
    (
        "campaign.toml",
        include_str!("../../../../examples/demo/campaign/campaign.toml"),
    ),
    (
        "en-US.json",
        include_str!("../../../../examples/demo/campaign/en-US.json"),
    ),
    (
        "ja-JP.json",
        include_str!("../../../../examples/demo/campaign/ja-JP.json"),
    ),
    (
        "de-DE.json",
        include_str!("../../../../examples/demo/campaign/de-DE.json"),
    ),
    (
        "pt-BR.json",
        include_str!("../../../../examples/demo/campaign/pt-BR.json"),
    ),
];

/// Lets the editor audit the campaign, so that there are findings to read.
pub(super) async fn audit_campaign(engine: &Engine, editor: &Principal) -> Result<()> {
    let markets: Result<Vec<_>, _> = MARKETS.iter().map(|id| id.parse()).collect();
    let input = |(path, text): &(&str, &str)| Input {
        path: (*path).to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let order = AuditOrder {
        name: Some(NAME.to_owned()),
        files: FILES.iter().map(input).collect(),
        markets: markets?,
        locale: "en-US".parse().ok(),
        days: None,
        request: None,
    };
    keep_audit(engine, editor, order)
        .await
        .context("the campaign of examples/demo/campaign was not audited")?;
    Ok(())
}
