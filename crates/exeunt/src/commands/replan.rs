//! `exeunt replan`: what has become known since, and three answers to it.

use crate::args::{BenchReplanArgs, ProgressKind, ReplanArgs, SearchArgs, Summary};
use crate::commands::bench::{commit, machine};
use crate::commands::plan::threads;
use crate::commands::report::any_moment;
use crate::progress::{Clock, Shown};
use crate::{exit, files, print};
use exeunt_engine::{Answer, Request, driven_on, frozen_part, replan};
use exeunt_model::event::{Event, What};
use exeunt_model::plan::{Line, Sortie};
use exeunt_model::{Plan, Problem, Scenario, Timestamp, Verdict};
use exeunt_report::replan::{Answered, Replanned};
use exeunt_scenario::{Loaded, Logged};
use std::path::{Path, PathBuf};

/// Share of the seconds that the answer with the fewest changes takes.
const REPAIR_SHARE: f64 = 0.3;

pub(crate) fn run(args: &ReplanArgs) -> u8 {
    replanned(args).unwrap_or_else(|code| code)
}

fn replanned(args: &ReplanArgs) -> Result<u8, u8> {
    let summary = args.show.summary;
    files::refuse_endless(args.search.seconds, summary)?;
    let clock = Clock::start(None);
    if let Some(path) = &args.output {
        files::try_write(path, summary)?;
    }
    if let Some(folder) = &args.keep {
        files::refuse_used_folder(folder)?;
    }
    let loaded = files::scenario(&args.scenario, &args.overlay.overlay, summary)?;
    let plan = files::plan(&args.plan, summary)?;
    let events = events(&args.events, summary)?;
    let now = match &args.now {
        Some(text) => any_moment(&loaded.scenario, text, summary)?,
        None => last_known(&events, summary)?,
    };
    let case = Case::new(&loaded, &plan, &events, &args.events, now)
        .map_err(|problems| files::refuse(&problems, &args.scenario, summary))?;
    let search = Search::of(&args.search);
    let shown = Shown::new(args.search.progress);
    let answers = case.answers(&search, &shown);
    shown.end();
    let answers = answers.map_err(|reason| {
        files::refuse_usage(&reason, "give the plan that was made for this scenario", summary)
    })?;
    let all = case.told(answers);
    let taken = &all.answers[all.taken];
    if let Some(path) = &args.output {
        files::write_plan(path, &taken.plan, summary)?;
    }
    if let Some(folder) = &args.keep {
        case.keep(folder, &all, summary)?;
    }
    match summary {
        Summary::Json => {
            let value = exeunt_report::replan::json(&all, search.seed, clock.seconds());
            print(&format!("{value:#}\n"));
        }
        Summary::Text => {
            print(&exeunt_report::replan::text(&all));
            match (&args.output, &args.keep) {
                (Some(path), _) => print(&format!("\nwritten: {}\n", path.display())),
                (None, Some(_)) => {}
                (None, None) => print(
                    "\nnot written: give -o plan.json to keep the answer taken, --keep DIR for all\n",
                ),
            }
            if let Some(folder) = &args.keep {
                print(&kept(folder));
            }
        }
    }
    let code = files::verdict_code(&taken.verdict);
    Ok(if clock.is_stopped() { exit::INTERRUPTED } else { code })
}

fn kept(folder: &Path) -> String {
    let f = folder.display();
    format!(
        "kept in {f}: scenario.json, frozen.json, before.json and the three answers; to check one:\n  \
         exeunt check {f}/scenario.json {f}/repair.json --frozen {f}/frozen.json --before {f}/before.json\n"
    )
}

/// Reads a log of events, or shows what is wrong and returns the exit code.
fn events(path: &Path, summary: Summary) -> Result<Vec<Logged>, u8> {
    let bytes = std::fs::read(path).map_err(|error| {
        let message = format!("`{}` cannot be read: {error}", path.display());
        files::refuse_usage(&message, "give a log with one event per line", summary)
    })?;
    let name = path.display().to_string();
    exeunt_scenario::read_events(&name, &bytes)
        .map_err(|problems| files::refuse(&problems, Path::new("."), summary))
}

/// How long is searched.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Search {
    pub(crate) seed: u64,
    pub(crate) lanes: u64,
    pub(crate) threads: usize,
    /// For both searches together.
    pub(crate) seconds: f64,
    /// Of each search, instead of seconds.
    pub(crate) epochs: Option<u64>,
}

impl Search {
    fn of(args: &SearchArgs) -> Self {
        let SearchArgs { seed, lanes, seconds, epochs, .. } = *args;
        Self { seed, lanes, threads: threads(args.threads), seconds, epochs }
    }
}

/// Returns when the last event of a log became known.
fn last_known(events: &[Logged], summary: Summary) -> Result<Timestamp, u8> {
    events.last().map(|logged| logged.event.at).ok_or_else(|| {
        let message = "the log has no event, so the moment of planning is not known";
        files::refuse_usage(message, "give --now", summary)
    })
}

