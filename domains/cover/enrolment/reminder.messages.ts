import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/**
 * What is sent to a member's telephone. Whoever reads over a shoulder learns a number, a day and an amount: nothing of
 * health, of insurance, of where somebody is from, and no name.
 */
export const reminderMessages = defineMessages({
  'renewal-soon': {
    en: 'Serai: {number} runs until {day}. To go on without a gap, renew before then.',
    th: 'Serai: {number} ใช้ได้ถึง {day} ต่ออายุก่อนวันนั้นเพื่อไม่ให้ขาดช่วง',
    my: 'Serai: {number} သည် {day} အထိ အကျုံးဝင်သည်။ မပြတ်စေရန် ထိုရက်မတိုင်မီ သက်တမ်းတိုးပါ။',
  },
  'renewal-last': {
    en: 'Serai: {number} ends on {day}. Renew this week.',
    th: 'Serai: {number} สิ้นสุดวันที่ {day} กรุณาต่ออายุภายในสัปดาห์นี้',
    my: 'Serai: {number} သည် {day} တွင် ပြီးဆုံးမည်။ ဤအပတ်အတွင်း သက်တမ်းတိုးပါ။',
  },
  'renewal-grace': {
    en: 'Serai: {number} has ended. Renew by {day} and nothing is lost.',
    th: 'Serai: {number} สิ้นสุดแล้ว ต่ออายุภายใน {day} จะไม่เสียสิทธิ',
    my: 'Serai: {number} ပြီးဆုံးပြီ။ {day} မတိုင်မီ သက်တမ်းတိုးလျှင် ဆုံးရှုံးမှု မရှိပါ။',
  },
  grace: {
    en: 'Serai: {amount} is open for {number}. Pay by {day}.',
    th: 'Serai: {number} มียอดค้าง {amount} กรุณาชำระภายใน {day}',
    my: 'Serai: {number} အတွက် {amount} ကျန်သည်။ {day} မတိုင်မီ ပေးပါ။',
  },
  'grace-last': {
    en: 'Serai: {amount} is still open for {number}. The last day is {day}.',
    th: 'Serai: {number} ยังค้าง {amount} วันสุดท้ายคือ {day}',
    my: 'Serai: {number} အတွက် {amount} ကျန်နေသေးသည်။ နောက်ဆုံးရက်မှာ {day} ဖြစ်သည်။',
  },
  suspended: {
    en: 'Serai: {number} rests since {day}, because {amount} is open. It goes on once this is paid.',
    th: 'Serai: {number} ถูกพักตั้งแต่ {day} เพราะค้าง {amount} เมื่อชำระแล้วจะใช้ได้ต่อ',
    my: 'Serai: {amount} ကျန်သဖြင့် {number} ကို {day} မှစ၍ ရပ်ထားသည်။ ပေးပြီးလျှင် ဆက်လက်အကျုံးဝင်မည်။',
  },
  lapsed: {
    en: 'Serai: {number} ended on {day}, because it was not paid. Ask at your desk how to begin again.',
    th: 'Serai: {number} สิ้นสุดวันที่ {day} เพราะไม่ได้ชำระ สอบถามการเริ่มใหม่ได้ที่จุดบริการ',
    my: 'Serai: ငွေမပေးသဖြင့် {number} သည် {day} တွင် ပြီးဆုံးသည်။ ပြန်စရန် ရုံးတွင် မေးပါ။',
  },
  asked: {
    en: 'Serai: please look after {number} by {day}. Ask at your desk what is open.',
    th: 'Serai: กรุณาตรวจสอบ {number} ภายใน {day} สอบถามยอดได้ที่จุดบริการ',
    my: 'Serai: {number} ကို {day} မတိုင်မီ စစ်ဆေးပါ။ ရုံးတွင် မေးမြန်းပါ။',
  },
});
