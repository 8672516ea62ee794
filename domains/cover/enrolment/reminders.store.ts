import type { Patient } from '@medplum/fhirtypes';
import { amountText } from '@serai/kernel/base/money.ts';
import { type Language, languages, localeOf, preferredLanguage, translate } from '@serai/kernel/i18n/i18n.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { recordEvents } from './policies.store.ts';
import { reminderMessages } from './reminder.messages.ts';
import type { Reminder } from './reminders.ts';

/** Telling holders: kept once for each stage, and sent by the outbox (topic `sms`) in the person's language. */

export interface ReminderToTell {
  readonly policyId: string;
  readonly policyNumber: string;
  readonly reminder: Reminder;
}

/** Of those told now, how many have a telephone. */
export interface Told {
  readonly told: number;
  readonly sent: number;
}

/** Where nobody knows what somebody reads, the language of the country the node is in. */
const ofCountry: Readonly<Record<string, Language>> = { TH: 'th', MM: 'my' };

/**
 * Tells holders what their policies are at. A stage that was told before is not told again, whoever asks and however
 * often. A holder without a telephone is kept as not reached, so that somebody calls another way.
 */
export async function tellHolders(
  tx: Transaction,
  options: CoverOptions,
  reminders: readonly ReminderToTell[],
  by: string,
): Promise<Told> {
  const db = coverOf(tx);
  const holders = await holdersOf(
    db,
    reminders.map((each) => each.policyId),
  );
  const at = options.clock();
  let told = 0;
  let sent = 0;
  for (const { policyId, policyNumber, reminder } of reminders) {
    const holder = holders.get(policyId);
    const language = holder ? await languageOf(tx, options, holder) : 'en';
    const phone = holder?.phone ?? undefined;
    // Without a telephone it stands on her own page, where she has an account; else somebody calls or goes there.
    const channel = phone !== undefined ? 'sms' : holder?.account ? 'page' : 'none';
    const kept = await db
      .insertInto('cover_reminder')
      .values({
        policy_id: policyId,
        stage: reminder.stage,
        channel,
        language,
        told: at,
      })
      .onConflict((conflict) => conflict.columns(['policy_id', 'stage']).doNothing())
      .returning('stage')
      .executeTakeFirst();
    if (!kept) {
      continue;
    }
    told += 1;
    if (channel === 'page') {
      await recordEvents(db, [policyId], {
        at,
        actor: by,
        event: 'reminded',
        detail: { stage: reminder.kind, channel },
      });
    }
    if (phone === undefined) {
      // Without either nobody was reminded: it waits in the list of those to call or visit.
      continue;
    }
    sent += 1;
    await tx.outbox.enqueue({
      messageId: `reminder:${policyId}:${reminder.stage}`,
      topic: 'sms',
      destination: 'sms',
      payload: { to: phone, text: textOf(language, policyNumber, reminder) },
    });
    await recordEvents(db, [policyId], { at, actor: by, event: 'reminded', detail: { stage: reminder.kind } });
  }
  return { told, sent };
}

/** The sentence of a reminder: a number, a day, an amount. */
export function textOf(language: Language, policyNumber: string, { kind, day, owed }: Reminder): string {
  return translate(reminderMessages, language, kind, {
    number: policyNumber,
    day: new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeZone: 'UTC' }).format(
      new Date(`${day}T00:00:00Z`),
    ),
    amount: owed ? `${amountText(owed)} ${owed.currency}` : '',
  });
}

interface Holder {
  readonly phone: string | null;
  readonly language: string | null;
  readonly person_id: string | null;
  /** Whether she can sign in and read it herself. */
  readonly account: boolean;
}

async function holdersOf(db: CoverDatabase, policyIds: readonly string[]): Promise<ReadonlyMap<string, Holder>> {
  if (policyIds.length === 0) {
    return new Map();
  }
  const rows = await db
    .selectFrom('cover_policy_member as covered')
    .innerJoin('cover_member as member', 'member.member_id', 'covered.member_id')
    .select(['covered.policy_id', 'member.phone', 'member.language', 'member.person_id'])
    .select(
      sql<boolean>`exists (select from account where account.person_id = member.person_id and account.active)`.as(
        'account',
      ),
    )
    .where('covered.policy_id', 'in', [...policyIds])
    .where('covered.relation', '=', 'holder')
    .execute();
  return new Map(rows.map((row) => [row.policy_id, row]));
}

/** What the member said at enrolment, else what the record says, else the country's. */
async function languageOf(tx: Transaction, options: CoverOptions, holder: Holder): Promise<Language> {
  const said = languages.find((each) => each === holder.language);
  if (said) {
    return said;
  }
  if (holder.person_id !== null) {
    const patient = await tx.repo.readResource<Patient>('Patient', holder.person_id).catch(() => undefined);
    const spoken = patient?.communication?.map((each) => each.language?.coding?.[0]?.code ?? '').filter(Boolean) ?? [];
    if (spoken.length > 0) {
      return preferredLanguage(spoken);
    }
  }
  return ofCountry[options.country] ?? 'en';
}
