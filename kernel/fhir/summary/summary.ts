import type {
  Bundle,
  BundleEntry,
  CodeableConcept,
  Composition,
  CompositionSection,
  DiagnosticReport,
  MedicationRequest,
  MedicationStatement,
  Organization,
  Patient,
  Practitioner,
  Reference,
  Resource,
} from '@medplum/fhirtypes';
import { countedIds } from './ids.ts';
import { confidentialityOf, highWaterMark } from './labels.ts';
import { sentenceDiv, tableDiv } from './narrative.ts';
import { type PatientDetail, prepare, preparePatient, type Rewriting } from './prepare.ts';
import { localReference, referenceOf, referencesIn } from './references.ts';
import { ABSENT_UNKNOWN, type RenderContext, SECTIONS, type SectionSpec, sectionTitle } from './sections.ts';
import { recordedAt } from './selection.ts';
import { word } from './words.ts';

/**
 * International Patient Summary documents (HL7 IPS 1.1.0) from the resources of one person's record.
 * What is not permitted is left out as if it had never been: not shown, not counted, not referred to.
 */

export interface SummaryOptions {
  readonly patient: Patient;
  /** BCP 47 language of the reader: titles, narrative and translations. English where it is not such a tag. */
  readonly language: string;
  readonly now: Date;
  readonly author: { readonly organization: Organization; readonly practitioner?: Practitioner };
  /** Who keeps the record; the author's organisation unless told. */
  readonly custodian?: Organization;
  /** Whether a resource may be in this document. All may unless told. */
  readonly permitted?: (resource: Resource) => boolean;
  /** Takes fields out of a permitted resource before anything else is done with it. */
  readonly mask?: (resource: Resource) => Resource;
  /** How much of the person's identity the document shows. Minimal unless told. */
  readonly patientDetail?: PatientDetail;
  /** A random UUID: the document's identifier, and the seed of its inner ids. */
  readonly documentId: string;
  /**
   * The UUID a resource has in this document. Unless told, numbered within the document: ids of the home record do not
   * travel, so that two readers cannot join their copies by them.
   */
  readonly ids?: (reference: string) => string;
}

/** Types that travel only because something in a section refers to them. */
const SUPPORTING = new Set([
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Medication',
  'Specimen',
  'Device',
  'Location',
  'ImagingStudy',
  'Media',
]);

/** Builds the document. The same record and options give the same document, whatever order the resources come in. */
export function buildSummary(resources: readonly Resource[], options: SummaryOptions): Bundle {
  return new SummaryBuilder(resources, options).build();
}

class SummaryBuilder {
  readonly #options: SummaryOptions;
  readonly #ids: (reference: string) => string;
  /** What may be shown, by `Type/id`. What is withheld and what was never there are the same from here on. */
  readonly #held = new Map<string, Resource>();
  /** What is in the document, in order. */
  readonly #included: Resource[] = [];
  readonly #includedReferences = new Set<string>();
  readonly #rewriting: Rewriting;
  readonly #subject: { readonly reference: string };

  constructor(resources: readonly Resource[], options: SummaryOptions) {
    this.#options = isLanguageTag(options.language) ? options : { ...options, language: 'en' };
    this.#ids = options.ids ?? countedIds(options.documentId);
    for (const resource of resources) {
      if (resource.resourceType === 'Patient') {
        continue;
      }
      if (this.#isOfThePerson(resource) && (options.permitted?.(resource) ?? true)) {
        this.#held.set(referenceOf(resource), options.mask ? options.mask(resource) : resource);
      }
    }
    this.#rewriting = { language: this.#options.language, resolve: (reference) => this.#resolve(reference) };
    this.#subject = { reference: this.#urn(referenceOf(options.patient)) };
  }

