import type { PaymentNotice, PaymentReconciliation } from '@medplum/fhirtypes';
import { money } from '@serai/kernel/base/money.ts';
import type { Transaction } from '@serai/store/types.ts';
import { fhirMoney } from '../claims/fhir.ts';
import { splitProvider } from '../claims/submission.ts';
import { coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { headsOf } from './capitation.store.ts';
import type { PaymentsOptions, ProviderSum } from './payments.store.ts';

export interface PaidRun {
  readonly runId: string;
  readonly schemeId: string;
  readonly day: string;
  readonly providers: readonly ProviderSum[];
}

/** One `PaymentReconciliation` and one `PaymentNotice` for each facility of a run; no person's name is in either. */
export async function writePayments(tx: Transaction, options: PaymentsOptions, run: PaidRun): Promise<void> {
  for (const provider of run.providers) {
    const reconciliation = await paymentReconciliation(coverOf(tx), options, run, provider);
    const made = await tx.repo.createResource(reconciliation);
    const notice: PaymentNotice = {
      resourceType: 'PaymentNotice',
      status: 'active',
      created: options.clock().toISOString(),
      payment: { reference: `PaymentReconciliation/${made.id}` },
      paymentDate: run.day,
      recipient: providerReference(provider.provider, options.country),
      amount: fhirMoney(money(provider.minor, provider.currency)),
    };
    await tx.repo.createResource(notice);
  }
}

export async function paymentReconciliation(
  db: CoverDatabase,
  options: Pick<PaymentsOptions, 'country' | 'clock'>,
  run: Omit<PaidRun, 'providers'>,
  provider: ProviderSum,
): Promise<PaymentReconciliation> {
  const lines = await db
    .selectFrom('cover_payment_line')
    .select(['claim_id', 'amount_minor'])
    .where('run_id', '=', run.runId)
    .where('provider', '=', provider.provider)
    .orderBy('claim_id')
    .execute();
  const heads = await headsOf(db, { run_id: run.runId, currency: provider.currency }, provider.provider);
  return {
    resourceType: 'PaymentReconciliation',
    identifier: [{ system: 'https://serai.example/payment-run', value: `${run.runId}/${provider.provider}` }],
    status: 'active',
    created: options.clock().toISOString(),
    paymentIssuer: { display: run.schemeId },
    requestor: providerReference(provider.provider, options.country),
    outcome: 'complete',
    paymentDate: run.day,
    paymentAmount: fhirMoney(money(provider.minor, provider.currency)),
    detail: [
      ...lines.map((line) => ({
        type: {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/payment-type',
              code: BigInt(line.amount_minor) < 0n ? 'adjustment' : 'payment',
            },
          ],
        },
        request: { reference: `Claim/${line.claim_id}` },
        amount: fhirMoney(money(BigInt(line.amount_minor), provider.currency)),
      })),
      ...heads.map((each) => ({
        type: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/payment-type', code: 'payment' }],
          text: `By head: ${each.members} × ${each.rate.amount}`,
        },
        amount: { value: Number(each.amount.amount), currency: each.amount.currency as never },
      })),
    ],
  };
}

function providerReference(provider: string, country: string): { reference: string } | { display: string } {
  const [of, id] = splitProvider(provider);
  return of === country ? { reference: `Organization/${id}` } : { display: provider };
}
