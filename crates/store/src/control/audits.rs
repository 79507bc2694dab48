//! Audits: columns that lists need, and a body that nobody here reads.

use std::collections::BTreeMap;

use milieu_culture::{Date, MarketId};
use milieu_record::Instant;

use super::rows::{read, read_no};
use super::{AuditBody, AuditMarketRow, AuditRow, Control, ControlError, Writing};

/// The version of the JSON in `audit.body`.
const AUDIT_FORMAT: i64 = 1;

type Head = (
    i64,
    String,
    String,
    i64,
    String,
    String,
    String,
    i64,
    i64,
    i64,
);

const HEAD: &str =
    "SELECT no, id, name, at, person, as_of, packs, unsure, skipped, suppressed FROM audit";

/// How much of all audits is kept; the oldest go first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditBounds {
    /// The most audits.
    pub audits: u32,
    /// The most bytes of their bodies together.
    pub bytes: u64,
}

impl Control {
    /// Reads audits before a number, newest first.
    pub async fn audits(&self, before: i64, most: u32) -> Result<Vec<AuditRow>, ControlError> {
        let sql = format!("{HEAD} WHERE no < ?1 ORDER BY no DESC LIMIT ?2");
        let heads: Vec<Head> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(before)
            .bind(i64::from(most))
            .fetch_all(&self.pool)
            .await?;
        let mut rows = Vec::with_capacity(heads.len());
        for head in heads {
            let markets = self.audit_markets(head.0).await?;
            rows.push(row(head, markets)?);
        }
        Ok(rows)
    }

    /// Reads one audit with its body.
    pub async fn audit(&self, id: &str) -> Result<Option<(AuditRow, AuditBody)>, ControlError> {
        let sql = format!("{HEAD} WHERE id = ?1");
        let head: Option<Head> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(id)
            .fetch_optional(&self.pool)
            .await?;
        let Some(head) = head else {
            return Ok(None);
        };
        let body: Option<(i64, Vec<u8>)> =
            sqlx::query_as("SELECT format, body FROM audit WHERE no = ?1")
                .bind(head.0)
                .fetch_optional(&self.pool)
                .await?;
        let Some((format, bytes)) = body else {
            return Ok(None);
        };
        if format != AUDIT_FORMAT {
            return Err(ControlError::Row {
                table: "audit",
                row: head.1,
                what: format!("format {format}"),
            });
        }
        let markets = self.audit_markets(head.0).await?;
        Ok(Some((row(head, markets)?, AuditBody(bytes))))
    }

    /// Finds an audit by what its sender called the request: its id, and the digest.
    pub async fn audit_of_request(
        &self,
        request: &str,
    ) -> Result<Option<(String, String)>, ControlError> {
        let query = sqlx::query_as("SELECT id, digest FROM audit WHERE request = ?1");
        Ok(query.bind(request).fetch_optional(&self.pool).await?)
    }

    /// Reads each market's last audit: its id, and what it found there.
    pub async fn last_audits(
        &self,
    ) -> Result<BTreeMap<MarketId, (String, AuditMarketRow)>, ControlError> {
        let rows: Vec<(String, String, i64, i64, i64)> = sqlx::query_as(
            "SELECT audit.id, m.market, m.errors, m.warnings, m.infos
             FROM audit_market AS m JOIN audit ON audit.no = m.audit_no
             WHERE m.audit_no = (SELECT MAX(audit_no) FROM audit_market WHERE market = m.market)",
        )
        .fetch_all(&self.pool)
        .await?;
        let mut last = BTreeMap::new();
        for (id, market, errors, warnings, infos) in rows {
            let found = market_row((market, errors, warnings, infos))?;
            last.insert(found.market.clone(), (id, found));
        }
        Ok(last)
    }

    async fn audit_markets(&self, no: i64) -> Result<Vec<AuditMarketRow>, ControlError> {
        let rows: Vec<(String, i64, i64, i64)> = sqlx::query_as(
            "SELECT market, errors, warnings, infos FROM audit_market
             WHERE audit_no = ?1 ORDER BY position",
        )
        .bind(no)
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(market_row).collect()
    }
}

impl Writing<'_> {
    /// Keeps an audit, and lets the oldest go beyond the bounds; this one stays.
    pub async fn add_audit(
        &mut self,
        audit: &AuditRow,
        body: &AuditBody,
        request: Option<&str>,
        digest: &str,
        bounds: AuditBounds,
    ) -> Result<(), ControlError> {
        let bytes = i64::try_from(body.0.len()).unwrap_or(i64::MAX);
        let no: i64 = sqlx::query_scalar(
            "INSERT INTO audit (id, name, at, person, as_of, packs, unsure, skipped, suppressed,
             request, digest, format, bytes, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) RETURNING no",
        )
        .bind(&audit.id)
        .bind(&audit.name)
        .bind(audit.at.micros())
        .bind(&audit.person)
        .bind(audit.as_of.to_string())
        .bind(&audit.packs)
        .bind(i64::from(audit.unsure))
        .bind(i64::from(audit.skipped))
        .bind(i64::from(audit.suppressed))
        .bind(request)
        .bind(digest)
        .bind(AUDIT_FORMAT)
        .bind(bytes)
        .bind(&body.0)
        .fetch_one(&mut *self.transaction)
        .await?;
        for (position, market) in (0_i64..).zip(&audit.markets) {
            sqlx::query(
                "INSERT INTO audit_market (audit_no, position, market, errors, warnings, infos)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )
            .bind(no)
            .bind(position)
            .bind(market.market.as_str())
            .bind(i64::from(market.errors))
            .bind(i64::from(market.warnings))
            .bind(i64::from(market.infos))
            .execute(&mut *self.transaction)
            .await?;
        }
        self.drop_audits(no, bounds).await
    }

    /// Drops what lies beyond the bounds, counted from the newest back.
    async fn drop_audits(&mut self, newest: i64, bounds: AuditBounds) -> Result<(), ControlError> {
        sqlx::query(
            "DELETE FROM audit WHERE no <> ?1 AND no IN (
                SELECT no FROM (
                    SELECT no, ROW_NUMBER() OVER (ORDER BY no DESC) AS place,
                    SUM(bytes) OVER (ORDER BY no DESC) AS total FROM audit
                ) WHERE place > ?2 OR total > ?3)",
        )
        .bind(newest)
        .bind(i64::from(bounds.audits))
        .bind(i64::try_from(bounds.bytes).unwrap_or(i64::MAX))
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }
}

fn row(head: Head, markets: Vec<AuditMarketRow>) -> Result<AuditRow, ControlError> {
    let (no, id, name, at, person, as_of, packs, unsure, skipped, suppressed) = head;
    let count = |number: i64| -> Result<u32, ControlError> { read_no("audit", no, number) };
    let as_of: Date = read("audit", no, &as_of)?;
    Ok(AuditRow {
        no,
        id,
        name,
        at: Instant::from_micros(at),
        person,
        as_of,
        packs,
        unsure: count(unsure)?,
        skipped: count(skipped)?,
        suppressed: count(suppressed)?,
        markets,
    })
}

fn market_row(row: (String, i64, i64, i64)) -> Result<AuditMarketRow, ControlError> {
    let (market, errors, warnings, infos) = row;
    let count = |number: i64| -> Result<u32, ControlError> {
        read_no("audit_market", market.as_str(), number)
    };
    Ok(AuditMarketRow {
        market: read("audit_market", market.as_str(), &market)?,
        errors: count(errors)?,
        warnings: count(warnings)?,
        infos: count(infos)?,
    })
}
