import { useMessages } from '@serai/ui/language.tsx';
import { industryMessages } from './industry.messages.ts';

/** An industry in the reader's words; one that a country added keeps its own name. */
export function useIndustry(): (industry: string) => string {
  const t = useMessages(industryMessages);
  return (industry) =>
    Object.hasOwn(industryMessages, industry) ? t(industry as keyof typeof industryMessages) : industry;
}
