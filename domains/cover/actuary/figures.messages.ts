import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** Heads of the columns of every table an actuary reads. */
export const columnMessages = defineMessages({
  month: { en: 'Month', th: 'เดือน', my: 'လ' },
  memberMonths: { en: 'Member-months', th: 'สมาชิก-เดือน', my: 'အဖွဲ့ဝင်-လ' },
  memberYears: { en: 'Member-years', th: 'สมาชิก-ปี', my: 'အဖွဲ့ဝင်-နှစ်' },
  alone: { en: 'Joined alone', th: 'สมัครเอง', my: 'တစ်ဦးတည်း ဝင်သူ' },
  employer: { en: 'By an employer', th: 'ผ่านนายจ้าง', my: 'အလုပ်ရှင်မှတစ်ဆင့်' },
  written: { en: 'Written', th: 'เบี้ยรับ', my: 'သတ်မှတ်ထည့်ဝင်ကြေး' },
  earned: { en: 'Earned', th: 'เบี้ยที่ถือเป็นรายได้', my: 'ရရှိပြီး ထည့်ဝင်ကြေး' },
  claims: { en: 'Claims', th: 'การเรียกเก็บ', my: 'တောင်းဆိုမှု' },
  reported: { en: 'Reported', th: 'ที่แจ้งแล้ว', my: 'တင်ပြပြီး' },
  paid: { en: 'Paid', th: 'จ่ายแล้ว', my: 'ပေးပြီး' },
  lossRatio: { en: 'Loss ratio', th: 'อัตราส่วนค่าสินไหม', my: 'ကုန်ကျမှုအချိုး' },
  segment: { en: 'Segment', th: 'กลุ่ม', my: 'အုပ်စု' },
  frequency: { en: 'Claims a year', th: 'ครั้งต่อปี', my: 'တစ်နှစ် အကြိမ်' },
  frequencyLow: { en: 'Claims a year, low', th: 'ครั้งต่อปี ต่ำ', my: 'တစ်နှစ် အကြိမ် အနည်း' },
  frequencyHigh: { en: 'Claims a year, high', th: 'ครั้งต่อปี สูง', my: 'တစ်နှစ် အကြိမ် အများ' },
  severity: { en: 'Mean claim', th: 'ค่าเฉลี่ยต่อครั้ง', my: 'ပျမ်းမျှ တောင်းဆိုမှု' },
  severitySe: { en: 'Its standard error', th: 'ความคลาดเคลื่อนมาตรฐาน', my: '၎င်း၏ စံအမှား' },
  cost: { en: 'Cost of a member-year', th: 'ต้นทุนต่อสมาชิก-ปี', my: 'အဖွဲ့ဝင်-နှစ် ကုန်ကျမှု' },
  credibility: { en: 'Believed', th: 'ความน่าเชื่อถือ', my: 'ယုံကြည်နိုင်မှု' },
  credibleCost: { en: 'Cost to price by', th: 'ต้นทุนสำหรับกำหนดเบี้ย', my: 'ဈေးသတ်မှတ်ရန် ကုန်ကျမှု' },
  origin: { en: 'Care begun in', th: 'เริ่มรักษาเมื่อ', my: 'ကုသမှု စတင်ချိန်' },
  age: { en: 'After {age}', th: 'หลัง {age}', my: '{age} ကြာ' },
  factor: { en: 'Factor', th: 'ตัวคูณ', my: 'မြှောက်ကိန်း' },
  se: { en: 'Standard error', th: 'ความคลาดเคลื่อนมาตรฐาน', my: 'စံအမှား' },
  developed: { en: 'Known by then', th: 'ทราบแล้วถึงตอนนั้น', my: 'ထိုအချိန်အထိ သိရမှု' },
  ultimate: { en: 'In the end', th: 'สุดท้าย', my: 'နောက်ဆုံးပမာဏ' },
  ibnr: { en: 'Still to come', th: 'ที่ยังจะมา', my: 'လာဦးမည့်ပမာဏ' },
  low: { en: 'Low (95 %)', th: 'ต่ำ (95 %)', my: 'အနိမ့် (၉၅ %)' },
  high: { en: 'High (95 %)', th: 'สูง (95 %)', my: 'အမြင့် (၉၅ %)' },
  expectedIbnr: { en: 'By expected loss', th: 'ตามค่าสินไหมคาดหมาย', my: 'မျှော်မှန်းကုန်ကျမှုအရ' },
  days: { en: 'Days since enrolment', th: 'วันหลังสมัคร', my: 'စာရင်းသွင်းပြီး ရက်' },
  expected: { en: 'Expected to have claimed', th: 'คาดว่าเรียกเก็บแล้ว', my: 'တောင်းဆိုပြီးဟု မျှော်မှန်း' },
  aloneRatio: { en: 'Alone, over expected', th: 'สมัครเอง เทียบกับที่คาด', my: 'တစ်ဦးတည်း၊ မျှော်မှန်းနှင့်ယှဉ်' },
  aloneLow: { en: 'Alone, low', th: 'สมัครเอง ต่ำ', my: 'တစ်ဦးတည်း၊ အနိမ့်' },
  aloneHigh: { en: 'Alone, high', th: 'สมัครเอง สูง', my: 'တစ်ဦးတည်း၊ အမြင့်' },
  employerRatio: { en: 'Employer, over expected', th: 'ผ่านนายจ้าง เทียบกับที่คาด', my: 'အလုပ်ရှင်၊ မျှော်မှန်းနှင့်ယှဉ်' },
  employerLow: { en: 'Employer, low', th: 'ผ่านนายจ้าง ต่ำ', my: 'အလုပ်ရှင်၊ အနိမ့်' },
  employerHigh: { en: 'Employer, high', th: 'ผ่านนายจ้าง สูง', my: 'အလုပ်ရှင်၊ အမြင့်' },
});

