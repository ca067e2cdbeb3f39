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
