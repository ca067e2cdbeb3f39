//! Random numbers of a lane's epoch: a counter, mixed, keyed by seed, lane and epoch (SplitMix64; Steele, Lea and Flood
//! 2014). Nothing depends on threads or on what other lanes drew.
#![expect(clippy::cast_possible_truncation, reason = "the upper half of a product of 64 bits")]

/// Returns the random number of a counter.
pub(crate) fn mix(key: u64, counter: u64) -> u64 {
    let mut z = key.wrapping_add(counter.wrapping_add(1).wrapping_mul(0xBF58_476D_1CE4_E5B9));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A sequence of random numbers.
#[derive(Debug, Clone)]
pub(crate) struct Random {
    key: u64,
    counter: u64,
}

/// How seldom something happens: one over the logarithm of the probability that it does not.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rarity(f64);

impl Rarity {
    /// Returns the rarity of what happens with a probability, which is below 1; nought happens never.
    pub(crate) fn of(probability: f64) -> Self {
        Self(1.0 / libm::log(1.0 - probability.max(1e-15)))
    }
}

impl Random {
    pub(crate) fn new(seed: u64, lane: u64, epoch: u64) -> Self {
        Self { key: mix(mix(seed, lane), epoch), counter: 0 }
    }

    #[inline]
    pub(crate) fn bits(&mut self) -> u64 {
        self.counter += 1;
        mix(self.key, self.counter)
    }

    /// Returns a number below `n`, which is at least 1.
    #[inline]
    pub(crate) fn below(&mut self, n: usize) -> usize {
        let wide = u128::from(self.bits()) * n as u128;
        (wide >> 64) as usize
    }

    /// Returns a number from 0 up to below 1.
    #[inline]
    pub(crate) fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// Says yes with a probability.
    #[inline]
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Returns how often something of a rarity does not happen before it does.
    #[inline]
    pub(crate) fn gap(&mut self, rarity: Rarity) -> usize {
        (libm::log(1.0 - self.unit()) * rarity.0) as usize
    }

    pub(crate) fn shuffle(&mut self, list: &mut [u32]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}
