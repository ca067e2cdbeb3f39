# Words of the page in English. Every message is in ru.ftl and ar.ftl too, with the same arguments.

## The page
page-stands-at = The page stands at { $moment }
contents = Contents
slider = Time shown on the maps and charts
slider-back = Back to the page’s moment
slider-what = Moves the marks on the maps and the line on the charts. Tables and figures stay at the page’s moment unless they say otherwise.
last-out = Last out of the host
last-landing = Last landing
last-home = Last at home base
promises-required = Required promises kept by the plan
kept-of = { $kept } of { $all }
rows-assumed = Rows assumed, in whole or part
rests-on = What this page says rests on assumptions: { $assumed } of { $rows } rows of the input are assumed in whole or part.
see-assumptions = All assumptions
who-is-where = Who moves how and when, and where they are
party = Party
people = People
vehicles = Vehicles
items = Vehicles and pallets
how = How
into-host = Into the host
into-or-out-of-host = Into or out of the host
at-its-end = In place
last-in = Last into the host
last-in-place = Last in place
open-from = open from { $from }
open-from-to = open from { $from } to { $to }
stop-lost = Cannot be kept any more
stop-lost-of = { $n } of { $all }
out-of-host = Out of the host
last-departure = Last departure
home-base = Home base
at-moment = On { $moment }
nothing-moves = nothing moves
loads = { $n ->
    [one] { $n } load by air
   *[other] { $n } loads by air
}
columns = { $n ->
    [one] { $n } column
   *[other] { $n } columns
}
own-vehicles = in own vehicles
by-road = by road
where-at-sites = at the sites
where-in-place = in place
where-marching = marching
where-at-airfield = at the airfield
where-loading = loading
where-in-flight = in flight
where-landed = landed
where-home = home
where-people-out = { $percent } % of people out
where-people-under-way = { $percent } % of people under way
where-pieces-out = { $percent } % of pieces out
where-pieces-under-way = { $percent } % of pieces under way
people-in-host = { $n ->
    [one] { $n } person of the force in the host
   *[other] { $n } people of the force in the host
}
vehicles-in-host = { $n ->
    [one] { $n } vehicle in the host
   *[other] { $n } vehicles in the host
}
sites-guarded = { $n } of { $all } sites guarded
aircraft-loaded = { $n ->
    [one] { $n } aircraft in the air with a load
   *[other] { $n } aircraft in the air with a load
}
sorties-in-all = By the plan: { $loaded } loaded sorties and { $ferry } ferry sorties on { $tails } aircraft
on-record-until = On record, the last left on { $day }.
beside-record = A difference between the plan and the record says nothing without the assumptions: hours, loads and capacities of the plan are assumed in large part, and so are the hours of the record.
not-accepted = { $n ->
    [one] The checker refuses this plan: { $n } finding.
   *[other] The checker refuses this plan: { $n } findings.
}
other-tables = This plan was made for other tables than these.
unmoved = { $n ->
    [one] { $n } piece or person stays behind.
   *[other] { $n } pieces and people stay behind.
}
unmoved-head = Unmoved
plan = Plan
second-plan = Second plan
record-hours-assumed = Record (hours assumed)
as-table = As a table
drawing-of = Drawing: { $title }
table-of = Table: { $title }

## Timelines
nav-timelines = Timelines
by-tail = By aircraft
by-airfield = By airfield
by-airfield-what = Filled: in use. Line: how much there is, as the scenario states it; what the force provides itself ends when it embarks.
by-site = By site
by-site-what = Alternating bars: the steps of the handover. Thin line: people of the force at the site. Check mark: handed over.
tails-of = Sorties by aircraft: { $plan }
fields-of = Stands and handling by airfield: { $plan }
sites-of = Handovers by site: { $plan }
tails-label = Aircraft: { $tails }. Loaded sorties: { $loaded }. Ferry sorties: { $ferry }.
tails-drawn = Drawn: the { $n } aircraft with the most sorties, of { $all }.
sorties-listed = Loaded sorties listed: { $n } of { $all }
sortie = Sortie
tail = Aircraft
from = From
to = To
loading-starts = Loading starts
departs = Departs
lands = Lands
ferry-sorties = ferry sortie
loading-unloading = loading or unloading
stands = stands
handling = handling teams
capacity = how much there is
of-most = scale to { $n }
fields-caption = Most in use on each day / most there was
airfield = Airfield
what = What
sites-caption = Handover and guard by site
site = Site
receiver = Taken over by
min-guard = Least guard until the end
handover-begins = Handover begins
handover-ends = Handover ends
guard-leaves = Last of the guard leaves
handover-steps = steps of the handover
guard-present = people of the force present
handed-over = handed over
state-over = handed over
state-under-way = handover under way
state-guarded = guarded

