import type {
  AllergyIntolerance,
  Bundle,
  CodeableConcept,
  Composition,
  CompositionSection,
  Condition,
  DeviceUseStatement,
  DiagnosticReport,
  Dosage,
  Immunization,
  MedicationRequest,
  MedicationStatement,
  Observation,
  ObservationComponent,
  Patient,
  Period,
  Procedure,
  Quantity,
  Range,
  Reference,
  Resource,
} from '@medplum/fhirtypes';
import { type CodedText, codedText } from './coded-text.ts';
import { type NarrativeNode, readNarrative } from './narrative.ts';

/** A patient summary (IPS document) as a screen shows it: structured data first, never the sender's HTML. */
export interface DocumentView {
  readonly title: string;
  /** Language the document's own texts are in, where it says so. */
  readonly language?: string;
  readonly date?: string;
  readonly authors: readonly string[];
  readonly custodian?: string;
  readonly person?: { readonly name?: string; readonly birth?: string; readonly gender?: string };
  readonly sections: readonly SectionView[];
}

export interface SectionView {
  /** LOINC code of the section. */
  readonly code: string;
  /** The title as the author wrote it. */
  readonly title: string;
  readonly emptyReason?: string;
  readonly entries: readonly EntryView[];
  readonly narrative: readonly NarrativeNode[];
}

/** What a fact of an entry is; the screen has a word for each. */
export type FactKind =
  | 'when'
  | 'value'
  | 'status'
  | 'certainty'
  | 'severity'
  | 'criticality'
  | 'reaction'
  | 'dose'
  | 'route'
  | 'site'
  | 'interpretation'
  | 'range'
  | 'reason'
  | 'lot'
  | 'by'
  | 'note';

export type FactValue =
  | { readonly form: 'text'; readonly text: string }
  | { readonly form: 'date'; readonly from?: string; readonly to?: string }
  | { readonly form: 'coded'; readonly coded: CodedText; readonly label?: CodedText }
  /** A code of a FHIR value set the screen has words for. */
  | { readonly form: 'code'; readonly code: string }
  | {
      readonly form: 'quantity';
      readonly value?: number;
      readonly text?: string;
      readonly unit?: string;
      readonly label?: CodedText;
    };

export interface EntryView {
  readonly key: string;
  readonly resourceType: string;
  readonly main?: CodedText;
  /** Code of `absent-unknown-uv-ips`: something known not to be there, or not asked. */
  readonly absent?: string;
  readonly facts: readonly { readonly kind: FactKind; readonly values: readonly FactValue[] }[];
  /** What no reader must miss: an active, high-risk allergy. */
  readonly critical: boolean;
}

const absentUnknown = 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips';

/** @param language the reader's language */
export function viewOf(document: Bundle, language: string): DocumentView | undefined {
  const resources = new Map<string, Resource>();
  for (const entry of document.entry ?? []) {
    if (entry.resource) {
      if (entry.fullUrl) {
        resources.set(entry.fullUrl, entry.resource);
      }
      resources.set(`${entry.resource.resourceType}/${entry.resource.id}`, entry.resource);
    }
  }
  const find = (reference: Reference | undefined): Resource | undefined => {
    const target = reference?.reference;
    return target ? (resources.get(target) ?? resources.get(target.split('/').slice(-2).join('/'))) : undefined;
  };
  const composition = document.entry?.[0]?.resource;
  if (composition?.resourceType !== 'Composition') {
    return undefined;
  }
  const written = composition.language ?? document.language;
  const reader = new Reader(language, written, find);
  const subject = find(composition.subject);
  const custodian = composition.custodian && reader.nameOf(composition.custodian);
  return {
    title: composition.title ?? '',
    ...(written && { language: written }),
    ...(composition.date && { date: composition.date }),
    authors: (composition.author ?? []).map((author) => reader.nameOf(author)).filter((name) => name !== undefined),
    ...(custodian && { custodian }),
    ...(subject?.resourceType === 'Patient' && { person: personOf(subject) }),
    sections: sectionsOf(composition).map((section, index) => sectionView(section, index, reader, find)),
  };
}

