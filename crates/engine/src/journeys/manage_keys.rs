//! Keys of programs: made once, shown once, kept as hashes.

use milieu_store::ApiKeyRow;
use serde_json::json;

use crate::engine::trail;
use crate::error::{LONGEST_NAME, check_length};
use crate::secrets::{hash_secret, random_hex};
use crate::{Engine, EngineError, KeyKind, Principal, clock};

/// Makes a key and returns its secret, which is shown this once.
pub async fn make_key(
    engine: &Engine,
    who: &Principal,
    kind: KeyKind,
    label: &str,
) -> Result<String, EngineError> {
    who.must_own()?;
    check_length("a label", label, LONGEST_NAME)?;
    let secret = format!("mil_{}_{}", kind.as_str(), random_hex()?);
    let hash = hash_secret(&secret);
    let id = format!(
        "{}-{}",
        kind.as_str(),
        hash.chars().take(8).collect::<String>()
    );
    let row = ApiKeyRow {
        id: id.clone(),
        kind: kind.as_str().to_owned(),
        label: label.to_owned(),
        hash,
        created_at: clock::now(),
        revoked_at: None,
    };
    let (_turn, mut writing) = engine.change().await?;
    writing.add_api_key(&row).await?;
    writing
        .note(trail(
            who,
            "key.make",
            format!("key {id}"),
            &json!({"label": label}),
        ))
        .await?;
    writing.commit().await?;
    engine.republish().await?;
    Ok(secret)
}

/// Withdraws a key by its id.
pub async fn revoke_key(engine: &Engine, who: &Principal, id: &str) -> Result<(), EngineError> {
    who.must_own()?;
    let (_turn, mut writing) = engine.change().await?;
    if !writing.revoke_api_key(id, clock::now()).await? {
        return Err(EngineError::not_found("valid key", id));
    }
    writing
        .note(trail(who, "key.revoke", format!("key {id}"), &json!({})))
        .await?;
    writing.commit().await?;
    engine.republish().await
}

/// Lists all keys, without their secrets.
pub async fn list_keys(engine: &Engine, who: &Principal) -> Result<Vec<ApiKeyRow>, EngineError> {
    who.must_own()?;
    Ok(engine.control.api_keys().await?)
}

/// Finds who a key's secret belongs to; no lock, no store.
pub fn key_holder(engine: &Engine, secret: &str) -> Option<Principal> {
    engine.keys.load().holder(secret)
}
