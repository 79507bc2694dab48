//! Finds statements that speak of persons instead of a market.
//!
//! "The Japanese believe …" gives every person of a nation one mind. The check
//! knows grammar, not nations: a word that ends as names of peoples do, perhaps
//! with "people" or "customers" behind it, before a verb of being or minding.
//! It is a reading aid for reviewers and no proof; it misses what it cannot see.

/// Verbs that ascribe a nature or a mind.
const VERBS: &[&str] = &[
    "always", "are", "avoid", "believe", "cannot", "consider", "dislike", "distrust", "expect",
    "fear", "feel", "find", "hate", "like", "love", "need", "never", "prefer", "regard", "respect",
    "see", "tend", "think", "trust", "value", "want", "were",
];

/// Nouns for groups of persons that may stand between the people and the verb.
const GROUPS: &[&str] = &[
    "buyers",
    "citizens",
    "consumers",
    "customers",
    "men",
    "people",
    "shoppers",
    "users",
    "women",
];

/// Words that make a group a part of it: then the statement is about a share.
const QUANTIFIERS: &[&str] = &[
    "many", "most", "some", "several", "surveyed", "few", "older", "younger",
];

/// How names of peoples end in English.
const ENDINGS: &[&str] = &[
    "ese", "ians", "cans", "mans", "eans", "ish", "nch", "utch", "wiss",
];

/// Names of peoples and faiths that end otherwise.
const OTHERS: &[&str] = &[
    "arabs",
    "asians",
    "buddhists",
    "catholics",
    "czechs",
    "danes",
    "finns",
    "greeks",
    "hindus",
    "jews",
    "muslims",
    "poles",
    "swedes",
    "thais",
    "turks",
];

/// Returns the words of a statement that speak of persons, if any.
pub(super) fn spoken_of(statement: &str) -> Option<String> {
    let words: Vec<&str> = statement
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')' | '.'))
        .filter(|word| !word.is_empty())
        .collect();
    words.iter().enumerate().find_map(|(index, word)| {
        if !names_a_people(word) || is_quantified(&words, index) {
            return None;
        }
        let mut verb = index + 1;
        if words.get(verb).is_some_and(|w| GROUPS.contains(w)) {
            verb += 1;
        }
        let ascribes = words.get(verb).is_some_and(|w| VERBS.contains(w));
        ascribes.then(|| words.get(index..=verb).unwrap_or(&[]).join(" "))
    })
}

fn names_a_people(word: &str) -> bool {
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let lower = word.to_lowercase();
    capital && (OTHERS.contains(&lower.as_str()) || ENDINGS.iter().any(|end| lower.ends_with(end)))
}

fn is_quantified(words: &[&str], index: usize) -> bool {
    index
        .checked_sub(1)
        .and_then(|before| words.get(before))
        .is_some_and(|word| QUANTIFIERS.contains(&word.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::spoken_of;

    #[test]
    fn a_people_with_a_mind_is_found() {
        for (statement, found) in [
            ("The Japanese believe white is death.", "Japanese believe"),
            ("Germans are direct.", "Germans are"),
            ("In shops, Dutch people prefer cash.", "Dutch people prefer"),
            ("Muslims never drink.", "Muslims never"),
            ("French consumers value style.", "French consumers value"),
        ] {
            assert_eq!(spoken_of(statement).as_deref(), Some(found), "{statement}");
        }
    }

    #[test]
    fn a_market_or_a_share_of_readers_is_not() {
        for statement in [
            "In Japan many readers associate white envelopes with condolence.",
            "Japanese law forbids using the red cross.",
            "Most German customers expect a total price.",
            "Many Swedes prefer card payment in this survey.",
            "Stripe, Adyen and PPRO are providers.",
            "Japanese product text avoids pronouns.",
        ] {
            assert_eq!(spoken_of(statement), None, "{statement}");
        }
    }
}
