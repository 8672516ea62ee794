import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateResource } from '@medplum/core';
import type { Coding, QuestionnaireItem } from '@medplum/fhirtypes';
import {
  calculationOf,
  itemText,
  limitOf,
  optionText,
  outlineOf,
  termTexts,
  unitsOf,
} from '@serai/kernel/fhir/questionnaire/questionnaire.ts';
import { languages } from '@serai/kernel/i18n/i18n.ts';
import { loadDefinitions } from '@serai/store/definitions.ts';
import { describe, expect, test } from 'vitest';
import { buildForm, printForm } from '../../../scripts/build-forms.ts';
import { careMessages } from '../care.messages.ts';
import { extractsOf } from './mapping.ts';
import { assessmentForm } from './testing/fill.ts';

const forms = join(import.meta.dirname, '../../../countries/forms');
const items = [...outlineOf(assessmentForm).byLinkId.values()];

test('the questionnaire is what its sources build', () => {
  const written = readFileSync(join(forms, 'health-assessment.questionnaire.json'), 'utf8');
  expect(written === printForm(buildForm(join(forms, 'health-assessment'))), 'run node scripts/build-forms.ts').toBe(
    true,
  );
});

test('it is valid FHIR R4', () => {
  loadDefinitions();
  expect(() => validateResource(assessmentForm)).not.toThrow();
}, 60_000);

test('it has the thirteen sections, in order', () => {
  expect(assessmentForm.item!.map(({ linkId }) => linkId)).toEqual([
    'identity',
    'consent',
    'triage',
    'history',
    'symptoms',
    'vaccination',
    'examination',
    'mental-health',
    'tests',
    'findings',
    'treatment',
    'referral',
    'closing',
  ]);
});

test('every link id is there once', () => {
  const seen: string[] = [];
  const visit = (item: QuestionnaireItem) => {
    seen.push(item.linkId);
    item.item?.forEach(visit);
  };
  assessmentForm.item!.forEach(visit);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBe(items.length);
});

describe('texts', () => {
  const texts = items.flatMap(({ item, linkId }) => [
    ...languages.map((language) => [linkId, language, itemText(item, language)] as const),
    ...(item.answerOption ?? []).flatMap((option) =>
      languages.map(
        (language) => [`${linkId} ${option.valueCoding?.code}`, language, optionText(option, language)] as const,
      ),
    ),
  ]);
  // What codes are called in the record stands in extensions of their codings.
  const recorded = [
    ...JSON.stringify(assessmentForm).matchAll(/"valueString":"([^"]*)","_valueString":(\{.*?\]\}\]\})/g),
  ].flatMap(([, english, translations]) => [
    ['record', 'en', english!] as const,
    ...(
      JSON.parse(translations!) as { extension: { extension: { valueCode: string; valueString: string }[] }[] }
    ).extension.map(
      ({ extension: [lang, content] }) => ['record', lang!.valueCode as 'th' | 'my', content!.valueString] as const,
    ),
  ]);
  test('the record has its own words for what a question says too little of', () => {
    expect(recorded.length).toBeGreaterThan(40 * languages.length);
  });
  const said = Object.entries(careMessages).flatMap(([key, row]) =>
    languages.map((language) => [key, language, row[language]] as const),
  );
  const scripts = { en: /[A-Za-z]/, th: /\p{Script=Thai}/u, my: /\p{Script=Myanmar}/u };

  test('every question, option and message speaks each language, in its own script', () => {
    for (const [where, language, text] of [...texts, ...recorded, ...said]) {
      // Abbreviations of tests and scores are the same everywhere.
      expect(scripts[language].test(text), `${where} in ${language}: "${text}"`).toBe(true);
      expect(text, where).toBe(text.normalize('NFC').trim());
      if (language === 'en') {
        expect(/[\p{Script=Thai}\p{Script=Myanmar}]/u.test(text), where).toBe(false);
      } else if (language === 'th') {
        expect(/\p{Script=Myanmar}/u.test(text), where).toBe(false);
      } else {
        expect(/\p{Script=Thai}/u.test(text), where).toBe(false);
      }
    }
  });

  test('Burmese is Unicode, not Zawgyi', () => {
    expect(zawgyiSigns('ေမာင္')).not.toEqual([]);
    expect(zawgyiSigns('မောင်')).toEqual([]);
    for (const [where, language, text] of [...texts, ...recorded, ...said]) {
      if (language === 'my') {
        expect(zawgyiSigns(text), `${where}: ${text}`).toEqual([]);
      }
    }
  });

  test('within a question no two options read alike', () => {
    for (const { item, linkId } of items) {
      for (const language of languages) {
        const words = (item.answerOption ?? []).map((option) => optionText(option, language));
        expect(new Set(words).size, `${linkId} in ${language}`).toBe(words.length);
      }
    }
  });

  test('placeholders of a message are the same in every language', () => {
    for (const [key, row] of Object.entries(careMessages)) {
      const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
      for (const language of languages) {
        expect(names(row[language]), `${key} in ${language}`).toEqual(names(row.en));
      }
    }
  });
});

