import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Agreement, AgreementError, parseAgreements } from './agreement.ts';
import { createDecide, PolicyError } from './decide.ts';
import { loadAgreements, loadPolicyFiles } from './load.ts';
import type { Action, Actor, DataCategory, DecisionRequest, Facts, PersonFacts, PurposeOfUse } from './types.ts';

const [agreement] = loadAgreements(join(import.meta.dirname, '../countries/agreements')) as [Agreement];
const policies = loadPolicyFiles();
const decideFor = (changed: Partial<Agreement> = {}) =>
  createDecide({ country: 'MM', ...policies, agreements: [{ ...agreement, ...changed }] });
const decide = decideFor();

const nurse: Actor = {
  id: 'Practitioner/n',
  class: 'care',
  roles: ['nurse'],
  country: 'MM',
  facility: 'Organization/a',
};
const doctorAbroad: Actor = {
  id: 'node:TH/care',
  class: 'care',
  roles: [],
  country: 'TH',
  facility: 'TH:mae-sot-clinic',
};
const consented: PersonFacts = { consents: [{ id: 'c1', purpose: 'COC', decision: 'permit' }], facilities: [] };
const clause = (id: string, version = 1, at = '2026-11-21T09:00:00Z'): Facts => ({
  person: consented,
  agreement: { id: 'agr:MM-TH:care', version, clause: id, at },
});
const resource = (categories: DataCategory[], labels: string[] = [], personId = 'p1') =>
  ({ kind: 'resource', resourceType: 'Observation', id: 'o1', personId, categories, labels }) as const;

const actions: Action[] = ['create', 'read', 'update', 'delete', 'search', 'history', 'disclose', 'call'];
const purposes: PurposeOfUse[] = [
  ...(['TREAT', 'ETREAT', 'BTG', 'COC', 'HPAYMT', 'COVERAGE', 'PUBHLTH', 'HOPERAT', 'PATADMIN', 'HSYSADMIN'] as const),
  ...(['PATRQT', 'HRESCH', 'GOV', 'HLEGAL', 'MILCDM', 'THREAT', 'FRAUD', 'HMARKT', 'MLTRAINING', 'x-ENFORCE'] as const),
];

const anyRequest: fc.Arbitrary<DecisionRequest> = fc.record({
  actor: fc.record({
    id: fc.string(),
    class: fc.constantFrom(
      'care',
      'public-health',
      'payer',
      'person',
      'programme',
      'system',
      'operator',
      'enforcement',
    ),
    roles: fc.array(fc.constantFrom('nurse', 'doctor', 'admin')),
    country: fc.constantFrom('MM', 'TH', 'LA'),
    facility: fc.constantFrom('Organization/a', 'TH:mae-sot-clinic', 'TH:mae-sot-hospital'),
    personId: fc.constantFrom('p1', 'p2'),
  }),
  purpose: fc.constantFrom(...purposes),
  action: fc.constantFrom(...actions),
  target: fc.oneof(
    fc.record({
      kind: fc.constant('resource' as const),
      resourceType: fc.constantFrom('Patient', 'Observation', 'Organization'),
      personId: fc.constantFrom('p1', 'p2'),
      categories: fc.subarray<DataCategory>(['identity', 'problems', 'tb', 'hiv', 'administrative', 'violence']),
      labels: fc.subarray(['HIV', 'PSYTHPN', 'SDV', 'MH', 'x-TB']),
    }),
    fc.constant({ kind: 'type' as const, resourceType: 'Patient' }),
    fc.constantFrom('GET /fhir/R4/*', 'POST /api/persons', 'GET /api/operator/outbox').map((name) => {
      const [method, route] = name.split(' ') as [string, string];
      return { kind: 'route' as const, method, route };
    }),
  ),
  facts: fc.record({
    person: fc.record({
      consents: fc.array(
        fc.record({
          id: fc.constant('c'),
          purpose: fc.constantFrom<PurposeOfUse>('TREAT', 'COC'),
          decision: fc.constantFrom('permit' as const, 'deny' as const),
        }),
      ),
      facilities: fc.subarray(['Organization/a', 'TH:mae-sot-clinic']),
    }),
    agreement: fc.option(
      fc.record({
        id: fc.constantFrom('agr:MM-TH:care', 'agr:XX-YY:other'),
        version: fc.constantFrom(1, 2),
        clause: fc.constantFrom('art-4-1', 'art-4-2', 'art-9'),
        at: fc.constantFrom('2026-11-21T00:00:00Z', '2020-01-01T00:00:00Z'),
      }),
      { nil: undefined },
    ),
    breakGlass: fc.option(fc.constant({ reason: 'r', until: '2026-12-01T00:00:00Z' }), { nil: undefined }),
  }),
});

