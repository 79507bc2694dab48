//! House tests and generators: `cargo xtask packs`.

mod packs;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["packs"] => packs::bake(),
        ["packs", "--check"] => packs::check(),
        _ => anyhow::bail!("usage: cargo xtask packs [--check]"),
    }
}
