import type { Day } from '@serai/kernel/base/days.ts';
import type { Money } from '@serai/kernel/base/money.ts';
import { z } from 'zod';
import type { Channel } from '../../cover.ts';

/**
 * A way money comes in: an agent's list, a mobile-money statement, a bank's. Each gives lines; what becomes of them is one rule for
 * all. An adapter that asks a provider over the network gives the same lines; the ones here read the file a provider lets one
 * download, whose columns are data: `countries/<cc>/payment-channels.json`.
 */
export interface PaymentAdapter {
  readonly channel: Channel;
  readonly id: string;
  readonly read: (bytes: Uint8Array) => Promise<ReadStatement>;
}

export interface StatementLine {
  readonly line: number;
  readonly reference: string;
  readonly receivedOn: Day;
  readonly amount: Money;
  /** What the payer typed to say what it is for: a policy's or member's number, with luck. */
  readonly note: string;
}

export interface ReadStatement {
  readonly lines: readonly StatementLine[];
  /** Money that went out, or was not completed: passed over. */
  readonly passedOver: number;
  readonly unreadable: readonly { readonly line: number; readonly field: 'reference' | 'date' | 'amount' }[];
  readonly missing: readonly string[];
}

export const channelsSchema = z.strictObject({
  $comment: z.string().optional(),
  channels: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9-]{1,40}$/),
        channel: z.enum(['agent', 'mobile-money', 'bank']),
        title: z.record(z.string(), z.string()),
        currency: z.string().regex(/^[A-Z]{3}$/),
        /** Titles of the columns, as the provider's file has them. */
        columns: z.strictObject({
          reference: z.string(),
          date: z.string(),
          amount: z.string(),
          note: z.string(),
          status: z.string().optional(),
        }),
        dates: z.enum(['dmy', 'mdy']).default('dmy'),
        /** Lines of another status are passed over. */
        completed: z.array(z.string()).optional(),
      }),
    )
    .min(1),
});

export type ChannelFile = z.output<typeof channelsSchema>['channels'][number];
