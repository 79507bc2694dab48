//! Lists: a page of items and where the next one begins.

use serde::Serialize;
use utoipa::ToSchema;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Page<T> {
    /// The items.
    pub(crate) items: Vec<T>,
    /// Where the next page begins: send it as `cursor`; null on the last page.
    pub(crate) next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// A list that is short by nature.
    pub(crate) fn whole(items: impl IntoIterator<Item = T>) -> Self {
        Self {
            items: items.into_iter().collect(),
            next_cursor: None,
        }
    }
}
