//! The `jinxiu` program.

fn main() {}
