//! The grammar of the command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Plans and checks the movement of a multinational mission under a deadline.
#[derive(Debug, Parser)]
#[command(name = "exeunt", version, arg_required_else_help = true)]
#[command(
    after_help = "Start with `exeunt demo`. Exit codes: 0 done, 1 a rule or required promise is broken, \
2 bad input, 3 something stays unmoved or a hard date is broken, 4 interrupted, 70 internal error."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Plans the withdrawal of January 2022 and shows what can be said of it
    Demo(DemoArgs),
    /// Writes a scenario: a template, or one made of your own list of pieces
    New(NewArgs),
    /// Reads a scenario and lists everything that is wrong with it
    Validate(ValidateArgs),
    /// Plans a scenario
    Plan(PlanArgs),
    /// Proves what no plan can beat, and shows it beside a plan
    Prove(ProveArgs),
    /// Checks a plan against its scenario, by code that shares no rule with the planner
    Check(CheckArgs),
    /// Writes a document about a plan: the page in three languages, or the list of assumptions
    Report(ReportArgs),
    /// The ledger: lists what was said, adds a row, or sets the rows side by side
    Statements(StatementsArgs),
    /// Explains why something is not earlier, and what one change would bring
    Explain(ExplainArgs),
    /// Prints a JSON Schema
    Schema(SchemaArgs),
    /// What may be promised: dates that no plan keeps, that this plan keeps, and that are kept with a probability
    Promise(PromiseArgs),
    /// Plans anew after what has become known: three answers, and what each changes
    Replan(ReplanArgs),
    /// Replays a plan many times: how likely each promise is, with two intervals, and what decides
    Simulate(SimulateArgs),
    /// Invents an operation of any size in which everything can move
    Generate(GenerateArgs),
    /// Measures
    Bench(BenchArgs),
}

/// How large an operation is invented; what is not given follows from the number of pieces.
#[derive(Debug, Args)]
pub(crate) struct SizeArgs {
    /// Aircraft
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=2_000))]
    pub(crate) tails: Option<u32>,
    /// Airfields, those of the host and those at home
    #[arg(long, value_parser = clap::value_parser!(u32).range(2..=99))]
    pub(crate) airfields: Option<u32>,
    /// Guarded sites
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=900))]
    pub(crate) sites: Option<u32>,
    /// Seed
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Pieces on top that no aircraft takes
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    pub(crate) infeasible: u32,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example: exeunt generate --pieces 1000 --seed 7 large && exeunt plan large -o plan.json"
)]
pub(crate) struct GenerateArgs {
    /// New folder
    pub(crate) dir: PathBuf,
    /// Vehicles, pallets and containers; people come on top
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) pieces: u32,
    #[command(flatten)]
    pub(crate) size: SizeArgs,
}

#[derive(Debug, Args)]
#[command(after_help = "Example: exeunt bench scale --pieces 1000,10000 --at 10,60")]
pub(crate) struct BenchScaleArgs {
    /// Numbers of pieces, each an operation of its own
    #[arg(long, value_delimiter = ',', default_value = "1000,10000")]
    pub(crate) pieces: Vec<u32>,
    /// Seconds at which the best plan is looked at; the search ends with the last
    #[arg(long, value_delimiter = ',', default_value = "10,60")]
    pub(crate) at: Vec<f64>,
    #[command(flatten)]
    pub(crate) size: SizeArgs,
    #[command(flatten)]
    pub(crate) walks: WalksArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Summary {
    /// For people
    Text,
    /// One JSON object on standard output and nothing else
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProgressKind {
    /// A line on a terminal, nothing elsewhere
    Auto,
    /// A JSON object per improvement on standard error
    Json,
    /// Nothing
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// English; Russian and Arabic follow in a later stage
    En,
}

/// How the result is shown.
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// Form of the summary
    #[arg(long, value_enum, default_value_t = Summary::Text)]
    pub(crate) summary: Summary,
    /// Language
    #[arg(long, value_enum, default_value_t = Language::En)]
    pub(crate) lang: Language,
}

/// How long is searched, and how.
#[derive(Debug, Args)]
pub(crate) struct SearchArgs {
    /// Time for planning in seconds, reading included
    #[arg(long, default_value_t = 10.0, conflicts_with = "epochs")]
    pub(crate) seconds: f64,
    /// Epochs instead of time: N, or WARMUP/BUDGET/RUN as a plan records them
    #[arg(long, value_parser = exeunt::parse_epochs)]
    pub(crate) epochs: Option<u64>,
    /// Seed of the search
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Orders tried per epoch; part of the result
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u64).range(1..=1024))]
    pub(crate) lanes: u64,
    /// Lanes that run at the same time (default: cores); never changes a result
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=1024))]
    pub(crate) threads: Option<u64>,
    /// What is shown while planning
    #[arg(long, value_enum, default_value_t = ProgressKind::Auto)]
    pub(crate) progress: ProgressKind,
}

