/** The words of a summary's narrative, by language; English where a language has none. */

const english = {
  summary: 'Patient summary',
  noInformation: 'This document holds no information on this.',
  nameNotRecorded: 'Name not recorded',
  what: 'What',
  when: 'When',
  status: 'Status',
  value: 'Result',
  normalRange: 'Reference range',
  dose: 'Dose',
  severity: 'Severity',
  reaction: 'Reaction',
  note: 'Note',
  notStated: 'not stated',
  yes: 'yes',
  no: 'no',
};

export type Word = keyof typeof english;

const WORDS: Readonly<Record<string, Readonly<Record<Word, string>>>> = {
  en: english,
  th: {
    summary: 'สรุปข้อมูลสุขภาพ',
    noInformation: 'เอกสารนี้ไม่มีข้อมูลในเรื่องนี้',
    nameNotRecorded: 'ไม่ได้บันทึกชื่อ',
    what: 'รายการ',
    when: 'เมื่อ',
    status: 'สถานะ',
    value: 'ผล',
    normalRange: 'ค่าอ้างอิง',
    dose: 'ขนาดยา',
    severity: 'ความรุนแรง',
    reaction: 'อาการแพ้',
    note: 'หมายเหตุ',
    notStated: 'ไม่ได้ระบุ',
    yes: 'ใช่',
    no: 'ไม่ใช่',
  },
  my: {
    summary: 'ကျန်းမာရေး အကျဉ်းချုပ်',
    noInformation: 'ဤစာရွက်စာတမ်းတွင် ဤအကြောင်း အချက်အလက် မပါရှိပါ။',
    nameNotRecorded: 'အမည် မှတ်တမ်းတင်မထားပါ',
    what: 'အကြောင်းအရာ',
    when: 'အချိန်',
    status: 'အခြေအနေ',
    value: 'ရလဒ်',
    normalRange: 'ရည်ညွှန်း တန်ဖိုး',
    dose: 'ဆေးပမာဏ',
    severity: 'ပြင်းထန်မှု',
    reaction: 'တုံ့ပြန်မှု',
    note: 'မှတ်ချက်',
    notStated: 'ဖော်ပြမထားပါ',
    yes: 'ဟုတ်သည်',
    no: 'မဟုတ်ပါ',
  },
};

/** Codes of FHIR's own small value sets, by language. */
const STATUSES: Readonly<Record<string, readonly [english: string, thai: string, burmese: string]>> = {
  active: ['active', 'ยังเป็นอยู่', 'ဖြစ်ဆဲ'],
  recurrence: ['recurrence', 'กลับเป็นซ้ำ', 'ပြန်ဖြစ်'],
  relapse: ['relapse', 'กำเริบ', 'ပြန်ဖောက်'],
  inactive: ['inactive', 'ไม่มีอาการแล้ว', 'မဖြစ်တော့'],
  remission: ['remission', 'โรคสงบ', 'ရောဂါငြိမ်'],
  resolved: ['resolved', 'หายแล้ว', 'ပျောက်ကင်းပြီး'],
  completed: ['completed', 'เสร็จสิ้น', 'ပြီးဆုံး'],
  stopped: ['stopped', 'หยุดแล้ว', 'ရပ်ပြီး'],
  'on-hold': ['on hold', 'พักไว้ชั่วคราว', 'ခေတ္တရပ်'],
  intended: ['intended', 'วางแผนไว้', 'ရည်ရွယ်ထား'],
  'in-progress': ['in progress', 'กำลังดำเนินการ', 'ဆောင်ရွက်ဆဲ'],
  unknown: ['unknown', 'ไม่ทราบ', 'မသိ'],
  final: ['final', 'ผลสุดท้าย', 'အပြီးသတ်'],
  preliminary: ['preliminary', 'ผลเบื้องต้น', 'ကနဦး'],
  registered: ['registered', 'ลงทะเบียนแล้ว', 'မှတ်ပုံတင်ပြီး'],
  amended: ['amended', 'แก้ไขแล้ว', 'ပြင်ဆင်ပြီး'],
  corrected: ['corrected', 'แก้ไขให้ถูกต้องแล้ว', 'အမှန်ပြင်ပြီး'],
  partial: ['partial', 'บางส่วน', 'တစ်စိတ်တစ်ပိုင်း'],
  high: ['high', 'สูง', 'မြင့်'],
  low: ['low', 'ต่ำ', 'နိမ့်'],
  'unable-to-assess': ['unable to assess', 'ประเมินไม่ได้', 'မဆန်းစစ်နိုင်'],
  mild: ['mild', 'เล็กน้อย', 'အပျော့'],
  moderate: ['moderate', 'ปานกลาง', 'အလယ်အလတ်'],
  severe: ['severe', 'รุนแรง', 'ပြင်းထန်'],
};

/** The language of a tag without region or script: `th` of `th-TH`. */
export function primaryLanguage(tag: string): string {
  return (tag.split('-')[0] as string).toLowerCase();
}

export function word(key: Word, language: string): string {
  return (WORDS[primaryLanguage(language)] ?? english)[key];
}

/** A status code in the reader's language; the code itself where it has no words. */
export function statusWord(code: string | undefined, language: string): string {
  const row = code === undefined ? undefined : STATUSES[code];
  const column = primaryLanguage(language) === 'th' ? 1 : primaryLanguage(language) === 'my' ? 2 : 0;
  return row ? row[column] : (code ?? '');
}

const MONTHS: Readonly<Record<string, readonly string[]>> = {
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  th: ['ม.ค.', 'ก.พ.', 'มี.ค.', 'เม.ย.', 'พ.ค.', 'มิ.ย.', 'ก.ค.', 'ส.ค.', 'ก.ย.', 'ต.ค.', 'พ.ย.', 'ธ.ค.'],
  my: ['ဇန်', 'ဖေ', 'မတ်', 'ဧ', 'မေ', 'ဇွန်', 'ဇူ', 'ဩ', 'စက်', 'အောက်', 'နို', 'ဒီ'],
};

/**
 * A FHIR date, dateTime or instant as a reader of `language` writes it, as exact as it was recorded and in the time
 * zone it was recorded in. Years are of the common era, and say so in Thai, where a bare year would be read as Buddhist.
 */
export function formatDate(value: string | undefined, language: string, withTime = false): string {
  const [, year, month, day, time] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T(\d{2}:\d{2}))?/.exec(value ?? '') ?? [];
  if (!year) {
    return '';
  }
  const primary = primaryLanguage(language);
  const monthName = month && (MONTHS[primary] ?? (MONTHS.en as readonly string[]))[Number(month) - 1];
  const yearText = primary === 'th' ? `ค.ศ. ${year}` : year;
  const parts = [day && String(Number(day)), monthName, yearText, withTime ? time : undefined];
  return parts.filter(Boolean).join(' ');
}
