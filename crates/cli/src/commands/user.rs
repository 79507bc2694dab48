//! `milieu user`: people and their roles.

use std::process::ExitCode;
use std::str::FromStr;

use anyhow::Result;
use clap::{Args, Subcommand};
use milieu_culture::MarketId;
use milieu_review::{Grant, Role};
use serde::Deserialize;
use serde_json::json;

use super::ListArgs;
use crate::client::{Body, Client, Folder, Password, WhereArgs, ask, encoded};
use crate::output::{Format, Table, pretty, print, say, word};

/// The options of `milieu user`.
#[derive(Debug, Args)]
pub(crate) struct UserArgs {
    #[command(subcommand)]
    command: UserCommand,
}

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// Add a person, or give one another password and other roles.
    Add(AddArgs),
    /// List everybody.
    List(ListArgs),
}

#[derive(Debug, Args)]
struct AddArgs {
    /// The login name.
    #[arg(value_name = "NAME")]
    name: String,
    /// A role, everywhere or in one market: editor, reviewer:ja-JP.
    #[arg(long = "role", value_name = "ROLE[:MARKET]", required = true)]
    roles: Vec<RoleArg>,
    /// The name that others see.
    #[arg(long, value_name = "TEXT")]
    display_name: Option<String>,
    /// Read the password from the first line of stdin.
    #[arg(long)]
    password_stdin: bool,
    #[command(flatten)]
    place: WhereArgs,
}

#[derive(Debug, Clone)]
struct RoleArg(Grant);

impl FromStr for RoleArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (role, market) = match text.split_once(':') {
            Some((role, market)) => (role, Some(market)),
            None => (text, None),
        };
        let role = match role {
            "owner" => Role::Owner,
            "editor" => Role::Editor,
            "analyst" => Role::Analyst,
            "reviewer" => Role::Reviewer,
            other => {
                return Err(format!(
                    "there is no role \"{other}\": use owner, editor, analyst or reviewer:ja-JP"
                ));
            }
        };
        let market = market.map(str::parse::<MarketId>).transpose();
        let market = market.map_err(|error| error.to_string())?;
        Ok(Self(Grant { role, market }))
    }
}

#[derive(Deserialize)]
struct User {
    name: String,
    display_name: String,
    active: bool,
    roles: Vec<Grant>,
}

pub(crate) fn run(args: &UserArgs) -> Result<ExitCode> {
    match &args.command {
        UserCommand::Add(args) => {
            if args.password_stdin && args.place.login().is_some() {
                anyhow::bail!(
                    "--login and --password-stdin both read stdin: set MILIEU_TOKEN instead"
                );
            }
            ask(&args.place, Folder::Existing, |client| add(client, args))?;
        }
        UserCommand::List(args) => {
            ask(&args.place, Folder::Existing, |client| {
                list(client, args.output.format)
            })?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn add(client: &Client, args: &AddArgs) -> Result<()> {
    let password = if args.password_stdin {
        Password::from_stdin()?
    } else {
        Password::choose(&format!("password for {}: ", args.name))?
    };
    let grants: Vec<&Grant> = args.roles.iter().map(|role| &role.0).collect();
    let body = json!({
        "display_name": args.display_name,
        "password": password.text(),
        "roles": grants,
    });
    client.put(
        &format!("/api/v1/users/{}", encoded(&args.name)),
        Body::Json(body),
    )?;
    let roles: Vec<String> = grants.into_iter().map(grant).collect();
    say(&format!("{} can log in as {}", args.name, roles.join(", ")));
    Ok(())
}

fn grant(grant: &Grant) -> String {
    let role = word(&grant.role);
    match &grant.market {
        Some(market) => format!("{role}:{market}"),
        None => role,
    }
}

fn list(client: &Client, format: Format) -> Result<()> {
    let rows = client.list("/api/v1/users")?;
    if format == Format::Json {
        return print(&pretty(&rows.json()));
    }
    let users: Vec<User> = rows.read()?;
    if users.is_empty() {
        say("nobody yet: milieu user add NAME --role owner");
        return Ok(());
    }
    let mut table = Table::new(&["NAME", "SEEN AS", "ACTIVE", "ROLES"]);
    for user in &users {
        let roles: Vec<String> = user.roles.iter().map(grant).collect();
        let active = if user.active { "yes" } else { "no" };
        table.row([&user.name, &user.display_name, active, &roles.join(" ")]);
    }
    print(&table.text())
}
