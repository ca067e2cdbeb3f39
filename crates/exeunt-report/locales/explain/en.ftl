# Why something is not earlier, in English.

## What is explained
explain-title = WHY NOT EARLIER: { $subject }, { $moment }
explain-title-without = WHY NOT EARLIER: { $subject }
explain-closure = closure, the last arrival of all
explain-party = last arrival of { $party }
explain-left-site = { $element } leaves its origin
explain-left-host = { $element } leaves the host
explain-home-airfield = { $element } lands at its home airfield
explain-home-base = { $element } arrives
explain-promise = promise { $id }, “{ $text }”
explain-step = end of { $step }
explain-sortie = take-off of { $sortie }
explain-column = { $column } clears the end of its way
explain-decided-by = Decided by: { $what }
explain-promised = By the strict reading: { $margin }
explain-count-least = Loaded sorties that day: { $found }; promised: at least { $wanted }
explain-count-most = Loaded sorties that day: { $found }; promised: at most { $wanted }
explain-before-start = Its date lies before the start of the operation: it is reported and not computed.
explain-unmoved = Part of it stays behind in this plan, so not all of it arrives, whatever the date.
explain-unmoved-promise = Part of it stays behind, so this plan cannot keep it.
explain-nothing = Nothing of it moves in this plan.
explain-not-of-time = No moment decides it.

## The chain
explain-sum = Together { $length } from { $start } on; the parts add up to the second.
explain-line = { $deed }: { $why }
explain-wait = { $why } ({ $deed })
explain-run = { $n } in a row, at the end { $deed }: { $why }
explain-also = { $line }; at the same moment also: { $others }
explain-deed-clearance = clearance { $id }
explain-deed-together = steps that start together with { $step }
explain-deed-step = { $step }
explain-deed-march = { $column } on the road from { $from } to { $to }
explain-deed-pass = { $column } clears { $to }
explain-deed-loading = loading of { $tail } at { $field } ({ $id })
explain-deed-flight = flight of { $tail } from { $from } to { $to } ({ $id })
explain-deed-unloading = unloading of { $tail } at { $field } ({ $id })
explain-deed-stop = stop of { $tail } at { $field }
explain-deed-passed = all who go first by { $id }
explain-step-named = step { $id }, “{ $title }”
explain-column-named = column { $id }

## Why, by rule
explain-c01-custody = { $piece } has to be there first
explain-c03-handover = the handover of { $site } has to end first
explain-c03-staging = staging at { $field } before loading
explain-c03-ready = { $element } may leave from { $moment } on
explain-c04-load-from = { $element } may be loaded from { $moment } on
explain-c05-spread = { $element } has to arrive within { $length } and waits for the last of it
explain-c07-guard = the least guard stays at { $site } until then
explain-c08-step = the next step of the order comes after it, with its least wait
explain-c08-joint = steps start together
explain-c09-team = { $team }: handed on
explain-c09-shift = the shift of { $team } begins at { $moment }
explain-c10-closed-leg = air leg { $leg } is closed until { $moment }
explain-c11-landing-loading = the aircraft has to land before it is loaded
explain-c11-unloading-loading = the aircraft has to be unloaded before it is loaded
explain-c11-loading = take-off comes after loading
explain-c11-landing = unloading comes after landing
explain-c11-unloading = take-off comes after unloading
explain-c11-turn-round = the least stop on the way
explain-c11-no-wait = no aircraft waits in the air: it takes off so as to land when { $field } has room
explain-c14-stand = a stand at { $field } is handed on
explain-c14-stand-hours = others leave a stand at { $field } at { $moment }
explain-c15-handling = a handling team at { $field } is handed on
explain-c15-host-check = a host check at { $field } is handed on
explain-c15-capacity = handling or checks at { $field } begin at { $moment }
explain-c16-take-off = { $field } is open for take-off from { $moment } on
explain-c16-landing = { $field } opens for landing; take-off is possible from { $moment } on
explain-c16-handling = { $field } handles aircraft from { $moment } on
explain-c16-slot = movements at { $field } keep their separation
explain-c16-curfew = curfew on road { $road } until { $moment }
explain-c17-tail = { $tail } is available from { $moment } on
explain-c20-march = the next road of the same column
explain-c20-pass = the tail of the column follows its head
explain-c20-headway = headway between columns on road { $road }
explain-c20-halt = the halt that drivers need after so long at the wheel
explain-c20-escort = escort { $escort }: handed on from column to column
explain-c20-escort-hours = escort { $escort } is there from { $moment } on
explain-c20-arrival = the column leaves so as to arrive when it may
explain-c21-post = one column at a time in the border post on road { $road }
explain-c21-hours = the border post on road { $road } lets through from { $moment } on
explain-c22-staging = room in the staging area of { $field } is handed on
explain-c23-precedence = those who go first by { $id } have to have passed
explain-c23-stay = by { $id } so many stay until then
explain-c24-start = the operation begins at { $moment }
explain-c25-provider = { $element } provides capacity and leaves after its last use
explain-c25-keeper = { $element } keeps the field open until the last departure
explain-c26-clearance = clearance { $id } of { $state } is in force from { $moment } on
explain-c27-condition = condition { $id } is open from { $moment } on
explain-promised-day = promise { $id } names the day that begins at { $moment }
explain-mark = marches and loadings start on five-minute marks
explain-held = held by the plan: nothing in it forces the wait
explain-itself = this itself

