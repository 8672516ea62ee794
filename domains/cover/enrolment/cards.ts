import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { CoverOptions } from '../cover.deps.ts';
import type { EnrolMember } from './enrol.store.ts';
import type { NewMember } from './new-member.store.ts';

/** A member as sent: someone new may show a card instead of being looked up. */
export type ShownMember =
  | Exclude<EnrolMember, { readonly newMember: NewMember }>
  | (Pick<EnrolMember, 'relation'> & { readonly newMember: NewMember & { readonly card?: string | undefined } });

/**
 * The record of everyone who showed a card. Whoever enrols searches no records: the card, in the person's hand, says
 * which one is theirs, and without it cover is neither on the card nor known abroad.
 *
 * @returns `card.*` for a card that does not hold, `enrolment.unknown-person` for one that was not issued here.
 */
export async function recordsOfCards(
  options: CoverOptions,
  readBy: string,
  members: readonly ShownMember[],
): Promise<Result<EnrolMember[]>> {
  const found: EnrolMember[] = [];
  for (const [i, each] of members.entries()) {
    if (!('newMember' in each)) {
      found.push(each);
      continue;
    }
    const { card, ...described } = each.newMember;
    if (card === undefined) {
      found.push({ relation: each.relation, newMember: described });
      continue;
    }
    const personId = await personOf(options, readBy, card);
    if (!personId.ok) {
      return { ...personId, expression: `members[${i}].newMember.card` };
    }
    found.push({ relation: each.relation, newMember: { ...described, personId: personId.value } });
  }
  return ok(found);
}

async function personOf(options: CoverOptions, readBy: string, text: string): Promise<Result<string>> {
  const { partners, country, self } = options;
  const card = await partners.checkCard(text, { id: readBy, country, audience: self });
  if (!card.ok) {
    return card;
  }
  const own = card.value.issuerCountry === country;
  const person = own ? await partners.personOfCard(card.value.cardId, country) : undefined;
  return person ? ok(person.personId) : refuse('enrolment.unknown-person');
}
