import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

export const questionnaireMessages = defineMessages({
  yes: { en: 'Yes', th: 'ใช่', my: 'ဟုတ်' },
  no: { en: 'No', th: 'ไม่ใช่', my: 'မဟုတ်' },
  clear: { en: 'Clear', th: 'ล้าง', my: 'ရှင်းရန်' },
  'clear.what': { en: 'Clear the answer: {label}', th: 'ล้างคำตอบ: {label}', my: 'အဖြေရှင်းရန် - {label}' },
  add: { en: 'Add another', th: 'เพิ่มอีก', my: 'ထပ်ထည့်ရန်' },
  'add.what': { en: 'Add another: {label}', th: 'เพิ่มอีก: {label}', my: 'ထပ်ထည့်ရန် - {label}' },
  remove: { en: 'Remove', th: 'ลบ', my: 'ဖယ်ရှားရန်' },
  'remove.what': { en: 'Remove: {label} {number}', th: 'ลบ: {label} {number}', my: 'ဖယ်ရှားရန် - {label} {number}' },
  other: { en: 'Other: write it', th: 'อื่น ๆ: ระบุ', my: 'အခြား - ရေးပါ' },
  'other.text': { en: 'In words', th: 'ระบุ', my: 'စာဖြင့်' },
  unit: { en: 'Unit', th: 'หน่วย', my: 'ယူနစ်' },
  'not-a-number': { en: 'Enter a number', th: 'กรอกตัวเลข', my: 'ဂဏန်း ဖြည့်ပါ' },
  'not-a-whole-number': { en: 'Enter a whole number', th: 'กรอกจำนวนเต็ม', my: 'ကိန်းပြည့် ဖြည့်ပါ' },
  'not-a-date': {
    en: 'Enter a four-digit year; month and day may be left out',
    th: 'กรอกปี ค.ศ. สี่หลัก เดือนและวันเว้นว่างได้',
    my: 'ခရစ်နှစ် ဂဏန်းလေးလုံး ဖြည့်ပါ။ လနှင့်ရက် မဖြည့်လည်းရသည်',
  },
  day: { en: 'Day', th: 'วัน', my: 'ရက်' },
  month: { en: 'Month', th: 'เดือน', my: 'လ' },
  year: { en: 'Year', th: 'ปี ค.ศ.', my: 'ခရစ်နှစ်' },
  calculated: { en: 'Calculated', th: 'คำนวณให้', my: 'တွက်ချက်ထားသည်' },
  'not-yet': { en: 'not yet', th: 'ยังไม่มี', my: 'မရသေး' },
});
