//! The control plane: slots, people, verdicts, keys, quiet mode and the trail.

mod audits;
mod catalogue;
mod people;
mod reviews;
mod rows;
mod trail;
mod workspace;

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection as _, Sqlite, SqlitePool, Transaction};

pub use audits::AuditBounds;
pub use catalogue::NewRendering;
pub use rows::{
    ApiKeyRow, AuditBody, AuditMarketRow, AuditRow, MarketRow, PersonRow, ProposalRow, QuietRow,
    RenderingRow, SessionRow, SlotRow,
};

/// Why the control plane cannot do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ControlError {
    /// The database said no.
    #[error("the control database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// Its tables cannot be brought to this version.
    #[error("the control database cannot be migrated: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A row holds what this version cannot read.
    #[error("{table} row {row} holds {what}, which this version cannot read")]
    Row {
        /// The table.
        table: &'static str,
        /// The row's key.
        row: String,
        /// What cannot be read.
        what: String,
    },
}

/// The control database of a workspace.
#[derive(Debug, Clone)]
pub struct Control {
    pool: SqlitePool,
}

/// A change in the making: all of it is kept, with its trail entry, or nothing.
#[derive(Debug)]
pub struct Writing<'c> {
    transaction: Transaction<'c, Sqlite>,
}

impl Control {
    /// Opens or makes the database in a folder; every commit is synced.
    pub async fn open(folder: &Path) -> Result<Self, ControlError> {
        let options = SqliteConnectOptions::new()
            .filename(folder.join("control.db"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5));
        let pool = SqlitePoolOptions::new()
            .max_connections(4)
            // SQLite ends a transaction itself when the disk is full. The pool does not
            // see that and would refuse to begin another one on that connection for ever.
            .before_acquire(|connection, _| {
                let fit = !connection.is_in_transaction();
                Box::pin(async move { Ok(fit) })
            })
            .connect_with(options)
            .await?;
        sqlx::migrate!().run(&pool).await?;
        Ok(Self { pool })
    }

    /// Begins a change; a second writer waits.
    pub async fn write(&self) -> Result<Writing<'_>, ControlError> {
        Ok(Writing {
            transaction: self.pool.begin_with("BEGIN IMMEDIATE").await?,
        })
    }

    /// Writes a copy of the database, as it is at one moment, into a new file.
    pub async fn copy_into(&self, file: &Path) -> Result<(), ControlError> {
        sqlx::query("VACUUM INTO ?1")
            .bind(file.display().to_string())
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Lets SQLite look for damage; returns what it found.
    pub async fn damage(&self) -> Result<Vec<String>, ControlError> {
        let query = sqlx::query_scalar("PRAGMA quick_check(20)");
        let mut found: Vec<String> = query.fetch_all(&self.pool).await?;
        found.retain(|line| line != "ok");
        Ok(found)
    }

    /// Closes the database after what runs has finished.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

impl Writing<'_> {
    /// Makes the change durable.
    pub async fn commit(self) -> Result<(), ControlError> {
        Ok(self.transaction.commit().await?)
    }
}
