//! Content written down in Markdown, for pages of rules and for cases.

use std::collections::BTreeMap;

use milieu_audit::{Report, Settings, run};
use milieu_content::{Campaign, Input, Options};
use milieu_culture::{KnowledgeBase, MarketId};

/// A fenced block: the words after the fence, and what it contains.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) verb: String,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) body: String,
}

/// Returns the fenced blocks of a page, in order.
pub(crate) fn blocks(markdown: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    for line in markdown.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(info), None) => {
                let mut words = info.split_whitespace();
                let verb = words.next().unwrap_or_default().to_owned();
                let pairs = words.map(|word| word.split_once('=').expect(line));
                let attributes = pairs.map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
                open = Some(Block {
                    verb,
                    attributes,
                    body: String::new(),
                });
            }
            (Some(_), Some(_)) => found.extend(open.take()),
            (None, Some(block)) => block.body = std::mem::take(&mut block.body) + line + "\n",
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is never closed");
    found
}

impl Block {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    pub(crate) fn markets(&self) -> Vec<MarketId> {
        let markets = self.attribute("market").expect("market=…");
        markets
            .split(',')
            .map(|market| market.parse().unwrap())
            .collect()
    }

    /// Reads the body: files below `--- name` lines, else one plain text.
    pub(crate) fn campaign(&self) -> Campaign {
        let mut inputs = Vec::new();
        for line in self.body.lines() {
            if let Some(name) = line.strip_prefix("--- ") {
                inputs.push(Input::new(name, Vec::new()));
                continue;
            }
            if inputs.is_empty() {
                inputs.push(Input::new("text.txt", Vec::new()));
            }
            let bytes = &mut inputs.last_mut().unwrap().bytes;
            bytes.extend(line.bytes().chain([b'\n']));
        }
        let locale = self.attribute("source").or(self.attribute("locale"));
        let options = Options {
            source_locale: locale.map(|locale| locale.parse().unwrap()),
            ..Options::default()
        };
        Campaign::read(inputs, &options)
    }

    pub(crate) fn audit(&self, kb: &KnowledgeBase) -> Report {
        run(kb, &self.campaign(), &self.markets(), &settings())
    }
}

pub(crate) fn settings() -> Settings {
    Settings::on("2026-11-24".parse().unwrap())
}
