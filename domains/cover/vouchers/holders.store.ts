import { addMonths } from '@serai/kernel/base/days.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { bookletOf, type VoucherProgramme } from './programme.ts';
import type { VouchersRefusalCode } from './vouchers.refusals.ts';
import { today } from './vouchers.store.ts';

/** Registering who a programme is for. No document is needed and none is asked for. */

export interface NewHolder {
  readonly group: string;
  readonly name: string;
  readonly village: string;
  readonly birthDate?: string | undefined;
  readonly phone?: string | undefined;
  readonly language: string;
  /** Registered though someone of this name in this village is: many share a name. */
  readonly anyway?: boolean | undefined;
}

export interface LineAnswer {
  readonly line: number;
  readonly holderId?: string;
  readonly refused?: VouchersRefusalCode;
}

/** Registers many, each for itself: one line that is refused keeps no other from being registered. */
export async function registerHolders(
  tx: Transaction,
  options: CoverOptions,
  programme: VoucherProgramme,
  lines: readonly NewHolder[],
  actor: string,
): Promise<LineAnswer[]> {
  const db = coverOf(tx);
  const answers: LineAnswer[] = [];
  for (const [line, holder] of lines.entries()) {
    const registered = await registerHolder(db, options, programme, holder, actor);
    answers.push(registered.ok ? { line, holderId: registered.value } : { line, refused: registered.code });
  }
  return answers;
}

/** What would come of registering them: nothing is written. */
export async function previewHolders(
  db: CoverDatabase,
  options: CoverOptions,
  programme: VoucherProgramme,
  lines: readonly NewHolder[],
): Promise<LineAnswer[]> {
  const answers: LineAnswer[] = [];
  for (const [line, holder] of lines.entries()) {
    const twice = lines.slice(0, line).some((other, i) => !answers[i]?.refused && isSame(other, holder));
    const code =
      unfit(programme, holder, today(options)) ??
      ((twice && !holder.anyway) || (await isKnown(db, programme, holder)) ? known : undefined);
    answers.push({ line, ...(code && { refused: code }) });
  }
  return answers;
}

function isSame(a: NewHolder, b: NewHolder): boolean {
  const sameBirth = a.birthDate === undefined || b.birthDate === undefined || a.birthDate === b.birthDate;
  return a.group === b.group && a.village === b.village && nameKeyOf(a.name) === nameKeyOf(b.name) && sameBirth;
}

const known: VouchersRefusalCode = 'vouchers.already-registered';

async function registerHolder(
  db: CoverDatabase,
  options: CoverOptions,
  programme: VoucherProgramme,
  holder: NewHolder,
  actor: string,
): Promise<Result<string, VouchersRefusalCode>> {
  const code = unfit(programme, holder, today(options));
  if (code) {
    return refuse(code);
  }
  if (await isKnown(db, programme, holder)) {
    return refuse(known);
  }
  const holderId = options.newId();
  await db
    .insertInto('voucher_holder')
    .values({
      holder_id: holderId,
      programme_id: programme.id,
      group_id: holder.group,
      name: holder.name,
      name_key: nameKeyOf(holder.name),
      birth_date: holder.birthDate ?? null,
      village: holder.village,
      phone: holder.phone ?? null,
      language: holder.language,
      registered_on: today(options),
      registered_by: actor,
      created: options.clock(),
    })
    .execute();
  return ok(holderId);
}

function unfit(programme: VoucherProgramme, holder: NewHolder, on: string): VouchersRefusalCode | undefined {
  if (on < programme.validFrom || on > programme.validTo) {
    return 'vouchers.programme-closed';
  }
  if (!bookletOf(programme, holder.group)) {
    return 'vouchers.unknown-group';
  }
  if (!programme.villages.includes(holder.village)) {
    return 'vouchers.unknown-village';
  }
  const below = programme.groups.find((each) => each.id === holder.group)?.belowYears;
  const born = holder.birthDate;
  const tooOld = born !== undefined && below !== undefined && addMonths(born, below * 12) <= on;
  return tooOld || (born !== undefined && born > on) ? 'vouchers.not-eligible' : undefined;
}

async function isKnown(db: CoverDatabase, programme: VoucherProgramme, holder: NewHolder): Promise<boolean> {
  if (holder.anyway) {
    return false;
  }
  const found = await db
    .selectFrom('voucher_holder')
    .select(['holder_id', 'birth_date'])
    .where('programme_id', '=', programme.id)
    .where('group_id', '=', holder.group)
    .where('village', '=', holder.village)
    .where('name_key', '=', nameKeyOf(holder.name))
    .execute();
  return found.some((each) => !each.birth_date || !holder.birthDate || each.birth_date === holder.birthDate);
}

/** A name as it is compared: case, marks and blanks folded. */
export function nameKeyOf(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