describe('the firewall', () => {
  test('no request of any kind is permitted to enforcement, and the firewall is named as the reason', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const decision = decide({ ...request, actor: { ...request.actor, class: 'enforcement' } });
        expect(decision.permit).toBe(false);
        expect(decision.reason).toBe('firewall.class');
      }),
      { numRuns: 1500 },
    );
  });

  test('no request for a purpose of control is permitted to anyone', () => {
    const control: PurposeOfUse[] = ['x-ENFORCE', 'GOV', 'HLEGAL', 'MILCDM', 'THREAT', 'FRAUD', 'HMARKT', 'MLTRAINING'];
    fc.assert(
      fc.property(anyRequest, fc.constantFrom(...control), (request, purpose) => {
        expect(decide({ ...request, purpose }).permit).toBe(false);
      }),
      { numRuns: 800 },
    );
  });

  test('nobody from another country is permitted anything but under a clause of an agreement in force, and never a write', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const decision = decide({ ...request, actor: { ...request.actor, country: 'TH' } });
        if (decision.permit && request.target.kind === 'resource') {
          expect(decision.clauses).toHaveLength(1);
          expect(['read', 'search', 'disclose']).toContain(request.action);
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('an operator sees no one’s record', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const decision = decide({ ...request, actor: { ...request.actor, class: 'operator', country: 'MM' } });
        if (request.target.kind === 'resource') {
          expect(decision.permit).toBe(false);
        }
      }),
      { numRuns: 600 },
    );
  });
});

describe('care at home', () => {
  const ask = (over: Partial<DecisionRequest> = {}) =>
    decide({ actor: nurse, purpose: 'TREAT', action: 'read', target: resource(['problems']), ...over });

  test('who treats sees cover, and neither claims nor a fund’s accounts', () => {
    expect(ask({ target: resource(['cover']) }).permit).toBe(true);
    for (const category of ['claims', 'fund'] as const) {
      for (const purpose of ['TREAT', 'COC', 'ETREAT', 'PATADMIN'] as const) {
        expect(ask({ target: resource([category]), purpose }).permit, `${category} for ${purpose}`).toBe(false);
      }
    }
    const hospital: Actor = { ...nurse, class: 'system', roles: ['integrator'] };
    expect(ask({ actor: hospital, target: resource(['fund']), purpose: 'PATADMIN' }).permit).toBe(false);
  });

  test('a facility claims for itself, and reads what it claimed alone', () => {
    const claim = (claimedBy?: string) => ({
      ...resource(['claims']),
      resourceType: 'Claim',
      ...(claimedBy && { claimedBy }),
    });
    for (const actorClass of ['care', 'system'] as const) {
      const actor: Actor = { ...nurse, class: actorClass, roles: [] };
      for (const purpose of ['HPAYMT', 'COVERAGE'] as const) {
        for (const action of ['create', 'read', 'search'] as const) {
          expect(ask({ actor, purpose, action, target: claim('Organization/a') }).permit).toBe(true);
          expect(ask({ actor, purpose, action, target: claim('Organization/b') }).permit).toBe(false);
          expect(ask({ actor, purpose, action, target: claim() }).permit).toBe(false);
          expect(ask({ actor, purpose, action, target: resource(['cover']) }).permit).toBe(true);
        }
      }
    }
    // A claim that names nobody is not the claim of whoever is bound to no facility.
    const { facility: _, ...unbound } = nurse;
    expect(ask({ actor: unbound, purpose: 'HPAYMT', target: claim('') }).permit).toBe(false);
    const officer: Actor = { ...nurse, class: 'payer', roles: ['claims-officer'] };
    expect(ask({ actor: officer, purpose: 'HPAYMT', target: claim('Organization/b') }).permit).toBe(true);
  });

  test('a nurse reads and writes for treatment', () => {
    expect(ask()).toMatchObject({ permit: true, policies: ['care.treat'] });
    expect(ask({ action: 'create' }).permit).toBe(true);
    expect(ask({ action: 'delete' }).permit).toBe(false);
    expect(ask({ purpose: 'HPAYMT' }).permit).toBe(false);
  });

  test('a refused consent closes the record but not the register', () => {
    const facts: Facts = { person: { consents: [{ id: 'c', purpose: 'TREAT', decision: 'deny' }], facilities: [] } };
    expect(ask({ facts })).toMatchObject({ permit: false, reason: 'consent.denied' });
    expect(ask({ facts, target: resource(['identity']) }).permit).toBe(true);
    expect(ask({ facts, target: resource(['consent']) }).permit).toBe(true);
    expect(ask({ facts, purpose: 'ETREAT' }).permit).toBe(false);
    const emergency: Facts = { ...facts, breakGlass: { reason: 'unconscious', until: '' } };
    expect(ask({ facts: emergency, purpose: 'ETREAT' }).permit).toBe(true);
    expect(ask({ facts: emergency }).permit).toBe(false);
  });

  test('violence is for those who care for the person; psychotherapy notes even break-glass does not open', () => {
    const known: Facts = { person: { consents: [], facilities: ['Organization/a'] } };
    const glass: Facts = { person: { consents: [], facilities: [] }, breakGlass: { reason: 'r', until: '' } };
    expect(ask({ target: resource(['problems'], ['SDV']) }).permit).toBe(false);
    expect(ask({ target: resource(['problems'], ['SDV']), facts: known }).permit).toBe(true);
    expect(ask({ target: resource(['problems'], ['SDV']), facts: glass }).permit).toBe(true);
    expect(ask({ target: resource(['mental-health'], ['PSYTHPN']), facts: glass }).permit).toBe(false);
    expect(ask({ target: resource(['mental-health'], ['PSYTHPN']), facts: known }).permit).toBe(true);
  });
});

