import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/**
 * Failures any call can meet. Each domain adds a table for its own refusal codes; the key is the code.
 */
export const generalProblemMessages = defineMessages({
  offline: {
    en: 'No connection to this node. Nothing was lost: check the network and try again.',
    th: 'เชื่อมต่อกับระบบไม่ได้ ไม่มีข้อมูลสูญหาย โปรดตรวจสอบเครือข่ายแล้วลองอีกครั้ง',
    my: 'စနစ်နှင့် ချိတ်ဆက်၍မရပါ။ မည်သည့်အချက်အလက်မျှ မပျောက်ပါ။ ကွန်ရက်ကိုစစ်ပြီး ထပ်ကြိုးစားပါ။',
  },
  timeout: {
    en: 'The node took too long to answer. Try again: the same request is never carried out twice.',
    th: 'ระบบตอบช้าเกินไป ลองอีกครั้งได้ คำขอเดิมจะไม่ถูกทำซ้ำสองครั้ง',
    my: 'စနစ်က အချိန်ကြာလွန်း၍ မဖြေပါ။ ထပ်ကြိုးစားနိုင်သည်။ တူညီသောတောင်းဆိုမှုကို နှစ်ကြိမ်မလုပ်ပါ။',
  },
  server: {
    en: 'The node could not answer just now. Try again in a moment.',
    th: 'ขณะนี้ระบบตอบไม่ได้ โปรดลองอีกครั้งในอีกสักครู่',
    my: 'စနစ်က ယခု မဖြေနိုင်သေးပါ။ ခဏအကြာ ထပ်ကြိုးစားပါ။',
  },
  busy: {
    en: 'Too many requests at once. Wait a moment and try again.',
    th: 'มีคำขอมากเกินไปในขณะเดียวกัน โปรดรอสักครู่แล้วลองอีกครั้ง',
    my: 'တစ်ပြိုင်နက် တောင်းဆိုမှု များလွန်းသည်။ ခဏစောင့်ပြီး ထပ်ကြိုးစားပါ။',
  },
  'unreadable-answer': {
    en: 'The answer could not be read. Something between this page and the node may be changing it.',
    th: 'อ่านคำตอบไม่ได้ อาจมีบางอย่างระหว่างหน้านี้กับระบบเปลี่ยนแปลงคำตอบ',
    my: 'အဖြေကို ဖတ်၍မရပါ။ ဤစာမျက်နှာနှင့် စနစ်ကြားတွင် တစ်ခုခုက ပြောင်းလဲနေနိုင်သည်။',
  },
  'signed-out': {
    en: 'Your session has ended. Sign in again to go on; what you have entered is kept.',
    th: 'หมดเวลาการเข้าใช้งาน โปรดลงชื่อเข้าใช้อีกครั้ง ข้อมูลที่กรอกไว้ยังอยู่',
    my: 'သင့်ဝင်ရောက်မှု ကုန်ဆုံးပြီ။ ဆက်လုပ်ရန် ထပ်မံဝင်ရောက်ပါ။ ဖြည့်ထားသမျှ သိမ်းထားပါသည်။',
  },
  'not-found': {
    en: 'Not found, or not open to you.',
    th: 'ไม่พบข้อมูล หรือคุณไม่มีสิทธิ์ดู',
    my: 'မတွေ့ပါ၊ သို့မဟုတ် သင်ကြည့်ခွင့်မရှိပါ။',
  },
  conflict: {
    en: 'Someone changed this in the meantime. Load it again, then make your change.',
    th: 'มีผู้อื่นแก้ไขข้อมูลนี้ไปแล้ว โปรดโหลดใหม่แล้วแก้ไขอีกครั้ง',
    my: 'ဤအချက်အလက်ကို အခြားသူက ပြောင်းလိုက်ပြီ။ ပြန်ဖွင့်ပြီးမှ ပြင်ပါ။',
  },
  invalid: {
    en: 'Something entered cannot be accepted. Check the marked fields.',
    th: 'ข้อมูลบางอย่างไม่ถูกต้อง โปรดตรวจสอบช่องที่ทำเครื่องหมายไว้',
    my: 'ဖြည့်ထားသည့် တစ်ခုခု လက်မခံနိုင်ပါ။ အမှတ်အသားပြထားသောအကွက်များကို စစ်ပါ။',
  },
  'too-large': {
    en: 'This is too large to send.',
    th: 'ข้อมูลมีขนาดใหญ่เกินกว่าจะส่งได้',
    my: 'ပို့ရန် အလွန်ကြီးနေသည်။',
  },
  unexpected: {
    en: 'This screen met a fault of its own. Reload the page; saved work is safe.',
    th: 'หน้านี้เกิดข้อผิดพลาด โปรดโหลดหน้าใหม่ ข้อมูลที่บันทึกแล้วยังปลอดภัย',
    my: 'ဤစာမျက်နှာတွင် အမှားတစ်ခုဖြစ်သည်။ စာမျက်နှာကို ပြန်ဖွင့်ပါ။ သိမ်းထားပြီးသည့်အရာများ မပျောက်ပါ။',
  },
  'store.evidence-unavailable': {
    en: 'What is shown cannot be written down just now, so nothing is shown. Try again in a moment.',
    th: 'ขณะนี้บันทึกการเปิดเผยไม่ได้ จึงยังไม่เปิดเผยข้อมูลใด โปรดลองอีกครั้งในอีกสักครู่',
    my: 'ထုတ်ပြမှုကို ယခု မှတ်တမ်းမတင်နိုင်သဖြင့် ဘာမှ မပြပါ။ ခဏအကြာ ထပ်ကြိုးစားပါ။',
  },
  'store.unavailable': {
    en: 'The record cannot be reached just now. Nothing was lost. Try again in a moment.',
    th: 'ขณะนี้เข้าถึงระเบียนไม่ได้ ไม่มีข้อมูลใดสูญหาย โปรดลองอีกครั้งในอีกสักครู่',
    my: 'ယခု မှတ်တမ်းကို ရယူ၍မရသေးပါ။ ဘာမှ မပျောက်ပါ။ ခဏအကြာ ထပ်ကြိုးစားပါ။',
  },
  'store.request-id-reused': {
    en: 'This form was already sent with other content. Open the form afresh and enter it again.',
    th: 'แบบฟอร์มนี้ถูกส่งไปแล้วด้วยเนื้อหาอื่น โปรดเปิดแบบฟอร์มใหม่แล้วกรอกอีกครั้ง',
    my: 'ဤပုံစံကို အခြားအကြောင်းအရာဖြင့် ပို့ပြီးဖြစ်သည်။ ပုံစံအသစ်ဖွင့်ပြီး ပြန်ဖြည့်ပါ။',
  },
});
