//! What the best place of a request in a tour is, kept by the tour's content: a tour that was taken back is known again.

use super::tour::Place;

/// Most bytes of the caches of all lanes.
const MOST_BYTES: usize = 1 << 30;

/// A place, or (with the mark of none) that no place adds less than so much.
#[derive(Debug, Clone, Copy)]
struct Entry {
    content: u64,
    place: Place,
}

/// A row of slots per request; a number decides the slot, the last one stays.
#[derive(Debug)]
pub(super) struct Cache {
    entries: Vec<Entry>,
    slots: usize,
    pub(super) asked: u64,
    pub(super) found: u64,
}

impl Cache {
    /// Makes one of so many lanes' caches for so many requests and tours; none at all without tours.
    pub(super) fn new(requests: usize, tours: usize, lanes: usize) -> Self {
        let most = MOST_BYTES / lanes / size_of::<Entry>() / requests.max(1);
        let mut slots = (2 * tours).next_power_of_two();
        while slots > most && slots > 1 {
            slots /= 2;
        }
        let slots = if tours == 0 { 0 } else { slots };
        let empty = Entry { content: 0, place: Place::NONE };
        Self { entries: vec![empty; requests * slots], slots, asked: 0, found: 0 }
    }

    #[inline]
    fn at(&self, request: usize, content: u64) -> usize {
        let slot = content as usize & (self.slots - 1);
        request * self.slots + slot
    }

    /// Returns the best place that adds less than `below`, or none, if either is known.
    #[inline]
    pub(super) fn get(&mut self, request: usize, content: u64, below: f64) -> Option<Place> {
        if self.slots == 0 {
            return None;
        }
        self.asked += 1;
        let Entry { content: of, place } = self.entries[self.at(request, content)];
        if of != content {
            return None;
        }
        let is_less = place.added < below;
        if is_less && !place.is_one() {
            // there may be one between
            return None;
        }
        self.found += 1;
        Some(if is_less { place } else { Place::NONE })
    }

    /// Keeps what a scan for places that add less than `below` has found.
    #[inline]
    pub(super) fn put(&mut self, request: usize, content: u64, below: f64, place: Place) {
        if self.slots > 0 {
            let at = self.at(request, content);
            let place = if place.is_one() { place } else { Place { added: below, ..Place::NONE } };
            self.entries[at] = Entry { content, place };
        }
    }
}
