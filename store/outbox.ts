import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';
import type { OutboxMessage } from './types.ts';

/**
 * What leaves a transaction: enqueued in it, delivered at least once after it, again and again until the handler is
 * content, then set aside for the operator. (Why not a queue library: ADR 0013.)
 */

export type OutboxHandler = (message: OutboxMessage & { readonly attempt: number }) => Promise<void>;

export interface OutboxEntry extends OutboxMessage {
  readonly state: 'waiting' | 'delivered' | 'dead';
  readonly attempts: number;
  readonly due: Date;
  readonly created: Date;
  readonly delivered: Date | null;
  /** Class of the last failure; never its message, which could hold personal data. */
  readonly lastError: string | null;
}

export interface OutboxSettings {
  /** Tries before a message is set aside. */
  readonly attemptsMaximum: number;
  /** Wait after the first failure; doubles with each, up to `delayMaximumMs`. */
  readonly delayMs: number;
  readonly delayMaximumMs: number;
  /** How often to look when nothing has woken the worker: for messages other processes enqueued, or now due again. */
  readonly pollMs: number;
}

const DEFAULTS: OutboxSettings = { attemptsMaximum: 12, delayMs: 1000, delayMaximumMs: 3_600_000, pollMs: 1000 };

/** A message with the same id is the same message: enqueued twice, it is delivered as one. */
export async function enqueue(db: Kysely<Database>, message: OutboxMessage, now: Date): Promise<void> {
  const { messageId, topic, destination, payload } = message;
  await sql`
    insert into outbox (message_id, topic, destination, payload, due, created)
    values (${messageId}, ${topic}, ${destination}, ${JSON.stringify(payload ?? null)}::jsonb,
      ${now.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz)
    on conflict (message_id) do nothing`.execute(db);
}

/** Applied once: the message id is kept in the same transaction as what `work` does. */
export async function inboxOnce(
  db: Kysely<Database>,
  messageId: string,
  now: Date,
  work: () => Promise<void>,
): Promise<boolean> {
  const { rows } = await sql`
    insert into inbox (message_id, received) values (${messageId}, ${now.toISOString()}::timestamptz)
    on conflict (message_id) do nothing returning message_id`.execute(db);
  if (rows.length === 0) {
    return false;
  }
  await work();
  return true;
}

interface DueRow {
  readonly message_id: string;
  readonly topic: string;
  readonly destination: string;
  readonly payload: unknown;
  readonly attempts: number;
}

export class Outbox {
  readonly #db: Kysely<Database>;
  readonly #handlers = new Map<string, OutboxHandler>();
  readonly #attemptsMaximum = new Map<string, number>();
  readonly #forgets = new Set<string>();
  #settings = DEFAULTS;
  #clock: () => Date = () => new Date(0);
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<unknown> | undefined;
  #again = false;
  #stopped = true;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /**
   * One handler a topic, registered before {@link start}. It may be called more than once for a message.
   * @param options.attemptsMaximum for what must outlast an absence of days; the default sets aside after a little more
   *   than an hour.
   * @param options.forgets what was delivered is not kept: for what says something of somebody, like a telephone number.
   */
  register(
    topic: string,
    handler: OutboxHandler,
    options: { readonly attemptsMaximum?: number; readonly forgets?: boolean } = {},
  ): void {
    if (this.#handlers.has(topic)) {
      throw new Error(`Outbox topic ${topic} already has a handler`);
    }
    this.#handlers.set(topic, handler);
    if (options.forgets) {
      this.#forgets.add(topic);
    }
    if (options.attemptsMaximum !== undefined) {
      this.#attemptsMaximum.set(topic, options.attemptsMaximum);
    }
  }

  /** Begins to deliver. */
  start(clock: () => Date, settings: Partial<OutboxSettings> = {}): void {
    this.#settings = { ...DEFAULTS, ...settings };
    this.#clock = clock;
    this.#stopped = false;
    this.wake();
  }

