import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** What a person is told when the record was seen abroad. */
export const noticeMessages = defineMessages({
  'notice.disclosed': {
    en: '{facility} in {country} saw your health summary on {date}, for your care. If you did not expect this, ask at any clinic.',
    th: '{facility} ใน{country} ได้ดูสรุปสุขภาพของคุณเมื่อวันที่ {date} เพื่อการดูแลรักษา หากคุณไม่ทราบเรื่องนี้ โปรดสอบถามที่คลินิกใดก็ได้',
    my: '{country} ရှိ {facility} သည် {date} တွင် သင့်ကျန်းမာရေးအကျဉ်းချုပ်ကို ကုသမှုအတွက် ကြည့်ရှုခဲ့သည်။ သင်မျှော်လင့်မထားပါက မည်သည့်ဆေးခန်းတွင်မဆို မေးမြန်းပါ။',
  },
});
