//! `milieu serve` with a file, variables and options, and `milieu config show` about them.

use std::io::{BufRead as _, BufReader};

use serde_json::Value;

use crate::program::{Place, finish};

const FILE: &str = "\
data = \"shop\"
listen = \"127.0.0.1:0\"
public_url = \"https://milieu.example\"
metrics = false

[limits]
streams = 5
";

#[test]
fn every_value_tells_where_it_comes_from() {
    let place = Place::new();
    place.write("m.toml", FILE);
    let mut command = place.command("config show --origin --config m.toml --data here");
    command
        .env("MILIEU_LISTEN", "127.0.0.1:9")
        .env("MILIEU_LIMITS_CONNECTIONS", "70");
    let table = finish(command, "").ok();
    insta::assert_snapshot!(table, @r"
    SETTING             VALUE                          ORIGIN
    data                here                           flag --data
    listen              127.0.0.1:9                    environment MILIEU_LISTEN
    public_url          https://milieu.example         m.toml:3
    secure_cookies      true                           default
    metrics             false                          m.toml:4
    stop_notice         0                              default
    log                 info,fjall=warn,lsm_tree=warn  default
    log_format          text                           default
    limits.connections  70                             environment MILIEU_LIMITS_CONNECTIONS
    limits.streams      5                              m.toml:7
    limits.decisions    20000                          default
    limits.events       100000                         default
    limits.requests     100                            default
    ");
    let json = place
        .run("config show --origin --config m.toml --format json")
        .ok();
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["items"][1]["key"], "listen");
    assert_eq!(json["items"][1]["origin"], "m.toml:2");
}

#[test]
fn the_example_names_every_setting_with_its_usual_value() {
    let place = Place::new();
    let example = include_str!("../../../../deploy/milieu.toml");
    let setting = |line: &&str| line.starts_with("# ") && line.contains(" = ");
    let whole: String = example
        .lines()
        .map(|line| {
            line.strip_prefix("# ")
                .filter(|_| setting(&line))
                .unwrap_or(line)
        })
        .flat_map(|line| [line, "\n"])
        .collect();
    place.write("whole.toml", &whole);
    place.write("example.toml", example);
    let shown = |line: &str| -> Value { serde_json::from_str(&place.run(line).ok()).unwrap() };
    let usual = shown("config show --format json");
    assert_eq!(
        shown("config show --format json --config example.toml"),
        usual
    );
    let all = shown("config show --origin --format json --config whole.toml");
    for (told, usual) in all["items"]
        .as_array()
        .unwrap()
        .iter()
        .zip(usual["items"].as_array().unwrap())
    {
        let origin = told["origin"].as_str().unwrap();
        assert!(origin.starts_with("whole.toml:"), "{told}");
        if told["key"] != "public_url" {
            assert_eq!(told["value"], usual["value"], "{told}");
        }
    }
}

#[test]
fn a_mistake_stops_the_server_before_it_touches_anything() {
    let place = Place::new();
    place.write("m.toml", "data = \"shop\"\nlissen = \"127.0.0.1:0\"\n");
    let said = place.run("serve --config m.toml").refused(2);
    assert!(
        said.starts_with("error: m.toml:2:1: unknown field `lissen`"),
        "{said}"
    );
    assert!(!place.path().join("shop").exists());
    let said = place.run("serve --config none.toml").refused(2);
    assert!(
        said.starts_with("error: cannot read the configuration none.toml: "),
        "{said}"
    );
}

#[test]
fn the_server_obeys_its_file() {
    let place = Place::new();
    place.write("m.toml", FILE);
    let mut child = place.command("serve --config m.toml").spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let line = lines
        .by_ref()
        .map(Result::unwrap)
        .find(|line| line.contains("Milieu is ready at "))
        .unwrap();
    let (_, url) = line.split_once("http").unwrap();
    let metrics = ureq::get(format!("http{url}metrics"))
        .config()
        .http_status_as_error(false)
        .build()
        .call()
        .unwrap();
    assert_eq!(metrics.status(), 404);
    assert!(place.path().join("shop/control.db").exists());
    child.kill().unwrap();
    child.wait().unwrap();
}
