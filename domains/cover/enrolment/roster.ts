import type { Day } from '@serai/kernel/base/days.ts';
import { type Money, minorDigits, parseMoney } from '@serai/kernel/base/money.ts';
import { asciiDigits } from '@serai/kernel/linkage/digits.ts';
import type { Member, Relation } from '../cover.ts';
import type { FileTable } from './files/table-file.store.ts';
import { forbiddenField, type KnownBirth, nameKey } from './member.ts';
import { type BirthFault, type BirthNote, type DayOrder, dayOrderOf, readBirth } from './roster-birth.ts';

/**
 * An employer's list of its people, pure: columns found by what they are called in three languages, each line read for itself,
 * each fault with its field and what to do about it. Nothing here looks at who is enrolled already.
 */

export type RosterField =
  | 'reference'
  | 'name'
  | 'birth'
  | 'sex'
  | 'phone'
  | 'wage'
  | 'entitlement'
  | 'residence'
  | 'relation';

/** What columns are called, folded; the first name of each is the template's. */
const titles: Readonly<Record<RosterField, readonly string[]>> = {
  reference: [
    'works number',
    'worker number',
    'employee number',
    'employee id',
    'staff number',
    'no',
    'number',
    'รหัสพนักงาน',
    'เลขที่พนักงาน',
    'အလုပ်သမားနံပါတ်',
    'ဝန်ထမ်းနံပါတ်',
  ],
  name: ['name', 'full name', 'worker name', 'employee name', 'ชื่อ', 'ชื่อ-สกุล', 'ชื่อ-นามสกุล', 'ชื่อ สกุล', 'အမည်', 'နာမည်'],
  birth: [
    'birth',
    'birth date',
    'date of birth',
    'dob',
    'year of birth',
    'birth year',
    'วันเกิด',
    'วันเดือนปีเกิด',
    'ปีเกิด',
    'မွေးနေ့',
    'မွေးသက္ကရာဇ်',
  ],
  sex: ['sex', 'gender', 'เพศ', 'လိင်', 'ကျား/မ'],
  phone: ['phone', 'telephone', 'mobile', 'โทรศัพท์', 'เบอร์โทร', 'ဖုန်း', 'ဖုန်းနံပါတ်'],
  wage: ['wage', 'monthly wage', 'salary', 'ค่าจ้าง', 'เงินเดือน', 'လုပ်ခ', 'လစာ'],
  entitlement: ['entitlement', 'category', 'ประเภท', 'အမျိုးအစား'],
  residence: ['residence', 'lives in', 'country of residence', 'ประเทศที่อยู่', 'နေထိုင်ရာနိုင်ငံ'],
  relation: ['relation', 'relationship', 'ความสัมพันธ์', 'တော်စပ်ပုံ'],
};

export const templateColumns: readonly string[] = [
  'reference',
  'name',
  'birth',
  'sex',
  'phone',
  'wage',
  'entitlement',
].map((field) => titles[field as RosterField][0]!);

const needed: readonly RosterField[] = ['name', 'birth'];

export interface RosterColumns {
  readonly fields: ReadonlyMap<RosterField, number>;
  /** Columns that are not read: they are not kept, whatever they hold. */
  readonly ignored: readonly string[];
  /** Of these, what Serai never records. */
  readonly forbidden: readonly string[];
  readonly missing: readonly string[];
}

/** Which column holds what. */
export function rosterColumns(columns: readonly string[]): RosterColumns {
  const fields = new Map<RosterField, number>();
  const ignored: string[] = [];
  const forbidden: string[] = [];
  for (const [i, title] of columns.entries()) {
    const plain = nameKey(title).replace(/[_.]+/g, ' ').trim();
    const field = (Object.keys(titles) as RosterField[]).find((each) => titles[each].includes(plain));
    if (field && !fields.has(field)) {
      fields.set(field, i);
    } else {
      ignored.push(title);
      if (forbiddenField(title) !== undefined) {
        forbidden.push(title);
      }
    }
  }
  return {
    fields,
    ignored,
    forbidden,
    missing: needed.filter((field) => !fields.has(field)).map((field) => titles[field][0]!),
  };
}

