//! What stands near what in a text: in one sentence, a few columns apart.

use std::ops::Range;

use milieu_content::Passage;
use unicode_width::UnicodeWidthStr;

use crate::lexicon::Hit;

/// How far apart two things may stand, in columns; a wide character counts two.
const NEAR: usize = 40;

/// How many bytes can hold that many columns, with room for marks of no width.
const NEAR_BYTES: usize = 200;

/// How many bytes can hold one column between things that touch.
const TOUCHING_BYTES: usize = 16;

/// Returns the hits that can be near a place: a slice, so that long texts stay cheap.
pub(crate) fn neighbours<'h>(hits: &'h [Hit], place: &Range<usize>) -> &'h [Hit] {
    let first = hits.partition_point(|other| other.span.end + NEAR_BYTES < place.start);
    let last = hits.partition_point(|other| other.span.start <= place.end + NEAR_BYTES);
    hits.get(first..last).unwrap_or(&[])
}

/// Returns those of some hits that stand in the clause of a place, between its commas.
pub(crate) fn in_clause<'h>(passage: &Passage, hits: &'h [Hit], place: &Range<usize>) -> &'h [Hit] {
    let marks = [',', ';', '、', '，', '；', '،', '؛', '\n'];
    let before = passage.text.get(..place.start).unwrap_or("");
    let after = passage.text.get(place.end..).unwrap_or("");
    // No hit of a slice of neighbours stands further away than this.
    let to_mark = |letters: &mut dyn Iterator<Item = char>| -> usize {
        let inside = letters.take(NEAR_BYTES).take_while(|c| !marks.contains(c));
        inside.map(char::len_utf8).sum()
    };
    let start = place.start - to_mark(&mut before.chars().rev());
    let end = place.end + to_mark(&mut after.chars());
    let first = hits.partition_point(|hit| hit.span.start < start);
    let last = hits.partition_point(|hit| hit.span.end <= end);
    hits.get(first..last).unwrap_or(&[])
}

/// Returns what lies between two ranges.
pub(crate) fn gap(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    let start = a.end.min(b.end);
    start..a.start.max(b.start).max(start)
}

/// Returns how many columns part two places; `None` when they are not close.
pub(crate) fn columns_between(
    passage: &Passage,
    a: &Range<usize>,
    b: &Range<usize>,
) -> Option<usize> {
    let between = passage.text.get(gap(a, b))?;
    let ends = |(at, c): (usize, char)| match c {
        '。' | '！' | '？' | '!' | '?' | '।' | '؟' => true,
        '.' => between
            .get(at + 1..)
            .and_then(|rest| rest.chars().next())
            .is_none_or(char::is_whitespace),
        _ => false,
    };
    let columns = between.width();
    (columns <= NEAR && !between.char_indices().any(ends)).then_some(columns)
}

/// Returns the thing of a claim's context that a place belongs to.
///
/// A place belongs to the thing nearest to it, whatever that is. Things that touch are
/// one: in "white gift ribbon" the colour belongs to the ribbon.
pub(crate) fn thing_of<'h>(
    passage: &Passage,
    hits: &'h [Hit],
    place: &Range<usize>,
    context: &[String],
) -> Option<&'h Hit> {
    let is_meant = |hit: &&Hit| context.iter().any(|thing| hit.names(thing));
    let is_thing = |hit: &&Hit| hit.names_any_below("object/") || is_meant(hit);
    // Whatever lies beyond the first thing on a side is further away.
    let first_after = hits.partition_point(|hit| hit.span.start < place.end);
    let (up_to, after) = hits.split_at_checked(first_after)?;
    let sides = [
        up_to.iter().rev().find(is_thing),
        after.iter().find(is_thing),
    ];
    let (_, nearest) = sides
        .into_iter()
        .flatten()
        .filter_map(|hit| Some((columns_between(passage, place, &hit.span)?, hit)))
        .min_by_key(|(columns, hit)| (*columns, hit.span.start))?;
    let touches = |hit: &&Hit| {
        gap(&nearest.span, &hit.span).len() <= TOUCHING_BYTES
            && columns_between(passage, &nearest.span, &hit.span)
                .is_some_and(|columns| columns <= 1)
    };
    hits.iter()
        .filter(is_meant)
        .find(|hit| *hit == nearest || touches(hit))
}

/// Returns the hit that starts at a place; hits stand in order and never overlap.
pub(crate) fn starting_at(hits: &[Hit], at: usize) -> Option<&Hit> {
    let first = hits.partition_point(|hit| hit.span.start < at);
    hits.get(first).filter(|hit| hit.span.start == at)
}

/// Returns the hit that ends at a place.
pub(crate) fn ending_at(hits: &[Hit], at: usize) -> Option<&Hit> {
    let first = hits.partition_point(|hit| hit.span.end < at);
    hits.get(first).filter(|hit| hit.span.end == at)
}
