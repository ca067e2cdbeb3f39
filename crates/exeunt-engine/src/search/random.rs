//! Random numbers of a lane's epoch: a counter, mixed, keyed by seed, lane and epoch (SplitMix64; Steele, Lea and Flood
//! 2014). Nothing depends on threads or on what other lanes drew.

use crate::solve::mix;

/// A sequence of random numbers.
#[derive(Debug, Clone)]
pub(super) struct Random {
    key: u64,
    counter: u64,
}

impl Random {
    pub(super) fn new(seed: u64, lane: u64, epoch: u64) -> Self {
        Self { key: mix(mix(seed, lane), epoch), counter: 0 }
    }

    #[inline]
    pub(super) fn bits(&mut self) -> u64 {
        self.counter += 1;
        mix(self.key, self.counter)
    }

    /// Returns a number below `n`, which is at least 1.
    #[inline]
    pub(super) fn below(&mut self, n: usize) -> usize {
        let wide = u128::from(self.bits()) * n as u128;
        (wide >> 64) as usize
    }

    /// Returns a number from 0 up to below 1.
    #[inline]
    pub(super) fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// Says yes with a probability.
    #[inline]
    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Returns how often `chance` would say no before it says yes.
    #[inline]
    pub(super) fn gap(&mut self, probability: f64) -> usize {
        if probability <= 0.0 {
            return usize::MAX;
        }
        (libm::log(1.0 - self.unit()) / libm::log(1.0 - probability)) as usize
    }

    pub(super) fn shuffle(&mut self, list: &mut [u32]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}
