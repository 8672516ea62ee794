import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** The industries schemes and employers are told by. */
export const industryMessages = defineMessages({
  agriculture: { en: 'agriculture', th: 'เกษตรกรรม', my: 'စိုက်ပျိုးရေး' },
  construction: { en: 'construction', th: 'ก่อสร้าง', my: 'ဆောက်လုပ်ရေး' },
  domestic: { en: 'domestic work', th: 'งานบ้าน', my: 'အိမ်အကူ' },
  fishing: { en: 'fishing', th: 'ประมง', my: 'ရေလုပ်ငန်း' },
  garment: { en: 'garment', th: 'เครื่องนุ่งห่ม', my: 'အထည်ချုပ်' },
  recruitment: { en: 'recruitment', th: 'จัดหางาน', my: 'အလုပ်အကိုင် ရှာဖွေရေး' },
  manufacturing: { en: 'manufacturing', th: 'การผลิต', my: 'ကုန်ထုတ်လုပ်ရေး' },
});

/** What someone works as, or is, that opens a scheme to them. */
export const entitlementMessages = defineMessages({
  'contract-worker': { en: 'Contract worker', th: 'ลูกจ้างมีสัญญา', my: 'စာချုပ်ဖြင့် အလုပ်သမား' },
  'seasonal-worker': { en: 'Seasonal worker', th: 'แรงงานตามฤดูกาล', my: 'ရာသီ အလုပ်သမား' },
  'frontier-worker': { en: 'Frontier worker', th: 'แรงงานชายแดน', my: 'နယ်စပ် အလုပ်သမား' },
  'informal-worker': { en: 'Informal worker', th: 'แรงงานนอกระบบ', my: 'အလွတ်သဘော အလုပ်သမား' },
  'domestic-worker': { en: 'Domestic worker', th: 'ผู้ช่วยงานบ้าน', my: 'အိမ်အကူ' },
  'self-employed': { en: 'Self-employed', th: 'อาชีพอิสระ', my: 'ကိုယ်ပိုင်အလုပ်' },
  'migrant-worker': { en: 'Worker from abroad', th: 'แรงงานจากต่างประเทศ', my: 'ပြည်ပမှ အလုပ်သမား' },
  family: { en: 'Family', th: 'ครอบครัว', my: 'မိသားစု' },
});
