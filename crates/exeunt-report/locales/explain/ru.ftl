# Почему не раньше, по-русски.

## Что объясняется
explain-title = ПОЧЕМУ НЕ РАНЬШЕ: { $subject }, { $moment }
explain-title-without = ПОЧЕМУ НЕ РАНЬШЕ: { $subject }
explain-closure = завершение перевозки, последнее прибытие
explain-party = последнее прибытие, { $party }
explain-left-site = { $element }: убытие с места
explain-left-host = { $element }: убытие из принимающего государства
explain-home-airfield = { $element }: посадка на аэродроме возвращения
explain-home-base = { $element }: прибытие
explain-promise = обещание { $id }, «{ $text }»
explain-step = окончание: { $step }
explain-sortie = взлёт { $sortie }
explain-column = { $column }: хвост проходит конец пути
explain-decided-by = Решает: { $what }
explain-promised = При строгом прочтении: { $margin }
explain-count-least = Самолёто-вылетов с грузом в этот день: { $found }; обещано не меньше { $wanted }
explain-count-most = Самолёто-вылетов с грузом в этот день: { $found }; обещано не больше { $wanted }
explain-before-start = Срок наступил до начала операции: он сообщается, но не рассчитывается.
explain-unmoved = Часть остаётся на месте, поэтому по этому плану прибывает не всё, каким бы ни был срок.
explain-unmoved-promise = Часть остаётся на месте, поэтому этот план выполнить обещание не может.
explain-nothing = По этому плану ничего из этого не перевозится.
explain-not-of-time = Время здесь ничего не решает.

## Цепочка
explain-sum = Всего { $length }, считая от { $start }; части складываются до секунды.
explain-line = { $deed }: { $why }
explain-wait = { $why } ({ $deed })
explain-run = { $n } подряд, в конце { $deed }: { $why }
explain-also = { $line }; в тот же момент также: { $others }
explain-deed-clearance = разрешение { $id }
explain-deed-together = этапы, начинающиеся вместе: { $step }
explain-deed-step = { $step }
explain-deed-march = { $column } в пути: { $from } – { $to }
explain-deed-pass = { $column }: хвост проходит { $to }
explain-deed-loading = погрузка { $tail }, { $field } ({ $id })
explain-deed-flight = полёт { $tail }, { $from } – { $to } ({ $id })
explain-deed-unloading = разгрузка { $tail }, { $field } ({ $id })
explain-deed-stop = стоянка { $tail }, { $field }
explain-deed-passed = все, кто идёт первым по { $id }
explain-step-named = этап { $id }, «{ $title }»
explain-column-named = колонна { $id }

