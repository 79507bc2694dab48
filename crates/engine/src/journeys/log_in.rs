//! Logging in and out: sessions are random, kept as hashes, and end by themselves.

use milieu_record::Instant;
use milieu_store::{PersonRow, SessionRow};
use tokio::sync::Semaphore;

use super::manage_people::verify_password;
use crate::error::Kind;
use crate::secrets::{hash_secret, random_hex};
use crate::{Engine, EngineError, Principal, clock, publish};

/// A session ends after this long without use.
const IDLE: i64 = 12 * Instant::HOUR;
/// A session ends after this long whatever happens.
const LONGEST: i64 = 7 * Instant::DAY;
/// Use is noted at most this often, to spare writes.
const NOTED: i64 = 60 * Instant::SECOND;

/// Argon2 takes 19 MiB and a core each: two at a time, the rest waits.
static HASHING: Semaphore = Semaphore::const_new(2);

/// What an unknown name is checked against, so that it takes as long as a known one.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bWlsaWV1LW5vYm9keQ$\
                      2nAh1cIzAhtGkQ8p8Y0ZL3yBwF2kH0t0S3bqNqfO1qk";

/// Checks name and password and begins a session; returns its secret.
pub async fn log_in(engine: &Engine, name: &str, password: &str) -> Result<String, EngineError> {
    let found = engine
        .control
        .people()
        .await?
        .into_iter()
        .find(|row| row.name == name);
    let hash = found
        .as_ref()
        .map_or(NOBODY, |row| row.password.as_str())
        .to_owned();
    let verified = {
        let _turn = HASHING.acquire().await;
        verify_password(password.to_owned(), hash).await
    };
    let person = match found {
        Some(row) if verified && row.active => row,
        _ => return Err(bad_credentials()),
    };
    begin(engine, &person).await
}

async fn begin(engine: &Engine, person: &PersonRow) -> Result<String, EngineError> {
    let secret = format!("mil_session_{}", random_hex()?);
    let now = clock::now();
    let session = SessionRow {
        hash: hash_secret(&secret),
        person: person.name.clone(),
        created_at: now,
        seen_at: now,
        expires_at: now.plus(LONGEST),
    };
    let (_turn, mut writing) = engine.change().await?;
    writing.add_session(&session).await?;
    writing.commit().await?;
    Ok(secret)
}

/// Finds the person of a session.
pub async fn session_holder(
    engine: &Engine,
    secret: &str,
) -> Result<Option<Principal>, EngineError> {
    let Some(session) = engine.control.session(&hash_secret(secret)).await? else {
        return Ok(None);
    };
    let now = clock::now();
    if session.expires_at <= now || IDLE < now.since(session.seen_at) {
        return Ok(None);
    }
    if NOTED < now.since(session.seen_at)
        && let Err(error) = note_use(engine, &session.hash, now).await
    {
        // People read reports on a full disk too.
        tracing::warn!(%error, "the use of a session could not be noted");
    }
    let people = engine.control.people().await?;
    let person = people
        .into_iter()
        .find(|row| row.name == session.person && row.active);
    Ok(person.map(|row| Principal::Person(publish::person(row))))
}

async fn note_use(engine: &Engine, hash: &str, now: Instant) -> Result<(), EngineError> {
    let (_turn, mut writing) = engine.change().await?;
    writing.touch_session(hash, now).await?;
    Ok(writing.commit().await?)
}

/// Ends a session.
pub async fn log_out(engine: &Engine, secret: &str) -> Result<(), EngineError> {
    let (_turn, mut writing) = engine.change().await?;
    writing
        .end_session(&hash_secret(secret), clock::now())
        .await?;
    Ok(writing.commit().await?)
}

fn bad_credentials() -> EngineError {
    EngineError::new(
        Kind::Unauthorized,
        "bad-credentials",
        "name and password do not match",
    )
}

#[cfg(test)]
mod tests {
    use argon2::Params;
    use argon2::password_hash::phc::PasswordHash;

    use super::*;

    #[test]
    fn an_unknown_name_costs_as_much_as_a_known_one() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let params = Params::try_from(&nobody).unwrap();
        assert_eq!(params.m_cost(), Params::DEFAULT.m_cost());
        assert_eq!(params.t_cost(), Params::DEFAULT.t_cost());
        assert!(nobody.hash.is_some() && nobody.salt.is_some());
    }
}
