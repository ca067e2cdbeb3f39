# لماذا ليس أبكر، بالعربية.

## ما يُشرح
explain-title = لماذا ليس أبكر: { $subject }، { $moment }
explain-title-without = لماذا ليس أبكر: { $subject }
explain-closure = اكتمال الحركة، آخر وصول للجميع
explain-party = آخر وصول: { $party }
explain-left-site = { $element }: المغادرة من المكان الأصلي
explain-left-host = { $element }: مغادرة الدولة المضيفة
explain-home-airfield = { $element }: الهبوط في مطار العودة
explain-home-base = { $element }: الوصول
explain-promise = التعهد { $id }، «{ $text }»
explain-step = نهاية: { $step }
explain-sortie = إقلاع { $sortie }
explain-column = { $column }: عبور المؤخرة نهاية الطريق
explain-decided-by = ما يحسم: { $what }
explain-promised = بالقراءة الدقيقة: { $margin }
explain-count-least = الطلعات المحمّلة في ذلك اليوم: { $found }؛ المتعهد به ما لا يقل عن: { $wanted }
explain-count-most = الطلعات المحمّلة في ذلك اليوم: { $found }؛ المتعهد به ما لا يزيد على: { $wanted }
explain-before-start = موعده قبل بداية العملية: يُذكر ولا يُحسب.
explain-unmoved = يبقى جزء منه في مكانه في هذه الخطة، فلا يصل كله مهما كان الموعد.
explain-unmoved-promise = يبقى جزء منه في مكانه، فلا تستطيع هذه الخطة الوفاء به.
explain-nothing = لا يتحرك شيء منه في هذه الخطة.
explain-not-of-time = لا تحسمه أي لحظة.

## السلسلة
explain-sum = المجموع { $length } ابتداءً من { $start }؛ الأجزاء تُجمع حتى الثانية.
explain-line = { $deed }: { $why }
explain-wait = { $why } ({ $deed })
explain-run = { $n } على التوالي، آخرها { $deed }: { $why }
explain-also = { $line }؛ وفي اللحظة نفسها أيضًا: { $others }
explain-deed-clearance = الإذن { $id }
explain-deed-together = خطوات تبدأ معًا: { $step }
explain-deed-step = { $step }
explain-deed-march = { $column } على الطريق من { $from } إلى { $to }
explain-deed-pass = { $column }: عبور المؤخرة { $to }
explain-deed-loading = تحميل { $tail } في { $field } ({ $id })
explain-deed-flight = رحلة { $tail } من { $from } إلى { $to } ({ $id })
explain-deed-unloading = تفريغ { $tail } في { $field } ({ $id })
explain-deed-stop = توقف { $tail } في { $field }
explain-deed-passed = كل من يذهب أولًا بحسب { $id }
explain-step-named = الخطوة { $id }، «{ $title }»
explain-column-named = الرتل { $id }