/// What is laid over a scenario.
#[derive(Debug, Args)]
pub(crate) struct OverlayArgs {
    /// Folder with tables laid over the scenario: rows with a known id change, others are added; may be repeated
    #[arg(long, value_name = "DIR")]
    pub(crate) overlay: Vec<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "Example: exeunt demo")]
pub(crate) struct DemoArgs {
    #[command(flatten)]
    pub(crate) show: ShowArgs,
    /// Threads (default: cores); never changes the result
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=1024))]
    pub(crate) threads: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Template {
    /// A dozen rows: one site, two airfields, two aircraft
    Minimal,
    /// The withdrawal from Kazakhstan in January 2022
    #[value(name = "kazakhstan-2022")]
    Kazakhstan2022,
    /// The way in of the same force, from 5 to 10 January 2022
    Deployment,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  exeunt new mine --template minimal\n  \
exeunt new mine --from pieces.csv --origin UAAA --to UMMS --fleet 4xIL76 --stands 3 --by 2027-01-31")]
pub(crate) struct NewArgs {
    /// Folder to write; must not exist or be empty
    #[arg(required_unless_present = "known")]
    pub(crate) dir: Option<PathBuf>,
    /// List the aircraft, vehicles and airfields that --from knows, and end
    #[arg(long, exclusive = true)]
    pub(crate) known: bool,
    /// Template to write
    #[arg(long, value_enum, required_unless_present_any = ["from", "known"], conflicts_with = "from")]
    pub(crate) template: Option<Template>,
    /// List of pieces: name, kind, count, length_m, width_m, height_m, mass_kg
    #[arg(long, value_name = "CSV")]
    pub(crate) from: Option<PathBuf>,
    /// Airfield where the pieces are, by code or name
    #[arg(long, requires = "from", conflicts_with = "template")]
    pub(crate) origin: Option<String>,
    /// Airfield where they go, by code or name
    #[arg(long, requires = "from", conflicts_with = "template")]
    pub(crate) to: Option<String>,
    /// Aircraft, such as 4xIL76 or 2xC-17A,1xAn-124
    #[arg(long, requires = "from", conflicts_with = "template")]
    pub(crate) fleet: Option<String>,
    /// Stands at each of the two airfields (2, assumed, if not given)
    #[arg(long, requires = "from", conflicts_with = "template", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) stands: Option<u32>,
    /// Day by whose end everything has to be there, such as 2027-01-31
    #[arg(long, requires = "from", conflicts_with = "template", value_name = "DATE")]
    pub(crate) by: Option<String>,
    /// First day (fourteen days before --by, assumed, if not given)
    #[arg(long, requires = "from", conflicts_with = "template", value_name = "DATE")]
    pub(crate) start: Option<String>,
    /// Where the aircraft stand before and after, by code or name (the destination, assumed, if not given)
    #[arg(long, requires = "from", conflicts_with = "template")]
    pub(crate) base: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "Example: exeunt validate scenarios/minimal")]
pub(crate) struct ValidateArgs {
    /// Scenario: a folder, or a JSON file
    pub(crate) scenario: PathBuf,
    #[command(flatten)]
    pub(crate) overlay: OverlayArgs,
    #[command(flatten)]
    pub(crate) show: ShowArgs,
}