function sectionsOf(composition: Composition): readonly CompositionSection[] {
  return (composition.section ?? []).flatMap((section) => [section, ...(section.section ?? [])]);
}

function sectionView(
  section: CompositionSection,
  at: number,
  reader: Reader,
  find: (reference: Reference) => Resource | undefined,
): SectionView {
  const entries = (section.entry ?? []).flatMap((reference, index) => {
    const resource = find(reference);
    return resource ? [reader.entry(resource, `${at}-${index}`)] : [];
  });
  const emptyReason = section.emptyReason?.coding?.[0]?.code;
  return {
    code: section.code?.coding?.find((coding) => coding.code)?.code ?? '',
    title: section.title ?? section.code?.coding?.[0]?.display ?? '',
    ...(emptyReason && { emptyReason }),
    entries,
    narrative: section.text?.div ? readNarrative(section.text.div) : [],
  };
}

function personOf(patient: Patient): NonNullable<DocumentView['person']> {
  const name = patient.name?.[0];
  const text = name?.text ?? [...(name?.given ?? []), name?.family].filter(Boolean).join(' ');
  return {
    ...(text && { name: text }),
    ...(patient.birthDate && { birth: patient.birthDate }),
    ...(patient.gender && { gender: patient.gender }),
  };
}

type Facts = { kind: FactKind; values: (FactValue | undefined)[] }[];

/** Turns each type of resource an IPS section may hold into the same few facts. */
class Reader {
  private readonly language: string;
  private readonly written: string | undefined;
  private readonly find: (reference: Reference | undefined) => Resource | undefined;

  constructor(
    language: string,
    written: string | undefined,
    find: (reference: Reference | undefined) => Resource | undefined,
  ) {
    this.language = language;
    this.written = written;
    this.find = find;
  }

  entry(resource: Resource, key: string): EntryView {
    const { concept, facts, critical } = this.read(resource);
    const absent = concept?.coding?.find((coding) => coding.system === absentUnknown)?.code;
    const main = codedText(concept, this.language, this.written);
    return {
      key,
      resourceType: resource.resourceType,
      ...(main && { main }),
      ...(absent && { absent }),
      facts: facts
        .map((fact) => ({ kind: fact.kind, values: fact.values.filter((value) => value !== undefined) }))
        .filter((fact) => fact.values.length > 0 && !absent),
      critical: critical ?? false,
    };
  }

  private read(resource: Resource): { concept: CodeableConcept | undefined; facts: Facts; critical?: boolean } {
    switch (resource.resourceType) {
      case 'Condition':
        return { concept: resource.code, facts: this.condition(resource) };
      case 'AllergyIntolerance':
        return {
          concept: resource.code,
          facts: this.allergy(resource),
          critical: resource.criticality === 'high',
        };
      case 'MedicationStatement':
      case 'MedicationRequest':
        return { concept: this.medication(resource), facts: this.medicine(resource) };
      case 'Immunization':
        return { concept: resource.vaccineCode, facts: this.immunization(resource) };
      case 'Observation':
        return { concept: resource.code, facts: this.observation(resource) };
      case 'DiagnosticReport':
        return { concept: resource.code, facts: this.report(resource) };
      case 'Procedure':
        return { concept: resource.code, facts: this.procedure(resource) };
      case 'DeviceUseStatement':
        return { concept: this.device(resource), facts: [{ kind: 'when', values: [this.when(resource)] }] };
      case 'CarePlan':
        return {
          concept: resource.category?.[0] ?? (resource.title ? { text: resource.title } : undefined),
          facts: [
            { kind: 'status', values: [code(resource.status)] },
            { kind: 'when', values: [period(resource.period)] },
            { kind: 'note', values: [text(resource.description)] },
          ],
        };
      case 'Flag':
        return { concept: resource.code, facts: [{ kind: 'status', values: [code(resource.status)] }], critical: true };
      case 'DocumentReference':
        return {
          concept: resource.type ?? (resource.description ? { text: resource.description } : undefined),
          facts: [{ kind: 'when', values: [date(resource.date)] }],
        };
      case 'ClinicalImpression':
        return { concept: resource.code, facts: [{ kind: 'note', values: [text(resource.summary)] }] };
      case 'Consent':
        return {
          concept: resource.category?.[0],
          facts: [
            { kind: 'status', values: [code(resource.status)] },
            { kind: 'when', values: [date(resource.dateTime)] },
          ],
        };
      default:
        return { concept: { text: resource.resourceType }, facts: [] };
    }
  }

