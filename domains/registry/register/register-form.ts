import { latinDigits } from '@serai/ui/numbers.ts';
import type { Birth, ConsentChoice, LikelyDuplicatesQuestion, PersonName, RegisterPerson, Sex } from '../api.ts';

/** What is on the registration form, exactly as entered. */
export interface RegistrationEntry {
  readonly requestId: string;
  readonly name: string;
  readonly givenNames: string;
  readonly familyName: string;
  readonly otherNames: readonly string[];
  readonly birthKind: Birth['kind'];
  readonly date: string;
  readonly month: string;
  readonly year: string;
  readonly age: string;
  readonly sex: Sex | undefined;
  readonly language: string;
  readonly interpreterNeeded: boolean;
  readonly phone: string;
  readonly consents: Readonly<Partial<Record<ConsentChoice['purpose'], ConsentChoice['decision']>>>;
}

export const consentPurposes = [
  'TREAT',
  'COC',
  'PUBHLTH',
  'HRESCH',
] as const satisfies readonly ConsentChoice['purpose'][];

export function emptyEntry(requestId: string): RegistrationEntry {
  return {
    requestId,
    name: '',
    givenNames: '',
    familyName: '',
    otherNames: [],
    birthKind: 'date',
    date: '',
    month: '',
    year: '',
    age: '',
    sex: undefined,
    language: '',
    interpreterNeeded: false,
    phone: '',
    consents: {},
  };
}

/** A mistake by the id of its field; the text is the screen's to say. */
export interface EntryMistake {
  readonly field: string;
  readonly reason:
    | 'name-missing'
    | 'birth-missing'
    | 'birth-future'
    | 'birth-too-long-ago'
    | 'age-range'
    | 'sex-missing'
    | 'language-missing'
    | 'phone-invalid'
    | 'consent-missing';
}

/** As old as anyone is believed to have become; the node draws the same line. */
const oldestYears = 125;

/**
 * The mistakes of an entry, in the order of the form.
 *
 * @param today the day of registration where the reader is, as `YYYY-MM-DD`
 */
export function mistakesOf(entry: RegistrationEntry, today: string): readonly EntryMistake[] {
  const mistakes: EntryMistake[] = [];
  if (entry.name.trim() === '') {
    mistakes.push({ field: 'name', reason: 'name-missing' });
  }
  const birthMistake = mistakeOfBirth(entry, today);
  if (birthMistake) {
    mistakes.push({ field: `birth-${entry.birthKind}`, reason: birthMistake });
  }
  if (!entry.sex) {
    mistakes.push({ field: 'sex', reason: 'sex-missing' });
  }
  if (entry.language === '') {
    mistakes.push({ field: 'language', reason: 'language-missing' });
  }
  if (entry.phone.trim() !== '' && !/^[+0-9 ()-]{5,30}$/.test(latinDigits(entry.phone.trim()))) {
    mistakes.push({ field: 'phone', reason: 'phone-invalid' });
  }
  for (const purpose of consentPurposes) {
    if (!entry.consents[purpose]) {
      mistakes.push({ field: `consent-${purpose}`, reason: 'consent-missing' });
    }
  }
  return mistakes;
}

function mistakeOfBirth(entry: RegistrationEntry, today: string): EntryMistake['reason'] | undefined {
  const thisYear = Number(today.slice(0, 4));
  if (entry.birthKind === 'estimated-age') {
    const years = wholeNumber(entry.age);
    return years === undefined ? 'birth-missing' : years > oldestYears ? 'age-range' : undefined;
  }
  const birth = birthOf(entry, today);
  if (!birth || birth.kind === 'estimated-age') {
    return 'birth-missing';
  }
  const text = birth.kind === 'date' ? birth.date : birth.kind === 'month' ? birth.month : String(birth.year);
  if (text > today.slice(0, text.length)) {
    return 'birth-future';
  }
  return Number(text.slice(0, 4)) < thisYear - oldestYears ? 'birth-too-long-ago' : undefined;
}

