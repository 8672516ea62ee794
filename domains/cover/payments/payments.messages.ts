import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** The sentence for each refusal of this feature; the key is its code. */
export const paymentsProblemMessages = defineMessages({
  'payments.nothing-owed': {
    en: 'Nothing is owed to these facilities up to that day.',
    th: 'ไม่มียอดค้างจ่ายแก่สถานพยาบาลเหล่านี้จนถึงวันนั้น',
    my: 'ထိုနေ့အထိ ဤဆေးရုံများသို့ ပေးရန်မရှိပါ။',
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