  private condition(condition: Condition): Facts {
    return [
      { kind: 'status', values: [codeOf(condition.clinicalStatus)] },
      { kind: 'certainty', values: [codeOf(condition.verificationStatus)] },
      { kind: 'severity', values: [this.coded(condition.severity)] },
      {
        kind: 'when',
        values: [
          condition.onsetPeriod
            ? period(condition.onsetPeriod)
            : (date(condition.onsetDateTime, condition.abatementDateTime) ??
              quantity(condition.onsetAge) ??
              text(condition.onsetString) ??
              date(condition.recordedDate)),
        ],
      },
      { kind: 'site', values: (condition.bodySite ?? []).map((site) => this.coded(site)) },
      { kind: 'note', values: (condition.note ?? []).map((note) => text(note.text)) },
    ];
  }

  private allergy(allergy: AllergyIntolerance): Facts {
    return [
      { kind: 'criticality', values: [code(allergy.criticality)] },
      { kind: 'status', values: [codeOf(allergy.clinicalStatus)] },
      { kind: 'certainty', values: [codeOf(allergy.verificationStatus)] },
      {
        kind: 'reaction',
        values: (allergy.reaction ?? []).flatMap((reaction) =>
          (reaction.manifestation ?? []).map((manifestation) => this.coded(manifestation)),
        ),
      },
      { kind: 'severity', values: [...new Set(allergy.reaction?.map((reaction) => reaction.severity))].map(code) },
      { kind: 'when', values: [date(allergy.onsetDateTime) ?? date(allergy.recordedDate)] },
      { kind: 'note', values: (allergy.note ?? []).map((note) => text(note.text)) },
    ];
  }

  private medication(resource: MedicationStatement | MedicationRequest): CodeableConcept | undefined {
    if (resource.medicationCodeableConcept) {
      return resource.medicationCodeableConcept;
    }
    const medication = this.find(resource.medicationReference);
    if (medication?.resourceType === 'Medication' && medication.code) {
      return medication.code;
    }
    return resource.medicationReference?.display ? { text: resource.medicationReference.display } : undefined;
  }

  private medicine(resource: MedicationStatement | MedicationRequest): Facts {
    const dosages =
      (resource.resourceType === 'MedicationStatement' ? resource.dosage : resource.dosageInstruction) ?? [];
    const reasons = resource.reasonCode ?? [];
    return [
      { kind: 'status', values: [code(resource.status)] },
      { kind: 'dose', values: dosages.map((dosage) => text(dosage.text) ?? dose(dosage)) },
      { kind: 'route', values: dosages.map((dosage) => this.coded(dosage.route)) },
      {
        kind: 'when',
        values: [
          resource.resourceType === 'MedicationStatement'
            ? (date(resource.effectiveDateTime) ?? period(resource.effectivePeriod))
            : date(resource.authoredOn),
        ],
      },
      { kind: 'reason', values: reasons.map((reason) => this.coded(reason)) },
      { kind: 'note', values: (resource.note ?? []).map((note) => text(note.text)) },
    ];
  }

