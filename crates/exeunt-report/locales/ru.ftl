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

## Сообщение
communique-heading = Сообщение, { $moment }. Для общего сведения.
communique-origin = Как всё началось
communique-happened = Что произошло
communique-judged = Как оценивается обстановка
communique-planned = Что планируется
communique-promised = Что обещано
communique-plan = К чему приводит имеющийся план
communique-undecided = Что ещё не решено
communique-assessed = { $office }, с { $moment }, { $zone }: { $level }
communique-promise = { $id }: { $text }; { $date }; { $kept }
communique-plan-party = { $party }: последнее убытие { $last }, все прибывают в пункты постоянной дислокации к { $home }; всего { $n ->
    [one] { $n } самолёто-вылет с грузом
    [few] { $n } самолёто-вылета с грузом
    [many] { $n } самолёто-вылетов с грузом
   *[other] { $n } самолёто-вылета с грузом
 }
communique-plan-closure = Все покидают принимающее государство { $out } и прибывают в пункты постоянной дислокации к { $home }, если ничто не помешает
communique-plan-unmoved = { $n ->
    [one] Не перевозится единиц (людей и грузовых мест): { $n }
    [few] Не перевозится единиц (людей и грузовых мест): { $n }
    [many] Не перевозится единиц (людей и грузовых мест): { $n }
   *[other] Не перевозится единиц (людей и грузовых мест): { $n }
}
communique-condition = Пока не выполнено: { $text }; { $policy }
communique-made-of = Составлено только по журналу заявлений, записям о событиях и проверенному плану; в квадратных скобках указаны строки данных. То, что стало известно позже, не включено.
communique-assumed = { $assumed ->
    [one] Полностью или частично допущена { $assumed } строка
    [few] Полностью или частично допущены { $assumed } строки
    [many] Полностью или частично допущено { $assumed } строк
   *[other] Полностью или частично допущено { $assumed } строки
 } { $rows ->
    [one] из { $rows }.
    [few] из { $rows }.
    [many] из { $rows }.
   *[other] из { $rows }.
 }
communique-untranslated = { $n ->
    [one] { $n } заявление не переведено и приведено по-английски.
    [few] { $n } заявления не переведены и приведены по-английски.
    [many] { $n } заявлений не переведено и приведено по-английски.
   *[other] { $n } заявления не переведено и приведено по-английски.
 }
neutrality = exeunt — гражданская программа о перевозках, не связанная ни с одним государством или организацией и не принимающая ничьей стороны. Высказывания приведены в пересказе, от имени должностей, а не лиц; большинство строк исходит от самих участников. Названия мест — те, что действовали в тот день.
told = { $office }, { $date }: { $text }
told-via = { $office } ({ $via }), { $date }: { $text }
told-event = { $date }: { $text }
told-source-party = источник: участник событий
told-source-state-media = источник: государственные СМИ
told-source-independent = источник: независимый
told-source-own-estimate = источник: собственная оценка
told-confirmed-by = подтверждено: { $rows }
reports-differ = сообщения расходятся: { $conflicts }
level-read-out = уровень выведен нами из слов
told-zone-all = весь район действий
promise-by = до { $day } включительно
promise-by-either = до { $strict } включительно, при широком толковании до { $lenient }
promise-on = { $day }
promise-no-date = способ, без даты
promise-kept = по имеющемуся плану выполняется
promise-kept-leniently = по имеющемуся плану выполняется лишь при широком толковании
promise-broken = по имеющемуся плану не выполняется
promise-before-start = дата раньше начала плана
told-policy-go = однажды выполненное, далее не препятствует
told-policy-hold = до этого то, что от него зависит, не начинается
told-policy-reverse = до этого то, что от него зависит, не начинается, а начатое отменяется
row-statement = заявление { $id }
row-assessment = оценка { $id }
row-promise = обещание { $id }
row-condition = условие { $id }
row-record = запись, день { $id }
row-party = план, { $id }
row-plan = план
list-separator = ;{" "}
told-record = Самолёто-вылеты с грузом за { $day }, по сообщениям: { $shown }
told-assumed = допущено нами, сообщения не найдено
told-in-part-assumed = допущено по крайней мере частично
told-promise = { $id }: { $text }; { $date }
told-plan-home = { $party }: все прибывают в пункты постоянной дислокации к { $home }
told-plan-party-in = { $party }: последнее прибытие в принимающее государство { $last }, все на местах { $home }; всего { $n ->
    [one] { $n } самолёто-вылет с грузом
    [few] { $n } самолёто-вылета с грузом
    [many] { $n } самолёто-вылетов с грузом
   *[other] { $n } самолёто-вылета с грузом
 }
told-plan-in-place = { $party }: все на местах { $home }
told-plan-closure-in = Последние прибывают в принимающее государство { $in }; все, кто и что перевозится, на местах { $home }, если ничто не помешает
told-plan-closure-end = Все, кто и что перевозится, прибывают на место { $home }, если ничто не помешает
told-made-without-plan = Составлено только по журналу заявлений и записям о событиях; в квадратных скобках указаны строки данных. О плане не сообщается: имеющийся план сам является записью событий либо не проходит проверку. То, что стало известно позже, не включено.
