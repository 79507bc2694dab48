//! Who asks: a person, a program's key, or the operator of a local folder.

use milieu_culture::MarketId;
use milieu_review::{Person, PersonId, Role};

use crate::EngineError;
use crate::error::Kind;

/// What a program's key may do. No kind may approve anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// Decisions and explanations, for servers.
    Server,
    /// Decisions, for browsers.
    Public,
    /// Events.
    Write,
}

impl KeyKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Server, Self::Public, Self::Write];

    /// Returns the word used in the API and in front of keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Public => "public",
            Self::Write => "write",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Result<Self, EngineError> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| EngineError::invalid("a key's kind is server, public or write"))
    }
}

/// Who asks for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principal {
    /// A person who is logged in.
    Person(Person),
    /// A program, by its key's id.
    Key(String, KeyKind),
    /// Whoever runs the command line on the data folder itself.
    Operator,
}

impl Principal {
    /// Returns the name that the trail keeps.
    pub fn name(&self) -> &str {
        match self {
            Self::Person(person) => person.id.as_str(),
            Self::Key(id, _) => id,
            Self::Operator => "operator",
        }
    }

    /// Returns the person; programs and operators do not review or write content.
    pub fn person(&self) -> Result<&Person, EngineError> {
        match self {
            Self::Person(person) => Ok(person),
            Self::Key(..) | Self::Operator => Err(EngineError::new(
                Kind::Forbidden,
                "person-required",
                "only a person who is logged in may do this: run milieu login, or log in on the page",
            )),
        }
    }

    /// Checks that the asker is an owner, or the operator of the folder.
    pub fn must_own(&self) -> Result<(), EngineError> {
        match self {
            Self::Operator => Ok(()),
            Self::Person(person) if person.has(Role::Owner) => Ok(()),
            Self::Person(_) | Self::Key(..) => Err(forbidden("only an owner may do this")),
        }
    }

    /// Checks that the asker writes content, and returns who they are.
    pub fn must_edit(&self) -> Result<&PersonId, EngineError> {
        let person = self.person()?;
        if person.has(Role::Editor) || person.has(Role::Owner) {
            Ok(&person.id)
        } else {
            Err(forbidden(
                "only editors and owners may do this: ask an owner for the role",
            ))
        }
    }

    /// Checks that the asker may switch quiet mode in a market.
    pub fn must_edit_or_review(&self, market: Option<&MarketId>) -> Result<(), EngineError> {
        let local = |person: &Person| market.is_some_and(|id| person.has_in(Role::Reviewer, id));
        match self {
            Self::Operator => Ok(()),
            Self::Person(person)
                if person.has(Role::Owner) || person.has(Role::Editor) || local(person) =>
            {
                Ok(())
            }
            Self::Person(_) | Self::Key(..) => Err(forbidden(
                "only owners, editors and this market's reviewers may do this",
            )),
        }
    }

    /// Checks that the asker may read reports and explanations.
    pub fn must_read(&self) -> Result<(), EngineError> {
        match self {
            Self::Person(_) | Self::Operator | Self::Key(_, KeyKind::Server) => Ok(()),
            Self::Key(..) => Err(forbidden(
                "this key may not read: use a server key or log in",
            )),
        }
    }
}

fn forbidden(message: &str) -> EngineError {
    EngineError::new(Kind::Forbidden, "forbidden", message)
}
