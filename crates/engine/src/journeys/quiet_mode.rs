//! Quiet mode: what sells or celebrates stops in a market within a second.

use milieu_culture::{MarketId, TerritoryId};
use milieu_record::Instant;
use milieu_store::QuietRow;
use serde_json::json;

use crate::engine::trail;
use crate::error::{LONGEST_REASON, check_length};
use crate::publish::covers;
use crate::{Engine, EngineError, Principal, clock};

/// Switches quiet mode on in a territory or market.
pub async fn quiet_on(
    engine: &Engine,
    who: &Principal,
    scope: &str,
    until: Option<Instant>,
    reason: &str,
) -> Result<(), EngineError> {
    let scope = check(engine, who, scope)?;
    if reason.trim().is_empty() {
        return Err(EngineError::invalid(
            "say why with --reason: people will ask",
        ));
    }
    check_length("a reason", reason, LONGEST_REASON)?;
    if until.is_some_and(|end| end <= clock::now()) {
        return Err(EngineError::invalid(
            "the end of quiet mode lies in the past",
        ));
    }
    let row = QuietRow {
        scope: scope.clone(),
        until,
        reason: reason.to_owned(),
        person: who.name().to_owned(),
        at: clock::now(),
    };
    let (_turn, mut writing) = engine.change().await?;
    writing.put_quiet(&row).await?;
    let detail = json!({"until": until.map(|end| end.to_string()), "reason": reason});
    writing.note(trail(who, "quiet.on", scope, &detail)).await?;
    writing.commit().await?;
    engine.republish().await
}

/// Switches quiet mode off.
pub async fn quiet_off(engine: &Engine, who: &Principal, scope: &str) -> Result<(), EngineError> {
    let scope = check(engine, who, scope)?;
    let (_turn, mut writing) = engine.change().await?;
    if !writing.drop_quiet(&scope).await? {
        return Err(EngineError::not_found("quiet mode in", scope));
    }
    writing
        .note(trail(who, "quiet.off", scope, &json!({})))
        .await?;
    writing.commit().await?;
    engine.republish().await
}

/// Lists where quiet mode was switched on, ended by time or not.
pub async fn quiet_list(engine: &Engine) -> Result<Vec<QuietRow>, EngineError> {
    Ok(engine.control.quiet().await?)
}

/// Brings a scope into its one form, and checks that it covers a market of ours.
fn check(engine: &Engine, who: &Principal, scope: &str) -> Result<String, EngineError> {
    let market: Option<MarketId> = scope.parse().ok();
    who.must_edit_or_review(market.as_ref())?;
    let territory: Option<TerritoryId> = scope.parse().ok();
    let text = match (&territory, &market) {
        (Some(territory), _) => territory.to_string(),
        (None, Some(market)) => market.to_string(),
        (None, None) => {
            return Err(EngineError::invalid(format!(
                "\"{scope}\" is neither a territory (JP) nor a market (ja-JP)"
            )));
        }
    };
    let live = engine.live();
    if live
        .catalogue
        .places
        .all()
        .iter()
        .any(|place| covers(&text, place))
    {
        Ok(text)
    } else {
        Err(EngineError::invalid(format!(
            "{text} covers no market of this workspace"
        )))
    }
}