#[derive(Debug, Args)]
#[command(after_help = "Example: exeunt plan scenarios/minimal -o plan.json --epochs 4")]
pub(crate) struct PlanArgs {
    /// Scenario: a folder, or a JSON file
    pub(crate) scenario: PathBuf,
    /// File to write the plan to
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Plan of this scenario to start from; nothing worse is written
    #[arg(long, value_name = "PLAN")]
    pub(crate) warm_start: Option<PathBuf>,
    /// Plan whose sorties, columns and handovers stand unchanged
    #[arg(long, value_name = "PLAN")]
    pub(crate) frozen: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) overlay: OverlayArgs,
    #[command(flatten)]
    pub(crate) search: SearchArgs,
    #[command(flatten)]
    pub(crate) show: ShowArgs,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example: exeunt replan scenarios/kazakhstan-2022 plan.json --events log.jsonl --now 2022-01-14T16:00 -o new.json"
)]
pub(crate) struct ReplanArgs {
    /// Scenario: a folder, or a JSON file
    pub(crate) scenario: PathBuf,
    /// Plan that people have in hand
    pub(crate) plan: PathBuf,
    /// Log of what has become known, an event per line (see `exeunt schema events`)
    #[arg(long, value_name = "LOG")]
    pub(crate) events: PathBuf,
    /// Moment of planning: what has begun by then stands, and later events are not known yet (default: the last event)
    #[arg(long, value_name = "T")]
    pub(crate) now: Option<String>,
    /// File to write the answer taken to
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// New folder for everything: the scenario as it is now, what stands, and the three answers
    #[arg(long, value_name = "DIR")]
    pub(crate) keep: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) overlay: OverlayArgs,
    #[command(flatten)]
    pub(crate) search: SearchArgs,
    #[command(flatten)]
    pub(crate) show: ShowArgs,
}

/// A moment of a piece's journey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum MilestoneArg {
    /// Leaves its origin
    LeftSite,
    /// Leaves the host
    LeftHost,
    /// Lands where it leaves the aircraft
    HomeAirfield,
    /// Arrives at its destination
    HomeBase,
}

impl From<MilestoneArg> for exeunt_model::scenario::Milestone {
    fn from(milestone: MilestoneArg) -> Self {
        match milestone {
            MilestoneArg::LeftSite => Self::LeftSite,
            MilestoneArg::LeftHost => Self::LeftHost,
            MilestoneArg::HomeAirfield => Self::HomeAirfield,
            MilestoneArg::HomeBase => Self::HomeBase,
        }
    }
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  exeunt prove scenarios/minimal plan.json\n  \
exeunt prove scenarios/kazakhstan-2022 --epochs 6 --by 2022-01-17T12:00 --milestone left_host")]
pub(crate) struct ProveArgs {
    /// Scenario: a folder, or a JSON file
    pub(crate) scenario: PathBuf,
    /// Plan; without one the scenario is planned first
    pub(crate) plan: Option<PathBuf>,
    /// A date to test, such as 2022-01-17T12:00 in the operation's zone: is it proven that no plan reaches it?
    #[arg(long, value_name = "T")]
    pub(crate) by: Option<String>,
    /// What everybody has to have reached by then
    #[arg(long, value_enum, default_value_t = MilestoneArg::HomeBase)]
    pub(crate) milestone: MilestoneArg,
    /// File to write the plan with its certificates to
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) overlay: OverlayArgs,
    #[command(flatten)]
    pub(crate) search: SearchArgs,
    #[command(flatten)]
    pub(crate) show: ShowArgs,
}

#[derive(Debug, Args)]
#[command(after_help = "Example: exeunt check scenarios/minimal plan.json --self-test")]
pub(crate) struct CheckArgs {
    /// Scenario: a folder, or a JSON file
    pub(crate) scenario: PathBuf,
    /// Plan
    pub(crate) plan: PathBuf,
    /// Spoil copies of the plan and show that each is refused by the right rule
    #[arg(long)]
    pub(crate) self_test: bool,
    /// Plan whose sorties, columns and handovers must stand unchanged
    #[arg(long, value_name = "PLAN")]
    pub(crate) frozen: Option<PathBuf>,
    /// Plan against which changes are counted (z9)
    #[arg(long, value_name = "PLAN")]
    pub(crate) before: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) overlay: OverlayArgs,
    #[command(flatten)]
    pub(crate) show: ShowArgs,
}

