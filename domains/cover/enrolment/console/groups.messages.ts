import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** Words of the employers and communities screen. */
export const groupMessages = defineMessages({
  title: { en: 'Employers and communities', th: 'นายจ้างและชุมชน', my: 'အလုပ်ရှင်နှင့် အသိုင်းအဝိုင်း' },
  lead: {
    en: 'Who enrols many and often pays for them.',
    th: 'ผู้ที่สมัครให้คนจำนวนมากและมักจ่ายให้',
    my: 'လူအများကို စာရင်းသွင်းပြီး ပေးချေလေ့ရှိသူများ။',
  },
  none: { en: 'No group is kept yet.', th: 'ยังไม่มีกลุ่ม', my: 'အဖွဲ့ မရှိသေးပါ။' },
  name: { en: 'Name', th: 'ชื่อ', my: 'အမည်' },
  kind: { en: 'Kind', th: 'ประเภท', my: 'အမျိုးအစား' },
  'kind.employer': { en: 'Employer', th: 'นายจ้าง', my: 'အလုပ်ရှင်' },
  'kind.community': { en: 'Community', th: 'ชุมชน', my: 'အသိုင်းအဝိုင်း' },
  'kind.association': { en: 'Association', th: 'สมาคม', my: 'အသင်းအဖွဲ့' },
  'kind.government': { en: 'Government', th: 'หน่วยงานรัฐ', my: 'အစိုးရ' },
  'kind.family': { en: 'Family', th: 'ครอบครัว', my: 'မိသားစု' },
  industry: { en: 'Industry', th: 'อุตสาหกรรม', my: 'လုပ်ငန်း' },
  'industry.hint': {
    en: 'Some schemes price by it. May be empty.',
    th: 'บางโครงการใช้กำหนดราคา เว้นว่างได้',
    my: 'အချို့အစီအစဉ်များ စျေးနှုန်းသတ်မှတ်ရာတွင် သုံးသည်။ မဖြည့်လည်းရ။',
  },
  workers: { en: 'People it says it has', th: 'จำนวนคนที่แจ้ง', my: 'ပြောသည့် လူဦးရေ' },
  members: { en: 'Members', th: 'สมาชิก', my: 'အဖွဲ့ဝင်' },
  covered: { en: 'Covered today', th: 'คุ้มครองวันนี้', my: 'ယနေ့ အကာအကွယ်ရ' },
  new: { en: 'New group', th: 'กลุ่มใหม่', my: 'အဖွဲ့အသစ်' },
  save: { en: 'Keep the group', th: 'บันทึกกลุ่ม', my: 'အဖွဲ့ သိမ်း' },
  alike: {
    en: 'A group with this name is kept already. A second one splits its members and money.',
    th: 'มีกลุ่มชื่อนี้แล้ว กลุ่มที่สองจะแยกสมาชิกและเงิน',
    my: 'ဤအမည်ဖြင့် အဖွဲ့ရှိပြီး။ ဒုတိယအဖွဲ့သည် အဖွဲ့ဝင်နှင့် ငွေကို ခွဲသည်။',
  },
  preview: {
    en: 'Kept as: {name}, {kind}, {country}. Nobody is enrolled and nothing is owed by keeping it.',
    th: 'บันทึกเป็น: {name}, {kind}, {country} ยังไม่มีใครสมัครและไม่มียอดค้าง',
    my: 'သိမ်းမည် - {name}၊ {kind}၊ {country}။ မည်သူမျှ စာရင်းမသွင်းရသေး၊ ကြွေး မရှိပါ။',
  },
});
