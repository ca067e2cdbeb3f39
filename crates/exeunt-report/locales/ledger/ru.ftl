# Слова журнала заявлений по-русски.

ledger-heading = Журнал заявлений: { $title }; всё, что записано
ledger-heading-at = Журнал заявлений: { $title }; что известно на { $moment }
ledger-rows = { $n ->
    [one] { $n } строка
    [few] { $n } строки
    [many] { $n } строк
   *[other] { $n } строки
} из { $all }
ledger-brackets = Числа в квадратных скобках — строки журнала. Ничто не взвешивается: если строки расходятся, приводятся обе.
ledger-none = ничего
ledger-head = { $id }  { $head }
ledger-said = сказано { $moment }
ledger-recorded = записано { $moment }
ledger-kind = { $kind }, { $status }
ledger-named = { $name }, { $office }
ledger-via = через { $via }
ledger-origin = исходит от: { $origin }
ledger-quantity = { $n } { $unit }
ledger-of = о ком: { $set }
ledger-for = на { $day }
ledger-from-to = от { $from } до { $to }
ledger-days = с { $from } по { $to }
ledger-deadline = срок { $date }
ledger-language = язык: { $code }
ledger-assumed = допущение: { $text }
ledger-confirms = подтверждает { $rows }
ledger-bears = { $id }: { $state }
ledger-all = все, кто перемещается
ledger-number = { $n } [{ $row }]

## Что следует из журнала
ledger-figures = Объявлено, выполнено, осталось
counted-sorties = самолёто-вылеты с грузом
counted-people = люди
counted-vehicles = машины и поддоны
counted-sites = объекты
figure-head = { $day }, { $counted }, { $set }: { $state }
figure-announced = объявлено { $numbers }
figure-under-way = выполняется { $numbers }
figure-done = выполнено { $numbers }
figure-done-of = выполнено: { $set } { $numbers }
figure-left = осталось { $n }
figure-left-of = осталось { $n }: { $set }
figure-either = осталось не более { $n } или сверх объявленного не более { $more }
figure-more = больше объявленного на { $n }
figure-planned-by = запланировано без числа [{ $rows }]
figure-record = в записях за этот день: { $shown }
figure-flagged = расхождение в сообщениях: { $conflicts }
figure-unflagged = ни одно записанное расхождение не называет двух из этих строк
figure-state-open = сообщений ещё нет
figure-state-in-part = выполнено частично
figure-state-agree = выполнено, как объявлено
figure-state-differ = числа расходятся
figure-state-unannounced = не объявлено ни одной строкой
ledger-conflicts = Расхождения в сообщениях, здесь не разрешаемые
conflict-head = { $id }
conflict-row = [{ $row }] { $who }, { $date }: { $text }
conflict-event = [{ $row }] { $date }: { $text }
conflict-single = { $id } [{ $row }]
conflict-singles = названы только одной известной строкой: { $list }
ledger-claims = Кто что подтверждает
claim-row = [{ $row }] { $who }
claim-event = [{ $row }]
claim-head = { $row }: { $n ->
    [one] { $n } независимое подтверждение
    [few] { $n } независимых подтверждения
    [many] { $n } независимых подтверждений
   *[other] { $n } независимого подтверждения
}
claim-independent = подтверждает { $row }
claim-same-origin = { $row } лишь передаёт [{ $of }]: тот же первоисточник, { $origin }
claim-same-channel = { $row } лишь передаёт [{ $of }]: известно только через { $channels }
claim-unsourced = { $row }: источник не указан
ledger-deadlines = Какой срок определяет
demand-begun = первые убыли
demand-left-site = все покинули свои объекты
demand-left-host = все покинули принимающее государство
demand-home-airfield = все приземлились у себя
demand-home-base = все в пунктах постоянной дислокации
deadline-head = { $set }: { $demand }
deadline-limit = { $promise } [{ $row }]
deadline-governs = определяет: { $limit }; { $why }
deadline-same = тот же срок: { $limit }
deadline-later = позже на { $length }: { $limit }
deadline-stricter = самое строгое толкование из всех
deadline-stricter-leniently = другие столь же строги, но его широкое толкование раньше
deadline-said-first = самое строгое толкование, данное или стоящее первым среди сроков с той же датой
ledger-promises = Обещания во времени
history-head = { $promise }; { $required }: { $state }
history-plan = по имеющемуся плану: { $reading }
history-plan-readings = по имеющемуся плану: строгое толкование — { $strict }, широкое толкование — { $lenient }
history-probability = вероятность { $percent } %
history-probability-wanted = вероятность { $percent } %, желательно { $wanted } %
state-made = дано
state-repeated = повторено
state-at-risk = под угрозой
state-kept = выполнено
state-broken = не выполнено
state-disputed = сообщения противоречат друг другу
state-no-report = сообщений об этом не найдено
change-row = { $state } { $moment } [{ $row }]
change-outcome = { $state }, по таблице обещаний; ни одна строка об этом не сообщает
change-plan = { $state } по имеющемуся плану
change-no-report = сообщений об этом к { $moment } не найдено
change-no-row = { $state }; ни одна строка не говорит когда
promises-over-time-what = Что известно на момент страницы о судьбе каждого обещания; числа в скобках — заявления.
changes = Что изменилось
state = Состояние
