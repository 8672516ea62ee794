import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** The sentence for each refusal of this feature; the key is its code. */
export const settlementProblemMessages = defineMessages({
  'settlement.own-country': {
    en: 'This card was issued here. Look at the cover of this country instead.',
    th: 'บัตรนี้ออกในประเทศนี้ โปรดดูความคุ้มครองของประเทศนี้แทน',
    my: 'ဤကတ်ကို ဤနိုင်ငံတွင် ထုတ်ပေးထားသည်။ ဤနိုင်ငံ၏ အာမခံကို ကြည့်ပါ။',
  },
  'settlement.no-agreement': {
    en: 'No agreement in force lets this be asked of, claimed from or settled with that country.',
    th: 'ไม่มีข้อตกลงที่มีผลบังคับให้ถาม เรียกเก็บ หรือชำระบัญชีกับประเทศนั้น',
    my: 'ထိုနိုင်ငံကို မေးရန်၊ တောင်းဆိုရန် သို့မဟုတ် စာရင်းရှင်းရန် အသက်ဝင်နေသော သဘောတူညီချက် မရှိပါ။',
  },
  'settlement.agreement-suspended': {
    en: 'The cover agreement is suspended or not in force. Nothing is sent until it is again; what waits is kept.',
    th: 'ข้อตกลงถูกระงับหรือยังไม่มีผล จะไม่ส่งอะไรจนกว่าจะมีผลอีกครั้ง สิ่งที่รออยู่จะเก็บไว้',
    my: 'သဘောတူညီချက်ကို ရပ်ဆိုင်းထားသည် သို့မဟုတ် အသက်မဝင်ပါ။ ပြန်အသက်ဝင်သည်အထိ မပို့ပါ၊ စောင့်နေသည်များကို သိမ်းထားသည်။',
  },
  'settlement.agreement-differs': {
    en: 'The two countries hold different versions of the cover agreement. Tell the operator.',
    th: 'สองประเทศถือข้อตกลงคนละฉบับ โปรดแจ้งผู้ดูแลระบบ',
    my: 'နိုင်ငံနှစ်ခုတွင် သဘောတူညီချက် ဗားရှင်း မတူပါ။ စနစ်ကြီးကြပ်သူကို ပြောပါ။',
  },
  'settlement.not-understood': {
    en: 'The message is of a newer version than this node. It is kept and sent again; tell the operator.',
    th: 'ข้อความนี้เป็นรุ่นใหม่กว่าโหนดนี้ จะเก็บไว้และส่งใหม่ โปรดแจ้งผู้ดูแลระบบ',
    my: 'ဤသတင်းသည် ဤစနစ်ထက် ဗားရှင်းသစ် ဖြစ်သည်။ သိမ်းထားပြီး ပြန်ပို့မည်၊ စနစ်ကြီးကြပ်သူကို ပြောပါ။',
  },
  'settlement.no-locator': {
    en: 'The card does not carry what this country needs to ask about cover. The issuer can make a new one.',
    th: 'บัตรไม่มีข้อมูลที่ประเทศนี้ต้องใช้เพื่อถามเรื่องความคุ้มครอง ผู้ออกบัตรทำใบใหม่ได้',
    my: 'အာမခံမေးရန် လိုအပ်သည့်အရာ ကတ်တွင် မပါပါ။ ထုတ်ပေးသူက အသစ်လုပ်ပေးနိုင်သည်။',
  },
  'settlement.partner-unreachable': {
    en: 'The other country’s fund cannot be reached. Nothing was asked. Treat emergencies; try again in a moment.',
    th: 'ติดต่อกองทุนของอีกประเทศไม่ได้ ยังไม่ได้ถามอะไร รักษากรณีฉุกเฉินไปก่อน แล้วลองใหม่',
    my: 'အခြားနိုင်ငံ၏ ရန်ပုံငွေကို ဆက်သွယ်၍မရပါ။ အရေးပေါ်ကို ကုသပါ၊ ခဏအကြာ ထပ်စမ်းပါ။',
  },
  'settlement.partner-slow': {
    en: 'The other country’s fund takes too long to answer. Treat emergencies; try again.',
    th: 'กองทุนของอีกประเทศตอบช้าเกินไป รักษากรณีฉุกเฉินไปก่อน แล้วลองใหม่',
    my: 'အခြားနိုင်ငံ၏ ရန်ပုံငွေ အဖြေနောက်ကျလွန်းသည်။ အရေးပေါ်ကို ကုသပါ၊ ထပ်စမ်းပါ။',
  },
  'settlement.bad-answer': {
    en: 'The other country’s fund gave an answer that cannot be understood. Nothing of it was kept.',
    th: 'กองทุนของอีกประเทศให้คำตอบที่อ่านไม่เข้าใจ ไม่ได้เก็บอะไรไว้',
    my: 'အခြားနိုင်ငံ၏ ရန်ပုံငွေက နားမလည်နိုင်သော အဖြေပေးသည်။ ဘာမှ မသိမ်းပါ။',
  },
  'settlement.bad-signature': {
    en: 'What came is not signed by the other country’s node. Nothing of it was kept. Tell the operator.',
    th: 'สิ่งที่ได้รับไม่ได้ลงนามโดยโหนดของอีกประเทศ ไม่ได้เก็บไว้ โปรดแจ้งผู้ดูแลระบบ',
    my: 'ရောက်လာသည့်အရာကို အခြားနိုင်ငံ၏ စနစ်က လက်မှတ်မထိုးပါ။ မသိမ်းပါ။ စနစ်ကြီးကြပ်သူကို ပြောပါ။',
  },
  'settlement.clock': {
    en: 'The clocks of the two funds’ nodes are too far apart. Tell the operator; then try again.',
    th: 'นาฬิกาของสองโหนดต่างกันเกินไป โปรดแจ้งผู้ดูแลระบบแล้วลองใหม่',
    my: 'စနစ်နှစ်ခု၏ နာရီ ကွာလွန်းသည်။ စနစ်ကြီးကြပ်သူကို ပြောပြီး ထပ်စမ်းပါ။',
  },
  'settlement.person-unknown': {
    en: 'The other country’s fund knows nobody under this card and number.',
    th: 'กองทุนของอีกประเทศไม่รู้จักผู้ใดตามบัตรและเลขนี้',
    my: 'အခြားနိုင်ငံ၏ ရန်ပုံငွေက ဤကတ်နှင့် နံပါတ်ဖြင့် မည်သူ့ကိုမျှ မသိပါ။',
  },
  'settlement.consent-withdrawn': {
    en: 'The person has not agreed to their cover being shared, or has withdrawn it.',
    th: 'บุคคลนี้ไม่ยินยอมให้แบ่งปันข้อมูลความคุ้มครอง หรือถอนความยินยอมแล้ว',
    my: 'ထိုသူသည် အာမခံအချက်အလက် မျှဝေရန် သဘောမတူ သို့မဟုတ် ရုပ်သိမ်းထားသည်။',
  },
  'settlement.refused': {
    en: 'The other country’s fund does not answer this facility for this purpose.',
    th: 'กองทุนของอีกประเทศไม่ตอบสถานพยาบาลนี้เพื่อวัตถุประสงค์นี้',
    my: 'အခြားနိုင်ငံ၏ ရန်ပုံငွေက ဤကျန်းမာရေးဌာနကို ဤရည်ရွယ်ချက်အတွက် မဖြေပါ။',
  },
  'settlement.not-authorised': {
    en: 'There is no answer of the other country’s fund that this claim can rest on. Ask about cover first.',
    th: 'ไม่มีคำตอบของกองทุนอีกประเทศที่ใช้อ้างอิงได้ โปรดถามเรื่องความคุ้มครองก่อน',
    my: 'ဤတောင်းဆိုမှု အခြေခံရန် အခြားရန်ပုံငွေ၏ အဖြေ မရှိပါ။ အာမခံကို အရင်မေးပါ။',
  },
  'settlement.wrong-currency': {
    en: 'Prices are in another currency than the agreed price list.',
    th: 'ราคาเป็นสกุลเงินอื่นจากบัญชีราคาที่ตกลงกัน',
    my: 'ဈေးနှုန်းများသည် သဘောတူ ဈေးစာရင်းနှင့် ငွေကြေးမတူပါ။',
  },
  'settlement.days-not-allowed': {
    en: 'The days do not fit: in the future, in the wrong order, or before the agreement.',
    th: 'วันที่ไม่ถูกต้อง: เป็นวันในอนาคต สลับลำดับ หรือก่อนข้อตกลง',
    my: 'ရက်များ မကိုက်ညီပါ - အနာဂတ်၊ အစဉ်မှား သို့မဟုတ် သဘောတူညီချက်မတိုင်မီ။',
  },
  'settlement.claim-too-late': {
    en: 'The agreement’s time for sending this claim is over.',
    th: 'พ้นกำหนดเวลาส่งคำเรียกเก็บตามข้อตกลงแล้ว',
    my: 'ဤတောင်းဆိုမှု ပို့ရန် သဘောတူညီချက်ပါ အချိန် ကုန်သွားပြီ။',
  },
  'settlement.claim-number-used': {
    en: 'This facility has already used this claim number for care of someone insured abroad.',
    th: 'สถานพยาบาลนี้ใช้เลขเรียกเก็บนี้แล้ว',
    my: 'ဤဌာနက ဤတောင်းဆိုမှုနံပါတ်ကို သုံးပြီးဖြစ်သည်။',
  },
  'settlement.waived': {
    en: 'Under the agreement each country bears this care itself: nothing is claimed.',
    th: 'ตามข้อตกลง แต่ละประเทศรับภาระการดูแลนี้เอง ไม่มีการเรียกเก็บ',
    my: 'သဘောတူညီချက်အရ နိုင်ငံတိုင်း ကိုယ်တိုင်ကျခံသည် - တောင်းဆိုရန် မရှိပါ။',
  },
  'settlement.nothing-to-claim': {
    en: 'No line of this claim is paid under the agreement.',
    th: 'ไม่มีรายการใดที่จ่ายตามข้อตกลง',
    my: 'ဤတောင်းဆိုမှု၏ မည်သည့်အကြောင်းမျှ သဘောတူညီချက်အရ မပေးပါ။',
  },
  'settlement.out-of-order': {
    en: 'This message follows one that has not arrived yet. It is sent again later.',
    th: 'ข้อความนี้มาก่อนข้อความที่ยังมาไม่ถึง จะถูกส่งใหม่ภายหลัง',
    my: 'ဤသတင်းသည် မရောက်သေးသော သတင်းနောက်မှ ဖြစ်သည်။ နောက်မှ ပြန်ပို့မည်။',
  },
  'settlement.contradiction': {
    en: 'The two nodes hold different things under the same number. Tell the operator of both.',
    th: 'สองโหนดถือข้อมูลต่างกันใต้เลขเดียวกัน โปรดแจ้งผู้ดูแลระบบทั้งสองฝ่าย',
    my: 'စနစ်နှစ်ခုတွင် နံပါတ်တူအောက် မတူသောအရာ ရှိသည်။ ကြီးကြပ်သူနှစ်ဦးလုံးကို ပြောပါ။',
  },
  'settlement.line-in-statement': {
    en: 'The line stands in a signed statement. It can be taken back by a new claim in the next period.',
    th: 'รายการนี้อยู่ในใบแจ้งยอดที่ลงนามแล้ว ถอนได้ด้วยคำเรียกเก็บใหม่ในงวดถัดไป',
    my: 'ဤအကြောင်းသည် လက်မှတ်ထိုးပြီး စာရင်းတွင် ပါသည်။ နောက်ကာလ တောင်းဆိုမှုအသစ်ဖြင့် ပြန်ရုပ်နိုင်သည်။',
  },
  'settlement.move-not-allowed': {
    en: 'It is not this country’s turn on this line, or the line does not go there from where it is.',
    th: 'ยังไม่ถึงตาของประเทศนี้ หรือรายการนี้ไปขั้นนั้นไม่ได้',
    my: 'ဤအကြောင်းတွင် ဤနိုင်ငံ၏ အလှည့်မဟုတ်ပါ၊ သို့မဟုတ် ထိုအဆင့်သို့ မသွားနိုင်ပါ။',
  },
  'settlement.amount-not-allowed': {
    en: 'The amount is above what was claimed, below zero, or does not belong to this answer.',
    th: 'จำนวนเงินมากกว่าที่เรียกเก็บ ต่ำกว่าศูนย์ หรือไม่ตรงกับคำตอบนี้',
    my: 'ပမာဏသည် တောင်းဆိုသည်ထက် များ၊ သုညအောက် သို့မဟုတ် ဤအဖြေနှင့် မဆိုင်ပါ။',
  },
  'settlement.period-open': {
    en: 'The settlement period is not over yet.',
    th: 'งวดนี้ยังไม่สิ้นสุด',
    my: 'ဤကာလ မပြီးသေးပါ။',
  },
  'settlement.rate-missing': {
    en: 'No exchange rate of the agreed source is known for that day. Enter it, with its source and time.',
    th: 'ไม่มีอัตราแลกเปลี่ยนจากแหล่งที่ตกลงสำหรับวันนั้น โปรดใส่อัตราพร้อมแหล่งและเวลา',
    my: 'ထိုနေ့အတွက် သဘောတူအရင်းအမြစ်၏ ငွေလဲနှုန်း မရှိပါ။ အရင်းအမြစ်နှင့် အချိန်တို့ဖြင့် ထည့်ပါ။',
  },
  'settlement.rate-differs': {
    en: 'Another rate is already kept for this day and source. Rates are not overwritten.',
    th: 'มีอัตราอื่นสำหรับวันและแหล่งนี้แล้ว ไม่มีการเขียนทับอัตรา',
    my: 'ဤနေ့နှင့် အရင်းအမြစ်အတွက် အခြားနှုန်း ရှိပြီးဖြစ်သည်။ နှုန်းများကို မပြင်ရေးပါ။',
  },
  'settlement.nothing-to-settle': {
    en: 'No line is agreed and unsettled for this period.',
    th: 'ไม่มีรายการที่ตกลงแล้วและยังไม่ชำระในงวดนี้',
    my: 'ဤကာလအတွက် သဘောတူပြီး မရှင်းရသေးသော အကြောင်း မရှိပါ။',
  },
  'settlement.statement-open': {
    en: 'A statement of this period waits for the other country’s signature, or for ours.',
    th: 'ใบแจ้งยอดของงวดนี้รอลายเซ็นของอีกประเทศหรือของเรา',
    my: 'ဤကာလ၏ စာရင်းသည် အခြားနိုင်ငံ သို့မဟုတ် ကျွန်ုပ်တို့၏ လက်မှတ်ကို စောင့်နေသည်။',
  },
  'settlement.statement-state': {
    en: 'The statement is not at the step this belongs to.',
    th: 'ใบแจ้งยอดยังไม่อยู่ในขั้นตอนนี้',
    my: 'စာရင်းသည် ဤအဆင့်တွင် မရှိပါ။',
  },
  'settlement.not-payer': {
    en: 'Under this statement the other country pays.',
    th: 'ตามใบแจ้งยอดนี้ อีกประเทศเป็นผู้จ่าย',
    my: 'ဤစာရင်းအရ အခြားနိုင်ငံက ပေးရသည်။',
  },
  'settlement.payment-differs': {
    en: 'The amount is not what the statement and its interest come to.',
    th: 'จำนวนเงินไม่ตรงกับใบแจ้งยอดรวมดอกเบี้ย',
    my: 'ပမာဏသည် စာရင်းနှင့် အတိုးပေါင်း မကိုက်ညီပါ။',
  },
  'settlement.already-reversed': {
    en: 'This settled claim was already taken back.',
    th: 'คำเรียกเก็บนี้ถูกถอนแล้ว',
    my: 'ဤတောင်းဆိုမှုကို ပြန်ရုပ်ပြီးဖြစ်သည်။',
  },
  'settlement.borne-state': {
    en: 'Nothing of this claim is borne here, or the facility has been paid already.',
    th: 'ไม่มีส่วนใดของคำเรียกเก็บนี้ที่รับภาระที่นี่ หรือจ่ายสถานพยาบาลแล้ว',
    my: 'ဤတောင်းဆိုမှုမှ ဤနေရာက ကျခံရန် မရှိပါ၊ သို့မဟုတ် ဆေးရုံကို ပေးပြီးဖြစ်သည်။',
  },
  'settlement.certificate-invalid': {
    en: 'The certificate is not signed by the country it names, was changed, or is not about this person.',
    th: 'หนังสือรับรองไม่ได้ลงนามโดยประเทศที่ระบุ ถูกแก้ไข หรือไม่ใช่ของบุคคลนี้',
    my: 'လက်မှတ်ကို ဖော်ပြထားသောနိုင်ငံက မထိုးပါ၊ ပြောင်းထားသည် သို့မဟုတ် ဤသူနှင့် မဆိုင်ပါ။',
  },
  'settlement.certificate-known': {
    en: 'This certificate is already recorded.',
    th: 'หนังสือรับรองนี้บันทึกแล้ว',
    my: 'ဤလက်မှတ်ကို မှတ်တမ်းတင်ပြီးဖြစ်သည်။',
  },
  'settlement.rate-signed': {
    en: 'A statement that waits for a signature or is signed was converted by this rate: it is not changed.',
    th: 'ใบแจ้งยอดที่รอลงนามหรือลงนามแล้วใช้อัตรานี้ จึงแก้ไขไม่ได้',
    my: 'လက်မှတ်စောင့်ဆဲ သို့မဟုတ် ထိုးပြီး စာရင်းက ဤနှုန်းကို သုံးထားသဖြင့် မပြောင်းနိုင်ပါ။',
  },
  'settlement.certificate-asked': {
    en: 'That country has already been asked about this member, and its day to answer is not over.',
    th: 'ได้ถามประเทศนั้นเรื่องสมาชิกคนนี้แล้ว และยังไม่พ้นกำหนดตอบ',
    my: 'ထိုနိုင်ငံကို ဤအဖွဲ့ဝင်အကြောင်း မေးပြီးဖြစ်ပြီး ဖြေရန်ရက် မကုန်သေးပါ။',
  },
  'settlement.certificate-answered': {
    en: 'This request is already answered, or nothing was found to answer it with.',
    th: 'คำขอนี้ได้รับคำตอบแล้ว หรือไม่พบข้อมูลที่จะตอบ',
    my: 'ဤတောင်းဆိုချက်ကို ဖြေပြီးဖြစ်သည် သို့မဟုတ် ဖြေရန် အချက်အလက် မတွေ့ပါ။',
  },
  'settlement.card-of-another-country': {
    en: 'The card was not issued by the country that is asked.',
    th: 'บัตรนี้ไม่ได้ออกโดยประเทศที่ถาม',
    my: 'ဤကတ်ကို မေးသည့်နိုင်ငံက ထုတ်ပေးထားခြင်း မဟုတ်ပါ။',
  },
  'settlement.no-periods': {
    en: 'No insured periods that the agreement counts are known for this person.',
    th: 'ไม่มีระยะเวลาประกันที่ข้อตกลงนับสำหรับบุคคลนี้',
    my: 'ဤသူအတွက် သဘောတူညီချက်က ရေတွက်သော အာမခံကာလ မရှိပါ။',
  },
});
