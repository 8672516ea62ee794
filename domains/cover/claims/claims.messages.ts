import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** The sentence for each refusal of this feature; the key is its code. */
export const claimsProblemMessages = defineMessages({
  'claims.not-own-facility': {
    en: 'Your facility claims for its own patients only.',
    th: 'สถานพยาบาลของท่านเบิกได้เฉพาะผู้ป่วยของตนเอง',
    my: 'သင့်ဆေးရုံသည် မိမိလူနာများအတွက်သာ တောင်းခံနိုင်သည်။',
  },
  'claims.unknown-provider': {
    en: 'The fund does not know this facility. Check its code.',
    th: 'กองทุนไม่รู้จักสถานพยาบาลนี้ โปรดตรวจสอบรหัส',
    my: 'ရန်ပုံငွေသည် ဤဆေးရုံကို မသိပါ။ ကုဒ်ကို စစ်ဆေးပါ။',
  },
  'claims.unknown-scheme': {
    en: 'No single scheme covers this member on that day. Choose the scheme, or check the dates.',
    th: 'ไม่พบกองทุนเดียวที่คุ้มครองสมาชิกนี้ในวันนั้น โปรดเลือกกองทุนหรือตรวจสอบวันที่',
    my: 'ထိုနေ့တွင် ဤအဖွဲ့ဝင်အတွက် အစီအစဉ်တစ်ခုတည်း မတွေ့ပါ။ အစီအစဉ်ရွေးပါ သို့မဟုတ် ရက်စွဲစစ်ပါ။',
  },
  'claims.unknown-member': {
    en: 'No member has this number. Check it on the card.',
    th: 'ไม่มีสมาชิกเลขนี้ โปรดตรวจสอบบนบัตร',
    my: 'ဤနံပါတ်ဖြင့် အဖွဲ့ဝင်မရှိပါ။ ကတ်ပေါ်တွင် စစ်ဆေးပါ။',
  },
  'claims.another-patient': {
    en: 'The patient and the insured of this claim are two different people.',
    th: 'ผู้ป่วยกับผู้เอาประกันของใบเบิกนี้เป็นคนละคน',
    my: 'ဤတောင်းခံလွှာ၏ လူနာနှင့် အာမခံထားသူသည် မတူပါ။',
  },
  'claims.future': {
    en: 'The care lies in the future. Claim once it was given.',
    th: 'วันรับบริการยังมาไม่ถึง เบิกได้เมื่อให้บริการแล้ว',
    my: 'ကုသမှုရက် မရောက်သေးပါ။ ကုသပြီးမှ တောင်းခံပါ။',
  },
  'claims.dates-reversed': {
    en: 'The last day of care is before the first.',
    th: 'วันสุดท้ายอยู่ก่อนวันแรก',
    my: 'နောက်ဆုံးရက်သည် ပထမရက်ထက် စောနေသည်။',
  },
  'claims.period-absurd': {
    en: 'The care lasts longer than a year. Claim for each year apart.',
    th: 'ช่วงรับบริการนานเกินหนึ่งปี โปรดแยกเบิกเป็นรายปี',
    my: 'ကုသကာလ တစ်နှစ်ထက် ကျော်နေသည်။ နှစ်အလိုက် ခွဲတောင်းပါ။',
  },
  'claims.wrong-currency': {
    en: 'State every amount in the currency of the scheme.',
    th: 'ระบุทุกจำนวนเป็นสกุลเงินของกองทุน',
    my: 'ငွေပမာဏအားလုံးကို အစီအစဉ်၏ ငွေကြေးဖြင့် ဖော်ပြပါ။',
  },
  'claims.no-lines': {
    en: 'A claim has 1 to 200 lines.',
    th: 'ใบเบิกมีได้ 1 ถึง 200 รายการ',
    my: 'တောင်းခံလွှာတွင် စာကြောင်း ၁ မှ ၂၀၀ ပါရသည်။',
  },
  'claims.quantity': {
    en: 'A quantity is above 0 and at most 10,000.',
    th: 'จำนวนต้องมากกว่า 0 และไม่เกิน 10,000',
    my: 'အရေအတွက်သည် ၀ ထက်ကြီးပြီး ၁၀,၀၀၀ ထက် မကျော်ရ။',
  },
  'claims.price': {
    en: 'A price is not negative, not absurdly high, and has no more digits than the currency.',
    th: 'ราคาต้องไม่ติดลบ ไม่สูงผิดปกติ และมีทศนิยมไม่เกินสกุลเงิน',
    my: 'ဈေးနှုန်းသည် အနုတ်မဖြစ်ရ၊ မယုံနိုင်အောင် မကြီးရ၊ ငွေကြေး၏ ဒသမထက် မပိုရ။',
  },
  'claims.unknown-code': {
    en: 'The catalogue of this scheme does not have this code. Choose from the catalogue.',
    th: 'บัญชีรายการของกองทุนนี้ไม่มีรหัสนี้ โปรดเลือกจากบัญชี',
    my: 'ဤအစီအစဉ်၏ စာရင်းတွင် ဤကုဒ်မရှိပါ။ စာရင်းမှ ရွေးပါ။',
  },
  'claims.diagnosis': {
    en: 'Give 1 to 12 diagnoses as ICD-10 codes, like J18.9.',
    th: 'ระบุการวินิจฉัย 1 ถึง 12 รายการเป็นรหัส ICD-10 เช่น J18.9',
    my: 'ရောဂါအမည် ၁ မှ ၁၂ ခုကို ICD-10 ကုဒ်ဖြင့် ပေးပါ၊ ဥပမာ J18.9။',
  },
  'claims.total-differs': {
    en: 'The total is not the sum of the lines.',
    th: 'ยอดรวมไม่เท่ากับผลรวมของรายการ',
    my: 'စုစုပေါင်းသည် စာကြောင်းများ၏ ပေါင်းလဒ်နှင့် မညီပါ။',
  },
  'claims.duplicate-number': {
    en: 'Your facility has used this claim number before.',
    th: 'สถานพยาบาลของท่านเคยใช้เลขใบเบิกนี้แล้ว',
    my: 'သင့်ဆေးရုံသည် ဤတောင်းခံနံပါတ်ကို အသုံးပြုပြီးဖြစ်သည်။',
  },
  'claims.preauthorisation': {
    en: 'There is no such preauthorisation in force for this member and facility.',
    th: 'ไม่มีการอนุมัติล่วงหน้านี้ที่ยังใช้ได้สำหรับสมาชิกและสถานพยาบาลนี้',
    my: 'ဤအဖွဲ့ဝင်နှင့် ဆေးရုံအတွက် အသုံးပြုနိုင်သော ကြိုတင်ခွင့်ပြုချက် မရှိပါ။',
  },
  'claims.not-in-review': {
    en: 'This claim is not waiting for review.',
    th: 'ใบเบิกนี้ไม่ได้รอการตรวจสอบ',
    my: 'ဤတောင်းခံလွှာသည် စိစစ်ရန် စောင့်မနေပါ။',
  },
  'claims.unknown-line': {
    en: 'The claim has no such line, or it is named twice.',
    th: 'ใบเบิกไม่มีรายการนี้ หรือระบุซ้ำ',
    my: 'တောင်းခံလွှာတွင် ဤစာကြောင်းမရှိ သို့မဟုတ် နှစ်ခါပါနေသည်။',
  },
  'claims.above-claimed': {
    en: 'A review cannot raise a line above what was claimed.',
    th: 'การตรวจสอบเพิ่มยอดเกินที่เบิกไม่ได้',
    my: 'စိစစ်ခြင်းဖြင့် တောင်းခံသည်ထက် မတိုးနိုင်ပါ။',
  },
  'claims.four-eyes': {
    en: 'This is decided by two people. Someone else must take this step.',
    th: 'เรื่องนี้ต้องตัดสินโดยสองคน ผู้อื่นต้องทำขั้นตอนนี้',
    my: 'ဤကိစ္စကို လူနှစ်ဦး ဆုံးဖြတ်ရသည်။ အခြားသူက ဤအဆင့်ကို လုပ်ရမည်။',
  },
  'claims.wrong-status': {
    en: 'Where the claim stands now does not allow this. Load it again.',
    th: 'สถานะปัจจุบันของใบเบิกไม่อนุญาต โปรดโหลดใหม่',
    my: 'တောင်းခံလွှာ၏ လက်ရှိအခြေအနေက ခွင့်မပြုပါ။ ပြန်ဖွင့်ပါ။',
  },
  'claims.appeal-open': {
    en: 'An appeal against this claim is open already.',
    th: 'มีการอุทธรณ์ใบเบิกนี้อยู่แล้ว',
    my: 'ဤတောင်းခံလွှာအတွက် အယူခံတစ်ခု ဖွင့်ထားပြီးဖြစ်သည်။',
  },
  'claims.feedback-given': {
    en: 'Feedback was given already, or none was asked for.',
    th: 'มีการให้ความเห็นแล้ว หรือไม่ได้ขอความเห็น',
    my: 'အကြံပြုချက် ပေးပြီးဖြစ်သည် သို့မဟုတ် မတောင်းထားပါ။',
  },
  'claims.no-relative-prices': {
    en: 'This scheme has no relative prices on that day.',
    th: 'กองทุนนี้ไม่มีราคาสัมพัทธ์ในวันนั้น',
    my: 'ဤအစီအစဉ်တွင် ထိုနေ့၌ နှိုင်းယှဉ်ဈေး မရှိပါ။',
  },
  'claims.period-open': {
    en: 'The period is not over. Close it when it is.',
    th: 'งวดนี้ยังไม่สิ้นสุด โปรดปิดเมื่อสิ้นสุดแล้ว',
    my: 'ကာလ မပြီးသေးပါ။ ပြီးမှ ပိတ်ပါ။',
  },
});
