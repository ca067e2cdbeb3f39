# كلمات وثائق البرنامج بالعربية.

## الوقت
moment = { $day }، { $time }
moment-in-full = { $day }، { $time } ({ $zone })
stretch = { $large } و{ $small }
days = { $n ->
    [zero] { $n } يوم
    [one] يوم واحد
    [two] يومان
    [few] { $n } أيام
    [many] { $n } يومًا
   *[other] { $n } يوم
}
hours = { $n ->
    [zero] { $n } ساعة
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $n } ساعات
    [many] { $n } ساعة
   *[other] { $n } ساعة
}
minutes = { $n ->
    [zero] { $n } دقيقة
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $n } دقائق
    [many] { $n } دقيقة
   *[other] { $n } دقيقة
}
on-time = في الموعد
early = قبل الموعد: { $length }
late = بعد الموعد: { $length }
# لاختبار صيغ الجمع
plural-form = { $n ->
    [zero] zero
    [one] one
    [two] two
    [few] few
    [many] many
   *[other] other
}

## البلاغ
communique-heading = بلاغ، { $moment }. للعموم.
communique-origin = كيف بدأ الأمر
communique-happened = ما الذي حدث
communique-judged = كيف يُقيَّم الوضع
communique-planned = ما هو مخطط له
communique-promised = ما جرى التعهد به
communique-plan = إلامَ تفضي الخطة الحالية
communique-undecided = ما لم يُحسم بعد
communique-assessed = { $office }، منذ { $moment }، عن { $zone }: { $level }
communique-promise = { $id }: { $text }؛ { $date }؛ { $kept }
communique-plan-party = { $party }: آخر مغادرة { $last }، ويصل الجميع إلى نقاط تمركزهم الدائم في { $home }؛ المجموع { $n ->
    [zero] لا طلعات محمّلة
    [one] طلعة محمّلة واحدة
    [two] طلعتان محمّلتان
    [few] { $n } طلعات محمّلة
    [many] { $n } طلعة محمّلة
   *[other] { $n } طلعة محمّلة
 }
communique-plan-closure = الجميع خارج الدولة المضيفة في { $out }، ويصلون إلى نقاط تمركزهم الدائم في { $home }، ما لم يطرأ عائق
communique-plan-unmoved = لا يُنقل: { $n ->
    [zero] لا شيء
    [one] شخص أو غرض واحد
    [two] شخصان أو غرضان
    [few] { $n } أشخاص أو أغراض
    [many] { $n } شخصًا أو غرضًا
   *[other] { $n } شخص أو غرض
 }
communique-condition = لم يتحقق بعد: { $text }؛ { $policy }
communique-made-of = أُعدّ من سجل البيانات ومن سجل الوقائع ومن خطة مدقَّقة فقط؛ وتدل الكلمات بين القوسين المعقوفين على الصفوف. وما عُرف لاحقًا غير مُدرج.
communique-assumed = { $assumed ->
    [zero] لا صفوف مفترضة كليًا أو جزئيًا
    [one] صف واحد مفترض كليًا أو جزئيًا
    [two] صفان مفترضان كليًا أو جزئيًا
    [few] { $assumed } صفوف مفترضة كليًا أو جزئيًا
    [many] { $assumed } صفًا مفترضًا كليًا أو جزئيًا
   *[other] { $assumed } صف مفترض كليًا أو جزئيًا
 } { $rows ->
    [zero] من أصل { $rows }.
    [one] من أصل صف واحد.
    [two] من أصل صفين.
    [few] من أصل { $rows } صفوف.
    [many] من أصل { $rows } صفًا.
   *[other] من أصل { $rows } صف.
 }
communique-untranslated = { $n ->
    [zero] لا بيانات بلا ترجمة.
    [one] بيان واحد بلا ترجمة ويرد بالإنكليزية.
    [two] بيانان بلا ترجمة ويردان بالإنكليزية.
    [few] { $n } بيانات بلا ترجمة وترد بالإنكليزية.
    [many] { $n } بيانًا بلا ترجمة ويرد بالإنكليزية.
   *[other] { $n } بيان بلا ترجمة ويرد بالإنكليزية.
 }
