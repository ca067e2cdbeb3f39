//! The codes of problems, each with meaning and remedy; `docs/problems.md` is this list.

/// A stable code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Code(pub(crate) &'static str);

macro_rules! codes {
    ($($name:ident $code:literal $meaning:literal $remedy:literal;)*) => {
        $(pub(crate) const $name: Code = Code($code);)*
        /// Every code with its meaning and its remedy, in the order of `docs/problems.md`.
        pub const CODES: &[(&str, &str, &str)] = &[$(($code, $meaning, $remedy)),*];
    };
}

codes! {
    // files
    CANNOT_READ "cannot-read" "a file or folder does not exist or cannot be read" "correct the path or the access rights";
    FILE_TOO_LARGE "file-too-large" "a file has more bytes than can be read" "split the scenario or remove what is not needed";
    TOO_MANY_ROWS "too-many-rows" "the tables together have too many rows" "put alike pieces into one row with a count";
    NOT_UTF8 "not-utf8" "a file is not UTF-8 text" "save it as UTF-8";
    NUL_BYTE "nul-byte" "a file holds a zero byte, so it is not text" "save it as plain text";
    INVALID_TOML "invalid-toml" "operation.toml is not valid TOML, or ends too early" "correct the line named";
    INVALID_CSV "invalid-csv" "a table is not comma-separated text with a header" "save it as CSV with commas";
    INVALID_JSON "invalid-json" "a file is not valid JSON, or not of the form described in files.md" "correct the line named";
    TRUNCATED_FILE "truncated-file" "a file ends inside a cell or value" "restore the rest of the file";
    RAGGED_ROW "ragged-row" "a row has more or fewer cells than the header" "give it as many cells as the header; quote cells that hold commas";
    WRONG_TYPE "wrong-type" "a key or cell holds a table or list where a single value belongs" "write one value";
    MORE_PROBLEMS "more-problems" "a file has more problems than are shown" "correct those shown and read again";
    // names of tables and columns
    UNKNOWN_TABLE "unknown-table" "a file or key is not a table of a scenario" "rename or remove it";
    UNKNOWN_COLUMN "unknown-column" "a column or key is not known" "rename or remove it";
    DUPLICATE_COLUMN "duplicate-column" "a column or key stands twice" "keep one of them";
    MISSING_TABLE "missing-table" "a table that every scenario needs is absent or empty" "add it";
    MISSING_COLUMN "missing-column" "a required column is absent" "add it";
    NOT_SUPPORTED_YET "not-supported-yet" "a column, key or table is known but planner and checker do not honour it yet" "leave it out";
    UNSUPPORTED_VERSION "unsupported-version" "the format version is not one that can be read" "use a supported version";
    // cells
    MISSING_CELL "missing-cell" "a required cell is blank" "fill it in";
    SUPERFLUOUS_CELL "superfluous-cell" "a cell is stated that means nothing in this row" "leave it blank";
    NO_SOURCE "no-source" "a row states neither where it was read nor that it is assumed" "fill in source or assumed";
    BAD_ID "bad-id" "an id holds characters that lists and references use" "use letters, digits and - _ . /";
    DUPLICATE_ID "duplicate-id" "two rows have the same id; sites, airfields and places share their ids" "rename one of them";
    UNKNOWN_ID "unknown-id" "a reference names no row" "correct it or add the row";
    WRONG_KIND_OF_ID "wrong-kind-of-id" "a reference names a row of another table or kind than is needed" "name a row of the right kind";
    AMBIGUOUS_ID "ambiguous-id" "a set names an id that several tables have" "rename one of them";
    UNKNOWN_WORD "unknown-word" "a cell holds none of the words that are possible there" "use one of them";
    UNKNOWN_ZONE "unknown-zone" "a zone is neither an offset nor in the zone database" "write an offset such as +06:00 or an IANA name";
    EMPTY_ITEM "empty-item" "a list has an item without text" "remove the separator too many";
    DUPLICATE_IN_LIST "duplicate-in-list" "a list names the same thing twice" "name it once";
    BAD_PAIR "bad-pair" "stops of a benchmark's instance do not make a pickup and its delivery" "have both name each other and put down what is taken up";
    BAD_HEADER "bad-header" "a line of a benchmark's instance is not the one that belongs there" "restore the line named";
    BAD_LIST "bad-list" "an item of a list has not the form that is needed" "write it in the form shown";
    NOT_A_NUMBER "not-a-number" "a cell is not a plain decimal number" "write digits with at most one point";
    WRONG_UNIT "wrong-unit" "a number carries a unit; the column's name already states the unit" "convert it and write the number alone";
    NOT_WHOLE "not-whole" "a number has more digits after the point than the smallest unit allows" "round it";
    NEGATIVE "negative" "a number is negative where that is not possible" "write a number that is not";
    ZERO "zero" "a number is zero where that is not possible" "write a greater number";
    OUT_OF_RANGE "out-of-range" "a number is beyond the limit" "stay within the limit";
    NOT_A_FLAG "not-a-flag" "a cell is neither true nor false" "write true or false";
    BAD_MOMENT "bad-moment" "a cell is not a date or a date and time" "write 2022-01-13, 2022-01-13T15:00 or 2022-01-13T15:00:00+06:00";
    BAD_CLOCK "bad-clock" "a cell is not a time of day" "write HH:MM";
    BAD_STATE "bad-state" "a code of a state has not 2 to 8 letters" "write a code such as KZ";
    BAD_LANGUAGE "bad-language" "a code of a language has not 2 or 3 small letters" "write a code such as en, ru or ar";
    BAD_GATE "bad-gate" "what a condition gates has not one of the three forms" "write departures SET, handovers ALL or strength PARTY N";
    DAY_NEEDED "day-needed" "a predicate that speaks of a day has a moment" "write the date alone";
    // time
    IMPOSSIBLE_WINDOW "impossible-window" "a stretch of time ends before or when it begins" "exchange or correct the two ends";
    HALF_WINDOW "half-window" "a window has one end only" "state the other end too";
    BAD_HORIZON "bad-horizon" "the operation ends before it starts, or is longer than can be planned" "correct start or end";
    OUTSIDE_HORIZON "outside-horizon" "a date lies outside the horizon, where no plan can honour it" "correct the date or the horizon";
    RECORDED_BEFORE_SAID "recorded-before-said" "a statement was recorded before it was said" "correct one of the two moments";
    CLEARANCE_WITHOUT_DATES "clearance-without-dates" "a granted clearance does not state from when to when it is valid" "state both";
    LENIENT_BEFORE_STRICT "lenient-before-strict" "the lenient deadline is harder than the strict one" "exchange them";
    // handovers
    STEP_CYCLE "step-cycle" "steps of handovers wait for one another in a circle" "remove one of the waits";
    STEP_NEVER_FITS "step-never-fits" "a step is longer than any time in which its teams are there" "shorten it or add capacity";
    NEEDS_ABOVE_CAPACITY "needs-above-capacity" "a step needs more of a team than there ever is" "lower the need or add capacity";
    NO_STEPS "no-steps" "a guard or an element waits for the handover of a site that has no steps" "add steps or remove the wait";
    // forces
    SAME_PLACE "same-place" "a movement or leg begins where it ends" "name another place";
    RUNWAY_TOO_SHORT "runway-too-short" "no aircraft of the scenario may use the runway that an element needs" "use another airfield or aircraft";
    MISSING_POSITION "missing-position" "a distance cannot be computed because a place has no coordinates" "state lat and lon, or the distance";
    ABOVE_CEILING "above-ceiling" "at the start more of the force are in the host than the mandate allows" "correct the ceiling or the strength";
    IDLE_TRANSLATION "idle-translation" "a translation is of words that stand in no other table, or stands twice" "write the words as they stand there";
    // aircraft
    LIFTS_NOTHING "lifts-nothing" "an aircraft type can lift nothing" "correct its payloads, seats or zones";
    PAYLOAD_POINTS "payload-points" "the payload points do not rise in distance and fall in mass" "sort them by distance and correct the masses";
    FERRY_RANGE "ferry-range" "the ferry range is shorter than the range with load" "correct one of them";
    NO_CONFIGURATION "no-configuration" "an aircraft type has no configuration" "add one";
    TOO_MANY_TAILS "too-many-tails" "the pools have too many aircraft together" "lower the counts";
    // legs
    LEG_STATES "leg-states" "the states of an air leg leave out the state of one of its ends" "add it";
    DUPLICATE_BORDER "duplicate-border" "a road has two border posts" "split the road or keep one post";
    // order, promises
    EMPTY_SET "empty-set" "a set has no element" "name parties, sites or elements that have some";
    PRECEDENCE_OVERLAP "precedence-overlap" "an element stands on both sides of a precedence row" "take it out of one side";
    PRECEDENCE_CYCLE "precedence-cycle" "hard precedence rows contradict one another" "remove or price one of them";
    SAME_AS_CYCLE "same-as-cycle" "promises are the same as one another in a circle" "let one of them stand alone";
    OBJECTIVE_ORDER "objective-order" "the order of the objective does not name each level once" "name z4, z5, z6.tails, z6.sorties, z6.minutes, z7, z8 and z9 once each";
    MISSING_ARGUMENT "missing-argument" "a promise lacks what its predicate needs" "fill it in";
    SUPERFLUOUS_ARGUMENT "superfluous-argument" "a promise states what its predicate does not use" "leave it blank";
    // uncertainty
    BAD_RANGE "bad-range" "the parameters or the range of an uncertainty row contradict one another" "let median, p90, low and high be in order";
    // warnings
    ELEMENT_WITHOUT_PIECES "element-without-pieces" "an element has no pieces, so nothing of it moves (a warning)" "add pieces or remove the element";
}
