import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** What the assessment and the TB screening say. `issue.*` are the codes of `validateResponse`. */
export const careMessages = defineMessages({
  'issue.questionnaire': {
    en: 'This answers another version of the form. Load the form again.',
    th: 'เป็นคำตอบของแบบฟอร์มคนละรุ่น กรุณาโหลดแบบฟอร์มใหม่',
    my: 'ဤအဖြေများသည် အခြားပုံစံဗားရှင်းအတွက် ဖြစ်သည်။ ပုံစံကို ပြန်ဖွင့်ပါ။',
  },
  'issue.unknown-item': {
    en: 'An answer belongs to no question of the form.',
    th: 'มีคำตอบที่ไม่ตรงกับคำถามใดในแบบฟอร์ม',
    my: 'ပုံစံရှိ မည်သည့်မေးခွန်းနှင့်မျှ မသက်ဆိုင်သော အဖြေ ရှိနေသည်။',
  },
  'issue.misplaced': {
    en: '{label}: stands in the wrong place or twice.',
    th: '{label}: อยู่ผิดตำแหน่งหรือซ้ำ',
    my: '{label} - နေရာမှား သို့မဟုတ် ထပ်နေသည်။',
  },
  'issue.disabled': {
    en: '{label}: is not asked, given the other answers.',
    th: '{label}: ไม่ต้องตอบตามคำตอบอื่น',
    my: '{label} - အခြားအဖြေများအရ မေးရန် မလိုပါ။',
  },
  'issue.required': { en: '{label}: please answer.', th: '{label}: โปรดตอบ', my: '{label} - ဖြေပါ။' },
  'issue.too-few': {
    en: '{label}: at least {limit} answers.',
    th: '{label}: อย่างน้อย {limit} คำตอบ',
    my: '{label} - အနည်းဆုံး အဖြေ {limit} ခု။',
  },
  'issue.too-many': {
    en: '{label}: at most {limit}.',
    th: '{label}: ไม่เกิน {limit}',
    my: '{label} - အများဆုံး {limit} ခု။',
  },
  'issue.type': {
    en: '{label}: the answer is of the wrong kind.',
    th: '{label}: รูปแบบคำตอบไม่ถูกต้อง',
    my: '{label} - အဖြေပုံစံ မမှန်ပါ။',
  },
  'issue.not-an-option': {
    en: '{label}: choose one of the answers offered.',
    th: '{label}: เลือกจากคำตอบที่มีให้',
    my: '{label} - ပေးထားသော အဖြေများမှ ရွေးပါ။',
  },
  'issue.exclusive': {
    en: '{label}: this answer cannot stand beside others.',
    th: '{label}: คำตอบนี้ใช้ร่วมกับคำตอบอื่นไม่ได้',
    my: '{label} - ဤအဖြေကို အခြားအဖြေများနှင့် တွဲ၍ မရပါ။',
  },
  'issue.below-minimum': {
    en: '{label}: not below {limit}.',
    th: '{label}: ต้องไม่ต่ำกว่า {limit}',
    my: '{label} - {limit} အောက် မဖြစ်ရ။',
  },
  'issue.above-maximum': {
    en: '{label}: not above {limit}.',
    th: '{label}: ต้องไม่เกิน {limit}',
    my: '{label} - {limit} ထက် မများရ။',
  },
  'issue.too-long': {
    en: '{label}: at most {limit} characters.',
    th: '{label}: ไม่เกิน {limit} ตัวอักษร',
    my: '{label} - စာလုံး {limit} ထက် မများရ။',
  },
  'issue.unit': {
    en: '{label}: the unit must be {unit}.',
    th: '{label}: หน่วยต้องเป็น {unit}',
    my: '{label} - ယူနစ်သည် {unit} ဖြစ်ရမည်။',
  },
  'issue.date': {
    en: '{label}: this is not a possible day.',
    th: '{label}: วันที่ไม่ถูกต้อง',
    my: '{label} - မဖြစ်နိုင်သော ရက်စွဲ။',
  },
  'issue.in-future': {
    en: '{label}: this day is still to come.',
    th: '{label}: วันที่นี้ยังมาไม่ถึง',
    my: '{label} - ဤရက် မရောက်သေးပါ။',
  },
  'issue.in-past': {
    en: '{label}: this day has passed.',
    th: '{label}: วันที่นี้ผ่านไปแล้ว',
    my: '{label} - ဤရက် လွန်သွားပြီ။',
  },
  'issue.duplicate': { en: '{label}: chosen twice.', th: '{label}: เลือกซ้ำ', my: '{label} - နှစ်ခါ ရွေးထားသည်။' },
  'issue.calculation': {
    en: '{label}: does not follow from the other answers.',
    th: '{label}: ไม่ตรงกับค่าที่คำนวณจากคำตอบอื่น',
    my: '{label} - အခြားအဖြေများမှ တွက်ချက်ရသည့် တန်ဖိုးနှင့် မကိုက်ညီပါ။',
  },

  'screening.result.positive': {
    en: 'TB screen positive',
    th: 'ผลคัดกรองวัณโรคเป็นบวก',
    my: 'တီဘီ စိစစ်မှု အပေါင်း',
  },
  'screening.result.negative': {
    en: 'TB screen negative',
    th: 'ผลคัดกรองวัณโรคเป็นลบ',
    my: 'တီဘီ စိစစ်မှု အနုတ်',
  },
  'screening.result.inconclusive': {
    en: 'TB screen inconclusive',
    th: 'ผลคัดกรองวัณโรคสรุปไม่ได้',
    my: 'တီဘီ စိစစ်မှု မရှင်းလင်း',
  },
  'screening.result.incomplete': {
    en: 'TB screen not complete',
    th: 'การคัดกรองวัณโรคยังไม่ครบ',
    my: 'တီဘီ စိစစ်မှု မပြီးသေး',
  },

  'screening.group.hiv-10-and-over': {
    en: 'Living with HIV, 10 years and over',
    th: 'ผู้อยู่ร่วมกับเอชไอวี อายุ 10 ปีขึ้นไป',
    my: 'အိတ်ချ်အိုင်ဗွီရှိသူ၊ အသက် ၁၀ နှစ်နှင့်အထက်',
  },
  'screening.group.hiv-under-10': {
    en: 'Living with HIV, under 10 years',
    th: 'ผู้อยู่ร่วมกับเอชไอวี อายุต่ำกว่า 10 ปี',
    my: 'အိတ်ချ်အိုင်ဗွီရှိသူ၊ အသက် ၁၀ နှစ်အောက်',
  },
  'screening.group.general-15-and-over': {
    en: 'General, 15 years and over',
    th: 'ทั่วไป อายุ 15 ปีขึ้นไป',
    my: 'ယေဘုယျ၊ အသက် ၁၅ နှစ်နှင့်အထက်',
  },
  'screening.group.general-under-15': {
    en: 'General, under 15 years',
    th: 'ทั่วไป อายุต่ำกว่า 15 ปี',
    my: 'ယေဘုယျ၊ အသက် ၁၅ နှစ်အောက်',
  },

  'screening.test.cough': { en: 'cough', th: 'อาการไอ', my: 'ချောင်းဆိုးခြင်း' },
  'screening.test.w4ss': {
    en: 'four-symptom screen',
    th: 'การถามสี่อาการ',
    my: 'လက္ခဏာလေးချက် စိစစ်မှု',
  },
  'screening.test.any-symptom': {
    en: 'any TB symptom',
    th: 'อาการวัณโรคใด ๆ',
    my: 'တီဘီလက္ခဏာ တစ်ခုခု',
  },
  'screening.test.child': { en: 'child symptom screen', th: 'การถามอาการในเด็ก', my: 'ကလေး လက္ခဏာ စိစစ်မှု' },
  'screening.test.child-hiv': {
    en: 'symptom screen for a child living with HIV',
    th: 'การถามอาการในเด็กที่อยู่ร่วมกับเอชไอวี',
    my: 'အိတ်ချ်အိုင်ဗွီရှိ ကလေး လက္ခဏာ စိစစ်မှု',
  },
  'screening.test.cxr': { en: 'chest X-ray', th: 'เอกซเรย์ทรวงอก', my: 'ရင်ဘတ်ဓာတ်မှန်' },
  'screening.test.crp': { en: 'C-reactive protein', th: 'ซีอาร์พี', my: 'စီအာပီ' },
  'screening.test.mwrd': {
    en: 'rapid molecular test',
    th: 'การตรวจอณูชีววิทยาอย่างเร็ว',
    my: 'မော်လီကျူး အမြန်စစ်ဆေးမှု',
  },
  'screening.test.age': { en: 'age', th: 'อายุ', my: 'အသက်' },

  'screening.combination.parallel': {
    en: '{first} and {second} together: either positive counts',
    th: '{first} ร่วมกับ {second} อย่างใดอย่างหนึ่งเป็นบวกถือว่าบวก',
    my: '{first} နှင့် {second} အတူတကွ - တစ်ခုခု အပေါင်းဖြစ်လျှင် အပေါင်း',
  },
  'screening.combination.sequential-positive': {
    en: '{first}, then {second} where positive',
    th: '{first} แล้วตรวจ {second} เมื่อเป็นบวก',
    my: '{first}၊ အပေါင်းဖြစ်လျှင် {second}',
  },
  'screening.combination.sequential-negative': {
    en: '{first}, then {second} where negative',
    th: '{first} แล้วตรวจ {second} เมื่อเป็นลบ',
    my: '{first}၊ အနုတ်ဖြစ်လျှင် {second}',
  },

  'screening.symptom.cough': { en: 'cough', th: 'ไอ', my: 'ချောင်းဆိုးခြင်း' },
  'screening.symptom.haemoptysis': { en: 'coughing up blood', th: 'ไอเป็นเลือด', my: 'ချောင်းဆိုး သွေးပါခြင်း' },
  'screening.symptom.sputum': { en: 'sputum', th: 'มีเสมหะ', my: 'သလိပ်ထွက်ခြင်း' },
  'screening.symptom.fever': { en: 'fever', th: 'ไข้', my: 'ဖျားခြင်း' },
  'screening.symptom.night-sweats': { en: 'night sweats', th: 'เหงื่อออกกลางคืน', my: 'ညဘက် ချွေးထွက်ခြင်း' },
  'screening.symptom.weight-loss': { en: 'weight loss', th: 'น้ำหนักลด', my: 'ကိုယ်အလေးချိန် ကျခြင်း' },
  'screening.symptom.chest-pain': { en: 'chest pain', th: 'เจ็บหน้าอก', my: 'ရင်ဘတ်အောင့်ခြင်း' },
  'screening.symptom.shortness-of-breath': {
    en: 'shortness of breath',
    th: 'หายใจเหนื่อย',
    my: 'အသက်ရှူမဝခြင်း',
  },
  'screening.symptom.fatigue': { en: 'tiredness', th: 'อ่อนเพลีย', my: 'မောပန်းနွမ်းနယ်ခြင်း' },
  'screening.symptom.poor-weight-gain': {
    en: 'poor weight gain',
    th: 'น้ำหนักไม่ขึ้น',
    my: 'ကိုယ်အလေးချိန် မတက်ခြင်း',
  },
  'screening.symptom.lethargy': { en: 'plays less, listless', th: 'ซึม เล่นน้อยลง', my: 'နုံးချိ၊ ကစားနည်းခြင်း' },
  'screening.symptom.close-contact': {
    en: 'close contact with tuberculosis',
    th: 'ใกล้ชิดผู้ป่วยวัณโรค',
    my: 'တီဘီလူနာနှင့် နီးကပ်ထိတွေ့ခြင်း',
  },
  'screening.symptom.age': { en: 'age', th: 'อายุ', my: 'အသက်' },

  'screening.reason.symptom': { en: 'Has {what}', th: 'มีอาการ: {what}', my: 'ရှိသည် - {what}' },
  'screening.reason.close-contact': {
    en: 'Close contact with tuberculosis',
    th: 'ใกล้ชิดผู้ป่วยวัณโรค',
    my: 'တီဘီလူနာနှင့် နီးကပ်ထိတွေ့ခဲ့',
  },
  'screening.reason.cxr:abnormal': {
    en: 'Chest X-ray is not normal',
    th: 'เอกซเรย์ทรวงอกผิดปกติ',
    my: 'ရင်ဘတ်ဓာတ်မှန် ပုံမှန်မဟုတ်',
  },
  'screening.reason.cxr:suggestive': {
    en: 'Chest X-ray suggests tuberculosis',
    th: 'เอกซเรย์ทรวงอกเข้าได้กับวัณโรค',
    my: 'ရင်ဘတ်ဓာတ်မှန်အရ တီဘီ ဖြစ်နိုင်ခြေရှိ',
  },
  'screening.reason.crp-above-limit': {
    en: 'C-reactive protein is raised',
    th: 'ค่าซีอาร์พีสูง',
    my: 'စီအာပီ မြင့်နေသည်',
  },
  'screening.reason.mwrd:positive': {
    en: 'Rapid molecular test found tuberculosis',
    th: 'ตรวจอณูชีววิทยาอย่างเร็วพบเชื้อวัณโรค',
    my: 'မော်လီကျူး အမြန်စစ်ဆေးမှုတွင် တီဘီပိုး တွေ့',
  },
  'screening.reason.mwrd:invalid': {
    en: 'Rapid molecular test gave no valid result',
    th: 'ผลตรวจอณูชีววิทยาอย่างเร็วใช้ไม่ได้',
    my: 'မော်လီကျူး အမြန်စစ်ဆေးမှု ရလဒ် မမှန်ကန်',
  },
  'screening.reason.mwrd-negative-does-not-exclude': {
    en: 'A negative rapid test does not rule out tuberculosis here',
    th: 'ผลลบของการตรวจอย่างเร็วไม่ได้ตัดวัณโรคออกในกรณีนี้',
    my: 'အမြန်စစ်ဆေးမှု အနုတ်ဖြစ်သော်လည်း တီဘီမရှိဟု မဆိုနိုင်',
  },
  'screening.reason.unanswered': { en: 'Not answered: {what}', th: 'ยังไม่ได้ตอบ: {what}', my: 'မဖြေရသေး - {what}' },
  'screening.reason.not-done': { en: 'Not done: {what}', th: 'ยังไม่ได้ตรวจ: {what}', my: 'မစစ်ရသေး - {what}' },
  'screening.reason.hiv-status-unknown': {
    en: 'HIV status not known: screened as the general population',
    th: 'ไม่ทราบสถานะเอชไอวี จึงคัดกรองแบบประชากรทั่วไป',
    my: 'အိတ်ချ်အိုင်ဗွီ အခြေအနေ မသိ - ယေဘုယျလူများနည်းတူ စိစစ်သည်',
  },
  'screening.reason.recommended-for-contacts': {
    en: 'Under 15 years, screening is recommended for close contacts',
    th: 'อายุต่ำกว่า 15 ปี แนะนำให้คัดกรองในผู้สัมผัสใกล้ชิด',
    my: '၁၅ နှစ်အောက်တွင် နီးကပ်ထိတွေ့သူများကို စိစစ်ရန် အကြံပြုသည်',
  },
  'screening.reason.algorithm-not-allowed': {
    en: 'The chosen algorithm is not meant for this group',
    th: 'วิธีคัดกรองที่เลือกไม่ใช้กับกลุ่มนี้',
    my: 'ရွေးထားသော စိစစ်နည်းသည် ဤအုပ်စုအတွက် မဟုတ်ပါ',
  },
  'screening.reason.outside-algorithm': {
    en: 'Beside the algorithm: {what}',
    th: 'นอกเหนือวิธีคัดกรอง: {what}',
    my: 'စိစစ်နည်း ပြင်ပ - {what}',
  },

  'screening.next.diagnostic-evaluation': {
    en: 'Diagnostic evaluation for tuberculosis, with a rapid molecular test',
    th: 'ตรวจวินิจฉัยวัณโรคต่อ รวมทั้งตรวจอณูชีววิทยาอย่างเร็ว',
    my: 'တီဘီရောဂါ ရှာဖွေစစ်ဆေးရန် (မော်လီကျူး အမြန်စစ်ဆေးမှု အပါအဝင်)',
  },
  'screening.next.assess-preventive-treatment': {
    en: 'Assess for preventive treatment',
    th: 'ประเมินการให้ยาป้องกันวัณโรค',
    my: 'ကြိုတင်ကာကွယ်ကုသမှုအတွက် စဉ်းစားရန်',
  },
  'screening.next.clinical-evaluation': {
    en: 'A clinician looks for other causes',
    th: 'ให้แพทย์ประเมินหาสาเหตุอื่น',
    my: 'ဆရာဝန်က အခြားအကြောင်းရင်း ရှာဖွေရန်',
  },
  'screening.next.repeat-mwrd': {
    en: 'Repeat the rapid molecular test',
    th: 'ตรวจอณูชีววิทยาอย่างเร็วซ้ำ',
    my: 'မော်လီကျူး အမြန်စစ်ဆေးမှု ပြန်လုပ်ရန်',
  },
  'screening.next.complete-screening': {
    en: 'Answer or do what is still open',
    th: 'ตอบหรือตรวจส่วนที่ยังขาด',
    my: 'ကျန်ရှိသည်များကို ဖြေရန် သို့မဟုတ် စစ်ဆေးရန်',
  },
  'screening.next.choose-allowed-algorithm': {
    en: 'Choose an algorithm allowed for this group',
    th: 'เลือกวิธีคัดกรองที่ใช้กับกลุ่มนี้ได้',
    my: 'ဤအုပ်စုအတွက် ခွင့်ပြုထားသော စိစစ်နည်း ရွေးရန်',
  },
});
