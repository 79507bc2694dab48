//! People, their roles and their logins.

use milieu_record::Instant;
use milieu_review::{Grant, Role};

use super::rows::{name_of, read, read_name};
use super::{Control, ControlError, PersonRow, SessionRow, Writing};

impl Control {
    /// Reads everybody, in order of login name.
    pub async fn people(&self) -> Result<Vec<PersonRow>, ControlError> {
        let rows: Vec<(String, String, String, i64)> =
            sqlx::query_as("SELECT name, display_name, password, active FROM person ORDER BY name")
                .fetch_all(&self.pool)
                .await?;
        let grants: Vec<(String, String, Option<String>)> = sqlx::query_as(
            "SELECT person, role, market FROM role_grant ORDER BY person, role, market",
        )
        .fetch_all(&self.pool)
        .await?;
        let mut people = Vec::with_capacity(rows.len());
        for (name, display_name, password, active) in rows {
            let mut own = Vec::new();
            for (_, role, market) in grants.iter().filter(|(person, _, _)| *person == name) {
                let role: Role = read_name("role_grant", &name, role)?;
                let market = market
                    .as_deref()
                    .map(|id| read("role_grant", &name, id))
                    .transpose()?;
                own.push(Grant { role, market });
            }
            people.push(PersonRow {
                name,
                display_name,
                password,
                active: active != 0,
                grants: own,
            });
        }
        Ok(people)
    }

    /// Reads a login by the hash of its secret.
    pub async fn session(&self, hash: &str) -> Result<Option<SessionRow>, ControlError> {
        let row: Option<(String, i64, i64, i64)> = sqlx::query_as(
            "SELECT person, created_at, seen_at, expires_at FROM session WHERE hash = ?1",
        )
        .bind(hash)
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(|(person, created, seen, expires)| SessionRow {
            hash: hash.to_owned(),
            person,
            created_at: Instant::from_micros(created),
            seen_at: Instant::from_micros(seen),
            expires_at: Instant::from_micros(expires),
        }))
    }
}

impl Writing<'_> {
    /// Adds a person or changes everything about one; roles are replaced.
    pub async fn put_person(
        &mut self,
        person: &PersonRow,
        now: Instant,
    ) -> Result<(), ControlError> {
        sqlx::query(
            "INSERT INTO person (name, display_name, password, active, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (name) DO UPDATE SET display_name = excluded.display_name,
             password = excluded.password, active = excluded.active",
        )
        .bind(&person.name)
        .bind(&person.display_name)
        .bind(&person.password)
        .bind(i64::from(person.active))
        .bind(now.micros())
        .execute(&mut *self.transaction)
        .await?;
        sqlx::query("DELETE FROM role_grant WHERE person = ?1")
            .bind(&person.name)
            .execute(&mut *self.transaction)
            .await?;
        for grant in &person.grants {
            sqlx::query("INSERT INTO role_grant (person, role, market) VALUES (?1, ?2, ?3)")
                .bind(&person.name)
                .bind(name_of(&grant.role))
                .bind(grant.market.as_ref().map(ToString::to_string))
                .execute(&mut *self.transaction)
                .await?;
        }
        Ok(())
    }

    /// Keeps a login.
    pub async fn add_session(&mut self, session: &SessionRow) -> Result<(), ControlError> {
        sqlx::query(
            "INSERT INTO session (hash, person, created_at, seen_at, expires_at)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )
        .bind(&session.hash)
        .bind(&session.person)
        .bind(session.created_at.micros())
        .bind(session.seen_at.micros())
        .bind(session.expires_at.micros())
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// Notes that a login was used.
    pub async fn touch_session(&mut self, hash: &str, now: Instant) -> Result<(), ControlError> {
        sqlx::query("UPDATE session SET seen_at = ?2 WHERE hash = ?1")
            .bind(hash)
            .bind(now.micros())
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }

    /// Ends all logins.
    pub async fn end_all_sessions(&mut self) -> Result<(), ControlError> {
        sqlx::query("DELETE FROM session")
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }

    /// Ends a login, and all that ran out.
    pub async fn end_session(&mut self, hash: &str, now: Instant) -> Result<(), ControlError> {
        sqlx::query("DELETE FROM session WHERE hash = ?1 OR expires_at < ?2")
            .bind(hash)
            .bind(now.micros())
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }
}
