import type {
  ClinicalImpression,
  CodeableConcept,
  Element,
  Encounter,
  Patient,
  Provenance,
  Questionnaire,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  Reference,
  Resource,
} from '@medplum/fhirtypes';
import {
  canonicalOf,
  type FormNode,
  formTree,
  getValue,
  outlineOf,
  pruneDisabled,
} from '@serai/kernel/fhir/questionnaire/questionnaire.ts';
import { screeningResources } from '../screening/record.ts';
import { type ScreeningOptions, screenAssessment } from '../screening/screening.ts';
import { resourcesOfGroup, resourcesOfQuestion } from './builders.ts';
import { labelled } from './labels.ts';
import { codingOf, extractsOf, optionSensitivity } from './mapping.ts';
import type { Filled, Writing } from './writing.ts';

export interface AssessmentContext {
  readonly patient: Pick<Patient, 'id'>;
  readonly encounterId: string;
  /** `Practitioner/…` of the person signed in; left out where a system records. */
  readonly practitioner?: string;
  /** `Organization/…` the assessment is done for. */
  readonly facility?: string;
  /** How this site screens for TB, where it says so. */
  readonly screening?: ScreeningOptions;
  readonly now: Date;
  /** Mints resource ids; called once for each resource. */
  readonly newId: () => string;
}

/**
 * Turns a valid response into the record of one assessment: QuestionnaireResponse, Encounter, ClinicalImpression, what
 * the items' `extract` extensions name, and a Provenance that ties each to the response. References hold among the ids
 * given. Codes, units and words come from the form, never from the sender. Validate the response first.
 */
export function extractAssessment(
  questionnaire: Questionnaire,
  response: QuestionnaireResponse,
  context: AssessmentContext,
): Resource[] {
  const pruned = withOwnWords(questionnaire, pruneDisabled(questionnaire, response));
  const tree = formTree(questionnaire, pruned);
  const roles = encounterRoles(tree);
  const instant = context.now.toISOString();
  const subject: Reference<Patient> = { reference: `Patient/${context.patient.id}` };
  const encounter: Reference<Encounter> = { reference: `Encounter/${context.encounterId}` };
  const responseId = context.newId();
  // The day it was done; to the second where that is today.
  const performed = !roles.date || instant.startsWith(roles.date) ? instant : roles.date;
  const author = context.practitioner
    ? { reference: context.practitioner, ...(roles.examiner && { display: roles.examiner }) }
    : undefined;
  const facility = context.facility ? { reference: context.facility } : undefined;
  const writing: Writing = {
    subject,
    encounter,
    source: { reference: `QuestionnaireResponse/${responseId}` },
    author,
    performer: author ?? facility ?? { display: roles.examiner ?? roles.site ?? 'Health assessment' },
    facility,
    performed,
    instant,
    newId: context.newId,
    ageMonths: ageMonthsOf(questionnaire, pruned),
    consentGiven: consentGiven(tree),
  };

  const extracted: Resource[] = [];
  const visit = (node: FormNode) => {
    if (!node.enabled) {
      return;
    }
    for (const extract of extractsOf(node.item)) {
      if (!extract.role) {
        extracted.push(
          ...(node.item.type === 'group'
            ? resourcesOfGroup(node, extract, writing)
            : resourcesOfQuestion(node, extract, writing)),
        );
      }
    }
    node.children.forEach(visit);
  };
  tree.forEach(visit);

  const screening = screenAssessment(questionnaire, pruned, context.screening);
  extracted.push(...screeningResources(screening, writing));

  const everything = sensitivityInside(tree);
  const written: QuestionnaireResponse = {
    ...labelled(everything),
    resourceType: 'QuestionnaireResponse',
    id: responseId,
    questionnaire: canonicalOf(questionnaire),
    status: 'completed',
    subject,
    encounter,
    authored: instant,
    ...(author && { author }),
    item: pruned.item,
  };
  const visitMade: Encounter = {
    resourceType: 'Encounter',
    id: context.encounterId,
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' },
    type: [formConcept(questionnaire)],
    subject,
    ...(author && { participant: [{ individual: author }] }),
    period: { start: performed, end: performed },
    ...(roles.site && { location: [{ location: { display: roles.site } }] }),
    ...(facility && { serviceProvider: facility }),
  };
  const impression = impressionOf(questionnaire, tree, extracted, writing);
  const all: Resource[] = [written, visitMade, ...extracted, ...(impression ? [impression] : [])];
  const provenance: Provenance = {
    resourceType: 'Provenance',
    id: context.newId(),
    target: all.map(({ resourceType, id }) => ({ reference: `${resourceType}/${id}` })),
    recorded: instant,
    activity: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-DataOperation', code: 'CREATE', display: 'create' }],
    },
    agent: [{ who: writing.performer, ...(author && facility && { onBehalfOf: facility }) }],
    entity: [{ role: 'source', what: writing.source }],
  };
  return [...all, provenance];
}

/** How many of each type, for an answer and a log line. */
export function countByType(resources: readonly Resource[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { resourceType } of resources) {
    counts[resourceType] = (counts[resourceType] ?? 0) + 1;
  }
  return counts;
}

