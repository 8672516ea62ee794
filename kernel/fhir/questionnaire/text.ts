import type {
  Coding,
  Extension,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireItemAnswerOption,
} from '@medplum/fhirtypes';
import { extensions, outlineOf } from './outline.ts';

/** A primitive's extensions stand beside it under its name with an underscore; the R4 types do not name them. */
interface Extended {
  readonly extension?: readonly Extension[];
}
type Texted<T> = T & { readonly _text?: Extended; readonly _display?: Extended; readonly _valueString?: Extended };

/** The item's text in a language, by the FHIR translation extension; the questionnaire's own language otherwise. */
export function itemText(item: QuestionnaireItem, language: string): string {
  return translation((item as Texted<QuestionnaireItem>)._text?.extension, language) ?? item.text ?? '';
}

/** The words of an answer option in a language. */
export function optionText(option: QuestionnaireItemAnswerOption, language: string): string {
  const coding = option.valueCoding;
  if (coding) {
    return translation((coding as Texted<Coding>)._display?.extension, language) ?? coding.display ?? coding.code ?? '';
  }
  return (
    translation((option as Texted<QuestionnaireItemAnswerOption>)._valueString?.extension, language) ??
    option.valueString ??
    option.valueDate ??
    option.valueTime ??
    option.valueInteger?.toString() ??
    ''
  );
}

const terms = new WeakMap<Questionnaire, Map<string, ReadonlyMap<string, string>>>();

/**
 * The words a form has for its codes in a language, by `system|code`: to show what was recorded with it, its local
 * codes too, in the language of whoever reads. Where two questions word one code differently, the first is taken.
 */
export function termTexts(questionnaire: Questionnaire, language: string): ReadonlyMap<string, string> {
  const known = terms.get(questionnaire) ?? new Map<string, ReadonlyMap<string, string>>();
  terms.set(questionnaire, known);
  const before = known.get(language);
  if (before) {
    return before;
  }
  const words = new Map<string, string>();
  const say = (coding: Coding | undefined, text: string) => {
    const key = `${coding?.system ?? ''}|${coding?.code ?? ''}`;
    if (coding?.code && text && !words.has(key)) {
      words.set(key, text);
    }
  };
  for (const { item } of outlineOf(questionnaire).byLinkId.values()) {
    for (const coding of item.code ?? []) {
      const record = coding.extension?.find(({ url }) => url === extensions.recordText) as
        | Texted<Extension>
        | undefined;
      const own = record && (translation(record._valueString?.extension, language) ?? record.valueString);
      say(coding, own ?? itemText(item, language));
    }
    for (const option of item.answerOption ?? []) {
      say(option.valueCoding, optionText(option, language));
    }
  }
  known.set(language, words);
  return words;
}

/** Hints of an item: its `display` children (help, security or unit notes), in order. */
export function itemHints(item: QuestionnaireItem): readonly QuestionnaireItem[] {
  return (item.item ?? []).filter((child) => child.type === 'display');
}

/** Reads the FHIR translation extension of a primitive. An exact tag wins over one with the same first subtag. */
export function translation(found: readonly Extension[] | undefined, language: string): string | undefined {
  let near: string | undefined;
  for (const extension of found ?? []) {
    if (extension.url !== extensions.translation) {
      continue;
    }
    let tag: string | undefined;
    let content: string | undefined;
    for (const part of extension.extension ?? []) {
      if (part.url === 'lang') {
        tag = part.valueCode;
      } else if (part.url === 'content') {
        content = part.valueString ?? part.valueMarkdown;
      }
    }
    if (tag === language) {
      return content;
    }
    if (tag && tag.split('-')[0] === language.split('-')[0]) {
      near ??= content;
    }
  }
  return near;
}
