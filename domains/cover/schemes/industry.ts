import { useMessages } from '@serai/ui/language.tsx';
import { entitlementMessages, industryMessages } from './industry.messages.ts';

/** An industry in the reader's words; one that a country added keeps its own name. */
export function useIndustry(): (industry: string) => string {
  const t = useMessages(industryMessages);
  return (industry) =>
    Object.hasOwn(industryMessages, industry) ? t(industry as keyof typeof industryMessages) : industry;
}

/** What someone works as, or is, that opens a scheme to them; one that a country added keeps its own name. */
export function useEntitlement(): (entitlement: string) => string {
  const t = useMessages(entitlementMessages);
  return (entitlement) =>
    Object.hasOwn(entitlementMessages, entitlement) ? t(entitlement as keyof typeof entitlementMessages) : entitlement;
}
