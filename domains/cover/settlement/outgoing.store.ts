import type { OutboxMessage, Transaction } from '@serai/store/types.ts';
import { coverOf, type OwnCoverOptions } from '../cover.deps.ts';
import { agreementRef, type Settling } from './agreed.ts';
import { outboxTopic, type SettlementMessage, settlementPath } from './wire.ts';

/** Without its id and agreement, which every message bears. */
export type Saying = SettlementMessage extends infer Kind
  ? Kind extends SettlementMessage
    ? Omit<Kind, 'messageId' | 'agreement'>
    : never
  : never;

/**
 * Puts a message on its way, in the transaction of what it tells. Its words are kept here; the outbox carries its id, and
 * tries until the partner has applied it, for as many days as that takes.
 */
export async function say(
  tx: Transaction,
  options: OwnCoverOptions,
  agreement: Settling,
  partner: string,
  saying: Saying,
): Promise<string> {
  const messageId = options.newId();
  const body = { messageId, agreement: await agreementRef(agreement), ...saying };
  await coverOf(tx)
    .insertInto('settlement_message')
    .values({
      message_id: messageId,
      partner,
      kind: saying.kind,
      body: JSON.stringify(body),
      created: options.clock(),
    })
    .execute();
  await tx.outbox.enqueue({
    topic: outboxTopic,
    destination: partner,
    messageId: `settlement:${messageId}`,
    payload: { messageId },
  });
  return messageId;
}

/**
 * Delivers one message: signed afresh at each try, because a signature of yesterday is refused.
 * @throws Error when it did not arrive or was not applied: the outbox tries again.
 */
export async function deliver(options: OwnCoverOptions, message: OutboxMessage): Promise<void> {
  const { messageId } = message.payload as { readonly messageId: string };
  const row = await options.database
    .selectFrom('settlement_message')
    .select(['body', 'partner', 'delivered'])
    .where('message_id', '=', messageId)
    .executeTakeFirstOrThrow();
  if (row.delivered) {
    return;
  }
  const body = JSON.parse(row.body) as SettlementMessage;
  await options.partners.tell(row.partner, settlementPath, 'settlement', 'payer', body);
  await options.ownStore().transaction(async (tx) => {
    const db = coverOf(tx);
    await db
      .updateTable('settlement_message')
      .set({ delivered: options.clock(), ...(body.kind === 'certificate-asked' && { body: withoutCard(body) }) })
      .where('message_id', '=', messageId)
      .execute();
    for (const { claimId, line, turn } of linesTold(body)) {
      await db
        .updateTable('settlement_line')
        .set({ known_turn: turn })
        .where('claim_id', '=', claimId)
        .where('line', '=', line)
        .where('known_turn', '<', turn)
        .execute();
    }
  });
}

/** The card was shown to be proof to the partner; once it has it, it is kept here no longer. */
function withoutCard(body: Extract<SettlementMessage, { kind: 'certificate-asked' }>): string {
  const { cardProof: _, ...rest } = body;
  return JSON.stringify(rest);
}

/** Which moves the partner knows once it has applied a message. */
function linesTold(body: SettlementMessage): { claimId: string; line: number; turn: number }[] {
  switch (body.kind) {
    case 'claims':
      return body.claims.flatMap(({ claimId, lines }) => lines.map(({ line }) => ({ claimId, line, turn: 0 })));
    case 'moves':
      return body.moves.map(({ claimId, line, turn }) => ({ claimId, line, turn }));
    default:
      return [];
  }
}