export type RosterFault =
  | 'name-missing'
  | 'name-long'
  | BirthFault
  | 'sex-unknown'
  | 'phone-invalid'
  | WageFault
  | 'entitlement-invalid'
  | 'residence-invalid'
  | 'reference-twice'
  | 'reference-long'
  | 'same-person-twice';

export interface RosterIssue {
  readonly field: RosterField;
  readonly fault: RosterFault;
}

export interface RosterPerson extends KnownBirth {
  readonly line: number;
  readonly reference: string | undefined;
  readonly name: string;
  readonly sex: Member['sex'];
  readonly phone: string | undefined;
  readonly wage: Money | undefined;
  readonly entitlement: string;
  readonly residence: string;
  readonly relation: Relation;
  /** How the birth was read where that is not as it was written. */
  readonly notes: readonly BirthNote[];
}

export interface ReadRoster {
  readonly people: readonly RosterPerson[];
  readonly refused: readonly { readonly line: number; readonly issues: readonly RosterIssue[] }[];
}

export interface RosterReading {
  readonly today: Day;
  readonly currency: string;
  readonly country: string;
  /** For lines that do not say. */
  readonly entitlement: string;
}

/** Every line read, each fault told. A works number or a person that comes twice is refused the second time. */
export function readRoster(table: FileTable, { fields }: RosterColumns, reading: RosterReading): ReadRoster {
  const people: RosterPerson[] = [];
  const refused: { line: number; issues: RosterIssue[] }[] = [];
  const seen = new Set<string>();
  const birthAt = fields.get('birth') ?? -1;
  const order = dayOrderOf(table.rows.map((row) => row.cells[birthAt] ?? ''));
  for (const row of table.rows) {
    const cell = (field: RosterField) => {
      const at = fields.get(field);
      return at === undefined ? '' : unformula((row.cells[at] ?? '').normalize('NFC').replace(/\s+/gu, ' ').trim());
    };
    const issues: RosterIssue[] = [];
    const person = readPerson(row.line, cell, { ...reading, order }, (field, fault) => issues.push({ field, fault }));
    for (const [key, field, fault] of [
      [cell('reference') && `r ${cell('reference')}`, 'reference', 'reference-twice'],
      [person && isSurelyOne(person) && `n ${nameKey(person.name)} ${person.birthDate}`, 'name', 'same-person-twice'],
    ] as const) {
      if (key && seen.has(key)) {
        issues.push({ field, fault });
      } else if (key) {
        seen.add(key);
      }
    }
    if (person && issues.length === 0) {
      people.push(person);
    } else {
      refused.push({ line: row.line, issues });
    }
  }
  return { people, refused };
}

/**
 * Whether a name and a birth say who it is: without a works number they have to; with one, only a birth to the day does, and
 * not the first of January, which is written for many whose day nobody knows.
 */
function isSurelyOne({ reference, birthPrecision, birthDate }: RosterPerson): boolean {
  return reference === undefined || (birthPrecision === 'day' && !birthDate.endsWith('-01-01'));
}

/** A text that a sheet would run as a formula is only text here, and stays so in what is written out again. */
function unformula(text: string): string {
  return text.replace(/^[=@]+/, '').trim();
}

