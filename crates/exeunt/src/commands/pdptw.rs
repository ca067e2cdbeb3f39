//! `exeunt bench pdptw`: the search on published instances of pickup and delivery with time windows.

use crate::args::{PdptwArgs, PdptwCheckArgs, PdptwCommand, PdptwRunArgs, PdptwSolveArgs, Summary};
use crate::commands::bench::{commit, machine};
use crate::commands::plan::threads;
use crate::progress::Clock;
use crate::{exit, files, print};
use exeunt_check::routes::{RoutesVerdict, check_routes};
use exeunt_engine::search::{Found, Pace, Request, SOLVER, WARM_UP, routes};
use exeunt_model::pdptw::{Instance, Routes};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Digest of the engine's sources, made by the build.
const ENGINE: &str = env!("EXEUNT_ENGINE");
/// Epochs after which it is asked again how many will fit.
const ASKED_AGAIN: u64 = 16;
/// Share of the time that is left for writing, and the least of it in seconds.
const IN_HAND: f64 = 0.005;
const IN_HAND_LEAST: f64 = 0.03;
/// Distances count as equal to the best known within this.
const AS_GOOD: f64 = 0.01;

pub(crate) fn run(args: &PdptwArgs) -> u8 {
    let done = match &args.what {
        PdptwCommand::Solve(args) => solve(args),
        PdptwCommand::Check(args) => check(args),
        PdptwCommand::Run(args) => run_all(args),
    };
    done.unwrap_or_else(|code| code)
}

/// How long is searched and how.
#[derive(Debug, Clone)]
struct Search {
    seconds: f64,
    epochs: Option<u64>,
    /// Budgets to plan for from an epoch on, as a search by the clock has printed them.
    budgets: BTreeMap<u64, u64>,
    lanes: u64,
    threads: usize,
    seed: u64,
    cache: bool,
    pool: bool,
}

fn solve(args: &PdptwSolveArgs) -> Result<u8, u8> {
    let clock = Clock::start(None);
    let instance = instance(&args.instance)?;
    let start = args.warm_start.as_ref().map(|path| {
        exeunt_scenario::read_routes(path, &instance)
            .map_err(|problems| files::refuse(&problems, path, Summary::Text))
    });
    let start = start.transpose()?;
    let seconds = args.seconds.unwrap_or(10.0);
    files::refuse_endless(seconds, Summary::Text)?;
    let search = Search {
        seconds,
        epochs: args.epochs,
        budgets: budgets(&args.budgets)?,
        lanes: args.walks.lanes,
        threads: threads(args.walks.threads),
        seed: args.seed,
        cache: !args.no_cache,
        pool: !args.no_pool,
    };
    let (found, planned) =
        searched(&instance, &search, start.as_ref(), &clock, |seconds, vehicles, length| {
            println_now(&format!("{seconds:8.2} s  {vehicles} vehicles, distance {length:.4}"));
        });
    let verdict = check_routes(&instance, &found.routes);
    let text = lines(&instance, &found.routes);
    match &args.output {
        Some(path) => files::write(path, &text, Summary::Text)?,
        None => print(&text),
    }
    let again: Vec<String> = planned.iter().map(|(at, budget)| format!("{at}:{budget}")).collect();
    let again = match again.is_empty() {
        true => String::new(),
        false => {
            format!("the same again: --epochs {} --budgets {}\n", found.epochs, again.join(","))
        }
    };
    let rate = |part: u64, all: u64| if all == 0 { 0.0 } else { 100.0 * part as f64 / all as f64 };
    print(&format!(
        "{}: {} vehicles, distance {:.6} after {:.2} s\n{}{} epochs of {} planned, {} iterations, best places known {:.1} %, insertions rolled back {}\n\
         choices among all tours by {SOLVER}: {}, better {}\n\
         seed {}, {} lanes, {} threads, machine: {}, commit {}, engine {ENGINE}\n",
        instance.name,
        verdict.vehicles,
        verdict.length,
        clock.seconds(),
        again,
        found.epochs,
        found.budget,
        found.iterations,
        rate(found.known, found.asked),
        found.broken,
        found.choices,
        found.chosen,
        search.seed,
        search.lanes,
        search.threads,
        machine(),
        commit(),
    ));
    if !found.left.is_empty() {
        let ids: Vec<String> =
            found.left.iter().map(|at| instance.stops[*at].id.to_string()).collect();
        print(&format!("no vehicle serves, even alone: {}\n", ids.join(" ")));
        return Ok(exit::UNMOVED);
    }
    Ok(show(&verdict))
}

