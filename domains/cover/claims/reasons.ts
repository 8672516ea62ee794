import type { Language } from '@serai/kernel/i18n/i18n.ts';
import type { ClaimCategory } from '../schemes/scheme.ts';

/**
 * Why a claim or a line of it was not accepted, by number. −1 to 19 are openIMIS's numbers, so that those who know them
 * read them at once (6 and 18 are unused there and here); from 100 on they are ours. `docs/reference/claim-reasons.md`
 * is generated from this table.
 */
export interface Reason {
  readonly number: number;
  /** Stable name for code and files. */
  readonly name: string;
  /** `claim`: every line falls with it. `line`: only that line does. */
  readonly falls: 'claim' | 'line';
  /** What happened. */
  readonly says: Readonly<Record<Language, string>>;
  /** What the provider can do about it. */
  readonly todo: Readonly<Record<Language, string>>;
}

type Texts = readonly [en: string, th: string, my: string];

function reason(number: number, name: string, falls: Reason['falls'], says: Texts, todo: Texts): Reason {
  const texts = ([en, th, my]: Texts) => ({ en, th, my });
  return { number, name, falls, says: texts(says), todo: texts(todo) };
}

const nothing: Texts = ['Nothing to do.', 'ไม่ต้องทำอะไร', 'လုပ်ဆောင်ရန် မလိုပါ။'];
const askMember: Texts = [
  'Check the member’s number and cover, then submit again.',
  'ตรวจสอบเลขสมาชิกและสิทธิ แล้วส่งใหม่',
  'အဖွဲ့ဝင်နံပါတ်နှင့် အကျုံးဝင်မှုကို စစ်ဆေးပြီး ပြန်တင်ပါ။',
];
const limitReached: Texts = [
  'The number the scheme pays for in this period is used up. Tell the member before further care.',
  'ใช้สิทธิครบจำนวนในรอบนี้แล้ว โปรดแจ้งสมาชิกก่อนให้บริการต่อ',
  'ဤကာလအတွင်း ပေးချေမည့် အကြိမ်ရေ ပြည့်သွားပြီ။ ဆက်လက်ကုသမှု မပြုမီ အဖွဲ့ဝင်ကို ပြောပါ။',
];
const correctDates: Texts = ['Correct the dates and submit again.', 'แก้ไขวันที่แล้วส่งใหม่', 'ရက်စွဲများကို ပြင်ပြီး ပြန်တင်ပါ။'];
const askFund: Texts = [
  'Ask the fund; appeal if you think this is wrong.',
  'สอบถามกองทุน หากเห็นว่าไม่ถูกต้องให้อุทธรณ์',
  'ရန်ပုံငွေကို မေးပါ။ မမှန်ဟု ထင်လျှင် အယူခံပါ။',
];

