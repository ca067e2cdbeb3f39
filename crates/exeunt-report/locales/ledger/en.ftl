# Words of the ledger in English. Every message is in ru.ftl and ar.ftl too, with the same arguments.

ledger-heading = Ledger: { $title }; everything on record
ledger-heading-at = Ledger: { $title }; as known on { $moment }
ledger-rows = { $n ->
    [one] { $n } row
   *[other] { $n } rows
} of { $all }
ledger-brackets = Numbers in square brackets are rows of the ledger. Nothing is weighed: where rows differ, both stand.
ledger-none = nothing
ledger-head = { $id }  { $head }
ledger-said = said { $moment }
ledger-recorded = recorded { $moment }
ledger-kind = { $kind }, { $status }
ledger-named = { $name }, { $office }
ledger-via = via { $via }
ledger-origin = claim of { $origin }
ledger-quantity = { $n } { $unit }
ledger-of = of: { $set }
ledger-for = for { $day }
ledger-from-to = { $from } to { $to }
ledger-days = { $from } to { $to }
ledger-deadline = deadline { $date }
ledger-language = language: { $code }
ledger-assumed = assumed: { $text }
ledger-confirms = confirms { $rows }
ledger-bears = { $id }: { $state }
ledger-all = all who move
ledger-number = { $n } [{ $row }]

## What follows from the ledger
ledger-figures = Announced, done and left
counted-sorties = loaded sorties
counted-people = people
counted-vehicles = vehicles and pallets
counted-sites = sites
figure-head = { $day }, { $counted }, { $set }: { $state }
figure-announced = announced { $numbers }
figure-under-way = under way { $numbers }
figure-done = done { $numbers }
figure-done-of = done of { $set } { $numbers }
figure-left = left { $n }
figure-left-of = left { $n } for { $set }
figure-either = up to { $n } left, or up to { $more } more than announced
figure-more = { $n } more than announced
figure-planned-by = planned without a number [{ $rows }]
figure-record = in the record of that day: { $shown }
figure-flagged = conflict of the record: { $conflicts }
figure-unflagged = no conflict of the record names two of these rows
figure-state-open = no report yet
figure-state-in-part = done in part
figure-state-agree = done as announced
figure-state-differ = numbers differ
figure-state-unannounced = announced by no row
ledger-conflicts = Conflicts of the record, not resolved here
conflict-head = { $id }
conflict-row = [{ $row }] { $who }, { $date }: { $text }
conflict-event = [{ $row }] { $date }: { $text }
conflict-single = { $id } [{ $row }]
conflict-singles = named by one known row only: { $list }
ledger-claims = Who confirms what
claim-row = [{ $row }] { $who }
claim-event = [{ $row }]
claim-head = { $row }: { $n ->
    [one] { $n } independent confirmation
   *[other] { $n } independent confirmations
}
claim-independent = confirmed by { $row }
claim-same-origin = { $row } only relays [{ $of }]: same origin, { $origin }
claim-same-channel = { $row } only relays [{ $of }]: known through { $channels } alone
claim-unsourced = { $row } states no source
ledger-deadlines = Which deadline governs
demand-begun = the first has left
demand-left-site = all have left their sites
demand-left-host = all are out of the host
demand-home-airfield = all have landed at home
demand-home-base = all are at their bases
deadline-head = { $set }: { $demand }
deadline-limit = { $promise } [{ $row }]
deadline-governs = governs: { $limit }; { $why }
deadline-same = same date: { $limit }
deadline-later = later by { $length }: { $limit }
deadline-stricter = the strictest reading of all
deadline-stricter-leniently = others are as strict, but its lenient reading is the earlier one
deadline-said-first = the strictest reading, said first or standing first of those with the same date
ledger-promises = Promises over time
history-head = { $promise }; { $required }: { $state }
history-plan = by the plan at hand: { $reading }
history-plan-readings = by the plan at hand: strict reading { $strict }, lenient reading { $lenient }
history-probability = probability { $percent } %
history-probability-wanted = probability { $percent } %, wanted { $wanted } %
state-made = made
state-repeated = said again
state-at-risk = at risk
state-kept = kept
state-broken = broken
state-disputed = disputed
state-no-report = no report of it found
change-row = { $state } { $moment } [{ $row }]
change-outcome = { $state }, by the table of promises; no row reports it
change-plan = { $state } by the plan at hand
change-no-report = no report of it found by { $moment }
change-no-row = { $state }; no row says when
promises-over-time-what = What is known at the page’s moment of what became of each promise; numbers in brackets are statements.
changes = What changed
state = State
