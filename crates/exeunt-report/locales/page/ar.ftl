# كلمات الصفحة بالعربية.

page-stands-at = الحالة في: { $moment }
contents = المحتويات
slider = الوقت المعروض على الخرائط والرسوم
slider-back = العودة إلى لحظة الصفحة
slider-what = يحرّك العلامات على الخرائط والخط على الرسوم. أما الجداول والأرقام فتبقى عند لحظة الصفحة ما لم يُذكر غير ذلك.
last-out = آخر مغادرة للدولة المضيفة
last-landing = آخر هبوط
last-home = آخر وصول إلى نقطة التمركز الدائم
promises-required = التعهدات الملزمة التي تفي بها الخطة
kept-of = { $kept } من { $all }
rows-assumed = الصفوف المفترضة كليًا أو جزئيًا
rests-on = يستند مضمون هذه الصفحة إلى افتراضات: عدد الصفوف المفترضة كليًا أو جزئيًا { $assumed } من أصل { $rows } من صفوف البيانات.
see-assumptions = جميع الافتراضات
who-is-where = من يتحرك وكيف ومتى، وأين هو الآن
party = الطرف
people = الأشخاص
vehicles = المركبات
items = المركبات والمنصات
how = الوسيلة
into-host = الدخول إلى الدولة المضيفة
into-or-out-of-host = الدخول إلى الدولة المضيفة أو الخروج منها
at-its-end = في المقصد
last-in = آخر دخول إلى الدولة المضيفة
last-in-place = آخر وصول إلى المقصد
open-from = متحقق منذ { $from }
open-from-to = متحقق من { $from } إلى { $to }
stop-lost = لم يعد الاحتفاظ به ممكنًا
stop-lost-of = { $n } من { $all }
out-of-host = الخروج من الدولة المضيفة
last-departure = آخر مغادرة
home-base = نقطة التمركز الدائم
at-moment = في { $moment }
nothing-moves = لا تحركات
loads = { $n ->
    [zero] { $n } حمولة جوية
    [one] حمولة جوية واحدة
    [two] حمولتان جويتان
    [few] { $n } حمولات جوية
    [many] { $n } حمولة جوية
   *[other] { $n } حمولة جوية
}
columns = { $n ->
    [zero] { $n } رتل
    [one] رتل واحد
    [two] رتلان
    [few] { $n } أرتال
    [many] { $n } رتلًا
   *[other] { $n } رتل
}
own-vehicles = بمركباتها الخاصة
by-road = برًّا
where-at-sites = في المواقع
where-in-place = في أماكنها
where-marching = في مسير
where-at-airfield = في المطار
where-loading = قيد التحميل
where-in-flight = في الجو
where-landed = هبطت
where-home = في نقطة التمركز الدائم
where-people-out = غادر { $percent } % من الأشخاص
where-people-under-way = في الطريق { $percent } % من الأشخاص
where-pieces-out = غادر { $percent } % من القطع
where-pieces-under-way = في الطريق { $percent } % من القطع
people-in-host = { $n ->
    [zero] { $n } شخص من القوة في الدولة المضيفة
    [one] شخص واحد من القوة في الدولة المضيفة
    [two] شخصان من القوة في الدولة المضيفة
    [few] { $n } أشخاص من القوة في الدولة المضيفة
    [many] { $n } شخصًا من القوة في الدولة المضيفة
   *[other] { $n } شخص من القوة في الدولة المضيفة
}
vehicles-in-host = { $n ->
    [zero] { $n } مركبة في الدولة المضيفة
    [one] مركبة واحدة في الدولة المضيفة
    [two] مركبتان في الدولة المضيفة
    [few] { $n } مركبات في الدولة المضيفة
    [many] { $n } مركبة في الدولة المضيفة
   *[other] { $n } مركبة في الدولة المضيفة
}
sites-guarded = المواقع تحت الحراسة: { $n } من { $all }
aircraft-loaded = { $n ->
    [zero] { $n } طائرة محمّلة في الجو
    [one] طائرة محمّلة واحدة في الجو
    [two] طائرتان محمّلتان في الجو
    [few] { $n } طائرات محمّلة في الجو
    [many] { $n } طائرة محمّلة في الجو
   *[other] { $n } طائرة محمّلة في الجو
}
sorties-in-all = بحسب الخطة: الطلعات المحمّلة { $loaded }، والطلعات بلا حمولة { $ferry }، والطائرات { $tails }
on-record-until = بحسب سجل الوقائع، غادر الأخيرون في { $day }.
beside-record = لا يدل الفرق بين الخطة وسجل الوقائع على شيء بمعزل عن الافتراضات: فساعات الخطة وحمولاتها وقدراتها مفترضة في معظمها، وكذلك ساعات سجل الوقائع.
not-accepted = { $n ->
    [zero] { $n } ملاحظة؛ والمدقق لا يقبل هذه الخطة.
    [one] المدقق لا يقبل هذه الخطة: ملاحظة واحدة.
    [two] المدقق لا يقبل هذه الخطة: ملاحظتان.
    [few] { $n } ملاحظات؛ والمدقق لا يقبل هذه الخطة.
    [many] { $n } ملاحظة؛ والمدقق لا يقبل هذه الخطة.
   *[other] { $n } ملاحظة؛ والمدقق لا يقبل هذه الخطة.
}
other-tables = وُضعت هذه الخطة لجداول أخرى.
unmoved = { $n ->
    [zero] { $n } من القطع والأشخاص تبقى دون نقل.
    [one] تبقى قطعة واحدة أو شخص واحد دون نقل.
    [two] يبقى اثنان من القطع والأشخاص دون نقل.
    [few] { $n } من القطع والأشخاص تبقى دون نقل.
    [many] { $n } من القطع والأشخاص تبقى دون نقل.
   *[other] { $n } من القطع والأشخاص تبقى دون نقل.
}
unmoved-head = ما لم يُنقل
plan = الخطة
second-plan = الخطة الثانية
record-hours-assumed = سجل الوقائع (الساعات مفترضة)
as-table = في جدول
drawing-of = رسم: { $title }
table-of = جدول: { $title }