export const reasons: readonly Reason[] = [
  reason(
    -1,
    'medical-officer',
    'line',
    ['Rejected by the medical officer.', 'แพทย์ผู้ตรวจสอบไม่อนุมัติ', 'ဆေးဘက်ဆိုင်ရာ အရာရှိက ပယ်ချသည်။'],
    askFund,
  ),
  reason(0, 'accepted', 'line', ['Accepted.', 'อนุมัติ', 'လက်ခံသည်။'], nothing),
  reason(
    1,
    'not-valid',
    'line',
    [
      'The item or service is not in the catalogue on this day; for a claim: none of its lines was accepted.',
      'รายการนี้ไม่มีในบัญชีรายการในวันที่รับบริการ; สำหรับใบเบิก: ไม่มีรายการใดได้รับอนุมัติ',
      'ဤရက်တွင် စာရင်း၌ မပါဝင်ပါ။ တောင်းခံလွှာအတွက်: မည်သည့်စာကြောင်းမျှ လက်မခံပါ။',
    ],
    [
      'Check the code, the day and the quantity, then submit the line again.',
      'ตรวจสอบรหัส วันที่ และจำนวน แล้วส่งใหม่',
      'ကုဒ်၊ ရက်စွဲနှင့် အရေအတွက်ကို စစ်ဆေးပြီး ပြန်တင်ပါ။',
    ],
  ),
  reason(
    2,
    'not-in-price-list',
    'line',
    [
      'No price list for this kind of facility has a price for it on this day.',
      'ไม่มีราคาในบัญชีราคาของสถานพยาบาลประเภทนี้ในวันนั้น',
      'ဤဆေးရုံအမျိုးအစားအတွက် ထိုနေ့တွင် ဈေးနှုန်းမရှိပါ။',
    ],
    [
      'Bill a listed item or service, or ask the fund to list it.',
      'เบิกรายการที่มีในบัญชี หรือขอให้กองทุนเพิ่มรายการ',
      'စာရင်းပါ အမျိုးအမည်ကို တောင်းခံပါ၊ သို့မဟုတ် စာရင်းသွင်းရန် တောင်းဆိုပါ။',
    ],
  ),
  reason(
    3,
    'not-covered',
    'line',
    [
      'The member had no cover for this on the day of care.',
      'สมาชิกไม่มีสิทธิสำหรับรายการนี้ในวันที่รับบริการ',
      'ကုသသည့်နေ့တွင် အဖွဲ့ဝင်၌ ဤအတွက် အကျုံးဝင်မှု မရှိပါ။',
    ],
    askMember,
  ),
  reason(
    4,
    'not-for-patient',
    'line',
    ['It is not for a patient of this sex or age.', 'รายการนี้ไม่ใช้กับผู้ป่วยเพศหรืออายุนี้', 'ဤကျား/မ သို့မဟုတ် အသက်အရွယ် လူနာအတွက် မဟုတ်ပါ။'],
    [
      'Check the code and the member, then submit again.',
      'ตรวจสอบรหัสและสมาชิก แล้วส่งใหม่',
      'ကုဒ်နှင့် အဖွဲ့ဝင်ကို စစ်ဆေးပြီး ပြန်တင်ပါ။',
    ],
  ),
  reason(
    5,
    'too-soon',
    'line',
    [
      'The member had the same too few days before or after.',
      'สมาชิกได้รับรายการเดียวกันภายในระยะเวลาที่กำหนด',
      'အဖွဲ့ဝင်သည် သတ်မှတ်ရက်အတွင်း အလားတူ ရရှိပြီးဖြစ်သည်။',
    ],
    [
      'If it was needed so soon, appeal with the reason.',
      'หากจำเป็นทางการแพทย์ ให้อุทธรณ์พร้อมเหตุผล',
      'ဆောလျင်စွာ လိုအပ်ခဲ့လျှင် အကြောင်းပြချက်ဖြင့် အယူခံပါ။',
    ],
  ),
  reason(
    7,
    'member-unknown',
    'claim',
    ['The fund does not know this member.', 'กองทุนไม่พบสมาชิกนี้', 'ရန်ပုံငွေသည် ဤအဖွဲ့ဝင်ကို မသိပါ။'],
    askMember,
  ),
  reason(
    8,
    'diagnosis-not-listed',
    'claim',
    [
      'The main diagnosis is not one this scheme pays for.',
      'การวินิจฉัยหลักไม่อยู่ในรายการที่กองทุนจ่าย',
      'အဓိကရောဂါသည် ဤအစီအစဉ်က ပေးချေသည့်စာရင်းတွင် မပါပါ။',
    ],
    [
      'Check the order of the diagnoses; the first is the main one.',
      'ตรวจสอบลำดับการวินิจฉัย รายการแรกคือการวินิจฉัยหลัก',
      'ရောဂါအမည် အစီအစဉ်ကို စစ်ဆေးပါ။ ပထမဆုံးသည် အဓိကဖြစ်သည်။',
    ],
  ),
  reason(
    9,
    'dates',
    'claim',
    [
      'The dates cannot be: care ends before it begins, or was claimed before it began.',
      'วันที่ไม่ถูกต้อง: สิ้นสุดก่อนเริ่ม หรือเบิกก่อนรับบริการ',
      'ရက်စွဲမမှန်ပါ။ မစမီ ပြီးဆုံးခြင်း သို့မဟုတ် မကုသမီ တောင်းခံခြင်း ဖြစ်နေသည်။',
    ],
    correctDates,
  ),
  reason(
    10,
    'care-setting',
    'line',
    [
      'In-patient care needs a night and a facility with beds; out-patient care none.',
      'ผู้ป่วยในต้องค้างคืนในสถานพยาบาลที่มีเตียง ผู้ป่วยนอกต้องไม่ค้างคืน',
      'အတွင်းလူနာသည် ကုတင်ရှိဆေးရုံတွင် ညအိပ်ရမည်။ ပြင်ပလူနာသည် ညမအိပ်ရပါ။',
    ],
    correctDates,
  ),
  reason(
    11,
    'too-many-admissions',
    'claim',
    ['All admissions of the period are used.', 'ใช้สิทธินอนโรงพยาบาลครบแล้ว', 'ဆေးရုံတက်ခွင့် အကြိမ်ရေ ပြည့်ပြီ။'],
    limitReached,
  ),
  reason(
    12,
    'too-many-visits',
    'claim',
    ['All visits of the period are used.', 'ใช้สิทธิมารับบริการครบแล้ว', 'လာရောက်ကုသခွင့် အကြိမ်ရေ ပြည့်ပြီ။'],
    limitReached,
  ),
  reason(
    13,
    'too-many-consultations',
    'claim',
    ['All consultations of the period are used.', 'ใช้สิทธิพบแพทย์ครบแล้ว', 'ဆရာဝန်ပြခွင့် အကြိမ်ရေ ပြည့်ပြီ။'],
    limitReached,
  ),
  reason(
    14,
    'too-many-surgeries',
    'claim',
    ['All surgeries of the period are used.', 'ใช้สิทธิผ่าตัดครบแล้ว', 'ခွဲစိတ်ခွင့် အကြိမ်ရေ ပြည့်ပြီ။'],
    limitReached,
  ),
  reason(
    15,
    'too-many-deliveries',
    'claim',
    ['All deliveries of the period are used.', 'ใช้สิทธิคลอดบุตรครบแล้ว', 'မီးဖွားခွင့် အကြိမ်ရေ ပြည့်ပြီ။'],
    limitReached,
  ),
  reason(
    16,
    'quantity',
    'line',
    [
      'With what was had before it is more than the scheme pays for in the period.',
      'รวมกับที่ใช้ไปแล้วเกินจำนวนที่กองทุนจ่ายในรอบนี้',
      'ယခင်ရရှိပြီးများနှင့်ပေါင်းလျှင် ကာလအတွင်း ပေးချေမည့်ပမာဏထက် ကျော်လွန်သည်။',
    ],
    [
      'Submit no more than what is left, or ask for an exception.',
      'เบิกไม่เกินจำนวนที่เหลือ หรือขอข้อยกเว้น',
      'ကျန်ရှိသည့်ပမာဏထက် မပိုဘဲ တင်ပါ၊ သို့မဟုတ် ခြွင်းချက်တောင်းပါ။',
    ],
  ),
  reason(
    17,
    'waiting',
    'line',
    ['The waiting period of this benefit had not passed.', 'ยังไม่พ้นระยะเวลารอสิทธิ', 'ဤအကျိုးခံစားခွင့်၏ စောင့်ဆိုင်းကာလ မပြည့်သေးပါ။'],
    nothing,
  ),
  reason(
    19,
    'too-many-antenatal',
    'claim',
    ['All antenatal visits of the period are used.', 'ใช้สิทธิฝากครรภ์ครบแล้ว', 'ကိုယ်ဝန်ဆောင်ပြသခွင့် အကြိမ်ရေ ပြည့်ပြီ။'],
    limitReached,
  ),
  reason(
    100,
    'excluded',
    'claim',
    ['The scheme excludes the main diagnosis.', 'การวินิจฉัยหลักอยู่ในข้อยกเว้นของกองทุน', 'အဓိကရောဂါကို အစီအစဉ်က ချန်လှပ်ထားသည်။'],
    [
      'Check the order of the diagnoses; the first is the main one.',
      'ตรวจสอบลำดับการวินิจฉัย รายการแรกคือการวินิจฉัยหลัก',
      'ရောဂါအမည် အစီအစဉ်ကို စစ်ဆေးပါ။ ပထမဆုံးသည် အဓိကဖြစ်သည်။',
    ],
  ),
  reason(
    101,
    'referral-missing',
    'line',
    ['It needs a referral, and the claim names none.', 'ต้องมีใบส่งตัว แต่ใบเบิกไม่ได้ระบุ', 'လွှဲပြောင်းစာ လိုအပ်သော်လည်း မပါရှိပါ။'],
    ['Submit again with who referred the patient.', 'ส่งใหม่พร้อมระบุผู้ส่งตัว', 'လူနာကို လွှဲပြောင်းသူကို ဖော်ပြ၍ ပြန်တင်ပါ။'],
  ),
  reason(
    102,
    'preauthorisation-missing',
    'line',
    [
      'It must be authorised beforehand, and the claim names no authorisation.',
      'ต้องได้รับอนุมัติล่วงหน้า แต่ใบเบิกไม่ได้ระบุ',
      'ကြိုတင်ခွင့်ပြုချက် လိုအပ်သော်လည်း မပါရှိပါ။',
    ],
    ['Submit again with the number of the authorisation.', 'ส่งใหม่พร้อมเลขที่อนุมัติ', 'ခွင့်ပြုချက်နံပါတ်ဖြင့် ပြန်တင်ပါ။'],
  ),
  reason(
    103,
    'late',
    'claim',
    ['It was submitted after the time the scheme allows.', 'ส่งเบิกเกินกำหนดเวลา', 'အစီအစဉ်က ခွင့်ပြုသည့်အချိန်ထက် နောက်ကျ၍ တင်သည်။'],
    [
      'The patient may not be asked to pay for this. Appeal if the delay was not yours.',
      'ห้ามเรียกเก็บจากผู้ป่วย หากไม่ใช่ความล่าช้าของท่านให้อุทธรณ์',
      'လူနာထံမှ မတောင်းခံရ။ သင့်ကြောင့် မဟုတ်လျှင် အယူခံပါ။',
    ],
  ),
  reason(
    104,
    'out-of-network',
    'claim',
    ['The facility is not in the scheme’s network.', 'สถานพยาบาลไม่อยู่ในเครือข่ายของกองทุน', 'ဆေးရုံသည် အစီအစဉ်၏ ကွန်ရက်တွင် မပါပါ။'],
    [
      'Refer the patient to a facility of the network; emergencies at home are paid for anywhere.',
      'ส่งต่อผู้ป่วยไปยังสถานพยาบาลในเครือข่าย กรณีฉุกเฉินในประเทศจ่ายให้ทุกแห่ง',
      'လူနာကို ကွန်ရက်ဆေးရုံသို့ လွှဲပါ။ ပြည်တွင်းအရေးပေါ်ကို မည်သည့်နေရာတွင်မဆို ပေးချေသည်။',
    ],
  ),
  reason(
    105,
    'facility-level',
    'line',
    [
      'Facilities of this level are not paid for it.',
      'สถานพยาบาลระดับนี้ไม่ได้รับค่าบริการรายการนี้',
      'ဤအဆင့် ဆေးရုံအတွက် ပေးချေခြင်း မရှိပါ။',
    ],
    [
      'Refer the patient to a facility of the level that may provide it.',
      'ส่งต่อผู้ป่วยไปยังสถานพยาบาลระดับที่ให้บริการได้',
      'ပေးနိုင်သည့်အဆင့် ဆေးရုံသို့ လွှဲပါ။',
    ],
  ),
  reason(
    106,
    'not-abroad',
    'line',
    [
      'It is not paid for in the country where it was given.',
      'ไม่จ่ายสำหรับบริการในประเทศนั้น',
      'ကုသခဲ့သည့်နိုင်ငံတွင် ပေးချေခြင်း မရှိပါ။',
    ],
    askFund,
  ),
  reason(
    107,
    'suspended',
    'line',
    [
      'Cover was suspended: a contribution had not been paid when its grace ended.',
      'สิทธิถูกระงับ เนื่องจากไม่ได้ชำระเงินสมทบภายในเวลาผ่อนผัน',
      'အကျုံးဝင်မှု ဆိုင်းငံ့ထားသည်။ ထည့်ဝင်ကြေးကို သတ်မှတ်ချိန်အတွင်း မပေးခဲ့ပါ။',
    ],
    [
      'The member can pay what is owed; then ask for the claim to be looked at again.',
      'สมาชิกชำระยอดค้าง แล้วขอให้พิจารณาใหม่',
      'အဖွဲ့ဝင်က ကျန်ငွေပေးပြီးနောက် ပြန်လည်စဉ်းစားရန် တောင်းဆိုပါ။',
    ],
  ),
  reason(
    108,
    'ceiling-used-up',
    'line',
    [
      'Nothing is left under the ceiling: all of it is the member’s.',
      'เต็มวงเงินแล้ว ส่วนนี้สมาชิกต้องจ่ายเอง',
      'အများဆုံးပမာဏ ပြည့်သွားပြီ။ အားလုံးကို အဖွဲ့ဝင်က ပေးရမည်။',
    ],
    [
      'Tell the member what is left before further care.',
      'แจ้งวงเงินคงเหลือแก่สมาชิกก่อนให้บริการต่อ',
      'ဆက်လက်ကုသမှု မပြုမီ ကျန်ရှိပမာဏကို အဖွဲ့ဝင်အား ပြောပါ။',
    ],
  ),
  reason(
    109,
    'in-patient-days',
    'claim',
    [
      'With this stay the member passes the in-patient days the scheme pays for.',
      'จำนวนวันนอนเกินที่กองทุนจ่าย',
      'ဆေးရုံတက်ရက် ပေးချေမည့်ရက်ထက် ကျော်လွန်သည်။',
    ],
    askFund,
  ),
  reason(
    110,
    'qualifying',
    'line',
    [
      'Contributions were not paid for enough months before the care.',
      'ส่งเงินสมทบยังไม่ครบจำนวนเดือนก่อนรับบริการ',
      'ကုသမှုမတိုင်မီ ထည့်ဝင်ကြေး လအရေအတွက် မပြည့်ပါ။',
    ],
    nothing,
  ),
  reason(
    111,
    'no-rules',
    'claim',
    [
      'No version of the scheme holds for the first day of care.',
      'ไม่มีหลักเกณฑ์ที่ใช้บังคับในวันแรกที่รับบริการ',
      'ကုသမှုပထမနေ့အတွက် စည်းမျဉ်း မရှိပါ။',
    ],
    askFund,
  ),
  reason(
    112,
    'no-rate',
    'claim',
    [
      'There is no exchange rate for the currency of the claim.',
      'ไม่มีอัตราแลกเปลี่ยนสำหรับสกุลเงินของใบเบิก',
      'တောင်းခံလွှာ၏ ငွေကြေးအတွက် ငွေလဲနှုန်း မရှိပါ။',
    ],
    askFund,
  ),
];

const byNumber = new Map(reasons.map((each) => [each.number, each]));

/** What a number means; undefined for a number that is none. */
export function reasonOf(number: number): Reason | undefined {
  return byNumber.get(number);
}

/** The reason for too many claims of a category. */
export const categoryReasons: Readonly<Record<ClaimCategory, number>> = {
  hospitalisation: 11,
  visit: 12,
  consultation: 13,
  surgery: 14,
  delivery: 15,
  antenatal: 19,
};
