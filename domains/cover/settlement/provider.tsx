import { Written } from '@serai/ui/components/panel.tsx';
import type { SettlementClaimView } from './api.ts';

/** A facility by its name; by its code where only the partner knows the name. */
export function Provider({ of }: { readonly of: Pick<SettlementClaimView, 'provider' | 'providerName'> }) {
  return of.providerName ? <Written text={of.providerName} /> : <span className="code">{of.provider}</span>;
}
