# كلمات سجل التصريحات بالعربية.

ledger-heading = سجل التصريحات: { $title }؛ كل ما سُجِّل
ledger-heading-at = سجل التصريحات: { $title }؛ ما هو معلوم في { $moment }
ledger-rows = { $n ->
    [zero] لا صفوف
    [one] صف واحد
    [two] صفان
    [few] { $n } صفوف
    [many] { $n } صفًا
   *[other] { $n } صف
} من { $all }
ledger-brackets = الأرقام بين قوسين مربعين هي صفوف السجل. لا يُرجَّح شيء: حيث تختلف الصفوف يُعرض كلاهما.
ledger-none = لا شيء
ledger-head = { $id }  { $head }
ledger-said = قيل في { $moment }
ledger-recorded = سُجِّل في { $moment }
ledger-kind = { $kind }، { $status }
ledger-named = { $name }، { $office }
ledger-via = عبر { $via }
ledger-origin = صاحب القول: { $origin }
ledger-quantity = { $n } { $unit }
ledger-of = عن: { $set }
ledger-for = ليوم { $day }
ledger-from-to = من { $from } إلى { $to }
ledger-days = من { $from } إلى { $to }
ledger-deadline = الموعد النهائي { $date }
ledger-language = اللغة: { $code }
ledger-assumed = مفترض: { $text }
ledger-confirms = يؤكد { $rows }
ledger-bears = { $id }: { $state }
ledger-all = كل من يتحرك
ledger-number = { $n } [{ $row }]

## ما يترتب على السجل
ledger-figures = المعلن والمنجز والمتبقي
counted-sorties = طلعات محمّلة
counted-people = أفراد
counted-vehicles = مركبات ومنصات
counted-sites = مواقع
figure-head = { $day }، { $counted }، { $set }: { $state }
figure-announced = أُعلن { $numbers }
figure-under-way = جارٍ { $numbers }
figure-done = أُنجز { $numbers }
figure-done-of = أُنجز لـ { $set } { $numbers }
figure-left = بقي { $n }
figure-left-of = بقي { $n } لـ { $set }
figure-either = بقي { $n } على الأكثر، أو زاد على المعلن { $more } على الأكثر
figure-more = أكثر من المعلن بـ { $n }
figure-planned-by = مخطط له من دون عدد [{ $rows }]
figure-record = في سجل ذلك اليوم: { $shown }
figure-flagged = تعارض مسجَّل في التقارير: { $conflicts }
figure-unflagged = لا يسمّي أي تعارض مسجَّل صفين من هذه الصفوف
figure-state-open = لا تقرير بعد
figure-state-in-part = أُنجز جزئيًا
figure-state-agree = أُنجز كما أُعلن
figure-state-differ = الأعداد مختلفة
figure-state-unannounced = لم يعلنه أي صف
ledger-conflicts = تعارضات التقارير، من دون ترجيح هنا
conflict-head = { $id }
conflict-row = [{ $row }] { $who }، { $date }: { $text }
conflict-event = [{ $row }] { $date }: { $text }
conflict-single = { $id } [{ $row }]
conflict-singles = لا يسمّيها إلا صف واحد معلوم: { $list }
ledger-claims = من يؤكد ماذا
claim-row = [{ $row }] { $who }
claim-event = [{ $row }]
claim-head = { $row }: { $n ->
    [zero] لا تأكيد مستقل
    [one] تأكيد مستقل واحد
    [two] تأكيدان مستقلان
    [few] { $n } تأكيدات مستقلة
    [many] { $n } تأكيدًا مستقلًا
   *[other] { $n } تأكيد مستقل
}
claim-independent = يؤكده { $row }
claim-same-origin = { $row } ينقل فقط [{ $of }]: المصدر الأول نفسه، { $origin }
claim-same-channel = { $row } ينقل فقط [{ $of }]: لا يُعرف إلا عبر { $channels }
claim-unsourced = { $row }: لا يُذكر له مصدر
ledger-deadlines = أي موعد نهائي هو الحاكم
demand-begun = غادر الأوائل
demand-left-site = غادر الجميع مواقعهم
demand-left-host = غادر الجميع الدولة المضيفة
demand-home-airfield = هبط الجميع في بلدانهم
demand-home-base = وصل الجميع إلى نقاط تمركزهم الدائم
deadline-head = { $set }: { $demand }
deadline-limit = { $promise } [{ $row }]
deadline-governs = الحاكم: { $limit }؛ { $why }
deadline-same = الموعد نفسه: { $limit }
deadline-later = بعده بـ { $length }: { $limit }
deadline-stricter = أشد القراءات جميعًا
deadline-stricter-leniently = غيره في مثل شدته، لكن قراءته الأوسع أبكر
deadline-said-first = أشد القراءات، وقد قيل أولًا أو ورد أولًا بين ما له الموعد نفسه
ledger-promises = التعهدات عبر الزمن
history-head = { $promise }؛ { $required }: { $state }
history-plan = بحسب الخطة الحالية: { $reading }
history-plan-readings = بحسب الخطة الحالية: القراءة الصارمة { $strict }، القراءة الأوسع { $lenient }
history-probability = الاحتمال { $percent } %
history-probability-wanted = الاحتمال { $percent } %، والمطلوب { $wanted } %
state-made = قُطع
state-repeated = أُعيد ذكره
state-at-risk = معرّض للخطر
state-kept = تم الوفاء
state-broken = لم يتم الوفاء
state-disputed = تقارير متعارضة
state-no-report = لم يُعثر على تقرير عنه
change-row = { $state } { $moment } [{ $row }]
change-outcome = { $state }، بحسب جدول التعهدات؛ لا يذكره أي صف
change-plan = { $state } بحسب الخطة الحالية
change-no-report = لم يُعثر على تقرير عنه حتى { $moment }
change-no-row = { $state }؛ لا يذكر أي صف متى
promises-over-time-what = ما هو معلوم في لحظة الصفحة عن مصير كل تعهد؛ الأرقام بين القوسين هي تصريحات.
changes = ما الذي تغيّر
state = الحالة