## السبب، بحسب القاعدة
explain-c01-custody = يجب أن يكون هناك أولًا: { $piece }
explain-c03-handover = يجب أن ينتهي أولًا تسليم { $site }
explain-c03-staging = التجمّع قبل التحميل في { $field }
explain-c03-ready = { $element }: المغادرة ممكنة ابتداءً من { $moment }
explain-c04-load-from = { $element }: التحميل ممكن ابتداءً من { $moment }
explain-c05-spread = { $element }: يجب أن تصل أجزاؤه خلال { $length } فينتظر آخرها
explain-c07-guard = تبقى أقل حراسة حتى ذلك الحين في { $site }
explain-c08-step = الخطوة التالية تأتي بعدها، مع أقل انتظار
explain-c08-joint = الخطوات تبدأ معًا
explain-c09-team = { $team }: الانتقال إلى العمل التالي
explain-c09-shift = تبدأ النوبة في { $moment }: { $team }
explain-c10-closed-leg = المسار الجوي { $leg } مغلق حتى { $moment }
explain-c11-landing-loading = يجب أن تهبط الطائرة قبل تحميلها
explain-c11-unloading-loading = يجب أن تُفرّغ الطائرة قبل تحميلها
explain-c11-loading = الإقلاع بعد التحميل
explain-c11-landing = التفريغ بعد الهبوط
explain-c11-unloading = الإقلاع بعد التفريغ
explain-c11-turn-round = أقل توقف في الطريق
explain-c11-no-wait = لا تنتظر طائرة في الجو: تقلع لكي تهبط حين يتوفر مكان في { $field }
explain-c14-stand = يُخلى موقف طائرة في { $field }
explain-c14-stand-hours = يُخلي آخرون موقف طائرة في { $field } عند { $moment }
explain-c15-handling = يفرغ فريق مناولة في { $field }
explain-c15-host-check = يفرغ تفتيش الدولة المضيفة في { $field }
explain-c15-capacity = تبدأ المناولة أو التفتيش في { $field } عند { $moment }
explain-c16-take-off = { $field }: الإقلاع ممكن ابتداءً من { $moment }
explain-c16-landing = { $field } يفتح للهبوط؛ الإقلاع ممكن ابتداءً من { $moment }
explain-c16-handling = { $field }: مناولة الطائرات ابتداءً من { $moment }
explain-c16-slot = الفاصل بين الحركات في { $field }
explain-c16-curfew = حظر التجول على الطريق { $road } حتى { $moment }
explain-c17-tail = { $tail }: الطائرة متاحة ابتداءً من { $moment }
explain-c20-march = الطريق التالي للرتل نفسه
explain-c20-pass = مؤخرة الرتل تتبع مقدمته
explain-c20-headway = فاصل الأرتال على الطريق { $road }
explain-c20-halt = توقف لراحة السائقين بعد مدة القيادة القصوى
explain-c20-escort = المرافقة { $escort }: الانتقال إلى الرتل التالي
explain-c20-escort-hours = المرافقة { $escort } متاحة من { $moment }
explain-c20-arrival = ينطلق الرتل لكي يصل حين يُسمح له
explain-c21-post = رتل واحد في كل مرة في المركز الحدودي على الطريق { $road }
explain-c21-hours = المركز الحدودي على الطريق { $road } يسمح بالعبور ابتداءً من { $moment }
explain-c22-staging = يُخلى مكان في منطقة التجمّع في { $field }
explain-c23-precedence = يجب أن يمر أولًا من يذهب أولًا بحسب { $id }
explain-c23-stay = بحسب { $id } يبقى عدد من الأفراد حتى ذلك الحين
explain-c24-start = تبدأ العملية في { $moment }
explain-c25-provider = { $element } يوفر قدرة ويغادر بعد آخر استخدام لها
explain-c25-keeper = { $element } يبقي المطار مفتوحًا حتى آخر مغادرة
explain-c26-clearance = الإذن { $id } من { $state } نافذ ابتداءً من { $moment }
explain-c27-condition = الشرط { $id } متحقق ابتداءً من { $moment }
explain-promised-day = التعهد { $id } يسمّي اليوم الذي يبدأ في { $moment }
explain-mark = تبدأ المسيرات والتحميلات على علامات من خمس دقائق
explain-held = هكذا قررت الخطة: لا شيء فيها يفرض الانتظار
explain-itself = هو المشروح نفسه

## ما يبقى، بحسب القاعدة
explain-left = { $piece }، { $n }: { $reason }
explain-left-c01 = لا طريق من مكانه إلى وجهته
explain-left-c02 = لا طائرة ولا رتل يوصل كل ما يأخذه
explain-left-c03 = ما يجب أن يحرره لا ينتهي
explain-left-c04 = مواعيده لا تترك وقتًا
explain-left-c05 = يجب أن ينتقل في حمولة واحدة أو أن تصل أجزاؤه ضمن مهلته
explain-left-c07 = تقل الحراسة عن أقل عدد
explain-left-c08 = لا يمكن أن تتم خطوة من التسليم
explain-left-c09 = فرق التسليم لا تكفي
explain-left-c10 = لا تستطيع أي طائرة قطع هذا الطريق
explain-left-c11 = لا تتسع رحلة مع وقتها على الأرض
explain-left-c12 = أثقل مما ترفعه أي طائرة لهذه المسافة
explain-left-c13 = لا يتسع له أي عنبر
explain-left-c14 = لا موقف كبير بما يكفي
explain-left-c15 = لا تكفي المناولة أو التفتيش
explain-left-c16 = ساعات العمل أو المدرج أو الفواصل لا تترك مكانًا
explain-left-c17 = لا طائرة متاحة
explain-left-c20 = لا يستطيع أي رتل أخذه
explain-left-c21 = لا يسمح أي مركز حدودي بعبوره
explain-left-c22 = لا تتسع له منطقة التجمّع
explain-left-c23 = تعيقه أسبقية المغادرة أو من يجب أن يبقى
explain-left-c24 = الجزء المثبّت من الخطة لا يترك مكانًا
explain-left-c25 = القدرة التي يوفرها مطلوبة حتى النهاية
explain-left-c26 = ينقص إذن
explain-left-c27 = الشرط لا يتحقق أو بُلغ السقف
explain-left-other = لم يُذكر سبب

