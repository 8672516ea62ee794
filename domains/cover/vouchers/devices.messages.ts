import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** Texts of the list of devices that redeem without a network. */
export const deviceTexts = defineMessages({
  title: { en: 'Devices', th: 'อุปกรณ์', my: 'ကိရိယာများ' },
  lead: {
    en: 'Every device that was set up to redeem without a network. Revoke one as soon as it is missed.',
    th: 'อุปกรณ์ทุกเครื่องที่ตั้งค่าให้รับคูปองโดยไม่มีเครือข่าย หากหาย ให้เพิกถอนทันที',
    my: 'ကွန်ရက်မရှိဘဲ လက်ခံရန် ပြင်ဆင်ထားသော ကိရိယာအားလုံး။ ပျောက်သည်နှင့် ချက်ချင်း ရုပ်သိမ်းပါ။',
  },
  none: { en: 'No device was set up yet.', th: 'ยังไม่มีอุปกรณ์ที่ตั้งค่า', my: 'ကိရိယာ မပြင်ဆင်ရသေးပါ။' },
  device: { en: 'Device', th: 'อุปกรณ์', my: 'ကိရိယာ' },
  facility: { en: 'Facility', th: 'สถานพยาบาล', my: 'ဆေးခန်း' },
  'set-up': { en: 'Set up', th: 'ตั้งค่าเมื่อ', my: 'ပြင်ဆင်သည်' },
  'last-sync': { en: 'Last sent', th: 'ส่งล่าสุด', my: 'နောက်ဆုံး ပို့သည်' },
  never: { en: 'never', th: 'ยังไม่เคย', my: 'တစ်ခါမျှ မပို့ရသေး' },
  holds: { en: 'May hold unsent', th: 'อาจยังไม่ได้ส่ง', my: 'မပို့ရသေး ရှိနိုင်သည်' },
  'holds.worth': {
    en: 'up to {count}, worth {worth}',
    th: 'ไม่เกิน {count} ใบ มูลค่า {worth}',
    my: '{count} စောင်အထိ ({worth})',
  },
  'holds.none': { en: 'nothing', th: 'ไม่มี', my: 'မရှိ' },
  state: { en: 'State', th: 'สถานะ', my: 'အခြေအနေ' },
  'state.in-use': { en: 'in use', th: 'ใช้งานอยู่', my: 'အသုံးပြုဆဲ' },
  'state.held': { en: 'held', th: 'พักไว้', my: 'ဆိုင်းငံ့ထား' },
  'state.revoked': { en: 'revoked', th: 'เพิกถอนแล้ว', my: 'ရုပ်သိမ်းပြီး' },
  'list-until': { en: 'list good until {date}', th: 'รายการใช้ได้ถึง {date}', my: 'စာရင်း {date} အထိ' },
  'list-over': { en: 'list ran out {date}', th: 'รายการหมดอายุ {date}', my: 'စာရင်း {date} တွင် ကုန်သည်' },
  'revoked.at': {
    en: 'on {date}',
    th: 'เมื่อ {date}',
    my: '{date} တွင်',
  },
  'revoked.in-hand': {
    en: 'surely in hand until {date}',
    th: 'อยู่ในมือแน่นอนถึง {date}',
    my: '{date} အထိ လက်ထဲတွင် သေချာရှိသည်',
  },
  waits: {
    en: '{count} of its vouchers wait for a decision.',
    th: 'คูปอง {count} ใบของเครื่องนี้รอการตัดสินใจ',
    my: '၎င်း၏ ဘောက်ချာ {count} စောင် ဆုံးဖြတ်ရန် စောင့်နေသည်။',
  },
  bound: { en: 'The most that can go wrong', th: 'ความเสียหายสูงสุด', my: 'အများဆုံး ဆုံးရှုံးနိုင်မှု' },
  'bound.kit': {
    en: 'A revoked device goes on counting until its list has run out.',
    th: 'อุปกรณ์ที่เพิกถอนยังนับรวมจนกว่ารายการในเครื่องจะหมดอายุ',
    my: 'ရုပ်သိမ်းထားသော ကိရိယာကို ၎င်း၏စာရင်း သက်တမ်းကုန်သည်အထိ ထည့်တွက်သည်။',
  },
  revoke: { en: 'Revoke', th: 'เพิกถอน', my: 'ရုပ်သိမ်းရန်' },
  'revoke.of': { en: 'Revoke {label}', th: 'เพิกถอน {label}', my: '{label} ကို ရုပ်သိမ်းရန်' },
  'revoke.what': {
    en: 'It gets no new list. What it took until the day below waits for a person; what it took after is refused. It cannot be undone: set the device up anew if it is found.',
    th: 'เครื่องนี้จะไม่ได้รายการใหม่ รายการที่รับถึงวันด้านล่างรอคนตัดสิน รายการหลังจากนั้นจะถูกปฏิเสธ ยกเลิกไม่ได้ หากพบเครื่อง ให้ตั้งค่าใหม่',
    my: 'စာရင်းအသစ် မရတော့ပါ။ အောက်ပါနေ့အထိ လက်ခံထားသည်များကို လူက ဆုံးဖြတ်မည်၊ နောက်ပိုင်းကို ငြင်းပယ်မည်။ ပြန်ဖျက်၍မရပါ၊ ပြန်တွေ့လျှင် အသစ်ပြင်ဆင်ပါ။',
  },
  'revoke.holds': {
    en: 'It may hold up to {count} redemptions nobody has sent yet.',
    th: 'อาจมีรายการที่ยังไม่ได้ส่งไม่เกิน {count} รายการ',
    my: 'မပို့ရသေးသော လက်ခံမှု {count} ခုအထိ ရှိနိုင်သည်။',
  },
  'in-hand': {
    en: 'Last day it was surely in the facility’s hands',
    th: 'วันสุดท้ายที่เครื่องอยู่กับสถานพยาบาลแน่นอน',
    my: 'ဆေးခန်းလက်ထဲတွင် သေချာရှိခဲ့သော နောက်ဆုံးနေ့',
  },
  reason: { en: 'Why', th: 'เหตุผล', my: 'အကြောင်းရင်း' },
  'reason.hint': {
    en: 'A few words: lost, stolen, broken, given away.',
    th: 'สั้น ๆ: หาย ถูกขโมย เสีย ให้ผู้อื่นไป',
    my: 'အတိုချုပ် - ပျောက်၊ ခိုးခံရ၊ ပျက်၊ ပေးလိုက်',
  },
  done: {
    en: '{label} is revoked. What it sends later is refused, or waits for a person.',
    th: 'เพิกถอน {label} แล้ว สิ่งที่ส่งมาภายหลังจะถูกปฏิเสธหรือรอคนตัดสิน',
    my: '{label} ကို ရုပ်သိမ်းပြီး။ နောက်မှ ပို့လာသည်များကို ငြင်းပယ်မည် သို့မဟုတ် လူက ဆုံးဖြတ်မည်။',
  },
});
