//! Random choices that can be made again: each test prints the seed it began with.

/// A stream of random numbers, xorshift64*. Source: Vigna, *An experimental exploration of Marsaglia's
/// xorshift generators, scrambled*.
#[derive(Clone)]
pub struct Chance(u64);

impl Chance {
    /// Returns the stream of a test, of seed 1 unless `SHOPCTL_FAULTS_SEED` names another, and says so.
    pub fn of(test: &str) -> Chance {
        let seed = std::env::var("SHOPCTL_FAULTS_SEED").ok().and_then(|text| text.parse().ok());
        let seed: u64 = seed.unwrap_or(1);
        println!("{test}: SHOPCTL_FAULTS_SEED={seed}");
        Chance::new(test.bytes().fold(seed, |sum, byte| sum.wrapping_mul(31) + u64::from(byte)))
    }

    pub fn new(seed: u64) -> Chance {
        let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        for _ in 0..8 {
            chance.next();
        }
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// Returns a number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        ((self.next() >> 11) % bound.max(1) as u64) as usize
    }

    /// Returns a number from 0 to 1.
    pub fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Says yes in `percent` cases of a hundred.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// Returns one of several.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}
