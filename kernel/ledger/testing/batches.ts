import fc from 'fast-check';
import type { Account, LedgerTransfer } from '../types.ts';

/** Books small enough that random transfers meet: the same ids, the same holds, empty accounts. */
export const accounts: readonly Account[] = [
  { id: 'cash', currency: 'THB', code: 'cash', normal: 'debit', neverNegative: true },
  { id: 'payable', currency: 'THB', code: 'payable', normal: 'credit', neverNegative: true },
  { id: 'income', currency: 'THB', code: 'income', normal: 'credit' },
  { id: 'cost', currency: 'THB', code: 'cost', normal: 'debit' },
  { id: 'given', currency: 'THB', code: 'cash', normal: 'debit', neverNegative: true, restrictedTo: 'mothers' },
  { id: 'grant', currency: 'THB', code: 'subsidy', normal: 'credit', restrictedTo: 'mothers' },
  { id: 'other-gift', currency: 'THB', code: 'cash', normal: 'debit', restrictedTo: 'tb' },
  { id: 'kyat', currency: 'MMK', code: 'cash', normal: 'debit' },
  { id: 'kyat-income', currency: 'MMK', code: 'income', normal: 'credit' },
];

/** January 2026 is closed in the books of these tests. */
export const closed = [{ firstDay: '2026-01-01', lastDay: '2026-01-31' }];

/** Minutes of a morning: instants at which batches are posted and holds end. */
export function instant(minute: number): string {
  return new Date(Date.UTC(2026, 2, 10, 8, minute)).toISOString();
}

const ids = Array.from({ length: 14 }, (_, i) => `t${i}`);
const id = fc.constantFrom(...ids);
const side = fc.constantFrom(...accounts.map((account) => account.id), 'unopened');

const currencyOf = (account: string) => accounts.find((each) => each.id === account)?.currency ?? 'THB';
const purposeOf = (account: string) => accounts.find((each) => each.id === account)?.restrictedTo;

/** Anything, mostly wrong in some way. */
const wild: fc.Arbitrary<LedgerTransfer> = fc
  .record({
    id: fc.oneof({ weight: 20, arbitrary: id }, { weight: 1, arbitrary: fc.constant('') }),
    kind: fc.constantFrom('post', 'pending', 'post-pending', 'void-pending'),
    debit: side,
    credit: side,
    minor: fc.oneof({ weight: 8, arbitrary: fc.bigInt(-1n, 60n) }, fc.constant(10n ** 14n), fc.constant(2n ** 70n)),
    currency: fc.constantFrom('THB', 'THB', 'THB', 'MMK'),
    valueDay: fc.constantFrom('2026-03-10', '2026-03-10', '2026-03-11', '2026-01-31', '2026-02-30'),
    pendingId: fc.option(id, { nil: undefined }),
    expiresAt: fc.option(fc.constantFrom(instant(5), instant(25), 'soon'), { nil: undefined }),
    restrictedTo: fc.constantFrom(undefined, 'mothers', 'tb'),
    reverses: fc.option(id, { nil: undefined, freq: 5 }),
    linked: fc.boolean(),
  })
  .map(({ minor, currency, ...rest }) => withoutUndefined({ ...fixed, ...rest, amount: { minor, currency } }));

const fixed = { event: 'test', reference: 'Test/1' } as const;

/** Something a caller who knows the books would send, though not always at the right moment. */
const sensible: fc.Arbitrary<LedgerTransfer> = fc
  .record({
    id,
    kind: fc.constantFrom('post', 'post', 'post', 'pending'),
    pair: fc.constantFrom(
      ['cash', 'income'],
      ['cost', 'cash'],
      ['cost', 'payable'],
      ['payable', 'cash'],
      ['given', 'grant'],
      ['cost', 'given'],
      ['kyat', 'kyat-income'],
    ),
    minor: fc.bigInt(1n, 40n),
    expiresAt: fc.option(fc.constantFrom(instant(5), instant(15), instant(25)), { nil: undefined }),
    linked: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  })
  .map(({ pair: [debit, credit], minor, expiresAt, ...rest }) =>
    withoutUndefined({
      ...fixed,
      ...rest,
      debit: debit!,
      credit: credit!,
      amount: { minor, currency: currencyOf(debit!) },
      valueDay: '2026-03-10',
      expiresAt: rest.kind === 'pending' ? expiresAt : undefined,
      restrictedTo: purposeOf(debit!) ?? purposeOf(credit!),
    }),
  );

/** Batches, and for what is drawn as `follow`, transfers that settle or reverse one that another of the run sent. */
export const runs: fc.Arbitrary<readonly { readonly batch: readonly LedgerTransfer[]; readonly minute: number }[]> = fc
  .array(
    fc.record({
      minute: fc.constantFrom(0, 5, 10, 20, 30),
      drawn: fc.array(
        fc.oneof(
          { weight: 5, arbitrary: sensible.map((transfer) => ({ transfer, follow: undefined })) },
          {
            weight: 4,
            arbitrary: fc.record({
              transfer: sensible,
              follow: fc.record({
                nth: fc.nat(30),
                how: fc.constantFrom('replay', 'post-pending', 'void-pending', 'reverse'),
                part: fc.boolean(),
              }),
            }),
          },
          { weight: 1, arbitrary: wild.map((transfer) => ({ transfer, follow: undefined })) },
        ),
        { minLength: 1, maxLength: 8 },
      ),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((drawn) => {
    const sent: LedgerTransfer[] = [];
    return drawn.map(({ minute, drawn: each }) => ({
      minute,
      batch: each.map(({ transfer, follow }) => {
        const earlier = follow && sent.length > 0 ? sent[follow.nth % sent.length] : undefined;
        const made = earlier ? followUp(transfer, earlier, follow!) : transfer;
        sent.push(made);
        return made;
      }),
    }));
  });

function followUp(
  { id: newId, linked }: LedgerTransfer,
  earlier: LedgerTransfer,
  { how, part }: { readonly how: string; readonly part: boolean },
): LedgerTransfer {
  const { reverses: _, expiresAt: __, pendingId: ___, ...same } = earlier;
  const half =
    part && how === 'post-pending' ? { ...earlier.amount, minor: earlier.amount.minor / 2n } : earlier.amount;
  switch (how) {
    case 'replay':
      return { ...earlier, linked: linked ?? false };
    case 'reverse':
      return {
        ...same,
        id: newId,
        kind: 'post',
        linked: linked ?? false,
        debit: earlier.credit,
        credit: earlier.debit,
        reverses: earlier.id,
      };
    default:
      return {
        ...same,
        id: newId,
        kind: how as LedgerTransfer['kind'],
        linked: linked ?? false,
        amount: half,
        pendingId: earlier.id,
      };
  }
}

function withoutUndefined(transfer: { [K in keyof LedgerTransfer]: LedgerTransfer[K] | undefined }): LedgerTransfer {
  return Object.fromEntries(Object.entries(transfer).filter(([, value]) => value !== undefined)) as never;
}