fn println_now(line: &str) {
    print(&format!("{line}\n"));
}

fn check(args: &PdptwCheckArgs) -> Result<u8, u8> {
    let instance = instance(&args.instance)?;
    let routes = exeunt_scenario::read_routes(&args.routes, &instance)
        .map_err(|problems| files::refuse(&problems, &args.routes, Summary::Text))?;
    let verdict = check_routes(&instance, &routes);
    print(&format!(
        "{}: {} vehicles, distance {:.6}\n",
        instance.name, verdict.vehicles, verdict.length
    ));
    Ok(show(&verdict))
}

/// Prints the faults of routes and returns the exit code.
fn show(verdict: &RoutesVerdict) -> u8 {
    for fault in &verdict.faults {
        let route = fault.route.map_or_else(String::new, |number| format!("route {number}: "));
        print(&format!("{:?}: {route}{}\n", fault.broken, fault.message));
    }
    match verdict.faults.len() {
        0 => exit::DONE,
        n => {
            print(&format!("{n} {}\n", if n == 1 { "fault" } else { "faults" }));
            exit::BROKEN
        }
    }
}

fn instance(path: &Path) -> Result<Instance, u8> {
    exeunt_scenario::read_instance(path)
        .map_err(|problems| files::refuse(&problems, path, Summary::Text))
}

/// Writes routes a line each, by the numbers of the stops.
fn lines(instance: &Instance, routes: &Routes) -> String {
    let mut text = String::new();
    for route in &routes.0 {
        let ids: Vec<String> = route.iter().map(|at| instance.stops[*at].id.to_string()).collect();
        text += &ids.join(" ");
        text.push('\n');
    }
    text
}

/// Searches until the clock or the epochs end it; the clock may have been running for reading.
fn searched(
    instance: &Instance,
    search: &Search,
    start: Option<&Routes>,
    clock: &Clock,
    mut better: impl FnMut(f64, usize, f64),
) -> (Found, BTreeMap<u64, u64>) {
    let limit = search.seconds - (search.seconds * IN_HAND).max(IN_HAND_LEAST);
    let request = Request {
        seed: search.seed,
        lanes: usize::try_from(search.lanes).unwrap_or(usize::MAX),
        threads: search.threads,
        budget: search.epochs.filter(|_| search.budgets.is_empty()),
        cache: search.cache,
        pool: search.pool,
        ..Request::default()
    };
    let since = clock.since();
    // set-up is no epoch: the clock of epochs starts when the first is asked for
    let mut last = clock.seconds();
    let mut longest: f64 = 0.0;
    let mut asked = (0, last);
    let mut planned = BTreeMap::new();
    let pace = |epochs: u64| {
        if clock.is_stopped() || search.epochs.is_some_and(|end| epochs >= end) {
            return Pace::Stop;
        }
        if search.epochs.is_some() {
            return search.budgets.get(&epochs).map_or(Pace::On, |budget| Pace::Budget(*budget));
        }
        let now = clock.seconds();
        if epochs == 0 {
            (last, asked) = (now, (0, now));
        }
        // the next one may take as long as the longest so far, a choice among all tours included
        longest = longest.max(now - std::mem::replace(&mut last, now));
        if now + longest > limit {
            return Pace::Stop;
        }
        if epochs >= WARM_UP && (epochs - WARM_UP).is_multiple_of(ASKED_AGAIN) {
            // the last epochs tell best how long the next ones take
            let (since_epoch, since) = std::mem::replace(&mut asked, (epochs, now));
            let each = (now - since) / (epochs - since_epoch) as f64;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "positive, and few"
            )]
            let more = ((limit - now) / each.max(1e-6)) as u64;
            let budget = epochs.saturating_add(more);
            planned.insert(epochs, budget);
            return Pace::Budget(budget);
        }
        Pace::On
    };
    let found = routes(instance, &request, start, pace, |improved| {
        better(since.seconds(), improved.vehicles, improved.length);
    });
    (found, planned)
}

/// Reads budgets such as `8:258,24:240`.
fn budgets(texts: &[String]) -> Result<BTreeMap<u64, u64>, u8> {
    let pair = |text: &String| {
        let (epoch, budget) = text.split_once(':')?;
        Some((epoch.parse().ok()?, budget.parse().ok()?))
    };
    texts
        .iter()
        .map(|text| {
            pair(text).ok_or_else(|| {
                let message = format!("`{text}` is no epoch and budget");
                files::refuse_usage(&message, "write them as 8:258", Summary::Text)
            })
        })
        .collect()
}