/// A document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// One HTML file in three languages: timelines, maps, chronology, promises, situation, what it rests on
    Page,
    /// What the force can still do at the moment: who is there, what is guarded, until when a stop keeps which sites
    Situation,
    /// The public report of the moment: what is known, planned, promised and not decided, each with its rows
    Communique,
    /// Every row that is assumed, as HTML
    Assumptions,
}

/// The form of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text of at most 100 columns; of a communiqué or situation
    Text,
    /// One JSON object; of a situation
    Json,
    /// One HTML file that needs nothing beside it
    Html,
}

/// The language of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DocumentLanguage {
    /// English
    En,
    /// Russian
    Ru,
    /// Arabic
    Ar,
}

impl From<DocumentLanguage> for exeunt_report::Language {
    fn from(language: DocumentLanguage) -> Self {
        match language {
            DocumentLanguage::En => Self::En,
            DocumentLanguage::Ru => Self::Ru,
            DocumentLanguage::Ar => Self::Ar,
        }
    }
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  exeunt report scenarios/minimal plan.json --kind page --lang ar -o report.html\n  \
exeunt report scenarios/kazakhstan-2022 plan.json --kind communique --at 2022-01-14T16:00 --lang ru"
)]
pub(crate) struct ReportArgs {
    /// Scenario: a folder, or a JSON file
    pub(crate) scenario: PathBuf,
    /// Plan
    pub(crate) plan: PathBuf,
    /// What to write
    #[arg(long, value_enum, default_value_t = Kind::Page)]
    pub(crate) kind: Kind,
    /// Moment at which the document stands, such as 2022-01-14T16:00 in the operation's zone (default: its clock)
    #[arg(long, value_name = "T")]
    pub(crate) at: Option<String>,
    /// A second plan to show beside the first, such as what is on record
    #[arg(long, value_name = "PLAN")]
    pub(crate) beside: Option<PathBuf>,
    /// Plan again with one unit more of each thing and show what binds; takes as long as planning did
    #[arg(long)]
    pub(crate) binds: bool,
    /// Spoil copies of the plan and show how many the checker refuses
    #[arg(long)]
    pub(crate) self_test: bool,
    /// Sites that a stop of the lift should keep, besides those of the mandate's tasks; of a situation
    #[arg(long, value_name = "SITES", value_delimiter = ',')]
    pub(crate) keep: Vec<String>,
    /// Form (default: text of a communiqué or situation, otherwise HTML)
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
    /// Language (a page holds all three and opens in this one)
    #[arg(long, value_enum, default_value_t = DocumentLanguage::En)]
    pub(crate) lang: DocumentLanguage,
    /// File to write it to (default: standard output)
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) overlay: OverlayArgs,
}

