//! Embeds the dashboard anew whenever its build changes.

fn main() {
    println!("cargo::rerun-if-changed=../../web/dist");
}
