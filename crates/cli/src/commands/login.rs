//! `milieu login`, `logout` and `whoami`: who asks a server.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::Args;
use milieu_review::Grant;
use serde::Deserialize;

use crate::client::{
    Credentials, Folder, Password, Refused, WhereArgs, ask, environment, holder, session, stranger,
};
use crate::output::{Format, FormatArgs, pretty, print, print_json, say, shown, word};

/// The server that is meant when nothing else is said.
const USUAL: &str = "http://127.0.0.1:8080";

/// The options of `milieu login`.
#[derive(Debug, Args)]
#[allow(
    clippy::doc_markdown,
    reason = "the help shows these words as they stand"
)]
pub(crate) struct LoginArgs {
    /// The server; else MILIEU_SERVER, else http://127.0.0.1:8080.
    #[arg(value_name = "URL")]
    server: Option<String>,
    /// The login name; asked for on a terminal.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
}

/// The options of `milieu logout`.
#[derive(Debug, Args)]
#[allow(
    clippy::doc_markdown,
    reason = "the help shows these words as they stand"
)]
pub(crate) struct LogoutArgs {
    /// The server; else MILIEU_SERVER, else http://127.0.0.1:8080.
    #[arg(value_name = "URL")]
    server: Option<String>,
}

/// The options of `milieu whoami`.
#[derive(Debug, Args)]
pub(crate) struct WhoamiArgs {
    #[command(flatten)]
    place: WhereArgs,
    #[command(flatten)]
    output: FormatArgs,
}

#[derive(Deserialize)]
struct Session {
    user: User,
    workspace: Workspace,
}

#[derive(Deserialize)]
struct User {
    name: String,
    display_name: String,
    roles: Vec<Grant>,
}

#[derive(Deserialize)]
struct Workspace {
    name: String,
}

fn server(named: Option<&String>) -> String {
    let named = named.cloned().or_else(|| environment("MILIEU_SERVER"));
    named.unwrap_or_else(|| USUAL.to_owned())
}

pub(crate) fn log_in(args: &LoginArgs) -> Result<ExitCode> {
    let server = server(args.server.as_ref());
    let client = stranger(&server)?;
    let mut saved = Credentials::read()?;
    let name = match &args.name {
        Some(name) => name.clone(),
        None => ask_name()?,
    };
    let password = Password::ask(&format!("password of {name}: "))?;
    let begun = session(&client, &name, &password)?;
    saved.keep(&server, begun.token)?;
    say(&format!(
        "{name} is logged in at {}: use it with --server or MILIEU_SERVER",
        client.place()
    ));
    Ok(ExitCode::SUCCESS)
}

fn ask_name() -> Result<String> {
    if !std::io::stdin().is_terminal() {
        anyhow::bail!("say who logs in with --name");
    }
    write!(std::io::stderr(), "name: ")?;
    let mut line = String::new();
    std::io::stdin()
        .read_line(&mut line)
        .context("cannot ask for the name")?;
    Ok(line.trim().to_owned())
}

pub(crate) fn log_out(args: &LogoutArgs) -> Result<ExitCode> {
    let server = server(args.server.as_ref());
    let mut saved = Credentials::read()?;
    let Some(token) = saved.token_for(&server) else {
        anyhow::bail!("nobody is logged in at {server}");
    };
    let client = holder(&server, token)?;
    let ended = client.delete("/api/v1/session");
    // A session that has ended by itself is a logout too; one that goes on is not.
    let is_over = match &ended {
        Ok(_) => true,
        Err(error) => error
            .downcast_ref::<Refused>()
            .is_some_and(|refused| refused.status == 401),
    };
    if !is_over {
        ended.context("the session goes on and its token is kept")?;
    }
    saved.forget(&server)?;
    say(&format!("logged out of {}", client.place()));
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn who(args: &WhoamiArgs) -> Result<ExitCode> {
    let format = args.output.format;
    ask(&args.place, Folder::Existing, |client| {
        if client.is_operator() {
            let operator = serde_json::json!({"operator": client.place()});
            return match format {
                Format::Json => print_json(&operator),
                Format::Text => print(&format!(
                    "the operator of {}: sets up and reads, but writes and reviews nothing without --login\n",
                    client.place()
                )),
            };
        }
        let answer = client.get("/api/v1/session")?;
        if format == Format::Json {
            return print(&pretty(answer.json()));
        }
        let session: Session = answer.read()?;
        let grant = |grant: &Grant| match &grant.market {
            Some(market) => format!("{} in {market}", word(&grant.role)),
            None => word(&grant.role),
        };
        let roles: Vec<String> = session.user.roles.iter().map(grant).collect();
        print(&format!(
            "{} ({}): {}\n{} at {}\n",
            shown(&session.user.name),
            shown(&session.user.display_name),
            roles.join(", "),
            shown(&session.workspace.name),
            client.place()
        ))
    })?;
    Ok(ExitCode::SUCCESS)
}
