# مسطرة التواريخ.

ruler-question = هل يجوز أن نقول «{ $demand } في موعد أقصاه …»؟
ruler-demand-left-site = يغادر الجميع مواقعهم
ruler-demand-left-host = يغادر الجميع الدولة المضيفة
ruler-demand-home-airfield = يهبط الجميع في بلدانهم
ruler-demand-home-base = يصل الجميع إلى نقاط تمركزهم الدائم
ruler-demand-in-place = يبلغ الجميع مقاصدهم
ruler-of = الكلام عن: { $set }
ruler-days = الأيام من { $from } إلى { $to } ({ $zone })
ruler-key-impossible = لا تستطيعه أي خطة
ruler-key-later = غير مستبعد، وهذه الخطة بعده
ruler-key-plan = هذه الخطة
ruler-key-low = دون 50 %
ruler-key-middle = من 50 إلى 90 %
ruler-key-high = فوق 90 %
ruler-key-after = بعد هذه الخطة
ruler-key-said = قيل
ruler-before = قبل { $moment }: لا تستطيعه أي خطة. { $why } (المرحلة { $stage }، ودُقق البرهان للتو)
ruler-never = لا تستطيعه أي خطة أبدًا. { $why } (المرحلة { $stage }، ودُقق البرهان للتو)
ruler-unbounded = لم يُبرهن شيء عما لا تستطيعه أي خطة.
ruler-why-path = الطريق وحده يستغرق هذا القدر وإن لم يكن أحد إلا من يجب أن يغادر قبلهم
ruler-why-path-after = عمليات التسليم وطريقهم أو طريق من يجب أن يغادر قبلهم تستغرق هذا القدر
ruler-why-path-never = جزء منها لا يمكن أن يصل أبدًا
ruler-why-teams = { $resource }: عمليات التسليم تستغرق هذا القدر
ruler-why-handling = { $place }: المناولة تستغرق هذا القدر
ruler-why-host-check = { $place }: تفتيش الدولة المضيفة يستغرق هذا القدر
ruler-why-stand = { $place }: المواقف مشغولة هذا القدر
ruler-why-fleet = { $place }: رحلات الطائرات تستغرق هذا القدر
ruler-plan = { $moment }: هذه الخطة ما لم يطرأ عائق
ruler-plan-gap = { $moment }: هذه الخطة ما لم يطرأ عائق؛ الفجوة { $percent } %
ruler-plan-never = لا يصل الجميع أبدًا بحسب هذه الخطة، ويبقى: { $n ->
    [zero] لا شيء
    [one] شخص أو غرض واحد
    [two] شخصان أو غرضان
    [few] { $n } أشخاص أو أغراض
    [many] { $n } شخصًا أو غرضًا
   *[other] { $n } شخص أو غرض
 }. فلا تاريخ لها.
