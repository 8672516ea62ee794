import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

export const exchangeMessages = defineMessages({
  title: { en: 'Change money', th: 'แลกเงิน', my: 'ငွေလဲရန်' },
  given: { en: 'Given', th: 'จำนวนที่ให้', my: 'ပေးသောငွေ' },
  into: { en: 'Into', th: 'แลกเป็น', my: 'လဲယူမည့်ငွေကြေး' },
  'into.hint': { en: 'Three capitals, like USD', th: 'อักษรใหญ่สามตัว เช่น USD', my: 'စာလုံးကြီး သုံးလုံး၊ ဥပမာ USD' },
  'reference.hint': {
    en: 'The bank’s slip',
    th: 'ใบแลกเงินของธนาคาร',
    my: 'ဘဏ်ပြေစာ',
  },
  gets: {
    en: 'Comes to {got}, at {value} {from}/{to} of {day}',
    th: 'จะได้ {got} ที่อัตรา {value} {from}/{to} ณ {day}',
    my: '{day} ၏ {value} {from}/{to} ဖြင့် {got} ရမည်',
  },
  'no-rate': {
    en: 'No rate between these two is known on that day. Enter the bank’s rate under Periods and rates first.',
    th: 'ไม่มีอัตราระหว่างสองสกุลเงินนี้ในวันนั้น บันทึกอัตราของธนาคารที่หน้างวดและอัตราก่อน',
    my: 'ထိုနေ့အတွက် ဤငွေကြေးနှစ်မျိုးကြား နှုန်း မရှိပါ။ ဘဏ်နှုန်းကို စာရင်းကာလနှင့် ငွေလဲနှုန်း တွင် ဦးစွာ ထည့်ပါ။',
  },
  record: { en: 'Record it', th: 'บันทึก', my: 'မှတ်တမ်းတင်ရန်' },
  recorded: {
    en: 'Recorded: {got}. It can be undone in the journal, by its opposite.',
    th: 'บันทึกแล้ว: {got} ยกเลิกได้ในสมุดรายวันด้วยรายการตรงข้าม',
    my: 'မှတ်တမ်းတင်ပြီး - {got}။ ဂျာနယ်တွင် ဆန့်ကျင်ဘက်စာရင်းဖြင့် ပြန်ဖျက်နိုင်သည်။',
  },
});
