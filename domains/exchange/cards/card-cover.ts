import type { Coverage } from '@medplum/fhirtypes';
import type { CardFact } from '@serai/kernel/trust/card-content.ts';
import { type CoverOnCard, coverFact } from '@serai/kernel/trust/card-cover.ts';

/**
 * The cover a card carries, out of the record: cover in force today that lasts longest, and how many are covered with her.
 * The record's `Coverage` is all this knows of insurance.
 *
 * @param own those she is the beneficiary of; `family` those she is the subscriber of.
 */
export function coverForCard(
  personId: string,
  own: readonly Coverage[],
  family: readonly Coverage[],
  today: string,
): CardFact | undefined {
  const cover = own
    .flatMap((each) => coverIn(each) ?? [])
    .filter(({ from, to }) => from <= today && today <= to)
    .sort((a, b) => (a.to > b.to ? -1 : 1))[0];
  if (!cover) {
    return undefined;
  }
  const with_ = family.filter(
    (each) =>
      each.subscriberId === cover.policyNumber &&
      each.status === 'active' &&
      each.beneficiary?.reference !== `Patient/${personId}`,
  );
  return coverFact({ ...cover, dependants: with_.length });
}

function coverIn(coverage: Coverage): (CoverOnCard & { readonly policyNumber: string | undefined }) | undefined {
  const plan = coverage.class?.find((each) => each.type?.coding?.some(({ code }) => code === 'plan'));
  const memberNumber = coverage.identifier?.[0]?.value;
  const from = coverage.period?.start?.slice(0, 10);
  const to = coverage.period?.end?.slice(0, 10);
  return coverage.status === 'active' && plan?.value && memberNumber && from && to
    ? { schemeId: plan.value, memberNumber, from, to, dependants: 0, policyNumber: coverage.subscriberId }
    : undefined;
}