describe('an agreement, executed', () => {
  const ask = (facts: Facts, over: Partial<DecisionRequest> = {}) =>
    decide({ actor: doctorAbroad, purpose: 'TREAT', action: 'read', target: resource(['problems']), facts, ...over });

  test('a permit names its clause', () => {
    expect(ask(clause('art-4-2'))).toMatchObject({ permit: true, clauses: ['agr:MM-TH:care#art-4-2'] });
  });

  test.each<[string, Facts, Partial<DecisionRequest>, string]>([
    [
      'a category the clause does not name',
      clause('art-4-1'),
      { target: resource(['tb']), purpose: 'ETREAT' },
      'no-permit',
    ],
    ['a label the clause withholds', clause('art-4-2'), { target: resource(['problems'], ['HIV']) }, 'no-permit'],
    ['a purpose of another clause', clause('art-4-1'), {}, 'no-permit'],
    ['a clause that does not exist', clause('art-99'), {}, 'no-permit'],
    ['another version', clause('art-4-2', 2), {}, 'agreement-version'],
    ['before it is in force', clause('art-4-2', 1, '2026-02-28T23:59:59Z'), {}, 'agreement-not-in-force'],
    ['after it has expired', clause('art-4-2', 1, '2031-03-01T00:00:00Z'), {}, 'agreement-not-in-force'],
    [
      'a facility outside the group',
      clause('art-4-2'),
      { actor: { ...doctorAbroad, facility: 'TH:elsewhere' } },
      'no-permit',
    ],
    ['a country that is not a party', clause('art-4-2'), { actor: { ...doctorAbroad, country: 'LA' } }, 'no-permit'],
    [
      'a class the clause does not name',
      clause('art-4-2'),
      { actor: { ...doctorAbroad, class: 'payer' } },
      'no-permit',
    ],
    ['no consent to sharing', { ...clause('art-4-2'), person: { consents: [], facilities: [] } }, {}, 'no-permit'],
    [
      'consent withdrawn',
      { ...clause('art-4-2'), person: { consents: [{ id: 'c', purpose: 'COC', decision: 'deny' }], facilities: [] } },
      {},
      'consent.denied',
    ],
    [
      'consent withdrawn for this country',
      {
        ...clause('art-4-2'),
        person: {
          consents: [...consented.consents, { id: 'd', purpose: 'COC', decision: 'deny', country: 'TH' }],
          facilities: [],
        },
      },
      {},
      'consent.denied',
    ],
    ['a write', clause('art-4-2'), { action: 'update' }, 'firewall.stranger-writes'],
  ])('refuses %s', (_, facts, over, reason) => {
    expect(ask(facts, over)).toMatchObject({ permit: false, reason });
  });

  test('the last day in force still counts', () => {
    expect(ask(clause('art-4-2', 1, '2031-02-28T23:00:00Z')).permit).toBe(true);
  });

  test('an emergency needs no consent, but a refusal is respected', () => {
    const emergency = { ...clause('art-4-1'), person: { consents: [], facilities: [] } };
    expect(ask(emergency, { purpose: 'ETREAT', target: resource(['allergies']) }).permit).toBe(true);
  });

  test('a suspended agreement refuses and says so', () => {
    const suspended = decideFor({ status: 'suspended' });
    expect(
      suspended({
        actor: doctorAbroad,
        purpose: 'TREAT',
        action: 'read',
        target: resource(['problems']),
        facts: clause('art-4-2'),
      }),
    ).toMatchObject({ permit: false, reason: 'agreement-suspended' });
  });
});

describe('what does not hold together does not start', () => {
  test('all mistakes of all agreement files are told in one go', () => {
    const bad = { ...agreement, version: 0, clauses: [{ ...agreement.clauses[0], facilities: ['group:none'] }] };
    try {
      parseAgreements([
        { name: 'a.json', json: bad },
        { name: 'b.json', json: { ...agreement, dataProtection: { ...agreement.dataProtection, firewall: false } } },
      ]);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(AgreementError);
      expect((error as Error).message).toContain('a.json: version');
      expect((error as Error).message).toContain('b.json: dataProtection.firewall must be true');
    }
  });

  test('a policy that does not fit the schema, has no id or repeats one is refused', () => {
    const withFile = (content: string) => () =>
      createDecide({
        country: 'MM',
        ...policies,
        files: { ...policies.files, 'extra.cedar': content },
        agreements: [],
      });
    expect(withFile('@id("x") permit (principal, action, resource) when { principal.nationality == "MM" };')).toThrow(
      PolicyError,
    );
    expect(withFile('permit (principal, action, resource);')).toThrow('no @id');
    expect(withFile('@id("care.treat") permit (principal, action, resource);')).toThrow('twice');
  });
});