nav-timelines = المسار الزمني
by-tail = بحسب الطائرة
by-airfield = بحسب المطار
by-airfield-what = المساحة المملوءة: المستخدَم. الخط: المتاح بحسب السيناريو؛ وما توفره القوة بنفسها ينتهي عند صعودها.
by-site = بحسب الموقع
by-site-what = الأشرطة المتناوبة: خطوات التسليم. الخط الرفيع: أفراد القوة في الموقع. علامة الصح: تم التسليم.
tails-of = الطلعات بحسب الطائرة: { $plan }
fields-of = المواقف والمناولة بحسب المطار: { $plan }
sites-of = التسليم بحسب الموقع: { $plan }
tails-label = الطائرات: { $tails }. الطلعات المحمّلة: { $loaded }. الطلعات بلا حمولة: { $ferry }.
tails-drawn = الطائرات المعروضة هي الأكثر طلعات: { $n } من { $all }.
sorties-listed = الطلعات المحمّلة المدرجة: { $n } من { $all }
sortie = الطلعة
tail = الطائرة
from = من
to = إلى
loading-starts = بدء التحميل
departs = الإقلاع
lands = الهبوط
ferry-sorties = طلعة بلا حمولة
loading-unloading = تحميل أو تفريغ
stands = مواقف الطائرات
handling = فرق المناولة
capacity = المتاح
of-most = المقياس حتى { $n }
fields-caption = أقصى استخدام في اليوم / أقصى متاح
airfield = المطار
what = الوصف
sites-caption = التسليم والحراسة بحسب الموقع
site = الموقع
receiver = الجهة المتسلِّمة
min-guard = أدنى حراسة حتى الانتهاء
handover-begins = بدء التسليم
handover-ends = انتهاء التسليم
guard-leaves = مغادرة آخر الحراس
handover-steps = خطوات التسليم
guard-present = وجود أفراد من القوة
handed-over = تم التسليم
state-over = تم التسليم
state-under-way = التسليم جارٍ
state-guarded = تحت الحراسة