  private immunization(immunization: Immunization): Facts {
    return [
      { kind: 'status', values: [immunization.status === 'completed' ? undefined : code(immunization.status)] },
      { kind: 'when', values: [date(immunization.occurrenceDateTime) ?? text(immunization.occurrenceString)] },
      {
        kind: 'dose',
        values: (immunization.protocolApplied ?? []).map((protocol) =>
          text(protocol.doseNumberString ?? protocol.doseNumberPositiveInt?.toString()),
        ),
      },
      { kind: 'lot', values: [text(immunization.lotNumber)] },
      { kind: 'site', values: [this.coded(immunization.site)] },
      { kind: 'note', values: (immunization.note ?? []).map((note) => text(note.text)) },
    ];
  }

  private observation(observation: Observation): Facts {
    const members = (observation.hasMember ?? []).flatMap((reference) => {
      const member = this.find(reference);
      return member?.resourceType === 'Observation' ? [member] : [];
    });
    return [
      {
        kind: 'value',
        values: [
          this.value(observation),
          ...(observation.component ?? []).map((part) => this.value(part, part.code)),
          ...members.map((member) => this.value(member, member.code)),
        ],
      },
      { kind: 'interpretation', values: (observation.interpretation ?? []).map((found) => this.coded(found)) },
      {
        kind: 'range',
        values: (observation.referenceRange ?? []).map((range) => text(range.text) ?? rangeText(range)),
      },
      { kind: 'status', values: [observation.status === 'final' ? undefined : code(observation.status)] },
      {
        kind: 'when',
        values: [
          date(observation.effectiveDateTime) ??
            period(observation.effectivePeriod) ??
            date(observation.effectiveInstant),
        ],
      },
      { kind: 'site', values: [this.coded(observation.bodySite)] },
      { kind: 'by', values: (observation.performer ?? []).map((performer) => text(this.nameOf(performer))) },
      { kind: 'note', values: (observation.note ?? []).map((note) => text(note.text)) },
    ];
  }

  private report(report: DiagnosticReport): Facts {
    const results = (report.result ?? []).flatMap((reference) => {
      const result = this.find(reference);
      return result?.resourceType === 'Observation' ? [result] : [];
    });
    return [
      { kind: 'value', values: results.map((result) => this.value(result, result.code)) },
      { kind: 'status', values: [report.status === 'final' ? undefined : code(report.status)] },
      {
        kind: 'when',
        values: [date(report.effectiveDateTime) ?? period(report.effectivePeriod) ?? date(report.issued)],
      },
      { kind: 'by', values: (report.performer ?? []).map((performer) => text(this.nameOf(performer))) },
      { kind: 'note', values: [text(report.conclusion)] },
    ];
  }

  private procedure(procedure: Procedure): Facts {
    return [
      { kind: 'status', values: [procedure.status === 'completed' ? undefined : code(procedure.status)] },
      {
        kind: 'when',
        values: [
          date(procedure.performedDateTime) ?? period(procedure.performedPeriod) ?? text(procedure.performedString),
        ],
      },
      { kind: 'site', values: (procedure.bodySite ?? []).map((site) => this.coded(site)) },
      { kind: 'reason', values: (procedure.reasonCode ?? []).map((reason) => this.coded(reason)) },
      { kind: 'note', values: (procedure.note ?? []).map((note) => text(note.text)) },
    ];
  }

  private device(statement: DeviceUseStatement): CodeableConcept | undefined {
    const device = this.find(statement.device);
    if (device?.resourceType === 'Device') {
      return device.type ?? (device.deviceName?.[0]?.name ? { text: device.deviceName[0].name } : undefined);
    }
    return statement.device?.display ? { text: statement.device.display } : undefined;
  }

  private when(statement: DeviceUseStatement): FactValue | undefined {
    return date(statement.timingDateTime) ?? period(statement.timingPeriod) ?? date(statement.recordedOn);
  }

