import type { Coverage, CoverageEligibilityRequest, CoverageEligibilityResponse, Resource } from '@medplum/fhirtypes';
import { InputFault } from '@serai/kernel/base/input.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { RequestStore, Transaction } from '@serai/store/types.ts';
import { type CoverOptions, coverOf, requireCover } from '../cover.deps.ts';
import type { Member } from '../cover.ts';
import { readMemberByNumber, readMemberByPerson } from '../enrolment/members.store.ts';
import { localDay } from '../local-day.ts';
import { answerEligibility } from './answer.store.ts';
import { facilityFor, mayAskAbout, mayAskOf, requireAsker } from './asking.ts';
import { type ReadRequest, readRequest, toResponse } from './fhir.ts';

type SubmitOptions = Omit<CoverOptions, 'storeFor'>;

export interface Recorded {
  readonly request: CoverageEligibilityRequest;
  readonly response: CoverageEligibilityResponse;
}

/** `POST /fhir/R4/CoverageEligibilityRequest/$submit`: the question in, the answer out. */
export function eligibilitySubmitOperation(options: SubmitOptions) {
  return {
    resourceType: 'CoverageEligibilityRequest',
    code: 'submit',
    definition: 'http://hl7.org/fhir/OperationDefinition/CoverageEligibilityRequest-submit',
    handle: async ({
      body,
      store,
    }: {
      readonly body: unknown;
      readonly store: RequestStore;
    }): Promise<Result<Resource>> => {
      const result = await recordEligibility(options, store, body);
      return result.ok ? ok(result.value.response) : result;
    },
  };
}

/**
 * Answers, and where the member has a record keeps question and answer in it. A member whom no clinic has met gets the answer
 * and leaves no trace in a record she does not have.
 *
 * @throws InputFault naming every field that cannot be read, by FHIRPath.
 */
export async function recordEligibility(
  options: SubmitOptions,
  store: RequestStore,
  body: unknown,
): Promise<Result<Recorded>> {
  await requireCover(store, 'create', 'CoverageEligibilityResponse', { personId: store.context.actor.personId });
  await requireAsker(store);
  const found = readRequest(body);
  if ('issues' in found) {
    throw new InputFault(found.issues);
  }
  const { read } = found;
  const today = localDay(options);
  const on = read.on ?? today;
  const refused = mayAskAbout(on, today);
  if (refused) {
    return { ...refused, expression: 'CoverageEligibilityRequest.serviced' };
  }
  return store.transaction(async (tx): Promise<Result<Recorded>> => {
    const db = coverOf(tx);
    const member =
      read.patientId === undefined
        ? await readMemberByNumber(db, read.memberNumber!)
        : await readMemberByPerson(db, read.patientId);
    if (!member || !(await mayAskOf(store, db, member))) {
      return refuse('eligibility.unknown-member', undefined, 'CoverageEligibilityRequest.patient');
    }
    if (member.personId !== undefined) {
      await requireCover(store, 'create', 'CoverageEligibilityResponse', { personId: member.personId });
    }
    return ok(await answered(tx, options, store, { asked: body as CoverageEligibilityRequest, read, member, on }));
  });
}

async function answered(
  tx: Transaction,
  options: SubmitOptions,
  store: RequestStore,
  of: {
    readonly asked: CoverageEligibilityRequest;
    readonly read: ReadRequest;
    readonly member: Member;
    readonly on: string;
  },
): Promise<Recorded> {
  const { read, member, on } = of;
  const facility = facilityFor(options, store, read.facility);
  const items = read.items.length > 0 ? read.items : [{ code: undefined, quantity: undefined, diagnosis: undefined }];
  const answers = [];
  for (const item of items) {
    const { answer } = await answerEligibility(coverOf(tx), options, {
      ...item,
      on,
      facility,
      memberNumber: member.memberNumber,
      visit: read.emergency ? 'emergency' : 'other',
    });
    answers.push({ item, answer });
  }
  const { personId } = member;
  const patient = personId
    ? { reference: `Patient/${personId}` }
    : { identifier: { system: `${options.self}/members`, value: member.memberNumber } };
  const { id: _, ...asked } = of.asked;
  const wanted: CoverageEligibilityRequest = {
    ...asked,
    patient,
    created: asked.created ?? options.clock().toISOString(),
  };
  const request = personId
    ? await tx.repo.createResource<CoverageEligibilityRequest>(wanted)
    : { ...wanted, id: options.newId() };
  const response = toResponse({
    request: request as CoverageEligibilityRequest & { id: string },
    requestIsKept: personId !== undefined,
    patient,
    coverageId: personId ? await coverageOf(tx, personId, answers[0]!.answer.scheme?.policy.policyNumber) : undefined,
    insurer: answers[0]!.answer.scheme?.scheme.title.en ?? 'none',
    created: options.clock().toISOString(),
    answers,
  });
  return { request, response: personId ? await tx.repo.createResource(response) : response };
}

/** The `Coverage` that stands for the policy in her record. */
async function coverageOf(
  tx: Transaction,
  personId: string,
  policyNumber: string | undefined,
): Promise<string | undefined> {
  const found = await tx.repo.searchResources<Coverage>({
    resourceType: 'Coverage',
    filters: [{ code: 'beneficiary', operator: 'eq' as never, value: `Patient/${personId}` }],
    count: 20,
  });
  return found.find((each) => each.subscriberId === policyNumber)?.id;
}
