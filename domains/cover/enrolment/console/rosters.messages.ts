import { defineMessages } from '@serai/kernel/i18n/i18n.ts';
import { enrolmentMessages } from './screens.messages.ts';

/** Rosters and payrolls, and what is said of each line. */
export const rosterMessages = {
  ...enrolmentMessages,
  ...defineMessages({
    rosters: { en: 'Rosters', th: 'รายชื่อพนักงาน', my: 'အလုပ်သမားစာရင်း' },
    'rosters.lead': {
      en: 'Send the list of your people. You see what it would change before anything is written; sending it again changes nothing.',
      th: 'ส่งรายชื่อ ดูก่อนว่าจะเปลี่ยนอะไร การส่งซ้ำไม่เปลี่ยนแปลงสิ่งใด',
      my: 'စာရင်းပို့ပါ။ မရေးမီ ပြောင်းလဲမည့်အရာကို ကြည့်နိုင်သည်။ ထပ်ပို့လျှင် ဘာမှ မပြောင်းပါ။',
    },
    'roster.template': { en: 'Download the template', th: 'ดาวน์โหลดแบบฟอร์ม', my: 'ပုံစံ ဒေါင်းလုဒ်' },
    'roster.preview': { en: 'See what it would change', th: 'ดูการเปลี่ยนแปลง', my: 'ပြောင်းလဲမည်ကို ကြည့်' },
    'roster.old-letters': {
      en: 'The file is in the Thai letters of older Windows. Look whether the names are right.',
      th: 'ไฟล์ใช้รหัสอักษรไทยแบบเก่า (Windows-874) โปรดตรวจว่าชื่อถูกต้อง',
      my: 'ဖိုင်သည် Windows အဟောင်း၏ ထိုင်းစာလုံးဖြင့် ဖြစ်သည်။ အမည်များ မှန်မမှန် ကြည့်ပါ။',
    },
    'note.buddhist-year': {
      en: 'Buddhist year: read as {birth}.',
      th: 'ปีพุทธศักราช: อ่านเป็น {birth}',
      my: 'ဗုဒ္ဓသက္ကရာဇ်: {birth} ဟု ဖတ်သည်။',
    },
    'note.month-first': {
      en: 'Month before day, as elsewhere in the file: read as {birth}.',
      th: 'เดือนมาก่อนวันตามที่อื่นในไฟล์: อ่านเป็น {birth}',
      my: 'ဖိုင်၏ အခြားနေရာများကဲ့သို့ လကို ရက်မတိုင်မီ ရေးသည်: {birth} ဟု ဖတ်သည်။',
    },
    'note.sheet-number': {
      en: 'A number of the sheet: read as {birth}.',
      th: 'ตัวเลขวันที่ของตาราง: อ่านเป็น {birth}',
      my: 'ဇယား၏ ရက်ဂဏန်း: {birth} ဟု ဖတ်သည်။',
    },
    'roster.forbidden': {
      en: 'These columns are never kept and were not read: {columns}. Leave them out next time.',
      th: 'ไม่เก็บและไม่อ่านคอลัมน์เหล่านี้: {columns} ครั้งหน้าไม่ต้องใส่',
      my: 'ဤကော်လံများကို မသိမ်း၊ မဖတ်ပါ: {columns}။ နောက်တစ်ကြိမ် မထည့်ပါနှင့်။',
    },
    'roster.take': { en: 'Enrol all {count}', th: 'สมัครทั้งหมด {count}', my: 'အားလုံး {count} စာရင်းသွင်း' },
    'roster.take-good': {
      en: 'Enrol the {count} good lines, give me the others back',
      th: 'สมัคร {count} บรรทัดที่ถูกต้อง ส่งที่เหลือคืน',
      my: 'မှန်ကန်သော {count} ကြောင်း စာရင်းသွင်း၊ ကျန်သည်ကို ပြန်ပေး',
    },
    'roster.taken': { en: 'The roster is taken.', th: 'รับรายชื่อแล้ว', my: 'စာရင်း လက်ခံပြီး။' },
    'roster.nothing': { en: 'The file changes nothing.', th: 'ไฟล์ไม่เปลี่ยนแปลงสิ่งใด', my: 'ဖိုင်သည် ဘာမှ မပြောင်းပါ။' },
    'roster.leavers': { en: 'Covered, and not in the file', th: 'คุ้มครองอยู่ แต่ไม่มีในไฟล์', my: 'အကာအကွယ်ရှိပြီး ဖိုင်တွင်မပါ' },
    'roster.leavers-hint': {
      en: 'Nobody is taken off by a roster. Tell the enrolment officer who has left.',
      th: 'รายชื่อไม่ตัดใครออก แจ้งเจ้าหน้าที่ว่าใครออกแล้ว',
      my: 'စာရင်းကြောင့် မည်သူ့ကိုမျှ မဖယ်ပါ။ ထွက်သွားသူကို တာဝန်ရှိသူအား ပြောပါ။',
    },
    line: { en: 'Line', th: 'บรรทัด', my: 'စာကြောင်း' },
    outcome: { en: 'Outcome', th: 'ผล', my: 'ရလဒ်' },
    'outcome.added': { en: 'Added', th: 'เพิ่ม', my: 'ထည့်' },
    'outcome.covered': { en: 'Covered anew', th: 'คุ้มครองใหม่', my: 'အကာအကွယ် အသစ်' },
    'outcome.unchanged': { en: 'As before', th: 'คงเดิม', my: 'မပြောင်း' },
    'outcome.changed': { en: 'Changed', th: 'เปลี่ยน', my: 'ပြောင်း' },
    'outcome.refused': { en: 'Refused', th: 'ปฏิเสธ', my: 'ငြင်း' },
    'outcome.raised': { en: 'Raised', th: 'เรียกเก็บ', my: 'ကောက်ခံ' },
    fix: { en: 'What to do', th: 'สิ่งที่ต้องทำ', my: 'ဘာလုပ်ရန်' },
    'fault.name-missing': { en: 'Write a name.', th: 'เขียนชื่อ', my: 'အမည်ရေးပါ။' },
    'fault.name-long': { en: 'Shorten the name.', th: 'ย่อชื่อ', my: 'အမည် တိုပါ။' },
    'fault.birth-missing': {
      en: 'Write a birth date, a year or an age.',
      th: 'เขียนวันเกิด ปีเกิด หรืออายุ',
      my: 'မွေးနေ့၊ မွေးနှစ် သို့မဟုတ် အသက် ရေးပါ။',
    },
    'fault.birth-unreadable': {
      en: 'Write the birth like 1990-04-12, or the year alone.',
      th: 'เขียนวันเกิดเช่น 1990-04-12 หรือปีเท่านั้น',
      my: 'မွေးနေ့ကို 1990-04-12 ကဲ့သို့ သို့မဟုတ် နှစ်သာ ရေးပါ။',
    },
    'fault.birth-impossible': {
      en: 'The birth is in the future or too long ago. Correct it.',
      th: 'วันเกิดไม่ถูกต้อง แก้ไข',
      my: 'မွေးနေ့ မမှန်။ ပြင်ပါ။',
    },
    'fault.birth-order': {
      en: 'The file writes some dates day first and some month first. Write this one like 1990-04-12.',
      th: 'ในไฟล์มีทั้งวันที่ขึ้นก่อนและเดือนขึ้นก่อน เขียนวันนี้เช่น 1990-04-12',
      my: 'ဖိုင်တွင် ရက်ဦးစွာနှင့် လဦးစွာ နှစ်မျိုးရှိသည်။ ဤရက်ကို 1990-04-12 ကဲ့သို့ ရေးပါ။',
    },
    'fault.sex-unknown': {
      en: 'Write F or M, or leave it empty.',
      th: 'เขียน F หรือ M หรือเว้นว่าง',
      my: 'F သို့မဟုတ် M ရေးပါ၊ သို့မဟုတ် ကွက်လပ်ထားပါ။',
    },
    'fault.phone-invalid': {
      en: 'Write the telephone number in digits.',
      th: 'เขียนหมายเลขโทรศัพท์เป็นตัวเลข',
      my: 'ဖုန်းနံပါတ်ကို ဂဏန်းဖြင့် ရေးပါ။',
    },
    'fault.wage-invalid': {
      en: 'Write the wage as an amount, like 12500.00, not below zero.',
      th: 'เขียนค่าจ้างเป็นจำนวนเงิน เช่น 12500.00 ไม่ติดลบ',
      my: 'လုပ်ခကို 12500.00 ကဲ့သို့ ရေးပါ။ သုညအောက် မဖြစ်ရ။',
    },
    'fault.wage-currency': {
      en: 'Write the wage in the currency of the scheme, without another’s sign.',
      th: 'เขียนค่าจ้างเป็นสกุลเงินของโครงการ ไม่ใส่สกุลอื่น',
      my: 'လုပ်ခကို အစီအစဉ်၏ ငွေကြေးဖြင့် ရေးပါ။ အခြားငွေကြေး အမှတ်အသား မထည့်ပါနှင့်။',
    },
    'fault.wage-large': {
      en: 'Nobody earns this much in a month. Correct the wage.',
      th: 'ค่าจ้างต่อเดือนสูงเกินไป แก้ไข',
      my: 'တစ်လလုပ်ခ များလွန်းသည်။ ပြင်ပါ။',
    },
    'fault.entitlement-invalid': {
      en: 'Write a category like contract-worker.',
      th: 'เขียนประเภทเช่น contract-worker',
      my: 'contract-worker ကဲ့သို့ ရေးပါ။',
    },
    'fault.residence-invalid': {
      en: 'Write the country in two letters.',
      th: 'เขียนประเทศสองตัวอักษร',
      my: 'နိုင်ငံကို စာလုံးနှစ်လုံးဖြင့် ရေးပါ။',
    },
    'fault.reference-twice': {
      en: 'The works number comes twice in the file.',
      th: 'รหัสพนักงานซ้ำในไฟล์',
      my: 'အလုပ်သမားနံပါတ် ဖိုင်တွင် နှစ်ခါပါ။',
    },
    'fault.reference-long': { en: 'Shorten the works number.', th: 'ย่อรหัสพนักงาน', my: 'အလုပ်သမားနံပါတ် တိုပါ။' },
    'fault.same-person-twice': {
      en: 'The same person comes twice in the file.',
      th: 'บุคคลซ้ำในไฟล์',
      my: 'တစ်ဦးတည်း ဖိုင်တွင် နှစ်ခါပါ။',
    },
    'fault.unknown-member': {
      en: 'Nobody of the group has this number. Send the roster first.',
      th: 'ไม่มีใครในกลุ่มใช้รหัสนี้ ส่งรายชื่อก่อน',
      my: 'ဤနံပါတ်ရှိသူ မရှိပါ။ စာရင်း ဦးစွာပို့ပါ။',
    },
    'fault.not-covered': {
      en: 'Not enrolled in this scheme in that month.',
      th: 'ไม่ได้สมัครโครงการนี้ในเดือนนั้น',
      my: 'ထိုလတွင် ဤအစီအစဉ်၌ မရှိပါ။',
    },
    'fault.deducted-over': {
      en: 'More was taken off the wage than the worker’s share. Give the rest back and correct the file.',
      th: 'หักค่าจ้างเกินส่วนของลูกจ้าง คืนส่วนเกินและแก้ไฟล์',
      my: 'အလုပ်သမား၏ဝေစုထက် ပိုဖြတ်ထားသည်။ ပိုငွေပြန်ပေးပြီး ဖိုင်ပြင်ပါ။',
    },
    'fault.deducted-under': {
      en: 'Less was taken off the wage than the worker’s share. Correct the file.',
      th: 'หักค่าจ้างน้อยกว่าส่วนของลูกจ้าง แก้ไฟล์',
      my: 'အလုပ်သမား၏ဝေစုထက် လျော့ဖြတ်ထားသည်။ ဖိုင်ပြင်ပါ။',
    },
    'fault.deducted-invalid': {
      en: 'Write what was deducted as an amount, like 750.00.',
      th: 'ระบุเงินที่หักเป็นจำนวนเงิน เช่น 750.00',
      my: 'ဖြတ်ငွေကို 750.00 ကဲ့သို့ ပမာဏဖြင့် ရေးပါ။',
    },
    'fault.raised-otherwise': {
      en: 'Another amount was raised for that month. Ask the enrolment officer.',
      th: 'เดือนนั้นเรียกเก็บจำนวนอื่นแล้ว ถามเจ้าหน้าที่',
      my: 'ထိုလအတွက် အခြားပမာဏ ကောက်ပြီး။ တာဝန်ရှိသူကို မေးပါ။',
    },
    'fault.twice': { en: 'The same person comes twice in the file.', th: 'บุคคลซ้ำในไฟล์', my: 'တစ်ဦးတည်း နှစ်ခါပါ။' },
    kind: { en: 'What is in the file', th: 'ข้อมูลในไฟล์', my: 'ဖိုင်ပါအကြောင်းအရာ' },
    'kind.members': { en: 'People', th: 'รายชื่อคน', my: 'လူစာရင်း' },
    'kind.payroll': { en: 'Wages of a month', th: 'ค่าจ้างรายเดือน', my: 'တစ်လ လုပ်ခ' },
    month: { en: 'Month', th: 'เดือน', my: 'လ' },
  }),
};
