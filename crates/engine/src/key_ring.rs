//! The keys that are valid now, ready to be asked without lock or store.

use std::collections::HashMap;

use milieu_store::Control;

use crate::secrets::hash_secret;
use crate::{EngineError, KeyKind, Principal};

/// Valid keys, by the hash of their secret.
#[derive(Debug, Default)]
pub(crate) struct KeyRing {
    keys: HashMap<String, (String, KeyKind)>,
}

impl KeyRing {
    /// Reads all keys that were not withdrawn.
    pub(crate) async fn read(control: &Control) -> Result<Self, EngineError> {
        let mut keys = HashMap::new();
        for row in control.api_keys().await? {
            if row.revoked_at.is_none() {
                keys.insert(row.hash, (row.id, KeyKind::parse(&row.kind)?));
            }
        }
        Ok(Self { keys })
    }

    /// Finds who a secret belongs to.
    pub(crate) fn holder(&self, secret: &str) -> Option<Principal> {
        let (id, kind) = self.keys.get(&hash_secret(secret))?;
        Some(Principal::Key(id.clone(), *kind))
    }
}
