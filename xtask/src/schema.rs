//! JSON Schemas of pack files, for editors and for checks outside of this repository.
//!
//! They say less than the merge of all files checks (whether an id is known, whether
//! a lexicon has a word), and never something else: a test holds every pack file, and
//! what the parser refuses, against them.

use milieu_culture::FACETS;
use serde_json::{Map, Value, json};

/// A day, as the packs write it.
const DAY: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
const TERRITORY: &str = "^([A-Z]{2}|[0-9]{3})$";
const LANGUAGE: &str = "^[a-z]{2,3}(-[A-Z][a-z]{3})?$";
const MARKET: &str = "^[a-z]{2,3}(-[A-Z][a-z]{3})?-([A-Z]{2}|[0-9]{3})$";
const KEBAB: &str = "^[a-z0-9-]{1,80}$";
const ID: &str = "^[a-z0-9-]{1,80}\\.[a-z0-9-]{1,80}\\.[a-z0-9-]{1,80}$";
const CONCEPT: &str = "^[a-z0-9-]{1,80}/[a-z0-9-]{1,80}$";

/// Returns the schema of every folder of packs, by the folder's name.
pub(crate) fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        (
            "calendars",
            file(
                "Observances: days and seasons that a market keeps",
                json!({ "observance": list(observance(), 2_000) }),
                &["observance"],
            ),
        ),
        (
            "languages",
            file(
                "A language: its facts, and the words by which its texts name concepts",
                json!({ "language": language(), "lexicon": lexicon() }),
                &["language"],
            ),
        ),
        (
            "markets",
            file(
                "A market, and claims about it",
                json!({ "market": market(), "claim": list(claim(), 2_000) }),
                &["market"],
            ),
        ),
        (
            "territories",
            file(
                "A territory and its facts",
                json!({ "territory": territory() }),
                &["territory"],
            ),
        ),
        (
            "topics",
            file(
                "Claims of wide scope, and stories that no claim may rest on",
                json!({ "claim": list(claim(), 2_000), "folklore": list(story(), 2_000) }),
                &[],
            ),
        ),
    ]
}

fn file(title: &str, properties: Value, required: &[&str]) -> Value {
    let mut schema = table(title, properties, required);
    if let Value::Object(map) = &mut schema {
        map.remove("description");
        map.insert("title".to_owned(), json!(title));
        let draft = json!("https://json-schema.org/draft/2020-12/schema");
        map.insert("$schema".to_owned(), draft);
    }
    schema
}

/// A table with these keys and no others.
#[allow(
    clippy::needless_pass_by_value,
    reason = "callers make the value for this call"
)]
fn table(description: &str, properties: Value, required: &[&str]) -> Value {
    json!({
        "description": description,
        "type": "object",
        "additionalProperties": false,
        "required": required,
        "properties": properties,
    })
}

#[allow(
    clippy::needless_pass_by_value,
    reason = "callers make the value for this call"
)]
fn list(items: Value, most: usize) -> Value {
    json!({ "type": "array", "items": items, "maxItems": most })
}

fn text(description: &str) -> Value {
    json!({ "description": description, "type": "string", "minLength": 1, "maxLength": 1_000, "pattern": "\\S" })
}

fn matching(description: &str, pattern: &str) -> Value {
    json!({ "description": description, "type": "string", "pattern": pattern })
}

fn one_of(description: &str, words: &[&str]) -> Value {
    json!({ "description": description, "enum": words })
}

fn territory() -> Value {
    table(
        "Facts that all markets of the territory inherit.",
        json!({
            "id": matching("Its id, and the file's name: JP, or a region as 419.", TERRITORY),
            "name": text("Its name in English."),
            "currency": matching("The ISO 4217 code; left out where none is common.", "^[A-Z]{3}$"),
            "reference_zone": text("The IANA zone whose days its reports use."),
            "first_day": one_of("The day its weeks begin with.", &["mon", "fri", "sat", "sun"]),
            "hour_cycle": one_of(
                "How hours are written; left out where its languages differ.",
                &["h12", "h23"],
            ),
            "source": text("Where the facts come from."),
        }),
        &["id", "name", "reference_zone", "source"],
    )
}

fn language() -> Value {
    table(
        "Facts that all markets of the language inherit.",
        json!({
            "id": matching("Its id, and the file's name: ja, or zh-Hant with a script.", LANGUAGE),
            "name": text("Its name in English."),
            "native_name": text("Its own name for itself."),
            "direction": one_of("Which way it runs.", &["ltr", "rtl"]),
            "plurals": list(
                one_of("A CLDR plural category.", &["zero", "one", "two", "few", "many", "other"]),
                6,
            ),
            "source": text("Where the facts come from."),
        }),
        &[
            "id",
            "name",
            "native_name",
            "direction",
            "plurals",
            "source",
        ],
    )
}

