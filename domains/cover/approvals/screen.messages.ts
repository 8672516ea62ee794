import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** Words of what waits for a second person. */
export const approvalMessages = defineMessages({
  title: { en: 'For a second person', th: 'รอคนที่สอง', my: 'ဒုတိယလူ အတွက်' },
  lead: {
    en: 'Large acts with money: one person proposed them, another does them or sets them aside.',
    th: 'รายการเงินจำนวนมาก: คนหนึ่งเสนอ อีกคนดำเนินการหรือยกเลิก',
    my: 'ငွေပမာဏများသော လုပ်ဆောင်မှု: တစ်ဦးအဆိုပြု၊ အခြားတစ်ဦးက ဆောင်ရွက် သို့မဟုတ် ဖယ်ထားသည်။',
  },
  none: { en: 'Nothing waits.', th: 'ไม่มีรายการที่รอ', my: 'စောင့်နေသည် မရှိပါ။' },
  kind: { en: 'What', th: 'เรื่อง', my: 'အရာ' },
  'kind.refund': { en: 'Refund', th: 'คืนเงิน', my: 'ငွေပြန်အမ်း' },
  'kind.reversal': { en: 'Take a payment back', th: 'ย้อนกลับการชำระ', my: 'ငွေပေးချေမှု ပြန်ရုပ်သိမ်း' },
  'kind.write-off': { en: 'Write off', th: 'ตัดหนี้สูญ', my: 'ကြွေးဆုံးစာရင်း' },
  'kind.waive': { en: 'Waive', th: 'ยกหนี้ให้', my: 'ကြွေးလျှော်' },
  'kind.appeal': { en: 'Grant an appeal', th: 'รับคำอุทธรณ์', my: 'အယူခံ ခွင့်ပြု' },
  amount: { en: 'Amount', th: 'จำนวนเงิน', my: 'ငွေပမာဏ' },
  about: { en: 'Of', th: 'ของ', my: 'အကြောင်း' },
  instalments: { en: 'Instalments: {count}', th: '{count} งวด', my: 'အရစ်ကျ {count} ခု' },
  because: { en: 'Because', th: 'เหตุผล', my: 'အကြောင်းရင်း' },
  proposed: { en: 'Proposed', th: 'เสนอเมื่อ', my: 'အဆိုပြုသည့်ရက်' },
  expires: { en: 'Waits until', th: 'รอถึง', my: 'စောင့်မည့်ရက်' },
  decide: { en: 'Decide', th: 'ตัดสิน', my: 'ဆုံးဖြတ်ရန်' },
  approve: { en: 'Do it', th: 'ดำเนินการ', my: 'ဆောင်ရွက်ရန်' },
  decline: { en: 'Set aside', th: 'ยกเลิกข้อเสนอ', my: 'ဖယ်ထားရန်' },
  mine: {
    en: 'You proposed this: someone else does it. You may set it aside.',
    th: 'คุณเป็นผู้เสนอ คนอื่นต้องเป็นผู้ดำเนินการ คุณยกเลิกได้',
    my: 'သင် အဆိုပြုထားသည်။ အခြားသူက ဆောင်ရွက်ရမည်။ သင် ဖယ်ထားနိုင်သည်။',
  },
  'done.approved': { en: 'It is done.', th: 'ดำเนินการแล้ว', my: 'ဆောင်ရွက်ပြီး။' },
  'done.declined': {
    en: 'It is set aside. Nothing was done.',
    th: 'ยกเลิกข้อเสนอแล้ว ไม่มีการดำเนินการ',
    my: 'ဖယ်ထားပြီး။ ဘာမှ မလုပ်ဆောင်ခဲ့ပါ။',
  },
  undo: { en: 'Take it back', th: 'ย้อนกลับ', my: 'ပြန်ရုပ်သိမ်း' },
  undone: { en: 'It is taken back.', th: 'ย้อนกลับแล้ว', my: 'ပြန်ရုပ်သိမ်းပြီး။' },
});

/** Said where an act was proposed instead of done. */
export const proposedMessages = defineMessages({
  proposed: {
    en: 'Proposed. Nothing is done yet: a second person does it, until {day}, under “For a second person”.',
    th: 'เสนอแล้ว ยังไม่มีการดำเนินการ: คนที่สองดำเนินการภายใน {day} ที่ “รอคนที่สอง”',
    my: 'အဆိုပြုပြီး။ မဆောင်ရွက်ရသေးပါ: “ဒုတိယလူ အတွက်” တွင် {day} အထိ ဒုတိယလူက ဆောင်ရွက်မည်။',
  },
  'takes-two': {
    en: 'This is much: it is proposed, and a second person does it.',
    th: 'จำนวนมาก: เป็นข้อเสนอ และคนที่สองเป็นผู้ดำเนินการ',
    my: 'ပမာဏများသည်: အဆိုပြုထားပြီး ဒုတိယလူက ဆောင်ရွက်မည်။',
  },
});
