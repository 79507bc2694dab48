//! The workspace itself: settings, markets, keys, quiet mode.

use milieu_culture::MarketId;
use milieu_record::{Instant, MarketNo};

use super::rows::{read, read_no};
use super::{ApiKeyRow, Control, ControlError, MarketRow, QuietRow, Writing};

impl Control {
    /// Reads a setting.
    pub async fn setting(&self, key: &str) -> Result<Option<String>, ControlError> {
        let query = sqlx::query_scalar("SELECT value FROM meta WHERE key = ?1").bind(key);
        Ok(query.fetch_optional(&self.pool).await?)
    }

    /// Reads the configured markets, the default first.
    pub async fn markets(&self) -> Result<Vec<MarketRow>, ControlError> {
        let rows: Vec<(i64, String, f64)> =
            sqlx::query_as("SELECT no, id, holdout FROM market ORDER BY position, no")
                .fetch_all(&self.pool)
                .await?;
        let row = |(no, id, holdout): (i64, String, f64)| {
            let market = read("market", no, &id)?;
            Ok(MarketRow {
                no: MarketNo(read_no("market", no, no)?),
                id: market,
                holdout,
            })
        };
        rows.into_iter().map(row).collect()
    }

    /// Reads all keys of programs, newest last.
    pub async fn api_keys(&self) -> Result<Vec<ApiKeyRow>, ControlError> {
        type Row = (String, String, String, String, i64, Option<i64>);
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, kind, label, hash, created_at, revoked_at FROM api_key ORDER BY created_at, id",
        )
        .fetch_all(&self.pool)
        .await?;
        let row = |(id, kind, label, hash, created, revoked): Row| ApiKeyRow {
            id,
            kind,
            label,
            hash,
            created_at: Instant::from_micros(created),
            revoked_at: revoked.map(Instant::from_micros),
        };
        Ok(rows.into_iter().map(row).collect())
    }

    /// Reads where quiet mode was switched on and not off.
    pub async fn quiet(&self) -> Result<Vec<QuietRow>, ControlError> {
        type Row = (String, Option<i64>, String, String, i64);
        let rows: Vec<Row> =
            sqlx::query_as("SELECT scope, until, reason, person, at FROM quiet ORDER BY scope")
                .fetch_all(&self.pool)
                .await?;
        let row = |(scope, until, reason, person, at): Row| QuietRow {
            scope,
            until: until.map(Instant::from_micros),
            reason,
            person,
            at: Instant::from_micros(at),
        };
        Ok(rows.into_iter().map(row).collect())
    }
}

impl Writing<'_> {
    /// Writes a setting.
    pub async fn set(&mut self, key: &str, value: &str) -> Result<(), ControlError> {
        sqlx::query(
            "INSERT INTO meta (key, value) VALUES (?1, ?2)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )
        .bind(key)
        .bind(value)
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// Adds a market, or changes its share and place in the order.
    ///
    /// A holdout share only grows: a smaller one leaves it as it is.
    pub async fn put_market(
        &mut self,
        id: &MarketId,
        holdout: f64,
        position: usize,
    ) -> Result<(), ControlError> {
        sqlx::query(
            "INSERT INTO market (no, id, holdout, position)
             VALUES ((SELECT COALESCE(MAX(no), 0) + 1 FROM market), ?1, ?2, ?3)
             ON CONFLICT (id) DO UPDATE
             SET holdout = MAX(holdout, excluded.holdout), position = excluded.position",
        )
        .bind(id.as_str())
        .bind(holdout)
        .bind(i64::try_from(position).unwrap_or(i64::MAX))
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// Adds a key of a program.
    pub async fn add_api_key(&mut self, key: &ApiKeyRow) -> Result<(), ControlError> {
        sqlx::query(
            "INSERT INTO api_key (id, kind, label, hash, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )
        .bind(&key.id)
        .bind(&key.kind)
        .bind(&key.label)
        .bind(&key.hash)
        .bind(key.created_at.micros())
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// Withdraws a key; tells whether there was such a key still valid.
    pub async fn revoke_api_key(&mut self, id: &str, now: Instant) -> Result<bool, ControlError> {
        let done =
            sqlx::query("UPDATE api_key SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL")
                .bind(id)
                .bind(now.micros())
                .execute(&mut *self.transaction)
                .await?;
        Ok(0 < done.rows_affected())
    }

    /// Switches quiet mode on, or changes its end and reason.
    pub async fn put_quiet(&mut self, quiet: &QuietRow) -> Result<(), ControlError> {
        sqlx::query(
            "INSERT INTO quiet (scope, until, reason, person, at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (scope) DO UPDATE SET until = excluded.until,
             reason = excluded.reason, person = excluded.person, at = excluded.at",
        )
        .bind(&quiet.scope)
        .bind(quiet.until.map(Instant::micros))
        .bind(&quiet.reason)
        .bind(&quiet.person)
        .bind(quiet.at.micros())
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// Switches quiet mode off; tells whether it was on.
    pub async fn drop_quiet(&mut self, scope: &str) -> Result<bool, ControlError> {
        let done = sqlx::query("DELETE FROM quiet WHERE scope = ?1")
            .bind(scope)
            .execute(&mut *self.transaction)
            .await?;
        Ok(0 < done.rows_affected())
    }
}
