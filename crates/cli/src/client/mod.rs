//! One way to ask a workspace, in this process or over HTTP, so that a command is written once.

mod answer;
mod credentials;
mod local;
mod password;
mod place;
mod remote;

use std::io::Write;

use anyhow::{Context as _, Result};
use axum::http::Method;
use serde_json::{Value, json};

pub(crate) use answer::{Answer, Refused, Rows};
pub(crate) use credentials::Credentials;
pub(crate) use password::Password;
pub(crate) use place::{Folder, WhereArgs, environment};

use local::Local;
use remote::Remote;

/// A body as it is sent.
#[derive(Debug)]
pub(crate) enum Body {
    /// None.
    Empty,
    /// JSON.
    Json(Value),
    /// A file's text.
    Text(String),
}

impl Body {
    /// Returns the text to send, and its content type where it has one.
    fn into_parts(self) -> (Option<&'static str>, String) {
        match self {
            Self::Empty => (None, String::new()),
            Self::Json(value) => (Some("application/json"), value.to_string()),
            Self::Text(text) => (None, text),
        }
    }
}

/// A workspace that can be asked.
#[derive(Debug)]
pub(crate) struct Client {
    door: Door,
    token: Option<String>,
}

#[derive(Debug)]
enum Door {
    Local(Box<Local>),
    Remote(Remote),
}

/// Opens the workspace, does the work, and closes it whatever came of it.
pub(crate) fn ask<T>(
    place: &WhereArgs,
    folder: Folder,
    work: impl FnOnce(&Client) -> Result<T>,
) -> Result<T> {
    let mut client = Client::open(place, folder)?;
    let session = match place.login() {
        Some(name) => client.log_in(name).map(|()| true),
        None => Ok(false),
    };
    let done = session.and_then(|logged_in| {
        let done = work(&client);
        if logged_in {
            // The session ends by itself too; a failed logout must not hide the answer.
            drop(client.delete("/api/v1/session"));
        }
        done
    });
    client.close();
    done
}

impl Client {
    fn open(place: &WhereArgs, folder: Folder) -> Result<Self> {
        let token = environment("MILIEU_TOKEN");
        if let Some(server) = place.server() {
            let remote = Remote::new(&server)?;
            let saved = || Credentials::read().map(|saved| saved.token_for(remote.base()));
            let token = match token {
                Some(token) => Some(token),
                None => saved()?,
            };
            return Ok(Self {
                door: Door::Remote(remote),
                token,
            });
        }
        let path = place.folder(folder)?;
        Ok(Self {
            door: Door::Local(Box::new(Local::open(&path)?)),
            token,
        })
    }

    /// Begins a session for the commands of this run.
    fn log_in(&mut self, name: &str) -> Result<()> {
        let password = Password::ask(&format!("password of {name}: "))?;
        self.token = Some(session(self, name, &password)?.token);
        Ok(())
    }

    pub(crate) fn get(&self, path: &str) -> Result<Answer> {
        self.send(&Method::GET, path, Body::Empty)
    }

    pub(crate) fn put(&self, path: &str, body: Body) -> Result<Answer> {
        self.send(&Method::PUT, path, body)
    }

    pub(crate) fn post(&self, path: &str, body: Body) -> Result<Answer> {
        self.send(&Method::POST, path, body)
    }

    pub(crate) fn delete(&self, path: &str) -> Result<Answer> {
        self.send(&Method::DELETE, path, Body::Empty)
    }

    /// Writes an answer that is too long for memory as it comes.
    pub(crate) fn download(&self, path: &str, out: &mut dyn Write) -> Result<()> {
        let token = self.token.as_deref();
        let refused = match &self.door {
            Door::Local(local) => local.download(path, token, out)?,
            Door::Remote(remote) => remote.download(path, token, out)?,
        };
        match refused {
            None => Ok(()),
            Some(raw) => raw.accepted().map(drop),
        }
    }

    /// Reads all pages of a list; `path` has no cursor yet.
    pub(crate) fn list(&self, path: &str) -> Result<Rows> {
        self.pages(path, None)
    }

    /// Reads all pages of a list that is numbered, after a number.
    pub(crate) fn list_after(&self, path: &str, number: u64) -> Result<Rows> {
        self.pages(path, Some(number.to_string()))
    }

    fn pages(&self, path: &str, mut cursor: Option<String>) -> Result<Rows> {
        let mut rows = Rows::default();
        let join = if path.contains('?') { '&' } else { '?' };
        loop {
            let answer = match &cursor {
                None => self.get(path)?,
                Some(cursor) => self.get(&format!("{path}{join}cursor={}", encoded(cursor)))?,
            };
            match rows.take(&answer)? {
                Some(next) => cursor = Some(next),
                None => return Ok(rows),
            }
        }
    }

    /// Tells whether the folder itself is asked and nobody is named.
    pub(crate) fn is_operator(&self) -> bool {
        matches!(self.door, Door::Local(_)) && self.token.is_none()
    }

    /// Returns where the workspace is.
    pub(crate) fn place(&self) -> String {
        match &self.door {
            Door::Local(local) => local.path().display().to_string(),
            Door::Remote(remote) => remote.base().to_owned(),
        }
    }

    fn send(&self, method: &Method, path: &str, body: Body) -> Result<Answer> {
        let token = self.token.as_deref();
        match &self.door {
            Door::Local(local) => {
                let raw = local.send(method, path, body, token)?;
                raw.accepted().map_err(named_here)
            }
            Door::Remote(remote) => remote.send(method, path, body, token)?.accepted(),
        }
    }

    fn close(self) {
        match self.door {
            Door::Local(local) => local.close(),
            Door::Remote(_) => {}
        }
    }
}

/// Says how a person is named on a folder, where nobody logs in beforehand.
fn named_here(error: anyhow::Error) -> anyhow::Error {
    match error.downcast::<Refused>() {
        Ok(refused) if refused.code == "person-required" => {
            let detail = "only a person may do this: say who with --login NAME".to_owned();
            Refused { detail, ..refused }.into()
        }
        Ok(refused) => refused.into(),
        Err(other) => other,
    }
}

/// A session as it was begun.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Begun {
    pub(crate) token: String,
}

/// Asks for a session.
pub(crate) fn session(client: &Client, name: &str, password: &Password) -> Result<Begun> {
    let body = json!({"name": name, "password": password.text()});
    let answer = client.send(&Method::POST, "/api/v1/session", Body::Json(body))?;
    answer.read().context("the server gave no session")
}

/// Makes a client of one server, without any token.
pub(crate) fn stranger(server: &str) -> Result<Client> {
    Ok(Client {
        door: Door::Remote(Remote::new(server)?),
        token: None,
    })
}

/// Makes a client of one server that holds a token.
pub(crate) fn holder(server: &str, token: String) -> Result<Client> {
    let token = Some(token);
    Ok(Client {
        token,
        ..stranger(server)?
    })
}

/// Writes text as one segment of a path or one value of a query.
pub(crate) fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            // Writing to a String cannot fail.
            other => drop(write!(out, "%{other:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_stays_one_segment_of_a_path() {
        assert_eq!(encoded("home.hero"), "home.hero");
        assert_eq!(encoded("a/../b?c=白"), "a%2F..%2Fb%3Fc%3D%E7%99%BD");
    }
}
