//! Slots, arms and renderings.

use milieu_record::{ArmNo, Digest, Instant, MarketNo, RenderingNo, SlotKey, SlotNo, VariantKey};

use super::rows::{read, read_no};
use super::{Control, ControlError, RenderingRow, SlotRow, Writing};

/// The version of the JSON in `slot.body`.
const SLOT_FORMAT: i64 = 1;

/// A rendering to be kept as the current one of its variant and market.
#[derive(Debug, Clone, Copy)]
pub struct NewRendering<'r> {
    /// Its slot.
    pub slot: SlotNo,
    /// Its variant's arm.
    pub arm: ArmNo,
    /// Its market.
    pub market: MarketNo,
    /// The digest of slot, variant, market and content.
    pub digest: Digest,
    /// The content as JSON.
    pub content: &'r str,
}

impl Control {
    /// Reads all slots in order of name, with the numbers of their arms.
    pub async fn slots(&self) -> Result<Vec<SlotRow>, ControlError> {
        let rows: Vec<(i64, String, i64, String)> =
            sqlx::query_as("SELECT no, key, format, body FROM slot ORDER BY key")
                .fetch_all(&self.pool)
                .await?;
        let arms: Vec<(i64, i64, String)> =
            sqlx::query_as("SELECT slot_no, no, variant FROM arm ORDER BY slot_no, no")
                .fetch_all(&self.pool)
                .await?;
        let mut slots = Vec::with_capacity(rows.len());
        for (no, key, format, body) in rows {
            if format != SLOT_FORMAT {
                let what = format!("format {format}");
                return Err(ControlError::Row {
                    table: "slot",
                    row: key,
                    what,
                });
            }
            let mut own = Vec::new();
            for (_, arm, variant) in arms.iter().filter(|(slot, _, _)| *slot == no) {
                own.push((ArmNo(read_no("arm", no, *arm)?), read("arm", no, variant)?));
            }
            let number = SlotNo(read_no("slot", no, no)?);
            slots.push(SlotRow {
                no: number,
                key: read("slot", no, &key)?,
                body,
                arms: own,
            });
        }
        Ok(slots)
    }

    /// Reads the current renderings.
    pub async fn renderings(&self) -> Result<Vec<RenderingRow>, ControlError> {
        type Row = (i64, i64, i64, i64, String, String);
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT no, slot_no, arm_no, market_no, digest, content FROM rendering
             WHERE current = 1 ORDER BY slot_no, market_no, arm_no",
        )
        .fetch_all(&self.pool)
        .await?;
        let row = |(no, slot, arm, market, digest, content): Row| {
            Ok(RenderingRow {
                no: RenderingNo(read_no("rendering", no, no)?),
                slot: SlotNo(read_no("rendering", no, slot)?),
                arm: ArmNo(read_no("rendering", no, arm)?),
                market: MarketNo(read_no("rendering", no, market)?),
                digest: read("rendering", no, &digest)?,
                content,
            })
        };
        rows.into_iter().map(row).collect()
    }
}

impl Writing<'_> {
    /// Keeps a slot under its key and returns its number, given once.
    pub async fn put_slot(
        &mut self,
        key: &SlotKey,
        body: &str,
        now: Instant,
    ) -> Result<SlotNo, ControlError> {
        let no: i64 = sqlx::query_scalar(
            "INSERT INTO slot (no, key, format, body, updated_at)
             VALUES ((SELECT COALESCE(MAX(no), 0) + 1 FROM slot), ?1, ?2, ?3, ?4)
             ON CONFLICT (key) DO UPDATE SET body = excluded.body, format = excluded.format,
             updated_at = excluded.updated_at RETURNING no",
        )
        .bind(key.as_str())
        .bind(SLOT_FORMAT)
        .bind(body)
        .bind(now.micros())
        .fetch_one(&mut *self.transaction)
        .await?;
        Ok(SlotNo(read_no("slot", no, no)?))
    }

    /// Returns the arm number of a variant, giving one the first time.
    pub async fn put_arm(
        &mut self,
        slot: SlotNo,
        variant: &VariantKey,
    ) -> Result<ArmNo, ControlError> {
        let no: i64 = sqlx::query_scalar(
            "INSERT INTO arm (slot_no, no, variant)
             VALUES (?1, (SELECT COALESCE(MAX(no), 0) + 1 FROM arm WHERE slot_no = ?1), ?2)
             ON CONFLICT (slot_no, variant) DO UPDATE SET variant = excluded.variant RETURNING no",
        )
        .bind(i64::from(slot.0))
        .bind(variant.as_str())
        .fetch_one(&mut *self.transaction)
        .await?;
        Ok(ArmNo(read_no("arm", no, no)?))
    }

    /// Makes a content the current one of its variant and market.
    ///
    /// Returns the new revision's number, or `None` when the same content is current.
    pub async fn put_rendering(
        &mut self,
        new: &NewRendering<'_>,
        now: Instant,
    ) -> Result<Option<RenderingNo>, ControlError> {
        let digest = new.digest.to_string();
        let place = [
            i64::from(new.slot.0),
            i64::from(new.arm.0),
            i64::from(new.market.0),
        ];
        let [slot, arm, market] = place;
        let current: Option<String> = sqlx::query_scalar(
            "SELECT digest FROM rendering
             WHERE slot_no = ?1 AND arm_no = ?2 AND market_no = ?3 AND current = 1",
        )
        .bind(slot)
        .bind(arm)
        .bind(market)
        .fetch_optional(&mut *self.transaction)
        .await?;
        if current.as_deref() == Some(digest.as_str()) {
            return Ok(None);
        }
        self.retire_rendering(new.slot, new.arm, new.market).await?;
        let no: i64 = sqlx::query_scalar(
            "INSERT INTO rendering (slot_no, arm_no, market_no, digest, content, current, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6) RETURNING no",
        )
        .bind(slot)
        .bind(arm)
        .bind(market)
        .bind(digest)
        .bind(new.content)
        .bind(now.micros())
        .fetch_one(&mut *self.transaction)
        .await?;
        Ok(Some(RenderingNo(read_no("rendering", no, no)?)))
    }

    /// Takes the current rendering of a variant and market out of use, if there is one.
    pub async fn retire_rendering(
        &mut self,
        slot: SlotNo,
        arm: ArmNo,
        market: MarketNo,
    ) -> Result<bool, ControlError> {
        let place = "slot_no = ?1 AND arm_no = ?2 AND market_no = ?3 AND current = 1";
        let supersede = format!(
            "UPDATE proposal SET superseded = 1 WHERE kind = 'rendering' AND subject_id IN
             (SELECT CAST(no AS TEXT) FROM rendering WHERE {place})"
        );
        let retire = format!("UPDATE rendering SET current = 0 WHERE {place}");
        let mut changed = 0;
        for statement in [supersede, retire] {
            let done = sqlx::query(sqlx::AssertSqlSafe(statement))
                .bind(i64::from(slot.0))
                .bind(i64::from(arm.0))
                .bind(i64::from(market.0))
                .execute(&mut *self.transaction)
                .await?;
            changed = done.rows_affected();
        }
        Ok(0 < changed)
    }
}
