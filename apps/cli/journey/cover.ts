import { randomUUID } from 'node:crypto';
import type { ClaimInFull } from '@serai/domains/cover/claims/api.ts';
import type { EnrolmentPreview } from '@serai/domains/cover/enrolment/enrol.ts';
import type { Reconciliation, RunPreview } from '@serai/domains/cover/payments/api.ts';
import type { EligibilityAbroad, Partners, SettlementClaimView } from '@serai/domains/cover/settlement/api.ts';
import type { IssuedCard } from '@serai/domains/exchange/api.ts';
import type { Registered } from './register.ts';
import { type Caller, type Corridor, call, eventually, mustBe, refused, signedIn, step, today } from './steps.ts';

const schemeId = 'sch:mm:workers-abroad';
const told = ({ amount, currency }: { readonly amount: string; readonly currency: string }) => `${amount} ${currency}`;

/** The fund's main job: enrolled and paid for, covered abroad, claimed, judged, agreed between two funds, paid. */
export async function insure({ home, abroad }: Corridor, person: Registered): Promise<void> {
  const enrolled = await enrolAndPay({ home, abroad }, person);
  await careAbroad({ home, abroad }, enrolled.cardText);
  await careAtHome({ home, abroad }, enrolled.memberNumber);
}

async function enrolAndPay(
  { home }: Corridor,
  { id, name, nurse }: Registered,
): Promise<{ cardText: string; memberNumber: string }> {
  const cardOf = async (include: readonly string[]) =>
    (await call<IssuedCard>(nurse, 'POST', `/api/persons/${id}/cards`, { requestId: randomUUID(), include })).printed
      .text;
  await call(nurse, 'POST', `/api/persons/${id}/consents`, {
    ...{ requestId: randomUUID(), purpose: 'COC', decision: 'permit' },
  });
  const card = await cardOf([]);
  const officer: Caller = { node: home, token: await signedIn(home, 'enrolment-officer'), purpose: 'COVERAGE' };
  const birth = { kind: 'estimated-age', years: 34, on: today };
  const described = { name, birth, sex: 'female' };
  const policy = await step(
    'the enrolment officer enrols her by her card, without a document; price first',
    async () => {
      const { candidates } = await call<{ candidates: readonly { memberId: string }[] }>(
        officer,
        'POST',
        '/api/cover/enrolment/duplicates',
        described,
      );
      const newMember = {
        ...{ ...described, entitlement: 'contract-worker', residence: 'MM', card },
        notDuplicatesOf: candidates.map((each) => each.memberId),
      };
      const question = { schemeId, members: [{ relation: 'holder', newMember }] };
      const price = await call<EnrolmentPreview>(officer, 'POST', '/api/cover/enrolment/quote', question);
      const made = await call<{ policyId: string; memberIds: readonly string[] }>(
        officer,
        'POST',
        '/api/cover/enrolment/policies',
        { ...question, requestId: randomUUID() },
      );
      return { ...made, owed: price.owed };
    },
    ({ owed }) => `${told(owed)} to pay`,
  );
  await step(
    'takes the contribution: a receipt, and the cover is in force',
    async () => {
      const taken = await call<{ receiptNumber: string; activated: readonly string[] }>(
        officer,
        'POST',
        '/api/cover/enrolment/payments',
        {
          ...{ requestId: randomUUID(), policyId: policy.policyId, channel: 'agent', amount: policy.owed },
          reference: `slip ${policy.policyId.slice(0, 8)}`,
        },
      );
      mustBe(taken.activated.includes(policy.policyId), 'the policy is not in force');
      return taken;
    },
    ({ receiptNumber }) => `receipt ${receiptNumber}`,
  );
  const page = await call<{ member: { memberNumber: string } }>(
    officer,
    'GET',
    `/api/cover/enrolment/members/${policy.memberIds[0]}`,
  );
  return { cardText: await cardOf(['name', 'birthYear', 'cover']), memberNumber: page.member.memberNumber };
}