nav-map = الخريطة
map-what = خريطة تخطيطية: الأماكن بحسب إحداثياتها، وكثير منها تقريبي. الخطوط مسارات جوية (متصلة) وبرية (متقطعة) وليست مسارات طيران فعلية. لا تُرسم حدود. الرقم بجانب الاسم هو عدد أفراد القوة هناك.
map-too-many = يعرض شريط الوقت التحركات الأولى فقط؛ ففي الخطة أكثر مما تتسع له الصفحة.
map-overview = العملية
map-theatre = محيط المطار الرئيسي
map-airfield = مطار
map-site = موقع
map-border = مركز حدودي
map-base = نقطة تمركز دائم أو مكان آخر
map-column = رتل
map-ferry = طائرة بلا حمولة
map-label = { $title }، { $moment }. الطائرات في الجو: { $aircraft }. الأرتال على الطريق: { $columns }.
map-caption = أفراد القوة بحسب المكان
map-unplaced = غير مرسومة لأن المصادر لا تذكر مواضعها:
map-no-position = الموضع غير مذكور
code = الرمز
place = المكان
people-start = في البداية
people-now = في الوقت المعروض
people-end = في النهاية
km = { $n } كم

nav-chronology = التسلسل الزمني
chronology-what = بيانات وأحداث من سجل البيانات بصياغة غير صياغة قائليها، ولكل منها مصدره. تُذكر المناصب لا الأشخاص.
known-at = { $n ->
    [zero] لا صفوف معروفة في { $moment }
    [one] المعروف في { $moment }: صف واحد
    [two] المعروف في { $moment }: صفان
    [few] { $n } صفوف معروفة في { $moment }
    [many] { $n } صفًا معروفًا في { $moment }
   *[other] { $n } صف معروف في { $moment }
}
known-later = { $n ->
    [zero] لا صفوف عُرفت بعد { $moment }
    [one] ما عُرف بعد { $moment }: صف واحد
    [two] ما عُرف بعد { $moment }: صفان
    [few] { $n } صفوف عُرفت بعد { $moment }
    [many] { $n } صفًا عُرف بعد { $moment }
   *[other] { $n } صف عُرف بعد { $moment }
}
statements-known = البيانات المعروفة
statements-later = البيانات التي عُرفت لاحقًا
conflicts-of-record = تعارضات التقارير، معروضة دون ترجيح:
conflict = تختلف التقارير:
number = الرقم
date = التاريخ
who = المتحدث
kind = النوع
page-said = المضمون
source = المصدر
page-confirmed-by = يؤكده
via = عبر
assumed = مفترض
kind-fact = واقعة
kind-plan = خطة
kind-promise = تعهد
kind-judgement = تقييم
kind-decision = قرار
kind-request = طلب
status-planned = مخطط
status-begun = بدأ
status-under-way = جارٍ
status-done = تم
status-open = مفتوح
page-source-party = طرف في الحدث
page-source-state-media = إعلام رسمي
page-source-independent = مصدر مستقل
page-source-own-estimate = تقدير ذاتي

nav-promises = التعهدات
promises-what = كل تعهد بالقراءة الصارمة والقراءة الأوسع قياسًا إلى الخطة، وبجانبه ما آل إليه بحسب سجل الوقائع. الهامش للقراءة الصارمة.
strict = القراءة الصارمة
lenient = القراءة الأوسع
margin = الهامش
outcome = بحسب سجل الوقائع
wanted = الاحتمال المطلوب
treated-as = يُعامل بوصفه
kept = تم الوفاء
broken = لم يتم الوفاء
required = ملزمًا
announced = معلنًا
same-as = مطابق لـ
statement = البيان
statement-head = البيان
loaded-sorties-out = الطلعات المحمّلة بحسب اليوم ومطار المغادرة وما أُعلن عنه
reported = المعلن