/** What the form is called, in every language it is in. */
function formConcept(questionnaire: Questionnaire): CodeableConcept {
  const { id, title, _title } = questionnaire as Questionnaire & { readonly _title?: Element };
  return {
    coding: [{ system: 'https://serai.example/CodeSystem/assessment', code: id, display: title }],
    text: title,
    ...(_title && { _text: _title }),
  } as CodeableConcept;
}

function impressionOf(
  questionnaire: Questionnaire,
  tree: readonly FormNode[],
  extracted: readonly Resource[],
  writing: Writing,
): ClinicalImpression | undefined {
  const text = (role: string) =>
    answersWithRole(tree, 'ClinicalImpression', role).map(({ valueString }) => valueString!)[0];
  const summary = text('summary');
  const note = text('note');
  const conditions = extracted.filter((resource) => resource.resourceType === 'Condition');
  const diagnoses = conditions.filter((condition) =>
    condition.category?.some(({ coding }) => coding?.some(({ code }) => code === 'encounter-diagnosis')),
  );
  const observations = extracted.filter((resource) => resource.resourceType === 'Observation');
  if (!summary && !note && diagnoses.length === 0 && observations.length === 0) {
    return undefined;
  }
  return {
    // A summary in free words may tell anything the assessment found.
    ...labelled([...sensitivityInside(tree)]),
    resourceType: 'ClinicalImpression',
    id: writing.newId(),
    status: 'completed',
    code: formConcept(questionnaire),
    subject: writing.subject,
    encounter: writing.encounter,
    effectiveDateTime: writing.performed,
    date: writing.instant,
    ...(writing.author && { assessor: writing.author }),
    ...(observations.length > 0 && {
      investigation: [
        {
          code: formConcept(questionnaire),
          item: [writing.source, ...observations.map(({ id }) => ({ reference: `Observation/${id}` }))],
        },
      ],
    }),
    ...(summary && { summary }),
    ...(diagnoses.length > 0 && {
      finding: diagnoses.map(({ id }) => ({ itemReference: { reference: `Condition/${id}` } })),
    }),
    ...(note && { note: [{ text: note }] }),
  };
}

function encounterRoles(tree: readonly FormNode[]): { date?: string; site?: string; examiner?: string } {
  const first = (role: string) => answersWithRole(tree, 'Encounter', role)[0];
  return {
    date: first('date')?.valueDate,
    site: first('site')?.valueString,
    examiner: first('examiner')?.valueString,
  };
}

/** How consent was given, from the questions that say so. */
function consentGiven(nodes: readonly FormNode[]): Filled[] {
  return nodes.flatMap((node) => [
    ...(node.enabled && extractsOf(node.item).some(({ target, role }) => target === 'Consent' && role)
      ? node.answers.map((answer) => ({ item: node.item, answer }))
      : []),
    ...consentGiven(node.children),
  ]);
}

function ageMonthsOf(questionnaire: Questionnaire, response: QuestionnaireResponse): number | undefined {
  const read = (linkId: string) =>
    outlineOf(questionnaire).byLinkId.has(linkId) ? getValue(questionnaire, response, linkId) : undefined;
  const months = read('identity.age-months');
  const years = read('identity.age-years');
  return typeof months === 'number' ? months : typeof years === 'number' ? years * 12 : undefined;
}

function answersWithRole(nodes: readonly FormNode[], target: string, role: string): FormNode['answers'] {
  return nodes.flatMap((node) => [
    ...(node.enabled && extractsOf(node.item).some((extract) => extract.target === target && extract.role === role)
      ? node.answers
      : []),
    ...answersWithRole(node.children, target, role),
  ]);
}

/** Every sensitivity label of anything answered: the high-water mark. */
function sensitivityInside(nodes: readonly FormNode[]): Set<string> {
  const codes = new Set<string>();
  const visit = (node: FormNode, around: readonly string[]) => {
    const own = [...around, ...extractsOf(node.item).flatMap(({ sensitivity }) => sensitivity)];
    if (node.enabled && node.answers.length > 0) {
      for (const code of own) {
        codes.add(code);
      }
      for (const answer of node.answers) {
        for (const code of optionSensitivity(node.item, answer)) {
          codes.add(code);
        }
      }
    }
    for (const child of node.children) {
      visit(child, own);
    }
  };
  for (const node of nodes) {
    visit(node, []);
  }
  return codes;
}

/** The response with each coding as the form has it: a sender's own display does not enter the record. */
function withOwnWords(questionnaire: Questionnaire, response: QuestionnaireResponse): QuestionnaireResponse {
  const { byLinkId } = outlineOf(questionnaire);
  const rewrite = (item: QuestionnaireResponseItem): QuestionnaireResponseItem => {
    const question = byLinkId.get(item.linkId)!.item;
    return {
      linkId: item.linkId,
      text: question.text,
      ...(item.answer && {
        answer: item.answer.map((answer) => {
          const coding = codingOf(question, answer);
          return {
            ...(coding ? { valueCoding: coding } : answer),
            ...(answer.item && { item: answer.item.map(rewrite) }),
          };
        }),
      }),
      ...(item.item && { item: item.item.map(rewrite) }),
    };
  };
  return { ...response, item: (response.item ?? []).map(rewrite) };
}
