import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

export const careConsoleMessages = defineMessages({
  assessments: { en: 'Assessments', th: 'การประเมินสุขภาพ', my: 'ကျန်းမာရေးစစ်ဆေးမှုများ' },
  'assessments.none': {
    en: 'No assessment has been recorded yet.',
    th: 'ยังไม่มีการประเมินสุขภาพ',
    my: 'ကျန်းမာရေးစစ်ဆေးမှု မရှိသေးပါ။',
  },
  'assessments.new': { en: 'New assessment', th: 'ประเมินสุขภาพใหม่', my: 'ကျန်းမာရေးစစ်ဆေးမှု အသစ်' },
  at: { en: 'When', th: 'เมื่อ', my: 'အချိန်' },
  facility: { en: 'Where', th: 'ที่ใด', my: 'နေရာ' },
  summary: { en: 'Summary', th: 'สรุป', my: 'အကျဉ်းချုပ်မှတ်တမ်း' },
  'summary.lead': {
    en: 'The international patient summary of this person, as another country would receive it.',
    th: 'สรุปผู้ป่วยสากลของบุคคลนี้ ตามที่ประเทศอื่นจะได้รับ',
    my: 'အခြားနိုင်ငံက ရရှိမည့်ပုံစံအတိုင်း ဤသူ၏ နိုင်ငံတကာ လူနာအကျဉ်းချုပ်။',
  },
  'summary.print': { en: 'Print', th: 'พิมพ์', my: 'ပုံနှိပ်ရန်' },
});
