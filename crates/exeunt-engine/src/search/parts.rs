//! Parts of the tours for the lanes: halves of halves, those nearer to one stop and those nearer to another.

use super::problem::Problem;
use super::tour::Tour;
use crate::random::Random;

/// Pairs of stops that are drawn for a cut; the pair farthest apart is taken.
const DRAWN: usize = 5;

/// Returns the tours of each of so many parts, of about the same number of stops; tours near one another together.
pub(super) fn parts(
    problem: &Problem,
    tours: &[Tour],
    n_parts: usize,
    random: &mut Random,
) -> Vec<Vec<usize>> {
    let mut parts = Vec::with_capacity(n_parts);
    cut(problem, tours, (0..tours.len()).collect(), n_parts, random, &mut parts);
    parts
}

fn cut(
    problem: &Problem,
    tours: &[Tour],
    mut mine: Vec<usize>,
    n_parts: usize,
    random: &mut Random,
    parts: &mut Vec<Vec<usize>>,
) {
    if n_parts <= 1 || mine.len() <= 1 {
        parts.push(mine);
        parts.extend((1..n_parts).map(|_| Vec::new()));
        return;
    }
    let mut any = || {
        let tour = &tours[mine[random.below(mine.len())]];
        tour.stops[1 + random.below(tour.stops.len() - 2)].stop as usize
    };
    let mut ends = (0, 0);
    let mut apart = -1.0;
    for _ in 0..DRAWN {
        let (a, b) = (any(), any());
        if problem.travel(a, b) > apart {
            (ends, apart) = ((a, b), problem.travel(a, b));
        }
    }
    let (to_a, to_b) = (problem.to(ends.0), problem.to(ends.1));
    let side = |tour: &Tour| {
        let sum: f64 = tour.visits().map(|stop| to_a[stop] - to_b[stop]).sum();
        sum / (tour.stops.len() - 2) as f64
    };
    let mut sides: Vec<(f64, usize)> = mine.iter().map(|&at| (side(&tours[at]), at)).collect();
    sides.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    mine.clear();
    mine.extend(sides.iter().map(|(_, at)| *at));
    let stops = |list: &[usize]| list.iter().map(|&at| tours[at].stops.len()).sum::<usize>();
    let first_parts = n_parts / 2;
    let wanted = stops(&mine) * first_parts / n_parts;
    let mut first = 0;
    while first < mine.len() && stops(&mine[..first]) < wanted {
        first += 1;
    }
    let rest = mine.split_off(first);
    cut(problem, tours, mine, first_parts, random, parts);
    cut(problem, tours, rest, n_parts - first_parts, random, parts);
}
