import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

export const accessMessages = defineMessages({
  'access.title': { en: 'Sign in', th: 'ลงชื่อเข้าใช้', my: 'ဝင်ရောက်ရန်' },
  'access.username': { en: 'Name', th: 'ชื่อผู้ใช้', my: 'အသုံးပြုသူအမည်' },
  'access.password': { en: 'Password', th: 'รหัสผ่าน', my: 'စကားဝှက်' },
  'access.submit': { en: 'Sign in', th: 'ลงชื่อเข้าใช้', my: 'ဝင်ရောက်မည်' },
  'access.wrong': {
    en: 'The name or the password is not right.',
    th: 'ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง',
    my: 'အသုံးပြုသူအမည် သို့မဟုတ် စကားဝှက် မမှန်ပါ။',
  },
  'access.wait': {
    en: 'Too many attempts with this name. Wait {seconds} seconds and try again.',
    th: 'ลองชื่อนี้หลายครั้งเกินไป โปรดรอ {seconds} วินาทีแล้วลองใหม่',
    my: 'ဤအမည်ဖြင့် အကြိမ်များစွာ ကြိုးစားခဲ့သည်။ {seconds} စက္ကန့်စောင့်ပြီး ထပ်ကြိုးစားပါ။',
  },
  'access.expired': {
    en: 'This sign-in page has expired.',
    th: 'หน้าลงชื่อเข้าใช้นี้หมดอายุแล้ว',
    my: 'ဤဝင်ရောက်ရန်စာမျက်နှာ သက်တမ်းကုန်သွားပါပြီ။',
  },
  'access.again': { en: 'Start again', th: 'เริ่มใหม่', my: 'ပြန်စပါ' },
  'access.sign-out-question': { en: 'Sign out?', th: 'ออกจากระบบหรือไม่', my: 'ထွက်မည်လား။' },
  'access.sign-out': { en: 'Sign out', th: 'ออกจากระบบ', my: 'ထွက်မည်' },
  'access.signed-out': { en: 'You are signed out.', th: 'ออกจากระบบแล้ว', my: 'ထွက်ပြီးပါပြီ။' },
  'access.not-possible': {
    en: 'Signing in could not go on.',
    th: 'ลงชื่อเข้าใช้ต่อไม่ได้',
    my: 'ဝင်ရောက်ခြင်း ဆက်လုပ်၍မရပါ။',
  },
  'access.language': { en: 'Language', th: 'ภาษา', my: 'ဘာသာစကား' },
  'access.illustrative': {
    en: 'Demonstration. It states no government’s position.',
    th: 'ระบบสาธิต ไม่ได้แสดงจุดยืนของรัฐบาลใด',
    my: 'သရုပ်ပြစနစ်ဖြစ်ပြီး မည်သည့်အစိုးရ၏ သဘောထားမျှ မဟုတ်ပါ။',
  },
});
