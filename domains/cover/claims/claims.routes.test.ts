import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Called, type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import { claimBody, cover, dayBefore, expectReconciled, insured, payment } from '../../../tests/cover-claims.ts';
import type { CoverDatabase } from '../cover.tables.ts';

let corridor: Corridor;
let th: TestNode;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  for (const name of [
    'nurse',
    'hospital-nurse',
    'claims-officer',
    'second-claims-officer',
    'fund-manager',
    'enrolment-officer',
    'actuary',
    'volunteer',
    'employer',
    'enforcement',
  ]) {
    tokens[name] = await th.token(name);
  }
}, 120_000);
afterAll(() => corridor?.close());
afterEach(() => expectReconciled(th));

const post = (who: string, path: string, body: unknown, headers: Record<string, string> = payment): Promise<Called> =>
  th.call(tokens[who], 'POST', path, body, headers);
const get = (who: string, path: string): Promise<Called> => th.call(tokens[who], 'GET', path, undefined, payment);
const act = (body: Record<string, unknown> = {}) => ({ requestId: randomUUID(), ...body });
const database = () => th.node.database as unknown as CoverDatabase;

async function rows(): Promise<number> {
  const { count } = await database()
    .selectFrom('cover_claim')
    .select((of) => of.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** A judged claim that no draw of the lot kept back. */
async function judged(memberNumber: string, changes: Record<string, unknown> = {}, who = 'nurse'): Promise<string> {
  const made = await post(who, '/api/cover/claims', claimBody(memberNumber, changes));
  expect(made.status).toBe(200);
  if (made.json.status === 'checked') {
    await post(
      'claims-officer',
      '/api/cover/claims/bulk',
      act({ act: 'bypass', claimIds: [made.json.claimId], reason: 'drawn by lot' }),
    );
  }
  return made.json.claimId;
}

describe('a claim is submitted', () => {
  it('is judged at once, line by line, and posts what it is worth', async () => {
    const { memberNumber } = await insured(th);
    const id = await judged(memberNumber);
    const claim = (await get('claims-officer', `/api/cover/claims/${id}`)).json;
    expect(claim.status).toBe('valuated');
    // 70 + 2 × 10, less the deductible of 30 for each out-patient treatment.
    expect(claim.claimed).toEqual({ amount: '90.00', currency: 'THB' });
    expect(claim.paid).toEqual({ amount: '60.00', currency: 'THB' });
    expect(claim.lines.map((line: { reason: number }) => line.reason)).toEqual([0, 0]);
    expect(claim.adjudications.length).toBeGreaterThanOrEqual(1);
  });

  it('is taken once, however often the same request comes', async () => {
    const { memberNumber } = await insured(th);
    const body = claimBody(memberNumber);
    const before = await rows();
    const all = await Promise.all([1, 2, 3].map(() => post('nurse', '/api/cover/claims', body)));
    for (const each of all) {
      expect(each.json).toEqual(all[0]!.json);
    }
    expect(await rows()).toBe(before + 1);
  });

  it('is refused under a number the facility used before', async () => {
    const { memberNumber } = await insured(th);
    const body = claimBody(memberNumber);
    await post('nurse', '/api/cover/claims', body);
    const again = await post('nurse', '/api/cover/claims', { ...body, requestId: randomUUID(), diagnoses: ['A09'] });
    expect([again.status, again.code]).toEqual([409, 'claims.duplicate-number']);
  });

  it.each([
    ['another facility’s', { provider: 'TH:mae-sot-hospital' }, 'claims.not-own-facility'],
    ['for a member nobody knows', { memberNumber: 'M-nobody' }, 'claims.unknown-member'],
    ['in the future', { from: '2999-01-01', to: '2999-01-01' }, 'claims.future'],
    ['ending before it begins', { from: dayBefore(3), to: dayBefore(9) }, 'claims.dates-reversed'],
    ['of two years', { from: dayBefore(700), to: dayBefore(1) }, 'claims.period-absurd'],
    ['in another currency', { currency: 'USD' }, 'claims.wrong-currency'],
    ['of a scheme there is not', { schemeId: 'sch:th:none' }, 'claims.unknown-scheme'],
    ['without lines', { lines: [] }, 'claims.no-lines'],
    ['without a diagnosis', { diagnoses: [] }, 'claims.diagnosis'],
    ['with a diagnosis that is none', { diagnoses: ['A COLD'] }, 'claims.diagnosis'],
    [
      'of a negative price',
      { lines: [{ kind: 'service', code: 'CON-GENERAL', quantity: '1', unitPrice: '-70' }] },
      'claims.price',
    ],
    [
      'of an absurd price',
      { lines: [{ kind: 'service', code: 'CON-GENERAL', quantity: '1', unitPrice: '99999999' }] },
      'claims.price',
    ],
    [
      'of half a satang',
      { lines: [{ kind: 'service', code: 'CON-GENERAL', quantity: '1', unitPrice: '1.005' }] },
      'claims.price',
    ],
    [
      'of nothing',
      { lines: [{ kind: 'service', code: 'CON-GENERAL', quantity: '0', unitPrice: '70' }] },
      'claims.quantity',
    ],
    [
      'of a negative quantity',
      { lines: [{ kind: 'service', code: 'CON-GENERAL', quantity: '-1', unitPrice: '70' }] },
      'claims.quantity',
    ],
    [
      'of an absurd quantity',
      { lines: [{ kind: 'service', code: 'CON-GENERAL', quantity: '10001', unitPrice: '70' }] },
      'claims.quantity',
    ],
    [
      'of a code the catalogue lacks',
      { lines: [{ kind: 'service', code: 'HAIRCUT', quantity: '1', unitPrice: '70' }] },
      'claims.unknown-code',
    ],
    [
      'of a service called an item',
      { lines: [{ kind: 'item', code: 'CON-GENERAL', quantity: '1', unitPrice: '70' }] },
      'claims.unknown-code',
    ],
    ['on a promise nobody made', { preauthorisation: 'PA-0000000000' }, 'claims.preauthorisation'],
  ])('%s is refused, and posts nothing', async (_name, changes, code) => {
    const { memberNumber } = await insured(th);
    const before = await rows();
    const refused = await post('nurse', '/api/cover/claims', claimBody(memberNumber, changes));
    expect([refused.status, refused.code]).toEqual([422, code]);
    // The sentence says what to do, the expression where.
    expect(refused.json.issue[0].expression?.[0]).toMatch(/^[a-zA-Z]/);
    expect(await rows()).toBe(before);
  });

  it('tells every field that cannot be read in one answer', async () => {
    const refused = await post('nurse', '/api/cover/claims', {
      requestId: 'x',
      memberNumber: '',
      from: 'soon',
      lines: 'all',
    });
    expect(refused.status).toBe(400);
    expect(refused.json.issue.length).toBeGreaterThanOrEqual(5);
  });
});

describe('who sees claims', () => {
  it('is the fund’s officers, and a facility its own', async () => {
    const { memberNumber } = await insured(th);
    const id = await judged(memberNumber);
    for (const [who, status] of [
      ['claims-officer', 200],
      ['fund-manager', 200],
      ['actuary', 200],
      ['nurse', 200],
      ['hospital-nurse', 404],
      ['enrolment-officer', 404],
      ['employer', 404],
      ['volunteer', 404],
      ['enforcement', 404],
    ] as const) {
      expect([who, (await get(who, `/api/cover/claims/${id}`)).status]).toEqual([who, status]);
      const found = await post(who, '/api/cover/claims/find', {});
      const seen = found.status === 200 && found.json.rows.some((row: { claimId: string }) => row.claimId === id);
      expect([who, seen]).toEqual([who, status === 200]);
    }
  });

  it('is no facility deciding, reversing or asking for another’s', async () => {
    const { memberNumber } = await insured(th);
    const id = await judged(memberNumber);
    for (const who of ['nurse', 'hospital-nurse', 'enrolment-officer', 'actuary', 'employer']) {
      for (const [path, body] of [
        [`/api/cover/claims/${id}/review`, act({ lines: [] })],
        [`/api/cover/claims/${id}/reverse`, act({ reason: 'because' })],
        [`/api/cover/claims/${id}/ask-feedback`, act()],
        ['/api/cover/claims/bulk', act({ act: 'reject', claimIds: [id], reason: 'because' })],
      ] as const) {
        expect([who, path, (await post(who, path, body)).status]).toEqual([who, path, 404]);
      }
    }
    expect((await post('hospital-nurse', `/api/cover/claims/${id}/appeals`, act({ reason: 'not ours' }))).status).toBe(
      404,
    );
  });
});

describe('two claims against one ceiling', () => {
  it('take turns: together they are never paid above it', async () => {
    const { memberNumber } = await insured(th);
    const lines = [{ kind: 'item', code: 'MED-INSULIN', quantity: '100', unitPrice: '200.00' }];
    const ids = await Promise.all(
      [1, 2, 3, 4].map((n) => judged(memberNumber, { lines, from: dayBefore(n), to: dayBefore(n) })),
    );
    const claims = await Promise.all(ids.map((id) => get('claims-officer', `/api/cover/claims/${id}`)));
    const paid = claims.reduce((sum, each) => sum + Number(each.json.paid.amount), 0);
    expect(paid).toBeLessThanOrEqual(30_000);
    expect(paid).toBeGreaterThan(29_000);
  });
});

describe('a review', () => {
  it('rejects and lowers lines, and the claim is judged again', async () => {
    const { memberNumber } = await insured(th);
    const id = await judged(memberNumber);
    expect(
      (
        await post(
          'claims-officer',
          '/api/cover/claims/bulk',
          act({ act: 'select', claimIds: [id], reason: 'second look' }),
        )
      ).json.done,
    ).toEqual([id]);
    const inReview = (await get('claims-officer', `/api/cover/claims/${id}`)).json;
    expect([inReview.status, inReview.review]).toEqual(['checked', 'selected']);
    const lines = [
      { line: 1, decision: 'adjusted', amount: '50.00', reason: 'a follow-up visit' },
      { line: 2, decision: 'rejected', reason: 'not indicated' },
    ];
    expect((await post('claims-officer', `/api/cover/claims/${id}/review`, act({ lines }))).json.state).toBe('done');
    const claim = (await get('claims-officer', `/api/cover/claims/${id}`)).json;
    expect(claim.lines.map((line: { reason: number }) => line.reason)).toEqual([0, -1]);
    expect(claim.paid.amount).toBe('20.00');
    expect((await post('claims-officer', `/api/cover/claims/${id}/review`, act({ lines: [] }))).code).toBe(
      'claims.not-in-review',
    );
  });

  it('cannot raise a line, name one twice, or one that is not there', async () => {
    const { memberNumber } = await insured(th);
    const id = await judged(memberNumber);
    await post(
      'claims-officer',
      '/api/cover/claims/bulk',
      act({ act: 'select', claimIds: [id], reason: 'second look' }),
    );
    for (const [lines, code] of [
      [[{ line: 1, decision: 'adjusted', amount: '70.01', reason: 'more' }], 'claims.above-claimed'],
      [[{ line: 1, decision: 'adjusted', quantity: '2', reason: 'more' }], 'claims.above-claimed'],
      [[{ line: 9, decision: 'rejected', reason: 'none such' }], 'claims.unknown-line'],
      [[1, 1].map((line) => ({ line, decision: 'rejected', reason: 'twice' })), 'claims.unknown-line'],
    ] as const) {
      expect((await post('claims-officer', `/api/cover/claims/${id}/review`, act({ lines }))).code).toBe(code);
    }
  });

  it('of a claim of high value takes two people', async () => {
    const { memberNumber } = await insured(th);
    const made = await post(
      'nurse',
      '/api/cover/claims',
      claimBody(memberNumber, { lines: [{ kind: 'item', code: 'MED-INSULIN', quantity: '60', unitPrice: '190.00' }] }),
    );
    expect([made.json.status, made.json.lines[0].reason]).toEqual(['checked', 0]);
    const id = made.json.claimId;
    const review = (who: string) => post(who, `/api/cover/claims/${id}/review`, act({ lines: [] }));
    const bypass = await post(
      'claims-officer',
      '/api/cover/claims/bulk',
      act({ act: 'bypass', claimIds: [id], reason: 'fine' }),
    );
    expect(bypass.json.refused).toEqual([{ claimId: id, code: 'claims.four-eyes' }]);
    expect((await review('claims-officer')).json.state).toBe('proposed');
    expect((await review('claims-officer')).code).toBe('claims.four-eyes');
    expect((await review('second-claims-officer')).json.state).toBe('done');
    expect((await get('claims-officer', `/api/cover/claims/${id}`)).json.status).toBe('valuated');
  });

  it('rejected in bulk is undone by sending the claims back', async () => {
    const { memberNumber } = await insured(th);
    const id = await judged(memberNumber);
    const bulk = (which: string) =>
      post('claims-officer', '/api/cover/claims/bulk', act({ act: which, claimIds: [id], reason: 'a try' }));
    const preview = (which: string) =>
      post('claims-officer', '/api/cover/claims/bulk/preview', { act: which, claimIds: [id] });
    expect((await preview('reject')).json).toMatchObject({ claims: 1, may: 0, because: { 'claims.not-in-review': 1 } });
    await bulk('select');
    expect((await preview('reject')).json).toMatchObject({ may: 1, claimed: [{ amount: '90.00', currency: 'THB' }] });
    await bulk('reject');
    expect((await get('claims-officer', `/api/cover/claims/${id}`)).json.status).toBe('rejected');
    await bulk('select');
    await bulk('bypass');
    expect((await get('claims-officer', `/api/cover/claims/${id}`)).json).toMatchObject({
      status: 'valuated',
      paid: { amount: '60.00' },
    });
  });
});

describe('a reversal', () => {
  it('leaves nothing due, and frees what the claim used of its limits', async () => {
    const { memberNumber } = await insured(th);
    const id = await judged(memberNumber);
    expect(
      (await post('claims-officer', `/api/cover/claims/${id}/reverse`, act({ reason: 'entered twice' }))).status,
    ).toBe(200);
    expect(
      (await post('claims-officer', `/api/cover/claims/${id}/reverse`, act({ reason: 'entered twice' }))).code,
    ).toBe('claims.wrong-status');
    const claim = (await get('claims-officer', `/api/cover/claims/${id}`)).json;
    expect(claim.status).toBe('reversed');
    expect(claim.events.at(-1).event).toBe('reversed');
  });
});

describe('feedback of the insured', () => {
  it('is brought by those who enrol, and a mismatch brings the claim to a reviewer', async () => {
    const { memberNumber } = await insured(th);
    const id = await judged(memberNumber);
    expect((await post('claims-officer', `/api/cover/claims/${id}/ask-feedback`, act())).status).toBe(200);
    const wanted = await post('enrolment-officer', '/api/cover/feedback/find', { search: memberNumber }, cover);
    expect(wanted.json.rows).toHaveLength(1);
    expect(JSON.stringify(wanted.json)).not.toMatch(/J06|amount|CON-GENERAL/);
    for (const who of ['employer', 'nurse', 'enforcement']) {
      expect([who, (await post(who, '/api/cover/feedback/find', {}, cover)).status]).toEqual([who, 404]);
    }
    const answers = {
      careRendered: false,
      paymentAsked: false,
      drugsPrescribed: true,
      drugsReceived: false,
      rating: 1,
    };
    expect((await post('volunteer', `/api/cover/feedback/${id}`, act(answers), cover)).status).toBe(200);
    expect((await post('volunteer', `/api/cover/feedback/${id}`, act(answers), cover)).code).toBe(
      'claims.feedback-given',
    );
    const claim = (await get('claims-officer', `/api/cover/claims/${id}`)).json;
    expect(claim).toMatchObject({ status: 'checked', review: 'selected', reviewBecause: ['feedback'] });
    expect(claim.feedbackGiven.mismatches).toEqual(['care-not-rendered', 'drugs-not-received']);
  });
});

describe('an appeal', () => {
  it('is decided by someone else; granted, the claim is judged again and both results stay', async () => {
    const { memberNumber } = await insured(th);
    const id = await judged(memberNumber, {}, 'nurse');
    await post('claims-officer', '/api/cover/claims/bulk', act({ act: 'select', claimIds: [id], reason: 'look' }));
    await post(
      'claims-officer',
      `/api/cover/claims/${id}/review`,
      act({ lines: [{ line: 1, decision: 'rejected', reason: 'no note' }] }),
    );
    const opened = await post(
      'nurse',
      `/api/cover/claims/${id}/appeals`,
      act({ reason: 'The note is attached to the file.' }),
    );
    expect(opened.status).toBe(200);
    expect((await post('nurse', `/api/cover/claims/${id}/appeals`, act({ reason: 'Once more.' }))).code).toBe(
      'claims.appeal-open',
    );
    const decide = (who: string) =>
      post(
        who,
        `/api/cover/appeals/${opened.json.appealId}/decide`,
        act({
          grant: true,
          text: 'The note was seen.',
          lines: [{ line: 1, decision: 'accepted', reason: 'note seen' }],
        }),
      );
    expect((await decide('claims-officer')).code).toBe('claims.four-eyes');
    expect((await decide('nurse')).status).toBe(404);
    expect((await decide('second-claims-officer')).status).toBe(200);
    expect((await decide('fund-manager')).code).toBe('claims.wrong-status');
    const claim = (await get('nurse', `/api/cover/claims/${id}`)).json;
    expect(claim).toMatchObject({ status: 'valuated', paid: { amount: '60.00' } });
    expect(claim.appeals[0]).toMatchObject({ state: 'granted', onBehalfOf: 'provider' });
    expect(claim.appeals[0].runAfter).toBe(claim.appeals[0].runBefore + 1);
    expect(claim.adjudications.map((each: { paid: { amount: string } }) => each.paid.amount).slice(-2)).toEqual([
      '0.00',
      '60.00',
    ]);
  });
});

describe('a file of claims', () => {
  const heading = 'claim_number,member_number,care,from,to,diagnoses,kind,code,quantity,unit_price';

  it('is taken claim by claim; twice changes nothing; the report names rows', async () => {
    const { memberNumber } = await insured(th);
    const number = randomUUID().slice(0, 8);
    const day = dayBefore(4);
    const csv = [
      heading,
      `A-${number},${memberNumber},out-patient,${day},${day},J06.9,service,CON-GENERAL,1,70`,
      `A-${number},${memberNumber},out-patient,${day},${day},J06.9,item,MED-PARACETAMOL,2,10`,
      `B-${number},M-nobody,out-patient,${day},${day},J06.9,service,CON-GENERAL,1,70`,
      `C-${number},${memberNumber},out-patient,${day},${day},J06.9,service,CON-GENERAL,one,70`,
    ].join('\r\n');
    const first = (await post('nurse', '/api/cover/claims/import', act({ csv }))).json;
    expect(first.taken.map((each: { rows: number[] }) => each.rows)).toEqual([[2, 3]]);
    expect(first.refused).toEqual([{ rows: [4], code: 'claims.unknown-member', expression: 'member_number' }]);
    expect(first.problems).toEqual([{ row: 5, column: 'quantity', problem: 'wrong-value' }]);
    const second = (await post('nurse', '/api/cover/claims/import', act({ csv }))).json;
    expect([second.taken.length, second.already.length]).toEqual([0, 1]);
  });

  it('without its columns is told which', async () => {
    const answer = await post('nurse', '/api/cover/claims/import', act({ csv: 'claim_number,care\n1,out-patient' }));
    expect(answer.json.problems.map((each: { column: string }) => each.column)).toContain('member_number');
  });
});

describe('pages of claims', () => {
  it('come by keyset, each claim once', async () => {
    const { memberNumber } = await insured(th);
    for (let n = 0; n < 5; n++) {
      await judged(memberNumber, { from: dayBefore(n + 1), to: dayBefore(n + 1) });
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = (
        await post('nurse', '/api/cover/claims/find', { memberNumber, limit: 2, ...(cursor && { cursor }) })
      ).json;
      seen.push(...page.rows.map((row: { claimId: string }) => row.claimId));
      cursor = page.next;
    } while (cursor);
    expect([seen.length, new Set(seen).size]).toEqual([5, 5]);
  });
});
