//! The workspace's secrets: made once, kept in its private folder.

use milieu_decide::Salt;
use milieu_record::{TokenKey, VisitorKey};
use milieu_store::Control;

use crate::EngineError;
use crate::error::Kind;

/// Keys for tokens, visitors and draws, all derived from one secret.
#[derive(Debug, Clone)]
pub(crate) struct Secrets {
    /// Signs decision tokens.
    pub(crate) token: TokenKey,
    /// Hashes visitors' ids.
    pub(crate) visitor: VisitorKey,
    /// Draws arms and the holdout; one for ever.
    pub(crate) salt: Salt,
    /// Signs stream tickets.
    pub(crate) ticket: [u8; 32],
}

const SETTING: &str = "secret";

impl Secrets {
    /// Reads the workspace's secret, making it the first time.
    pub(crate) async fn load_or_make(control: &Control) -> Result<Self, EngineError> {
        if let Some(hex) = control.setting(SETTING).await? {
            let bytes = blake3::Hash::from_hex(&hex).map_err(|_| {
                EngineError::new(
                    Kind::Internal,
                    "secret",
                    "the workspace's secret is damaged: restore a backup",
                )
            })?;
            return Ok(Self::derive(bytes.as_bytes()));
        }
        let secret = random()?;
        let mut writing = control.write().await?;
        writing
            .set(SETTING, blake3::Hash::from_bytes(secret).to_hex().as_str())
            .await?;
        writing.commit().await?;
        Ok(Self::derive(&secret))
    }

    fn derive(secret: &[u8; 32]) -> Self {
        let key = |purpose| blake3::derive_key(purpose, secret);
        Self {
            token: TokenKey::from_bytes(key("milieu 2026 decision tokens")),
            visitor: VisitorKey::from_bytes(key("milieu 2026 visitor ids")),
            salt: Salt::from_bytes(key("milieu 2026 draws")),
            ticket: key("milieu 2026 stream tickets"),
        }
    }
}

/// Returns 32 random bytes of the operating system.
pub(crate) fn random() -> Result<[u8; 32], EngineError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| {
        EngineError::new(
            Kind::Internal,
            "random",
            format!("no random numbers: {error}"),
        )
    })?;
    Ok(bytes)
}

/// Returns a random secret as 64 hexadecimal digits.
pub(crate) fn random_hex() -> Result<String, EngineError> {
    Ok(blake3::Hash::from_bytes(random()?).to_hex().to_string())
}

/// Hashes a secret for keeping: a copy of the database lets nobody in.
pub(crate) fn hash_secret(secret: &str) -> String {
    blake3::hash(secret.as_bytes()).to_hex().to_string()
}
