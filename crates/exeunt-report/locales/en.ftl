# Words of exeunt's documents in English. Every message is in ru.ftl and ar.ftl too, with the same arguments.

## Moments and lengths of time
moment = { $day }, { $time }
moment-in-full = { $day }, { $time } ({ $zone })
stretch = { $large } { $small }
days = { $n } d
hours = { $n } h
minutes = { $n } min
on-time = on time
early = { $length } early
late = { $length } late
# for the test that compares the plural forms with the Unicode data
plural-form = { $n ->
    [one] one
   *[other] other
}

## Communiqué
communique-heading = Communiqué, { $moment }. Public.
communique-origin = How it came about
communique-happened = What has happened
communique-judged = How the situation is judged
communique-planned = What is planned
communique-promised = What was promised
communique-plan = What the plan at hand comes to
communique-undecided = What is not decided
communique-assessed = { $office }, since { $moment }, of { $zone }: { $level }
communique-promise = { $id }: { $text }; { $date }; { $kept }
communique-plan-party = { $party }: last departure { $last }, all at their bases { $home }; { $n ->
    [one] { $n } loaded sortie
   *[other] { $n } loaded sorties
 } in all
communique-plan-closure = Whoever and whatever moves is out of the host on { $out } and at base on { $home }, nothing going wrong
communique-plan-unmoved = { $n ->
    [one] { $n } person or item does not move
   *[other] { $n } people or items do not move
 }
communique-condition = Not yet true: { $text }; { $policy }
communique-made-of = Made of the ledger, the record and a checked plan alone; the words in square brackets name the rows. What became known later is left out.
communique-assumed = { $rows ->
    [one] Of { $rows } row
   *[other] Of { $rows } rows
 }, { $assumed ->
    [one] { $assumed } is assumed in whole or part.
   *[other] { $assumed } are assumed in whole or part.
 }
communique-untranslated = { $n ->
    [one] { $n } statement has no translation and stands in English.
   *[other] { $n } statements have no translation and stand in English.
 }
neutrality = exeunt is civil software about transport, affiliated with no state or organisation, and takes no side. Offices speak here, in their words as retold; most rows come from the parties themselves. Place names are those of that day.
told = { $office }, { $date }: { $text }
told-via = { $office } ({ $via }), { $date }: { $text }
told-event = { $date }: { $text }
told-source-party = source: takes part itself
told-source-state-media = source: state media
told-source-independent = source: independent
told-source-own-estimate = source: own estimate
told-confirmed-by = confirmed by { $rows }
reports-differ = reports differ: { $conflicts }
level-read-out = level read out of the words by us
told-zone-all = the whole theatre
promise-by = by { $day }
promise-by-either = by { $strict }, or in the lenient reading by { $lenient }
promise-on = on { $day }
promise-no-date = the manner, without a date
promise-kept = kept by the plan at hand
promise-kept-leniently = kept by the plan at hand only in the lenient reading
promise-broken = not kept by the plan at hand
promise-before-start = dated before the plan begins
told-policy-go = goes on once it has been true
told-policy-hold = until then what it gates waits
told-policy-reverse = until then what it gates waits, and what is under way is undone
row-statement = statement { $id }
row-assessment = assessment { $id }
row-promise = promise { $id }
row-condition = condition { $id }
row-record = record, day { $id }
row-party = plan, { $id }
row-plan = plan
list-separator = ;{" "}
told-record = Loaded sorties reported for { $day }: { $shown }
told-assumed = assumed by us, no report found
told-in-part-assumed = assumed at least in part
told-promise = { $id }: { $text }; { $date }
told-plan-home = { $party }: all at their bases { $home }
told-plan-party-in = { $party }: last into the host { $last }, all in place { $home }; { $n ->
    [one] { $n } loaded sortie
   *[other] { $n } loaded sorties
 } in all
told-plan-in-place = { $party }: all in place { $home }
told-plan-closure-in = The last come into the host on { $in }; whoever and whatever moves is in place on { $home }, nothing going wrong
told-plan-closure-end = Whoever and whatever moves has come to its end on { $home }, nothing going wrong
told-made-without-plan = Made of the ledger and the record alone; the words in brackets name the rows. No plan is told of: the one at hand is the record itself, or does not pass the checker. What became known later is left out.
told-plan-party-out = { $party }: last out of the host { $last }, all at their ends { $home }; { $n ->
    [one] { $n } loaded sortie
   *[other] { $n } loaded sorties
 } in all
