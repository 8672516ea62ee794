import type { Patient } from '@medplum/fhirtypes';
import { type CoverOptions, coverOf } from '@serai/domains/cover/cover.deps.ts';
import { writeCoverages } from '@serai/domains/cover/enrolment/policies.store.ts';
import { toConsent } from '@serai/domains/registry/person.ts';
import type { Transaction } from '@serai/store/types.ts';
import type { RunningNode } from '../node.ts';

/**
 * Some members of the generated year have been to a clinic: they have a record here, with their cover in it. The others have
 * none, as enrolment makes none.
 */
const persons = 120;
const atOnce = 10;

interface Chosen {
  readonly member_id: string;
  readonly policy_id: string;
  readonly name: string;
  readonly birth_date: string;
  readonly birth_precision: string;
  readonly sex: string;
}

export async function makePersonsOfMembers(node: RunningNode, until: string, language: string): Promise<number> {
  const chosen = await chooseMembers(node, until);
  for (let i = 0; i < chosen.length; i += atOnce) {
    await node.ownStore().transaction(async (tx) => {
      for (const member of chosen.slice(i, i + atOnce)) {
        await makePerson(tx, node.cover.options, member, { until, language });
      }
    });
  }
  return chosen.length;
}

/** Holders whose policy is in force, spread over all of them. */
function chooseMembers(node: RunningNode, until: string): Promise<Chosen[]> {
  return node.database
    .selectFrom('cover_policy_member as covered')
    .innerJoin('cover_policy as policy', 'policy.policy_id', 'covered.policy_id')
    .innerJoin('cover_member as member', 'member.member_id', 'covered.member_id')
    .select([
      'member.member_id',
      'policy.policy_id',
      'member.name',
      'member.birth_date',
      'member.birth_precision',
      'member.sex',
    ])
    .where('covered.relation', '=', 'holder')
    .where('policy.effective_on', '<=', until)
    .where('policy.expires_on', '>=', until)
    .where('member.person_id', 'is', null)
    .orderBy((of) => of.fn('md5', ['member.member_id']))
    .limit(persons)
    .execute();
}

async function makePerson(
  tx: Transaction,
  options: Omit<CoverOptions, 'storeFor'>,
  member: Chosen,
  of: { readonly until: string; readonly language: string },
): Promise<void> {
  const id = options.newId();
  const patient: Patient = {
    resourceType: 'Patient',
    id,
    active: true,
    name: [{ use: 'usual', text: member.name }],
    gender: member.sex as 'female' | 'male',
    birthDate: member.birth_precision === 'year' ? member.birth_date.slice(0, 4) : member.birth_date,
    communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: of.language }] }, preferred: true }],
    managingOrganization: { reference: `Organization/${options.facilities[0]!.id}` },
  };
  await tx.repo.createResource(patient, { assignedId: true });
  for (const purpose of ['TREAT', 'COC', 'COVERAGE', 'HPAYMT']) {
    const consent = toConsent({ purpose, decision: 'permit' }, { id: options.newId(), personId: id }, options.clock());
    await tx.repo.createResource(consent, { assignedId: true });
  }
  await coverOf(tx)
    .updateTable('cover_member')
    .set({ person_id: id })
    .where('member_id', '=', member.member_id)
    .execute();
  await writeCoverages(tx, { ...options, storeFor: unused }, [member.policy_id], of.until);
}

function unused(): never {
  throw new Error('the demonstration writes by the node’s own hand');
}
