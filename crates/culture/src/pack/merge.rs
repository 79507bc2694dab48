//! Joins pack files into one knowledge base, or says what is wrong with them.

use std::collections::BTreeMap;

use super::check::{self, Known};
use super::place::Step;
use super::{PackError, PackFile};
use crate::{ClaimId, KnowledgeBase};

/// Joins pack files into a knowledge base; reports every mistake it finds.
///
/// The order of the files does not matter. `version` names the state of the
/// packs as a whole.
pub fn merge(version: &str, files: &[PackFile]) -> Result<KnowledgeBase, Vec<PackError>> {
    let mut base = KnowledgeBase {
        pack_version: version.to_owned(),
        ..KnowledgeBase::default()
    };
    let mut errors = Vec::new();
    for file in files {
        errors.extend(check_name(file));
        errors.extend(add_facts(&mut base, file));
    }
    base.markets.sort();
    base.folklore.sort_by(|a, b| a.name.cmp(&b.name));
    errors.extend(files.iter().filter_map(|file| check_halves(&base, file)));
    errors.extend(check_claims(&base, files));
    if errors.is_empty() {
        let claims = files.iter().flat_map(|file| &file.claims);
        base.claims = claims
            .map(|claim| (claim.id.clone(), claim.clone()))
            .collect();
        let observances = files.iter().flat_map(|file| &file.observances);
        base.observances = observances
            .map(|observance| (observance.id.clone(), observance.clone()))
            .collect();
        Ok(base)
    } else {
        errors.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        Err(errors)
    }
}

/// Checks that a file is named after what it describes: `JP.toml` for JP.
fn check_name(file: &PackFile) -> Option<PackError> {
    let (table, id) = if let Some(territory) = &file.territory {
        ("territory", territory.id.as_str())
    } else if let Some(language) = &file.language {
        ("language", language.id.as_str())
    } else {
        ("market", file.market.as_ref()?.as_str())
    };
    let name = file.name.rsplit('/').next().unwrap_or(&file.name);
    (name.strip_suffix(".toml") != Some(id)).then(|| {
        file.error(
            &[Step::Key(table), Step::Key("id")],
            format!("the file describes {table} \"{id}\" but is named \"{name}\""),
            "name the file after the id",
        )
    })
}

fn add_facts(base: &mut KnowledgeBase, file: &PackFile) -> Vec<PackError> {
    let mut errors = Vec::new();
    let mut twice = |table: &str, id: &str| {
        errors.push(file.error(
            &[Step::Key(table), Step::Key("id")],
            format!("{table} \"{id}\" is described twice"),
            "keep one of the two files",
        ));
    };
    if let Some(territory) = &file.territory {
        let old = base
            .territories
            .insert(territory.id.clone(), territory.clone());
        if old.is_some() {
            twice("territory", territory.id.as_str());
        }
    }
    if let Some(language) = &file.language {
        let old = base.languages.insert(language.id.clone(), language.clone());
        if old.is_some() {
            twice("language", language.id.as_str());
        }
        base.lexicons
            .insert(language.id.clone(), file.lexicon.clone());
    } else if !file.lexicon.0.is_empty() {
        errors.push(file.error(
            &[Step::Key("lexicon")],
            "a lexicon without a [language]".to_owned(),
            "move the words to the file of their language",
        ));
    }
    if let Some(market) = &file.market {
        if base.markets.contains(market) {
            errors.push(file.error(
                &[Step::Key("market"), Step::Key("id")],
                format!("market \"{market}\" is described twice"),
                "keep one of the two files",
            ));
        } else {
            base.markets.push(market.clone());
        }
    }
    base.folklore.extend(file.folklore.iter().cloned());
    errors
}

fn check_halves(base: &KnowledgeBase, file: &PackFile) -> Option<PackError> {
    let market = file.market.as_ref()?;
    if base.market(market).is_some() {
        return None;
    }
    Some(file.error(
        &[Step::Key("market"), Step::Key("id")],
        format!("market \"{market}\" lacks its language or territory"),
        "add territories/ and languages/ files for its two halves",
    ))
}

fn check_claims(base: &KnowledgeBase, files: &[PackFile]) -> Vec<PackError> {
    let concepts = base.lexicons.values().flat_map(|lexicon| lexicon.0.keys());
    let known = Known {
        base,
        concepts: concepts.map(String::as_str).collect(),
    };
    let mut seen = BTreeMap::new();
    let mut errors = Vec::new();
    for file in files {
        errors.extend(check_words(file));
        for (index, claim) in file.claims.iter().enumerate() {
            errors.extend(check::claim(file, index, claim, &known));
            errors.extend(check_once(&mut seen, file, ("claim", index), &claim.id));
        }
        for (index, observance) in file.observances.iter().enumerate() {
            errors.extend(check::observance(file, index, observance, &known));
            let place = ("observance", index);
            errors.extend(check_once(&mut seen, file, place, &observance.id));
        }
    }
    errors
}

/// Checks that an id stands once in all files, whatever it names.
fn check_once<'f>(
    seen: &mut BTreeMap<&'f ClaimId, &'f str>,
    file: &'f PackFile,
    (table, index): (&str, usize),
    id: &'f ClaimId,
) -> Option<PackError> {
    let first = seen.insert(id, &file.name)?;
    Some(file.error(
        &[Step::Key(table), Step::Item(index), Step::Key("id")],
        format!("{table} \"{id}\" already stands in {first}"),
        "an id belongs to one statement for ever: choose another",
    ))
}

/// Checks that a lexicon's words are there, trimmed and not repeated.
fn check_words(file: &PackFile) -> Vec<PackError> {
    let mut errors = Vec::new();
    for (concept, words) in &file.lexicon.0 {
        let mut seen = std::collections::BTreeSet::new();
        for (index, word) in words.iter().enumerate() {
            if word.trim() != word || word.is_empty() || !seen.insert(word.to_lowercase()) {
                errors.push(file.error(
                    &[Step::Key("lexicon"), Step::Key(concept), Step::Item(index)],
                    format!(
                        "the word \"{}\" is empty, padded or repeated",
                        super::shorten(word)
                    ),
                    "write each form once, without spaces around it",
                ));
            }
        }
    }
    errors
}