function birthOf(entry: RegistrationEntry, today: string): Birth | undefined {
  switch (entry.birthKind) {
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(entry.date) ? { kind: 'date', date: entry.date } : undefined;
    case 'month': {
      const year = wholeNumber(entry.year);
      return year !== undefined && year >= 1000 && /^(0[1-9]|1[0-2])$/.test(entry.month)
        ? { kind: 'month', month: `${year}-${entry.month}` }
        : undefined;
    }
    case 'year': {
      const year = wholeNumber(entry.year);
      return year !== undefined && year >= 1000 ? { kind: 'year', year } : undefined;
    }
    case 'estimated-age': {
      const years = wholeNumber(entry.age);
      return years === undefined ? undefined : { kind: 'estimated-age', years, on: today };
    }
  }
}

function wholeNumber(text: string): number | undefined {
  const digits = latinDigits(text.trim());
  return /^\d{1,4}$/.test(digits) ? Number(digits) : undefined;
}

/** The question whether the person may be registered already; undefined while there is too little to ask with. */
export function duplicatesQuestion(entry: RegistrationEntry, today: string): LikelyDuplicatesQuestion | undefined {
  const birth = birthOf(entry, today);
  if (entry.name.trim() === '' || !birth || mistakeOfBirth(entry, today)) {
    return undefined;
  }
  const otherNames = otherNamesOf(entry);
  const phone = latinDigits(entry.phone.trim());
  return {
    name: nameOf(entry),
    ...(otherNames.length > 0 && { otherNames }),
    birth,
    sex: entry.sex ?? 'unknown',
    ...(phone && { phone }),
  };
}

/** What is sent; call only when {@link mistakesOf} is empty. */
export function registrationOf(
  entry: RegistrationEntry,
  today: string,
  notDuplicatesOf: readonly string[],
): RegisterPerson {
  const question = duplicatesQuestion(entry, today);
  if (!question || !entry.sex) {
    throw new Error('registrationOf was called with an entry that has mistakes');
  }
  return {
    ...question,
    requestId: entry.requestId,
    sex: entry.sex,
    language: entry.language,
    ...(entry.interpreterNeeded && { interpreterNeeded: true }),
    consents: consentPurposes.map((purpose) => ({ purpose, decision: entry.consents[purpose]! })),
    ...(notDuplicatesOf.length > 0 && { notDuplicatesOf }),
  };
}

function nameOf(entry: RegistrationEntry): PersonName {
  const given = entry.givenNames.trim().split(/\s+/).filter(Boolean);
  const family = entry.familyName.trim();
  return {
    text: entry.name.trim().normalize('NFC'),
    ...(given.length > 0 && { given }),
    ...(family && { family }),
  };
}

function otherNamesOf(entry: RegistrationEntry): readonly PersonName[] {
  return entry.otherNames
    .map((text) => text.trim().normalize('NFC'))
    .filter(Boolean)
    .map((text) => ({ text }));
}

/** The field of the form a path in the node's answer speaks of, so that its refusal is shown there. */
export function fieldOfExpression(expression: string, birthKind: Birth['kind']): string | undefined {
  const path = expression.replace(/^(RegisterPerson|Patient|body)\.?/, '').replace(/^[/.]/, '');
  if (/^(name|otherNames)/.test(path)) {
    return path.startsWith('name') ? 'name' : 'other-names';
  }
  if (/^birth/.test(path)) {
    return `birth-${birthKind}`;
  }
  const simple = /^(sex|gender|language|communication|phone|telecom)/.exec(path)?.[1];
  return (
    simple &&
    { sex: 'sex', gender: 'sex', language: 'language', communication: 'language', phone: 'phone', telecom: 'phone' }[
      simple
    ]
  );
}

/** Languages spoken along the corridors, offered first; DOMAIN J.3. */
export const spokenLanguages = [
  'my',
  'th',
  'km',
  'lo',
  'vi',
  'kar',
  'shn',
  'mnw',
  'kac',
  'rhg',
  'ksw',
  'zh',
  'ms',
  'id',
  'tl',
  'ne',
  'bn',
  'ur',
  'hi',
  'ar',
  'fa',
  'ps',
  'ru',
  'tg',
  'uz',
  'en',
  'fr',
  'es',
  'pt',
  'am',
  'so',
  'sw',
] as const;
