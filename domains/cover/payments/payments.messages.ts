import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** The sentence for each refusal of this feature; the key is its code. */
export const paymentsProblemMessages = defineMessages({
  'payments.nothing-owed': {
    en: 'Nothing is owed to these facilities up to that day.',
    th: 'ไม่มียอดค้างจ่ายแก่สถานพยาบาลเหล่านี้จนถึงวันนั้น',
    my: 'ထိုနေ့အထိ ဤဆေးရုံများသို့ ပေးရန်မရှိပါ။',
  },
  'payments.not-by-head': {
    en: 'No price list of this scheme pays facilities by head.',
    th: 'กองทุนนี้ไม่มีอัตราเหมาจ่ายรายหัว',
    my: 'ဤအစီအစဉ်တွင် လူဦးရေအလိုက် ပေးသည့်နှုန်း မရှိပါ။',
  },
  'payments.unknown-facility': {
    en: 'There is no such facility in this country.',
    th: 'ไม่มีสถานพยาบาลนี้ในประเทศ',
    my: 'ဤနိုင်ငံတွင် ထိုဆေးရုံ မရှိပါ။',
  },
  'payments.month-ahead': {
    en: 'The month has not begun.',
    th: 'เดือนนั้นยังไม่เริ่ม',
    my: 'ထိုလ မစသေးပါ။',
  },
  'payments.month-has-run': {
    en: 'There is a run for {month} already. Take it back first, or choose another month.',
    th: 'เดือน {month} มีรอบจ่ายแล้ว โปรดยกเลิกก่อนหรือเลือกเดือนอื่น',
    my: '{month} အတွက် အသုတ် ရှိပြီးသား။ အရင်ပြန်ရုပ်သိမ်းပါ သို့မဟုတ် အခြားလ ရွေးပါ။',
  },
  'payments.four-eyes': {
    en: 'A payment run is approved by someone other than who proposed it.',
    th: 'ผู้อนุมัติรอบจ่ายต้องไม่ใช่ผู้เสนอ',
    my: 'ငွေပေးချေမှုကို အဆိုပြုသူမဟုတ်သူက အတည်ပြုရမည်။',
  },
  'payments.wrong-state': {
    en: 'Where the payment run stands now does not allow this. Load it again.',
    th: 'สถานะของรอบจ่ายไม่อนุญาต โปรดโหลดใหม่',
    my: 'ငွေပေးချေမှု၏ လက်ရှိအခြေအနေက ခွင့်မပြုပါ။ ပြန်ဖွင့်ပါ။',
  },
  'payments.changed': {
    en: 'A claim of this run was judged again since. Discard the run and propose it anew.',
    th: 'ใบเบิกในรอบนี้ถูกพิจารณาใหม่แล้ว โปรดยกเลิกและเสนอรอบใหม่',
    my: 'ဤအသုတ်ရှိ တောင်းခံလွှာတစ်ခုကို ပြန်လည်စိစစ်ပြီးဖြစ်သည်။ ပယ်ဖျက်ပြီး အသစ်အဆိုပြုပါ။',
  },
});
