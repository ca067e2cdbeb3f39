# The ruler of dates.

ruler-question = MAY WE SAY “{ $demand } by …”?
ruler-demand-left-site = all leave their sites
ruler-demand-left-host = all out of the host
ruler-demand-home-airfield = all landed at home
ruler-demand-home-base = all at their bases
ruler-demand-in-place = all in place
ruler-of = said of: { $set }
ruler-days = days from { $from } to { $to } ({ $zone })
ruler-key-impossible = no plan can
ruler-key-later = not ruled out, this plan is later
ruler-key-plan = this plan
ruler-key-low = below 50 %
ruler-key-middle = 50 to 90 %
ruler-key-high = above 90 %
ruler-key-after = after this plan
ruler-key-said = said
ruler-before = before { $moment }: no plan can. { $why } (stage { $stage }, certificate checked just now)
ruler-never = no plan ever can. { $why } (stage { $stage }, certificate checked just now)
ruler-may-stay = That is of plans which leave at most { $n ->
    [one] { $n } piece that could move
   *[other] { $n } pieces that could move
 } behind.
ruler-unbounded = Nothing is proven of what no plan can.
ruler-why-path = Somebody’s way alone takes so long, were nobody else there
ruler-why-path-after = The handovers before it and somebody’s way take so long
ruler-why-path-never = Part of it can never arrive
ruler-why-teams = { $resource }: the handovers take so long
ruler-why-handling = { $place }: handling takes so long
ruler-why-host-check = { $place }: the host’s checks take so long
ruler-why-stand = { $place }: the stands are taken so long
ruler-why-fleet = { $place }: the aircraft need so long for their flights
ruler-plan = { $moment }: this plan, nothing going wrong
ruler-plan-gap = { $moment }: this plan, nothing going wrong; gap { $percent } %
ruler-plan-never = This plan never has all of it there: { $n ->
    [one] { $n } piece or person stays
   *[other] { $n } pieces and people stay
 }. It has no date.
ruler-not-accepted = { $n ->
    [one] The checker finds { $n } fault in this plan; its dates are not to be promised.
   *[other] The checker finds { $n } faults in this plan; its dates are not to be promised.
}
ruler-kept = { $percent } %: { $date } ({ $intervals })
ruler-kept-brief = { $percent } %: { $date }
ruler-sampling = sampling { $low } to { $high }
ruler-inputs = inputs { $low } to { $high }
ruler-never-date = never
ruler-said-title = ALREADY SAID
ruler-said-none = nothing of such a set and milestone
ruler-said = { $ids }, by { $date }: { $chance }
ruler-end-of = the end of { $day }
ruler-chance = { $percent } % ({ $intervals })
ruler-chance-sampling = sampling { $low }–{ $high }
ruler-chance-inputs = inputs { $low }–{ $high }
ruler-chance-lenient = read leniently, by { $date }: { $chance }
ruler-no-chance = no probability
ruler-impossible = impossible
ruler-before-start = dated before the start; on record: { $record }
ruler-no-record = nothing
ruler-words = { $text }; { $who }
ruler-again = again { $ids }: { $who }
ruler-office-unnamed = office not named
ruler-about-larger = of more than this set
ruler-about-smaller = of part of this set
ruler-wanted-title = WANTED { $percent } %
ruler-wanted-moment = reached by { $date } ({ $intervals })
ruler-wanted-none = no date up to the end of the horizon, { $end }, reaches { $percent } %
ruler-say-noon = by noon on { $day }
ruler-say-evening = by the evening of { $day } (20:00)
ruler-say-end = by the end of { $day }
ruler-say = say “{ $words }”: { $chance }
ruler-say-or = or “{ $words }”: { $chance }
ruler-remedy = No probabilities: the scenario has no rows in `{ $table }`. Fill in what may turn out otherwise (a duration, a breakdown, the weather, a late clearance), each with its distribution, its range and where it comes from; { $page }, section 14, says how, and `{ $command }` writes an example.
ruler-made-of = { $n } replications, seed { $seed }; { $percent } % of the uncertainty rows are assumed
ruler-made-of-inputs = inputs: { $draws } draws of { $each } each
ruler-svg-title = What may be promised: { $demand } by …
ruler-svg-impossible = no plan can
ruler-svg-plan = this plan
ruler-row-impossible = no plan before
ruler-what = How likely it is that the last are there by each date. Left of the hatching’s end no plan can; the line is this plan if nothing goes wrong.
ruler-date = date
ruler-column-what = what
ruler-column-chance = probability, %
ruler-column-sampling = sampling
ruler-column-inputs = inputs
ruler-row-plan = this plan, nothing going wrong
ruler-row-kept = kept with { $percent } %
prospects = How sure
prospects-what = { $n } courses of events were drawn (seed { $seed }); the parameters themselves were drawn { $draws } times over their ranges. { $percent } % of the uncertainty rows are assumed: these are probabilities of the model, not of the world.
prospects-closure = When the last arrive
prospects-closure-label = Share of courses of events in which the last of all arrive, by time
prospects-share = share, %
prospects-from = from
prospects-to = to
prospects-never = never
prospects-curves = If the date were another
prospects-curves-label = Probability of each promise by the date that it names
prospects-curves-what = Each line is the probability of keeping the promise if its date were moved; the mark is the date that was said.
prospects-no-curve = No line, for no date decides them: { $promises }
prospects-tornado = What decides
prospects-tornado-label = Arrival of the last with 90 %, with one input at either end of its range
prospects-tornado-what = One input at either end of its range, the others as stated: when the last are there with 90 %.
prospects-row = row
prospects-range = range
prospects-low = at the low end
prospects-stated = as stated
prospects-high = at the high end
prospects-critical = On the longest path
prospects-critical-label = How often something is on the longest path to the last arrival
prospects-critical-what = Share of courses of events in which it is on the chain that leads to the last arrival: activities, then what is shared or closed.
prospects-activities = activities
prospects-causes = what is shared or closed
prospects-none = nothing is