async function careAbroad({ home, abroad }: Corridor, card: string): Promise<void> {
  const token = await signedIn(abroad, 'doctor');
  const answer = await step(
    'Thailand: the doctor asks her fund by the card whether she is covered',
    async () => {
      const asking = { requestId: randomUUID(), card, visit: 'other' };
      const by = { node: abroad, token, purpose: 'COVERAGE' };
      const found = await call<EligibilityAbroad>(by, 'POST', '/api/cover/settlement/eligibility', asking);
      mustBe(found.covered, `she is not: ${found.because}`);
      return found;
    },
    ({ partner, until, clause }) => `covered by ${partner} until ${until}, under ${clause}`,
  );
  const claimId = await step(
    'claims the care there',
    async () => {
      const made = await call<{ claimId: string; claimed: string; currency: string }>(
        { node: abroad, token, purpose: 'HPAYMT' },
        'POST',
        '/api/cover/settlement/claims',
        {
          ...{ requestId: randomUUID(), eligibility: answer.requestId, visit: 'other', care: 'out-patient' },
          ...{ claimNumber: `J-${randomUUID().slice(0, 8)}`, from: today, to: today, diagnoses: ['B54'] },
          currency: 'THB',
          lines: [
            { code: 'OPD-VISIT', quantity: '1', unitPrice: '350.00' },
            { code: 'MALARIA-RDT', quantity: '1', unitPrice: '60.00' },
          ],
        },
      );
      return made;
    },
    (made) => `${made.claimed} ${made.currency}`,
  ).then((made) => made.claimId);
  await settle({ home, abroad }, claimId, answer.agreement);
}

/** What became of a line and by which rule of the scheme at home. */
const judgedAs = ({ state, judged }: SettlementClaimView['lines'][number]) =>
  judged?.rule === undefined ? state : `${state} (reason ${judged.reason}, ${judged.rule})`;

/** Sent, judged line by line at home, and owed alike on both ledgers; the statement waits for the quarter's end. */
async function settle({ home, abroad }: Corridor, claimId: string, agreement: string): Promise<void> {
  const there: Caller = { node: abroad, token: await signedIn(abroad, 'claims-officer') };
  await step(
    'Myanmar: the fund manager enters what a baht was worth, so that a claim in baht can be judged in kyat',
    async () => {
      const manager: Caller = { node: home, token: await signedIn(home, 'fund-manager') };
      const rate = { from: 'THB', to: 'MMK', value: '60', source: 'illustrative', at: `${today}T00:00:00Z` };
      await call(manager, 'POST', '/api/cover/fund/rates', { requestId: randomUUID(), ...rate });
      return rate;
    },
    ({ value, from, to }) => `${value} ${to} for one ${from}`,
  );
  const here: Caller = { node: home, token: await signedIn(home, 'claims-officer') };
  const path = `/api/cover/settlement/claims/${claimId}`;
  const read = (by: Caller) => call<SettlementClaimView>(by, 'GET', path).catch(() => undefined);
  await step(
    'the claim crosses to Myanmar and is judged there, line by line',
    async () => {
      await call(there, 'POST', '/api/cover/settlement/send', { requestId: randomUUID(), partner: 'MM' });
      await eventually(() => read(here), 'it did not arrive within ten seconds');
      const decision = { requestId: randomUUID(), partner: 'TH', claimIds: [claimId] };
      await call(here, 'POST', '/api/cover/settlement/decide', decision);
      return eventually(async () => {
        const claim = await read(there);
        return claim?.lines.every((line) => line.state !== 'claimed') ? claim : undefined;
      }, 'the answer did not come back within ten seconds');
    },
    ({ lines, agreed }) => `${lines.map(judgedAs).join(', ')}; ${told(agreed)} agreed`,
  );
  await step(
    'what is agreed stands on both ledgers alike; a statement is drawn up once the quarter is over',
    async () => {
      const [due, owed] = await Promise.all([partner(there, 'MM'), partner(here, 'TH')]);
      const [theirs, ours] = [due.dueFrom.map(told).sort(), owed.dueTo.map(told).sort()];
      mustBe(theirs.join() === ours.join(), `${theirs.join()} there, ${ours.join()} here`);
      const period = due.agreements.find((each) => each.id === agreement)?.periods.find((each) => !each.over);
      mustBe(period, 'there is no open period');
      const manager: Caller = { node: abroad, token: await signedIn(abroad, 'fund-manager') };
      const statement = { requestId: randomUUID(), partner: 'MM', agreement, period: period.name };
      await refused(manager, '/api/cover/settlement/statements', statement, 'settlement.period-open');
      return { theirs, period: period.name };
    },
    ({ theirs, period }) => `${theirs.join(', ')} owed; ${period} is open`,
  );
}

