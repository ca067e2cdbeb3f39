# Линейка дат.

ruler-question = МОЖНО ЛИ СКАЗАТЬ «{ $demand } к …»?
ruler-demand-left-site = все покинут свои объекты
ruler-demand-left-host = все покинут принимающее государство
ruler-demand-home-airfield = все приземлятся у себя
ruler-demand-home-base = все будут в пунктах постоянной дислокации
ruler-demand-in-place = все будут на местах
ruler-of = речь о: { $set }
ruler-days = дни с { $from } по { $to } ({ $zone })
ruler-key-impossible = невозможно ни по какому плану
ruler-key-later = не исключено, этот план позже
ruler-key-plan = этот план
ruler-key-low = ниже 50 %
ruler-key-middle = от 50 до 90 %
ruler-key-high = выше 90 %
ruler-key-after = после этого плана
ruler-key-said = сказано
ruler-before = раньше { $moment }: невозможно ни по какому плану. { $why } (ступень { $stage }, доказательство только что проверено)
ruler-never = невозможно ни по какому плану никогда. { $why } (ступень { $stage }, доказательство только что проверено)
ruler-unbounded = О том, что невозможно ни по какому плану, ничего не доказано.
ruler-why-path = Столько занимает уже один путь, даже если нет никого, кроме тех, кто обязан убыть раньше
ruler-why-path-after = Столько занимают передачи объектов и путь самих или тех, кто обязан убыть раньше
ruler-why-path-never = Часть не может прибыть никогда
ruler-why-teams = { $resource }: столько занимают передачи объектов
ruler-why-handling = { $place }: столько занимает обслуживание самолётов
ruler-why-host-check = { $place }: столько занимает досмотр принимающей стороны
ruler-why-stand = { $place }: столько времени заняты стоянки
ruler-why-fleet = { $place }: столько времени нужно самолётам на рейсы
ruler-plan = { $moment }: этот план, если ничто не помешает
ruler-plan-gap = { $moment }: этот план, если ничто не помешает; разрыв { $percent } %
ruler-plan-never = По этому плану всё не прибудет никогда: остаётся единиц (людей и грузовых мест) { $n ->
    [one] { $n }
    [few] { $n }
    [many] { $n }
   *[other] { $n }
 }. Даты у него нет.
ruler-not-accepted = { $n ->
    [one] Проверка находит в этом плане { $n } нарушение; обещать его даты нельзя.
    [few] Проверка находит в этом плане { $n } нарушения; обещать его даты нельзя.
    [many] Проверка находит в этом плане { $n } нарушений; обещать его даты нельзя.
   *[other] Проверка находит в этом плане { $n } нарушения; обещать его даты нельзя.
}
ruler-kept = { $percent } %: { $date } ({ $intervals })
ruler-sampling = выборка: от { $low } до { $high }
ruler-inputs = исходные данные: от { $low } до { $high }
ruler-never-date = никогда
ruler-said-title = УЖЕ СКАЗАНО
ruler-said-none = о таком составе и рубеже ничего
ruler-said = { $ids }, к { $date }: { $chance }
ruler-end-of = концу суток { $day }
ruler-chance = { $percent } % ({ $intervals })
ruler-chance-sampling = выборка { $low }–{ $high }
ruler-chance-inputs = исходные данные { $low }–{ $high }
ruler-chance-lenient = при широком толковании, к { $date }: { $chance }
ruler-no-chance = вероятности нет
ruler-impossible = невозможно
ruler-before-start = дата раньше начала; по записям: { $record }
ruler-no-record = ничего
ruler-words = { $text }; { $who }
ruler-again = повторено { $ids }: { $who }
ruler-office-unnamed = должность не названа
ruler-about-larger = о большем составе
ruler-about-smaller = о части этого состава
ruler-wanted-title = ТРЕБУЕТСЯ { $percent } %
ruler-wanted-moment = достигается к { $date } ({ $intervals })
ruler-wanted-none = до конца горизонта, { $end }, ни одна дата не даёт { $percent } %
ruler-say-noon = к полудню { $day }
ruler-say-evening = к вечеру { $day } (20:00)
ruler-say-end = до конца суток { $day }
ruler-say = сказать «{ $words }»: { $chance }
ruler-say-or = или «{ $words }»: { $chance }
ruler-remedy = Вероятностей нет: в сценарии нет строк таблицы `{ $table }`. Внесите то, что может сложиться иначе (длительность, неисправность, погода, запоздалое разрешение), для каждого распределение, пределы и откуда они взяты; как это сделать, сказано в { $page }, раздел 14, а пример пишет `{ $command }`.
ruler-made-of = повторов: { $n }, начальное число { $seed }; допущено строк неопределённости: { $percent } %
ruler-made-of-inputs = исходные данные: розыгрышей { $draws } по { $each }
ruler-svg-title = Что можно обещать: { $demand } к …
ruler-svg-impossible = невозможно
ruler-svg-plan = этот план
ruler-row-impossible = ни по какому плану раньше
ruler-what = Насколько вероятно, что к каждой дате последние будут на месте. До конца штриховки это невозможно ни по какому плану; черта — этот план, если ничто не помешает.
ruler-date = дата
ruler-column-what = что
ruler-column-chance = вероятность, %
ruler-column-sampling = выборка
ruler-column-inputs = исходные данные
ruler-row-plan = этот план, если ничто не помешает
ruler-row-kept = выдерживается с { $percent } %
prospects = Насколько это надёжно
prospects-what = Разыграно ходов событий: { $n } (начальное число { $seed }); сами параметры разыграны по их пределам { $draws } раз. Допущено строк неопределённости: { $percent } %. Это вероятности модели, а не мира.
prospects-closure = Когда прибывают последние
prospects-closure-label = Доля ходов событий, при которых прибывают последние, по времени
prospects-share = доля, %
prospects-from = от
prospects-to = до
prospects-never = никогда
prospects-curves = Если бы дата была другой
prospects-curves-label = Вероятность каждого обещания в зависимости от названной даты
prospects-curves-what = Каждая линия — вероятность выполнить обещание, если бы его дату сдвинули; знак — названная дата.
prospects-no-curve = Без линии, потому что дата ничего не решает: { $promises }
prospects-tornado = Что решает
prospects-tornado-label = Прибытие последних с 90 %, когда одно из исходных данных на том или другом пределе
prospects-tornado-what = Одно из исходных данных на том или другом пределе, остальные как указано: когда последние на месте с 90 %. Каждое число, и «как указано», — только по первым ходам событий: { $n }.
prospects-row = строка
prospects-range = пределы
prospects-low = на нижнем пределе
prospects-stated = как указано
prospects-high = на верхнем пределе
prospects-critical = На самом длинном пути
prospects-critical-label = Как часто что-либо лежит на самом длинном пути к последнему прибытию
prospects-critical-what = Доля ходов событий, при которых это лежит в цепи, ведущей к последнему прибытию: сначала действия, затем общее или закрытое.
prospects-activities = действия
prospects-causes = общее или закрытое
prospects-none = ничего
ruler-svg-gap = разрыв { $percent } %
uncertain-step-duration = длительность шага
uncertain-receiver-late = опоздание принимающих
uncertain-breakdown = неисправность
uncertain-weather = погода
uncertain-ground-time = время на земле
uncertain-block-time = время полёта
uncertain-march-time = время марша
uncertain-clearance-late = запоздалое разрешение
uncertain-decision-late = запоздалое решение
uncertain-situation = обстановка