#[derive(Debug, Args)]
pub(crate) struct StatementsArgs {
    #[command(subcommand)]
    pub(crate) command: StatementsCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum StatementsCommand {
    /// Lists the rows of the ledger, oldest first
    List(ListStatementsArgs),
    /// Adds a row to statements.csv of a scenario folder
    Add(Box<AddStatementArgs>),
    /// Sets the rows side by side: numbers, confirmations, deadlines, and what became of each promise
    Check(CheckStatementsArgs),
}

/// What the ledger's commands show.
#[derive(Debug, Args)]
pub(crate) struct LedgerArgs {
    /// Moment as of which it stands, such as 2022-01-14T16:00 in the operation's zone (default: everything on record)
    #[arg(long, value_name = "T")]
    pub(crate) at: Option<String>,
    /// Name speakers, not their offices alone
    #[arg(long)]
    pub(crate) names: bool,
    /// Form of the summary
    #[arg(long, value_enum, default_value_t = Summary::Text)]
    pub(crate) summary: Summary,
    /// Language
    #[arg(long, value_enum, default_value_t = DocumentLanguage::En)]
    pub(crate) lang: DocumentLanguage,
    #[command(flatten)]
    pub(crate) overlay: OverlayArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StatementKind {
    /// Something happened or is so
    Fact,
    /// What is intended
    Plan,
    /// A plan that somebody gives their word for
    Promise,
    /// What the speaker holds of the situation
    Judgement,
    /// An authority has decided
    Decision,
    /// Somebody is asked to act
    Request,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example: exeunt statements list scenarios/kazakhstan-2022 --at 2022-01-14T16:00 --kind promise --lang ru"
)]
pub(crate) struct ListStatementsArgs {
    /// Scenario: a folder, or a JSON file
    pub(crate) scenario: PathBuf,
    /// Rows of this kind only
    #[arg(long, value_enum)]
    pub(crate) kind: Option<StatementKind>,
    /// Rows of offices whose English name holds these words only
    #[arg(long)]
    pub(crate) office: Option<String>,
    /// Rows that make this promise or bear on it only
    #[arg(long, value_name = "ID")]
    pub(crate) promise: Option<String>,
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example: exeunt statements check scenarios/kazakhstan-2022 plan.json --at 2022-01-14T16:00"
)]
pub(crate) struct CheckStatementsArgs {
    /// Scenario: a folder, or a JSON file
    pub(crate) scenario: PathBuf,
    /// Plan to hold the promises against
    pub(crate) plan: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example: exeunt statements add mine --kind promise --date 2027-01-12 --office \"Ministry of Defence\" \
--text \"all are home by the 20th\" --deadline 2027-01-20 --source \"an agency, 12 Jan 2027\""
)]
pub(crate) struct AddStatementArgs {
    /// Scenario folder
    pub(crate) scenario: PathBuf,
    /// fact, plan, promise, judgement, decision or request
    #[arg(long)]
    pub(crate) kind: String,
    /// Day on which it was said
    #[arg(long)]
    pub(crate) date: String,
    /// What was said, in own words
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) text: String,
    /// Id (default: the next)
    #[arg(long)]
    pub(crate) id: Option<String>,
    /// Time of day, HH:MM
    #[arg(long)]
    pub(crate) time: Option<String>,
    /// Zone of that time (default: the operation's)
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) zone: Option<String>,
    /// Day or moment at which it was published or entered
    #[arg(long)]
    pub(crate) recorded: Option<String>,
    /// Language in which it was said or read, such as ru
    #[arg(long)]
    pub(crate) language: Option<String>,
    /// In which office it was said, or which body said it; left out for an event
    #[arg(long)]
    pub(crate) office: Option<String>,
    /// Who said it
    #[arg(long, requires = "office")]
    pub(crate) speaker: Option<String>,
    /// Who passed it on
    #[arg(long)]
    pub(crate) via: Option<String>,
    /// Whose claim it is, if not the speaker's
    #[arg(long)]
    pub(crate) origin: Option<String>,
    /// planned, begun, under way, done or open
    #[arg(long)]
    pub(crate) status: Option<String>,
    /// A number in it
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) quantity: Option<String>,
    /// Of what the number is
    #[arg(long)]
    pub(crate) unit: Option<String>,
    /// As what the number is added up: sorties, people, vehicles or sites
    #[arg(long)]
    pub(crate) counts: Option<String>,
    /// Of whom it speaks: parties, sites, elements, or ALL
    #[arg(long, value_delimiter = ',')]
    pub(crate) set: Vec<String>,
    /// Day of which it speaks, or FROM..TO
    #[arg(long)]
    pub(crate) day: Option<String>,
    /// A date in it, or FROM..TO
    #[arg(long)]
    pub(crate) deadline: Option<String>,
    /// Rows that it confirms
    #[arg(long, value_delimiter = ',')]
    pub(crate) confirms: Vec<String>,
    /// Conflicts of the record that it takes part in
    #[arg(long, value_delimiter = ',')]
    pub(crate) conflicts: Vec<String>,
    /// Promises that it bears on, such as P5:kept
    #[arg(long, value_delimiter = ',')]
    pub(crate) bears_on: Vec<String>,
    /// party, state_media, independent or own_estimate
    #[arg(long)]
    pub(crate) source_type: Option<String>,
    /// Where it was read
    #[arg(long)]
    pub(crate) source: Option<String>,
    /// What of it is assumed, and why
    #[arg(long)]
    pub(crate) assumed: Option<String>,
    /// Free remark
    #[arg(long)]
    pub(crate) note: Option<String>,
    #[command(flatten)]
    pub(crate) show: ShowArgs,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  exeunt explain scenarios/minimal plan.json --why closure\n  \