## Maps
nav-map = Map
map-what = Schematic: places by their coordinates, many of them approximate. Lines are routes flown (solid) and driven (dashed), not flight paths. No boundaries are drawn. The number beside a name is people of the force there.
map-too-many = The slider shows the first moves only; the plan has more than the page can carry.
map-overview = Operation
map-theatre = Around the main airfield
map-airfield = airfield
map-site = site
map-border = border post
map-base = home base or other place
map-column = column
map-ferry = aircraft without a load
map-label = { $title }, { $moment }. Aircraft in the air: { $aircraft }. Columns on the road: { $columns }.
map-caption = People of the force by place
map-unplaced = Not drawn, because no source states where they are:
map-no-position = position not stated
code = Code
place = Place
people-start = At the start
people-now = At the time shown
people-end = At the end
km = { $n } km

## Chronology
nav-chronology = Chronology
chronology-what = Statements and events of the ledger in other words than their speakers’, each with its source. Offices are shown, not persons.
known-at = { $n ->
    [one] Known on { $moment }: { $n } entry
   *[other] Known on { $moment }: { $n } entries
}
known-later = { $n ->
    [one] Known only after { $moment }: { $n } entry
   *[other] Known only after { $moment }: { $n } entries
}
statements-known = Statements known
statements-later = Statements known later
conflicts-of-record = Conflicts of the record, shown and not resolved here:
conflict = reports differ:
number = No.
date = Date
who = Who
kind = Kind
page-said = What
source = Source
page-confirmed-by = Confirmed by
via = via
assumed = assumed
kind-fact = fact
kind-plan = plan
kind-promise = promise
kind-judgement = judgement
kind-decision = decision
kind-request = request
status-planned = planned
status-begun = begun
status-under-way = under way
status-done = done
status-open = open
page-source-party = party to it
page-source-state-media = state media
page-source-independent = independent
page-source-own-estimate = own estimate

## Promises
nav-promises = Promises
promises-what = Each promise in its strict and its lenient reading, against the plan; beside it the outcome on record. The margin is that of the strict reading.
strict = Strict
lenient = Lenient
margin = Margin
outcome = On record
wanted = Wanted probability
treated-as = Treated as
kept = kept
broken = broken
required = required
announced = announced
same-as = says the same as
statement = statement
statement-head = Statement
loaded-sorties-out = Loaded sorties by day and airfield of departure, and what was reported
reported = reported

## Situation
nav-situation = Situation
levels = Levels, from the worst to the best
assessments = Assessments by speaker and zone
assessments-what = The latest judgement of each office stands. Judgements that differ stand side by side; none is preferred.
page-zone-all = whole area
agreement = Standing judgements
agree = agree
differ = differ
not-judged = not judged yet
later = later
conditions = Conditions and what they gate
condition = Condition
true-when = True
not-yet = not yet
since = from
while-level = while judged at least:
policy = Policy
page-policy-go = go: once true, it goes on
page-policy-hold = hold: while untrue, nothing starts
page-policy-reverse = reverse: what is under way is undone
gates = Gates
gates-departures = { $n ->
    [one] departures of { $n } element
   *[other] departures of { $n } elements
}
gates-departures-of = all departures of
gates-handovers = { $n ->
    [one] handover of { $n } site
   *[other] handovers of { $n } sites
}
gates-strength = strength stays at { $people } or more
open = open
closed = closed
gated-later = Gated moves still to start
if-level-falls = If the level falls on { $moment }
branch-go = { $n ->
    [one] { $n } move goes on as planned
   *[other] { $n } moves go on as planned
}
branch-wait = { $n ->
    [one] { $n } move waits
   *[other] { $n } moves wait
}
branch-ends = { $n ->
    [one] { $n } move under way ends as planned
   *[other] { $n } moves under way end as planned
}
branch-undone = { $n ->
    [one] { $n } move under way is undone
   *[other] { $n } moves under way are undone
}
list = List
and-more = and { $n } more
mandate = Mandate
task = Task
limit = Limit
ceiling = Ceiling
sites-or-limit = Sites, or how many
at-most-people = { $n ->
    [one] at most { $n } person
   *[other] at most { $n } people
}
until = until

