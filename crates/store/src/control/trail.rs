//! The audit trail's table: entries are only ever added.

use milieu_record::{Digest, Instant};
use milieu_review::{TrailBody, TrailEntry, link};

use super::rows::{read, read_no};
use super::{Control, ControlError, Writing};

type Row = (i64, i64, String, String, String, String, String, String);

const COLUMNS: &str = "SELECT seq, at, actor, action, subject, detail, previous, hash FROM trail";

impl Control {
    /// Reads entries after a number, at most so many, in order.
    pub async fn trail(&self, after: u64, most: u32) -> Result<Vec<TrailEntry>, ControlError> {
        let sql = format!("{COLUMNS} WHERE seq > ?1 ORDER BY seq LIMIT ?2");
        let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(i64::try_from(after).unwrap_or(i64::MAX))
            .bind(i64::from(most))
            .fetch_all(&self.pool)
            .await?;
        rows.into_iter().map(entry).collect()
    }
}

impl Writing<'_> {
    /// Chains an entry to the last one, in the same change as what it tells of.
    pub async fn note(&mut self, body: TrailBody) -> Result<(), ControlError> {
        let sql = format!("{COLUMNS} ORDER BY seq DESC LIMIT 1");
        let last: Option<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .fetch_optional(&mut *self.transaction)
            .await?;
        let last = last.map(entry).transpose()?;
        let entry = link(last.as_ref(), body);
        sqlx::query(
            "INSERT INTO trail (seq, at, actor, action, subject, detail, previous, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )
        .bind(i64::try_from(entry.seq).unwrap_or(i64::MAX))
        .bind(entry.body.at.micros())
        .bind(&entry.body.actor)
        .bind(&entry.body.action)
        .bind(&entry.body.subject)
        .bind(&entry.body.detail)
        .bind(entry.previous.to_string())
        .bind(entry.hash.to_string())
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }
}

fn entry(row: Row) -> Result<TrailEntry, ControlError> {
    let (seq, at, actor, action, subject, detail, previous, hash) = row;
    let body = TrailBody {
        at: Instant::from_micros(at),
        actor,
        action,
        subject,
        detail,
    };
    let digest = |text: &str| -> Result<Digest, ControlError> { read("trail", seq, text) };
    Ok(TrailEntry {
        seq: read_no("trail", seq, seq)?,
        body,
        previous: digest(&previous)?,
        hash: digest(&hash)?,
    })
}
