import type { Language } from '@serai/kernel/i18n/i18n.ts';

/**
 * Why a claim looks wrong, by number from 200 on. A suspicion rejects nothing: it puts the claim before a person, with what
 * it rests on. `certain`: it cannot be. `likely`: it hardly can. `possible`: it happens, and is worth a look.
 */
export interface SuspicionReason {
  readonly number: number;
  readonly name: string;
  readonly weight: 'certain' | 'likely' | 'possible';
  readonly says: Readonly<Record<Language, string>>;
}

function suspicion(
  number: number,
  name: string,
  weight: SuspicionReason['weight'],
  en: string,
  th: string,
  my: string,
): SuspicionReason {
  return { number, name, weight, says: { en, th, my } };
}

export const suspicionReasons: readonly SuspicionReason[] = [
  suspicion(
    200,
    'same-claim',
    'certain',
    'The same claim was sent before under another number: same member, facility, days, codes and amount.',
    'เคยส่งใบเบิกเดียวกันด้วยเลขที่อื่นแล้ว: สมาชิก สถานพยาบาล วันที่ รหัส และจำนวนเงินตรงกัน',
    'တူညီသောတောင်းခံလွှာကို အခြားနံပါတ်ဖြင့် တင်ပြီးဖြစ်သည်။ အဖွဲ့ဝင်၊ ဆေးရုံ၊ ရက်စွဲ၊ ကုဒ်နှင့် ငွေပမာဏ တူသည်။',
  ),
  suspicion(
    201,
    'same-line',
    'likely',
    'The same item or service, for the same member, day and facility, is in another claim.',
    'รายการเดียวกันของสมาชิก วัน และสถานพยาบาลเดียวกัน อยู่ในใบเบิกอื่นแล้ว',
    'အဖွဲ့ဝင်၊ နေ့ရက်၊ ဆေးရုံ တူညီသော အမျိုးအမည်သည် အခြားတောင်းခံလွှာတွင် ပါရှိသည်။',
  ),
  suspicion(
    202,
    'same-line-twice',
    'possible',
    'The same item or service at the same price is in this claim twice.',
    'รายการเดียวกันราคาเดียวกันซ้ำในใบเบิกนี้',
    'ဈေးနှုန်းတူ အမျိုးအမည်တစ်ခုတည်း ဤတောင်းခံလွှာတွင် နှစ်ကြိမ်ပါသည်။',
  ),
  suspicion(
    203,
    'same-amount',
    'possible',
    'The same member had a claim with the same main diagnosis and the same amount within two weeks.',
    'สมาชิกเดียวกันมีใบเบิกที่วินิจฉัยหลักและจำนวนเงินเท่ากันภายในสองสัปดาห์',
    'နှစ်ပတ်အတွင်း အဓိကရောဂါနှင့် ငွေပမာဏတူ တောင်းခံလွှာ ရှိသည်။',
  ),
  suspicion(
    210,
    'before-birth',
    'certain',
    'Care was given before the member was born.',
    'รับบริการก่อนวันเกิดของสมาชิก',
    'အဖွဲ့ဝင် မမွေးမီ ကုသမှုဖြစ်နေသည်။',
  ),
  suspicion(
    211,
    'after-death',
    'certain',
    'Care was given after the member had died.',
    'รับบริการหลังสมาชิกเสียชีวิต',
    'အဖွဲ့ဝင် ကွယ်လွန်ပြီးနောက် ကုသမှုဖြစ်နေသည်။',
  ),
  suspicion(
    212,
    'male-delivery',
    'certain',
    'A man was delivered of a child, or had antenatal care.',
    'ผู้ชายคลอดบุตรหรือฝากครรภ์',
    'အမျိုးသားက မီးဖွားခြင်း သို့မဟုတ် ကိုယ်ဝန်ပြသခြင်း ဖြစ်နေသည်။',
  ),
  suspicion(
    213,
    'deliveries-too-close',
    'certain',
    'Two deliveries lie fewer than 150 days apart.',
    'การคลอดสองครั้งห่างกันน้อยกว่า 150 วัน',
    'မီးဖွားမှုနှစ်ကြိမ် ရက် ၁၅၀ မပြည့်ဘဲ ဖြစ်နေသည်။',
  ),
  suspicion(
    214,
    'delivery-age',
    'likely',
    'The mother is younger than 10 or older than 55.',
    'มารดาอายุน้อยกว่า 10 ปีหรือมากกว่า 55 ปี',
    'မိခင်အသက် ၁၀ နှစ်အောက် သို့မဟုတ် ၅၅ နှစ်အထက် ဖြစ်နေသည်။',
  ),
  suspicion(
    215,
    'two-beds',
    'certain',
    'The member was an in-patient of two facilities in the same night.',
    'สมาชิกนอนสองโรงพยาบาลในคืนเดียวกัน',
    'အဖွဲ့ဝင်သည် တစ်ညတည်း ဆေးရုံနှစ်ခုတွင် တက်ရောက်နေသည်။',
  ),
  suspicion(
    216,
    'out-while-in',
    'likely',
    'The member was an out-patient elsewhere on a day between admission and discharge.',
    'สมาชิกเป็นผู้ป่วยนอกที่อื่นระหว่างนอนโรงพยาบาล',
    'ဆေးရုံတက်နေစဉ် အခြားနေရာတွင် ပြင်ပလူနာ ဖြစ်နေသည်။',
  ),
  suspicion(
    217,
    'two-countries',
    'possible',
    'The member was treated in two countries on one day. In border towns that may be.',
    'สมาชิกรับบริการสองประเทศในวันเดียว ซึ่งเป็นไปได้ในเมืองชายแดน',
    'တစ်ရက်တည်း နိုင်ငံနှစ်ခုတွင် ကုသထားသည်။ နယ်စပ်မြို့များတွင် ဖြစ်နိုင်သည်။',
  ),
  suspicion(
    220,
    'more-nights-than-stay',
    'certain',
    'More nights in a bed are claimed than the stay has days.',
    'เบิกค่าเตียงมากกว่าจำนวนวันที่นอน',
    'တက်ရောက်ရက်ထက် ကုတင်ခ ပိုတောင်းထားသည်။',
  ),
  suspicion(
    221,
    'quantity-absurd',
    'likely',
    'More of it is claimed than one person can have in these days.',
    'จำนวนมากเกินกว่าที่คนหนึ่งจะใช้ได้ในช่วงวันดังกล่าว',
    'ဤရက်များအတွင်း လူတစ်ဦး ရရှိနိုင်သည်ထက် ပိုတောင်းထားသည်။',
  ),
  suspicion(
    230,
    'beyond-capacity',
    'likely',
    'The facility claims for more people on this day than it can see.',
    'สถานพยาบาลเบิกจำนวนคนในวันนี้เกินกำลังที่ตรวจได้',
    'ဆေးရုံသည် ဤနေ့တွင် ကြည့်ရှုနိုင်သည်ထက် ပို၍ တောင်းခံထားသည်။',
  ),
  suspicion(
    231,
    'closed',
    'likely',
    'The facility was closed on the day; it was no emergency.',
    'สถานพยาบาลปิดในวันนั้นและไม่ใช่กรณีฉุกเฉิน',
    'ထိုနေ့တွင် ဆေးရုံပိတ်ထားပြီး အရေးပေါ် မဟုတ်ပါ။',
  ),
];

const byNumber = new Map(suspicionReasons.map((each) => [each.number, each]));

export function suspicionOf(number: number): SuspicionReason | undefined {
  return byNumber.get(number);
}
