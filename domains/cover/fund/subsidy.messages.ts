import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

export const subsidyMessages = defineMessages({
  title: { en: 'Record a subsidy received', th: 'บันทึกเงินอุดหนุนที่ได้รับ', my: 'ရရှိသော ထောက်ပံ့ငွေ မှတ်တမ်းတင်ရန်' },
  by: { en: 'Given by', th: 'ผู้ให้', my: 'ပေးသူ' },
  'by.government': { en: 'Government', th: 'รัฐบาล', my: 'အစိုးရ' },
  'by.employer': { en: 'Employer', th: 'นายจ้าง', my: 'အလုပ်ရှင်' },
  'by.donor': { en: 'Donor', th: 'ผู้บริจาค', my: 'အလှူရှင်' },
  preview: { en: 'Show what it would do', th: 'ดูผลก่อนบันทึก', my: 'ဘာဖြစ်မည်ကို ကြည့်ရန်' },
  record: { en: 'Record it', th: 'บันทึก', my: 'မှတ်တမ်းတင်ရန်' },
  recorded: {
    en: 'Recorded. It can be undone in the journal, by its opposite.',
    th: 'บันทึกแล้ว ยกเลิกได้ในสมุดรายวันด้วยรายการตรงข้าม',
    my: 'မှတ်တမ်းတင်ပြီး။ ဂျာနယ်တွင် ဆန့်ကျင်ဘက်စာရင်းဖြင့် ပြန်ဖျက်နိုင်သည်။',
  },
  side: {
    en: '{account}: {before} → {after}',
    th: '{account}: {before} → {after}',
    my: '{account} - {before} → {after}',
  },
});
