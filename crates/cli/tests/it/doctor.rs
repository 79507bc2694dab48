//! `milieu doctor`: what is well, what is not, and that looking changes nothing.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::Value;

use crate::program::{Place, Run};

/// A shop that nobody holds, which was closed well.
fn shop() -> Place {
    let place = Place::with_shop();
    place.run("slot list --data shop").ok();
    place
}

fn doctor(place: &Place) -> Run {
    place.run("doctor --data shop --listen 127.0.0.1:0 --format json")
}

/// Returns state and next step of each check.
fn checks(run: &Run) -> BTreeMap<String, (String, Option<String>)> {
    let told: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"));
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let checks = told["checks"].as_array().unwrap().iter();
    checks
        .map(|check| {
            let state = text(&check["state"]).unwrap();
            (text(&check["name"]).unwrap(), (state, text(&check["next"])))
        })
        .collect()
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = entry.path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.insert(path.display().to_string(), fs::read(&path).unwrap());
        }
    }
    all
}

#[track_caller]
fn fails(run: &Run, name: &str, next: &str) {
    let checks = checks(run);
    let (state, told) = &checks[name];
    assert_eq!((&**state, run.code), ("fail", 1), "{run:?}");
    assert!(told.as_ref().unwrap().contains(next), "{told:?}");
}

#[test]
fn a_sound_folder_is_well_and_stays_as_it_is() {
    let place = shop();
    let before = files(&place.path().join("shop"));
    let run = doctor(&place);
    assert_eq!(run.code, 0, "{run:?}");
    let checks = checks(&run);
    for name in [
        "permissions",
        "held by",
        "control.db",
        "trail",
        "log",
        "ledger",
        "clock",
        "address",
    ] {
        assert_eq!(checks[name].0, "ok", "{name}: {run:?}");
    }
    assert!(before == files(&place.path().join("shop")));
    let text = place.run("doctor --data shop --listen 127.0.0.1:0").ok();
    assert!(text.contains("ok    trail"), "{text}");
}

#[test]
fn a_folder_that_is_not_there_yet_is_no_failure() {
    let place = Place::new();
    let run = doctor(&place);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(checks(&run)["data folder"].0, "warn");
    assert!(!place.path().join("shop").exists());
}

#[test]
fn what_others_can_read_fails_with_the_way_to_close_it() {
    let place = shop();
    let open = fs::Permissions::from_mode(0o755);
    fs::set_permissions(place.path().join("shop"), open).unwrap();
    fails(&doctor(&place), "permissions", "chmod 700 shop");
}

#[test]
fn a_log_without_its_control_plane_fails() {
    let place = shop();
    fs::remove_file(place.path().join("shop/control.db")).unwrap();
    fails(&doctor(&place), "content", "restore a backup");
}

#[test]
fn a_newer_folder_fails() {
    let place = shop();
    place.write("shop/FORMAT", "99\n");
    let run = doctor(&place);
    fails(&run, "content", "");
    assert!(run.stdout.contains("use a newer milieu"), "{run:?}");
}

#[test]
fn a_damaged_database_fails() {
    let place = shop();
    let file = place.path().join("shop/control.db");
    let mut bytes = fs::read(&file).unwrap();
    let half = bytes.len() / 2;
    bytes[half..].fill(0x5a);
    fs::write(file, bytes).unwrap();
    let run = doctor(&place);
    assert_eq!(run.code, 1, "{run:?}");
}

#[test]
fn a_running_server_answers_for_its_folder() {
    let place = shop();
    let server = place.serve();
    let run = doctor(&place);
    assert_eq!(run.code, 0, "{run:?}");
    let checks = checks(&run);
    assert_eq!(checks["server"].0, "ok", "{run:?}");
    assert_eq!(checks["version"].0, "ok");
    let only = place.run(&format!("doctor --server {}", server.address));
    assert!(only.ok().starts_with("ok    server"));
    let address = server.address.clone();
    drop(server);
    let gone = place.run(&format!("doctor --server {address}"));
    assert_eq!(gone.code, 1);
    assert!(gone.stdout.contains("next: start it"), "{gone:?}");
}

#[test]
fn a_mistake_in_the_configuration_is_told_with_its_place() {
    let place = Place::new();
    place.write("m.toml", "listen = 5\n");
    let run = place.run("doctor --config m.toml");
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("m.toml:1:10: "), "{run:?}");
}
