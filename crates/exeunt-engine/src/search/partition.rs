//! The best choice of tours that serves every request once: a set partitioning problem, given to a solver of integer
//! programs under a limit of nodes.
//!
//! The default solver is pure Rust (microlp); the feature `highs` takes HiGHS instead, with one thread and a fixed seed.

/// A tour to choose: whom it serves, and what it costs.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// Requests, rising.
    pub(super) requests: Vec<u32>,
    pub(super) cost: f64,
}

/// Which solver this build has.
pub const SOLVER: &str = if cfg!(feature = "highs") { "HiGHS" } else { "microlp" };

/// Chooses columns so that each of `n` requests that any column has is served once, at the least cost found; none if
/// nothing was found or the solver gave up. `start` is a choice that is known.
pub(super) fn partition(
    n: usize,
    columns: &[Column],
    start: &[usize],
    most_nodes: u64,
) -> Option<Vec<usize>> {
    let mut served_by = vec![Vec::new(); n];
    for (number, column) in columns.iter().enumerate() {
        column.requests.iter().for_each(|request| served_by[*request as usize].push(number));
    }
    served_by.retain(|columns| !columns.is_empty());
    let mut begun = vec![0.0; columns.len()];
    start.iter().for_each(|at| begun[*at] = 1.0);
    let chosen = solver::solve(columns, &served_by, &begun, most_nodes)?;
    // what a solver rounds is looked at again
    let is_right = served_by.iter().all(|by| by.iter().filter(|at| chosen[**at]).count() == 1);
    is_right.then(|| (0..columns.len()).filter(|at| chosen[*at]).collect())
}

#[cfg(not(feature = "highs"))]
mod solver {
    use super::Column;
    use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOptions};

    pub(super) fn solve(
        columns: &[Column],
        served_by: &[Vec<usize>],
        begun: &[f64],
        most_nodes: u64,
    ) -> Option<Vec<bool>> {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let variables: Vec<_> =
            columns.iter().map(|column| problem.add_binary_var(column.cost)).collect();
        for by in served_by {
            let row: Vec<_> = by.iter().map(|at| (variables[*at], 1.0)).collect();
            problem.add_constraint(row, ComparisonOp::Eq, 1.0);
        }
        let mut options = SolveOptions::default();
        options.node_limit = Some(most_nodes);
        options.warm_start = Some(variables.iter().copied().zip(begun.iter().copied()).collect());
        let outcome = problem.solve_with(options).ok()?;
        let solution = outcome.solution()?;
        Some(variables.iter().map(|variable| solution.var_value(*variable) > 0.5).collect())
    }
}

#[cfg(feature = "highs")]
mod solver {
    use super::Column;
    use highs::{HighsModelStatus, RowProblem, Sense};

    pub(super) fn solve(
        columns: &[Column],
        served_by: &[Vec<usize>],
        begun: &[f64],
        most_nodes: u64,
    ) -> Option<Vec<bool>> {
        let mut problem = RowProblem::default();
        let variables: Vec<_> =
            columns.iter().map(|column| problem.add_integer_column(column.cost, 0..=1)).collect();
        for by in served_by {
            let row: Vec<_> = by.iter().map(|at| (variables[*at], 1.0)).collect();
            problem.add_row(1..=1, row);
        }
        let mut model = problem.optimise(Sense::Minimise);
        model.make_quiet();
        model.set_option("threads", 1);
        model.set_option("random_seed", 1);
        model.set_option("mip_max_nodes", i32::try_from(most_nodes).unwrap_or(i32::MAX));
        model.set_solution(Some(begun), None, None, None);
        let solved = model.solve();
        if matches!(solved.status(), HighsModelStatus::Infeasible) {
            return None;
        }
        let solution = solved.get_solution();
        Some(solution.columns().iter().map(|value| *value > 0.5).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cheapest_choice_serves_everybody_once() {
        // 0 1 2 3 | pairs, singles and one triple; by hand: {0, 1} and {2, 3} cost 7, {0, 1, 2} and {3} cost 8
        let column = |requests: &[u32], cost: f64| Column { requests: requests.to_vec(), cost };
        let columns = [
            column(&[0], 4.0),
            column(&[1], 4.0),
            column(&[2], 4.0),
            column(&[3], 3.0),
            column(&[0, 1], 3.0),
            column(&[1, 2], 2.0),
            column(&[2, 3], 4.0),
            column(&[0, 1, 2], 5.0),
        ];
        assert_eq!(partition(4, &columns, &[0, 1, 2, 3], 100), Some(vec![4, 6]));
        // whom no column has is not asked for
        assert_eq!(partition(6, &columns, &[0, 1, 2, 3], 100), Some(vec![4, 6]));
    }
}