/** What a table is of. */
export const tableMessages = defineMessages({
  months: {
    en: 'Exposure, contributions and claims by month of care',
    th: 'สมาชิก เบี้ย และการเรียกเก็บตามเดือนที่รักษา',
    my: 'ကုသသည့်လအလိုက် အဖွဲ့ဝင်၊ ထည့်ဝင်ကြေးနှင့် တောင်းဆိုမှု',
  },
  'triangle.incurred.month': {
    en: 'Reported so far, by month of care and months until the report',
    th: 'ที่แจ้งสะสม ตามเดือนที่รักษาและเดือนจนแจ้ง',
    my: 'ကုသသည့်လနှင့် တင်ပြချိန်အလိုက် တင်ပြပြီး စုစုပေါင်း',
  },
  'triangle.incurred.quarter': {
    en: 'Reported so far, by quarter of care and quarters until the report',
    th: 'ที่แจ้งสะสม ตามไตรมาสที่รักษาและไตรมาสจนแจ้ง',
    my: 'ကုသသည့် သုံးလပတ်နှင့် တင်ပြချိန်အလိုက် တင်ပြပြီး စုစုပေါင်း',
  },
  'triangle.paid.month': {
    en: 'Paid so far, by month of care and months until payment',
    th: 'ที่จ่ายสะสม ตามเดือนที่รักษาและเดือนจนจ่าย',
    my: 'ကုသသည့်လနှင့် ပေးချေချိန်အလိုက် ပေးပြီး စုစုပေါင်း',
  },
  'triangle.paid.quarter': {
    en: 'Paid so far, by quarter of care and quarters until payment',
    th: 'ที่จ่ายสะสม ตามไตรมาสที่รักษาและไตรมาสจนจ่าย',
    my: 'ကုသသည့် သုံးလပတ်နှင့် ပေးချေချိန်အလိုက် ပေးပြီး စုစုပေါင်း',
  },
  factors: { en: 'Development factors', th: 'ตัวคูณพัฒนาการ', my: 'တိုးတက်မှု မြှောက်ကိန်းများ' },
  reserves: { en: 'What is still to come, by time of care', th: 'ที่ยังจะมา ตามเวลาที่รักษา', my: 'ကုသချိန်အလိုက် လာဦးမည့်ပမာဏ' },
  'reserve-total': { en: 'What is still to come, in all', th: 'ที่ยังจะมาทั้งหมด', my: 'လာဦးမည့် စုစုပေါင်း' },
  'segment.age': { en: 'By age', th: 'ตามอายุ', my: 'အသက်အလိုက်' },
  'segment.sex': { en: 'By sex', th: 'ตามเพศ', my: 'ကျား/မ အလိုက်' },
  'segment.industry': { en: 'By industry', th: 'ตามอุตสาหกรรม', my: 'လုပ်ငန်းအလိုက်' },
  'segment.joined': { en: 'By how they joined', th: 'ตามวิธีสมัคร', my: 'ဝင်ရောက်ပုံအလိုက်' },
  selection: { en: 'From enrolment to the first claim', th: 'จากสมัครถึงเรียกเก็บครั้งแรก', my: 'စာရင်းသွင်းချိန်မှ ပထမတောင်းဆိုမှုအထိ' },
});