/// Answers every log of a folder and prints a line for each answer.
pub(crate) fn measure(args: &BenchReplanArgs) -> Result<u8, u8> {
    let summary = Summary::Text;
    files::refuse_endless(args.search.seconds, summary)?;
    let loaded = files::scenario(&args.scenario, &[], summary)?;
    let plan = files::plan(&args.plan, summary)?;
    let search = Search::of(&args.search);
    let refuse = |message: String| {
        files::refuse_usage(&message, "give a folder of logs that end in .jsonl", summary)
    };
    let entries = std::fs::read_dir(&args.dir)
        .map_err(|error| refuse(format!("`{}` cannot be read: {error}", args.dir.display())))?;
    let mut logs: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    logs.retain(|path| path.extension().is_some_and(|ending| ending == "jsonl"));
    logs.sort();
    if logs.is_empty() {
        return Err(refuse(format!("`{}` has no logs", args.dir.display())));
    }
    print(
        "log;answer;seconds;frozen_sorties;rules_broken;unmoved;promises_broken;closure;changed_sorties;z9\n",
    );
    for path in logs {
        let events = events(&path, summary)?;
        let now = last_known(&events, summary)?;
        let case = Case::new(&loaded, &plan, &events, &path, now)
            .map_err(|problems| files::refuse(&problems, &args.scenario, summary))?;
        let shown = Shown::new(ProgressKind::None);
        let answers = case.answers(&search, &shown).map_err(&refuse)?;
        let all = case.told(answers);
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for line in exeunt_report::replan::lines(&all) {
            print(&format!("{name};{line}\n"));
        }
    }
    print(&format!(
        "seed {}, {} lanes, {} threads, {}, commit {}\n",
        search.seed,
        search.lanes,
        search.threads,
        machine(),
        commit()
    ));
    Ok(exit::DONE)
}

/// A plan, and what has become known since.
pub(crate) struct Case {
    loaded: Loaded,
    before: Plan,
    frozen: Plan,
    /// The plan before, judged by what is known now.
    verdict: Verdict,
    events: Vec<Event>,
    later: usize,
    now: Timestamp,
}

impl Case {
    /// Lays the events that are known at a moment over a scenario, and finds what of the plan stands.
    pub(crate) fn new(
        loaded: &Loaded,
        plan: &Plan,
        events: &[Logged],
        file: &Path,
        now: Timestamp,
    ) -> Result<Self, Vec<Problem>> {
        let known = events.partition_point(|logged| logged.event.at <= now);
        let (events, later) = events.split_at(known);
        let before = swapped(plan, events);
        let mut draft = loaded.draft.clone();
        let flies_until = |tail: &str, t: Timestamp| flies_until(plan, tail, t.min(now)).max(t);
        draft.lay_events(&file.display().to_string(), events, &flies_until);
        draft.set_cell("operation", "", "replan.now", &now.to_rfc3339());
        let loaded = exeunt_scenario::build(draft)?;
        let s = &loaded.scenario;
        let refuse = |reason: String| {
            let remedy = "give the plan that was made for this scenario";
            vec![exeunt::plan_problem("bad-plan", "the plan", None, reason, remedy)]
        };
        let frozen = frozen_part(s, &before, now).map_err(refuse)?;
        let frozen = standing(s, driven_on(s, &frozen, now), now);
        let mut judged = before.clone();
        judged.scenario_hash.clone_from(&s.hash);
        let verdict = exeunt_check::check_against(s, &judged, Some(&frozen), Some(&before));
        let events = events.iter().map(|logged| logged.event.clone()).collect();
        Ok(Self { before, frozen, verdict, events, later: later.len(), now, loaded })
    }

    /// Returns the scenario as it is known now.
    pub(crate) fn scenario(&self) -> &Scenario {
        &self.loaded.scenario
    }

    /// Plans the three answers, one after the other.
    pub(crate) fn answers(&self, search: &Search, shown: &Shown) -> Result<Vec<Answered>, String> {
        Answer::ALL.into_iter().map(|answer| self.answer(answer, search, shown)).collect()
    }

    /// Plans an answer and has it checked.
    fn answer(&self, answer: Answer, search: &Search, shown: &Shown) -> Result<Answered, String> {
        let s = self.scenario();
        let seconds = match answer {
            Answer::Shift => 0.0,
            Answer::Repair => search.seconds * REPAIR_SHARE,
            Answer::Free => search.seconds * (1.0 - REPAIR_SHARE),
        };
        let mut clock = Clock::start(search.epochs.is_none().then_some(seconds));
        let since = clock.since();
        let request = Request {
            seed: search.seed,
            lanes: search.lanes,
            threads: search.threads,
            epochs: search.epochs.unwrap_or(u64::MAX),
            frozen: Some(&self.frozen),
            before: Some(&self.before),
            warm_start: None,
        };
        let progress = |progress: &_| shown.improvement(since.seconds(), progress);
        let mut plan = replan(s, answer, &request, |_| clock.go_on(), progress)?.plan;
        let check = |plan: &Plan| {
            exeunt_check::check_against(s, plan, Some(&self.frozen), Some(&self.before))
        };
        let mut verdict = check(&plan);
        // a plan that stands is an answer as well, and one that changes nothing
        if self.verdict.accepted && value(answer, &self.verdict) <= value(answer, &verdict) {
            plan = Plan {
                scenario_hash: s.hash.clone(),
                bounds: Vec::new(),
                proof: None,
                ..self.before.clone()
            };
            (plan.levels, plan.objective) =
                (self.verdict.levels.clone(), self.verdict.objective.clone());
            plan.bounds = vec![None; plan.levels.len()];
            verdict = check(&plan);
        }
        let changes = exeunt_check::differences(s, &plan, &self.before);
        Ok(Answered { name: answer.name(), plan, verdict, changes, seconds: since.seconds() })
    }