ruler-not-accepted = { $n ->
    [zero] لا مخالفات في هذه الخطة.
    [one] يجد التدقيق في هذه الخطة مخالفة واحدة؛ فلا يُتعهد بتواريخها.
    [two] يجد التدقيق في هذه الخطة مخالفتين؛ فلا يُتعهد بتواريخها.
    [few] يجد التدقيق في هذه الخطة { $n } مخالفات؛ فلا يُتعهد بتواريخها.
    [many] يجد التدقيق في هذه الخطة { $n } مخالفة؛ فلا يُتعهد بتواريخها.
   *[other] يجد التدقيق في هذه الخطة { $n } مخالفة؛ فلا يُتعهد بتواريخها.
}
ruler-kept = { $percent } %: { $date } ({ $intervals })
ruler-sampling = العيّنة: من { $low } إلى { $high }
ruler-inputs = المدخلات: من { $low } إلى { $high }
ruler-never-date = أبدًا
ruler-said-title = ما قيل من قبل
ruler-said-none = لا شيء عن مثل هذه المجموعة وهذه المحطة
ruler-said = { $ids }، حتى { $date }: { $chance }
ruler-end-of = نهاية يوم { $day }
ruler-chance = { $percent } % ({ $intervals })
ruler-chance-sampling = العيّنة { $low }–{ $high }
ruler-chance-inputs = المدخلات { $low }–{ $high }
ruler-chance-lenient = بالقراءة الأوسع، حتى { $date }: { $chance }
ruler-no-chance = بلا احتمال
ruler-impossible = مستحيل
ruler-before-start = تاريخه قبل البدء؛ وفي السجل: { $record }
ruler-no-record = لا شيء
ruler-words = { $text }؛ { $who }
ruler-again = كرره { $ids }: { $who }
ruler-office-unnamed = لم يُذكر المنصب
ruler-about-larger = عن أكثر من هذه المجموعة
ruler-about-smaller = عن جزء من هذه المجموعة
ruler-wanted-title = المطلوب { $percent } %
ruler-wanted-moment = يتحقق حتى { $date } ({ $intervals })
ruler-wanted-none = لا تاريخ حتى نهاية الأفق، { $end }، يبلغ { $percent } %
ruler-say-noon = حتى ظهر { $day }
ruler-say-evening = حتى مساء { $day } (20:00)
ruler-say-end = حتى نهاية يوم { $day }
ruler-say = نقول «{ $words }»: { $chance }
ruler-say-or = أو «{ $words }»: { $chance }
ruler-remedy = لا احتمالات: ليس في السيناريو صفوف في الجدول `{ $table }`. أضف ما قد يجري على غير ما هو مقرر (مدة، عطل، طقس، تصريح متأخر)، ولكل منها توزيعه ومداه ومصدره؛ والطريقة في { $page }، القسم 14، ومثال يكتبه `{ $command }`.
ruler-made-of = عدد التكرارات { $n }، البذرة { $seed }؛ المفترض من صفوف عدم اليقين { $percent } %
ruler-made-of-inputs = المدخلات: عدد السحوبات { $draws }، في كل منها { $each }
ruler-svg-title = بمَ يجوز التعهد: { $demand } في موعد أقصاه …
ruler-svg-impossible = مستحيل
ruler-svg-plan = هذه الخطة
ruler-row-impossible = لا تستطيع أي خطة قبل
ruler-what = ما احتمال أن يكون الآخِرون قد وصلوا حتى كل تاريخ. لا تستطيعه أي خطة قبل نهاية التظليل؛ والخط هو هذه الخطة ما لم يطرأ عائق.
ruler-date = التاريخ
ruler-column-what = ماذا
ruler-column-chance = الاحتمال، %
ruler-column-sampling = العيّنة
ruler-column-inputs = المدخلات
ruler-row-plan = هذه الخطة ما لم يطرأ عائق
ruler-row-kept = يُوفى به باحتمال { $percent } %
prospects = ما مدى اليقين
prospects-what = عدد مجريات الأحداث المسحوبة { $n } (البذرة { $seed })؛ وعدد مرات سحب المعطيات نفسها ضمن مداها { $draws }. المفترض من صفوف عدم اليقين { $percent } %: هذه احتمالات النموذج لا احتمالات الواقع.
prospects-closure = متى يصل الآخِرون
prospects-closure-label = نسبة مجريات الأحداث التي يصل فيها الآخِرون، بحسب الوقت
prospects-share = النسبة، %
prospects-from = من
prospects-to = إلى
prospects-never = أبدًا
prospects-curves = لو كان التاريخ غيره
prospects-curves-label = احتمال كل تعهد بحسب التاريخ الذي يذكره
prospects-curves-what = كل خط هو احتمال الوفاء بالتعهد لو نُقل تاريخه؛ والعلامة هي التاريخ الذي قيل.
prospects-no-curve = بلا خط، لأن التاريخ لا يحسمها: { $promises }
prospects-tornado = ما الذي يحسم
prospects-tornado-label = وصول الآخِرين باحتمال 90 %، حين يكون أحد المدخلات عند أحد طرفي مداه
prospects-tornado-what = أحد المدخلات عند أحد طرفي مداه والبقية كما ذُكرت: متى يصل الآخِرون باحتمال 90 %. كل رقم، وكذلك «كما ذُكر»، من مجريات الأحداث الأولى وحدها: { $n }.
prospects-row = الصف
prospects-range = المدى
prospects-low = عند الطرف الأدنى
prospects-stated = كما ذُكر
prospects-high = عند الطرف الأعلى
prospects-critical = على أطول مسار
prospects-critical-label = كم مرة يقع الشيء على أطول مسار إلى آخر وصول
prospects-critical-what = نسبة مجريات الأحداث التي يقع فيها على السلسلة المؤدية إلى آخر وصول: الأنشطة، ثم ما هو مشترك أو مغلق.
prospects-activities = الأنشطة
prospects-causes = ما هو مشترك أو مغلق
prospects-none = لا شيء
ruler-svg-gap = الفجوة { $percent } %
uncertain-step-duration = مدة الخطوة
uncertain-receiver-late = تأخر المتسلّم
uncertain-breakdown = عطل
uncertain-weather = الطقس
uncertain-ground-time = الوقت على الأرض
uncertain-block-time = زمن الطيران
uncertain-march-time = زمن المسير
uncertain-clearance-late = تأخر التصريح
uncertain-decision-late = تأخر القرار
uncertain-situation = الوضع