exeunt explain scenarios/minimal plan.json --why closure --overlay-for 1 -o more")]
pub(crate) struct ExplainArgs {
    /// Scenario: a folder, or a JSON file
    pub(crate) scenario: PathBuf,
    /// Plan
    pub(crate) plan: PathBuf,
    /// What to explain: `closure`, or the id of a promise, element, party, step, sortie or column
    #[arg(long, value_name = "NAME")]
    pub(crate) why: String,
    /// Moment of an element's journey (default: its arrival)
    #[arg(long, value_enum)]
    pub(crate) milestone: Option<MilestoneArg>,
    /// Only the chain: nothing is planned again
    #[arg(long)]
    pub(crate) no_counterfactuals: bool,
    /// Epochs of each plan made again
    #[arg(long, default_value_t = Self::EPOCHS, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(crate) epochs: u64,
    /// Seed of each plan made again (default: that of the plan)
    #[arg(long)]
    pub(crate) seed: Option<u64>,
    /// Lanes that run at the same time (default: cores); never changes a result
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=1024))]
    pub(crate) threads: Option<u64>,
    /// Write the overlay that makes change N of the list, instead of explaining
    #[arg(long, value_name = "N", requires = "output", conflicts_with = "no_counterfactuals")]
    pub(crate) overlay_for: Option<usize>,
    /// Folder to write the overlay to
    #[arg(short, long, value_name = "DIR", requires = "overlay_for")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) overlay: OverlayArgs,
    /// Form of the explanation
    #[arg(long, value_enum, default_value_t = Summary::Text)]
    pub(crate) summary: Summary,
    /// Language
    #[arg(long, value_enum, default_value_t = DocumentLanguage::En)]
    pub(crate) lang: DocumentLanguage,
}

impl ExplainArgs {
    /// Epochs of each plan made again if nothing is said.
    pub(crate) const EPOCHS: u64 = 8;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaName {
    /// A scenario as one JSON file
    Scenario,
    /// A plan
    Plan,
    /// An event, as a line of a log
    Events,
}

#[derive(Debug, Args)]
#[command(after_help = "Example: exeunt schema plan -o plan.schema.json")]
pub(crate) struct SchemaArgs {
    /// What the schema describes
    #[arg(value_enum)]
    pub(crate) name: SchemaName,
    /// File to write it to
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:\n  exeunt simulate scenarios/minimal plan.json\n  \
exeunt simulate scenarios/minimal plan.json --shard 0/4 -o part0.json\n  \
exeunt simulate merge part0.json part1.json part2.json part3.json"
)]
pub(crate) struct SimulateArgs {
    #[command(subcommand)]
    pub(crate) merge: Option<SimulateCommand>,
    /// Scenario: a folder, or a JSON file
    #[arg(required = true)]
    pub(crate) scenario: Option<PathBuf>,
    /// Plan
    #[arg(required = true)]
    pub(crate) plan: Option<PathBuf>,
    /// Replications
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    pub(crate) replications: u64,
    /// Draws of the assumed parameters over their ranges
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u64).range(0..=10_000))]
    pub(crate) input_draws: u64,
    /// Replications of each draw
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(crate) input_replications: u64,
    /// Seed of the draws
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Threads (default: cores); never changes the result
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=1024))]
    pub(crate) threads: Option<u64>,
    /// Part I of N, from 0; `exeunt simulate merge` joins them
    #[arg(long, value_name = "I/N", value_parser = exeunt::parse_shard, requires = "output")]
    pub(crate) shard: Option<(u64, u64)>,
    /// Another plan of the scenario that meets the same events
    #[arg(long, value_name = "PLAN", conflicts_with = "shard")]
    pub(crate) against: Option<PathBuf>,
    /// File to write the outcome to
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Form of the summary
    #[arg(long, value_enum, default_value_t = Summary::Text)]
    pub(crate) summary: Summary,
    #[command(flatten)]
    pub(crate) overlay: OverlayArgs,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example: exeunt promise scenarios/kazakhstan-2022 plan.json --set ALL --milestone left_host --wanted 90"
)]
pub(crate) struct PromiseArgs {
    /// Scenario: a folder, or a JSON file
    pub(crate) scenario: PathBuf,
    /// Plan
    pub(crate) plan: PathBuf,
    /// Plan whose sorties, columns and handovers stand unchanged in it; beside it no bound is shown
    #[arg(long, value_name = "PLAN")]
    pub(crate) frozen: Option<PathBuf>,
    /// Of whom: ALL, or ids of parties, elements and sites (those that they free), separated by commas
    #[arg(long, value_name = "X", value_delimiter = ',', required = true)]
    pub(crate) set: Vec<String>,
    /// What they are to have reached
    #[arg(long, value_enum)]
    pub(crate) milestone: MilestoneArg,
    /// Probability in per cent for which a date is proposed
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u64).range(1..=99))]
    pub(crate) wanted: Option<u64>,
    /// Replications
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    pub(crate) replications: u64,
    /// Seed of the draws
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Threads (default: cores); never changes the result
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=1024))]
    pub(crate) threads: Option<u64>,
    /// Form of the summary
    #[arg(long, value_enum, default_value_t = Summary::Text)]
    pub(crate) summary: Summary,
    /// Language
    #[arg(long, value_enum, default_value_t = DocumentLanguage::En)]
    pub(crate) lang: DocumentLanguage,
    /// File to draw it to
    #[arg(long, value_name = "FILE")]
    pub(crate) svg: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) overlay: OverlayArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SimulateCommand {
    /// Joins the parts of a simulation; the result is that of one run, bit for bit
    Merge(MergeArgs),
}

