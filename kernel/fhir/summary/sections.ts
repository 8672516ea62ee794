import type {
  AllergyIntolerance,
  CarePlan,
  CodeableConcept,
  Condition,
  DiagnosticReport,
  Flag,
  Immunization,
  MedicationRequest,
  MedicationStatement,
  Observation,
  Procedure,
  Resource,
} from '@medplum/fhirtypes';
import { conceptHtml, type Html, originalText, referenceRangeText, resultHtml, text } from './narrative.ts';
import {
  clinicalStatus,
  isObservation,
  isPast,
  isPregnancy,
  isRefuted,
  isSocial,
  isVitalSign,
  recordedAt,
  takesMedicine,
} from './selection.ts';
import { formatDate, primaryLanguage, statusWord, type Word } from './words.ts';

/** The sections of an International Patient Summary: a row each. A section more is a row more. */

export interface SectionSpec {
  readonly key: string;
  /** LOINC code of the section, and LOINC's name for it. */
  readonly code: string;
  readonly display: string;
  readonly titles: Readonly<Record<'en' | 'th' | 'my', string>>;
  /** Always in the document; `absent` then says, where there is nothing to say, that no information is held. */
  readonly absent?: {
    readonly code: string;
    readonly display: string;
    readonly resource: (of: AbsentContext) => Resource;
  };
  /** Whether a resource belongs here. A resource goes into the first section that takes it. */
  readonly takes: (resource: Resource, now: Date) => boolean;
  /** At most this many for each code, the newest; all of them where absent. */
  readonly newestPerCode?: number;
  readonly columns: readonly Word[];
  readonly cells: (resource: Resource, render: RenderContext) => readonly Html[];
}

export interface AbsentContext {
  readonly code: CodeableConcept;
  readonly subject: { readonly reference: string };
}

export interface RenderContext {
  readonly language: string;
  /** What a medication is, also where it is a resource of its own. */
  readonly medication: (resource: MedicationRequest | MedicationStatement) => CodeableConcept | undefined;
  /** What a device is. */
  readonly device: (resource: Resource) => CodeableConcept | undefined;
}

export const ABSENT_UNKNOWN = 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips';
const VITAL_SIGNS_PER_CODE = 5;

const when = (resource: Resource, { language }: RenderContext, withTime = false) =>
  text(formatDate(recordedAt(resource), language, withTime));

const notes = (resource: { readonly note?: readonly { readonly text?: string }[] }) =>
  text((resource.note ?? []).map((note) => note.text).join(' '));

function conditionCells(resource: Resource, render: RenderContext): readonly Html[] {
  const condition = resource as Condition;
  return [
    conceptHtml(condition.code, render.language),
    when(resource, render),
    text(statusWord(clinicalStatus(condition), render.language)),
    notes(condition),
  ];
}

function observationCells(resource: Resource, render: RenderContext): readonly Html[] {
  if (resource.resourceType === 'DiagnosticReport') {
    const report = resource as DiagnosticReport;
    return [
      conceptHtml(report.code, render.language),
      when(resource, render, true),
      text(report.conclusion),
      text(''),
      text(statusWord(report.status, render.language)),
    ];
  }
  const observation = resource as Observation;
  return [
    conceptHtml(observation.code, render.language),
    when(resource, render, true),
    resultHtml(observation, render.language),
    text(referenceRangeText(observation)),
    text(statusWord(observation.status, render.language)),
  ];
}

const OBSERVATION_COLUMNS = ['what', 'when', 'value', 'normalRange', 'status'] as const;
const CONDITION_COLUMNS = ['what', 'when', 'status', 'note'] as const;

