//! A small operation, made by hand, as people and programs are shown it.

mod example;
mod language;
mod ledger;
mod page;
mod ruler;

use example::{Example, t};
use exeunt_model::finding::{Code, Finding};
use exeunt_model::plan::Unmoved;
use exeunt_model::problem::{Place, Problem, Severity};
use exeunt_model::residual::{LastStop, Strength};
use exeunt_model::scenario::{
    Activity, Assumption, Curfew, Hours, Mandate, MandateKind, Tail, UserClass,
};
use exeunt_model::{
    Duration, Id, Interval, MandateId, PartyId, Residual, Rule, Scenario, SiteId, Timestamp,
    Verdict,
};
use exeunt_report::{FirstScreen, SelfTestLine, SpoiledRule, assumptions, json, problems, text};

fn self_test() -> SelfTestLine {
    SelfTestLine {
        rules: 24,
        spoiled: 10,
        refused: 10,
        example: Some(
            "spoiled copy 4: loading team of Almaty leaves a day early -> C25, need 1 at \
             2022-01-14T02:00:00Z, found 0"
                .into(),
        ),
        by_rule: vec![SpoiledRule { rule: Rule::C25, spoiled: 10, refused: 10 }],
    }
}

fn first_screen(example: &Example) -> String {
    first_screen_with(example, &residual(22, 1))
}

/// So many people of the first party in the host, and so many sites guarded.
fn residual(people: i64, n_guarded: usize) -> Residual {
    let strength = vec![Strength { party: PartyId(0), people, vehicles: 0 }];
    let guarded = (0..n_guarded).map(SiteId::from_index).collect();
    let back = Duration(14 * 3_600);
    Residual { at: t("2022-01-14T10:00:00Z"), strength, guarded, first_back: Some(back) }
}

fn first_screen_with(example: &Example, residual: &Residual) -> String {
    screen_with(example, residual, &[])
}

fn screen_with(example: &Example, residual: &Residual, last_stops: &[LastStop]) -> String {
    let test = self_test();
    text::first_screen(&FirstScreen {
        title: text::title("exeunt demo", &example.scenario),
        scenario: &example.scenario,
        plan: &example.plan,
        verdict: &example.verdict,
        ruler: None,
        recorded: Some(&example.verdict),
        bindings: Some(&example.bindings),
        why_not_earlier: Some(
            "television centre, second, waits for the host's teams: 17 h; one more team: 6 h earlier"
                .into(),
        ),
        variants: vec![(
            "civil hours bind military flights".into(),
            "last out of the host 16 Jan 04:00, home 16 Jan 13:34, required promises kept".into(),
        )],
        residual: Some(residual),
        last_stops,
        self_test: Some(&test),
        assumptions_file: Some("exeunt-demo/assumptions.html".into()),
        next: vec!["exeunt check exeunt-demo/scenario exeunt-demo/plan.json".into()],
    })
}

fn is_within_the_screen(text: &str) -> bool {
    text.lines().all(|line| line.chars().count() <= 100 && !line.ends_with(' '))
}

#[test]
fn the_first_screen() {
    let screen = first_screen(&Example::new());
    assert!(is_within_the_screen(&screen), "{screen}");
    insta::assert_snapshot!(screen);
}

#[test]
fn the_summary_of_a_plan_that_leaves_something() {
    let mut example = Example::new();
    example.plan.unmoved.push(Unmoved {
        piece: "AM-T".into(),
        count: 2,
        rule: "C12".into(),
        reason:
            "a truck of 52,000 kg is more than the 47,000 kg that an Il-76MD lifts over 2,900 km; \
                 send it by road or by a larger aircraft"
                .into(),
    });
    example.scenario.pieces.rows[1].title = "Ural-4320".into();
    example.plan.unmoved.push(Unmoved {
        piece: "AM-K".into(),
        count: 1,
        rule: "C13".into(),
        reason: "no aircraft has floor for it".into(),
    });
    add_rows_that_need_a_switch(&mut example.scenario);
    // of 53 people, three trucks and two pallets
    let armenia = &mut example.verdict.parties[0];
    (armenia.people, armenia.vehicles) = (51, 2);
    (example.verdict.unmoved, example.verdict.objective[1]) = (3, 3);
    // a million is a required promise of rank 1
    example.verdict.objective[2] = 1_000_000;
    let Example { scenario, plan, verdict, .. } = &example;
    let summary = text::plan_summary(scenario, plan, verdict, None);
    assert!(is_within_the_screen(&summary), "{summary}");
    assert!(!summary.contains("WHAT BINDS"), "nobody looked for what binds");
    insta::assert_snapshot!(summary);
}

