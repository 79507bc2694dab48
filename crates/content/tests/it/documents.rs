//! The document about slots shows a file that is read, with every field it tells of.

use milieu_content::{Occasion, SlotType, read_slots};

const SLOTS: &str = include_str!("../../../../docs/slots.md");

fn example() -> &'static str {
    let (_, rest) = SLOTS.split_once("```toml\n").expect("a block");
    rest.split_once("```").expect("its end").0
}

#[test]
fn the_example_of_slots_is_read() {
    let slots = read_slots(example()).unwrap();
    let [hero] = slots.as_slice() else {
        panic!("one slot, not {}", slots.len())
    };
    assert_eq!(
        (hero.key.as_str(), hero.kind),
        ("home.hero", SlotType::Object)
    );
    let keys: Vec<&str> = hero
        .variants
        .iter()
        .map(|variant| variant.key.as_str())
        .collect();
    assert_eq!(keys, ["classic", "season"]);
    assert_eq!(hero.variants[1].occasion, Occasion::Celebratory);
}

#[test]
fn every_field_of_the_tables_stands_in_the_example_and_no_other_does() {
    let told = |line: &str| {
        let (field, _) = line.strip_prefix("| `")?.split_once('`')?;
        Some(field.to_owned())
    };
    let mut told: Vec<String> = SLOTS.lines().filter_map(told).collect();
    told.sort();
    told.dedup();
    let mut used: Vec<String> = example()
        .lines()
        .filter_map(|line| match line.strip_prefix('[') {
            Some(table) => table.trim_matches(['[', ']']).rsplit('.').next(),
            None => line.split_once(" = ").map(|(field, _)| field),
        })
        .filter(|field| !field.starts_with('"') && *field != "slot")
        .map(str::to_owned)
        .collect();
    used.sort();
    used.dedup();
    assert_eq!(told, used);
}