fn lexicon() -> Value {
    json!({
        "description": "Words by concept: \"colour/white\" = [\"white\"]. except/… lists longer words that only contain one.",
        "type": "object",
        "maxProperties": 2_000,
        "additionalProperties": list(text("A word, in every form that texts use."), 2_000),
    })
}

fn market() -> Value {
    table(
        "The market that the file stands for.",
        json!({ "id": matching("Its id, and the file's name: ja-JP.", MARKET) }),
        &["id"],
    )
}

fn story() -> Value {
    table(
        "A tale of a cultural blunder that does not hold as told.",
        json!({
            "name": text("What it is called."),
            "words": list(text("A word in lower case; all of them together betray the story."), 50),
            "why": text("Why it is refused."),
        }),
        &["name", "words", "why"],
    )
}

fn claim() -> Value {
    let own = json!({
        "id": matching("scope.facet.what; never used again for another statement.", ID),
        "facet": one_of("What area of culture it speaks of.", FACETS),
        "key": matching("What inside the facet: white, 4, comparative-advertising.", KEBAB),
        "machine": table(
            "The statement for rules.",
            json!({
                "predicate": text("The relation: associated_with, requires, forbids…"),
                "value": text("What it relates to."),
            }),
            &["predicate", "value"],
        ),
        "strength": {
            "description": "How strong the effect is where it exists, from negligible to strong; not how sure we are.",
            "enum": [0, 1, 2, 3],
        },
    });
    stated(
        "One statement about a market, with its evidence.",
        own,
        &["id", "facet", "key", "strength"],
    )
}

fn observance() -> Value {
    let own = json!({
        "id": matching("tradition.calendar.what; from the same names as claims.", ID),
        "name": text("Its name in English, with its own where that helps."),
        "tone": one_of(
            "What it asks of content.",
            &["festive", "solemn", "mourning", "fasting"],
        ),
        "dates": { "type": "array", "items": occurrence(), "minItems": 1, "maxItems": 200 },
    });
    stated(
        "A day or season that many in a market keep, with its evidence and dates.",
        own,
        &["id", "name", "tone", "dates"],
    )
}

/// What a claim and an observance have in common.
fn stated(description: &str, own: Value, required: &[&str]) -> Value {
    let common = json!({
        "statement": text("What holds, in English: about the market, never about persons."),
        "kind": kind(),
        "sensitivity": one_of(
            "How careful one must be with the subject itself.",
            &["none", "cultural", "legal", "religious", "political", "mourning"],
        ),
        "state": one_of(
            "Who stands behind it; what ships is proposed.",
            &["proposed", "approved", "contested", "retired"],
        ),
        "counter": text("What speaks against it or limits it."),
        "expires": matching("The last day on which it may be relied on.", DAY),
        "scope": scope(),
        "evidence": { "type": "array", "items": evidence(), "minItems": 1, "maxItems": 50 },
    });
    let mut properties = Map::new();
    for part in [own, common] {
        if let Value::Object(part) = part {
            properties.extend(part);
        }
    }
    let mut all = required.to_vec();
    all.extend(["statement", "kind", "expires", "scope", "evidence"]);
    table(description, Value::Object(properties), &all)
}

fn scope() -> Value {
    let places = |pattern| list(json!({ "type": "string", "pattern": pattern }), 1_000);
    json!({
        "description": "Where it holds: at least one of markets, territories and languages.",
        "type": "object",
        "additionalProperties": false,
        "anyOf": [
            { "required": ["markets"] },
            { "required": ["territories"] },
            { "required": ["languages"] },
        ],
        "properties": {
            "markets": places(MARKET),
            "territories": places(TERRITORY),
            "languages": places(LANGUAGE),
            "excludes": places(MARKET),
            "context": list(
                matching("A concept of which one must be near: object/gift-wrap.", CONCEPT),
                200,
            ),
        },
    })
}

fn evidence() -> Value {
    table(
        "One source, and where in it the statement stands.",
        json!({
            "title": text("The source's title."),
            "publisher": text("Who wrote or published it."),
            "date": text("Its date as the source gives it, or \"undated page\"."),
            "locator": text("Law and article, DOI, standard number or page address."),
            "read": one_of(
                "How it was read by whoever entered it.",
                &["recalled", "secondary", "abstract", "text"],
            ),
            "seen": text("What stands there, in own words."),
            "direction": one_of("For or against; for when left out.", &["supports", "contradicts"]),
            "kind": kind(),
            "group": text("Entries of one group count once."),
        }),
        &["title", "publisher", "date", "locator", "read", "seen"],
    )
}

