//! How the names of files tell which translates which.

use std::fmt;
use std::str::FromStr;

use crate::Locale;

/// The most bytes of a pattern or of a name that is matched with one.
const MOST_BYTES: usize = 1000;
/// The most stars in one part of a pattern.
const MOST_STARS: usize = 2;
const LOCALE: &str = "{locale}";

/// Says which part of a file's name is its locale: `{locale}/mail.md`.
///
/// `*` stands for any part of a name, not for `/`. Files whose names differ in the
/// locale only translate each other.
///
/// # Examples
/// ```
/// use milieu_content::Pattern;
/// let pattern: Pattern = "app/{locale}/*.json".parse().unwrap();
/// let (locale, group) = pattern.read("app/ja-JP/cart.json").unwrap();
/// assert_eq!(locale.to_string(), "ja-JP");
/// assert_eq!(group, "app/{locale}/cart.json");
/// assert!(pattern.read("app/readme.json").is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(String);

/// Why a text is not a pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PatternError {
    /// It does not say where the locale stands, or says it twice.
    #[error("the pattern \"{0}\" has {{locale}} {1} times, not once")]
    Locale(String, usize),
    /// It is too long or has too many stars.
    #[error("the pattern \"{0}\" is too long or has more than two stars between slashes")]
    TooLarge(String),
    /// It leads out of the campaign's folder.
    #[error("the pattern \"{0}\" leads out of the campaign's folder")]
    Outside(String),
}

impl Pattern {
    /// Returns the locale of a file, and the name that its translations share.
    ///
    /// The name is relative to the campaign's folder.
    pub fn read(&self, name: &str) -> Option<(Locale, String)> {
        if MOST_BYTES < name.len() {
            return None;
        }
        let mut found = None;
        let mut group = Vec::new();
        let mut parts = name.split('/');
        for wanted in self.0.split('/') {
            let part = parts.next()?;
            let Some((before, after)) = wanted.split_once(LOCALE) else {
                if !matches(wanted, part) {
                    return None;
                }
                group.push(part.to_owned());
                continue;
            };
            let (locale, rest) = locale_between(before, after, part)?;
            found = Some(locale);
            group.push(rest);
        }
        match parts.next() {
            None => Some((found?, group.join("/"))),
            Some(_) => None,
        }
    }

    /// Returns the pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Pattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        let text = text.strip_prefix("./").unwrap_or(text);
        let short = || text.chars().take(60).collect::<String>();
        let locales = text.matches(LOCALE).count();
        let stars = |part: &str| MOST_STARS < part.matches('*').count();
        if locales != 1 {
            Err(PatternError::Locale(short(), locales))
        } else if MOST_BYTES < text.len() || text.split('/').any(stars) {
            Err(PatternError::TooLarge(short()))
        } else if text.starts_with('/') || text.split('/').any(|part| part == "..") {
            Err(PatternError::Outside(short()))
        } else {
            Ok(Self(text.to_owned()))
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Finds the longest locale in a part of a name that leaves what stands around it.
fn locale_between(before: &str, after: &str, part: &str) -> Option<(Locale, String)> {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let starts = part
        .char_indices()
        .map(|(at, _)| at)
        .filter(|at| part.get(..*at).is_some_and(|head| matches(before, head)));
    for start in starts {
        let rest = part.get(start..).unwrap_or("");
        let most = rest.find(|c| !inside(c)).unwrap_or(rest.len()).min(12);
        for length in (2..=most).rev() {
            let (text, tail) = rest.split_at_checked(length)?;
            if let Some(locale) = Locale::plausible(text)
                && matches(after, tail)
            {
                let head = part.get(..start).unwrap_or("");
                return Some((locale, format!("{head}{LOCALE}{tail}")));
            }
        }
    }
    None
}

/// Tells whether a text is what a pattern with stars asks for.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(text) = text.strip_prefix(head) else {
        return false;
    };
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    ends.filter_map(|at| text.get(at..))
        .any(|tail| matches(rest, tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(pattern: &str, name: &str) -> Option<String> {
        let pattern: Pattern = pattern.parse().unwrap();
        let (locale, group) = pattern.read(name)?;
        Some(format!("{locale} {group}"))
    }

    #[test]
    fn the_locale_stands_where_the_pattern_says() {
        let cases = [
            ("{locale}.json", "ja-JP.json", Some("ja-JP {locale}.json")),
            (
                "{locale}/mail.md",
                "de/mail.md",
                Some("de {locale}/mail.md"),
            ),
            (
                "*.{locale}.html",
                "home.zh-Hant-HK.html",
                Some("zh-Hant-HK home.{locale}.html"),
            ),
            (
                "mail-{locale}.md",
                "mail-pt_BR.md",
                Some("pt-BR mail-{locale}.md"),
            ),
            ("{locale}.json", "app.json", None),
            ("{locale}.json", "ja-JP.md", None),
            ("{locale}.json", "x/ja-JP.json", None),
            ("{locale}/mail.md", "notes/mail.md", None),
        ];
        for (pattern, name, wanted) in cases {
            assert_eq!(group(pattern, name).as_deref(), wanted, "{pattern} {name}");
        }
    }

    #[test]
    fn what_is_no_pattern_says_why() {
        for (text, wanted) in [
            ("*.json", "has {locale} 0 times"),
            ("{locale}/{locale}.json", "has {locale} 2 times"),
            ("../{locale}.json", "leads out"),
            ("*a*b*{locale}", "more than two stars"),
        ] {
            let error = text.parse::<Pattern>().unwrap_err().to_string();
            assert!(error.contains(wanted), "{error}");
        }
    }
}