nav-situation = الوضع
levels = المستويات من الأسوأ إلى الأفضل
assessments = التقييمات بحسب المتحدث والمنطقة
assessments-what = يُعتد بآخر تقييم لكل منصب. وتُعرض التقييمات المختلفة جنبًا إلى جنب دون ترجيح.
page-zone-all = المنطقة كلها
agreement = التقييمات القائمة
agree = متفقة
differ = مختلفة
not-judged = لا تقييم بعد
later = لاحقًا
conditions = الشروط وما يتوقف عليها
condition = الشرط
true-when = متى يتحقق
not-yet = ليس بعد
since = منذ
while-level = ما دام التقييم لا يقل عن:
policy = القاعدة
page-policy-go = استمرار: متى تحقق الشرط مضى التنفيذ
page-policy-hold = تعليق: ما لم يتحقق الشرط لا يبدأ شيء
page-policy-reverse = تراجع: يُلغى ما هو جارٍ
gates = ما يتوقف عليه
gates-departures = { $n ->
    [zero] لا مغادرات
    [one] مغادرة عنصر واحد
    [two] مغادرة عنصرين
    [few] مغادرة { $n } عناصر
    [many] مغادرة { $n } عنصرًا
   *[other] مغادرة { $n } عنصر
}
gates-departures-of = جميع مغادرات:
gates-handovers = { $n ->
    [zero] لا تسليمات
    [one] تسليم موقع واحد
    [two] تسليم موقعين
    [few] تسليم { $n } مواقع
    [many] تسليم { $n } موقعًا
   *[other] تسليم { $n } موقع
}
gates-strength = بقاء العدد عند { $people } أو أكثر
open = مفتوح
closed = مغلق
gated-later = التحركات التي تتوقف عليه ولم تبدأ بعد
if-level-falls = إذا انخفض المستوى في { $moment }
branch-go = { $n ->
    [zero] { $n } تحرك يمضي كما خُطط
    [one] تحرك واحد يمضي كما خُطط
    [two] تحركان يمضيان كما خُطط
    [few] { $n } تحركات تمضي كما خُطط
    [many] { $n } تحركًا يمضي كما خُطط
   *[other] { $n } تحرك يمضي كما خُطط
}
branch-wait = { $n ->
    [zero] { $n } تحرك ينتظر
    [one] تحرك واحد ينتظر
    [two] تحركان ينتظران
    [few] { $n } تحركات تنتظر
    [many] { $n } تحركًا ينتظر
   *[other] { $n } تحرك ينتظر
}
branch-ends = { $n ->
    [zero] { $n } تحرك جارٍ يكتمل كما خُطط
    [one] تحرك جارٍ واحد يكتمل كما خُطط
    [two] تحركان جاريان يكتملان كما خُطط
    [few] { $n } تحركات جارية تكتمل كما خُطط
    [many] { $n } تحركًا جاريًا يكتمل كما خُطط
   *[other] { $n } تحرك جارٍ يكتمل كما خُطط
}
branch-undone = { $n ->
    [zero] { $n } تحرك جارٍ يُلغى
    [one] تحرك جارٍ واحد يُلغى
    [two] تحركان جاريان يُلغيان
    [few] { $n } تحركات جارية تُلغى
    [many] { $n } تحركًا جاريًا يُلغى
   *[other] { $n } تحرك جارٍ يُلغى
}
list = القائمة
and-more = و{ $n } غيرها
mandate = الولاية
task = المهمة
limit = القيد
ceiling = السقف
sites-or-limit = المواقع أو العدد
at-most-people = { $n ->
    [zero] { $n } شخص على الأكثر
    [one] شخص واحد على الأكثر
    [two] شخصان على الأكثر
    [few] { $n } أشخاص على الأكثر
    [many] { $n } شخصًا على الأكثر
   *[other] { $n } شخص على الأكثر
}
until = حتى

nav-residual = القدرة المتبقية
residual-what = ما تستطيعه القوة في كل ساعة إذا التُزم بالخطة: من بقي في الدولة المضيفة، وما هو تحت الحراسة، ومتى يمكن أن يعود أول المغادرين.
residual-chart = القدرة المتبقية بحسب الساعة
residual-caption = كل ست ساعات
moment-head = اللحظة
sites-guarded-short = مواقع تحت الحراسة
hours-back = ساعات حتى العودة
first-back = عودة الأوائل خلال
first-back-in = عودة أول المغادرين ممكنة خلال: { $length }
nobody-has-left = لم يغادر أحد بعد
last-stops = آخر لحظة للتوقف مع الاحتفاظ بمواقع المهمة
last-stops-what = إذا لم يبدأ شيء منذ لحظة التوقف واكتمل ما هو جارٍ، تبقى تحت الحراسة المواقع التي لم تتخلَّ الخطة عنها حتى ذلك الحين. والتوقف في آخر لحظة يحتفظ بكل ما يحتفظ به التوقف الآن.
last-stop = آخر لحظة
then-lost = الموقع الذي يُفقد بعد ذلك
costs-none = لا تمس الخطة أيًّا منها