## جوًّا أم برًّا
explain-either-air = لماذا جوًّا: { $element } (أُعيد التخطيط بكلتا الطريقتين؛ البذرة { $seed }، { $epochs ->
    [zero] { $epochs } دورة
    [one] { $epochs } دورة
    [two] { $epochs } دورتان
    [few] { $epochs } دورات
    [many] { $epochs } دورة
   *[other] { $epochs } دورة
}؛ والباقون كما في هذه الخطة)
explain-either-road = لماذا برًّا: { $element } (أُعيد التخطيط بكلتا الطريقتين؛ البذرة { $seed }، { $epochs ->
    [zero] { $epochs } دورة
    [one] { $epochs } دورة
    [two] { $epochs } دورتان
    [few] { $epochs } دورات
    [many] { $epochs } دورة
   *[other] { $epochs } دورة
}؛ والباقون كما في هذه الخطة)
explain-either-arrives = الوصول
explain-either-closure = آخر وصول للجميع
explain-either-plan = في هذه الخطة
explain-by-air = بإعادة التخطيط، جوًّا
explain-by-road = بإعادة التخطيط، برًّا
explain-either-never = لا يُبلغ
explain-either-later = بالطريقة الأخرى يتأخر الوصول { $length }.
explain-either-earlier = بالطريقة الأخرى يكون الوصول أبكر بـ { $length }.
explain-either-alike = الوصول في اللحظة نفسها بكلتا الطريقتين.
explain-either-all-later = وعندئذ يتأخر آخر وصول للجميع { $length }.
explain-either-all-earlier = وعندئذ يكون آخر وصول للجميع أبكر بـ { $length }.
explain-either-all-alike = ويبقى آخر وصول للجميع كما هو.
explain-either-decides = ما يحسم هو المستوى { $level } من الهدف: { $here } بالطريقة المختارة، و{ $other } بالأخرى.
explain-either-same = لا يختلف أي مستوى من الهدف.
explain-either-better = جاءت الطريقة الأخرى أفضل؛ وقد تختارها خطة بدورات أكثر.

## ما يأتي به تغيير واحد
explain-what-if = ما يأتي به تغيير واحد (أُعيد تخطيط كل منها؛ البذرة { $seed }، { $epochs ->
    [zero] { $epochs } دورة
    [one] { $epochs } دورة
    [two] { $epochs } دورتان
    [few] { $epochs } دورات
    [many] { $epochs } دورة
   *[other] { $epochs } دورة
}؛ لا رقم حدّي هنا)
explain-unchanged = بإعادة التخطيط دون تغيير: { $moment }
explain-unchanged-never = بإعادة التخطيط دون تغيير: لا يُبلغ
explain-gain = أبكر بـ { $length }، { $moment }
explain-no-gain = لا مكسب
explain-make = لإجراء التغيير ذي الرقم المطلوب: { $write }، ثم { $plan }
explain-not-all = لم تُجرّب كل التغييرات.
explain-no-changes = لا شيء في السلسلة يمكن تخفيفه بوحدة واحدة.
explain-one-more-stand = موقف طائرة إضافي: { $resource }
explain-one-more-handling = فريق مناولة إضافي: { $resource }
explain-one-more-check = تفتيش إضافي: { $resource }
explain-one-more-team = فريق إضافي: { $resource }
explain-one-more-escort = مرافقة إضافية: { $resource }
explain-change-tail = طائرة إضافية { $type } في { $field }
explain-change-room = منطقة التجمّع في { $field } لعشرة أشخاص إضافيين وقطعة إضافية
explain-change-staging = التجمّع في { $field } أقصر بساعة
explain-change-column = أرتال أكبر بمركبة على الطريق { $road }
explain-change-hours-military = ساعات الطيران العسكري في { $field } أطول بساعة من الجهتين
explain-change-hours-civil = ساعات الطيران المدني في { $field } أطول بساعة من الجهتين
explain-change-shift = النوبة أطول بساعة من الجهتين: { $resource }
explain-change-border = المركز الحدودي على الطريق { $road } مفتوح ساعة أطول من الجهتين
explain-change-condition = الشرط { $id } أبكر بساعة
explain-change-date = مواعيد { $moment } أبكر بساعة
explain-change-clearances = أذونات { $state } نافذة ساعة أطول من الجهتين
explain-change-priced = الأسبقية { $id } مرغوبة لا ملزمة
explain-change-nobody-stays = لا يجب أن يبقى أحد بحسب { $id }
explain-change-nothing-kept = لا يجب إبقاء شيء حتى النهاية: { $resource }
explain-change-spread = { $element }: مهلة وصول الأجزاء أطول بساعة
explain-first = { $what }: { $length }؛ { $change }: أبكر بـ { $gain }
explain-first-only = { $what }: { $length }؛ لا مكسب من أي تغيير جُرّب
explain-first-wait = { $what }: { $length }