## Residual capability
nav-residual = Residual capability
residual-what = What the force can still do at each hour if the plan is kept to: who is still in the host, what is guarded, how soon the first of those who have left could be back.
residual-chart = Residual capability by hour
residual-caption = Every sixth hour
moment-head = Moment
sites-guarded-short = Sites guarded
hours-back = Hours until back
first-back = First back in
first-back-in = first of those who have left back in { $length }
nobody-has-left = nobody has left yet
last-stops = Last moment to stop and keep the sites of a task
last-stops-what = If nothing starts from the stop on and what is under way ends, the sites that the plan has not given up by then stay guarded. A stop at the last moment still keeps all that a stop now keeps.
last-stop = Last moment
then-lost = Site that goes next
costs-none = the plan costs none of them

## What binds, the check, assumptions
nav-binds = What binds
binds-what = One unit more of a thing, planned again, makes the day’s last departure earlier.
nothing-single = nothing single
one-more = One unit more
days-last = Day’s last departure
with-one-more = With it
nobody-that-late = nobody leaves that late
bind-stand = stands
bind-handling = handling
bind-host-check = host checks
bind-team = handover teams
bind-escort = escorts of columns
bind-tails = aircraft
bind-hours = opening hours
bind-condition = condition
bind-clearance = clearance
bind-border = border post
bind-date = date
bind-other = other
nav-checked = Checked
accepted = accepted
refused = refused
rules-and-findings = Rules checked: { $rules } of { $all }. Findings: { $findings }.
checker-what = The checker shares no rule with the planner and derives everything again from the tables and the plan’s decisions.
self-test = { $spoiled ->
    [one] { $spoiled } copy of this plan was spoiled on purpose; { $refused } refused with the right rule.
   *[other] { $spoiled } copies of this plan were spoiled on purpose; { $refused } refused with the right rule.
}
findings = { $n ->
    [one] { $n } finding
   *[other] { $n } findings
}
record-findings-what = The record is checked against capacities that are largely assumed: a finding there says that record and assumption do not fit.
objective = Objective, level by level
objective-what = Compared from the first level on; smaller is better. No bound is proven yet.
level = Level
value = Value
z0 = broken rules
z1 = unmoved pieces and people
z2 = broken promises and hard dates, weighed by rank
z3 = inversions of precedence
z4 = closure of the parties, seconds
z5 = lateness, seconds
z6-tails = aircraft
z6-sorties = sorties
z6-minutes = minutes flown
z7 = cost, minor units
z8 = slack (not used yet)
z9 = change (not used yet)
nav-assumptions = Assumptions
assumptions-neutral = exeunt is affiliated with no state and no organisation and takes no side. Most rows come from the parties themselves, in their communiqués or through agencies that passed them on; where reports differ, the difference is shown. Place names are those of the date.
from-party = from a party to it: { $n }
from-state-media = from state media: { $n }
from-independent = from independent sources: { $n }
from-own-estimate = own estimates: { $n }
row = Row
assumed-what = What is assumed, and why
neutral = Made with exeunt, civil software about transport. A plan is no clearance: that remains with those whose office it is.

## More
who-moves = Who moves how and when, and where they are
loaded-sorties-in = Loaded sorties into or out of the host by day, and what was reported
no-other-site = no other
all-sites = all { $n } sites
ceiling-kept = kept
ceiling-broken = broken
map-and-sites = { $place } and sites
assumed-in-part = assumed in part
kind-assessment = assessment
