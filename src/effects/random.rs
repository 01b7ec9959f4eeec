//! Random bytes, from the operating system alone.

/// Returns 32 bytes that nobody can foretell.
pub fn key() -> [u8; 32] {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("the operating system has a source of randomness");
    bytes
}

/// Returns a salt that no other password was hashed under.
pub fn salt() -> [u8; 16] {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the operating system has a source of randomness");
    bytes
}
