import type { Coding, Extension, QuestionnaireItem, QuestionnaireItemAnswerOption } from '@medplum/fhirtypes';
import { extensions } from './outline.ts';

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
