//! The closed list of areas a claim may speak of, and what each demands.

/// Names every area of culture a claim may speak of.
///
/// The list is the schema, not knowledge: what is true inside an area lives in
/// `packs/`. It follows the claim schema of the design; keys inside are open.
pub const FACETS: &[&str] = &[
    "animal",
    "calendar",
    "channel",
    "colour",
    "delivery",
    "directness",
    "emoji",
    "feedback-channel",
    "food",
    "form-of-address",
    "format",
    "gesture",
    "gift",
    "imagery",
    "law",
    "layout",
    "mourning",
    "name",
    "name-order",
    "number",
    "payment",
    "phrase",
    "register",
    "religion",
    "support",
    "symbol",
    "territory",
    "trust-signal",
    "value-dimension",
];

/// Tells whether a facet is on the list.
pub fn is_facet(facet: &str) -> bool {
    FACETS.contains(&facet)
}

/// Tells whether claims of a facet must name their context.
///
/// A colour, number, symbol or gesture means nothing by itself; a claim that
/// leaves out where it holds would flag every page that shows one.
pub fn needs_context(facet: &str) -> bool {
    matches!(facet, "colour" | "gesture" | "number" | "symbol")
}
