import { defineMessages } from '@serai/kernel/i18n/i18n.ts';
import { enrolMessages } from '../console/enrol.messages.ts';

/** Enrolling without a network: on the device, and what is sent of it afterwards. */
export const fieldTexts = {
  ...enrolMessages,
  ...defineMessages({
    'field.title': { en: 'Without a network', th: 'เมื่อไม่มีเครือข่าย', my: 'ကွန်ရက်မရှိချိန်' },
    'field.none': {
      en: 'This device can enrol families where there is no network. What is kept is sealed: nobody can read it on the device, you neither, until you sign in and send it.',
      th: 'อุปกรณ์นี้รับสมัครครอบครัวได้แม้ไม่มีเครือข่าย ข้อมูลที่เก็บถูกปิดผนึก ไม่มีใครอ่านบนอุปกรณ์ได้ แม้แต่คุณ จนกว่าจะลงชื่อเข้าใช้และส่ง',
      my: 'ဤကိရိယာသည် ကွန်ရက်မရှိသည့်နေရာတွင် မိသားစုများကို စာရင်းသွင်းနိုင်သည်။ သိမ်းထားသည်ကို ပိတ်ထားသဖြင့် သင်ဝင်၍ မပို့မချင်း ကိရိယာပေါ်တွင် မည်သူမျှ မဖတ်နိုင်ပါ။',
    },
    'field.set-up': { en: 'Set this device up', th: 'ตั้งค่าอุปกรณ์นี้', my: 'ဤကိရိယာကို ပြင်ဆင်ရန်' },
    'field.other': {
      en: 'Somebody else set this device up, and has families waiting on it. Whoever did signs in and sends them first.',
      th: 'ผู้อื่นตั้งค่าอุปกรณ์นี้และยังมีครอบครัวรอส่ง ให้ผู้นั้นลงชื่อเข้าใช้และส่งก่อน',
      my: 'ဤကိရိယာကို အခြားသူ ပြင်ဆင်ထားပြီး ပို့ရန်ကျန်သော မိသားစုများ ရှိသည်။ ထိုသူ ဦးစွာဝင်၍ ပို့ပါစေ။',
    },
    'field.cannot': {
      en: 'This browser keeps nothing on the device. Use another browser, or an address that begins with https.',
      th: 'เบราว์เซอร์นี้ไม่เก็บข้อมูลบนอุปกรณ์ ใช้เบราว์เซอร์อื่น หรือที่อยู่ที่ขึ้นต้นด้วย https',
      my: 'ဤဘရောက်ဆာသည် ကိရိယာပေါ်တွင် ဘာမျှ မသိမ်းပါ။ အခြားဘရောက်ဆာ သို့မဟုတ် https ဖြင့်စသော လိပ်စာကို သုံးပါ။',
    },
    'field.ready': {
      en: 'This device enrols without a network. Its schemes and prices are of {date}.',
      th: 'อุปกรณ์นี้รับสมัครได้โดยไม่มีเครือข่าย โครงการและราคา ณ {date}',
      my: 'ဤကိရိယာသည် ကွန်ရက်မရှိဘဲ စာရင်းသွင်းနိုင်သည်။ အစီအစဉ်နှင့် စျေးနှုန်းများသည် {date} အတိုင်း ဖြစ်သည်။',
    },
    'field.opens': {
      en: 'Where there is no network, open this same address: the form is there.',
      th: 'เมื่อไม่มีเครือข่าย เปิดที่อยู่เดิมนี้ แบบฟอร์มจะอยู่ที่นั่น',
      my: 'ကွန်ရက်မရှိလျှင် ဤလိပ်စာကိုပင် ဖွင့်ပါ။ ဖောင် ထိုနေရာတွင် ရှိသည်။',
    },
    'field.waiting': {
      en: 'Families waiting on this device: {count}',
      th: 'ครอบครัวที่รอส่งบนอุปกรณ์นี้: {count}',
      my: 'ဤကိရိယာတွင် ပို့ရန်ကျန်သော မိသားစု - {count}',
    },
    'field.send': { en: 'Send them', th: 'ส่ง', my: 'ပို့ရန်' },
    'field.desk': { en: 'Enrol without a network', th: 'รับสมัครโดยไม่มีเครือข่าย', my: 'ကွန်ရက်မရှိဘဲ စာရင်းသွင်းရန်' },
    'field.lead': {
      en: 'Schemes and prices of {date}. Cover is made once you have signed in and sent it. What is typed is kept when you press the button, and cannot be read here again.',
      th: 'โครงการและราคา ณ {date} ความคุ้มครองเกิดขึ้นเมื่อลงชื่อเข้าใช้และส่ง ข้อมูลจะถูกเก็บเมื่อกดปุ่ม และอ่านที่นี่อีกไม่ได้',
      my: '{date} အတိုင်း အစီအစဉ်နှင့် စျေးနှုန်းများ။ သင်ဝင်၍ ပို့ပြီးမှ အကာအကွယ် ဖြစ်သည်။ ခလုတ်နှိပ်မှ သိမ်းပြီး ဤနေရာတွင် ပြန်မဖတ်နိုင်ပါ။',
    },
    'field.again': {
      en: 'The network is back. Sign in to send what waits.',
      th: 'เครือข่ายกลับมาแล้ว ลงชื่อเข้าใช้เพื่อส่งสิ่งที่รออยู่',
      my: 'ကွန်ရက် ပြန်ရပြီ။ ကျန်သည်များကို ပို့ရန် ဝင်ပါ။',
    },
    'field.sign-in': { en: 'Sign in and send', th: 'ลงชื่อเข้าใช้และส่ง', my: 'ဝင်ရောက်ပြီး ပို့ရန်' },
    'field.keep': { en: 'Keep it on this device', th: 'เก็บไว้ในอุปกรณ์นี้', my: 'ဤကိရိယာတွင် သိမ်းရန်' },
    'field.kept': {
      en: 'Kept and sealed. It is sent when you next sign in.',
      th: 'เก็บและปิดผนึกแล้ว จะส่งเมื่อคุณลงชื่อเข้าใช้ครั้งถัดไป',
      my: 'သိမ်းပြီး ပိတ်ထားသည်။ နောက်တစ်ကြိမ် ဝင်လျှင် ပို့သည်။',
    },
    'field.cut': {
      en: 'The network is gone. Keep the family on this device, and send it later.',
      th: 'ไม่มีเครือข่าย เก็บครอบครัวนี้ไว้ในอุปกรณ์ แล้วส่งภายหลัง',
      my: 'ကွန်ရက် ပြတ်နေသည်။ မိသားစုကို ဤကိရိယာတွင် သိမ်းပြီး နောက်မှ ပို့ပါ။',
    },
    'field.price-then': {
      en: 'Reckoned on this device. A discount of a campaign is known only at the node.',
      th: 'คำนวณบนอุปกรณ์นี้ ส่วนลดของการรณรงค์ทราบที่โหนดเท่านั้น',
      my: 'ဤကိရိယာပေါ်တွင် တွက်ထားသည်။ လှုပ်ရှားမှုလျှော့စျေးကို ဆာဗာတွင်သာ သိသည်။',
    },
    'field.unreadable': {
      en: 'One family kept on {date} cannot be opened: it was changed on the device. Enrol it anew.',
      th: 'ครอบครัวที่เก็บเมื่อ {date} เปิดไม่ได้ เพราะข้อมูลบนอุปกรณ์ถูกเปลี่ยน สมัครใหม่อีกครั้ง',
      my: '{date} တွင် သိမ်းထားသော မိသားစုတစ်ခုကို ဖွင့်မရပါ။ ကိရိယာပေါ်တွင် ပြောင်းလဲခံရသည်။ အသစ် စာရင်းသွင်းပါ။',
    },
    'field.correct': { en: 'Correct it in the form', th: 'แก้ไขในแบบฟอร์ม', my: 'ဖောင်တွင် ပြင်ရန်' },
    'field.give-up': { en: 'Give it up', th: 'ทิ้ง', my: 'စွန့်ပစ်' },
    'field.others-wait': {
      en: 'Finish or discard what is in the form first.',
      th: 'ทำแบบฟอร์มที่ค้างอยู่ให้เสร็จหรือทิ้งก่อน',
      my: 'ဖောင်ထဲရှိသည်ကို ဦးစွာ အပြီးသတ်ပါ သို့မဟုတ် စွန့်ပစ်ပါ။',
    },
  }),
};
