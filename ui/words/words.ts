import type { Messages } from '@serai/kernel/i18n/i18n.ts';
import { useLanguage } from '../language.tsx';
import { categoryMessages, purposeMessages } from './words.messages.ts';

/** Words for codes that come in data: purposes of use and categories of a record. An unknown code stands for itself. */
export function useWords() {
  const { language } = useLanguage();
  const word = (table: Messages, code: string) => table[code]?.[language] ?? code;
  return {
    purpose: (code: string) => word(purposeMessages, code),
    category: (code: string) => word(categoryMessages, code),
  };
}
