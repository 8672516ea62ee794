import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** Texts of cover read from a card with the line cut. */
export const offlineCardTexts = defineMessages({
  title: {
    en: 'Read cover from a card without a network',
    th: 'อ่านสิทธิจากบัตรโดยไม่มีเครือข่าย',
    my: 'ကွန်ရက်မရှိဘဲ ကတ်မှ အကျုံးဝင်မှု ဖတ်ရန်',
  },
  none: {
    en: 'This device is not set up to read cards without a network.',
    th: 'อุปกรณ์นี้ยังไม่พร้อมอ่านบัตรแบบออฟไลน์',
    my: 'ဤကိရိယာကို ကွန်ရက်မဲ့ ကတ်ဖတ်ရန် မပြင်ဆင်ရသေးပါ။',
  },
  'set-up': { en: 'Set this device up', th: 'ตั้งค่าอุปกรณ์นี้', my: 'ဤကိရိယာကို ပြင်ဆင်ရန်' },
  renew: { en: 'Renew the lists', th: 'ปรับรายการใหม่', my: 'စာရင်းများ ပြန်ယူရန်' },
  ready: {
    en: 'Ready. The lists are of {date}, and good until {until}.',
    th: 'พร้อม รายการวันที่ {date} ใช้ได้ถึง {until}',
    my: 'အသင့်။ စာရင်းများသည် {date} ကဖြစ်ပြီး {until} အထိ သုံးနိုင်သည်။',
  },
  over: {
    en: 'The lists ran out on {until}. Connect once to renew them.',
    th: 'รายการหมดอายุเมื่อ {until} เชื่อมต่อหนึ่งครั้งเพื่อปรับใหม่',
    my: 'စာရင်းများ {until} တွင် ကုန်ဆုံးသည်။ ပြန်ယူရန် တစ်ကြိမ် ချိတ်ဆက်ပါ။',
  },
  cannot: {
    en: 'This browser cannot keep the lists.',
    th: 'เบราว์เซอร์นี้เก็บรายการไม่ได้',
    my: 'ဤဘရောက်ဇာက စာရင်း မသိမ်းနိုင်ပါ။',
  },
  card: { en: 'Card', th: 'บัตร', my: 'ကတ်' },
  check: { en: 'Read the card', th: 'อ่านบัตร', my: 'ကတ် ဖတ်ရန်' },
  yes: { en: 'The card says: covered', th: 'บัตรระบุว่ามีสิทธิ', my: 'ကတ်အရ - အကျုံးဝင်သည်' },
  no: { en: 'The card does not show cover today', th: 'บัตรไม่แสดงสิทธิวันนี้', my: 'ကတ်အရ ယနေ့ အကျုံးမဝင်ပါ' },
  'as-of': {
    en: 'Nobody was asked. The list of withdrawn cards is of {date}, {age} ago: a card withdrawn since still looks good here.',
    th: 'ไม่ได้ถามใคร รายการบัตรที่ยกเลิกเป็นของ {date} เมื่อ {age} ก่อน บัตรที่ยกเลิกหลังจากนั้นยังดูใช้ได้ที่นี่',
    my: 'မည်သူ့ကိုမျှ မမေးရသေးပါ။ ရုပ်သိမ်းထားသော ကတ်စာရင်းသည် {date} ({age} က) ဖြစ်သည်။ ထို့နောက် ရုပ်သိမ်းသော ကတ်သည် ဤနေရာတွင် ကောင်းသေးသည်ဟု ပေါ်မည်။',
  },
  'unknown.title': { en: 'Not known without a network', th: 'สิ่งที่ไม่ทราบเมื่อไม่มีเครือข่าย', my: 'ကွန်ရက်မရှိ၍ မသိသောအရာ' },
  'unknown.paid': {
    en: 'whether contributions were paid since the card was made',
    th: 'มีการชำระเงินสมทบหลังออกบัตรหรือไม่',
    my: 'ကတ်ထုတ်ပြီးနောက် ထည့်ဝင်ကြေး ပေးမပေး',
  },
  'unknown.service': {
    en: 'whether this service is covered, and what the patient pays',
    th: 'บริการนี้อยู่ในสิทธิหรือไม่ และผู้ป่วยจ่ายเท่าใด',
    my: 'ဤဝန်ဆောင်မှု အကျုံးဝင်မဝင်၊ လူနာက မည်မျှပေးရမည်',
  },
  'unknown.left': {
    en: 'what is left under the ceilings',
    th: 'วงเงินคงเหลือ',
    my: 'အများဆုံးပမာဏ လက်ကျန်',
  },
  'unknown.holder': {
    en: 'that the card belongs to whoever shows it: compare the name',
    th: 'บัตรเป็นของผู้แสดงหรือไม่ ให้เทียบชื่อ',
    my: 'ကတ်သည် ပြသူပိုင် ဟုတ်မဟုတ် - အမည် တိုက်စစ်ပါ',
  },
  emergency: {
    en: 'An emergency is treated in any case. Ask again once there is a network.',
    th: 'กรณีฉุกเฉินต้องรักษาเสมอ ตรวจสิทธิอีกครั้งเมื่อมีเครือข่าย',
    my: 'အရေးပေါ်ကို မည်သို့ဖြစ်စေ ကုသပါ။ ကွန်ရက်ရလျှင် ထပ်မေးပါ။',
  },
  number: { en: 'Member number', th: 'เลขสมาชิก', my: 'အဖွဲ့ဝင်နံပါတ်' },
  name: { en: 'Name', th: 'ชื่อ', my: 'အမည်' },
  scheme: { en: 'Scheme', th: 'กองทุน', my: 'အစီအစဉ်' },
  issuer: { en: 'Issued in', th: 'ออกใน', my: 'ထုတ်ပေးသည့်နိုင်ငံ' },
  days: { en: 'Covered', th: 'ช่วงสิทธิ', my: 'အကျုံးဝင်ကာလ' },
  dependants: { en: 'Dependants covered', th: 'ผู้ติดตามที่มีสิทธิ', my: 'မှီခိုသူ အကျုံးဝင်' },
});
