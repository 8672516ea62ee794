import type { Coding, Questionnaire, QuestionnaireItem, QuestionnaireResponseItemAnswer } from '@medplum/fhirtypes';

/**
 * Where an item sits in its questionnaire. Link ids are unique, so an item's place in a *response* is its link id and
 * the position of each repeating group around it.
 */
export interface ItemOutline {
  readonly item: QuestionnaireItem;
  readonly linkId: string;
  readonly parent: ItemOutline | undefined;
  /** Position in document order, from 0. */
  readonly order: number;
  /** Link ids of the repeating groups around the item, outermost first; a repeating group counts itself. */
  readonly repeating: readonly string[];
  readonly children: readonly ItemOutline[];
}

export interface Outline {
  readonly roots: readonly ItemOutline[];
  readonly byLinkId: ReadonlyMap<string, ItemOutline>;
}

/**
 * The place of an item in a response: the index (from 0) of each repeating group around it, outermost first.
 * A repeating group's own place ends with its own index. Empty outside repeating groups.
 */
export type Place = readonly number[];

const outlines = new WeakMap<Questionnaire, Outline>();

/** The items of a questionnaire by link id, in document order. Computed once for each questionnaire object. */
export function outlineOf(questionnaire: Questionnaire): Outline {
  const known = outlines.get(questionnaire);
  if (known) {
    return known;
  }
  const byLinkId = new Map<string, ItemOutline>();
  let order = 0;
  const visit = (item: QuestionnaireItem, parent: ItemOutline | undefined): ItemOutline => {
    const around = parent?.repeating ?? [];
    const children: ItemOutline[] = [];
    const entry: ItemOutline = {
      item,
      linkId: item.linkId,
      parent,
      order: order++,
      repeating: isRepeatingGroup(item) ? [...around, item.linkId] : around,
      children,
    };
    byLinkId.set(item.linkId, entry);
    for (const child of item.item ?? []) {
      children.push(visit(child, entry));
    }
    return entry;
  };
  const outline = { roots: (questionnaire.item ?? []).map((item) => visit(item, undefined)), byLinkId };
  outlines.set(questionnaire, outline);
  return outline;
}

export function isRepeatingGroup(item: QuestionnaireItem): boolean {
  return item.type === 'group' && item.repeats === true;
}

/** One string for an item at a place, like `history.allergies[1]`: a key for maps and for a screen's lists. */
export function keyOf(linkId: string, at: Place = []): string {
  return at.length === 0 ? linkId : `${linkId}[${at.join(',')}]`;
}

export type AnswerValue = string | number | boolean | Coding | object;

/** The value of an answer, whichever `value[x]` holds it. */
export function answerValue(answer: QuestionnaireResponseItemAnswer): AnswerValue | undefined {
  for (const key in answer) {
    if (key.startsWith('value')) {
      return answer[key as keyof QuestionnaireResponseItemAnswer] as AnswerValue | undefined;
    }
  }
  return undefined;
}

export const extensions = {
  translation: 'http://hl7.org/fhir/StructureDefinition/translation',
  ordinalValue: 'http://hl7.org/fhir/StructureDefinition/ordinalValue',
  minValue: 'http://hl7.org/fhir/StructureDefinition/minValue',
  maxValue: 'http://hl7.org/fhir/StructureDefinition/maxValue',
  minOccurs: 'http://hl7.org/fhir/StructureDefinition/questionnaire-minOccurs',
  maxOccurs: 'http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs',
  unit: 'http://hl7.org/fhir/StructureDefinition/questionnaire-unit',
  unitOption: 'http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption',
  itemControl: 'http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl',
  displayCategory: 'http://hl7.org/fhir/StructureDefinition/questionnaire-displayCategory',
  choiceOrientation: 'http://hl7.org/fhir/StructureDefinition/questionnaire-choiceOrientation',
  optionExclusive: 'http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive',
  /** What a code of the form is called in the record, where the question says too little outside it. */
  recordText: 'https://serai.example/StructureDefinition/record-text',
  /** `past`, `future`: which side of today a date must lie on. */
  tense: 'https://serai.example/StructureDefinition/tense',
  /** How a read-only item follows from others: `method` and `input` link ids. */
  calculation: 'https://serai.example/StructureDefinition/calculation',
} as const;