  private value(observed: Observation | ObservationComponent, labelled?: CodeableConcept): FactValue | undefined {
    const label = labelled && codedText(labelled, this.language, this.written);
    const labelPart = label ? { label } : {};
    if (observed.valueQuantity) {
      const found = quantity(observed.valueQuantity);
      return found?.form === 'quantity' ? { ...found, ...labelPart } : undefined;
    }
    if (observed.valueCodeableConcept) {
      const coded = codedText(observed.valueCodeableConcept, this.language, this.written);
      return coded && { form: 'coded', coded, ...labelPart };
    }
    const plain =
      observed.valueString ??
      observed.valueInteger?.toString() ??
      (observed.valueRange && rangeText(observed.valueRange)?.text) ??
      (observed.valueRatio &&
        `${observed.valueRatio.numerator?.value ?? '?'} : ${observed.valueRatio.denominator?.value ?? '?'}`);
    if (plain !== undefined) {
      return { form: 'quantity', text: plain, ...labelPart };
    }
    if (observed.valueBoolean !== undefined) {
      return { form: 'code', code: observed.valueBoolean ? 'yes' : 'no' };
    }
    const when = observed.valueDateTime ?? observed.valuePeriod?.start;
    if (when) {
      return date(when, observed.valuePeriod?.end);
    }
    const missing = observed.dataAbsentReason?.coding?.[0]?.code;
    return missing ? { form: 'code', code: `absent-${missing}` } : undefined;
  }

  private coded(concept: CodeableConcept | undefined): FactValue | undefined {
    const coded = codedText(concept, this.language, this.written);
    return coded && { form: 'coded', coded };
  }

  nameOf(reference: Reference): string | undefined {
    const resource = this.find(reference);
    switch (resource?.resourceType) {
      case 'Organization':
        return resource.name ?? reference.display;
      case 'Practitioner': {
        const name = resource.name?.[0];
        return (
          name?.text ??
          ([...(name?.prefix ?? []), ...(name?.given ?? []), name?.family].filter(Boolean).join(' ') ||
            reference.display)
        );
      }
      case 'PractitionerRole':
        return resource.practitioner ? this.nameOf(resource.practitioner) : reference.display;
      case 'Device':
        return resource.deviceName?.[0]?.name ?? reference.display;
      default:
        return reference.display;
    }
  }
}

function code(value: string | undefined): FactValue | undefined {
  return value ? { form: 'code', code: value } : undefined;
}

function codeOf(concept: CodeableConcept | undefined): FactValue | undefined {
  return code(concept?.coding?.find((coding) => coding.code)?.code);
}

function text(value: string | undefined): Extract<FactValue, { form: 'text' }> | undefined {
  return value?.trim() ? { form: 'text', text: value.trim() } : undefined;
}

function date(from: string | undefined, to?: string): FactValue | undefined {
  return from || to ? { form: 'date', ...(from && { from }), ...(to && { to }) } : undefined;
}

function period(value: Period | undefined): FactValue | undefined {
  return value && date(value.start, value.end);
}

function quantity(value: Quantity | undefined): FactValue | undefined {
  if (!value || (value.value === undefined && !value.unit)) {
    return undefined;
  }
  const unit = value.unit ?? value.code;
  return value.comparator
    ? { form: 'quantity', text: `${value.comparator} ${value.value}`, ...(unit && { unit }) }
    : { form: 'quantity', ...(value.value !== undefined && { value: value.value }), ...(unit && { unit }) };
}

function dose(dosage: Dosage): FactValue | undefined {
  return quantity(dosage.doseAndRate?.[0]?.doseQuantity);
}

function rangeText(range: Pick<Range, 'low' | 'high'>): Extract<FactValue, { form: 'text' }> | undefined {
  const low = range.low?.value;
  const high = range.high?.value;
  const unit = range.low?.unit ?? range.high?.unit ?? '';
  return low === undefined && high === undefined
    ? undefined
    : text(
        `${low === undefined ? '≤' : low}${low !== undefined && high !== undefined ? '–' : ''}${high ?? (low !== undefined ? ' ≤' : '')} ${unit}`,
      );
}