nav-binds = ما يقيّد الخطة
binds-what = بزيادة وحدة واحدة وإعادة التخطيط تصبح آخر مغادرة في اليوم أبكر.
nothing-single = لا شيء بمفرده
one-more = وحدة إضافية
days-last = آخر مغادرة في اليوم
with-one-more = معها
nobody-that-late = لا أحد يغادر متأخرًا هكذا
bind-stand = مواقف
bind-handling = مناولة
bind-host-check = تفتيش الدولة المضيفة
bind-team = فرق التسليم
bind-escort = مرافقة الأرتال
bind-tails = طائرات
bind-hours = ساعات العمل
bind-condition = شرط
bind-clearance = تصريح
bind-border = مركز حدودي
bind-date = تاريخ
bind-other = أخرى
nav-checked = التدقيق
accepted = مقبولة
refused = غير مقبولة
rules-and-findings = القواعد المدققة: { $rules } من { $all }. الملاحظات: { $findings }.
checker-what = لا يشترك المدقق مع المخطط في أي قاعدة، ويستنتج كل شيء من جديد من الجداول وقرارات الخطة.
self-test = { $spoiled ->
    [zero] { $spoiled } نسخة من الخطة أُفسدت عمدًا؛ رُفض بالقاعدة الصحيحة: { $refused }.
    [one] أُفسدت عمدًا نسخة واحدة من الخطة؛ رُفض بالقاعدة الصحيحة: { $refused }.
    [two] أُفسدت عمدًا نسختان من الخطة؛ رُفض بالقاعدة الصحيحة: { $refused }.
    [few] { $spoiled } نسخ من الخطة أُفسدت عمدًا؛ رُفض بالقاعدة الصحيحة: { $refused }.
    [many] { $spoiled } نسخة من الخطة أُفسدت عمدًا؛ رُفض بالقاعدة الصحيحة: { $refused }.
   *[other] { $spoiled } نسخة من الخطة أُفسدت عمدًا؛ رُفض بالقاعدة الصحيحة: { $refused }.
}
findings = { $n ->
    [zero] { $n } ملاحظة
    [one] ملاحظة واحدة
    [two] ملاحظتان
    [few] { $n } ملاحظات
    [many] { $n } ملاحظة
   *[other] { $n } ملاحظة
}
record-findings-what = دُقق سجل الوقائع قياسًا إلى قدرات معظمها مفترض: والملاحظة تعني أن السجل والافتراض لا يتوافقان.
objective = دالة الهدف بحسب المستوى
objective-what = تُقارن ابتداءً من المستوى الأول؛ والأصغر أفضل. لا حد مُثبت بعد.
level = المستوى
value = القيمة
z0 = القواعد المخروقة
z1 = القطع والأشخاص دون نقل
z2 = التعهدات والمواعيد الملزمة غير الموفى بها، مرجحة بالرتبة
z3 = مخالفات الأسبقية
z4 = اكتمال حركة الأطراف، بالثواني
z5 = التأخر، بالثواني
z6-tails = الطائرات
z6-sorties = الطلعات
z6-minutes = دقائق الطيران
z7 = الكلفة بالوحدات الصغرى
z8 = الهامش الزمني (غير مستخدم بعد)
z9 = التغيير (غير مستخدم بعد)
nav-assumptions = الافتراضات
assumptions-neutral = لا يتبع هذا البرنامج أي دولة أو منظمة ولا ينحاز إلى أي طرف. معظم الصفوف صادرة عن الأطراف نفسها، في بياناتها أو عبر الوكالات التي نقلتها؛ وحيثما اختلفت التقارير عُرض الاختلاف. أسماء الأماكن كما كانت في حينها.
from-party = عن أطراف في الحدث: { $n }
from-state-media = عن إعلام رسمي: { $n }
from-independent = عن مصادر مستقلة: { $n }
from-own-estimate = تقديرات ذاتية: { $n }
row = الصف
assumed-what = ما هو المفترض ولماذا
neutral = أُعدت ببرنامج مدني للنقل. الخطة ليست تصريحًا؛ فالتصاريح تبقى لأصحاب الاختصاص.

## More
who-moves = من يتحرك وكيف ومتى، وأين هو الآن
loaded-sorties-in = الطلعات المحمّلة إلى الدولة المضيفة أو منها بحسب اليوم وما أُعلن عنه
no-other-site = لا غيره
all-sites = كل المواقع: { $n }
ceiling-kept = ضمن السقف
ceiling-broken = متجاوز
map-and-sites = { $place } والمواقع
assumed-in-part = مفترض جزئيًا
kind-assessment = تقييم