const ACTIVE_CONDITION = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
};
const ACTIVE_ALLERGY = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }],
};
const UNKNOWN_REASON = { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' };

export const SECTIONS: readonly SectionSpec[] = [
  {
    key: 'problems',
    code: '11450-4',
    display: 'Problem list - Reported',
    titles: { en: 'Problems', th: 'ปัญหาสุขภาพ', my: 'ကျန်းမာရေး ပြဿနာများ' },
    absent: {
      code: 'no-problem-info',
      display: 'No information about problems',
      resource: ({ code, subject }) => ({
        resourceType: 'Condition',
        clinicalStatus: ACTIVE_CONDITION,
        code,
        subject,
      }),
    },
    takes: (resource) => resource.resourceType === 'Condition' && !isRefuted(resource) && !isPast(resource),
    columns: CONDITION_COLUMNS,
    cells: conditionCells,
  },
  {
    key: 'allergies',
    code: '48765-2',
    display: 'Allergies and adverse reactions Document',
    titles: { en: 'Allergies and intolerances', th: 'ประวัติการแพ้', my: 'ဓာတ်မတည့်မှုများ' },
    absent: {
      code: 'no-allergy-info',
      display: 'No information about allergies',
      resource: ({ code, subject }) => ({
        resourceType: 'AllergyIntolerance',
        clinicalStatus: ACTIVE_ALLERGY,
        code,
        patient: subject,
      }),
    },
    takes: (resource) => resource.resourceType === 'AllergyIntolerance' && !isRefuted(resource),
    columns: ['what', 'reaction', 'severity', 'when', 'status'],
    cells: (resource, render) => {
      const allergy = resource as AllergyIntolerance;
      const reactions = (allergy.reaction ?? []).flatMap((reaction) => reaction.manifestation ?? []);
      const severity = allergy.reaction?.find((reaction) => reaction.severity)?.severity ?? allergy.criticality;
      return [
        conceptHtml(allergy.code, render.language),
        { html: reactions.map((concept) => conceptHtml(concept, render.language).html).join('<br/>') },
        text(statusWord(severity, render.language)),
        when(resource, render),
        text(statusWord(clinicalStatus(allergy), render.language)),
      ];
    },
  },
  {
    key: 'medications',
    code: '10160-0',
    display: 'History of Medication use Narrative',
    titles: { en: 'Medicines', th: 'ยาที่ใช้', my: 'ဆေးဝါးများ' },
    absent: {
      code: 'no-medication-info',
      display: 'No information about medications',
      resource: ({ code, subject }) => ({
        resourceType: 'MedicationStatement',
        status: 'unknown',
        medicationCodeableConcept: code,
        subject,
        effectivePeriod: { extension: [{ ...UNKNOWN_REASON, valueCode: 'not-applicable' }] },
      }),
    },
    takes: takesMedicine,
    columns: ['what', 'dose', 'when', 'status'],
    cells: (resource, render) => {
      const medicine = resource as MedicationRequest | MedicationStatement;
      const dosages = medicine.resourceType === 'MedicationRequest' ? medicine.dosageInstruction : medicine.dosage;
      return [
        conceptHtml(render.medication(medicine), render.language),
        text((dosages ?? []).map((dosage) => dosage.text ?? dosage.patientInstruction ?? '').join(' ')),
        when(resource, render),
        text(statusWord(medicine.status, render.language)),
      ];
    },
  },
  {
    key: 'alerts',
    code: '104605-1',
    display: 'Alert',
    titles: { en: 'Alerts', th: 'ข้อควรระวัง', my: 'သတိပေးချက်များ' },
    takes: (resource) => resource.resourceType === 'Flag' && resource.status === 'active',
    columns: ['what', 'when'],
    cells: (resource, render) => [conceptHtml((resource as Flag).code, render.language), when(resource, render)],
  },
  {
    key: 'pregnancy',
    code: '10162-6',
    display: 'History of pregnancies Narrative',
    titles: { en: 'Pregnancy', th: 'การตั้งครรภ์', my: 'ကိုယ်ဝန်ဆောင်ခြင်း' },
    takes: (resource) => isObservation(resource) && isPregnancy(resource),
    newestPerCode: 1,
    columns: OBSERVATION_COLUMNS,
    cells: observationCells,
  },
  {
    key: 'immunizations',
    code: '11369-6',
    display: 'History of Immunization Narrative',
    titles: { en: 'Immunizations', th: 'ประวัติการรับวัคซีน', my: 'ကာကွယ်ဆေးများ' },
    takes: (resource) => resource.resourceType === 'Immunization' && resource.status === 'completed',
    columns: ['what', 'when', 'dose', 'note'],
    cells: (resource, render) => {
      const immunization = resource as Immunization;
      const doses = (immunization.protocolApplied ?? []).map(
        (protocol) => protocol.doseNumberString ?? protocol.doseNumberPositiveInt ?? '',
      );
      return [
        conceptHtml(immunization.vaccineCode, render.language),
        text(formatDate(recordedAt(resource), render.language) || immunization.occurrenceString),
        text(doses.join(', ')),
        notes(immunization),
      ];
    },
  },
  {
    key: 'social-history',
    code: '29762-2',
    display: 'Social history Narrative',
    titles: { en: 'Social history', th: 'ประวัติทางสังคม', my: 'လူမှုရေး ရာဇဝင်' },
    takes: (resource) => isObservation(resource) && isSocial(resource),
    newestPerCode: 1,
    columns: OBSERVATION_COLUMNS,
    cells: observationCells,
  },
  {
    key: 'vital-signs',
    code: '8716-3',
    display: 'Vital signs',
    titles: { en: 'Vital signs', th: 'สัญญาณชีพ', my: 'အသက်လက္ခဏာများ' },
    takes: (resource) => isObservation(resource) && isVitalSign(resource),
    newestPerCode: VITAL_SIGNS_PER_CODE,
    columns: OBSERVATION_COLUMNS,
    cells: observationCells,
  },
  {
    key: 'results',
    code: '30954-2',
    display: 'Relevant diagnostic tests/laboratory data Narrative',
    titles: { en: 'Results', th: 'ผลการตรวจ', my: 'စစ်ဆေးမှု ရလဒ်များ' },
    takes: (resource) =>
      isObservation(resource) ||
      (resource.resourceType === 'DiagnosticReport' &&
        !['entered-in-error', 'cancelled', 'registered'].includes(resource.status ?? '')),
    columns: OBSERVATION_COLUMNS,
    cells: observationCells,
  },
  {
    key: 'procedures',
    code: '47519-4',
    display: 'History of Procedures Document',
    titles: { en: 'Procedures', th: 'หัตถการ', my: 'ကုသမှုများ' },
    takes: (resource) =>
      resource.resourceType === 'Procedure' &&
      ['completed', 'in-progress', 'stopped', 'on-hold', 'unknown'].includes(resource.status ?? ''),
    columns: ['what', 'when', 'status', 'note'],
    cells: (resource, render) => {
      const procedure = resource as Procedure;
      return [
        conceptHtml(procedure.code, render.language),
        when(resource, render),
        text(statusWord(procedure.status, render.language)),
        notes(procedure),
      ];
    },
  },
  {
    key: 'devices',
    code: '46264-8',
    display: 'History of medical device use',
    titles: { en: 'Medical devices', th: 'อุปกรณ์ทางการแพทย์', my: 'ဆေးဘက် ကိရိယာများ' },
    takes: (resource) => resource.resourceType === 'DeviceUseStatement' && resource.status !== 'entered-in-error',
    columns: ['what', 'when', 'status'],
    cells: (resource, render) => [
      conceptHtml(render.device(resource), render.language),
      when(resource, render),
      text(statusWord((resource as { readonly status?: string }).status, render.language)),
    ],
  },
  {
    key: 'past-problems',
    code: '11348-0',
    display: 'History of Past illness Narrative',
    titles: { en: 'Past problems', th: 'ประวัติการเจ็บป่วยในอดีต', my: 'ယခင် ရောဂါရာဇဝင်' },
    takes: (resource) => resource.resourceType === 'Condition' && !isRefuted(resource),
    columns: CONDITION_COLUMNS,
    cells: conditionCells,
  },
  {
    key: 'functional-status',
    code: '47420-5',
    display: 'Functional status assessment note',
    titles: { en: 'Functional status', th: 'ความสามารถในการดำเนินชีวิต', my: 'လုပ်ဆောင်နိုင်စွမ်း' },
    takes: (resource) => resource.resourceType === 'ClinicalImpression' && resource.status === 'completed',
    columns: ['what', 'when', 'note'],
    cells: (resource, render) => {
      const impression = resource as { readonly code?: CodeableConcept; readonly summary?: string };
      return [conceptHtml(impression.code, render.language), when(resource, render), text(impression.summary)];
    },
  },
  {
    key: 'plan-of-care',
    code: '18776-5',
    display: 'Plan of care note',
    titles: { en: 'Plan of care', th: 'แผนการดูแล', my: 'စောင့်ရှောက်မှု အစီအစဉ်' },
    takes: (resource) =>
      resource.resourceType === 'CarePlan' && (resource.status === 'active' || resource.status === 'on-hold'),
    columns: ['what', 'when', 'note'],
    cells: (resource, render) => {
      const plan = resource as CarePlan;
      const activities = (plan.activity ?? []).map((activity) => originalText(activity.detail?.code)).filter(Boolean);
      return [
        plan.title ? text(plan.title) : conceptHtml(plan.category?.at(-1), render.language),
        when(resource, render),
        text([plan.description, ...activities].filter(Boolean).join('; ')),
      ];
    },
  },
  {
    key: 'advance-directives',
    code: '42348-3',
    display: 'Advance directives',
    titles: { en: 'Advance directives', th: 'หนังสือแสดงเจตนาล่วงหน้า', my: 'ကြိုတင် ညွှန်ကြားချက်များ' },
    takes: (resource) =>
      resource.resourceType === 'Consent' &&
      resource.status === 'active' &&
      (resource.scope?.coding ?? []).some((coding) => coding.code === 'adr'),
    columns: ['what', 'when'],
    cells: (resource, render) => [
      conceptHtml((resource as { readonly category?: CodeableConcept[] }).category?.[0], render.language),
      when(resource, render),
    ],
  },
];

/** A section's title for a reader of `language`; English where it has none. */
export function sectionTitle(section: SectionSpec, language: string): string {
  const primary = primaryLanguage(language);
  return primary === 'th' || primary === 'my' ? section.titles[primary] : section.titles.en;
}