test('nothing that could be used against a person is asked', () => {
  const forbidden = /national|citizen|immigra|visa|passport|document|address|permit|สัญชาติ|หนังสือเดินทาง|နိုင်ငံသား/i;
  for (const { item, linkId } of items) {
    if (item.type !== 'display') {
      expect(
        forbidden.test(`${linkId} ${languages.map((language) => itemText(item, language)).join(' ')}`),
        linkId,
      ).toBe(false);
    }
  }
});

test('whatever is recorded with a code of the form can be told in each language', () => {
  expect(termTexts(assessmentForm, 'my').get('http://snomed.info/sct|38341003')).toBe('သွေးတိုးရောဂါ');
  expect(termTexts(assessmentForm, 'th').get('http://loinc.org|8310-5')).toBe('อุณหภูมิร่างกาย');
  const { size } = termTexts(assessmentForm, 'en');
  expect(size).toBeGreaterThan(400);
  for (const language of languages) {
    expect(termTexts(assessmentForm, language).size).toBe(size);
  }
});

test('no more is required of everyone than the minimum', () => {
  const always = items.filter(({ item, parent }) => {
    for (let around = parent; around; around = around.parent) {
      if (around.item.enableWhen && around.linkId !== 'history') {
        return false;
      }
    }
    return item.required && !item.enableWhen;
  });
  expect(always.map(({ linkId }) => linkId)).toEqual([
    'identity.name-confirmed',
    'identity.sex',
    'identity.age-years',
    'identity.language',
    'consent.explained',
    'consent.assessment',
    'consent.sharing',
    'consent.research',
    'consent.given-by',
    'triage.danger-signs',
    'triage.category',
    'history.allergy-any',
    'history.medicine-any',
    'referral.needed',
    'closing.date',
    'closing.site',
    'closing.examiner',
    'closing.signed',
  ]);
});

describe('logic', () => {
  const byLinkId = outlineOf(assessmentForm).byLinkId;

  test('every condition asks an earlier item that can give the answer', () => {
    let conditions = 0;
    for (const { item, linkId, order } of items) {
      for (const condition of item.enableWhen ?? []) {
        conditions++;
        const asked = byLinkId.get(condition.question);
        expect(asked && asked.order < order, `${linkId} asks ${condition.question}`).toBe(true);
        const { answerCoding, answerBoolean, answerInteger } = condition;
        if (answerCoding) {
          const codes = asked!.item.answerOption!.map(
            ({ valueCoding }) => `${valueCoding!.system}|${valueCoding!.code}`,
          );
          expect(codes, linkId).toContain(`${answerCoding.system}|${answerCoding.code}`);
        } else {
          expect(asked!.item.type, linkId).toBe(answerBoolean === undefined ? 'integer' : 'boolean');
          expect(answerBoolean ?? answerInteger, linkId).toBeDefined();
        }
      }
      if ((item.enableWhen?.length ?? 0) > 1) {
        expect(item.enableBehavior, linkId).toMatch(/^(all|any)$/);
      }
    }
    expect(conditions).toBeGreaterThan(60);
  });

  test('limits are in order and calculated items name earlier questions', () => {
    const url = (end: string) => `http://hl7.org/fhir/StructureDefinition/${end}`;
    for (const { item, linkId, order } of items) {
      const low = limitOf(item, url('minValue'));
      const high = limitOf(item, url('maxValue'));
      if (low !== undefined && high !== undefined) {
        expect(low < high, linkId).toBe(true);
      }
      expect(low === undefined, linkId).toBe(high === undefined);
      if (item.type === 'quantity') {
        expect(unitsOf(item).length, linkId).toBeGreaterThan(0);
        expect(low, linkId).toBeDefined();
      }
      for (const input of calculationOf(item)?.inputs ?? []) {
        expect(byLinkId.get(input)!.order, linkId).toBeLessThan(order);
        expect(item.readOnly, linkId).toBe(true);
      }
    }
  });
});

