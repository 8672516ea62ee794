/**
 * Builds the FHIR questionnaires of `countries/forms` from their sources: a folder a form, a JSON file a section, every
 * text in every language in one place. `node scripts/build-forms.ts` writes them; a test proves they are current.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  Coding,
  Extension,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireItemAnswerOption,
  QuestionnaireItemEnableWhen,
} from '@medplum/fhirtypes';

type Texts = Readonly<Record<string, string>>;

interface OptionSource {
  readonly key: string;
  /** `system code display`; left out, the key in the form's own code system. */
  readonly code?: string;
  readonly text: Texts;
  readonly score?: number;
  readonly exclusive?: boolean;
  readonly sensitivity?: readonly string[];
}

type ConditionSource = readonly [question: string, operator: string, value: string | number | boolean];

/** What an item becomes in the record; `domains/care/assessment` reads it back. */
export interface ExtractSource {
  readonly to: string;
  readonly category?: string;
  /** Which field of the surrounding group's resource the answer fills. */
  readonly role?: string;
  readonly as?: 'panel';
  readonly code?: string;
  /** What the code (or what is absent) is called in the record. */
  readonly record?: Texts;
  /** Written where the answer is no: that it was asked and there is none. */
  readonly absent?: string;
  readonly status?: string;
  readonly purpose?: string;
  readonly unit?: string;
  /** Only for these options (or `false`). */
  readonly on?: readonly string[];
  /** For all options but these. */
  readonly except?: readonly string[];
  /** Only from this score on. */
  readonly atLeast?: number;
  readonly sensitivity?: readonly string[];
}

interface ItemSource {
  readonly id: string;
  readonly type: string;
  readonly text: Texts;
  /** What it is called in the record, where the question says too little outside the form. */
  readonly record?: Texts;
  readonly hint?: Texts;
  readonly code?: string;
  readonly required?: boolean;
  readonly repeats?: boolean;
  readonly readOnly?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly maxOccurs?: number;
  readonly maxLength?: number;
  readonly tense?: 'past' | 'future';
  readonly units?: readonly string[];
  readonly options?: string | readonly OptionSource[];
  readonly when?: readonly ConditionSource[];
  readonly whenAny?: readonly ConditionSource[];
  readonly calculate?: { readonly method: string; readonly inputs: readonly string[] };
  readonly extract?: ExtractSource | readonly ExtractSource[];
  readonly items?: readonly ItemSource[];
}

interface SectionSource {
  readonly id: string;
  readonly text: Texts;
  readonly when?: readonly ConditionSource[];
  readonly items: readonly ItemSource[];
}

interface FormSource {
  readonly id: string;
  readonly url: string;
  readonly version: string;
  readonly name: string;
  readonly date: string;
  readonly publisher: string;
  readonly codeSystem: string;
  readonly languages: readonly string[];
  readonly title: Texts;
  readonly description: string;
  readonly sections: readonly string[];
}

const systems: Readonly<Record<string, string>> = {
  loinc: 'http://loinc.org',
  sct: 'http://snomed.info/sct',
  atc: 'http://www.whocc.no/atc',
  cvx: 'http://hl7.org/fhir/sid/cvx',
  gender: 'http://hl7.org/fhir/administrative-gender',
  bcp47: 'urn:ietf:bcp:47',
  'allergy-category': 'http://hl7.org/fhir/allergy-intolerance-category',
  'condition-ver-status': 'http://terminology.hl7.org/CodeSystem/condition-ver-status',
  'immunization-origin': 'http://terminology.hl7.org/CodeSystem/immunization-origin',
  'request-priority': 'http://hl7.org/fhir/request-priority',
  'ips-absent': 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips',
};

const hl7 = 'http://hl7.org/fhir/StructureDefinition';
const serai = 'https://serai.example/StructureDefinition';
const ucum = 'http://unitsofmeasure.org';

