import { sql } from 'kysely';
import type { CoverDatabase } from '../cover.tables.ts';
import type { HoldersView, HolderView, SheetView } from './api.ts';
import { spokenCode } from './codes.ts';
import { nameKeyOf } from './holders.store.ts';
import { serviceOf, type VoucherProgramme } from './programme.ts';

const pageRows = 100;

/** Holders with the booklet they use now. */
export async function findHolders(
  db: CoverDatabase,
  asked: {
    readonly programmeId: string;
    readonly name?: string | undefined;
    readonly group?: string | undefined;
    readonly village?: string | undefined;
    readonly withoutBooklet?: boolean | undefined;
    readonly after?: string | undefined;
  },
  on: string,
): Promise<HoldersView> {
  const like = asked.name ? `%${nameKeyOf(asked.name).replace(/[\\%_]/g, '\\$&')}%` : null;
  const { rows } = await sql<{
    holder_id: string;
    group_id: string;
    name: string;
    village: string;
    birth_date: string | null;
    has_phone: boolean;
    booklet_id: string | null;
    booklet_number: string | null;
    channel: 'print' | 'sms' | null;
    expires_on: string | null;
    left_over: number | null;
    of_all: number | null;
    activated: boolean | null;
  }>`
    select holder.holder_id, holder.group_id, holder.name, holder.village, holder.birth_date::text as birth_date,
      holder.phone is not null as has_phone, booklet.booklet_id, booklet.booklet_number, booklet.channel,
      booklet.expires_on::text as expires_on, counted.left_over, counted.of_all, counted.activated
    from voucher_holder holder
    left join lateral (select * from voucher_booklet where voucher_booklet.holder_id = holder.holder_id
      and closed_on is null and expires_on >= ${on}::date order by made_on desc limit 1) booklet on true
    left join lateral (select count(*)::int as of_all,
      count(*) filter (where state in ('issued', 'activated'))::int as left_over,
      coalesce(bool_or(state = 'activated'), false) as activated
      from voucher where voucher.booklet_id = booklet.booklet_id) counted on booklet.booklet_id is not null
    where holder.programme_id = ${asked.programmeId}
      and (${like}::text is null or holder.name_key like ${like})
      and (${asked.group ?? null}::text is null or holder.group_id = ${asked.group ?? null})
      and (${asked.village ?? null}::text is null or holder.village = ${asked.village ?? null})
      and (not ${asked.withoutBooklet ?? false}::boolean or booklet.booklet_id is null)
      and (${asked.after ?? null}::text is null or holder.holder_id > ${asked.after ?? null})
    order by holder.holder_id limit ${pageRows + 1}`.execute(db);
  return {
    more: rows.length > pageRows,
    holders: rows.slice(0, pageRows).map(
      (row): HolderView => ({
        holderId: row.holder_id,
        group: row.group_id,
        name: row.name,
        village: row.village,
        hasPhone: row.has_phone,
        ...(row.birth_date && { birthDate: row.birth_date }),
        ...(row.booklet_id && {
          booklet: {
            bookletId: row.booklet_id,
            bookletNumber: row.booklet_number!,
            channel: row.channel!,
            expiresOn: row.expires_on!,
            left: row.left_over!,
            of: row.of_all!,
            activated: row.activated!,
          },
        }),
      }),
    ),
  };
}

/** Booklets as they are printed; only vouchers that can still be used are. */
export async function sheetOf(
  db: CoverDatabase,
  programme: VoucherProgramme,
  bookletIds: readonly string[],
): Promise<SheetView> {
  const booklets = await db
    .selectFrom('voucher_booklet')
    .innerJoin('voucher_holder', 'voucher_holder.holder_id', 'voucher_booklet.holder_id')
    .select(['booklet_id', 'booklet_number', 'code', 'expires_on', 'name', 'language', 'group_id'])
    .where('voucher_booklet.programme_id', '=', programme.id)
    .where('booklet_id', 'in', [...bookletIds])
    .where('closed_on', 'is', null)
    .orderBy('booklet_id')
    .execute();
  const vouchers = await db
    .selectFrom('voucher')
    .select(['booklet_id', 'service', 'number', 'short_code', 'signed'])
    .where('booklet_id', 'in', [...bookletIds])
    .where('state', 'in', ['issued', 'activated'])
    .execute();
  const order = programme.services.map((each) => each.code);
  return {
    programme: programme.title,
    booklets: booklets.map((booklet) => ({
      bookletId: booklet.booklet_id,
      bookletNumber: spokenCode(booklet.booklet_number),
      code: spokenCode(booklet.code),
      title: programme.booklets.find(
        (each) => each.id === programme.groups.find((group) => group.id === booklet.group_id)?.booklet,
      )!.title,
      holder: booklet.name,
      language: booklet.language,
      expiresOn: booklet.expires_on,
      vouchers: vouchers
        .filter((each) => each.booklet_id === booklet.booklet_id)
        .sort((a, b) => order.indexOf(a.service) - order.indexOf(b.service) || a.number - b.number)
        .map((each) => ({
          service: each.service,
          title: serviceOf(programme, each.service)?.title ?? {},
          pictogram: serviceOf(programme, each.service)?.pictogram ?? 'child',
          number: each.number,
          shortCode: spokenCode(each.short_code),
          text: each.signed,
        })),
    })),
  };
}
