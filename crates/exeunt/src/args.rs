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
    /// Checks a plan against its scenario, by code that shares no rule with the planner
    Check(CheckArgs),
    /// Writes a document about a plan: the page in three languages, or the list of assumptions
    Report(ReportArgs),
    /// Explains why something is not earlier, and what one change would bring
    Explain(ExplainArgs),
    /// Prints a JSON Schema
    Schema(SchemaArgs),
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

/// A moment of a journey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MilestoneName {
    /// Leaves its origin
    LeftSite,
    /// Leaves the host
    LeftHost,
    /// Lands at the airfield where it leaves the aircraft
    HomeAirfield,
    /// Arrives at its destination
    HomeBase,
}

impl From<MilestoneName> for exeunt_model::scenario::Milestone {
    fn from(name: MilestoneName) -> Self {
        match name {
            MilestoneName::LeftSite => Self::LeftSite,
            MilestoneName::LeftHost => Self::LeftHost,
            MilestoneName::HomeAirfield => Self::HomeAirfield,
            MilestoneName::HomeBase => Self::HomeBase,
        }
    }
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
    pub(crate) milestone: Option<MilestoneName>,
    /// Only the chain: nothing is planned again
    #[arg(long)]
    pub(crate) no_counterfactuals: bool,
    /// Epochs of each plan made again
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaName {
    /// A scenario as one JSON file
    Scenario,
    /// A plan
    Plan,
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
