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