  /** Waits for the delivery under way; what is not delivered stays for the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** Looks for due messages now rather than at the next poll. */
  wake(): void {
    if (this.#stopped) {
      return;
    }
    clearTimeout(this.#timer);
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = this.#drain().finally(() => {
      this.#running = undefined;
      if (this.#again) {
        this.#again = false;
        this.wake();
      } else if (!this.#stopped) {
        this.#timer = setTimeout(() => this.wake(), this.#settings.pollMs);
        this.#timer.unref();
      }
    });
  }

  /** Delivers everything due now. @returns how many messages were tried. */
  async #drain(): Promise<number> {
    let tried = 0;
    try {
      while (!this.#stopped && (await this.deliverOne(this.#clock()))) {
        tried++;
      }
    } catch {
      // The database is away: the next poll tries again.
    }
    return tried;
  }

  /** Tries the message that is due longest. @returns false when none is. */
  async deliverOne(now: Date): Promise<boolean> {
    const row = await this.#claim(now);
    if (!row) {
      return false;
    }
    const attempt = row.attempts;
    try {
      await this.#handlers.get(row.topic)!({
        messageId: row.message_id,
        topic: row.topic,
        destination: row.destination,
        payload: row.payload,
        attempt,
      });
    } catch (error) {
      await this.#failed(row, error, now);
      return true;
    }
    await sql`update outbox set state = 'delivered', delivered = ${now.toISOString()}::timestamptz, last_error = null,
      payload = case when ${this.#forgets.has(row.topic)}::boolean then 'null'::jsonb else payload end
      where message_id = ${row.message_id}`.execute(this.#db);
    return true;
  }

  /** Takes one message for as long as a try may last; another worker passes it by. */
  async #claim(now: Date): Promise<DueRow | undefined> {
    const topics = [...this.#handlers.keys()];
    const lease = new Date(now.getTime() + 60_000).toISOString();
    const { rows } = await sql<DueRow>`
      update outbox set attempts = attempts + 1, due = ${lease}::timestamptz
      where message_id = (
        select message_id from outbox
        where state = 'waiting' and due <= ${now.toISOString()}::timestamptz and topic = any(${topics}::text[])
        order by due limit 1 for update skip locked
      ) returning message_id, topic, destination, payload, attempts`.execute(this.#db);
    return rows[0];
  }

  async #failed(row: DueRow, error: unknown, now: Date): Promise<void> {
    const { attemptsMaximum, delayMs, delayMaximumMs } = this.#settings;
    const delay = Math.min(delayMs * 2 ** (row.attempts - 1), delayMaximumMs);
    const state = row.attempts >= (this.#attemptsMaximum.get(row.topic) ?? attemptsMaximum) ? 'dead' : 'waiting';
    await sql`update outbox set state = ${state}, due = ${new Date(now.getTime() + delay).toISOString()}::timestamptz,
      last_error = ${error instanceof Error ? error.name : 'Error'} where message_id = ${row.message_id}`.execute(
      this.#db,
    );
  }

  /** For the operator: newest first. */
  async list(options: { state?: OutboxEntry['state']; limit?: number } = {}): Promise<OutboxEntry[]> {
    let query = this.#db
      .selectFrom('outbox')
      .selectAll()
      .orderBy('created', 'desc')
      .limit(Math.min(options.limit ?? 100, 1000));
    if (options.state) {
      query = query.where('state', '=', options.state);
    }
    return (await query.execute()).map((row) => ({
      messageId: row.message_id,
      topic: row.topic,
      destination: row.destination,
      payload: row.payload,
      state: row.state,
      attempts: row.attempts,
      due: row.due,
      created: row.created,
      delivered: row.delivered,
      lastError: row.last_error,
    }));
  }

  /** Sends a message that was set aside on its way again. @returns whether there was one. */
  async retry(messageId: string, now: Date): Promise<boolean> {
    const { numAffectedRows } = await sql`
      update outbox set state = 'waiting', attempts = 0, due = ${now.toISOString()}::timestamptz
      where message_id = ${messageId} and state <> 'delivered'`.execute(this.#db);
    this.wake();
    return (numAffectedRows ?? 0n) > 0n;
  }
}
