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
