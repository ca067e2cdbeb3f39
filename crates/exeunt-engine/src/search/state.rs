//! A set of tours that can be taken back: what a candidate changes is kept until it is accepted.
//!
//! Slots hold tours; slots beyond `n_tours` are empty and keep their room, so nothing is allocated in the loop once tours
//! have grown. A request is in one tour or in the bank.

use super::cache::Cache;
use super::problem::{Problem, request_of};
use super::rules::{Alone, Rules};
use super::tour::{Place, Tour};

/// Where a request is if it is in no tour.
pub(super) const BANK: u32 = u32::MAX;
/// Where a request is that the state is not about.
const ELSEWHERE: u32 = u32::MAX - 1;

/// Tours and bank.
#[derive(Debug)]
pub(super) struct State<'p, R = Alone> {
    pub(super) problem: &'p Problem,
    pub(super) rules: R,
    /// Whether a tour is late or the rules refuse it: what can only be taken back.
    is_refused: bool,
    tours: Vec<Tour>,
    /// By slot, the requests of its tour as bits.
    members: Vec<u64>,
    /// By request, the slot of its tour.
    slot_of: Vec<u32>,
    /// By stop, its place in its tour.
    at: Vec<u32>,
    pub(super) bank: Vec<u32>,
    /// Slots that were changed since the last `keep`, with what they held.
    changed: Vec<(u32, Tour)>,
    is_changed: Vec<bool>,
    /// Slots in use at the last `keep`.
    n_kept: usize,
    bank_kept: Vec<u32>,
    /// Tours that are not used, for their room.
    spare: Vec<Tour>,
    next_content: u64,
    pub(super) cache: Cache,
    detours: Vec<(f64, f64)>,
    /// Places that promised a tour in time and did not hold; rolled back.
    pub(super) n_broken: u64,
    /// Work done, in stops looked at; what the cache knows counts as if it did not.
    pub(super) work: u64,
}

impl<'p, R: Rules> State<'p, R> {
    /// Makes a state of some tours; `first_content` is the first of the numbers that are the lane's own.
    pub(super) fn new(problem: &'p Problem, first_content: u64, cache: Cache, rules: R) -> Self {
        Self {
            problem,
            rules,
            is_refused: false,
            tours: Vec::new(),
            members: Vec::new(),
            slot_of: vec![ELSEWHERE; problem.n],
            at: vec![0; problem.asks.len()],
            bank: Vec::new(),
            changed: Vec::new(),
            is_changed: Vec::new(),
            n_kept: 0,
            bank_kept: Vec::new(),
            spare: Vec::new(),
            next_content: first_content,
            cache,
            detours: Vec::new(),
            n_broken: 0,
            work: 0,
        }
    }

