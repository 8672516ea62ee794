import { defineMessages } from '@serai/kernel/i18n/i18n.ts';
import { enrolmentMessages } from './screens.messages.ts';

/** What waits for the enrolment officer, and what is done with many at once. */
export const queueMessages = {
  ...enrolmentMessages,
  ...defineMessages({
    renewals: { en: 'Renewals', th: 'ต่ออายุ', my: 'သက်တမ်းတိုးရန်' },
    'renewals.none': { en: 'No policy ends soon.', th: 'ไม่มีกรมธรรม์ที่ใกล้สิ้นสุด', my: 'မကြာမီ ကုန်မည့် ပေါ်လစီ မရှိပါ။' },
    reminded: { en: 'Reminded', th: 'เตือนเมื่อ', my: 'သတိပေးခဲ့' },
    arrears: { en: 'Arrears', th: 'ค้างชำระ', my: 'ကြွေးကျန်' },
    'arrears.lead': {
      en: 'Contributions whose day has come.',
      th: 'เงินสมทบที่ถึงกำหนดแล้ว',
      my: 'ပေးရမည့်ရက် ရောက်ပြီးသော ထည့်ဝင်ကြေးများ။',
    },
    'arrears.none': { en: 'Nothing is owed.', th: 'ไม่มียอดค้าง', my: 'ပေးရန် မရှိပါ။' },
    age: { en: 'Age', th: 'อายุหนี้', my: 'ကြွေးသက်တမ်း' },
    'age.not-due': { en: 'Not due yet', th: 'ยังไม่ครบกำหนด', my: 'ရက်မစေ့သေး' },
    'age.in-grace': { en: 'Within grace', th: 'อยู่ในช่วงผ่อนผัน', my: 'ဆိုင်းငံ့ကာလ' },
    'age.to-30': { en: 'Up to 30 days', th: 'ไม่เกิน 30 วัน', my: 'ရက် ၃၀ အထိ' },
    'age.to-60': { en: '31–60 days', th: '31–60 วัน', my: 'ရက် ၃၁–၆၀' },
    'age.to-90': { en: '61–90 days', th: '61–90 วัน', my: 'ရက် ၆၁–၉၀' },
    'age.over-90': { en: 'Over 90 days', th: 'เกิน 90 วัน', my: 'ရက် ၉၀ ကျော်' },
    remind: { en: 'Remind', th: 'เตือน', my: 'သတိပေး' },
    waive: { en: 'Waive', th: 'ยกเว้นให้', my: 'ကင်းလွတ်ခွင့်ပေး' },
    'write-off': { en: 'Write off', th: 'ตัดเป็นหนี้สูญ', my: 'ကြွေးပယ်ဖျက်' },
    lapse: { en: 'Lapse', th: 'ให้ขาดอายุ', my: 'ပျက်ပြယ်စေ' },
    'bulk.preview': {
      en: '{done} of {all} would be done, {refused} refused.',
      th: 'จะทำ {done} จาก {all} ปฏิเสธ {refused}',
      my: '{all} အနက် {done} ဆောင်ရွက်မည်၊ {refused} ငြင်းမည်။',
    },
    'bulk.done': {
      en: 'Done: {done}. Refused: {refused}.',
      th: 'ทำแล้ว {done} ปฏิเสธ {refused}',
      my: 'ပြီး: {done}။ ငြင်း: {refused}။',
    },
    'bulk.amount': { en: 'In all {amount}', th: 'รวม {amount}', my: 'စုစုပေါင်း {amount}' },
    'bulk.undo': { en: 'Take it all back', th: 'ย้อนกลับทั้งหมด', my: 'အားလုံး ပြန်လှည့်' },
    'bulk.undone': { en: 'Taken back: {count}.', th: 'ย้อนกลับแล้ว {count}', my: 'ပြန်လှည့်ပြီး: {count}။' },
    'hint.waive': {
      en: 'The fund forgives it: nothing is asked for any more, and cover goes on as if it had been paid. The fund bears it.',
      th: 'กองทุนยกให้: ไม่เรียกเก็บอีก และความคุ้มครองดำเนินต่อเสมือนชำระแล้ว กองทุนรับภาระ',
      my: 'ရန်ပုံငွေက ခွင့်လွှတ်သည်: ထပ်မတောင်းတော့ပါ၊ ပေးပြီးသကဲ့သို့ အကာအကွယ် ဆက်ရှိသည်။ ရန်ပုံငွေက ကျခံသည်။',
    },
    'hint.write-off': {
      en: 'It will not be collected: the debt leaves the books, and cover stays as it is. What rests goes on resting and lapses by its rule.',
      th: 'เก็บไม่ได้: ตัดหนี้ออกจากบัญชี ความคุ้มครองคงเดิม ที่พักอยู่ยังพักต่อและขาดอายุตามกติกา',
      my: 'မရနိုင်တော့ပါ: ကြွေးကို စာရင်းမှ ပယ်သည်၊ အကာအကွယ်က မပြောင်းပါ။ ရပ်ဆိုင်းထားလျှင် ဆက်ရပ်ပြီး စည်းမျဉ်းအတိုင်း ပျက်ပြယ်မည်။',
    },
    'hint.lapse': {
      en: 'Only those unpaid for longer than grace allows lapse.',
      th: 'เฉพาะที่ค้างเกินช่วงผ่อนผัน',
      my: 'ဆိုင်းငံ့ကာလထက် ကျော်သည်များသာ ပျက်ပြယ်သည်။',
    },
  }),
};
