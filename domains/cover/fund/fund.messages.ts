import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** The sentence for each refusal of the ledger and of the fund's desk; the key is its code. */
export const fundProblemMessages = defineMessages({
  'ledger.id-malformed': {
    en: 'An entry needs an id of 1 to 200 characters.',
    th: 'รายการต้องมีรหัสยาว 1 ถึง 200 ตัวอักษร',
    my: 'စာရင်းတစ်ခုတွင် စာလုံး ၁ မှ ၂၀၀ ရှိသော အမှတ်အသား လိုသည်။',
  },
  'ledger.id-reused': {
    en: 'This id already stands for another entry.',
    th: 'รหัสนี้เป็นของรายการอื่นแล้ว',
    my: 'ဤအမှတ်အသားကို အခြားစာရင်းအတွက် သုံးပြီးဖြစ်သည်။',
  },
  'ledger.transfer-malformed': {
    en: 'Something is missing from this entry, or does not go with its kind.',
    th: 'รายการนี้ขาดข้อมูลบางอย่าง หรือข้อมูลไม่ตรงกับชนิดของรายการ',
    my: 'ဤစာရင်းတွင် တစ်ခုခုလိုနေသည်၊ သို့မဟုတ် အမျိုးအစားနှင့် မကိုက်ညီပါ။',
  },
  'ledger.amount-not-positive': {
    en: 'Enter an amount above zero. To go back, swap debit and credit.',
    th: 'กรอกจำนวนเงินที่มากกว่าศูนย์ ถ้าจะกลับรายการให้สลับเดบิตกับเครดิต',
    my: 'သုညထက်ကြီးသော ပမာဏ ဖြည့်ပါ။ ပြန်လှန်ရန် ဒက်ဘစ်နှင့် ခရက်ဒစ် လဲပါ။',
  },
  'ledger.day-malformed': {
    en: 'This value day does not exist.',
    th: 'ไม่มีวันที่มีผลนี้ในปฏิทิน',
    my: 'ဤတန်ဖိုးသတ်မှတ်ရက် မရှိပါ။',
  },
  'ledger.same-account': {
    en: 'Choose two different accounts.',
    th: 'เลือกบัญชีสองบัญชีที่ต่างกัน',
    my: 'မတူညီသော စာရင်းခေါင်းစဉ် နှစ်ခု ရွေးပါ။',
  },
  'ledger.account-unknown': {
    en: 'This account is not open.',
    th: 'บัญชีนี้ยังไม่เปิด',
    my: 'ဤစာရင်းခေါင်းစဉ် မဖွင့်ရသေးပါ။',
  },
  'ledger.currency-mismatch': {
    en: 'Both accounts must have the currency of the amount. Between currencies, use an exchange.',
    th: 'บัญชีทั้งสองต้องใช้สกุลเงินเดียวกับจำนวนเงิน ถ้าต่างสกุลให้ใช้การแลกเงิน',
    my: 'စာရင်းနှစ်ခုလုံး ပမာဏ၏ ငွေကြေးနှင့် တူရမည်။ ငွေကြေးမတူလျှင် ငွေလဲပါ။',
  },
  'ledger.fund-restricted': {
    en: 'This money is given for one purpose and cannot be used for another.',
    th: 'เงินนี้ให้มาเพื่อวัตถุประสงค์เดียว ใช้เพื่อเรื่องอื่นไม่ได้',
    my: 'ဤငွေသည် ရည်ရွယ်ချက်တစ်ခုအတွက်သာ ပေးထားပြီး အခြားအတွက် မသုံးနိုင်ပါ။',
  },
  'ledger.period-closed': {
    en: 'The books of that day are closed. Use a day in an open month.',
    th: 'บัญชีของวันนั้นปิดแล้ว ใช้วันในเดือนที่ยังเปิดอยู่',
    my: 'ထိုနေ့၏ စာရင်း ပိတ်ပြီးပါပြီ။ ဖွင့်ထားသောလမှ ရက်ကို သုံးပါ။',
  },
  'ledger.expiry-past': {
    en: 'A hold must end after it begins.',
    th: 'การกันเงินต้องสิ้นสุดหลังจากเริ่ม',
    my: 'ငွေထိန်းထားမှုသည် စတင်ပြီးမှ ကုန်ဆုံးရမည်။',
  },
  'ledger.pending-unknown': {
    en: 'There is no pending entry of that id.',
    th: 'ไม่มีรายการรอดำเนินการตามรหัสนั้น',
    my: 'ထိုအမှတ်အသားဖြင့် ဆိုင်းငံ့စာရင်း မရှိပါ။',
  },
  'ledger.pending-mismatch': {
    en: 'This does not fit the pending entry it settles.',
    th: 'รายการนี้ไม่ตรงกับรายการที่รอดำเนินการ',
    my: 'ဤစာရင်းသည် ဆိုင်းငံ့စာရင်းနှင့် မကိုက်ညီပါ။',
  },
  'ledger.pending-expired': {
    en: 'The hold has expired. Post anew.',
    th: 'การกันเงินหมดอายุแล้ว ให้ลงรายการใหม่',
    my: 'ငွေထိန်းထားမှု သက်တမ်းကုန်ပြီ။ အသစ်ရေးပါ။',
  },
  'ledger.pending-settled': {
    en: 'This was decided already.',
    th: 'เรื่องนี้ตัดสินไปแล้ว',
    my: 'ဤအရာကို ဆုံးဖြတ်ပြီးဖြစ်သည်။',
  },
  'ledger.pending-exceeded': {
    en: 'No more can be posted than was proposed or held.',
    th: 'ลงรายการเกินกว่าที่เสนอหรือกันไว้ไม่ได้',
    my: 'အဆိုပြုထား သို့မဟုတ် ထိန်းထားသည်ထက် ပိုမရေးနိုင်ပါ။',
  },
  'ledger.reversal-unknown': {
    en: 'There is no posted entry of that id to reverse.',
    th: 'ไม่มีรายการที่ลงแล้วตามรหัสนั้นให้กลับ',
    my: 'ပြန်လှန်ရန် ထိုအမှတ်အသားဖြင့် ရေးပြီးစာရင်း မရှိပါ။',
  },
  'ledger.reversal-of-reversal': {
    en: 'A reversal is not reversed. Post the entry anew.',
    th: 'กลับรายการที่กลับแล้วไม่ได้ ให้ลงรายการใหม่',
    my: 'ပြန်လှန်ထားသည်ကို ထပ်မပြန်လှန်နိုင်ပါ။ အသစ်ရေးပါ။',
  },
  'ledger.reversal-mismatch': {
    en: 'A reversal moves the same amount the other way.',
    th: 'การกลับรายการต้องเป็นจำนวนเดียวกันในทางตรงข้าม',
    my: 'ပြန်လှန်စာရင်းသည် တူညီသောပမာဏကို ပြောင်းပြန်ရွှေ့ရမည်။',
  },
  'ledger.already-reversed': {
    en: 'This entry was reversed already.',
    th: 'รายการนี้ถูกกลับไปแล้ว',
    my: 'ဤစာရင်းကို ပြန်လှန်ပြီးဖြစ်သည်။',
  },
  'ledger.limit': {
    en: 'The account does not hold enough.',
    th: 'เงินในบัญชีไม่พอ',
    my: 'စာရင်းထဲတွင် ငွေမလောက်ပါ။',
  },
  'ledger.linked-refused': {
    en: 'Another entry that belongs to this one was refused.',
    th: 'รายการที่ผูกกับรายการนี้ถูกปฏิเสธ',
    my: 'ဤစာရင်းနှင့် တွဲထားသော စာရင်း ငြင်းပယ်ခံရသည်။',
  },
  'ledger.chain-open': {
    en: 'The last entry is linked to nothing.',
    th: 'รายการสุดท้ายไม่ได้ผูกกับรายการใด',
    my: 'နောက်ဆုံးစာရင်းသည် မည်သည့်အရာနှင့်မျှ မတွဲထားပါ။',
  },
  'ledger.account-differs': {
    en: 'An account of this id is open with other rules.',
    th: 'บัญชีรหัสนี้เปิดไว้ด้วยกติกาอื่น',
    my: 'ဤအမှတ်အသားဖြင့် စာရင်းကို အခြားစည်းမျဉ်းဖြင့် ဖွင့်ထားသည်။',
  },
  'ledger.period-not-over': {
    en: 'This month is not over yet.',
    th: 'เดือนนี้ยังไม่สิ้นสุด',
    my: 'ဤလ မကုန်သေးပါ။',
  },
  'ledger.period-already-closed': {
    en: 'This month is closed already.',
    th: 'เดือนนี้ปิดแล้ว',
    my: 'ဤလကို ပိတ်ပြီးဖြစ်သည်။',
  },
  'ledger.period-earlier-open': {
    en: 'An earlier month is still open. Close that one first.',
    th: 'เดือนก่อนหน้ายังเปิดอยู่ ปิดเดือนนั้นก่อน',
    my: 'အစောပိုင်းလ ဖွင့်ထားဆဲဖြစ်သည်။ ထိုလကို အရင်ပိတ်ပါ။',
  },
  'ledger.period-pending-due': {
    en: 'Entries of this month still wait for a decision. Post them or set them aside first.',
    th: 'มีรายการของเดือนนี้ที่ยังรอการตัดสิน ลงรายการหรือยกเลิกก่อน',
    my: 'ဤလ၏ စာရင်းများ ဆုံးဖြတ်ရန် ကျန်သေးသည်။ အရင်ရေးပါ သို့မဟုတ် ဖယ်ပါ။',
  },
  'ledger.rate-missing': {
    en: 'A rate is missing for that day. Enter one with its source.',
    th: 'ไม่มีอัตราแลกเปลี่ยนของวันนั้น กรอกอัตราพร้อมแหล่งที่มา',
    my: 'ထိုနေ့အတွက် ငွေလဲနှုန်း မရှိပါ။ ရင်းမြစ်နှင့်အတူ ဖြည့်ပါ။',
  },
  'fund.scheme-unknown': {
    en: 'This country has no such scheme.',
    th: 'ประเทศนี้ไม่มีกองทุนนั้น',
    my: 'ဤနိုင်ငံတွင် ထိုအစီအစဉ် မရှိပါ။',
  },
  'fund.currency-same': {
    en: 'Choose two different currencies.',
    th: 'เลือกสกุลเงินสองสกุลที่ต่างกัน',
    my: 'မတူညီသော ငွေကြေးနှစ်မျိုး ရွေးပါ။',
  },
  'fund.rate-in-future': {
    en: 'A rate cannot be of a time to come.',
    th: 'อัตราแลกเปลี่ยนจะเป็นของเวลาในอนาคตไม่ได้',
    my: 'ငွေလဲနှုန်းသည် အနာဂတ်အချိန် မဖြစ်နိုင်ပါ။',
  },
  'fund.transfer-unknown': {
    en: 'There is no entry of that id in these books.',
    th: 'ไม่มีรายการตามรหัสนั้นในบัญชีนี้',
    my: 'ဤစာရင်းစာအုပ်တွင် ထိုအမှတ်အသား မရှိပါ။',
  },
  'fund.not-manual': {
    en: 'Only entries made by hand are reversed here. Undo the claim, payment or voucher instead.',
    th: 'ที่นี่กลับได้เฉพาะรายการที่ลงด้วยมือ ให้ยกเลิกการเบิก การจ่าย หรือคูปองแทน',
    my: 'ဤနေရာတွင် လက်ဖြင့်ရေးသော စာရင်းကိုသာ ပြန်လှန်နိုင်သည်။ တောင်းခံမှု၊ ငွေပေးချေမှု သို့မဟုတ် ဘောက်ချာကို ပြန်လှန်ပါ။',
  },
  'fund.day-in-future': {
    en: 'Choose today or an earlier day.',
    th: 'เลือกวันนี้หรือวันก่อนหน้า',
    my: 'ယနေ့ သို့မဟုတ် အစောပိုင်းရက် ရွေးပါ။',
  },
  'fund.revalued-already': {
    en: 'Balances of that day or a later one were revalued already.',
    th: 'ยอดของวันนั้นหรือหลังจากนั้นตีราคาใหม่ไปแล้ว',
    my: 'ထိုနေ့ သို့မဟုတ် နောက်ပိုင်းရက်၏ လက်ကျန်ကို ပြန်လည်တန်ဖိုးဖြတ်ပြီးပါပြီ။',
  },
  'fund.nothing-foreign': {
    en: 'The fund holds nothing in another currency.',
    th: 'กองทุนไม่มียอดในสกุลเงินอื่น',
    my: 'ရန်ပုံငွေတွင် အခြားငွေကြေး မရှိပါ။',
  },
});
