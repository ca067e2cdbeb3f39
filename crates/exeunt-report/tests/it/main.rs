//! A small operation, made by hand, as people and programs are shown it.

mod example;

use example::{Example, t};
use exeunt_model::finding::{Code, Finding};
use exeunt_model::plan::Unmoved;
use exeunt_model::problem::{Place, Problem, Severity};
use exeunt_model::scenario::Assumption;
use exeunt_model::{Rule, Verdict};
use exeunt_report::{FirstScreen, SelfTestLine, SpoiledRule, assumptions, json, problems, text};

fn self_test() -> SelfTestLine {
    SelfTestLine {
        rules: 23,
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
    let test = self_test();
    text::first_screen(&FirstScreen {
        title: text::title("exeunt demo", &example.scenario),
        scenario: &example.scenario,
        plan: &example.plan,
        verdict: &example.verdict,
        bindings: Some(&example.bindings),
        variants: vec![(
            "civil hours bind military flights".into(),
            "last out of the host 16 Jan 04:00, home 16 Jan 13:34, required promises kept".into(),
        )],
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
    let Example { scenario, plan, verdict, .. } = &example;
    let summary = text::plan_summary(scenario, plan, verdict, None);
    assert!(is_within_the_screen(&summary), "{summary}");
    assert!(!summary.contains("WHAT BINDS"), "nobody looked for what binds");
    insta::assert_snapshot!(summary);
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

#[test]
fn the_situation_is_that_of_the_clock() {
    let mut example = Example::new();
    let mut at = |moment: &str| {
        example.scenario.operation.clock = Some(t(moment));
        let screen = first_screen(&example);
        let block = screen.split("\n\n").find(|block| block.starts_with("SITUATION"));
        block.expect("a block").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    // 50 people and 3 drivers of Armenia, 20 people of Kyrgyzstan, both sites theirs
    let before = at("2022-01-13T17:59:00Z");
    assert_eq!(
        before,
        "SITUATION force commander, 10 Jan: the force stays by the plan: 73 people of the force \
         still in the host, 2 of 2 sites still guarded, 0 aircraft in the air with a load"
    );
    // 18:00 UTC is midnight of the 14th; S02 is handed over at 02:00; 51 leave by air at 06:15
    let noon = at("2022-01-14T07:00:00Z");
    assert!(noon.contains("a turning point"), "{noon}");
    assert!(!noon.contains("A. Name"), "the office, not the person: {noon}");
    assert!(noon.contains("22 people of the force still in the host, 1 of 2 sites"), "{noon}");
    assert!(noon.ends_with("1 aircraft in the air with a load"), "{noon}");
    // the column crosses at 12:00; on the way back the aircraft is empty
    let night = at("2022-01-14T21:00:00Z");
    assert!(night.contains("all is normal"), "it is the 15th in Almaty: {night}");
    assert!(night.contains(" 2 people") && night.contains(" 0 aircraft"), "{night}");
    let after = at("2022-01-16T00:00:00Z");
    assert!(after.contains(" 0 people") && after.contains("0 of 2 sites"), "{after}");
    example.scenario.operation.clock = None;
    assert!(!first_screen(&example).contains("SITUATION"), "no clock, no situation");
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
