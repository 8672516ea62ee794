import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** The sentence for each refusal of this feature; the key is its code. */
export const vouchersProblemMessages = defineMessages({
  'vouchers.unknown-programme': {
    en: 'There is no such voucher programme here.',
    th: 'ไม่มีโครงการคูปองนี้ที่นี่',
    my: 'ဤဘောက်ချာအစီအစဉ် ဤနေရာတွင် မရှိပါ။',
  },
  'vouchers.programme-closed': {
    en: 'The programme does not run today.',
    th: 'โครงการไม่ได้เปิดในวันนี้',
    my: 'အစီအစဉ်သည် ယနေ့ မဖွင့်ပါ။',
  },
  'vouchers.unknown-group': {
    en: 'The programme is not for this group of people.',
    th: 'โครงการนี้ไม่ใช่สำหรับคนกลุ่มนี้',
    my: 'အစီအစဉ်သည် ဤလူအုပ်စုအတွက် မဟုတ်ပါ။',
  },
  'vouchers.unknown-village': {
    en: 'The village is not one of the programme.',
    th: 'หมู่บ้านนี้ไม่อยู่ในโครงการ',
    my: 'ဤကျေးရွာသည် အစီအစဉ်တွင် မပါဝင်ပါ။',
  },
  'vouchers.not-eligible': {
    en: 'The child is too old for the programme, or the date of birth lies in the future.',
    th: 'เด็กอายุเกินเกณฑ์ หรือวันเกิดเป็นวันในอนาคต',
    my: 'ကလေးအသက် ကြီးလွန်းသည်၊ သို့မဟုတ် မွေးနေ့သည် အနာဂတ်ဖြစ်နေသည်။',
  },
  'vouchers.already-registered': {
    en: 'Someone of this name in this village is registered already. Use that entry, or say that this is another person.',
    th: 'มีชื่อนี้ในหมู่บ้านนี้แล้ว ใช้รายการเดิม หรือระบุว่าเป็นคนละคน',
    my: 'ဤအမည်ဖြင့် ဤရွာတွင် စာရင်းသွင်းပြီးသား။ ထိုစာရင်းကိုသုံးပါ၊ သို့မဟုတ် အခြားသူဟု ဖော်ပြပါ။',
  },
  'vouchers.holder-unknown': {
    en: 'There is no such holder or booklet here.',
    th: 'ไม่พบผู้ถือหรือสมุดนี้',
    my: 'ဤကိုင်ဆောင်သူ သို့မဟုတ် စာအုပ် မရှိပါ။',
  },
  'vouchers.has-booklet': {
    en: 'The holder has a booklet in use. Replace it if it was lost.',
    th: 'ผู้ถือมีสมุดที่ใช้อยู่แล้ว ถ้าหายให้ออกเล่มแทน',
    my: 'ကိုင်ဆောင်သူတွင် အသုံးပြုဆဲစာအုပ် ရှိသည်။ ပျောက်လျှင် အစားထိုးပါ။',
  },
  'vouchers.nothing-left': {
    en: 'Nothing of this booklet is left to replace.',
    th: 'ไม่มีคูปองเหลือให้ออกแทน',
    my: 'အစားထိုးရန် ဘောက်ချာ မကျန်ပါ။',
  },
  'vouchers.no-phone': {
    en: 'No telephone number is known. Print the booklet instead.',
    th: 'ไม่มีหมายเลขโทรศัพท์ ให้พิมพ์สมุดแทน',
    my: 'ဖုန်းနံပါတ် မရှိပါ။ စာအုပ်ကို ပုံနှိပ်ပါ။',
  },
  'vouchers.unknown': {
    en: 'No voucher has this code. Check each character, or scan the square.',
    th: 'ไม่มีคูปองรหัสนี้ ตรวจทีละตัว หรือสแกนสี่เหลี่ยม',
    my: 'ဤကုဒ်ဖြင့် ဘောက်ချာ မရှိပါ။ စာလုံးတစ်လုံးချင်း စစ်ပါ၊ သို့မဟုတ် စတုရန်းကို စကင်ဖတ်ပါ။',
  },
  'vouchers.not-issued': {
    en: 'The voucher was made but given to nobody yet.',
    th: 'คูปองถูกสร้างแล้วแต่ยังไม่ได้มอบให้ใคร',
    my: 'ဘောက်ချာ ပြုလုပ်ပြီးသော်လည်း မည်သူ့ကိုမျှ မပေးရသေးပါ။',
  },
  'vouchers.void': { en: 'The voucher was made void.', th: 'คูปองนี้ถูกยกเลิกแล้ว', my: 'ဤဘောက်ချာကို ပယ်ဖျက်ပြီးဖြစ်သည်။' },
  'vouchers.lost-replaced': {
    en: 'The voucher was reported lost and replaced. Ask for the new booklet.',
    th: 'คูปองนี้แจ้งหายและออกแทนแล้ว ขอดูสมุดเล่มใหม่',
    my: 'ဘောက်ချာ ပျောက်ဆုံးကြောင်း တိုင်ကြားပြီး အစားထိုးပြီး။ စာအုပ်အသစ်ကို တောင်းပါ။',
  },
  'vouchers.expired': {
    en: 'The voucher has expired. The holder can ask for a new booklet.',
    th: 'คูปองหมดอายุแล้ว ผู้ถือขอสมุดใหม่ได้',
    my: 'ဘောက်ချာ သက်တမ်းကုန်ပြီ။ စာအုပ်အသစ် တောင်းနိုင်သည်။',
  },
  'vouchers.already-redeemed': {
    en: 'The voucher was used before. It is good for one service, once.',
    th: 'คูปองนี้ใช้แล้ว ใช้ได้ครั้งเดียว',
    my: 'ဤဘောက်ချာ သုံးပြီးသား။ တစ်ကြိမ်သာ သုံးနိုင်သည်။',
  },
  'vouchers.held': {
    en: 'The voucher is held while something is looked into. Ask the voucher officer.',
    th: 'คูปองถูกพักไว้ระหว่างตรวจสอบ ถามเจ้าหน้าที่คูปอง',
    my: 'စစ်ဆေးနေစဉ် ဘောက်ချာကို ဆိုင်းငံ့ထားသည်။ ဘောက်ချာတာဝန်ခံကို မေးပါ။',
  },
  'vouchers.not-activated': {
    en: 'The booklet is not activated yet. Ask whoever handed it out.',
    th: 'สมุดยังไม่เปิดใช้ ถามผู้ที่มอบสมุด',
    my: 'စာအုပ် မဖွင့်ရသေးပါ။ ပေးသူကို မေးပါ။',
  },
  'vouchers.wrong-booklet': {
    en: 'The code is not that of this voucher’s booklet. Read it from the cover.',
    th: 'รหัสไม่ตรงกับสมุดของคูปองนี้ อ่านจากหน้าปก',
    my: 'ကုဒ်သည် ဤဘောက်ချာ၏စာအုပ်နှင့် မကိုက်ပါ။ မျက်နှာဖုံးမှ ဖတ်ပါ။',
  },
  'vouchers.wrong-service': {
    en: 'The voucher is for another service.',
    th: 'คูปองนี้สำหรับบริการอื่น',
    my: 'ဤဘောက်ချာသည် အခြားဝန်ဆောင်မှုအတွက် ဖြစ်သည်။',
  },
  'vouchers.wrong-facility': {
    en: 'This facility may not give this service for vouchers.',
    th: 'สถานพยาบาลนี้ให้บริการนี้ด้วยคูปองไม่ได้',
    my: 'ဤဆေးခန်းသည် ဤဝန်ဆောင်မှုကို ဘောက်ချာဖြင့် မပေးနိုင်ပါ။',
  },
  'vouchers.future-service': {
    en: 'The day of service lies in the future.',
    th: 'วันที่ให้บริการอยู่ในอนาคต',
    my: 'ဝန်ဆောင်မှုပေးသည့်နေ့သည် အနာဂတ်ဖြစ်နေသည်။',
  },
  'vouchers.before-issue': {
    en: 'The day of service lies before the voucher was issued.',
    th: 'วันที่ให้บริการอยู่ก่อนวันออกคูปอง',
    my: 'ဝန်ဆောင်မှုပေးသည့်နေ့သည် ဘောက်ချာမထုတ်မီ ဖြစ်နေသည်။',
  },
  'vouchers.too-late': {
    en: 'The service was given too long ago to be sent in.',
    th: 'ให้บริการนานเกินไปแล้ว ส่งไม่ได้',
    my: 'ဝန်ဆောင်မှုပေးခဲ့သည်မှာ ကြာလွန်း၍ ပေးပို့၍မရပါ။',
  },
  'vouchers.out-of-order': {
    en: 'An earlier voucher of the booklet comes first.',
    th: 'ต้องใช้คูปองใบก่อนหน้าในสมุดก่อน',
    my: 'စာအုပ်ထဲမှ ရှေ့ဘောက်ချာကို အရင်သုံးရမည်။',
  },
  'vouchers.birth-first': {
    en: 'Care after birth needs the birth: give its day, or redeem its voucher.',
    th: 'การตรวจหลังคลอดต้องมีการคลอด ให้วันคลอด หรือใช้คูปองคลอดก่อน',
    my: 'မွေးဖွားပြီးစောင့်ရှောက်မှုအတွက် မွေးဖွားသည့်နေ့ လိုသည်။',
  },
  'vouchers.after-birth': {
    en: 'The birth is recorded: care before birth is no longer possible.',
    th: 'บันทึกการคลอดแล้ว ฝากครรภ์ไม่ได้อีก',
    my: 'မွေးဖွားပြီးဖြစ်၍ ကိုယ်ဝန်စောင့်ရှောက်မှု မရနိုင်တော့ပါ။',
  },
  'vouchers.too-soon': {
    en: 'The visit before was too short a time ago.',
    th: 'เพิ่งตรวจครั้งก่อนไม่นาน',
    my: 'ယခင်ပြသမှု မကြာသေးပါ။',
  },
  'vouchers.not-possible': {
    en: 'This step is not possible as things stand.',
    th: 'ทำขั้นตอนนี้ไม่ได้ในสถานะนี้',
    my: 'ယခုအခြေအနေတွင် ဤအဆင့် မလုပ်နိုင်ပါ။',
  },
  'vouchers.device-unknown': {
    en: 'This device is not registered here, or no longer. Register it again.',
    th: 'อุปกรณ์นี้ไม่ได้ลงทะเบียนที่นี่ ลงทะเบียนใหม่',
    my: 'ဤကိရိယာ မှတ်ပုံမတင်ထားပါ။ ပြန်တင်ပါ။',
  },
  'vouchers.device-revoked': {
    en: 'This device was revoked. Send what it still holds; to redeem with it again, set it up anew.',
    th: 'อุปกรณ์นี้ถูกเพิกถอนแล้ว ส่งสิ่งที่ค้างอยู่ หากจะใช้อีกให้ตั้งค่าใหม่',
    my: 'ဤကိရိယာကို ရုပ်သိမ်းပြီးဖြစ်သည်။ ကျန်သည်များကို ပို့ပါ၊ ပြန်သုံးလိုလျှင် အသစ်ပြင်ဆင်ပါ။',
  },
  'vouchers.device-day': {
    en: 'The day lies in the future, or before the device was set up.',
    th: 'วันที่เป็นวันในอนาคต หรือก่อนตั้งค่าอุปกรณ์',
    my: 'ရက်သည် အနာဂတ် သို့မဟုတ် ကိရိယာ မပြင်ဆင်မီ ဖြစ်နေသည်။',
  },
  'vouchers.counter-gap': {
    en: 'The device left a redemption out. Send all, in their order.',
    th: 'อุปกรณ์ส่งไม่ครบ ส่งทั้งหมดตามลำดับ',
    my: 'ကိရိယာက တစ်ခု ချန်ခဲ့သည်။ အစဉ်လိုက် အားလုံးပို့ပါ။',
  },
  'vouchers.counter-reused': {
    en: 'The device used one number twice. It is held; ask the voucher officer.',
    th: 'อุปกรณ์ใช้หมายเลขซ้ำ ถูกพักไว้ ถามเจ้าหน้าที่คูปอง',
    my: 'ကိရိယာက နံပါတ်တစ်ခုကို နှစ်ခါသုံးသည်။ ဆိုင်းငံ့ထားသည်။',
  },
  'vouchers.chain-broken': {
    en: 'What this device sends does not fit together. It is held; ask the voucher officer.',
    th: 'ข้อมูลจากอุปกรณ์ไม่ต่อเนื่อง ถูกพักไว้ ถามเจ้าหน้าที่คูปอง',
    my: 'ဤကိရိယာ၏ မှတ်တမ်းများ မဆက်စပ်ပါ။ ဆိုင်းငံ့ထားသည်။',
  },
  'vouchers.clock': {
    en: 'The clock of the device cannot be right. Set it, then go on.',
    th: 'นาฬิกาอุปกรณ์ไม่ถูกต้อง ตั้งเวลาก่อน',
    my: 'ကိရိယာနာရီ မမှန်ပါ။ ချိန်ညှိပါ။',
  },
  'vouchers.kit-expired': {
    en: 'The list on this device is too old. Connect once to renew it.',
    th: 'รายการในอุปกรณ์เก่าเกินไป เชื่อมต่อเพื่อปรับใหม่',
    my: 'ကိရိယာရှိ စာရင်း ဟောင်းလွန်းသည်။ ချိတ်ဆက်ပြီး ပြန်ယူပါ။',
  },
  'vouchers.cap-day': {
    en: 'This device has taken as many as it may today without a network.',
    th: 'วันนี้อุปกรณ์รับครบจำนวนแบบออฟไลน์แล้ว',
    my: 'ယနေ့ ကွန်ရက်မဲ့ လက်ခံနိုင်သည့် အရေအတွက် ပြည့်ပြီ။',
  },
  'vouchers.cap-sync': {
    en: 'This device must sync before it takes more.',
    th: 'ต้องซิงค์ก่อนจึงรับเพิ่มได้',
    my: 'ထပ်မလက်ခံမီ ချိတ်ဆက်ပို့ပေးရမည်။',
  },
  'vouchers.needs-network': {
    en: 'Without a network, scan the square: a code alone is not enough.',
    th: 'ออฟไลน์ต้องสแกนสี่เหลี่ยม รหัสอย่างเดียวไม่พอ',
    my: 'ကွန်ရက်မရှိလျှင် စတုရန်းကို စကင်ဖတ်ပါ။ ကုဒ်တစ်ခုတည်း မလုံလောက်ပါ။',
  },
  'vouchers.used-on-device': {
    en: 'This device has taken this voucher before.',
    th: 'อุปกรณ์นี้รับคูปองนี้แล้ว',
    my: 'ဤကိရိယာက ဤဘောက်ချာကို လက်ခံပြီးသား။',
  },
  'vouchers.call-first': {
    en: 'This one was drawn for a call. Call the holder first.',
    th: 'รายการนี้ถูกสุ่มให้โทร โทรหาผู้ถือก่อน',
    my: 'ဤအရာကို ဖုန်းခေါ်ရန် ရွေးထားသည်။ အရင်ခေါ်ပါ။',
  },
  'vouchers.dispute-open': {
    en: 'Two redemptions are in dispute. Decide it first.',
    th: 'มีข้อโต้แย้งสองรายการ ตัดสินก่อน',
    my: 'အငြင်းပွားမှု ရှိနေသည်။ အရင်ဆုံးဖြတ်ပါ။',
  },
  'vouchers.dispute-closed': {
    en: 'The dispute was decided before.',
    th: 'ข้อโต้แย้งนี้ตัดสินแล้ว',
    my: 'ဤအငြင်းပွားမှုကို ဆုံးဖြတ်ပြီးဖြစ်သည်။',
  },
  'vouchers.own-batch': {
    en: 'You proposed this payment: a second person approves it.',
    th: 'คุณเป็นผู้เสนอ ต้องให้อีกคนอนุมัติ',
    my: 'ဤငွေပေးချေမှုကို သင်အဆိုပြုခဲ့သည်။ အခြားသူက အတည်ပြုရမည်။',
  },
  'vouchers.nothing-to-pay': {
    en: 'No validated voucher waits to be paid.',
    th: 'ไม่มีคูปองที่ตรวจแล้วรอจ่าย',
    my: 'ငွေပေးရန် စောင့်နေသော ဘောက်ချာ မရှိပါ။',
  },
  'voucher.unreadable': {
    en: 'This is not a care voucher, or it was read badly. Scan it again.',
    th: 'ไม่ใช่คูปอง หรืออ่านไม่ชัด สแกนใหม่',
    my: 'ဘောက်ချာ မဟုတ်ပါ၊ သို့မဟုတ် ဖတ်မရပါ။ ပြန်စကင်ဖတ်ပါ။',
  },
  'voucher.wrong-issuer': {
    en: 'The issuer of this voucher is not known here. Connect to renew the keys.',
    th: 'ไม่รู้จักผู้ออกคูปองนี้ เชื่อมต่อเพื่อปรับกุญแจ',
    my: 'ဤဘောက်ချာထုတ်သူကို မသိပါ။ ချိတ်ဆက်ပြီး သော့များ ပြန်ယူပါ။',
  },
  'voucher.tampered': {
    en: 'The voucher was changed after it was issued. Do not accept it.',
    th: 'คูปองถูกแก้ไข อย่ารับ',
    my: 'ဘောက်ချာကို ပြင်ဆင်ထားသည်။ လက်မခံပါနှင့်။',
  },
  'voucher.not-yet-valid': {
    en: 'The voucher is dated in the future. Check this device’s clock.',
    th: 'คูปองลงวันที่ในอนาคต ตรวจนาฬิกาอุปกรณ์',
    my: 'ဘောက်ချာရက်စွဲ အနာဂတ်ဖြစ်နေသည်။ နာရီကို စစ်ပါ။',
  },
  'voucher.past-its-date': {
    en: 'The last day of this voucher is past. The holder can ask for a new booklet.',
    th: 'เลยวันสุดท้ายของคูปองแล้ว ขอสมุดใหม่ได้',
    my: 'ဤဘောက်ချာ၏ နောက်ဆုံးရက် ကျော်ပြီ။ စာအုပ်အသစ် တောင်းနိုင်သည်။',
  },
  'voucher.statement-unreadable': {
    en: 'What the device sent is not a redemption. Sync from the device itself.',
    th: 'ข้อมูลที่ส่งไม่ใช่การใช้คูปอง ซิงค์จากอุปกรณ์นั้น',
    my: 'ပို့လာသည်မှာ ဘောက်ချာမှတ်တမ်း မဟုတ်ပါ။ ကိရိယာမှ ပို့ပါ။',
  },
  'voucher.statement-forged': {
    en: 'The redemption is not signed by this device’s key. Register the device again.',
    th: 'ลายเซ็นไม่ใช่ของอุปกรณ์นี้ ลงทะเบียนใหม่',
    my: 'ဤကိရိယာ၏သော့ဖြင့် လက်မှတ်မထိုးထားပါ။ ပြန်မှတ်ပုံတင်ပါ။',
  },
});