neutrality = هذا البرنامج مدني يُعنى بالنقل، ولا صلة له بأي دولة أو منظمة، ولا ينحاز إلى أحد. المتحدثون هنا مناصب لا أشخاص، وأقوالهم معاد سردها؛ ومعظم الصفوف مصدرها الأطراف نفسها. وأسماء الأماكن هي أسماؤها في ذلك اليوم.
told = { $office }، { $date }: { $text }
told-via = { $office } ({ $via })، { $date }: { $text }
told-event = { $date }: { $text }
told-source-party = المصدر: طرف مشارك
told-source-state-media = المصدر: إعلام رسمي
told-source-independent = المصدر: مستقل
told-source-own-estimate = المصدر: تقدير ذاتي
told-confirmed-by = يؤكده: { $rows }
reports-differ = تختلف التقارير: { $conflicts }
level-read-out = استخلصنا المستوى من الكلام
told-zone-all = مسرح العمليات كله
promise-by = في موعد أقصاه { $day }
promise-by-either = في موعد أقصاه { $strict }، وبالقراءة الأوسع { $lenient }
promise-on = يوم { $day }
promise-no-date = الطريقة، بلا تاريخ
promise-kept = تفي به الخطة الحالية
promise-kept-leniently = تفي به الخطة الحالية بالقراءة الأوسع فقط
promise-broken = لا تفي به الخطة الحالية
promise-before-start = تاريخه قبل بدء الخطة
told-policy-go = متى تحقق مرة استمر ما يتوقف عليه
told-policy-hold = وإلى ذلك الحين لا يبدأ ما يتوقف عليه
told-policy-reverse = وإلى ذلك الحين لا يبدأ ما يتوقف عليه، ويُلغى ما هو جارٍ
row-statement = البيان { $id }
row-assessment = التقييم { $id }
row-promise = التعهد { $id }
row-condition = الشرط { $id }
row-record = سجل الوقائع، اليوم { $id }
row-party = الخطة، { $id }
row-plan = الخطة
list-separator = ؛{" "}
told-record = الطلعات المحمّلة يوم { $day }، بحسب التقارير: { $shown }
told-assumed = افتراض منّا، لم يُعثر على تقرير
told-in-part-assumed = مفترض جزئيًا على الأقل
told-promise = { $id }: { $text }؛ { $date }
told-plan-home = { $party }: يصل الجميع إلى نقاط تمركزهم الدائم في { $home }
told-plan-party-in = { $party }: آخر دخول إلى الدولة المضيفة { $last }، والجميع في مقاصدهم { $home }؛ المجموع { $n ->
    [zero] لا طلعات محمّلة
    [one] طلعة محمّلة واحدة
    [two] طلعتان محمّلتان
    [few] { $n } طلعات محمّلة
    [many] { $n } طلعة محمّلة
   *[other] { $n } طلعة محمّلة
 }
told-plan-in-place = { $party }: الجميع في مقاصدهم { $home }
told-plan-closure-in = يدخل الأخيرون الدولة المضيفة في { $in }؛ وكل من يُنقل وما يُنقل في مقصده في { $home }، ما لم يطرأ عائق
told-plan-closure-end = كل من يُنقل وما يُنقل يبلغ مقصده في { $home }، ما لم يطرأ عائق
told-made-without-plan = أُعدّ من سجل البيانات ومن سجل الوقائع فقط؛ وتدل الكلمات بين القوسين المعقوفين على الصفوف. ولا يُذكر شيء عن خطة: فالخطة الموجودة هي سجل الوقائع نفسه أو لا تجتاز التدقيق. وما عُرف لاحقًا غير مُدرج.
told-plan-party-out = { $party }: آخر مغادرة من الدولة المضيفة { $last }، ويبلغ الجميع مقاصدهم في { $home }؛ المجموع { $n ->
    [zero] لا طلعات محمّلة
    [one] طلعة محمّلة واحدة
    [two] طلعتان محمّلتان
    [few] { $n } طلعات محمّلة
    [many] { $n } طلعة محمّلة
   *[other] { $n } طلعة محمّلة
 }
