import type { CodeableConcept, Coding, Extension } from '@medplum/fhirtypes';

/** A coded value as it is shown: the reader's language first where it is known, the original always beside it. */
export interface CodedText {
  /** In the reader's language; absent where the document carries none and no table of ours has one. */
  readonly translated?: string;
  /** As the author wrote it. */
  readonly original: string;
  readonly codes: readonly { readonly system: string; readonly code: string; readonly display?: string }[];
}

const translationUrl = 'http://hl7.org/fhir/StructureDefinition/translation';

interface WithTranslations {
  readonly extension?: Extension[] | undefined;
}

/** A translation that travels with the text (the FHIR `translation` extension), if there is one in `language`. */
export function translationIn(language: string, element: WithTranslations | undefined): string | undefined {
  for (const extension of element?.extension ?? []) {
    if (extension.url === translationUrl) {
      const lang = part(extension, 'lang');
      const content = part(extension, 'content');
      if (content && lang && sameLanguage(lang, language)) {
        return content;
      }
    }
  }
  return undefined;
}

function part(extension: Extension, url: string): string | undefined {
  const found = extension.extension?.find((inner) => inner.url === url);
  return found?.valueString ?? found?.valueMarkdown ?? found?.valueCode;
}

export function sameLanguage(tag: string, language: string): boolean {
  return tag.toLowerCase().split('-')[0] === language.toLowerCase().split('-')[0];
}

/**
 * How to show a coded value.
 *
 * @param documentLanguage language the document's own texts are written in
 */
export function codedText(
  concept: CodeableConcept | undefined,
  language: string,
  documentLanguage: string | undefined,
): CodedText | undefined {
  if (!concept) {
    return undefined;
  }
  const codings = concept.coding ?? [];
  const displays = codings.map((coding) => coding.display).filter((display) => display !== undefined);
  const ours = concept as CodeableConcept & { readonly _text?: WithTranslations };
  const written = documentLanguage && sameLanguage(documentLanguage, language) ? concept.text : undefined;
  const translated =
    translationIn(language, ours._text) ??
    codings
      .map((coding) => translationIn(language, (coding as Coding & { _display?: WithTranslations })._display))
      .find(Boolean) ??
    written;
  const original =
    (translated !== undefined && translated === concept.text ? displays[0] : undefined) ??
    concept.text ??
    displays[0] ??
    codings.find((coding) => coding.code)?.code;
  if (original === undefined) {
    return undefined;
  }
  return {
    ...(translated !== undefined && translated !== original && { translated }),
    original,
    codes: codings
      .filter((coding) => coding.code !== undefined)
      .map((coding) => ({
        system: systemName(coding.system),
        code: coding.code!,
        ...(coding.display && coding.display !== original && { display: coding.display }),
      })),
  };
}

const systemNames: readonly (readonly [string, string])[] = [
  ['http://snomed.info/sct', 'SNOMED CT'],
  ['http://loinc.org', 'LOINC'],
  ['http://www.whocc.no/atc', 'ATC'],
  ['http://hl7.org/fhir/sid/icd-10', 'ICD-10'],
  ['http://id.who.int/icd/release/11', 'ICD-11'],
  ['http://hl7.org/fhir/sid/cvx', 'CVX'],
  ['http://www.nlm.nih.gov/research/umls/rxnorm', 'RxNorm'],
  ['http://unitsofmeasure.org', 'UCUM'],
  ['http://standardterms.edqm.eu', 'EDQM'],
];

/** The name people know a code system by; the end of its address where it has none. */
export function systemName(url: string | undefined): string {
  if (!url) {
    return '';
  }
  const known = systemNames.find(([prefix]) => url.startsWith(prefix));
  return known ? known[1] : (url.split(/[/:]/).filter(Boolean).at(-1) ?? url);
}
