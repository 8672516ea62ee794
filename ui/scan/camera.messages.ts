import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** What the camera says while it looks for a code. */
export const cameraMessages = defineMessages({
  start: { en: 'Start the camera', th: 'เปิดกล้อง', my: 'ကင်မရာ ဖွင့်ရန်' },
  stop: { en: 'Stop the camera', th: 'ปิดกล้อง', my: 'ကင်မရာ ပိတ်ရန်' },
  looking: {
    en: 'Looking for a code. Hold it flat, about 15 cm away.',
    th: 'กำลังหารหัส วางให้เรียบ ห่างประมาณ 15 ซม.',
    my: 'ကုဒ်ကို ရှာနေသည်။ ဖြန့်ပြီး ၁၅ စင်တီမီတာခန့် အကွာတွင် ကိုင်ထားပါ။',
  },
  denied: {
    en: 'The camera is not available. Allow it in the browser, or give the code in another way.',
    th: 'ใช้กล้องไม่ได้ อนุญาตในเบราว์เซอร์ หรือใส่รหัสด้วยวิธีอื่น',
    my: 'ကင်မရာ အသုံးပြု၍မရပါ။ ဘရောက်ဇာတွင် ခွင့်ပြုပါ၊ သို့မဟုတ် ကုဒ်ကို အခြားနည်းဖြင့် ထည့်ပါ။',
  },
  view: { en: 'Camera view', th: 'ภาพจากกล้อง', my: 'ကင်မရာ မြင်ကွင်း' },
});
