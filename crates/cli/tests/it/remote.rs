//! The same commands against a running server, and who is logged in there.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::Value;

use crate::program::{PASSWORD, Place, Server, finish};

fn log_in(place: &Place, server: &Server, name: &str) {
    let line = format!("login {} --name {name}", server.address);
    assert_eq!(place.run_with(&line, PASSWORD).ok(), "");
}

#[test]
fn a_person_logs_in_is_known_and_logs_out() {
    let place = Place::with_shop();
    let server = place.serve();
    let who = format!("whoami --server {}", server.address);
    let nobody = place.run(&who).refused(2);
    assert!(nobody.ends_with("[unauthorized]\n"), "{nobody}");
    log_in(&place, &server, "haruka");
    let said = place.run(&who).ok();
    let known = format!(
        "haruka (haruka): reviewer in ja-JP\nShop at {}\n",
        server.address
    );
    assert_eq!(said, known);
    let file = place.path().join("config/milieu/tokens.json");
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let text = std::fs::read_to_string(&file).unwrap();
    let kept: Value = serde_json::from_str(&text).unwrap();
    let token = kept["tokens"][&server.address].as_str().unwrap().to_owned();
    place.run(&format!("logout {}", server.address)).ok();
    place.run(&who).refused(2);
    assert!(!std::fs::read_to_string(&file).unwrap().contains(&token));
    let mut stolen = place.command(&who);
    stolen.env("MILIEU_TOKEN", token);
    let ended = finish(stolen, "").refused(2);
    assert!(ended.contains("the session has ended"), "{ended}");
    let again = place.run(&format!("logout {}", server.address)).refused(2);
    assert_eq!(
        again,
        format!("error: nobody is logged in at {}\n", server.address)
    );
}

#[test]
fn commands_work_on_a_server_as_on_a_folder() {
    let place = Place::with_shop();
    place
        .run_with("slot apply slots.toml --data shop --login editor", PASSWORD)
        .ok();
    let commands = [
        "slot list",
        "review list",
        "workspace show",
        "trail verify",
        "slot list --format json",
    ];
    let there: Vec<String> = commands
        .iter()
        .map(|line| place.run(&format!("{line} --data shop")).ok())
        .collect();
    let server = place.serve();
    log_in(&place, &server, "haruka");
    for (line, there) in commands.iter().zip(there) {
        let mut command = place.command(line);
        command.env("MILIEU_SERVER", &server.address);
        assert_eq!(finish(command, "").ok(), there, "{line}");
    }
    let approve = format!("review approve 2 --server {}", server.address);
    assert_eq!(
        place.run(&approve).ok(),
        "review 2 is approved: home.hero classic in ja-JP\n"
    );
}

#[test]
fn a_key_reads_and_cannot_approve() {
    let place = Place::with_shop();
    place
        .run_with("slot apply slots.toml --data shop --login editor", PASSWORD)
        .ok();
    let key = place.run("key make server --data shop").ok();
    let server = place.serve();
    let with_key = |line: &str| {
        let mut command = place.command(&format!("{line} --server {}", server.address));
        command.env("MILIEU_TOKEN", key.trim());
        finish(command, "")
    };
    assert_eq!(with_key("review list").ok().lines().count(), 4);
    let refused = with_key("review approve 2");
    assert_eq!(refused.code, 1);
    assert!(
        refused.stderr.contains("[person-required]"),
        "{}",
        refused.stderr
    );
}

#[test]
fn a_wrong_password_saves_nothing() {
    let place = Place::with_shop();
    let server = place.serve();
    let line = format!("login {} --name haruka", server.address);
    let said = place.run_with(&line, "not this one").refused(2);
    assert_eq!(
        said,
        "error: name and password do not match [bad-credentials]\n"
    );
    assert!(!place.path().join("config").exists());
    let empty = place.run_with(&line, "").refused(2);
    assert!(empty.starts_with("error: stdin has no password"), "{empty}");
}

#[test]
fn a_server_without_tls_is_not_taken_for_one_with() {
    let place = Place::with_shop();
    let server = place.serve();
    let address = server.address.replace("http:", "https:");
    let said = place
        .run(&format!("slot list --server {address}"))
        .refused(2);
    assert!(
        said.starts_with(&format!("error: cannot reach {address}: ")),
        "{said}"
    );
}

#[test]
fn a_server_that_is_not_there_is_said() {
    let place = Place::new();
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let said = place
        .run(&format!("slot list --server http://{free}"))
        .refused(2);
    let what = format!("error: cannot reach http://{free}: is the server running there?: ");
    assert!(said.starts_with(&what), "{said}");
}

#[test]
fn an_audit_by_a_server_reads_as_one_without_and_ends_alike() {
    let place = Place::with_shop();
    let server = place.serve();
    log_in(&place, &server, "haruka");
    place.write("mail/en-US.json", "{\"a\": \"Wrapped in white gift wrap\"}");
    place.write("mail/picture.bin", [0, 159, 146, 150]);
    for rest in [
        "",
        " --format json",
        " --format sarif",
        " --format html --fail-on info",
    ] {
        let line = format!("audit mail --markets ja-JP,de-DE --locale en-US{rest}");
        let here = place.run(&line);
        let there = place.run(&format!("{line} --server {}", server.address));
        assert_eq!(there.stdout, here.stdout, "{rest}");
        assert_eq!(there.code, here.code, "{rest}");
    }
    let nobody = format!("logout {}", server.address);
    place.run(&nobody).ok();
    let line = format!("audit mail --markets ja-JP --server {}", server.address);
    let refused = place.run(&line).refused(2);
    assert!(refused.ends_with("[unauthorized]\n"), "{refused}");
}