## Почему, по правилам
explain-c01-custody = сначала на месте должно быть: { $piece }
explain-c03-handover = сначала должна завершиться передача: { $site }
explain-c03-staging = сосредоточение перед погрузкой, { $field }
explain-c03-ready = { $element }: убытие возможно с { $moment }
explain-c04-load-from = { $element }: погрузка возможна с { $moment }
explain-c05-spread = { $element }: прибытие всех частей за { $length }, поэтому ожидает последнюю
explain-c07-guard = до этого остаётся наименьшая охрана: { $site }
explain-c08-step = следующий этап идёт после него, с наименьшим ожиданием
explain-c08-joint = этапы начинаются вместе
explain-c09-team = { $team }: переход к следующей работе
explain-c09-shift = смена начинается { $moment }: { $team }
explain-c10-closed-leg = воздушный участок { $leg } закрыт до { $moment }
explain-c11-landing-loading = до погрузки самолёт должен сесть
explain-c11-unloading-loading = до погрузки самолёт должен быть разгружен
explain-c11-loading = взлёт после погрузки
explain-c11-landing = разгрузка после посадки
explain-c11-unloading = взлёт после разгрузки
explain-c11-turn-round = наименьшая стоянка в пути
explain-c11-no-wait = самолёт не ждёт в воздухе: взлёт назначен так, чтобы при посадке было место, { $field }
explain-c14-stand = место стоянки освобождается: { $field }
explain-c14-stand-hours = место стоянки освобождают другие в { $moment }: { $field }
explain-c15-handling = группа обслуживания освобождается: { $field }
explain-c15-host-check = контроль принимающего государства освобождается: { $field }
explain-c15-capacity = обслуживание или контроль начинается { $moment }: { $field }
explain-c16-take-off = { $field }: взлёт возможен с { $moment }
explain-c16-landing = { $field } открывается для посадки; взлёт возможен с { $moment }
explain-c16-handling = { $field }: обслуживание самолётов с { $moment }
explain-c16-slot = интервал между взлётами и посадками: { $field }
explain-c16-curfew = комендантский час на дороге { $road } до { $moment }
explain-c17-tail = { $tail }: самолёт доступен с { $moment }
explain-c20-march = следующая дорога той же колонны
explain-c20-pass = хвост колонны идёт за головой
explain-c20-headway = дистанция между колоннами на дороге { $road }
explain-c20-halt = отдых водителей после предельного времени за рулём
explain-c20-escort = сопровождение { $escort }: переход к следующей колонне
explain-c20-escort-hours = сопровождение { $escort } есть с { $moment }
explain-c20-arrival = колонна выходит так, чтобы прийти, когда это возможно
explain-c21-post = в пограничном посту по одной колонне, дорога { $road }
explain-c21-hours = пограничный пост на дороге { $road } пропускает с { $moment }
explain-c22-staging = место в районе сосредоточения освобождается: { $field }
explain-c23-precedence = сначала должны пройти те, кто идёт первым по { $id }
explain-c23-stay = по { $id } до этого часть людей остаётся
explain-c24-start = операция начинается { $moment }
explain-c25-provider = { $element } обеспечивает работу и убывает после её окончания
explain-c25-keeper = { $element } держит аэродром открытым до последнего вылета
explain-c26-clearance = разрешение { $id } государства { $state } действует с { $moment }
explain-c27-condition = условие { $id } выполнено с { $moment }
explain-promised-day = обещание { $id } называет день, который начинается { $moment }
explain-mark = марши и погрузки начинаются по пятиминутным отметкам
explain-held = так решил план: ничто в нём не заставляет ждать
explain-itself = само объясняемое

## Что остаётся, по правилам
explain-left = { $piece }, { $n }: { $reason }
explain-left-c01 = нет пути от места нахождения к месту назначения
explain-left-c02 = ни самолёт, ни колонна не доставляют всего, что взяли бы
explain-left-c03 = то, что должно освободить, не завершается
explain-left-c04 = даты не оставляют времени
explain-left-c05 = оно должно следовать одним рейсом или прибыть целиком в заданный срок
explain-left-c07 = охрана стала бы меньше наименьшей
explain-left-c08 = этап передачи не может состояться
explain-left-c09 = групп передачи недостаточно
explain-left-c10 = ни один самолёт не может пройти этот путь
explain-left-c11 = полёт со временем на земле не помещается
explain-left-c12 = тяжелее, чем самолёт поднимает на это расстояние
explain-left-c13 = не помещается ни в один грузовой отсек
explain-left-c14 = нет достаточно большого места стоянки
explain-left-c15 = не хватает обслуживания или контроля
explain-left-c16 = часы работы, полоса или интервалы не оставляют места
explain-left-c17 = нет доступного самолёта
explain-left-c20 = ни одна колонна не может это взять
explain-left-c21 = ни один пограничный пост не пропускает
explain-left-c22 = не помещается в районе сосредоточения
explain-left-c23 = держит очерёдность вывода или те, кто должен остаться
explain-left-c24 = закреплённая часть плана не оставляет места
explain-left-c25 = то, что обеспечивается, нужно до конца
explain-left-c26 = нет разрешения
explain-left-c27 = условие не выполняется или достигнут предел численности
explain-left-other = причина не указана

