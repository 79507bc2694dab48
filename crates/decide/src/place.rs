//! Which market a request belongs to, and by which step that was found.

use milieu_culture::{LanguageId, MarketId, TerritoryId};
use milieu_record::MarketNo;

/// The markets of a workspace: the only ones that resolution can return.
#[derive(Debug, Clone, Default)]
pub struct Places {
    markets: Vec<Place>,
}

/// A market of the workspace.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its number in tokens.
    pub no: MarketNo,
    /// Its id.
    pub id: MarketId,
    /// The share of its visitors who always get the generic variant, 0 to 0.5.
    pub holdout: f64,
}

/// What a request says about where it comes from. Never an address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Context<'c> {
    /// The market, when the site knows it.
    pub market: Option<&'c str>,
    /// A territory, as `JP`.
    pub country: Option<&'c str>,
    /// A locale, as `ja` or `ja-JP`; its territory is not taken for the visitor's.
    pub locale: Option<&'c str>,
}

/// The step by which a market was found; told with every decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// The request names it.
    Explicit,
    /// Its country and its locale's language make one.
    CountryAndLocale,
    /// The only configured market of its language.
    Language,
    /// The only configured market of its country, and no language leads elsewhere.
    Country,
    /// None of these: the workspace's default.
    Default,
}

impl Step {
    /// Returns the word used in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Explicit => "explicit",
            Self::CountryAndLocale => "country+locale",
            Self::Language => "language",
            Self::Country => "country",
            Self::Default => "default",
        }
    }
}

/// A market was named that the workspace does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("market \"{asked}\" is not configured here: use one of {known}")]
pub struct UnknownMarket {
    /// What was asked for, at most 40 characters.
    pub asked: String,
    /// What there is, at most ten of them.
    pub known: String,
}

impl Places {
    /// Takes the configured markets; the first is the default.
    pub fn new(markets: Vec<Place>) -> Self {
        Self { markets }
    }

    /// Returns all markets, the default first.
    pub fn all(&self) -> &[Place] {
        &self.markets
    }

    /// Returns a market by number.
    pub fn by_no(&self, no: MarketNo) -> Option<&Place> {
        self.markets.iter().find(|place| place.no == no)
    }

    /// Returns a market by id.
    pub fn by_id(&self, id: &MarketId) -> Option<&Place> {
        self.markets.iter().find(|place| place.id == *id)
    }

    /// Finds the market of a request; `None` when no market is configured.
    ///
    /// A market that is named and unknown is an error, never silently another one;
    /// a country or locale that leads nowhere falls through to the next step.
    pub fn resolve(&self, context: &Context<'_>) -> Result<Option<(&Place, Step)>, UnknownMarket> {
        if let Some(asked) = context.market {
            return self.named(asked).map(|place| Some((place, Step::Explicit)));
        }
        let country: Option<TerritoryId> = context.country.and_then(|text| text.parse().ok());
        let language = context.locale.and_then(language_of);
        let found = self
            .both(country.as_ref(), language.as_ref())
            .map(|place| (place, Step::CountryAndLocale))
            .or_else(|| {
                let language = language.as_ref()?;
                let only = self.only(|place| speaks(place, language))?;
                Some((only, Step::Language))
            })
            .or_else(|| {
                let country = country.as_ref()?;
                let only = self.only(|place| place.id.territory() == country)?;
                Some((only, Step::Country))
            })
            .or_else(|| self.markets.first().map(|place| (place, Step::Default)));
        Ok(found)
    }

    fn named(&self, asked: &str) -> Result<&Place, UnknownMarket> {
        let id: Option<MarketId> = asked.parse().ok();
        id.and_then(|id| self.by_id(&id))
            .ok_or_else(|| UnknownMarket {
                asked: asked.chars().take(40).collect(),
                known: self
                    .markets
                    .iter()
                    .take(10)
                    .map(|p| p.id.as_str())
                    .collect::<Vec<_>>()
                    .join(", "),
            })
    }

