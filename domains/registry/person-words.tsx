import { useFormat, useMessages } from '@serai/ui/language.tsx';
import type { PersonSummary } from './api.ts';
import { registryMessages } from './registry.messages.ts';

/** How a person's birth, sex and language read in a line. */
export function usePersonWords() {
  const t = useMessages(registryMessages);
  const format = useFormat();
  return {
    birth: (person: Pick<PersonSummary, 'birth' | 'birthIsEstimated'>) =>
      !person.birth
        ? t('birth.unknown')
        : person.birthIsEstimated
          ? t('birth.about', { date: format.date(person.birth) })
          : format.date(person.birth),
    sex: (person: Pick<PersonSummary, 'sex'>) => t(`sex.${person.sex}`),
    language: (person: Pick<PersonSummary, 'language'>) =>
      person.language ? format.language(person.language) : undefined,
    from: (person: Pick<PersonSummary, 'receivedFrom'>) =>
      person.receivedFrom ? t('from-abroad', { country: format.country(person.receivedFrom) }) : undefined,
  };
}