## По воздуху или по дороге
explain-either-air = ПОЧЕМУ ПО ВОЗДУХУ: { $element } (спланировано заново тем и другим способом; начальное число { $seed }, { $epochs ->
    [one] { $epochs } эпоха
    [few] { $epochs } эпохи
    [many] { $epochs } эпох
   *[other] { $epochs } эпохи
}; все остальные идут как в этом плане)
explain-either-road = ПОЧЕМУ ПО ДОРОГЕ: { $element } (спланировано заново тем и другим способом; начальное число { $seed }, { $epochs ->
    [one] { $epochs } эпоха
    [few] { $epochs } эпохи
    [many] { $epochs } эпох
   *[other] { $epochs } эпохи
}; все остальные идут как в этом плане)
explain-either-arrives = прибытие
explain-either-closure = последнее прибытие всех
explain-either-plan = в этом плане
explain-by-air = заново, по воздуху
explain-by-road = заново, по дороге
explain-either-never = не достигается
explain-either-later = Другим способом прибытие позже на { $length }.
explain-either-earlier = Другим способом прибытие раньше на { $length }.
explain-either-alike = Тем и другим способом прибытие в тот же момент.
explain-either-all-later = Последнее прибытие всех тогда позже на { $length }.
explain-either-all-earlier = Последнее прибытие всех тогда раньше на { $length }.
explain-either-all-alike = Последнее прибытие всех не меняется.
explain-either-decides = Решает уровень { $level } цели: { $here } при выбранном способе, { $other } при другом.
explain-either-same = Ни один уровень цели не отличается.
explain-either-better = Другой способ вышел лучше; план с большим числом эпох может выбрать его.

## Что дало бы одно изменение
explain-what-if = ЧТО ДАЛО БЫ ОДНО ИЗМЕНЕНИЕ (каждое спланировано заново; начальное число { $seed }, { $epochs ->
    [one] { $epochs } эпоха
    [few] { $epochs } эпохи
    [many] { $epochs } эпох
   *[other] { $epochs } эпохи
}; предельных величин здесь нет)
explain-unchanged = Спланировано заново без изменений: { $moment }
explain-unchanged-never = Спланировано заново без изменений: не достигается
explain-gain = раньше на { $length }, { $moment }
explain-no-gain = выигрыша нет
explain-make = Чтобы сделать изменение с номером из списка: { $write }, затем { $plan }
explain-not-all = Испробованы не все изменения.
explain-no-changes = В цепочке нечего ослабить на единицу.
explain-one-more-stand = ещё одно место стоянки: { $resource }
explain-one-more-handling = ещё одна группа обслуживания: { $resource }
explain-one-more-check = ещё один пост контроля: { $resource }
explain-one-more-team = ещё одна группа: { $resource }
explain-one-more-escort = ещё одно сопровождение: { $resource }
explain-change-tail = ещё один самолёт { $type }, { $field }
explain-change-room = район сосредоточения больше на десять человек и одну единицу: { $field }
explain-change-staging = сосредоточение на час короче: { $field }
explain-change-column = колонны больше на одну машину, дорога { $road }
explain-change-hours-military = часы для военных самолётов на час длиннее с обеих сторон: { $field }
explain-change-hours-civil = часы для гражданских самолётов на час длиннее с обеих сторон: { $field }
explain-change-shift = смена на час длиннее с обеих сторон: { $resource }
explain-change-border = пограничный пост на дороге { $road } открыт на час дольше с обеих сторон
explain-change-condition = условие { $id } на час раньше
explain-change-date = даты { $moment } на час раньше
explain-change-clearances = разрешения государства { $state } действуют на час дольше с обеих сторон
explain-change-priced = очерёдность { $id } желательна, но не обязательна
explain-change-nobody-stays = по { $id } никто не обязан оставаться
explain-change-nothing-kept = ничего не нужно держать до конца: { $resource }
explain-change-spread = { $element }: срок прибытия всех частей на час больше
explain-first = { $what }: { $length }; { $change }: раньше на { $gain }
explain-first-only = { $what }: { $length }; ни одно из испробованных изменений выигрыша не даёт
explain-first-wait = { $what }: { $length }
