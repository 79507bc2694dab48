//! Proposals and verdicts.

use std::collections::BTreeMap;

use milieu_record::Instant;
use milieu_review::{PersonId, Subject, Verdict};

use super::rows::{name_of, read, read_name};
use super::{Control, ControlError, ProposalRow, Writing};

impl Control {
    /// Reads all proposals that no newer content replaced, oldest first.
    pub async fn proposals(&self) -> Result<Vec<ProposalRow>, ControlError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, kind, subject_id, digest, market, sensitivity, origin, author, superseded,
             created_at FROM proposal WHERE superseded = 0 ORDER BY id",
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(proposal).collect()
    }

    /// Reads one proposal.
    pub async fn proposal(&self, id: i64) -> Result<Option<ProposalRow>, ControlError> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT id, kind, subject_id, digest, market, sensitivity, origin, author, superseded,
             created_at FROM proposal WHERE id = ?1",
        )
        .bind(id)
        .fetch_optional(&self.pool)
        .await?;
        row.map(proposal).transpose()
    }

    /// Reads the content of a rendering's revision, current or not.
    pub async fn rendering_content(&self, no: &str) -> Result<Option<String>, ControlError> {
        let query =
            sqlx::query_scalar("SELECT content FROM rendering WHERE no = CAST(?1 AS INTEGER)");
        Ok(query.bind(no).fetch_optional(&self.pool).await?)
    }

    /// Reads all verdicts by proposal, in the order they were given.
    pub async fn verdicts(&self) -> Result<BTreeMap<i64, Vec<Verdict>>, ControlError> {
        type Row = (i64, i64, String, String, String, String, i64, Option<i64>);
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, proposal_id, person, choice, digest, reason, at, expires
             FROM verdict ORDER BY id",
        )
        .fetch_all(&self.pool)
        .await?;
        let mut verdicts: BTreeMap<i64, Vec<Verdict>> = BTreeMap::new();
        for (id, proposal, person, choice, digest, reason, at, expires) in rows {
            verdicts.entry(proposal).or_default().push(Verdict {
                by: PersonId::new(&person),
                choice: read_name("verdict", id, &choice)?,
                digest: read("verdict", id, &digest)?,
                reason,
                at: Instant::from_micros(at),
                expires: expires.map(Instant::from_micros),
            });
        }
        Ok(verdicts)
    }
}

impl Writing<'_> {
    /// Puts a subject up for review and returns the proposal's number.
    pub async fn propose(&mut self, subject: &Subject, now: Instant) -> Result<i64, ControlError> {
        let id = sqlx::query_scalar(
            "INSERT INTO proposal (kind, subject_id, digest, market, sensitivity, origin, author,
             superseded, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8) RETURNING id",
        )
        .bind(name_of(&subject.kind))
        .bind(&subject.id)
        .bind(subject.digest.to_string())
        .bind(subject.market.as_str())
        .bind(name_of(&subject.sensitivity))
        .bind(name_of(&subject.origin))
        .bind(subject.author.as_str())
        .bind(now.micros())
        .fetch_one(&mut *self.transaction)
        .await?;
        Ok(id)
    }

    /// Keeps a verdict.
    pub async fn add_verdict(
        &mut self,
        proposal: i64,
        verdict: &Verdict,
    ) -> Result<(), ControlError> {
        sqlx::query(
            "INSERT INTO verdict (proposal_id, person, choice, digest, reason, at, expires)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )
        .bind(proposal)
        .bind(verdict.by.as_str())
        .bind(name_of(&verdict.choice))
        .bind(verdict.digest.to_string())
        .bind(&verdict.reason)
        .bind(verdict.at.micros())
        .bind(verdict.expires.map(Instant::micros))
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }
}

type Row = (
    i64,
    String,
    String,
    String,
    String,
    String,
    String,
    String,
    i64,
    i64,
);

fn proposal(row: Row) -> Result<ProposalRow, ControlError> {
    let (id, kind, subject_id, digest, market, sensitivity, origin, author, superseded, at) = row;
    Ok(ProposalRow {
        id,
        kind: read_name("proposal", id, &kind)?,
        subject_id,
        digest: read("proposal", id, &digest)?,
        market: read("proposal", id, &market)?,
        sensitivity: read_name("proposal", id, &sensitivity)?,
        origin: read_name("proposal", id, &origin)?,
        author,
        superseded: superseded != 0,
        created_at: Instant::from_micros(at),
    })
}
