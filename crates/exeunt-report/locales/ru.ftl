# Слова документов exeunt по-русски.

## Время
moment = { $day }, { $time }
moment-in-full = { $day }, { $time } ({ $zone })
stretch = { $large } { $small }
days = { $n } сут
hours = { $n } ч
minutes = { $n } мин
on-time = точно в срок
early = раньше на { $length }
late = позже на { $length }
# для проверки форм множественного числа
plural-form = { $n ->
    [one] one
    [few] few
    [many] many
   *[other] other
}