fn occurrence() -> Value {
    table(
        "One occurrence: its days, and how sure they are.",
        json!({
            "from": matching("The first day as computed or decreed.", DAY),
            "to": matching("The last day; the same for a single day.", DAY),
            "earliest": matching("The earliest day on which it may begin.", DAY),
            "latest": matching("The latest day on which it may end.", DAY),
            "basis": text("How the days were found, and how uncertain they are."),
        }),
        &["from", "to", "basis"],
    )
}

fn kind() -> Value {
    one_of(
        "What sort of evidence carries it.",
        &[
            "law",
            "standard",
            "official-calendar",
            "measured-behaviour",
            "experiment",
            "survey",
            "index-score",
            "expert",
            "press",
            "practitioner",
        ],
    )
}

#[cfg(test)]
mod tests {
    use std::fs;

    use jsonschema::Validator;

    use super::*;
    use crate::packs::{FOLDERS, paths};

    fn validator(folder: &str) -> Validator {
        let (_, schema) = schemas()
            .into_iter()
            .find(|(name, _)| *name == folder)
            .unwrap();
        jsonschema::validator_for(&schema).unwrap()
    }

    fn is_valid(folder: &str, text: &str) -> bool {
        let value: Value = toml::from_str(text).unwrap();
        validator(folder).is_valid(&value)
    }

    #[test]
    fn every_folder_has_a_schema() {
        let named: Vec<&str> = schemas().into_iter().map(|(folder, _)| folder).collect();
        assert_eq!(named, FOLDERS);
    }

    #[test]
    fn every_pack_file_is_valid_and_names_its_schema() {
        let validators: Vec<(&str, Validator)> = FOLDERS
            .iter()
            .map(|folder| (*folder, validator(folder)))
            .collect();
        let mut seen = 0;
        for path in paths().unwrap() {
            let folder = path.parent().and_then(|p| p.file_name()).unwrap();
            let folder = folder.to_str().unwrap();
            let text = fs::read_to_string(&path).unwrap();
            let line = format!("#:schema ../schema/{folder}.schema.json\n");
            assert!(text.starts_with(&line), "{} lacks {line}", path.display());
            let value: Value = toml::from_str(&text).unwrap();
            let (_, validator) = validators.iter().find(|(name, _)| *name == folder).unwrap();
            let errors: Vec<String> = validator
                .iter_errors(&value)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert!(errors.is_empty(), "{}: {errors:#?}", path.display());
            seen += 1;
        }
        assert!(40 < seen, "{seen} files");
    }

    #[test]
    fn what_the_parser_refuses_the_schema_refuses() {
        let sound = "[territory]\nid = \"JP\"\nname = \"Japan\"\nreference_zone = \"Asia/Tokyo\"\nsource = \"CLDR\"\n";
        assert!(is_valid("territories", sound));
        for (from, to) in [
            ("\"JP\"", "\"Japan\""),
            ("name = \"Japan\"\n", ""),
            ("source", "sauce"),
            ("[territory]", "[terrain]"),
        ] {
            let broken = sound.replacen(from, to, 1);
            assert!(!is_valid("territories", &broken), "{broken}");
            assert!(milieu_culture::pack::parse("JP.toml", &broken).is_err() || to == "[terrain]");
        }
    }

    #[test]
    fn a_claim_needs_evidence_scope_and_expiry() {
        let sound = r#"
            [[claim]]
            id = "jp.law.test"
            facet = "law"
            key = "test"
            statement = "Prices include tax."
            kind = "law"
            strength = 2
            expires = "2027-05-24"
            scope = { territories = ["JP"] }
            evidence = [{ title = "Act", publisher = "State", date = "1962", locator = "art. 5", read = "text", seen = "So." }]
        "#;
        assert!(is_valid("topics", sound));
        for (from, to) in [
            ("facet = \"law\"", "facet = \"lore\""),
            ("strength = 2", "strength = 7"),
            ("expires = \"2027-05-24\"", ""),
            ("territories = [\"JP\"]", ""),
            ("read = \"text\"", "read = \"skimmed\""),
            ("kind = \"law\"", "kind = \"rumour\""),
        ] {
            let broken = sound.replacen(from, to, 1);
            assert_ne!(broken, sound);
            assert!(!is_valid("topics", &broken), "{broken}");
        }
    }
}