    fn both(&self, country: Option<&TerritoryId>, language: Option<&LanguageId>) -> Option<&Place> {
        let (country, language) = (country?, language?);
        let here = |place: &&Place| place.id.territory() == country;
        let exact = |place: &&Place| place.id.language() == language;
        self.markets
            .iter()
            .filter(here)
            .find(exact)
            .or_else(|| self.only(|place| here(&place) && speaks(place, language)))
    }

    fn only(&self, fits: impl Fn(&Place) -> bool) -> Option<&Place> {
        let mut fitting = self.markets.iter().filter(|place| fits(place));
        match (fitting.next(), fitting.next()) {
            (Some(place), None) => Some(place),
            _ => None,
        }
    }
}

/// A script that only one side names does not part a language: `zh` speaks `zh-Hant`,
/// `zh-Hans` does not.
fn speaks(place: &Place, language: &LanguageId) -> bool {
    let own = place.id.language();
    let one_has_no_script = own.as_str() == own.base() || language.as_str() == language.base();
    own == language || (one_has_no_script && own.base() == language.base())
}

/// Reads the language of a locale: `zh-Hant` of `zh-Hant-HK-u-nu-latn`.
fn language_of(locale: &str) -> Option<LanguageId> {
    let mut parts = locale.split(['-', '_']);
    let base = parts.next()?;
    let scripted = parts
        .next()
        .filter(|part| part.len() == 4)
        .and_then(|script| format!("{base}-{script}").parse().ok());
    scripted.or_else(|| base.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(ids: &[&str]) -> Places {
        let place = |(index, id): (usize, &&str)| Place {
            no: MarketNo(u16::try_from(index).unwrap()),
            id: id.parse().unwrap(),
            holdout: 0.1,
        };
        Places::new(ids.iter().enumerate().map(place).collect())
    }

    fn ask(places: &Places, country: &str, locale: &str) -> (String, Step) {
        let given = |text: &'static str| (!text.is_empty()).then_some(text);
        let (country, locale) = (country.to_owned().leak(), locale.to_owned().leak());
        let context = Context {
            market: None,
            country: given(country),
            locale: given(locale),
        };
        let (place, step) = places.resolve(&context).unwrap().unwrap();
        (place.id.to_string(), step)
    }

    #[test]
    fn a_market_is_found_step_by_step() {
        let places = places(&[
            "en-US",
            "ja-JP",
            "de-DE",
            "fr-CA",
            "en-CA",
            "zh-Hant-HK",
            "sr-RS",
        ]);
        for (country, locale, market, step) in [
            ("CA", "fr-CA", "fr-CA", Step::CountryAndLocale),
            ("CA", "fr", "fr-CA", Step::CountryAndLocale),
            ("HK", "zh-Hant", "zh-Hant-HK", Step::CountryAndLocale),
            ("RS", "sr-Latn-RS", "sr-RS", Step::CountryAndLocale),
            ("", "de-CH", "de-DE", Step::Language),
            ("JP", "", "ja-JP", Step::Country),
            ("JP", "ko-KR", "ja-JP", Step::Country),
            ("JP", "de", "de-DE", Step::Language),
            ("CA", "", "en-US", Step::Default),
            ("", "en", "en-US", Step::Default),
            ("XK", "sq", "en-US", Step::Default),
            ("", "es-419", "en-US", Step::Default),
            ("", "", "en-US", Step::Default),
            ("YY", "xx-YY", "en-US", Step::Default),
            ("not a country", "💥", "en-US", Step::Default),
        ] {
            assert_eq!(
                ask(&places, country, locale),
                (market.to_owned(), step),
                "{country} {locale}"
            );
        }
    }

    #[test]
    fn a_named_market_is_that_or_an_error() {
        let places = places(&["en-US", "ja-JP"]);
        let named = |market| {
            places.resolve(&Context {
                market: Some(market),
                ..Context::default()
            })
        };
        assert_eq!(named("ja_jp").unwrap().unwrap().1, Step::Explicit);
        let error = named("ko-KR").unwrap_err();
        assert_eq!(
            error.to_string(),
            "market \"ko-KR\" is not configured here: use one of en-US, ja-JP"
        );
    }
}
