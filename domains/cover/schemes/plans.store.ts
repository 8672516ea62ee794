import type { InsurancePlan } from '@medplum/fhirtypes';
import { canonicalJson } from '@serai/kernel/trust/canonical.ts';
import type { RequestStore } from '@serai/store/types.ts';
import { toInsurancePlan } from './fhir.ts';
import type { Scheme } from './scheme.ts';

/** The schemes of the country files as `InsurancePlan`s; one that says the same already is not written again. */
export async function ensurePlans(
  store: RequestStore,
  schemes: readonly Scheme[],
  node: { readonly self: string; readonly today: string },
): Promise<void> {
  for (const scheme of schemes) {
    const plan = toInsurancePlan(scheme, node.self, node.today);
    const [known] = await store.repo.readReferences([{ reference: `InsurancePlan/${plan.id}` }]);
    if (!known || known instanceof Error || contentOf(known as InsurancePlan) !== contentOf(plan)) {
      await store.repo.updateResource(plan);
    }
  }
}

function contentOf({ meta: _, ...plan }: InsurancePlan): string {
  return canonicalJson(plan as never);
}
