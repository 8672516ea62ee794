import { defineMessages } from '@serai/kernel/i18n/i18n.ts';
import { enrolmentMessages } from './screens.messages.ts';

/** What employers are asked and given, and what came of it. */
export const campaignMessages = {
  ...enrolmentMessages,
  ...defineMessages({
    campaigns: { en: 'Campaigns', th: 'แคมเปญ', my: 'လှုံ့ဆော်ပွဲများ' },
    'campaigns.lead': {
      en: 'What employers are asked and given to enrol, and what came of it.',
      th: 'สิ่งที่ขอและให้นายจ้างเพื่อสมัคร และผลที่ได้',
      my: 'အလုပ်ရှင်များအား တောင်းဆို/ပေးသည်များနှင့် ရလဒ်။',
    },
    'campaigns.none': { en: 'There is no campaign.', th: 'ไม่มีแคมเปญ', my: 'လှုံ့ဆော်ပွဲ မရှိပါ။' },
    incentive: { en: 'Taken off', th: 'ส่วนลด', my: 'လျှော့ပေး' },
    'campaign.new': { en: 'Begin a campaign', th: 'เริ่มแคมเปญ', my: 'လှုံ့ဆော်ပွဲ စတင်' },
    'campaign.targeted': { en: 'For these employers', th: 'สำหรับนายจ้างเหล่านี้', my: 'ဤအလုပ်ရှင်များအတွက်' },
    'campaign.control': { en: 'Compared with these', th: 'เทียบกับเหล่านี้', my: 'ဤသူများနှင့် နှိုင်းယှဉ်' },
    'campaign.percent': {
      en: 'Percent taken off (0 for none)',
      th: 'ร้อยละที่ลด (0 คือไม่ลด)',
      my: 'လျှော့ရာခိုင်နှုန်း (မရှိလျှင် 0)',
    },
    'campaign.effect': { en: 'Effect: {effect} points', th: 'ผล: {effect} จุด', my: 'အကျိုးသက်ရောက်မှု: {effect} မှတ်' },
    'campaign.interval': {
      en: '95% interval: {low} to {high} points',
      th: 'ช่วง 95%: {low} ถึง {high} จุด',
      my: '၉၅% ကြားကာလ: {low} မှ {high} မှတ်',
    },
    'campaign.measured': {
      en: 'Measured on {day}: the change of the share of workers covered, against employers it was not for.',
      th: 'วัดเมื่อ {day}: การเปลี่ยนแปลงของสัดส่วนแรงงานที่คุ้มครอง เทียบกับนายจ้างอื่น',
      my: '{day} တွင် တိုင်းတာ: အကာအကွယ်ရှိ အလုပ်သမားရာခိုင်နှုန်း ပြောင်းလဲမှုကို အခြားအလုပ်ရှင်များနှင့် နှိုင်းယှဉ်။',
    },
    'caution.few-employers': {
      en: 'There are few employers: take the figure with care.',
      th: 'มีนายจ้างน้อย ใช้ตัวเลขอย่างระวัง',
      my: 'အလုပ်ရှင် နည်းသည်: ဂဏန်းကို သတိဖြင့် ယူပါ။',
    },
    'caution.no-interval': {
      en: 'There are too few employers to say how sure the figure is.',
      th: 'นายจ้างน้อยเกินกว่าจะบอกความแน่นอน',
      my: 'သေချာမှုကို ပြောရန် အလုပ်ရှင် နည်းလွန်းသည်။',
    },
    'caution.no-control': {
      en: 'There is nobody to compare with: the change may have other causes.',
      th: 'ไม่มีกลุ่มเปรียบเทียบ อาจมีสาเหตุอื่น',
      my: 'နှိုင်းယှဉ်ရန် မရှိ: အခြားအကြောင်း ရှိနိုင်သည်။',
    },
    arm: { en: 'Arm', th: 'กลุ่ม', my: 'အုပ်စု' },
    'arm.targeted': { en: 'Asked', th: 'เป้าหมาย', my: 'ရည်ရွယ်' },
    'arm.control': { en: 'Not asked', th: 'เปรียบเทียบ', my: 'နှိုင်းယှဉ်' },
    workers: { en: 'Workers', th: 'แรงงาน', my: 'အလုပ်သမား' },
    before: { en: 'Covered before', th: 'คุ้มครองก่อน', my: 'ယခင် အကာအကွယ်' },
    after: { en: 'Covered after', th: 'คุ้มครองหลัง', my: 'နောက် အကာအကွယ်' },
  }),
};