/// A best known value.
#[derive(Debug, Clone, Copy)]
struct Best {
    vehicles: usize,
    length: f64,
}

/// A row of the results.
#[derive(Debug, Clone)]
struct Row {
    instance: String,
    class: String,
    vehicles: usize,
    length: f64,
    ok: bool,
}

const HEAD: &str = "instance,class,seed,seconds,lanes,threads,vehicles,distance,ok,epochs,iterations,rolled_back,commit,engine,machine";

fn run_all(args: &PdptwRunArgs) -> Result<u8, u8> {
    files::refuse_endless(args.seconds, Summary::Text)?;
    let usage = |message: &str, remedy: &str| files::refuse_usage(message, remedy, Summary::Text);
    let mut paths = Vec::new();
    collect(&args.dir, &mut paths);
    paths.sort();
    let wanted = |path: &PathBuf| {
        let name = name_of(path);
        args.only.is_empty() || args.only.contains(&name)
    };
    paths.retain(wanted);
    if paths.is_empty() {
        let message = format!("`{}` holds no instance that is asked for", args.dir.display());
        return Err(usage(&message, "give a folder of instances (*.txt)"));
    }
    let best = best_known(args)?;
    let done = rows_of(&args.out)?;
    let mut out = String::new();
    if done.is_empty() && !args.out.is_file() {
        out = format!("{HEAD}\n");
    }
    let mut rows = Vec::new();
    for path in &paths {
        let name = name_of(path);
        let class = path.parent().map(name_of).unwrap_or_default();
        for &seed in &args.seeds {
            let key = [
                name.clone(),
                seed.to_string(),
                args.seconds.to_string(),
                args.walks.lanes.to_string(),
                threads(args.walks.threads).to_string(),
                class.clone(),
                ENGINE.to_owned(),
            ];
            if let Some(row) = done.get(&key) {
                rows.push(row.clone());
                continue;
            }
            let clock = Clock::start(None);
            let instance = instance(path)?;
            let search = Search {
                seconds: args.seconds,
                epochs: None,
                budgets: BTreeMap::new(),
                lanes: args.walks.lanes,
                threads: threads(args.walks.threads),
                seed,
                cache: true,
                pool: true,
            };
            let (found, _) = searched(&instance, &search, None, &clock, |_, _, _| {});
            if clock.is_stopped() {
                return Ok(exit::INTERRUPTED);
            }
            let verdict = check_routes(&instance, &found.routes);
            let row = Row {
                instance: name.clone(),
                class: class.clone(),
                vehicles: verdict.vehicles,
                length: verdict.length,
                ok: verdict.faults.is_empty(),
            };
            let gap = best.get(&name).map_or_else(String::new, |best| {
                format!(", best known {} / {:.4}", best.vehicles, best.length)
            });
            println_now(&format!(
                "{name} seed {seed}: {} / {:.4}{gap}, {:.2} s{}",
                row.vehicles,
                row.length,
                clock.seconds(),
                if row.ok { "" } else { "  NOT A SOLUTION" }
            ));
            let _ = writeln!(
                out,
                "{name},{class},{seed},{},{},{},{},{:.6},{},{},{},{},{},{ENGINE},\"{}\"",
                args.seconds,
                args.walks.lanes,
                search.threads,
                row.vehicles,
                row.length,
                row.ok,
                found.epochs,
                found.iterations,
                found.broken,
                commit(),
                machine(),
            );
            append(&args.out, &out)?;
            out.clear();
            rows.push(row);
        }
    }
    print(&summary(&rows, &best, args));
    let ok = rows.iter().all(|row| row.ok);
    Ok(if ok { exit::DONE } else { exit::BROKEN })
}

fn name_of(path: impl AsRef<Path>) -> String {
    path.as_ref().file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Collects the text files of a folder and those in it.
fn collect(dir: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|ext| ext == "txt") {
            paths.push(path);
        }
    }
}