async function partner(by: Caller, country: string): Promise<Partners['partners'][number]> {
  const { partners } = await call<Partners>(by, 'GET', '/api/cover/settlement/partners');
  return partners.find((each) => each.country === country)!;
}

async function careAtHome({ home }: Corridor, memberNumber: string): Promise<void> {
  const purpose = 'HPAYMT';
  const nurse: Caller = { node: home, token: await signedIn(home, 'nurse'), purpose };
  const officer: Caller = { node: home, token: await signedIn(home, 'claims-officer'), purpose };
  const claimId = await step(
    'Myanmar: the clinic claims an ultrasound; judged at once, with the rule',
    async () => {
      const made = await call<{ claimId: string; status: string }>(nurse, 'POST', '/api/cover/claims', {
        ...{ requestId: randomUUID(), memberNumber, schemeId, claimNumber: `H-${randomUUID().slice(0, 8)}` },
        ...{ care: 'out-patient', from: today, to: today, diagnoses: ['J06.9'] },
        lines: [{ kind: 'service', code: 'IMG-ULTRASOUND', quantity: '1', unitPrice: '20000.00' }],
      });
      if (made.status === 'checked') {
        // One claim in twenty is drawn for a second look: somebody has looked.
        const passed = { requestId: randomUUID(), act: 'bypass', claimIds: [made.claimId], reason: 'drawn by lot' };
        await call(officer, 'POST', '/api/cover/claims/bulk', passed);
      }
      return call<ClaimInFull>(officer, 'GET', `/api/cover/claims/${made.claimId}`);
    },
    (claim) => `${told(claim.claimed)} claimed, ${told(claim.paid)} to be paid`,
  ).then((claim) => claim.claimId);
  await pay(home, officer, claimId);
}

async function pay(home: Caller['node'], officer: Caller, claimId: string): Promise<void> {
  const manager: Caller = { node: home, token: await signedIn(home, 'fund-manager') };
  const second: Caller = { node: home, token: await signedIn(home, 'second-fund-manager') };
  const runs = '/api/cover/payment-runs';
  const act = () => ({ requestId: randomUUID() });
  await step(
    'a payment run, proposed by one fund manager and approved by another, pays it',
    async () => {
      const { provider } = await call<ClaimInFull>(officer, 'GET', `/api/cover/claims/${claimId}`);
      const question = { schemeId, upTo: today, providers: [provider] };
      const preview = await call<RunPreview>(manager, 'POST', `${runs}/preview`, question);
      const { runId } = await call<{ runId: string }>(manager, 'POST', runs, { ...question, ...act() });
      await refused(manager, `${runs}/${runId}/approve`, act(), 'payments.four-eyes');
      await call(second, 'POST', `${runs}/${runId}/approve`, act());
      await call(second, 'POST', `${runs}/${runId}/pay`, act());
      const claim = await call<ClaimInFull>(officer, 'GET', `/api/cover/claims/${claimId}`);
      mustBe(claim.status === 'paid', `the claim is ${claim.status}`);
      return preview;
    },
    ({ claims, amount }) => `${claims} claims, ${told(amount)}`,
  );
  await step('claims and ledger agree to the last minor unit', async () => {
    const { agrees } = await call<Reconciliation>(manager, 'GET', '/api/cover/claims-reconciliation');
    mustBe(agrees, 'they differ');
  });
}
