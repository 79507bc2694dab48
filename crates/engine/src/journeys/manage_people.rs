//! People: who can log in, and what they may do where.

use argon2::password_hash::{PasswordHasher as _, phc::PasswordHash};
use argon2::{Argon2, PasswordVerifier as _};
use milieu_review::{Grant, Person};
use milieu_store::PersonRow;
use serde_json::json;

use crate::engine::trail;
use crate::error::{Kind, LONGEST_NAME, check_length};
use crate::{Engine, EngineError, Principal, clock, publish};

/// A person to be added or changed.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// The login name: 2 to 40 of a-z, 0-9, dot, dash.
    pub name: String,
    /// The name that others see.
    pub display_name: String,
    /// The password; `None` keeps the present one.
    pub password: Option<String>,
    /// What the person may do where.
    pub grants: Vec<Grant>,
    /// Whether the person can log in.
    pub active: bool,
}

/// The least length of a password.
const SHORTEST: usize = 10;

/// Adds a person or changes one. Verdicts of a person who leaves stay in the trail.
pub async fn put_person(
    engine: &Engine,
    who: &Principal,
    new: NewPerson,
) -> Result<(), EngineError> {
    who.must_own()?;
    check_name(&new.name)?;
    check_length("a name for others", &new.display_name, LONGEST_NAME)?;
    let password = match new.password {
        Some(password) if password.chars().count() < SHORTEST => {
            return Err(EngineError::invalid(format!(
                "a password has at least {SHORTEST} characters"
            )));
        }
        Some(password) => Some(hash_password(password).await?),
        None => None,
    };
    // The present password is read within the change: another may be setting a new one.
    let (_turn, mut writing) = engine.change().await?;
    let present = engine.control.people().await?;
    let present = present.into_iter().find(|row| row.name == new.name);
    let password = password
        .or(present.map(|row| row.password))
        .ok_or_else(|| EngineError::invalid("a new person needs a password"))?;
    let row = PersonRow {
        name: new.name,
        display_name: new.display_name,
        password,
        active: new.active,
        grants: new.grants,
    };
    writing.put_person(&row, clock::now()).await?;
    let detail = json!({"grants": row.grants, "active": row.active});
    writing
        .note(trail(
            who,
            "person.put",
            format!("person {}", row.name),
            &detail,
        ))
        .await?;
    writing.commit().await?;
    engine.republish().await
}

/// Lists everybody.
pub async fn list_people(engine: &Engine, who: &Principal) -> Result<Vec<Person>, EngineError> {
    who.must_own()?;
    Ok(engine
        .control
        .people()
        .await?
        .into_iter()
        .map(publish::person)
        .collect())
}

fn check_name(name: &str) -> Result<(), EngineError> {
    let allowed = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-');
    if (2..=40).contains(&name.len()) && name.bytes().all(allowed) {
        Ok(())
    } else {
        Err(EngineError::invalid(
            "a login name is 2 to 40 of a-z, 0-9, dot and dash",
        ))
    }
}

/// Hashes with Argon2id (19 MiB, 2 passes, RFC 9106 and OWASP's least), off the runtime.
async fn hash_password(password: String) -> Result<String, EngineError> {
    let hash = tokio::task::spawn_blocking(move || {
        Argon2::default()
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
    });
    match hash.await {
        Ok(Ok(hash)) => Ok(hash),
        Ok(Err(error)) => Err(EngineError::invalid(format!(
            "this password cannot be used: {error}"
        ))),
        Err(error) => Err(EngineError::new(
            Kind::Internal,
            "password",
            error.to_string(),
        )),
    }
}

/// Tells whether a password is the one of a hash, off the runtime.
pub(crate) async fn verify_password(password: String, hash: String) -> bool {
    let verified = tokio::task::spawn_blocking(move || {
        PasswordHash::new(&hash).is_ok_and(|hash| {
            Argon2::default()
                .verify_password(password.as_bytes(), &hash)
                .is_ok()
        })
    });
    verified.await.unwrap_or(false)
}
