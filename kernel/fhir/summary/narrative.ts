import type {
  CodeableConcept,
  Extension,
  Observation,
  ObservationComponent,
  Quantity,
  Range,
  Ratio,
} from '@medplum/fhirtypes';
import { translation } from '../questionnaire/text.ts';
import { SYSTEM, translate } from './terms.ts';
import { formatDate, primaryLanguage, type Word, word } from './words.ts';

/** XHTML of a section, in the reader's language, with the original text and code beside every translation. */

function isXmlCharacter(character: string): boolean {
  const code = character.codePointAt(0) as number;
  return code >= 0x20 ? code !== 0xfffe && code !== 0xffff : code === 0x9 || code === 0xa || code === 0xd;
}

/** Text as XML text or attribute value; characters XML cannot hold are left out. */
export function escapeXml(text: string): string {
  return Array.from(text.toWellFormed())
    .filter(isXmlCharacter)
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A finished piece of XHTML, so that text cannot be taken for one unescaped. */
export interface Html {
  readonly html: string;
}

export function text(value: string | undefined): Html {
  return { html: escapeXml(value ?? '') };
}

const SYSTEM_NAMES: Readonly<Record<string, string>> = {
  [SYSTEM.snomed]: 'SNOMED CT',
  [SYSTEM.loinc]: 'LOINC',
  [SYSTEM.cvx]: 'CVX',
  [SYSTEM.rxnorm]: 'RxNorm',
  'http://www.whocc.no/atc': 'ATC',
  'http://hl7.org/fhir/sid/icd-10': 'ICD-10',
  'http://hl7.org/fhir/sid/icd-11': 'ICD-11',
  'http://id.who.int/icd/release/11/mms': 'ICD-11',
};

/** FHIR puts the translations of a text beside it, under an underscore. */
type Texted = CodeableConcept & { readonly _text?: { readonly extension?: Extension[] } };

/** What a concept was called where it was recorded. */
export function originalText(concept: CodeableConcept | undefined): string {
  return (
    concept?.text ?? concept?.coding?.find((coding) => coding.display)?.display ?? concept?.coding?.[0]?.code ?? ''
  );
}

/** A concept for the reader: the translation first, then the original and its codes. */
export function conceptHtml(concept: CodeableConcept | undefined, language: string): Html {
  const original = originalText(concept);
  if (!original) {
    return { html: `<i>${escapeXml(word('notStated', language))}</i>` };
  }
  // The words the form itself asked in come before our table: they are what the person and the nurse saw.
  const translated =
    translation((concept as Texted | undefined)?._text?.extension, primaryLanguage(language)) ??
    concept?.coding
      ?.map((coding) => translate(coding.system, coding.code, language))
      .find((display) => display !== undefined);
  const codes = (concept?.coding ?? [])
    .filter((coding) => coding.code && coding.system && SYSTEM_NAMES[coding.system])
    .map((coding) => `${SYSTEM_NAMES[coding.system as string]} ${coding.code}`)
    .join(', ');
  const lines = [
    `<b>${escapeXml(translated ?? original)}</b>`,
    ...(translated !== undefined && translated !== original ? [`<span>${escapeXml(original)}</span>`] : []),
    ...(codes ? [`<small>${escapeXml(codes)}</small>`] : []),
  ];
  return { html: lines.join('<br/>') };
}

/** A number as people write it: two decimals at most, three digits where it is below one. */
export function numberText(value: number): string {
  if (Number.isInteger(value)) {
    return String(value);
  }
  return String(Math.abs(value) < 1 ? Number(value.toPrecision(3)) : Number(value.toFixed(2)));
}

function quantityText(quantity: Quantity | undefined): string {
  if (quantity?.value === undefined) {
    return '';
  }
  const unit = quantity.unit ?? quantity.code ?? '';
  return `${quantity.comparator ?? ''}${numberText(quantity.value)}${unit ? ` ${unit}` : ''}`;
}

function rangeText(range: Range | undefined): string {
  const [low, high] = [quantityText(range?.low), quantityText(range?.high)];
  return low && high ? `${low} – ${high}` : low ? `≥ ${low}` : high ? `≤ ${high}` : '';
}

function ratioText(ratio: Ratio): string {
  return `${quantityText(ratio.numerator)} : ${quantityText(ratio.denominator)}`;
}

/** The value of an observation or of one of its components. */
export function valueHtml(observation: Observation | ObservationComponent, language: string): Html {
  const o = observation;
  if (o.valueCodeableConcept) {
    return conceptHtml(o.valueCodeableConcept, language);
  }
  if (o.valueBoolean !== undefined) {
    return text(word(o.valueBoolean ? 'yes' : 'no', language));
  }
  if (o.valueInteger !== undefined) {
    return text(String(o.valueInteger));
  }
  if (o.valueRatio) {
    return text(ratioText(o.valueRatio));
  }
  const date = o.valueDateTime ?? o.valuePeriod?.start;
  const plain = quantityText(o.valueQuantity) || rangeText(o.valueRange) || o.valueString || o.valueTime;
  return plain ? text(plain) : date ? text(formatDate(date, language)) : absentHtml(o, language);
}

function absentHtml(observation: Observation | ObservationComponent, language: string): Html {
  return observation.dataAbsentReason ? conceptHtml(observation.dataAbsentReason, language) : text('');
}

/** An observation's value with its components, a line each. */
export function resultHtml(observation: Observation, language: string): Html {
  const own = valueHtml(observation, language);
  const components = (observation.component ?? []).map((component) => {
    const name = conceptHtml(component.code, language).html;
    return `${name}<br/>${valueHtml(component, language).html}`;
  });
  const interpretation = (observation.interpretation ?? []).map((concept) => escapeXml(originalText(concept)));
  return { html: [own.html, ...components, ...interpretation].filter(Boolean).join('<br/>') };
}

export function referenceRangeText(observation: Observation): string {
  return (observation.referenceRange ?? [])
    .map((range) => range.text ?? rangeText({ low: range.low, high: range.high } as Range))
    .filter(Boolean)
    .join('; ');
}

/** A table, as a narrative `div`. */
export function tableDiv(columns: readonly Word[], rows: readonly (readonly Html[])[], language: string): string {
  const head = columns.map((column) => `<th>${escapeXml(word(column, language))}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell.html}</td>`).join('')}</tr>`).join('');
  return div(`<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`, language);
}

export function sentenceDiv(sentence: string, language: string): string {
  return div(`<p>${escapeXml(sentence)}</p>`, language);
}

function div(content: string, language: string): string {
  const tag = escapeXml(language);
  return `<div xmlns="http://www.w3.org/1999/xhtml" lang="${tag}" xml:lang="${tag}">${content}</div>`;
}
