//! `exeunt prove`: what no plan can beat, beside what a plan reaches.

use crate::args::ProveArgs;
use crate::{exit, files, print};

pub(crate) fn run(args: &ProveArgs) -> u8 {
    proved(args).unwrap_or_else(|code| code)
}

fn proved(args: &ProveArgs) -> Result<u8, u8> {
    let summary = args.show.summary;
    let loaded = files::scenario(&args.scenario, &args.overlay.overlay, summary)?;
    let s = &loaded.scenario;
    let path = args.plan.as_ref().expect("for now");
    let plan = files::plan(path, summary)?;
    let plan = exeunt_engine::prove_plan(s, plan, &[]);
    let p = plan.proof.as_ref().expect("just made");
    for l in &p.lemmas {
        println!(
            "lemma {} {} by {} from {} {} steps to {}",
            l.step,
            l.not_before,
            l.teams.resource,
            l.teams.from,
            l.teams.steps.len(),
            l.teams.last_ends
        );
    }
    for c in &p.certificates {
        let text = format!("{:?} {:?}", c.claim, c.evidence);
        println!("{:?} {}", c.stage, text.chars().take(700).collect::<String>());
    }
    println!("{:?}\n{:?}\n{:?}", plan.levels, plan.objective, plan.bounds);
    print("");
    Ok(exit::DONE)
}