#[derive(Debug, Args)]
pub(crate) struct MergeArgs {
    /// Files that `exeunt simulate --shard` wrote
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// File to write the joint outcome to
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Form of the summary
    #[arg(long, value_enum, default_value_t = Summary::Text)]
    pub(crate) summary: Summary,
}

#[derive(Debug, Args)]
pub(crate) struct BenchArgs {
    #[command(subcommand)]
    pub(crate) what: BenchCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BenchCommand {
    /// Node events and arcs per second and core of a replay, on one thread
    Simulate(BenchSimulateArgs),
    /// Each promise evaluated at the moment it was made, beside what became of it
    Backtest(BenchBacktestArgs),
    /// The search on published instances of pickup and delivery with time windows
    Pdptw(PdptwArgs),
    /// The planner on invented operations of growing size
    Scale(BenchScaleArgs),
    /// Planning anew after each of several disturbances of a plan
    Replan(BenchReplanArgs),
    /// The scheduler of handovers on published projects with scarce resources
    Projects(BenchProjectsArgs),
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example: exeunt bench replan scenarios/kazakhstan-2022 plan.json scenarios/kazakhstan-2022-events"
)]
pub(crate) struct BenchReplanArgs {
    /// Scenario: a folder, or a JSON file
    pub(crate) scenario: PathBuf,
    /// Plan of it
    pub(crate) plan: PathBuf,
    /// Folder of logs (*.jsonl), each a disturbance; it is planned anew at the moment of its last event
    pub(crate) dir: PathBuf,
    #[command(flatten)]
    pub(crate) search: SearchArgs,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example: exeunt bench projects psplib/j30 --optimum psplib/j30_optimum.csv"
)]
pub(crate) struct BenchProjectsArgs {
    /// Folder of projects (*.rcp, Patterson's form)
    pub(crate) dir: PathBuf,
    /// Table with the columns instance and optimum
    #[arg(long, value_name = "FILE")]
    pub(crate) optimum: Option<PathBuf>,
    /// Most seconds for each project; it ends sooner where the optimum is reached
    #[arg(long, default_value_t = 1.0)]
    pub(crate) seconds: f64,
    /// Seed
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
}

#[derive(Debug, Args)]
pub(crate) struct PdptwArgs {
    #[command(subcommand)]
    pub(crate) what: PdptwCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PdptwCommand {
    /// Searches for few vehicles, then little travel
    Solve(PdptwSolveArgs),
    /// Checks routes against their instance, by code that shares nothing with the search
    Check(PdptwCheckArgs),
    /// Searches on every instance of a folder, appends rows to a table and sets them beside the best known
    Run(PdptwRunArgs),
}

/// How the search runs.
#[derive(Debug, Args)]
pub(crate) struct WalksArgs {
    /// Threads (default: cores); never changes the result
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=1024))]
    pub(crate) threads: Option<u64>,
    /// Walks side by side; part of the result
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u64).range(1..=1024))]
    pub(crate) lanes: u64,
}

