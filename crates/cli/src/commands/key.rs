//! `milieu key`: keys of programs.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::ListArgs;
use crate::client::{Body, Client, Folder, WhereArgs, ask, encoded};
use crate::output::{Format, FormatArgs, Table, pretty, print, say, word};

/// The options of `milieu key`.
#[derive(Debug, Args)]
pub(crate) struct KeyArgs {
    #[command(subcommand)]
    command: KeyCommand,
}

#[derive(Debug, Subcommand)]
enum KeyCommand {
    /// Make a key; its secret is shown this once.
    Make(MakeArgs),
    /// List keys, without their secrets.
    List(ListArgs),
    /// Withdraw a key.
    Revoke(RevokeArgs),
}

#[derive(Debug, Args)]
struct MakeArgs {
    /// What the key is for.
    #[arg(value_enum, value_name = "KIND")]
    kind: Kind,
    /// A name for people.
    #[arg(long, value_name = "TEXT", default_value = "")]
    label: String,
    #[command(flatten)]
    place: WhereArgs,
    #[command(flatten)]
    output: FormatArgs,
}

#[derive(Debug, Args)]
struct RevokeArgs {
    /// The key's id, from milieu key list.
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    place: WhereArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    /// Decisions and explanations, for servers.
    Server,
    /// Decisions, for browsers.
    Public,
    /// Events.
    Write,
}

#[derive(Deserialize)]
struct Made {
    key: String,
}

#[derive(Deserialize)]
struct Key {
    id: String,
    kind: String,
    label: String,
    created_at: String,
    revoked_at: Option<String>,
}

pub(crate) fn run(args: &KeyArgs) -> Result<ExitCode> {
    match &args.command {
        KeyCommand::Make(args) => ask(&args.place, Folder::Existing, |client| make(client, args))?,
        KeyCommand::List(args) => {
            ask(&args.place, Folder::Existing, |client| {
                list(client, args.output.format)
            })?;
        }
        KeyCommand::Revoke(args) => ask(&args.place, Folder::Existing, |client| {
            client.delete(&format!("/api/v1/keys/{}", encoded(&args.id)))?;
            say(&format!("key {} is withdrawn", args.id));
            Ok(())
        })?,
    }
    Ok(ExitCode::SUCCESS)
}

fn make(client: &Client, args: &MakeArgs) -> Result<()> {
    let body = json!({"kind": word(&args.kind), "label": args.label});
    let answer = client.post("/api/v1/keys", Body::Json(body))?;
    if args.output.format == Format::Json {
        return print(&pretty(answer.json()));
    }
    let made: Made = answer.read()?;
    print(&format!("{}\n", made.key))?;
    say("keep it: it is shown this once");
    Ok(())
}

fn list(client: &Client, format: Format) -> Result<()> {
    let rows = client.list("/api/v1/keys")?;
    if format == Format::Json {
        return print(&pretty(&rows.json()));
    }
    let keys: Vec<Key> = rows.read()?;
    if keys.is_empty() {
        say("no key yet: milieu key make server");
        return Ok(());
    }
    let mut table = Table::new(&["ID", "KIND", "MADE", "WITHDRAWN", "LABEL"]);
    for key in &keys {
        let revoked = key.revoked_at.as_deref().unwrap_or("-");
        table.row([&key.id, &key.kind, &key.created_at, revoked, &key.label]);
    }
    print(&table.text())
}