describe('codes', () => {
  const codings: [string, Coding][] = items.flatMap(({ item, linkId }) => [
    ...(item.code ?? []).map((coding): [string, Coding] => [linkId, coding]),
    ...(item.answerOption ?? []).map((option): [string, Coding] => [linkId, option.valueCoding!]),
    ...extractsOf(item).flatMap(({ code, absent }) =>
      [code, absent].filter((coding) => coding !== undefined).map((coding): [string, Coding] => [linkId, coding]),
    ),
  ]);

  test('LOINC codes carry their check digit', () => {
    expect(luhn('8867-4')).toBe(true);
    expect(luhn('8867-5')).toBe(false);
    const loinc = codings.filter(([, { system, code }]) => system === 'http://loinc.org' && !code!.startsWith('LA'));
    expect(loinc.length).toBeGreaterThan(45);
    for (const [linkId, { code }] of loinc) {
      expect(luhn(code!), `${linkId} ${code}`).toBe(true);
    }
  });

  test('SNOMED CT codes carry their check digit', () => {
    expect(verhoeff('38341003')).toBe(true);
    expect(verhoeff('38341004')).toBe(false);
    const snomed = codings.filter(([, { system }]) => system === 'http://snomed.info/sct');
    expect(snomed.length).toBeGreaterThan(150);
    for (const [linkId, { code }] of snomed) {
      expect(verhoeff(code!), `${linkId} ${code}`).toBe(true);
    }
  });

  test('one code means one thing', () => {
    const words = new Map<string, string>();
    for (const { item, linkId } of items) {
      for (const option of item.answerOption ?? []) {
        const own = option.extension?.find(({ url }) => url.endsWith('/terminology-display'))?.valueString;
        const { system, code, display } = option.valueCoding!;
        if (system!.startsWith('http') && !system!.startsWith('https://serai.example')) {
          const key = `${system}|${code}`;
          const before = words.get(key);
          expect(before ?? own ?? display, `${linkId} ${key}`).toBe(own ?? display);
          words.set(key, (own ?? display)!);
        }
      }
    }
    expect(words.size).toBeGreaterThan(120);
  });
});

/** LOINC: Luhn, modulus 10. */
function luhn(code: string): boolean {
  const [digits, check] = code.split('-') as [string, string];
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = index % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return (10 - (sum % 10)) % 10 === Number(check);
}

/** SNOMED CT identifiers: Verhoeff's dihedral check. */
function verhoeff(code: string): boolean {
  const multiply = (a: number, b: number) =>
    a < 5 ? (b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5)) : b < 5 ? 5 + ((a - b) % 5) : (a - b + 10) % 5;
  const permute = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
  let check = 0;
  for (const [index, digit] of [...code].reverse().entries()) {
    let permuted = Number(digit);
    for (let times = 0; times < index % 8; times++) {
      permuted = permute[permuted]!;
    }
    check = multiply(check, permuted);
  }
  return check === 0;
}

/** What only Zawgyi writes: vowel e or medial ra before its consonant, asat as the stacking sign, its own code points. */
function zawgyiSigns(text: string): string[] {
  return [
    ...text.matchAll(/(?:^|[\s\u0020-\u002f၊။(])[\u1031\u103b]/gu),
    ...text.matchAll(/\u1039(?![\u1000-\u1021])/gu),
    ...text.matchAll(/[\u1033\u1034\u105a\u1060-\u109f]/gu),
    // The pronoun ကျွန်ုပ် is the one word that writes a vowel after asat.
    ...text.matchAll(/\u103a(?!\u102f\u1015\u103a)[\u102b-\u1030\u1032]/gu),
  ].map(([sign]) => sign);
}