/** Values of columns of the kind `word`. */
export const wordMessages = defineMessages({
  alone: { en: 'alone', th: 'สมัครเอง', my: 'တစ်ဦးတည်း' },
  employer: { en: 'by an employer', th: 'ผ่านนายจ้าง', my: 'အလုပ်ရှင်မှ' },
  female: { en: 'women', th: 'หญิง', my: 'အမျိုးသမီး' },
  male: { en: 'men', th: 'ชาย', my: 'အမျိုးသား' },
  other: { en: 'other', th: 'อื่น ๆ', my: 'အခြား' },
  unknown: { en: 'not known', th: 'ไม่ทราบ', my: 'မသိ' },
  none: { en: 'none', th: 'ไม่มี', my: 'မရှိ' },
  garment: { en: 'garments', th: 'ตัดเย็บ', my: 'အထည်ချုပ်' },
  agriculture: { en: 'agriculture', th: 'เกษตร', my: 'စိုက်ပျိုးရေး' },
  construction: { en: 'construction', th: 'ก่อสร้าง', my: 'ဆောက်လုပ်ရေး' },
  fishing: { en: 'fishing', th: 'ประมง', my: 'ငါးဖမ်း' },
  domestic: { en: 'domestic work', th: 'งานบ้าน', my: 'အိမ်အကူ' },
  'food-processing': { en: 'food processing', th: 'แปรรูปอาหาร', my: 'အစားအစာ ထုတ်လုပ်ရေး' },
});