  build(): Bundle {
    const options = this.#options;
    const { language } = options;
    const selected = this.#select();
    const authors = this.#authors();
    for (const resource of [...authors, ...[...selected.values()].flat()]) {
      this.#include(resource);
    }
    this.#includeSupporting();
    // Ids are given in the order of the document, so that they do not tell the order of the record.
    const compositionId = this.#ids('Composition/document');
    const entries = this.#prepareAll();
    const absences: Resource[] = [];
    const sections = SECTIONS.flatMap((spec) => {
      return this.#section(spec, selected.get(spec) ?? [], absences) ?? [];
    });
    const patient = preparePatient(
      options.mask ? (options.mask(options.patient) as Patient) : options.patient,
      this.#ids(referenceOf(options.patient)),
      options.patientDetail ?? 'minimal',
      this.#rewriting,
    );
    const content = [patient, ...entries.values(), ...absences];
    const security = highWaterMark(content);
    const composition: Composition = {
      resourceType: 'Composition',
      id: compositionId,
      meta: {
        profile: ['http://hl7.org/fhir/uv/ips/StructureDefinition/Composition-uv-ips'],
        ...(security.length > 0 && { security }),
      },
      language,
      identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${options.documentId}` },
      status: 'final',
      type: { coding: [{ system: 'http://loinc.org', code: '60591-5', display: 'Patient summary Document' }] },
      subject: this.#subject,
      date: options.now.toISOString(),
      author: authors.map((author) => ({ reference: this.#urn(referenceOf(author)) })),
      title: word('summary', language),
      confidentiality: confidentialityOf(security),
      custodian: { reference: this.#urn(referenceOf(options.custodian ?? options.author.organization)) },
      section: sections,
    };
    return {
      resourceType: 'Bundle',
      id: options.documentId,
      meta: {
        profile: ['http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips'],
        ...(security.length > 0 && { security }),
      },
      language,
      identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${options.documentId}` },
      type: 'document',
      timestamp: options.now.toISOString(),
      entry: [composition, ...content].map(
        (resource): BundleEntry => ({ fullUrl: `urn:uuid:${resource.id}`, resource: resource as Resource }),
      ),
    };
  }

  #prepareAll(): Map<string, Resource> {
    const entries = new Map<string, Resource>();
    for (const resource of this.#included) {
      const reference = referenceOf(resource);
      entries.set(reference, prepare(this.#adapted(resource), this.#ids(reference), this.#rewriting));
    }
    return entries;
  }

  #urn(reference: string): string {
    return `urn:uuid:${this.#ids(reference)}`;
  }

  #authors(): Resource[] {
    const { author, custodian } = this.#options;
    const all: Resource[] = [author.organization, ...(author.practitioner ? [author.practitioner] : [])];
    if (custodian && referenceOf(custodian) !== referenceOf(author.organization)) {
      this.#include(custodian);
    }
    return all;
  }

  #include(resource: Resource): void {
    const reference = referenceOf(resource);
    if (!this.#includedReferences.has(reference)) {
      this.#includedReferences.add(reference);
      this.#included.push(resource);
    }
  }

  /**
   * Whether a resource is this person's, or nobody's where its type need not be anybody's. A record handed in with
   * another person's resource in it must not show it here.
   */
  #isOfThePerson(resource: Resource): boolean {
    const { subject, patient } = resource as { readonly subject?: Reference; readonly patient?: Reference };
    const reference = (subject ?? patient)?.reference;
    if (reference === undefined) {
      return SUPPORTING.has(resource.resourceType);
    }
    const { id } = this.#options.patient;
    return localReference(reference) === `Patient/${id}` || reference === `urn:uuid:${id}`;
  }

  /** What each section holds, newest first. */
  #select(): Map<SectionSpec, Resource[]> {
    const selected = new Map<SectionSpec, Resource[]>(SECTIONS.map((spec) => [spec, []]));
    for (const resource of this.#held.values()) {
      const spec = SECTIONS.find((section) => section.takes(resource, this.#options.now));
      if (spec && this.#stands(resource)) {
        selected.get(spec)?.push(resource);
      }
    }
    const ordered = new Map<SectionSpec, Resource[]>();
    for (const spec of SECTIONS) {
      const rows = (selected.get(spec) ?? []).sort(newestFirst);
      ordered.set(spec, spec.newestPerCode ? newestPerCode(rows, spec.newestPerCode) : rows);
    }
    return ordered;
  }

  /**
   * Whether a resource still says something without what is not at hand: a report all of whose results are gone, a
   * medicine or a device whose own resource is, would only say that there is something.
   */
  #stands(resource: Resource): boolean {
    switch (resource.resourceType) {
      case 'DiagnosticReport': {
        const results = resource.result ?? [];
        return results.length === 0 || !results.every((result) => this.#isGone(result));
      }
      case 'MedicationRequest':
      case 'MedicationStatement':
        return Boolean(resource.medicationCodeableConcept) || this.#isNamed(resource.medicationReference);
      case 'DeviceUseStatement':
        return this.#isNamed(resource.device);
      default:
        return true;
    }
  }

  /** Whether a reference leads to something at hand, or names a thing without pointing at any. */
  #isNamed(reference: Reference | undefined): boolean {
    return reference !== undefined && !this.#isGone(reference) && Boolean(reference.reference ?? reference.display);
  }

  /** Whether a reference points at what is not at hand. Its display would say what that is, so it goes too. */
  #isGone({ reference }: Reference): boolean {
    return reference !== undefined && !reference.startsWith('#') && !this.#target(reference);
  }

  /** A report of which some result is gone keeps its other results, and loses what was concluded from them all. */
  #adapted(resource: Resource): Resource {
    if (resource.resourceType !== 'DiagnosticReport' || !resource.result?.some((result) => this.#isGone(result))) {
      return resource;
    }
    const { conclusion, conclusionCode, presentedForm, ...rest } = resource as DiagnosticReport;
    return rest as Resource;
  }

  /** Follows references from what is included to what may travel with it, until nothing new is found. */
  #includeSupporting(): void {
    for (let at = 0; at < this.#included.length; at++) {
      for (const reference of referencesIn(this.#included[at])) {
        const target = this.#target(reference);
        if (target && SUPPORTING.has(target.resourceType)) {
          this.#include(target);
        }
      }
    }
  }

  /** Bundles refer by `urn:uuid:` too, where only the id is known. */
  *#candidates(local: string): Iterable<string> {
    const id = /^urn:uuid:(.+)$/.exec(local)?.[1];
    if (id) {
      for (const type of this.#typesOf(id)) {
        yield `${type}/${id}`;
      }
    }
  }

  #typesById: Map<string, string[]> | undefined;
  #typesOf(id: string): readonly string[] {
    if (!this.#typesById) {
      this.#typesById = new Map();
      const { patient, author, custodian } = this.#options;
      const known = [patient, author.organization, author.practitioner, custodian].filter((each) => each !== undefined);
      for (const reference of [...known.map(referenceOf), ...this.#held.keys()]) {
        const [type, of] = reference.split('/') as [string, string];
        this.#typesById.set(of, [...(this.#typesById.get(of) ?? []), type]);
      }
    }
    return this.#typesById.get(id) ?? [];
  }

  #target(reference: string): Resource | undefined {
    const local = localReference(reference);
    for (const candidate of [local, ...this.#candidates(local)]) {
      const held = this.#held.get(candidate);
      if (held) {
        return held;
      }
    }
    return undefined;
  }

  #resolve(reference: string): string | undefined {
    const local = localReference(reference);
    const patient = referenceOf(this.#options.patient);
    for (const candidate of [local, ...this.#candidates(local)]) {
      if (candidate === patient || this.#includedReferences.has(candidate)) {
        return this.#urn(candidate);
      }
    }
    return undefined;
  }

  #section(spec: SectionSpec, rows: readonly Resource[], absences: Resource[]): CompositionSection | undefined {
    const { language } = this.#options;
    const head = {
      title: sectionTitle(spec, language),
      code: { coding: [{ system: 'http://loinc.org', code: spec.code, display: spec.display }] },
    };
    if (rows.length === 0) {
      if (!spec.absent) {
        return undefined;
      }
      const { code, display, resource } = spec.absent;
      const concept = { coding: [{ system: ABSENT_UNKNOWN, code, display }] };
      const id = this.#ids(`Absent/${spec.key}`);
      absences.push({ ...resource({ code: concept, subject: this.#subject }), id } as Resource);
      return {
        ...head,
        text: { status: 'generated', div: sentenceDiv(word('noInformation', language), language) },
        entry: [{ reference: `urn:uuid:${id}` }],
      };
    }
    const render: RenderContext = {
      language,
      medication: (medicine) => this.#medication(medicine),
      device: (statement) => this.#device(statement),
    };
    // The narrative is made of what the document holds, so that it cannot say more than the entries.
    const shown = rows.map((row) => this.#adapted(row));
    const cells = shown.map((row) => spec.cells(row, render));
    return {
      ...head,
      text: { status: 'generated', div: tableDiv(spec.columns, cells, language) },
      entry: rows.map((row) => ({ reference: this.#urn(referenceOf(row)) })),
    };
  }

  #medication(medicine: MedicationRequest | MedicationStatement): CodeableConcept | undefined {
    if (medicine.medicationCodeableConcept) {
      return medicine.medicationCodeableConcept;
    }
    const reference = medicine.medicationReference;
    const target = reference?.reference ? this.#target(reference.reference) : undefined;
    const contained = medicine.contained?.find((each) => `#${each.id}` === reference?.reference);
    const medication = (target ?? contained) as { readonly code?: CodeableConcept } | undefined;
    return medication?.code ?? (reference?.display ? { text: reference.display } : undefined);
  }

  #device(statement: Resource): CodeableConcept | undefined {
    const reference = (statement as { readonly device?: Reference }).device;
    const device = reference?.reference ? this.#target(reference.reference) : undefined;
    const type = (device as { readonly type?: CodeableConcept } | undefined)?.type;
    return type ?? (reference?.display ? { text: reference.display } : undefined);
  }
}

/** BCP 47, as far as it can be told by its shape. */
function isLanguageTag(language: string): boolean {
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(language);
}

function newestFirst(a: Resource, b: Resource): number {
  const byDate = compare(recordedAt(b), recordedAt(a));
  return byDate || compare(referenceOf(a), referenceOf(b));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function newestPerCode(rows: readonly Resource[], limit: number): Resource[] {
  const counts = new Map<string, number>();
  return rows.filter((row) => {
    const code = (row as { readonly code?: CodeableConcept }).code;
    const key = code?.coding?.[0] ? `${code.coding[0].system}|${code.coding[0].code}` : (code?.text ?? '');
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= limit;
  });
}