    /// Puts the answers side by side and takes one.
    pub(crate) fn told(&self, answers: Vec<Answered>) -> Replanned<'_> {
        let worth = |answer: &Answered| answer.verdict.objective[..4].to_vec();
        let best = answers.iter().map(worth).min();
        let taken = answers.iter().position(|answer| Some(worth(answer)) == best).unwrap_or(0);
        let Plan { lines, columns, handovers, .. } = &self.frozen;
        let sorties = lines.iter().map(|line| line.sorties.len()).sum();
        Replanned {
            scenario: self.scenario(),
            now: self.now,
            events: self.events.clone(),
            later: self.later,
            before: &self.verdict,
            frozen: (sorties, columns.len(), handovers.len()),
            answers,
            taken,
        }
    }

    /// Writes everything into a new folder: the scenario as it is now, what stands, the plan before, the answers.
    fn keep(&self, folder: &Path, all: &Replanned<'_>, summary: Summary) -> Result<(), u8> {
        let failed = |error: std::io::Error| {
            let message = format!("`{}` cannot be written: {error}", folder.display());
            files::refuse_usage(&message, "name another folder", summary)
        };
        std::fs::create_dir_all(folder).map_err(failed)?;
        self.loaded.draft.write_json(&folder.join("scenario.json")).map_err(failed)?;
        files::write_plan(&folder.join("frozen.json"), &self.frozen, summary)?;
        files::write_plan(&folder.join("before.json"), &self.before, summary)?;
        for answer in &all.answers {
            let path = folder.join(format!("{}.json", answer.name));
            files::write_plan(&path, &answer.plan, summary)?;
        }
        Ok(())
    }
}

/// Returns what an answer is judged by: changes come first after rules and promises in a repair, else where they stand.
fn value(answer: Answer, verdict: &Verdict) -> Vec<i64> {
    let mut levels: Vec<(&String, i64)> =
        verdict.levels.iter().zip(verdict.objective.iter().copied()).collect();
    if answer != Answer::Free {
        levels[4..].sort_by_key(|(level, _)| *level != "z9");
    }
    levels.into_iter().map(|(_, value)| value).collect()
}

/// Returns until when a tail ends what it has begun in the air at a moment; the moment itself if it is on the ground.
fn flies_until(plan: &Plan, tail: &str, t: Timestamp) -> Timestamp {
    let lines = plan.lines.iter().filter(|line| line.tail == tail);
    let flying = lines.flat_map(|line| &line.sorties).filter(|sortie| sortie.departs < t);
    let end = |sortie: &Sortie| sortie.unloading.map_or(sortie.lands, |service| service.ends);
    flying.map(end).fold(t, Timestamp::max)
}

/// Has tails fly what others were to fly, as events say.
fn swapped(plan: &Plan, events: &[Logged]) -> Plan {
    let mut plan = plan.clone();
    for Logged { event, .. } in events {
        let What::TailSwapped { tail, by, .. } = &event.what else { continue };
        let from = event.from();
        let Some(at) = plan.lines.iter().position(|line| line.tail == *tail) else { continue };
        let begins =
            |sortie: &Sortie| sortie.loading.map_or(sortie.departs, |service| service.starts);
        let sorties = &mut plan.lines[at].sorties;
        let first = sorties.iter().position(|sortie| begins(sortie) >= from);
        let moved = sorties.split_off(first.unwrap_or(sorties.len()));
        match plan.lines.iter_mut().find(|line| line.tail == *by) {
            Some(line) => {
                line.sorties.extend(moved);
                line.sorties.sort_by_key(begins);
            }
            None => plan.lines.push(Line { tail: by.clone(), sorties: moved }),
        }
        plan.lines.retain(|line| !line.sorties.is_empty());
    }
    plan
}

/// Takes out of the frozen part what has begun to load and cannot depart any more.
fn standing(s: &Scenario, mut frozen: Plan, now: Timestamp) -> Plan {
    loop {
        let verdict = exeunt_check::check(s, &frozen, Some(&frozen));
        let named = |sortie: &Sortie| {
            let object = format!("sortie `{}`", sortie.id);
            sortie.departs >= now && verdict.findings.iter().any(|row| row.object == object)
        };
        let mut changed = false;
        for line in &mut frozen.lines {
            if let Some(at) = line.sorties.iter().position(named) {
                line.sorties.truncate(at);
                changed = true;
            }
        }
        frozen.lines.retain(|line| !line.sorties.is_empty());
        if !changed {
            return frozen;
        }
    }
}
