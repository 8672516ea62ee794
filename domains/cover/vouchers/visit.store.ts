import type { Encounter } from '@medplum/fhirtypes';
import type { RequestStore, Transaction } from '@serai/store/types.ts';
import { coverOf } from '../cover.deps.ts';
import { serviceOf, type VoucherProgramme } from './programme.ts';

/**
 * Writes the visit into the record of a person the facility knows: only for carers, who ask to treat. Anyone else
 * leaves the voucher's own line and nothing more.
 */
export async function writeVisit(
  tx: Transaction,
  store: RequestStore,
  given: {
    readonly programme: VoucherProgramme;
    readonly redemptionId: string;
    readonly personId: string;
    readonly service: string;
    readonly on: string;
  },
): Promise<string | undefined> {
  const { actor, purpose } = store.context;
  if (actor.class !== 'care' || purpose !== 'TREAT') {
    return undefined;
  }
  // Who may not read the person may not write of them either: not found.
  await tx.repo.readResource('Patient', given.personId);
  const title = serviceOf(given.programme, given.service)?.title.en ?? given.service;
  const encounter: Encounter = {
    resourceType: 'Encounter',
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    type: [
      {
        coding: [{ system: 'https://serai.example/CodeSystem/voucher-service', code: given.service, display: title }],
        text: title,
      },
    ],
    subject: { reference: `Patient/${given.personId}` },
    period: { start: given.on, end: given.on },
    ...(actor.facility && { serviceProvider: { reference: actor.facility } }),
  };
  const { id } = await tx.repo.createResource(encounter);
  await coverOf(tx)
    .updateTable('voucher_redemption')
    .set({ encounter_id: id! })
    .where('redemption_id', '=', given.redemptionId)
    .execute();
  return id;
}
