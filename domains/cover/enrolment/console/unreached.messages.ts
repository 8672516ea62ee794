import { defineMessages } from '@serai/kernel/i18n/i18n.ts';
import { enrolmentMessages } from './screens.messages.ts';

/** Whom no text and no page reaches, and what came of calling or going there. */
export const unreachedMessages = {
  ...enrolmentMessages,
  ...defineMessages({
    unreached: { en: 'To call or visit', th: 'ต้องโทรหรือเยี่ยม', my: 'ဖုန်းခေါ်/သွားတွေ့ရန်' },
    'unreached.lead': {
      en: 'They have no telephone and no account here: somebody tells them, and says so.',
      th: 'ไม่มีโทรศัพท์และบัญชีที่นี่ ต้องมีคนไปแจ้ง แล้วบันทึกไว้',
      my: 'ဖုန်းမရှိ၊ အကောင့်မရှိသူများ: တစ်ဦးဦးက ပြောပြပြီး မှတ်တမ်းတင်ပါ။',
    },
    'unreached.none': { en: 'Nobody waits to be told.', th: 'ไม่มีใครรอการแจ้ง', my: 'ပြောရန် စောင့်နေသူ မရှိပါ။' },
    what: { en: 'What to tell', th: 'เรื่องที่ต้องแจ้ง', my: 'ပြောရန်' },
    since: { en: 'Since', th: 'ตั้งแต่', my: 'ရက်' },
    'kind.renewal-soon': { en: 'Ends soon: renew', th: 'ใกล้หมดอายุ ให้ต่ออายุ', my: 'ကုန်တော့မည်: သက်တမ်းတိုး' },
    'kind.renewal-last': { en: 'Ends this week: renew', th: 'หมดอายุสัปดาห์นี้ ให้ต่ออายุ', my: 'ဤအပတ် ကုန်မည်: သက်တမ်းတိုး' },
    'kind.renewal-grace': { en: 'Has ended: can still renew', th: 'หมดอายุแล้ว ยังต่อได้', my: 'ကုန်ပြီ: တိုးနိုင်သေး' },
    'kind.grace': { en: 'Contribution is due', th: 'ถึงกำหนดชำระ', my: 'ထည့်ဝင်ကြေး ပေးရန်' },
    'kind.grace-last': { en: 'Last days to pay', th: 'วันสุดท้ายที่ชำระได้', my: 'ပေးရန် နောက်ဆုံးရက်များ' },
    'kind.suspended': { en: 'Cover rests: pay', th: 'ความคุ้มครองถูกพัก ให้ชำระ', my: 'အကာအကွယ် ရပ်ထား: ပေးရန်' },
    'kind.lapsed': { en: 'Cover has lapsed: enrol again', th: 'ขาดอายุแล้ว สมัครใหม่ได้', my: 'ပျက်ပြယ်ပြီ: ပြန်စာရင်းသွင်း' },
    'kind.asked': { en: 'Reminder asked for', th: 'ขอให้เตือน', my: 'သတိပေးရန် တောင်းထား' },
    told: { en: 'Done', th: 'แจ้งแล้ว', my: 'ပြောပြီး' },
    'told.for': { en: 'Told {name}', th: 'แจ้ง {name}', my: '{name} ကို ပြောပြီး' },
    how: { en: 'What was done?', th: 'ทำอะไรแล้ว', my: 'ဘာလုပ်ခဲ့သလဲ' },
    'how.visit': { en: 'I went there', th: 'ไปเยี่ยม', my: 'သွားတွေ့ခဲ့' },
    'how.call': { en: 'I called somebody who told them', th: 'โทรให้คนไปบอก', my: 'ဖုန်းဖြင့် ပြောခိုင်း' },
    'how.message': { en: 'I left a message', th: 'ฝากข้อความ', my: 'စာ ထားခဲ့' },
    'how.not-found': { en: 'Not found', th: 'ไม่พบ', my: 'မတွေ့ပါ' },
    'note.hint': {
      en: 'If something else should be known. Nothing of health.',
      th: 'หากมีเรื่องอื่นที่ควรรู้ ไม่ต้องเขียนเรื่องสุขภาพ',
      my: 'အခြား သိသင့်သည်ရှိလျှင်။ ကျန်းမာရေးအကြောင်း မရေးပါနှင့်။',
    },
    note: { en: 'Note', th: 'หมายเหตุ', my: 'မှတ်ချက်' },
  }),
};