    /// Holds other tours and another bank from now on.
    pub(super) fn reset<'t>(&mut self, tours: impl Iterator<Item = &'t Tour>, bank: &[u32]) {
        self.slot_of.fill(ELSEWHERE);
        self.spare.append(&mut self.tours);
        self.spare.extend(self.changed.drain(..).map(|(_, tour)| tour));
        self.rules.clear();
        self.is_refused = false;
        for tour in tours {
            let mut copy = self.spare.pop().unwrap_or_default();
            copy.clone_from(tour);
            if copy.content == 0 {
                copy.content = self.content();
            }
            self.is_refused |=
                R::CAN_REFUSE && !self.rules.takes(self.problem, copy.content, &copy);
            self.tours.push(copy);
            self.index(self.tours.len() - 1);
        }
        self.bank.clear();
        self.bank.extend_from_slice(bank);
        for &request in bank {
            self.slot_of[request as usize] = BANK;
        }
        self.is_changed.clear();
        self.is_changed.resize(self.tours.len(), false);
        self.keep();
    }

    pub(super) fn tours(&self) -> &[Tour] {
        &self.tours
    }

    /// Returns the number of slots in use.
    pub(super) fn n_tours(&self) -> usize {
        self.tours.len()
    }

    /// Says whether the tours may stand: all are in time, and the rules let them.
    #[inline]
    pub(super) fn is_allowed(&self) -> bool {
        !self.is_refused
    }

    pub(super) fn length(&self) -> f64 {
        self.tours.iter().map(|tour| tour.length).sum()
    }

    /// Returns the slot of a request's tour, none in the bank or elsewhere.
    pub(super) fn slot_of(&self, request: usize) -> Option<usize> {
        let slot = self.slot_of[request];
        (slot < ELSEWHERE).then_some(slot as usize)
    }

    /// Returns the place of a stop in its tour.
    pub(super) fn at(&self, stop: usize) -> usize {
        self.at[stop] as usize
    }

    /// Has what was changed stand: tours without a stop go.
    pub(super) fn keep(&mut self) {
        self.rules.keep();
        self.spare.extend(self.changed.drain(..).map(|(_, tour)| tour));
        self.is_changed.fill(false);
        let mut slot = 0;
        while slot < self.tours.len() {
            if self.tours[slot].is_empty() {
                let gone = self.tours.swap_remove(slot);
                self.is_changed.pop();
                self.spare.push(gone);
                if slot < self.tours.len() {
                    self.index(slot);
                }
            } else {
                slot += 1;
            }
        }
        self.n_kept = self.tours.len();
        self.bank_kept.clone_from(&self.bank);
    }

    /// Takes back what was changed since the last `keep`.
    pub(super) fn undo(&mut self) {
        self.rules.undo();
        self.is_refused = false;
        while self.tours.len() > self.n_kept {
            let gone = self.tours.pop().unwrap_or_default();
            self.is_changed.pop();
            self.spare.push(gone);
        }
        while let Some((slot, tour)) = self.changed.pop() {
            let slot = slot as usize;
            if slot < self.n_kept {
                self.is_changed[slot] = false;
                let gone = std::mem::replace(&mut self.tours[slot], tour);
                self.spare.push(gone);
                self.index(slot);
            } else {
                self.spare.push(tour);
            }
        }
        self.bank.clone_from(&self.bank_kept);
        for &request in &self.bank {
            self.slot_of[request as usize] = BANK;
        }
    }

    /// Opens an empty tour and returns its slot.
    pub(super) fn open(&mut self) -> usize {
        let mut tour = self.spare.pop().unwrap_or_default();
        let _ = tour.fill(self.problem, std::iter::empty());
        tour.content = self.content();
        self.tours.push(tour);
        self.is_changed.push(true);
        self.index(self.tours.len() - 1);
        self.tours.len() - 1
    }

    /// Says whether a tour serves somebody whom no tour serves with a request.
    #[inline]
    fn is_closed(&self, slot: usize, request: usize) -> bool {
        let words = self.problem.words;
        let members = &self.members[slot * words..(slot + 1) * words];
        members.iter().zip(self.problem.apart(request)).any(|(has, apart)| has & apart != 0)
    }

    /// Returns the place of a request in a tour that adds least and less than `below`.
    #[inline]
    pub(super) fn best_place(&mut self, request: usize, slot: usize, below: f64) -> Place {
        if self.is_closed(slot, request) {
            self.work += 2;
            return Place::NONE;
        }
        self.scan(request, slot, below)
    }

    fn scan(&mut self, request: usize, slot: usize, below: f64) -> Place {
        let tour = &self.tours[slot];
        self.work += 4 + tour.stops.len() as u64;
        if let Some(known) = self.cache.get(request, tour.content, below) {
            return known;
        }
        let place = tour.best_place(self.problem, request, below, &mut self.detours);
        self.cache.put(request, tour.content, below, place);
        place
    }

    /// Returns the tour and the place in it where a request adds least; of equal ones the first.
    pub(super) fn best_tour(&mut self, request: usize) -> (Place, usize) {
        let mut best = (Place::NONE, 0);
        for slot in 0..self.tours.len() {
            let place = self.best_place(request, slot, best.0.added);
            if place.is_one() {
                best = (place, slot);
            }
        }
        best
    }

    /// Puts a request that is in no tour into one; says whether the tour is in time, and leaves it alone if not. The bank is the caller's.
    #[must_use]
    pub(super) fn insert(&mut self, request: usize, slot: usize, place: Place) -> bool {
        let mut tour = self.spare.pop().unwrap_or_default();
        let in_time = tour.fill_with(self.problem, &self.tours[slot], request, place);
        self.exchange_if(in_time, slot, tour)
    }

    /// Takes requests out of a tour; they are in the bank afterwards.
    pub(super) fn remove(&mut self, slot: usize, requests: &[u32]) {
        for &request in requests {
            self.slot_of[request as usize] = BANK;
            self.bank.push(request);
        }
        let mut tour = self.spare.pop().unwrap_or_default();
        let is_gone = |request: usize| self.slot_of[request] == BANK;
        // taking a stop out makes nothing later where no way round is shorter than the direct one; elsewhere it may
        let in_time = tour.fill_without(self.problem, &self.tours[slot], is_gone);
        tour.content = self.content();
        self.is_refused |= !in_time;
        self.is_refused |=
            R::CAN_REFUSE && !self.rules.takes(self.problem, self.tours[slot].content, &tour);
        self.exchange(slot, tour);
    }

    /// Replaces a tour by one over other stops; says whether it is in time, and leaves it alone if not.
    #[must_use]
    pub(super) fn rewrite(&mut self, slot: usize, visits: impl Iterator<Item = usize>) -> bool {
        let mut tour = self.spare.pop().unwrap_or_default();
        let in_time = tour.fill(self.problem, visits);
        self.exchange_if(in_time, slot, tour)
    }

    fn exchange_if(&mut self, in_time: bool, slot: usize, mut tour: Tour) -> bool {
        self.n_broken += u64::from(!in_time);
        tour.content = self.content();
        let is_taken = in_time
            && (!R::CAN_REFUSE || self.rules.takes(self.problem, self.tours[slot].content, &tour));
        if is_taken {
            self.exchange(slot, tour);
        } else {
            self.spare.push(tour);
        }
        is_taken
    }

    /// Replaces a tour by one over the same and other requests.
    fn exchange(&mut self, slot: usize, tour: Tour) {
        self.work += 4 * tour.stops.len() as u64;
        let old = std::mem::replace(&mut self.tours[slot], tour);
        if std::mem::replace(&mut self.is_changed[slot], true) || slot >= self.n_kept {
            self.spare.push(old);
        } else {
            self.changed.push((slot as u32, old));
        }
        self.index(slot);
    }

    fn content(&mut self) -> u64 {
        self.next_content += 1;
        self.next_content
    }

    fn index(&mut self, slot: usize) {
        let words = self.problem.words;
        if self.members.len() < (slot + 1) * words {
            self.members.resize((slot + 1) * words, 0);
        }
        let members = &mut self.members[slot * words..(slot + 1) * words];
        members.fill(0);
        for (at, stop) in self.tours[slot].stops.iter().enumerate() {
            let stop = stop.stop as usize;
            if stop > 0 {
                let request = request_of(stop);
                self.at[stop] = at as u32;
                self.slot_of[request] = slot as u32;
                members[request / 64] |= 1 << (request % 64);
            }
        }
    }
}