/** Builds one form from its folder. @throws Error naming the item, for a source that cannot be built. */
export function buildForm(folder: string): Questionnaire {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const form = read('form.json') as FormSource;
  const shared = read('options.json') as Readonly<Record<string, readonly OptionSource[]>>;
  const sections = readdirSync(folder)
    .filter((file) => /^\d\d-.*\.json$/.test(file))
    .sort()
    .map((file) => read(file) as SectionSource);
  if (sections.map(({ id }) => id).join() !== form.sections.join()) {
    throw new Error(`${folder}: the sections must be ${form.sections.join(', ')}`);
  }
  const [main, ...others] = form.languages as [string, ...string[]];
  const questions = new Map<string, { readonly item: ItemSource; readonly options: readonly OptionSource[] }>();

  const translated = (where: string, texts: Texts) => {
    for (const language of form.languages) {
      if (!texts[language]?.trim()) {
        throw new Error(`${where} has no text in ${language}`);
      }
    }
    const extension = others.map((language) => ({
      url: `${hl7}/translation`,
      extension: [
        { url: 'lang', valueCode: language },
        { url: 'content', valueString: texts[language]! },
      ],
    }));
    return { text: texts[main]!, extension };
  };

  /** `system code display`, or `code display` in the form's own system. */
  const codingOf = (where: string, text: string): Coding => {
    const parts = /^(?:(\S+) )?(\S+)(?: (.*))?$/.exec(text);
    const [first, second, ...rest] = text.split(' ');
    if (!parts || !first) {
      throw new Error(`${where}: "${text}" is no code`);
    }
    const system = systems[first];
    if (system) {
      return { system, code: second!, display: rest.join(' ') };
    }
    return { system: form.codeSystem, code: first, display: text.slice(first.length + 1) };
  };

  /** A coding with the words the record has for it, beside the terminology's own. */
  const recorded = (where: string, coding: Coding, texts: Texts | undefined): Coding => {
    if (!texts) {
      return coding;
    }
    const { text, extension } = translated(`${where}, record`, texts);
    const words = { url: `${serai}/record-text`, valueString: text, _valueString: { extension } } as Extension;
    return { extension: [words], ...coding };
  };

  const unitOf = (text: string): Coding => {
    const [code, ...display] = text.split(' ');
    return { system: ucum, code: code!, display: display.join(' ') };
  };

  const optionCoding = (option: OptionSource): Coding =>
    option.code
      ? codingOf(option.key, option.code)
      : { system: form.codeSystem, code: option.key, display: option.text[main]! };

  const optionOf = (where: string, option: OptionSource): QuestionnaireItemAnswerOption => {
    const { extension: translations } = translated(`${where}, option ${option.key}`, option.text);
    const { system, code, display } = optionCoding(option);
    const extension: Extension[] = [
      // The display is what the form says; where the terminology says it otherwise, its words are kept for the record.
      ...(display === option.text[main] ? [] : [{ url: `${serai}/terminology-display`, valueString: display! }]),
      ...(option.score === undefined ? [] : [{ url: `${hl7}/ordinalValue`, valueDecimal: option.score }]),
      ...(option.exclusive ? [{ url: `${hl7}/questionnaire-optionExclusive`, valueBoolean: true }] : []),
      ...(option.sensitivity ?? []).map((valueCode) => ({ url: `${serai}/sensitivity`, valueCode })),
    ];
    return {
      ...(extension.length > 0 && { extension }),
      valueCoding: {
        system,
        code,
        display: option.text[main]!,
        _display: { extension: translations },
      } as Coding,
    };
  };

  const conditionOf = (where: string, [question, operator, value]: ConditionSource): QuestionnaireItemEnableWhen => {
    const asked = questions.get(question);
    if (!asked) {
      throw new Error(`${where} depends on ${question}, which does not come before it`);
    }
    const base = { question, operator: operator as QuestionnaireItemEnableWhen['operator'] };
    if (typeof value === 'boolean') {
      return { ...base, answerBoolean: value };
    }
    if (typeof value === 'number') {
      return asked.item.type === 'decimal' ? { ...base, answerDecimal: value } : { ...base, answerInteger: value };
    }
    const option = asked.options.find(({ key }) => key === value);
    if (!option) {
      throw new Error(`${where} depends on ${question} = ${value}, which is no option of it`);
    }
    const { system, code } = optionCoding(option);
    return { ...base, answerCoding: { system, code } };
  };

  const conditionsOf = (
    where: string,
    source: { when?: readonly ConditionSource[]; whenAny?: readonly ConditionSource[] },
  ) => {
    const conditions = source.when ?? source.whenAny ?? [];
    return {
      ...(conditions.length > 0 && { enableWhen: conditions.map((condition) => conditionOf(where, condition)) }),
      ...(conditions.length > 1 && { enableBehavior: source.when ? ('all' as const) : ('any' as const) }),
    };
  };

  const extractOf = (where: string, source: ExtractSource, options: readonly OptionSource[]): Extension => {
    const codes = (keys: readonly string[] | undefined, url: string): Extension[] =>
      (keys ?? []).map((key) => {
        const option = options.find((candidate) => candidate.key === key);
        if (!option && key !== 'true' && key !== 'false') {
          throw new Error(`${where} extracts ${url} ${key}, which is no option of it`);
        }
        return { url, valueCode: option ? optionCoding(option).code! : key };
      });
    const code = (url: string, valueCode: string | undefined) => (valueCode ? [{ url, valueCode }] : []);
    const coding = (url: string, text: string | undefined) =>
      text ? [{ url, valueCoding: recorded(where, codingOf(where, text), source.record) }] : [];
    return {
      url: `${serai}/extract`,
      extension: [
        ...code('target', source.to),
        ...code('category', source.category),
        ...code('role', source.role),
        ...code('as', source.as),
        ...code('status', source.status),
        ...code('purpose', source.purpose),
        ...coding('code', source.code),
        ...coding('absent', source.absent),
        ...(source.unit ? [{ url: 'unit', valueCoding: unitOf(source.unit) }] : []),
        ...codes(source.on, 'on'),
        ...codes(source.except, 'except'),
        ...(source.atLeast === undefined ? [] : [{ url: 'atLeast', valueDecimal: source.atLeast }]),
        ...(source.sensitivity ?? []).map((valueCode) => ({ url: 'sensitivity', valueCode })),
      ],
    };
  };

  const limitsOf = (source: ItemSource): Extension[] => {
    const limit = (url: string, value: number | undefined): Extension[] => {
      if (value === undefined) {
        return [];
      }
      return [source.type === 'integer' ? { url, valueInteger: value } : { url, valueDecimal: value }];
    };
    return [...limit(`${hl7}/minValue`, source.min), ...limit(`${hl7}/maxValue`, source.max)];
  };

  const itemOf = (section: string, source: ItemSource): QuestionnaireItem => {
    const linkId = `${section}.${source.id}`;
    const options = typeof source.options === 'string' ? shared[source.options] : (source.options ?? []);
    if (!options) {
      throw new Error(`${linkId} wants the options ${source.options}, which there are none of`);
    }
    const conditions = conditionsOf(linkId, source);
    if (questions.has(linkId)) {
      throw new Error(`${linkId} stands twice`);
    }
    questions.set(linkId, { item: source, options });
    const { text, extension: translations } = translated(linkId, source.text);
    const units = (source.units ?? []).map(unitOf);
    const extracts = source.extract === undefined ? [] : [source.extract].flat();
    const extension: Extension[] = [
      ...limitsOf(source),
      ...(source.maxOccurs ? [{ url: `${hl7}/questionnaire-maxOccurs`, valueInteger: source.maxOccurs }] : []),
      ...(units.length === 1
        ? [{ url: `${hl7}/questionnaire-unit`, valueCoding: units[0]! }]
        : units.map((valueCoding) => ({ url: `${hl7}/questionnaire-unitOption`, valueCoding }))),
      ...(source.tense ? [{ url: `${serai}/tense`, valueCode: source.tense }] : []),
      ...(source.calculate
        ? [
            {
              url: `${serai}/calculation`,
              extension: [
                { url: 'method', valueCode: source.calculate.method },
                ...source.calculate.inputs.map((valueString) => ({ url: 'input', valueString })),
              ],
            },
          ]
        : []),
      ...extracts.map((extract) => extractOf(linkId, extract as ExtractSource, options)),
    ];
    const children = [
      ...(source.hint ? [hintOf(linkId, source.hint)] : []),
      ...(source.items ?? []).map((child) => itemOf(section, child)),
    ];
    const asksSomething = source.type !== 'group' && source.type !== 'display';
    const coding = source.code ? codingOf(linkId, source.code) : asksSomething && localCoding(linkId, source);
    return {
      linkId,
      ...(extension.length > 0 && { extension }),
      ...(coding && { code: [recorded(linkId, coding, source.record)] }),
      text,
      _text: { extension: translations },
      type: source.type as QuestionnaireItem['type'],
      ...conditions,
      ...(source.required && { required: true }),
      ...(source.repeats && { repeats: true }),
      ...(source.readOnly && { readOnly: true }),
      ...(source.maxLength && { maxLength: source.maxLength }),
      ...(options.length > 0 && { answerOption: options.map((option) => optionOf(linkId, option)) }),
      ...(children.length > 0 && { item: children }),
    } as QuestionnaireItem;
  };

  /**
   * An item without a code of a terminology has its id in the form's own code system. The ids of sensitive questions
   * begin with what they are about (`tb-`, `hiv-`, `violence-` …): labels are found by that.
   */
  const localCodes = new Map<string, string>();
  const localCoding = (linkId: string, source: ItemSource): Coding => {
    const taken = localCodes.get(source.id);
    if (taken) {
      throw new Error(`${linkId} and ${taken} have the same code ${source.id}`);
    }
    localCodes.set(source.id, linkId);
    return { system: form.codeSystem, code: source.id, display: source.text[main]! };
  };

  const hintOf = (linkId: string, texts: Texts): QuestionnaireItem => {
    const { text, extension } = translated(`${linkId}, hint`, texts);
    return {
      linkId: `${linkId}.hint`,
      extension: [
        {
          url: `${hl7}/questionnaire-displayCategory`,
          valueCodeableConcept: {
            coding: [
              {
                system: 'http://hl7.org/fhir/questionnaire-display-category',
                code: 'instructions',
                display: 'Instructions',
              },
            ],
          },
        },
      ],
      text,
      _text: { extension },
      type: 'display',
    } as QuestionnaireItem;
  };

  const sectionOf = (source: SectionSource): QuestionnaireItem => {
    const { text, extension } = translated(source.id, source.text);
    return {
      linkId: source.id,
      text,
      _text: { extension },
      type: 'group',
      ...conditionsOf(source.id, source),
      item: source.items.map((item) => itemOf(source.id, item)),
    } as QuestionnaireItem;
  };

  const title = translated('title', form.title);
  return {
    resourceType: 'Questionnaire',
    id: form.id,
    language: main,
    url: form.url,
    version: form.version,
    name: form.name,
    title: title.text,
    _title: { extension: title.extension },
    status: 'active',
    subjectType: ['Patient'],
    date: form.date,
    publisher: form.publisher,
    description: form.description,
    item: sections.map(sectionOf),
  } as Questionnaire;
}

/** The text of the generated file, as the formatter leaves it. */
export function printForm(questionnaire: Questionnaire): string {
  return `${JSON.stringify(questionnaire, null, 2).replace(/\[\n\s+("[^"\n]*")\n\s+\]/g, '[$1]')}\n`;
}

if (import.meta.main) {
  const forms = join(import.meta.dirname, '..', 'countries', 'forms');
  for (const entry of readdirSync(forms, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      writeFileSync(join(forms, `${entry.name}.questionnaire.json`), printForm(buildForm(join(forms, entry.name))));
    }
  }
}