## What stays behind, by rule
explain-left = { $piece }, { $n }: { $reason }
explain-left-c01 = no way leads from where it is to where it goes
explain-left-c02 = no aircraft or column delivers all that it would pick up
explain-left-c03 = what has to release it never ends
explain-left-c04 = its dates leave no room
explain-left-c05 = it has to go in one load, or to arrive within its spread
explain-left-c07 = the least guard would be undercut
explain-left-c08 = a step of the handover cannot take place
explain-left-c09 = the teams of the handover do not suffice
explain-left-c10 = no aircraft reaches the way that it has to fly
explain-left-c11 = no flight with its ground time fits
explain-left-c12 = it is heavier than any aircraft lifts over the distance
explain-left-c13 = it fits into no hold
explain-left-c14 = no stand is large enough
explain-left-c15 = no handling or host check is left for it
explain-left-c16 = hours, runway or slots leave no room
explain-left-c17 = no aircraft is available
explain-left-c20 = no column can take it
explain-left-c21 = no border post lets it through
explain-left-c22 = it does not fit the staging area
explain-left-c23 = the order of leaving, or who has to stay, holds it back
explain-left-c24 = what is frozen leaves no room
explain-left-c25 = capacity that it provides is needed to the end
explain-left-c26 = a clearance is missing
explain-left-c27 = what gates it never opens, or the ceiling is reached
explain-left-other = no reason is stated

## By air or by road
explain-either-air = WHY BY AIR: { $element } (planned again by either mode with seed { $seed } and { $epochs ->
    [one] { $epochs } epoch
   *[other] { $epochs } epochs
}; all others go as they do in this plan)
explain-either-road = WHY BY ROAD: { $element } (planned again by either mode with seed { $seed } and { $epochs ->
    [one] { $epochs } epoch
   *[other] { $epochs } epochs
}; all others go as they do in this plan)
explain-either-arrives = arrives
explain-either-closure = last arrival of all
explain-either-plan = in this plan
explain-by-air = planned again, by air
explain-by-road = planned again, by road
explain-either-never = not reached
explain-either-later = By the other mode it arrives { $length } later.
explain-either-earlier = By the other mode it arrives { $length } earlier.
explain-either-alike = By either mode it arrives at the same moment.
explain-either-all-later = The last arrival of all is then { $length } later.
explain-either-all-earlier = The last arrival of all is then { $length } earlier.
explain-either-all-alike = The last arrival of all stays as it is.
explain-either-decides = What decides is level { $level } of the objective: { $here } as chosen, { $other } by the other mode.
explain-either-same = No level of the objective differs.
explain-either-better = The other mode came out better; a plan made with more epochs may choose it.

## What one change would bring
explain-what-if = WHAT ONE CHANGE WOULD BRING (each planned again with seed { $seed } and { $epochs ->
    [one] { $epochs } epoch
   *[other] { $epochs } epochs
}; no figure is marginal)
explain-unchanged = Planned again without a change: { $moment }
explain-unchanged-never = Planned again without a change: not reached
explain-gain = { $length } earlier, { $moment }
explain-no-gain = no gain
explain-make = To make change N: { $write }, then { $plan }
explain-not-all = Not every change was tried.
explain-no-changes = Nothing on the chain can be loosened by one unit.
explain-one-more-stand = one more stand: { $resource }
explain-one-more-handling = one more handling team: { $resource }
explain-one-more-check = one more host check: { $resource }
explain-one-more-team = one more team: { $resource }
explain-one-more-escort = one more escort: { $resource }
explain-change-tail = one more aircraft { $type } at { $field }
explain-change-room = staging area of { $field } for ten more people and one more item
explain-change-staging = staging at { $field } an hour shorter
explain-change-column = columns of one more vehicle on road { $road }
explain-change-hours-military = military hours of { $field } an hour longer at both ends
explain-change-hours-civil = civil hours of { $field } an hour longer at both ends
explain-change-shift = shift an hour longer at both ends: { $resource }
explain-change-border = border post on road { $road } open an hour longer at both ends
explain-change-condition = condition { $id } an hour earlier
explain-change-date = dates of { $moment } an hour earlier
explain-change-clearances = clearances of { $state } valid an hour longer at both ends
explain-change-priced = precedence { $id } priced and not hard
explain-change-nobody-stays = nobody has to stay by { $id }
explain-change-nothing-kept = nothing has to be kept to the end: { $resource }
explain-change-spread = spread of { $element } an hour longer
explain-first = { $what }: { $length }; { $change }: { $gain } earlier
explain-first-only = { $what }: { $length }; no single change that was tried gains anything
explain-first-wait = { $what }: { $length }