/** What the numbers say. */
export const findingMessages = defineMessages({
  'loss.ratio': {
    en: 'With what is still to come, {ratio} % of earned contributions go to care (95 % interval {low} to {high} %).',
    th: 'เมื่อรวมที่ยังจะมา เบี้ยที่ถือเป็นรายได้ {ratio} % ใช้เป็นค่ารักษา (ช่วงเชื่อมั่น 95 % {low} ถึง {high} %)',
    my: 'လာဦးမည့်ပမာဏအပါအဝင် ရရှိပြီးထည့်ဝင်ကြေး၏ {ratio} % ကို ကုသမှုတွင် သုံးသည် (၉၅ % ကြားခံ {low} မှ {high} %)။',
  },
  'loss.ratio-reported': {
    en: 'Reported claims are {ratio} % of earned contributions ({low} to {high} %); what is still to come could not be estimated.',
    th: 'ที่แจ้งแล้วเป็น {ratio} % ของเบี้ยที่ถือเป็นรายได้ ({low} ถึง {high} %) ยังประมาณที่จะมาไม่ได้',
    my: 'တင်ပြပြီးသည် ရရှိပြီးထည့်ဝင်ကြေး၏ {ratio} % ({low} မှ {high} %)။ လာဦးမည့်ပမာဏ မခန့်မှန်းနိုင်ပါ။',
  },
  'loss.nothing-earned': {
    en: 'Nothing was earned in these months.',
    th: 'ไม่มีเบี้ยที่ถือเป็นรายได้ในเดือนเหล่านี้',
    my: 'ဤလများတွင် ရရှိသော ထည့်ဝင်ကြေး မရှိပါ။',
  },
  'reserve.incurred': {
    en: 'Claims for care given and not yet reported: {ibnr} (95 % of {replicates} bootstrap replicates lie from {low} to {high}).',
    th: 'ค่ารักษาที่เกิดแล้วแต่ยังไม่แจ้ง: {ibnr} (95 % ของบูตสแตรป {replicates} รอบอยู่ระหว่าง {low} ถึง {high})',
    my: 'ကုသပြီး မတင်ပြရသေးသော ပမာဏ - {ibnr} (ဘွတ်စထရပ် {replicates} ကြိမ်၏ ၉၅ % သည် {low} မှ {high})။',
  },
  'reserve.paid': {
    en: 'From payments, not yet reported: {ibnr} (95 % of {replicates} bootstrap replicates lie from {low} to {high}).',
    th: 'จากการจ่าย ที่ยังไม่แจ้ง: {ibnr} (95 % ของบูตสแตรป {replicates} รอบอยู่ระหว่าง {low} ถึง {high})',
    my: 'ပေးချေမှုအရ မတင်ပြရသေးသော ပမာဏ - {ibnr} (ဘွတ်စထရပ် {replicates} ကြိမ်၏ ၉၅ % သည် {low} မှ {high})။',
  },
  'reserve.thin': {
    en: 'Too few claims for a chain ladder: some month or quarter has none. Choose quarters, or a longer time.',
    th: 'การเรียกเก็บน้อยเกินไปสำหรับเชนแลดเดอร์ บางเดือนหรือไตรมาสไม่มีเลย เลือกรายไตรมาสหรือช่วงที่ยาวกว่า',
    my: 'ချိန်းလက်ဒါအတွက် တောင်းဆိုမှု နည်းလွန်းသည်။ လ သို့မဟုတ် သုံးလပတ်အချို့တွင် မရှိပါ။ သုံးလပတ် သို့မဟုတ် ပိုရှည်သောကာလ ရွေးပါ။',
  },
  'selection.alarm': {
    en: 'Alarm: those who join alone claim {spike} times as fast in their first {days} days as later ({low} to {high}); those an employer enrols {employer} times. The difference is {more} times ({lowest} to {highest}): people enrol when they know they need care. Think of a waiting time, or of enrolment by groups.',
    th: 'เตือนภัย: ผู้สมัครเองเรียกเก็บใน {days} วันแรกเร็วกว่าภายหลัง {spike} เท่า ({low} ถึง {high}) ผู้ที่นายจ้างสมัครให้ {employer} เท่า ต่างกัน {more} เท่า ({lowest} ถึง {highest}) คนสมัครเมื่อรู้ว่าต้องรักษา ควรพิจารณาระยะรอคอยหรือการสมัครเป็นกลุ่ม',
    my: 'သတိပေးချက် - တစ်ဦးတည်းဝင်သူများသည် ပထမ {days} ရက်တွင် နောက်ပိုင်းထက် {spike} ဆ ({low} မှ {high}) မြန်မြန်တောင်းဆိုသည်၊ အလုပ်ရှင်သွင်းသူများ {employer} ဆ။ ကွာခြားချက် {more} ဆ ({lowest} မှ {highest})။ ကုသရန်လိုမှ ဝင်ကြသည်။ စောင့်ဆိုင်းကာလ သို့မဟုတ် အုပ်စုလိုက်စာရင်းသွင်းခြင်းကို စဉ်းစားပါ။',
  },
  'selection.alarm-alone': {
    en: 'Those who join alone claim {spike} times as fast in their first {days} days as later ({low} to {high}). Nobody joined by an employer to compare with: it may be selection, or that the frail claim first.',
    th: 'ผู้สมัครเองเรียกเก็บใน {days} วันแรกเร็วกว่าภายหลัง {spike} เท่า ({low} ถึง {high}) ไม่มีผู้ที่นายจ้างสมัครให้เปรียบเทียบ อาจเป็นการเลือกสมัคร หรือผู้อ่อนแอเรียกเก็บก่อน',
    my: 'တစ်ဦးတည်းဝင်သူများသည် ပထမ {days} ရက်တွင် နောက်ပိုင်းထက် {spike} ဆ ({low} မှ {high}) မြန်သည်။ နှိုင်းယှဉ်ရန် အလုပ်ရှင်သွင်းသူ မရှိပါ။ ရွေးဝင်ခြင်း သို့မဟုတ် အားနည်းသူ အရင်တောင်းဆိုခြင်း ဖြစ်နိုင်သည်။',
  },
  'selection.none': {
    en: 'No sign that people enrol when they need care: first claims in the first {days} days come {spike} times as fast as later ({low} to {high}).',
    th: 'ไม่พบสัญญาณว่าคนสมัครเมื่อต้องรักษา: การเรียกเก็บครั้งแรกใน {days} วันแรกเร็ว {spike} เท่าของภายหลัง ({low} ถึง {high})',
    my: 'ကုသရန်လိုမှ ဝင်သည့်လက္ခဏာ မတွေ့ပါ။ ပထမ {days} ရက်၏ ပထမတောင်းဆိုမှုသည် နောက်ပိုင်း၏ {spike} ဆ ({low} မှ {high})။',
  },
  'selection.none-beside': {
    en: 'No alarm: in the first {days} days those who join alone claim {spike} times as fast as later ({low} to {high}), those an employer enrols {employer} times; the difference is {more} times ({lowest} to {highest}), which chance explains or which is small.',
    th: 'ไม่มีการเตือน: ใน {days} วันแรก ผู้สมัครเองเรียกเก็บเร็ว {spike} เท่าของภายหลัง ({low} ถึง {high}) ผู้ที่นายจ้างสมัครให้ {employer} เท่า ต่างกัน {more} เท่า ({lowest} ถึง {highest}) ซึ่งอาจเป็นความบังเอิญหรือน้อย',
    my: 'သတိပေးရန် မရှိပါ - ပထမ {days} ရက်တွင် တစ်ဦးတည်းဝင်သူ {spike} ဆ ({low} မှ {high})၊ အလုပ်ရှင်သွင်းသူ {employer} ဆ။ ကွာခြားချက် {more} ဆ ({lowest} မှ {highest}) သည် တိုက်ဆိုင်မှု သို့မဟုတ် သေးငယ်သည်။',
  },
  'selection.thin': {
    en: 'Fewer than {least} first claims by people who joined alone: too few to say whether they enrol when they need care.',
    th: 'การเรียกเก็บครั้งแรกของผู้สมัครเองน้อยกว่า {least} ครั้ง น้อยเกินกว่าจะบอกได้ว่าคนสมัครเมื่อต้องรักษาหรือไม่',
    my: 'တစ်ဦးတည်းဝင်သူ၏ ပထမတောင်းဆိုမှု {least} ခုအောက်သာရှိ၍ ကုသရန်လိုမှ ဝင်ခြင်း ဟုတ်မဟုတ် မပြောနိုင်ပါ။',
  },
});