/// Gives the scenario two curfews and civil hours of one field, both switched off.
fn add_rows_that_need_a_switch(scenario: &mut Scenario) {
    for name in ["K1", "K2"] {
        let (name, area) = (name.into(), "Almaty".into());
        scenario.curfews.push(Curfew { name, area, windows: vec![] });
    }
    let place = scenario.place("UAAA").expect("a field of the example");
    for activity in [Activity::Movement, Activity::Handling] {
        let user_class = UserClass::Civil;
        scenario.hours.push(Hours { place, user_class, activity, windows: vec![] });
    }
}

fn tail(scenario: &Scenario, user_class: UserClass) -> Tail {
    Tail {
        name: "T9".into(),
        pool: "T9".into(),
        aircraft: Id::from_index(0),
        owner: Id::from_index(0),
        user_class,
        base: scenario.place("UAAA").expect("a field of the example"),
        available: Interval { from: Timestamp::MIN, to: Timestamp::MAX },
        maintenance: vec![],
    }
}

#[test]
fn rows_without_effect_are_named() {
    const CURFEWS: &str = "2 curfews (curfews_bind_columns is false)";
    const HOURS: &str = "civil hours at 1 field (civil_hours_bind_military is false)";
    let mut example = Example::new();
    assert!(!first_screen(&example).contains("NOT APPLIED"), "no such rows");
    add_rows_that_need_a_switch(&mut example.scenario);
    example.scenario.tails.push(tail(&example.scenario, UserClass::Military));
    let screen = first_screen(&example);
    let block = format!("\n\nNOT APPLIED  {CURFEWS}\n             {HOURS}\n\n");
    assert!(screen.contains(&block), "{screen}");
    example.scenario.tails.push(tail(&example.scenario, UserClass::Civil));
    let screen = first_screen(&example);
    assert!(screen.contains(CURFEWS) && !screen.contains(HOURS), "civil tails: {screen}");
    example.scenario.tails.rows.clear();
    example.scenario.operation.curfews_bind_columns = true;
    let screen = first_screen(&example);
    assert!(!screen.contains(CURFEWS) && screen.contains(HOURS), "bound: {screen}");
    example.scenario.operation.civil_hours_bind_military = true;
    assert!(!first_screen(&example).contains("NOT APPLIED"), "both are applied");
}

