//! Checks everything in `packs/`, bakes it into one file for the engine, and writes the schemas.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail, ensure};
use milieu_culture::pack::{self, PackError, PackFile};
use milieu_culture::{ClaimState, KnowledgeBase};

use crate::house::root;
use crate::schema::schemas;

/// The folders of `packs/` that hold pack files.
pub(crate) const FOLDERS: &[&str] = &["calendars", "languages", "markets", "territories", "topics"];
/// Where the baked knowledge goes, inside `packs/`.
const BAKED: &str = "generated/knowledge.json";

/// Validates the packs, and writes the baked file and the schemas.
pub(crate) fn bake() -> anyhow::Result<()> {
    let base = read()?;
    for (name, text) in generated(&base)? {
        let path = packs().join(name);
        fs::create_dir_all(path.parent().context("a generated file has a folder")?)?;
        fs::write(&path, text)?;
    }
    tell(&base);
    Ok(())
}

/// Validates the packs and fails when a generated file is not fresh.
pub(crate) fn check() -> anyhow::Result<()> {
    let base = read()?;
    for (name, text) in generated(&base)? {
        let found = fs::read_to_string(packs().join(&name)).unwrap_or_default();
        ensure!(
            found == text,
            "packs/{name} is not fresh: run cargo xtask packs"
        );
    }
    tell(&base);
    Ok(())
}

/// Returns the files that are made from others, by name.
fn generated(base: &KnowledgeBase) -> anyhow::Result<Vec<(String, String)>> {
    let mut files = vec![(BAKED.to_owned(), base.to_baked()?)];
    for (folder, schema) in schemas() {
        let text = serde_json::to_string_pretty(&schema)? + "\n";
        files.push((format!("schema/{folder}.schema.json"), text));
    }
    Ok(files)
}

fn read() -> anyhow::Result<KnowledgeBase> {
    let version = fs::read_to_string(packs().join("VERSION")).context("packs/VERSION")?;
    let mut files = Vec::new();
    let mut errors = Vec::new();
    for path in paths()? {
        let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
        let name = format!("packs/{}", path.strip_prefix(packs())?.display());
        let read = text(&name, &bytes).and_then(|text| pack::parse(&name, text));
        match read {
            Ok(file) => files.push(file),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() {
        match pack::merge(version.trim(), &files) {
            Ok(base) => return shipped(base),
            Err(found) => errors = found,
        }
    }
    report(&errors, &files)
}

/// Takes a file as UTF-8, or says where it is not.
fn text<'b>(file: &str, bytes: &'b [u8]) -> Result<&'b str, PackError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let before = String::from_utf8_lossy(good);
        let tail = before.rsplit('\n').next().unwrap_or_default();
        PackError {
            file: file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: tail.chars().count() + 1,
            message: "the file is not UTF-8 from here on".to_owned(),
            hint: "save it as UTF-8".to_owned(),
        }
    })
}

/// Refuses packs that claim more than shipped packs may.
fn shipped(base: KnowledgeBase) -> anyhow::Result<KnowledgeBase> {
    let claims = base.claims.values().map(|claim| (&claim.id, claim.state));
    let observances = base.observances.values().map(|kept| (&kept.id, kept.state));
    let forward = claims
        .chain(observances)
        .find(|(_, state)| *state != ClaimState::Proposed);
    if let Some((id, _)) = forward {
        bail!("\"{id}\" is not proposed: only a workspace's own experts approve");
    }
    Ok(base)
}

fn report(errors: &[PackError], files: &[PackFile]) -> anyhow::Result<KnowledgeBase> {
    for error in errors {
        eprintln!(
            "{}:{}:{}: {}\n  hint: {}",
            error.file, error.line, error.column, error.message, error.hint
        );
    }
    bail!(
        "{} mistakes in the packs ({} files were readable)",
        errors.len(),
        files.len()
    )
}

pub(crate) fn paths() -> anyhow::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for folder in FOLDERS {
        for entry in fs::read_dir(packs().join(folder))? {
            let path = entry?.path();
            if path.extension().is_some_and(|end| end == "toml") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    Ok(paths)
}

fn tell(base: &KnowledgeBase) {
    let coverage = base.coverage();
    println!(
        "packs {}: {} claims, {} opened at the passage; {} observances",
        base.pack_version,
        coverage.all.claims,
        coverage.all.opened(),
        base.observances.len()
    );
    for (market, count) in &coverage.markets {
        println!(
            "  {market}: {} claims, {} opened",
            count.claims,
            count.opened()
        );
    }
}

fn packs() -> PathBuf {
    root().join("packs")
}