function readPerson(
  line: number,
  cell: (field: RosterField) => string,
  reading: RosterReading & { readonly order: DayOrder },
  issue: (field: RosterField, fault: RosterFault) => void,
): RosterPerson | undefined {
  const name = cell('name');
  if (name === '' || !/\p{L}/u.test(name)) {
    issue('name', 'name-missing');
  } else if (name.length > 300) {
    issue('name', 'name-long');
  }
  const reference = cell('reference') || undefined;
  if (reference && reference.length > 60) {
    issue('reference', 'reference-long');
  }
  const birth = readBirth(cell('birth'), reading.today, reading.order);
  if (typeof birth === 'string') {
    issue('birth', birth);
  }
  const sex = readSex(cell('sex'));
  if (sex === undefined) {
    issue('sex', 'sex-unknown');
  }
  const phone = asciiDigits(cell('phone')) || undefined;
  if (phone !== undefined && !/^[+0-9 ()-]{5,30}$/.test(phone)) {
    issue('phone', 'phone-invalid');
  }
  const wage = cell('wage') === '' ? undefined : readWage(cell('wage'), reading.currency);
  if (typeof wage === 'string') {
    issue('wage', wage);
  }
  const entitlement = (cell('entitlement') || reading.entitlement).toLowerCase().replace(/\s+/g, '-');
  if (!/^[a-z][a-z-]{1,40}$/.test(entitlement)) {
    issue('entitlement', 'entitlement-invalid');
  }
  const residence = (cell('residence') || reading.country).toUpperCase();
  if (!/^[A-Z]{2}$/.test(residence)) {
    issue('residence', 'residence-invalid');
  }
  return typeof birth === 'string'
    ? undefined
    : {
        line,
        reference,
        name,
        ...birth.birth,
        notes: birth.notes,
        sex: sex ?? 'unknown',
        phone,
        wage: typeof wage === 'string' ? undefined : wage,
        entitlement,
        residence,
        relation: 'holder',
      };
}

const sexes: readonly (readonly [RegExp, Member['sex']])[] = [
  [/^(f|female|woman|w|ญ|หญิง|မ|အမျိုးသမီး|2)$/, 'female'],
  [/^(m|male|man|ช|ชาย|ကျား|အမျိုးသား|1)$/, 'male'],
  [/^(o|other|x|อื่นๆ|အခြား)$/, 'other'],
  [/^(|unknown|-|not said|ไม่ระบุ|မဖော်ပြပါ)$/, 'unknown'],
];

function readSex(text: string): Member['sex'] | undefined {
  const plain = nameKey(text);
  return sexes.find(([pattern]) => pattern.test(plain))?.[1];
}

export type WageFault = 'wage-invalid' | 'wage-currency' | 'wage-large';

/** More than anybody earns in a month in any money of the region: a slip, or a telephone number in the wrong column. */
const largestWageUnits = 100_000_000n;

/** A month's wage in the scheme's currency, or what is wrong with it. */
export function readWage(text: string, currency: string): Money | WageFault {
  const read = readAmount(text, currency);
  if (read === null) {
    return namesCurrency(text) ? 'wage-currency' : 'wage-invalid';
  }
  return read.minor > largestWageUnits * 10n ** BigInt(minorDigits(currency)) ? 'wage-large' : read;
}

/** Letters or signs that stand for money, of which `readAmount` has taken its own away. */
function namesCurrency(text: string): boolean {
  return (
    /\d/.test(asciiDigits(text)) &&
    /(?:^|[\d\s])(?:[A-Za-z]{3}|[$€£¥₫₭៛฿]|บาท|ကျပ်|ks)(?:$|[\d\s])/iu.test(asciiDigits(text))
  );
}

/** `12,500.50`, `๑๒๕๐๐`; null for what is no amount, or is below zero. */
export function readAmount(text: string, currency: string): Money | null {
  const plain = asciiDigits(text)
    .replace(/[\s,']/g, '')
    .replace(new RegExp(`^${currency}|${currency}$|^฿|บาท$`), '');
  // A sheet's own number may carry digits beyond the currency's; they are zero or a mistake.
  const read = /^\d{1,15}(\.\d{1,6})?$/.test(plain) ? parseMoney(plain, currency) : undefined;
  return read && read.minor >= 0n ? read : null;
}