#[test]
fn a_party_of_which_nothing_moves_has_no_numbers() {
    let mut example = Example::new();
    let stays = &mut example.verdict.parties[0];
    (stays.people, stays.vehicles, stays.loaded_sorties) = (0, 0, 0);
    (stays.first_departure, stays.last_departure) = (None, None);
    (stays.home_airfield, stays.closure) = (None, None);
    stays.types.clear();
    let line = |example: &Example| {
        let screen = first_screen(example);
        let line = screen.lines().find(|line| line.starts_with(" Armenia")).expect("a line each");
        assert!(!screen.contains("a: assumed"), "its trucks are assumed and not shown: {screen}");
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(line(&example), "Armenia - - nothing moves - - -");
    example.verdict.parties.remove(0);
    assert_eq!(line(&example), "Armenia - - nothing moves - - -", "the verdict may leave it out");
    example.scenario.operation.clock = None;
    assert_eq!(line(&example), "Armenia - - nothing moves - -");
}

#[test]
fn a_plan_for_other_tables_is_called_so_without_hashes() {
    let mut example = Example::new();
    let check = |example: &Example| text::check_summary(&example.scenario, &example.verdict, None);
    example.scenario.hash = "0b5e".repeat(16);
    let note = format!(
        "the plan was made for scenario `{}`, this scenario is `{}`",
        "77aa".repeat(16),
        example.scenario.hash
    );
    example.verdict.notes = vec![note, "another remark".into()];
    let summary = check(&example);
    let third = summary.lines().nth(2);
    assert_eq!(third, Some("this plan was made for other tables than these"), "{summary}");
    assert!(!summary.contains("77aa") && !summary.contains("0b5e"), "{summary}");
    assert!(summary.contains("  note: another remark\n"), "{summary}");
    example.scenario.hash.clear();
    example.verdict.notes.remove(0);
    assert!(!check(&example).contains("other tables"), "a scenario without a hash");
}

#[test]
fn what_a_checked_plan_leaves_is_counted() {
    let mut example = Example::new();
    let check = |example: &Example| text::check_summary(&example.scenario, &example.verdict, None);
    assert!(!check(&example).contains("UNMOVED"));
    example.verdict.unmoved = 7;
    assert!(check(&example).contains("\n\nUNMOVED  7 pieces and people, as the plan lists them\n"));
    example.verdict.unmoved = 1;
    assert!(check(&example).contains("\n\nUNMOVED  1 piece or person, as the plan lists it\n"));
    example.verdict.findings.push(Finding {
        rule: Code::Rule(Rule::C01),
        object: "piece `AM-T`".into(),
        at: None,
        message: "1 of it never move, 0 are listed as unmoved".into(),
    });
    assert!(check(&example).contains("\n\nUNMOVED  1 piece or person\n"), "it lists nothing");
}

#[test]
fn days_on_which_nothing_binds_are_told_from_no_departures() {
    let mut example = Example::new();
    let binds = |example: &Example| {
        let Example { scenario, plan, verdict, .. } = example;
        let summary = text::plan_summary(scenario, plan, verdict, Some(&[]));
        let block = summary.split("\n\n").find(|block| block.starts_with("WHAT BINDS"));
        block.expect("a block").lines().map(str::trim).collect::<Vec<_>>().join("|")
    };
    let head =
        "WHAT BINDS  one unit more, planned again, and the day's last leaves the host earlier";
    let both = format!("{head}|14 Jan  nothing single|15 Jan  nothing single");
    assert_eq!(binds(&example), both);
    // without aircraft: the column that crosses on the 14th is left
    example.verdict.days.clear();
    example.verdict.parties.remove(0);
    assert_eq!(binds(&example), format!("{head}|14 Jan  nothing single"));
    example.verdict.parties.clear();
    assert_eq!(binds(&example), format!("{head}|14 Jan  nothing single"), "by the plan alone");
    let columns = std::mem::take(&mut example.plan.columns);
    assert_eq!(binds(&example), "WHAT BINDS  nothing leaves the host");
    // without a host each of the three columns takes pieces from where they are at the start
    example.scenario.operation.host_states.clear();
    assert_eq!(binds(&example), "WHAT BINDS  nothing departs");
    example.plan.columns = columns;
    let words = binds(&example);
    assert!(words.ends_with("|14 Jan  nothing single|15 Jan  nothing single"), "{words}");
}

#[test]
fn one_of_a_thing_is_singular() {
    let mut example = Example::new();
    example.scenario.promises.rows.truncate(1);
    example.verdict.promises.truncate(1);
    example.scenario.sites.rows.truncate(1);
    example.scenario.steps.rows.truncate(2);
    example.verdict.loaded_sorties = 1;
    example.verdict.ferry_sorties = 2;
    // the second sortie of Armenia has taken all but the driver of one truck
    example.plan.lines[0].sorties[2].load[0].count = 1;
    example.scenario.operation.clock = Some(t("2022-01-15T07:00:00Z"));
    let screen = first_screen_with(&example, &residual(1, 0));
    for part in [
        "2 events, 1 promise\n",
        "by the plan: 1 person of the force still in the host, 0 of 1 site still guarded",
        " 1 loaded sortie and 2 ferry sorties on 1 aircraft\n",
    ] {
        assert!(screen.contains(part), "no `{part}`: {screen}");
    }
}

#[test]
fn a_screen_without_a_clock_says_year_and_zone() {
    let mut example = Example::new();
    let span = "\n13 Jan 2022 to 23 Jan 2022, times in +06:00\n";
    assert!(!first_screen(&example).contains(span), "the title has them");
    example.scenario.operation.clock = None;
    assert!(first_screen(&example).contains(span));
}

#[test]
fn findings_stand_under_the_sentence_of_their_rule() {
    let example = Example::new();
    let finding = |rule, object: &str, message: &str| Finding {
        rule,
        object: object.into(),
        at: Some(t("2022-01-14T05:00:00Z")),
        message: message.into(),
    };
    let verdict = Verdict {
        accepted: false,
        findings: vec![
            finding(
                Code::Rule(Rule::C15),
                "airfield `UAAA`",
                "3 handling teams at work, 2 there; start the loading of sortie `S2` at \
                 2022-01-14T06:00:01Z",
            ),
            finding(Code::Form, "line 2", "tail `T9` is not in the scenario"),
            finding(Code::Rule(Rule::C15), "airfield `UAAA`", "4 handling teams at work, 2 there"),
        ],
        ..example.verdict
    };
    let test = SelfTestLine { refused: 9, ..self_test() };
    let summary = text::check_summary(&example.scenario, &verdict, Some(&test));
    assert!(is_within_the_screen(&summary), "{summary}");
    insta::assert_snapshot!(summary);
}

#[test]
fn a_party_is_where_its_pieces_are() {
    let mut example = Example::new();
    let mut words_at = |moment: &str| {
        example.scenario.operation.clock = Some(t(moment));
        let screen = first_screen(&example);
        let word = |party: &str| {
            let mut lines = screen.lines().skip_while(|line| !line.starts_with(party));
            let mut last_cell =
                || lines.next().and_then(|line| line.rsplit("  ").next()).expect("a line each");
            match last_cell() {
                share if share.ends_with(" of") => format!("{share} {}", last_cell()),
                word => word.to_owned(),
            }
        };
        (word(" Armenia"), word(" Kyrgyzstan"))
    };
    let mut expect = |moment, armenia: &str, kyrgyzstan: &str| {
        assert_eq!(words_at(moment), (armenia.to_owned(), kyrgyzstan.to_owned()), "at {moment}");
    };
    // Armenia loads from 04:00, flies 06:15-10:30, is unloaded by 12:45, and its second sortie
    // follows a day later; Kyrgyzstan drives 02:00-12:00 and its two vehicles clear by 12:02
    expect("2022-01-14T01:00:00Z", "at sites", "at sites");
    expect("2022-01-14T05:00:00Z", "loading", "marching");
    // 50 of 50 people and the driver of 1 of 3 trucks are in the air: 51 of 53 people
    expect("2022-01-14T07:00:00Z", "96 % of people out", "marching");
    expect("2022-01-14T12:01:00Z", "96 % of people out", "marching");
    expect("2022-01-14T12:02:00Z", "96 % of people out", "home");
    // the second sortie takes off on 15 January at 06:15, lands 10:30, is unloaded 12:45
    expect("2022-01-15T07:00:00Z", "in flight", "home");
    expect("2022-01-15T11:00:00Z", "landed", "home");
    expect("2022-01-16T00:00:00Z", "home", "home");
}

/// Counts that no scenario has, in every place where a plan counts, are shown like all or none.
#[test]
fn absurd_counts_are_no_danger() {
    for absurd in [i64::MIN, -1, i64::MAX] {
        let mut example = Example::new();
        example.scenario.operation.clock = Some(t("2022-01-16T00:00:00Z"));
        let sorties = example.plan.lines.iter_mut().flat_map(|line| &mut line.sorties);
        for load in sorties.flat_map(|sortie| &mut sortie.load) {
            load.count = absurd;
        }
        for load in example.plan.columns.iter_mut().flat_map(|column| &mut column.load) {
            load.count = absurd;
        }
        let stays = |piece: &str| Unmoved {
            piece: piece.to_owned(),
            count: absurd,
            rule: "C01".to_owned(),
            reason: "absurd".to_owned(),
        };
        let piece = example.scenario.pieces.rows[0].name.clone();
        example.plan.unmoved.extend([stays(&piece), stays(&piece), stays("no such piece")]);
        let screen = first_screen(&example);
        let summary = text::plan_summary(&example.scenario, &example.plan, &example.verdict, None);
        let home = if absurd > 0 { "home" } else { "at sites" };
        assert!(screen.contains(home) && summary.contains("UNMOVED"), "{screen}\n{summary}");
    }
}

#[test]
fn the_situation_is_that_of_the_clock() {
    let mut example = Example::new();
    let mut at = |moment: &str, people, n_guarded| {
        example.scenario.operation.clock = Some(t(moment));
        let screen = first_screen_with(&example, &residual(people, n_guarded));
        let block = screen.split("\n\n").find(|block| block.starts_with("SITUATION"));
        block.expect("a block").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    // 50 people and 3 drivers of Armenia, 20 people of Kyrgyzstan, both sites theirs
    let before = at("2022-01-13T17:59:00Z", 73, 2);
    assert_eq!(
        before,
        "SITUATION force commander, 10 Jan: the force stays by the plan: 73 people of the force \
         still in the host, 2 of 2 sites still guarded, 0 aircraft in the air with a load, first unit \
         back in 14 h"
    );
    // 18:00 UTC is midnight of the 14th; S02 is handed over at 02:00; 51 leave by air at 06:15
    let noon = at("2022-01-14T07:00:00Z", 22, 1);
    assert!(noon.contains("a turning point"), "{noon}");
    assert!(!noon.contains("A. Name"), "the office, not the person: {noon}");
    assert!(noon.contains("22 people of the force still in the host, 1 of 2 sites"), "{noon}");
    assert!(noon.contains("1 aircraft in the air with a load"), "{noon}");
    // the column crosses at 12:00; on the way back the aircraft is empty
    let night = at("2022-01-14T21:00:00Z", 2, 1);
    assert!(night.contains("all is normal"), "it is the 15th in Almaty: {night}");
    assert!(night.contains(" 2 people") && night.contains(" 0 aircraft"), "{night}");
    let after = at("2022-01-16T00:00:00Z", 0, 0);
    assert!(after.contains(" 0 people") && after.contains("0 of 2 sites"), "{after}");
    example.scenario.operation.clock = None;
    assert!(!first_screen(&example).contains("SITUATION"), "no clock, no situation");
}

#[test]
fn a_stop_keeps_the_sites_of_a_task_until_a_moment() {
    let mut example = Example::new();
    let (name, text) = ("M1".to_owned(), "guard of two sites".to_owned());
    let kind = MandateKind::Task(example.scenario.sites.ids().collect());
    example.scenario.mandate.push(Mandate { name, text, statement: None, kind });
    example.scenario.operation.clock = Some(t("2022-01-14T10:00:00Z"));
    let says = |losses: &[(&str, u32)]| {
        let losses = losses.iter().map(|&(at, site)| (t(at), SiteId(site))).collect();
        let stop = LastStop { task: MandateId(0), losses };
        let screen = screen_with(&example, &residual(22, 1), &[stop]);
        screen.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let later = says(&[("2022-01-14T12:00:00Z", 1)]);
    assert!(
        later.contains("stopping the lift keeps its 2 sites until 14 Jan 18:00, then "),
        "{later}"
    );
    let one = says(&[("2022-01-14T08:00:00Z", 0), ("2022-01-14T12:00:00Z", 1)]);
    assert!(
        one.contains("1 of its 2 sites cannot be kept any more, a stop keeps the others until"),
        "{one}"
    );
    let all = says(&[("2022-01-14T08:00:00Z", 0), ("2022-01-14T09:00:00Z", 1)]);
    assert!(
        all.contains("2 of its 2 sites cannot be kept any more, the plan costs no other"),
        "{all}"
    );
}

#[test]
fn a_crowded_table_of_nations_breaks_where_it_reads_best() {
    let mut example = Example::new();
    let types = [("Il-76MD", 71), ("Il-76MD-90A", 11)];
    example.verdict.parties[0].types = types.map(|(name, n)| (name.to_owned(), n)).to_vec();
    example.verdict.parties[0].columns_out = 1;
    // one of two pallets stays; three trucks and the other go
    let stays =
        Unmoved { piece: "AM-K".into(), count: 1, rule: "C12".into(), reason: String::new() };
    example.plan.unmoved.push(stays);
    example.verdict.parties[0].vehicles = 4;
    let text = "pallets are assumed".into();
    let assumption = Assumption { table: "pieces".into(), row: "AM-K".into(), text };
    example.scenario.assumptions.push(assumption);
    let screen = first_screen(&example);
    assert!(is_within_the_screen(&screen), "{screen}");
    for part in
        ["82 loads: 71 Il-76MD,  ", "11 Il-76MD-90A  ", "+ 1 column\n", " 3a ", "+ 1a pallet "]
    {
        assert!(screen.contains(part), "no `{part}`: {screen}");
    }
}

#[test]
fn what_all_gain_stands_once_with_the_last_day_of_the_thing() {
    let example = Example::new();
    let screen = first_screen(&example);
    // 15 Jan 12:45 less 14 Jan 13:00 is 23 h 45 min
    let words = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(words.matches("all home 23 h 45 min earlier").count(), 1, "{screen}");
    assert!(words.contains("nobody leaves that late, all home 23 h 45 min earlier"), "{screen}");
}

#[test]
fn many_days_stand_in_blocks_and_long_assumptions_are_cut() {
    let mut example = Example::new();
    let first = example.verdict.days[0].clone();
    for n in 2..14 {
        let mut later = first.clone();
        later.day.from.0 += n * 86_400;
        later.day.to.0 += n * 86_400;
        later.handling_capacity_s = None;
        example.verdict.days.push(later);
    }
    for recorded in &mut example.scenario.record {
        recorded.shown = "40 in two days".into();
    }
    example.scenario.assumptions[0].text = "taken from a list of the year before ".repeat(9);
    let screen = first_screen(&example);
    assert!(is_within_the_screen(&screen), "{screen}");
    let heads = screen.lines().filter(|line| line.starts_with(" loaded sorties out"));
    assert_eq!(heads.count(), 2, "fourteen days in two blocks");
    assert_eq!(screen.matches("the year before").count(), 2, "one line: {screen}");
    assert!(screen.contains("…"), "{screen}");
}

#[test]
fn the_plan_in_json() {
    let Example { scenario, plan, verdict, bindings } = Example::new();
    let value = json::plan_summary(&scenario, &plan, &verdict, 12, 9.5, 1, &bindings);
    let text = serde_json::to_string_pretty(&value).expect("a value can be written");
    insta::assert_snapshot!(text);
}

#[test]
fn the_verdict_in_json() {
    let Example { scenario, mut verdict, .. } = Example::new();
    verdict.promises.truncate(1);
    let value = json::check_summary(&scenario, &verdict, Some(&self_test()));
    let text = serde_json::to_string_pretty(&value).expect("a value can be written");
    insta::assert_snapshot!(text);
    assert!(json::check_summary(&scenario, &verdict, None)["spoiled"].is_null());
}

#[test]
fn assumptions_are_escaped_and_nothing_is_fetched() {
    let mut scenario = Example::new().scenario;
    scenario.assumptions.push(Assumption {
        table: "hours".into(),
        row: "B<1>".into(),
        text: "\"open\" & <script>alert('x')</script>".into(),
    });
    let page = assumptions::html(&scenario);
    assert!(
        page.contains("&quot;open&quot; &amp; &lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")
    );
    assert!(page.contains("B&lt;1&gt;"));
    assert!(!page.contains("<script"));
    assert!(!page.contains("://"));
    assert_eq!(page.matches("<h2>").count(), 2, "one heading a table");
    assert_eq!(page.matches("<table>").count(), page.matches("</table>").count());
}

#[test]
fn problems_are_shown_together_errors_first() {
    let warning = Problem {
        severity: Severity::Warning,
        code: "no-position".into(),
        object: "place `AM-YEREVAN`".into(),
        place: Place { file: "places.csv".into(), row: Some(3), ..Place::default() },
        message: "place `AM-YEREVAN` has no latitude and longitude".into(),
        value: None,
        limit: None,
        remedy: "fill in lat and lon, or leave it if only roads lead there".into(),
    };
    let error = Problem {
        severity: Severity::Error,
        code: "out-of-range".into(),
        object: "piece `AM-T`".into(),
        place: Place {
            file: "pieces.csv".into(),
            row: Some(14),
            column: Some("mass_kg".into()),
            ..Place::default()
        },
        message: "piece `AM-T` weighs 0 kg".into(),
        value: Some("0".into()),
        limit: Some("more than 0".into()),
        remedy: "write its mass in kg".into(),
    };
    let found = [warning, error];
    insta::assert_snapshot!(problems::text(&found));
    let value = problems::json(&found);
    assert_eq!((value["errors"].as_u64(), value["warnings"].as_u64()), (Some(1), Some(1)));
    assert_eq!(value["problems"][1]["place"]["column"], "mass_kg");
    assert_eq!(problems::text(&[]), "");
}
