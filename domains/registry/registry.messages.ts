import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** Words the registry's screens share. */
export const registryMessages = defineMessages({
  'sex.female': { en: 'Female', th: 'หญิง', my: 'အမျိုးသမီး' },
  'sex.male': { en: 'Male', th: 'ชาย', my: 'အမျိုးသား' },
  'sex.other': { en: 'Other', th: 'อื่น ๆ', my: 'အခြား' },
  'sex.unknown': { en: 'Not said', th: 'ไม่ระบุ', my: 'မဖော်ပြပါ' },
  birth: { en: 'Birth', th: 'วันเกิด', my: 'မွေးနေ့' },
  'birth.about': { en: 'about {date}', th: 'ประมาณ {date}', my: '{date} ခန့်' },
  'birth.unknown': { en: 'not known', th: 'ไม่ทราบ', my: 'မသိရှိ' },
  sex: { en: 'Sex', th: 'เพศ', my: 'လိင်' },
  language: { en: 'Language', th: 'ภาษา', my: 'ဘာသာစကား' },
  'from-abroad': { en: 'Received from {country}', th: 'ได้รับจาก{country}', my: '{country} မှ ရရှိသည်' },
});

/** The sentence for each refusal the registry can give; the key is its code. */
export const registryProblemMessages = defineMessages({
  'registry.forbidden-field': {
    en: 'This form must not hold nationality, immigration status, document numbers or address. They are never collected.',
    th: 'แบบฟอร์มนี้ต้องไม่มีสัญชาติ สถานะการเข้าเมือง เลขเอกสาร หรือที่อยู่ ระบบไม่เก็บข้อมูลเหล่านี้',
    my: 'ဤပုံစံတွင် နိုင်ငံသား၊ လူဝင်မှုအခြေအနေ၊ စာရွက်စာတမ်းနံပါတ်၊ နေရပ်လိပ်စာ မပါရပါ။ ၎င်းတို့ကို မည်သည့်အခါမျှ မကောက်ယူပါ။',
  },
  'registry.name-missing': {
    en: 'Enter a name, in any script. A name the person goes by is enough.',
    th: 'กรอกชื่อ ใช้อักษรใดก็ได้ ชื่อที่ใช้เรียกกันก็เพียงพอ',
    my: 'အမည်ကို မည်သည့်စာဖြင့်မဆို ဖြည့်ပါ။ ခေါ်ဝေါ်သောအမည်လည်း ရပါသည်။',
  },
  'registry.birth-invalid': {
    en: 'The birth date, month, year or age cannot be right. Check it.',
    th: 'วัน เดือน ปีเกิด หรืออายุไม่ถูกต้อง โปรดตรวจสอบ',
    my: 'မွေးရက်၊ မွေးလ၊ မွေးနှစ် သို့မဟုတ် အသက် မမှန်နိုင်ပါ။ စစ်ဆေးပါ။',
  },
  'registry.duplicate-unseen': {
    en: 'Someone very like this person is already registered. Look at the likely matches before saving.',
    th: 'มีบุคคลที่คล้ายกันมากลงทะเบียนแล้ว โปรดดูรายชื่อที่อาจตรงกันก่อนบันทึก',
    my: 'ဤသူနှင့် အလွန်တူသူ စာရင်းရှိပြီးဖြစ်သည်။ မသိမ်းမီ ဖြစ်နိုင်ခြေရှိသူများကို ကြည့်ပါ။',
  },
});
