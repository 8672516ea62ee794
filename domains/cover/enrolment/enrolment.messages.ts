import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** The sentence for each refusal of this feature; the key is its code. */
export const enrolmentProblemMessages = defineMessages({
  'enrolment.unknown-device': {
    en: 'This device was set up by another account, or on another node. Sign in as whoever set it up.',
    th: 'อุปกรณ์นี้ตั้งค่าโดยบัญชีอื่นหรือที่โหนดอื่น ลงชื่อเข้าใช้ด้วยบัญชีที่ตั้งค่าไว้',
    my: 'ဤကိရိယာကို အခြားအကောင့် သို့မဟုတ် အခြားဆာဗာဖြင့် ပြင်ဆင်ထားသည်။ ပြင်ဆင်ခဲ့သူအဖြစ် ဝင်ပါ။',
  },
  'policy.starts-before-enrolment': {
    en: 'Cover cannot start before the day of enrolment. Choose that day or a later one.',
    th: 'ความคุ้มครองเริ่มก่อนวันลงทะเบียนไม่ได้ เลือกวันนั้นหรือวันถัดไป',
    my: 'စာရင်းသွင်းသည့်နေ့မတိုင်မီ အာမခံ မစတင်နိုင်ပါ။ ထိုနေ့ သို့မဟုတ် နောက်ရက်ကို ရွေးပါ။',
  },
  'policy.too-far-ahead': {
    en: 'Cover cannot start more than a year ahead.',
    th: 'ความคุ้มครองเริ่มล่วงหน้าเกินหนึ่งปีไม่ได้',
    my: 'တစ်နှစ်ထက်ကျော်၍ ကြိုတင် မစတင်နိုင်ပါ။',
  },
  'policy.no-length': {
    en: 'Cover is for at least a day, and at most for the period of the scheme.',
    th: 'ความคุ้มครองต้องมีอย่างน้อยหนึ่งวัน และไม่เกินระยะเวลาของโครงการ',
    my: 'အာမခံသည် အနည်းဆုံး တစ်ရက်၊ အများဆုံး အစီအစဉ်၏ ကာလအထိ ဖြစ်သည်။',
  },
  'policy.too-many-instalments': {
    en: 'The scheme does not take so many instalments. Choose fewer.',
    th: 'โครงการไม่รับการแบ่งจ่ายหลายงวดเช่นนี้ เลือกให้น้อยลง',
    my: 'အစီအစဉ်သည် ဤမျှ အရစ်ကျ များစွာ လက်မခံပါ။ လျှော့ရွေးပါ။',
  },
  'policy.ended': {
    en: 'The policy has ended already.',
    th: 'กรมธรรม์สิ้นสุดแล้ว',
    my: 'ပေါ်လစီ ပြီးဆုံးပြီးဖြစ်သည်။',
  },
  'policy.ends-outside': {
    en: 'A policy ends on a day of its own period. Choose a day within it.',
    th: 'กรมธรรม์สิ้นสุดในวันที่อยู่ในระยะเวลาของตน เลือกวันภายในระยะเวลานั้น',
    my: 'ပေါ်လစီသည် မိမိကာလအတွင်း ရက်တွင် ပြီးဆုံးသည်။ ထိုကာလအတွင်းမှ ရက်ကို ရွေးပါ။',
  },
  'enrolment.forbidden-field': {
    en: 'This holds nationality, immigration status, a document number or an address. They are never recorded: nobody needs a document to be enrolled.',
    th: 'มีสัญชาติ สถานะการเข้าเมือง เลขเอกสาร หรือที่อยู่ ระบบไม่บันทึกข้อมูลเหล่านี้ ไม่ต้องใช้เอกสารในการสมัคร',
    my: 'နိုင်ငံသား၊ လူဝင်မှုအခြေအနေ၊ စာရွက်စာတမ်းနံပါတ် သို့မဟုတ် လိပ်စာ ပါနေသည်။ ၎င်းတို့ကို မမှတ်တမ်းတင်ပါ။ စာရင်းသွင်းရန် စာရွက်စာတမ်း မလိုပါ။',
  },
  'enrolment.unknown-group': { en: 'There is no group like that.', th: 'ไม่มีกลุ่มนี้', my: 'ဤအဖွဲ့ မရှိပါ။' },
  'enrolment.unknown-member': {
    en: 'There is no member like that. Search by name or number.',
    th: 'ไม่มีสมาชิกนี้ ค้นหาด้วยชื่อหรือหมายเลข',
    my: 'ဤအဖွဲ့ဝင် မရှိပါ။ အမည် သို့မဟုတ် နံပါတ်ဖြင့် ရှာပါ။',
  },
  'enrolment.unknown-policy': {
    en: 'There is no policy like that. Search by member or number.',
    th: 'ไม่มีกรมธรรม์นี้ ค้นหาด้วยสมาชิกหรือหมายเลข',
    my: 'ဤပေါ်လစီ မရှိပါ။ အဖွဲ့ဝင် သို့မဟုတ် နံပါတ်ဖြင့် ရှာပါ။',
  },
  'enrolment.unknown-person': {
    en: 'The record of that person is not here. Scan the card again, or enrol without a record.',
    th: 'ไม่มีเวชระเบียนของบุคคลนี้ที่นี่ สแกนบัตรอีกครั้ง หรือสมัครโดยไม่มีเวชระเบียน',
    my: 'ဤသူ၏ မှတ်တမ်း ဤနေရာတွင် မရှိပါ။ ကတ်ကို ပြန်စကင်ဖတ်ပါ၊ သို့မဟုတ် မှတ်တမ်းမပါဘဲ စာရင်းသွင်းပါ။',
  },
  'enrolment.person-differs': {
    en: 'The record is of someone with another name or birth. Check both, or enrol without the record.',
    th: 'เวชระเบียนเป็นของผู้ที่มีชื่อหรือวันเกิดอื่น ตรวจสอบ หรือสมัครโดยไม่ใช้เวชระเบียน',
    my: 'မှတ်တမ်းသည် အမည် သို့မဟုတ် မွေးနေ့ မတူသူ၏ဖြစ်သည်။ စစ်ဆေးပါ၊ သို့မဟုတ် မှတ်တမ်းမပါဘဲ စာရင်းသွင်းပါ။',
  },
  'enrolment.person-enrolled': {
    en: 'The record is of a member already. Enrol that member.',
    th: 'เวชระเบียนนี้เป็นของสมาชิกอยู่แล้ว ให้ใช้สมาชิกนั้น',
    my: 'မှတ်တမ်းသည် အဖွဲ့ဝင်ပြီးသားသူ၏ဖြစ်သည်။ ထိုအဖွဲ့ဝင်ကို သုံးပါ။',
  },
  'enrolment.day-invalid': {
    en: 'That day cannot be right: it is in the future, or too long ago. Correct it.',
    th: 'วันที่ไม่ถูกต้อง อยู่ในอนาคตหรือนานเกินไป โปรดแก้ไข',
    my: 'ရက်စွဲ မမှန်ပါ။ အနာဂတ် သို့မဟုတ် ကြာလွန်းသည်။ ပြင်ပါ။',
  },
  'enrolment.birth-invalid': {
    en: 'A birth in the future or more than 125 years ago cannot be right. Correct it, or estimate the age.',
    th: 'วันเกิดไม่ถูกต้อง โปรดแก้ไข หรือประมาณอายุ',
    my: 'မွေးနေ့ မမှန်နိုင်ပါ။ ပြင်ပါ၊ သို့မဟုတ် အသက်ကို ခန့်မှန်းပါ။',
  },
  'enrolment.overlap': {
    en: 'A member is covered in this scheme on some of these days already. Begin later, or end that policy.',
    th: 'สมาชิกมีความคุ้มครองในโครงการนี้บางวันแล้ว เริ่มภายหลัง หรือยุติกรมธรรม์นั้น',
    my: 'အဖွဲ့ဝင်သည် ဤရက်အချို့တွင် ဤအစီအစဉ်ဖြင့် အကာအကွယ်ရပြီးဖြစ်သည်။ နောက်မှစပါ၊ သို့မဟုတ် ထိုပေါ်လစီကို ရပ်ပါ။',
  },
  'enrolment.duplicate-unseen': {
    en: 'A member very like this one is enrolled already. Look at the likely matches, then save.',
    th: 'มีสมาชิกที่คล้ายกันมากอยู่แล้ว ดูรายชื่อที่อาจตรงกันแล้วจึงบันทึก',
    my: 'အလွန်တူသော အဖွဲ့ဝင် ရှိပြီးဖြစ်သည်။ တူနိုင်သူများကို ကြည့်ပြီးမှ သိမ်းပါ။',
  },
  'enrolment.roster-number-taken': {
    en: 'The group has another member under this works number. Check the number.',
    th: 'กลุ่มมีสมาชิกอื่นใช้รหัสพนักงานนี้ ตรวจสอบรหัส',
    my: 'အဖွဲ့တွင် ဤအလုပ်သမားနံပါတ်ဖြင့် အခြားသူ ရှိသည်။ စစ်ဆေးပါ။',
  },
  'enrolment.wrong-currency': {
    en: 'The scheme is kept in another currency. State the amount in that.',
    th: 'โครงการใช้สกุลเงินอื่น ระบุจำนวนเงินในสกุลนั้น',
    my: 'အစီအစဉ်သည် အခြားငွေကြေးဖြင့်ဖြစ်သည်။ ထိုငွေကြေးဖြင့် ဖော်ပြပါ။',
  },
  'enrolment.amount-invalid': {
    en: 'The amount must be above zero and no more than what it is taken from.',
    th: 'จำนวนเงินต้องมากกว่าศูนย์และไม่เกินยอดที่มี',
    my: 'ပမာဏသည် သုညထက်ကြီးပြီး ရှိသည်ထက် မပိုရပါ။',
  },
  'enrolment.payment-taken': {
    en: 'A payment with this reference was taken before. It is not taken twice.',
    th: 'รับชำระด้วยเลขอ้างอิงนี้แล้ว ไม่รับซ้ำ',
    my: 'ဤရည်ညွှန်းနံပါတ်ဖြင့် ငွေလက်ခံပြီးဖြစ်သည်။ နှစ်ခါ မလက်ခံပါ။',
  },
  'enrolment.nothing-owed': { en: 'Nothing is owed here.', th: 'ไม่มียอดค้าง', my: 'ပေးရန် မရှိပါ။' },
  'enrolment.already-reversed': {
    en: 'The payment was reversed before.',
    th: 'ยกเลิกการชำระนี้แล้ว',
    my: 'ဤငွေပေးချေမှုကို ပြန်ပယ်ဖျက်ပြီးဖြစ်သည်။',
  },
  'enrolment.not-reversible': {
    en: 'This cannot be taken back: money was returned out of it, or it is itself a reversal.',
    th: 'ย้อนกลับรายการนี้ไม่ได้',
    my: 'ဤအရာကို ပြန်မလှည့်နိုင်ပါ။',
  },
  'enrolment.already-renewed': {
    en: 'The policy was renewed before. Open the renewal.',
    th: 'ต่ออายุแล้ว เปิดกรมธรรม์ใหม่',
    my: 'သက်တမ်းတိုးပြီးဖြစ်သည်။ အသစ်ကို ဖွင့်ပါ။',
  },
  'enrolment.already-ended': {
    en: 'The policy has ended. Enrol anew.',
    th: 'กรมธรรม์สิ้นสุดแล้ว สมัครใหม่',
    my: 'ပေါ်လစီ ပြီးဆုံးပြီ။ အသစ် စာရင်းသွင်းပါ။',
  },
  'enrolment.not-renewable': {
    en: 'It is too early to renew, or the policy never began. Renew within 60 days before its end.',
    th: 'ยังต่ออายุไม่ได้ ต่ออายุภายใน 60 วันก่อนสิ้นสุด',
    my: 'သက်တမ်းတိုးရန် စောသေးသည်။ မကုန်မီ ရက် ၆၀ အတွင်း တိုးပါ။',
  },
  'enrolment.not-covered-then': {
    en: 'There is no cover on that day. Choose a day of the policy.',
    th: 'ไม่มีความคุ้มครองในวันนั้น เลือกวันในช่วงกรมธรรม์',
    my: 'ထိုရက်တွင် အကာအကွယ် မရှိပါ။ ပေါ်လစီကာလမှ ရက်ကို ရွေးပါ။',
  },
  'enrolment.file-too-large': {
    en: 'The file is larger than 10 MB. Split it, and send the parts one after another.',
    th: 'ไฟล์ใหญ่กว่า 10 MB แบ่งแล้วส่งทีละส่วน',
    my: 'ဖိုင်သည် 10 MB ထက်ကြီးသည်။ ခွဲပြီး တစ်ခုချင်း ပို့ပါ။',
  },
  'enrolment.file-unreadable': {
    en: 'The file is no table that can be read. Save it as CSV (UTF-8) or XLSX.',
    th: 'อ่านตารางในไฟล์ไม่ได้ บันทึกเป็น CSV (UTF-8) หรือ XLSX',
    my: 'ဖိုင်ကို ဇယားအဖြစ် မဖတ်နိုင်ပါ။ CSV (UTF-8) သို့မဟုတ် XLSX ဖြင့် သိမ်းပါ။',
  },
  'enrolment.file-line-unreadable': {
    en: 'A line of the file has more or fewer columns than its heading, or a quote that is not closed. Correct it, save, and send the file again.',
    th: 'มีบรรทัดที่จำนวนคอลัมน์ไม่ตรงกับหัวตาราง หรือเครื่องหมายคำพูดไม่ปิด แก้ไข บันทึก แล้วส่งใหม่',
    my: 'စာကြောင်းတစ်ကြောင်းတွင် ကော်လံအရေအတွက် ခေါင်းစီးနှင့် မတူပါ၊ သို့မဟုတ် မျက်တောင်ဖွင့် မပိတ်ထားပါ။ ပြင်ပြီး သိမ်း၍ ပြန်ပို့ပါ။',
  },
  'enrolment.sheet-too-far': {
    en: 'The sheet has a cell far outside the list. Delete the empty rows and columns around the list, save, and send it again.',
    th: 'มีเซลล์อยู่ไกลนอกรายชื่อ ลบแถวและคอลัมน์ว่างรอบรายชื่อ บันทึก แล้วส่งใหม่',
    my: 'စာရင်းပြင်ပ အဝေးတွင် ကွက်တစ်ကွက် ရှိသည်။ စာရင်းပတ်လည်ရှိ အလွတ်အတန်းနှင့် ကော်လံများကို ဖျက်ပြီး သိမ်း၍ ပြန်ပို့ပါ။',
  },
  'enrolment.covered-elsewhere': {
    en: 'Covered in this scheme already: nothing is due twice. If they came to you from another employer, ask the enrolment officer for a transfer; if it is somebody else, for an enrolment at the desk.',
    th: 'มีความคุ้มครองในโครงการนี้แล้ว ไม่ต้องจ่ายซ้ำ หากย้ายมาจากนายจ้างอื่น ให้ขอเจ้าหน้าที่โอนย้าย หากเป็นคนอื่น ให้สมัครที่เคาน์เตอร์',
    my: 'ဤအစီအစဉ်တွင် အကာအကွယ် ရှိပြီး: နှစ်ခါ ပေးရန်မလိုပါ။ အခြားအလုပ်ရှင်ထံမှ ပြောင်းလာလျှင် တာဝန်ရှိသူအား လွှဲပြောင်းခိုင်းပါ။ အခြားသူဖြစ်လျှင် ကောင်တာတွင် စာရင်းသွင်းပါ။',
  },
  'enrolment.no-excess': {
    en: 'Nothing above the ceiling is to be given back for that month: it was given back, or not all is paid.',
    th: 'เดือนนั้นไม่มีส่วนเกินเพดานที่ต้องคืน: คืนแล้ว หรือยังชำระไม่ครบ',
    my: 'ထိုလအတွက် အမြင့်ဆုံးထက်ကျော်၍ ပြန်ပေးရန် မရှိပါ: ပြန်ပေးပြီး သို့မဟုတ် အားလုံး မပေးရသေး။',
  },
  'enrolment.no-reminder': {
    en: 'Nobody needs to be told of this any more: somebody was there, or it is settled. Reload the list.',
    th: 'ไม่ต้องแจ้งเรื่องนี้แล้ว: มีผู้แจ้งแล้ว หรือเรียบร้อยแล้ว โหลดรายการใหม่',
    my: 'ဤအကြောင်း ပြောရန် မလိုတော့ပါ: ပြောပြီး သို့မဟုတ် ပြီးပြေပြီ။ စာရင်း ပြန်ဖွင့်ပါ။',
  },
  'enrolment.columns-missing': {
    en: 'The file misses a column it needs. Download the template for the names.',
    th: 'ไฟล์ขาดคอลัมน์ที่ต้องใช้ ดาวน์โหลดแบบฟอร์มเพื่อดูชื่อ',
    my: 'ဖိုင်တွင် လိုအပ်သော ကော်လံ မပါပါ။ ပုံစံကို ဒေါင်းလုဒ်လုပ်ပါ။',
  },
  'enrolment.file-changed': {
    en: 'The file is not the one that was previewed. Preview it again.',
    th: 'ไฟล์ไม่ใช่ไฟล์ที่ดูตัวอย่างไว้ ดูตัวอย่างอีกครั้ง',
    my: 'ဖိုင်သည် ကြိုကြည့်ထားသည့်ဖိုင် မဟုတ်ပါ။ ပြန်ကြည့်ပါ။',
  },
  'enrolment.line-settled': {
    en: 'Somebody settled this line already. Reload the list.',
    th: 'มีผู้จัดการรายการนี้แล้ว โหลดใหม่',
    my: 'ဤစာကြောင်းကို တစ်စုံတစ်ဦး ဆောင်ရွက်ပြီးဖြစ်သည်။ ပြန်ဖွင့်ပါ။',
  },
  'enrolment.campaign-invalid': {
    en: 'A campaign needs groups it is for, and ends after it begins.',
    th: 'แคมเปญต้องมีกลุ่มเป้าหมาย และสิ้นสุดหลังวันเริ่ม',
    my: 'လှုံ့ဆော်ပွဲတွင် ရည်ရွယ်အဖွဲ့များ လိုပြီး စသည့်ရက်နောက်မှ ပြီးရမည်။',
  },
  'enrolment.too-many': {
    en: 'That is too many at once. Choose fewer.',
    th: 'มากเกินไปในครั้งเดียว เลือกน้อยลง',
    my: 'တစ်ကြိမ်တည်း များလွန်းသည်။ လျှော့ရွေးပါ။',
  },
  'enrolment.left-before': {
    en: 'This member was on the policy before and left. Take the leaving back, or enrol the member under a policy of their own.',
    th: 'สมาชิกนี้เคยอยู่ในกรมธรรม์และออกไปแล้ว ให้ยกเลิกการออก หรือสมัครเป็นกรมธรรม์ของตนเอง',
    my: 'ဤအဖွဲ့ဝင်သည် ပေါ်လစီတွင် ယခင်ပါဝင်ပြီး ထွက်ခဲ့သည်။ ထွက်ခြင်းကို ပြန်ရုပ်ပါ၊ သို့မဟုတ် ကိုယ်ပိုင်ပေါ်လစီဖြင့် စာရင်းသွင်းပါ။',
  },
  'enrolment.nothing-to-take-back': {
    en: 'There is nothing to take back: it was taken back already, or something else happened since.',
    th: 'ไม่มีอะไรให้ยกเลิก อาจยกเลิกไปแล้ว หรือมีการเปลี่ยนแปลงอื่นภายหลัง',
    my: 'ပြန်ရုပ်ရန် မရှိပါ - ပြန်ရုပ်ပြီးဖြစ်သည်၊ သို့မဟုတ် နောက်ပိုင်း အခြားပြောင်းလဲမှု ရှိခဲ့သည်။',
  },
  'enrolment.no-certificate': {
    en: 'That is no certificate of insured periods. Copy the whole text of the sheet.',
    th: 'ไม่ใช่ใบรับรองระยะเวลาประกัน คัดลอกข้อความทั้งหมดของใบรับรอง',
    my: 'အာမခံကာလ လက်မှတ် မဟုတ်ပါ။ စာရွက်ပေါ်ရှိ စာသားအားလုံးကို ကူးယူပါ။',
  },
});
