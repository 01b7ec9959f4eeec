mod domain;
mod store;
fn main() {}