/// Reads the best known values: `best_known.csv` in the folder or above it, unless another is named.
fn best_known(args: &PdptwRunArgs) -> Result<BTreeMap<String, Best>, u8> {
    let named = args.best_known.clone().map(|path| (path, true));
    let found = || {
        let above = args.dir.ancestors().take(3).map(|dir| dir.join("best_known.csv"));
        above.into_iter().find(|path| path.is_file()).map(|path| (path, false))
    };
    let Some((path, _)) = named.or_else(found) else { return Ok(BTreeMap::new()) };
    let unreadable = |error: &dyn std::fmt::Display| {
        let message = format!("`{}` cannot be read: {error}", path.display());
        files::refuse_usage(
            &message,
            "give a table with instance, vehicles and distance",
            Summary::Text,
        )
    };
    let mut reader = csv::Reader::from_path(&path).map_err(|error| unreadable(&error))?;
    let head = reader.headers().map_err(|error| unreadable(&error))?.clone();
    let column = |name: &str| head.iter().position(|found| found == name);
    let (Some(i), Some(v), Some(d)) = (column("instance"), column("vehicles"), column("distance"))
    else {
        return Err(unreadable(&"it has no columns instance, vehicles and distance"));
    };
    let mut best = BTreeMap::new();
    for record in reader.records() {
        let record = record.map_err(|error| unreadable(&error))?;
        let cell = |at: usize| record.get(at).unwrap_or_default();
        if let (Ok(vehicles), Ok(length)) = (cell(v).parse(), cell(d).parse()) {
            best.insert(cell(i).to_owned(), Best { vehicles, length });
        }
    }
    Ok(best)
}

/// Reads the rows of results that are there, by instance, seed, seconds, lanes, threads, class and engine.
fn rows_of(path: &Path) -> Result<BTreeMap<[String; 7], Row>, u8> {
    let mut rows = BTreeMap::new();
    if !path.is_file() {
        return Ok(rows);
    }
    let unreadable = |error: &dyn std::fmt::Display| {
        let message = format!("`{}` cannot be read: {error}", path.display());
        files::refuse_usage(&message, "name another file for the results", Summary::Text)
    };
    let mut reader = csv::Reader::from_path(path).map_err(|error| unreadable(&error))?;
    let head = reader.headers().map_err(|error| unreadable(&error))?;
    if !head.iter().eq(HEAD.split(',')) {
        return Err(unreadable(&"its columns are not those of results"));
    }
    for record in reader.records() {
        let record = record.map_err(|error| unreadable(&error))?;
        let cell = |at: usize| record.get(at).unwrap_or_default().to_owned();
        let row = Row {
            instance: cell(0),
            class: cell(1),
            vehicles: cell(6).parse().map_err(|error| unreadable(&error))?,
            length: cell(7).parse().map_err(|error| unreadable(&error))?,
            ok: cell(8) == "true",
        };
        rows.insert([cell(0), cell(2), cell(3), cell(4), cell(5), cell(1), cell(13)], row);
    }
    Ok(rows)
}

fn append(path: &Path, text: &str) -> Result<(), u8> {
    use std::io::Write as _;
    let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| {
        let message = format!("`{}` cannot be written: {error}", path.display());
        files::refuse_usage(&message, "name another file with --out", Summary::Text)
    })
}

/// Sets results beside the best known, class by class.
fn summary(rows: &[Row], best: &BTreeMap<String, Best>, args: &PdptwRunArgs) -> String {
    let mut text = format!(
        "\nclass       runs  extra vehicles  mean gap where equal  best known reached  no solution   ({} s, seeds {:?}, {} lanes, {})\n",
        args.seconds,
        args.seeds,
        args.walks.lanes,
        machine()
    );
    let classes: BTreeSet<&str> = rows.iter().map(|row| row.class.as_str()).collect();
    let mut by_size: Vec<&str> = classes.into_iter().collect();
    by_size.sort_by_key(|class| (class.parse::<u64>().unwrap_or(u64::MAX), *class));
    for class in by_size {
        let of_class: Vec<&Row> = rows.iter().filter(|row| row.class == class).collect();
        let (mut extra, mut gaps, mut reached) = (0_i64, Vec::new(), 0);
        for row in &of_class {
            let Some(known) = best.get(&row.instance).filter(|_| row.ok) else { continue };
            let more = row.vehicles as i64 - known.vehicles as i64;
            extra += more;
            if more == 0 {
                gaps.push(100.0 * (row.length - known.length) / known.length);
            }
            if more < 0 || (more == 0 && row.length <= known.length + AS_GOOD) {
                reached += 1;
            }
        }
        let mean = if gaps.is_empty() {
            "-".to_owned()
        } else {
            format!("{:.3} % of {}", gaps.iter().sum::<f64>() / gaps.len() as f64, gaps.len())
        };
        let bad = of_class.iter().filter(|row| !row.ok).count();
        let _ = writeln!(
            text,
            "{class:<11}{:>5}  {extra:>14}  {mean:>20}  {reached:>18}  {bad:>11}",
            of_class.len()
        );
    }
    text
}