#[derive(Debug, Args)]
#[command(after_help = "Example: exeunt bench pdptw solve lc101.txt --seconds 10 -o routes.txt")]
pub(crate) struct PdptwSolveArgs {
    /// Instance in the form of Li and Lim or of Sartori and Buriol
    pub(crate) instance: PathBuf,
    /// Seconds in all, reading and writing included (default: 10)
    #[arg(long, value_name = "N", conflicts_with = "epochs")]
    pub(crate) seconds: Option<f64>,
    /// Epochs instead of seconds: the same routes on every machine
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    pub(crate) epochs: Option<u64>,
    /// Epochs to plan for from an epoch on, as a search by the clock prints them
    #[arg(long, value_name = "E:N", value_delimiter = ',', requires = "epochs")]
    pub(crate) budgets: Vec<String>,
    #[command(flatten)]
    pub(crate) walks: WalksArgs,
    /// Seed
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Routes to start from; what comes out is not worse
    #[arg(long, value_name = "ROUTES")]
    pub(crate) warm_start: Option<PathBuf>,
    /// Keep no best places; never changes the result
    #[arg(long)]
    pub(crate) no_cache: bool,
    /// Do not put the tours that the walks had together anew
    #[arg(long)]
    pub(crate) no_pool: bool,
    /// File for the routes, one per line (default: standard output)
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "Example: exeunt bench pdptw check lc101.txt routes.txt")]
pub(crate) struct PdptwCheckArgs {
    /// Instance
    pub(crate) instance: PathBuf,
    /// Routes, one per line
    pub(crate) routes: PathBuf,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example: exeunt bench pdptw run li_lim/100 --seconds 10 --seeds 1,2,3 --out results.csv"
)]
pub(crate) struct PdptwRunArgs {
    /// Folder of instances (*.txt), those in folders inside it too
    pub(crate) dir: PathBuf,
    /// Seconds for each run
    #[arg(long, default_value_t = 10.0)]
    pub(crate) seconds: f64,
    /// Seeds
    #[arg(long, value_delimiter = ',', default_value = "1")]
    pub(crate) seeds: Vec<u64>,
    /// Names of the instances to run (default: all)
    #[arg(long, value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    #[command(flatten)]
    pub(crate) walks: WalksArgs,
    /// Table that rows are appended to; rows that it has are not run again
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Best known values (default: best_known.csv in the folder or above it)
    #[arg(long, value_name = "FILE")]
    pub(crate) best_known: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "Example: exeunt bench backtest scenarios/kazakhstan-2022")]
pub(crate) struct BenchBacktestArgs {
    /// Folder or JSON file of the scenario
    pub(crate) scenario: PathBuf,
    /// Plan of what happened (default: history.plan.json in the scenario's folder)
    #[arg(long, value_name = "PLAN")]
    pub(crate) plan: Option<PathBuf>,
    /// Replications of each simulation
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    pub(crate) replications: u64,
    /// Draws of the assumed parameters over their ranges
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u64).range(0..=100_000))]
    pub(crate) input_draws: u64,
    /// Replications of each of these draws
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(crate) input_replications: u64,
    /// Epochs of each search
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(crate) epochs: u64,
    /// Seed of planning and simulation
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Threads (default: cores); never changes the result
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=1024))]
    pub(crate) threads: Option<u64>,
    /// Form of the summary
    #[arg(long, value_enum, default_value_t = Summary::Text)]
    pub(crate) summary: Summary,
    #[command(flatten)]
    pub(crate) overlay: OverlayArgs,
}

#[derive(Debug, Args)]
#[command(after_help = "Example: exeunt bench simulate --replications 20000")]
pub(crate) struct BenchSimulateArgs {
    /// Scenario (default: the demo's) and plan (default: planned in one epoch)
    pub(crate) scenario: Option<PathBuf>,
    /// Plan
    pub(crate) plan: Option<PathBuf>,
    /// Replications
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(16..=10_000_000))]
    pub(crate) replications: u64,
    /// Seed of the draws
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// File for the plan graph with its distributions as JSON, for other simulators
    #[arg(long, value_name = "FILE")]
    pub(crate) dump: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) overlay: OverlayArgs,
}
