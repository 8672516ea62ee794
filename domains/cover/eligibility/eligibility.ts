import type { Day } from '@serai/kernel/base/days.ts';
import type { Money } from '@serai/kernel/base/money.ts';
import { type Agreement, inForce } from '@serai/policy/agreement.ts';
import type { AdjudicationInput, PassedLine } from '../claims/adjudication.ts';
import type { InsuredAbroad } from '../claims/insured-abroad.ts';
import type { Instalment, Member, Policy } from '../cover.ts';
import type { Scheme } from '../schemes/scheme.ts';
import { benefitFor } from '../settlement/pricing.ts';
import { type SchemeAnswer, underScheme } from './under-scheme.ts';

/** What is asked: is this person covered for this, here, on this day? */
export interface EligibilityQuestion {
  readonly on: Day;
  /** undefined where the fund knows nobody by what was asked with. */
  readonly member: Member | undefined;
  /** Every version of the schemes the policies are of. */
  readonly schemes: readonly Scheme[];
  /** The member's policies in all schemes, with what is owed. */
  readonly policies: readonly (Policy & { readonly instalments: readonly Instalment[] })[];
  /** What was passed before, of everyone under these policies. */
  readonly history: readonly PassedLine[];
  /** Where care would be given; undefined where nobody asks from a facility. */
  readonly facility: AdjudicationInput['facility'];
  /** Item or service; absent: cover as such. */
  readonly code?: string | undefined;
  readonly quantity?: string | undefined;
  readonly visit?: 'other' | 'referral' | 'emergency' | undefined;
  /** ICD-10 of the main diagnosis, where the answer depends on it (exclusions, diagnosis groups). */
  readonly diagnosis?: string | undefined;
  /** What the facility would charge for one; needed only where a scheme pays what is claimed. */
  readonly estimate?: Money | undefined;
  readonly rates?: AdjudicationInput['rates'];
  /** From a signed certificate of another country: counted for qualifying periods. */
  readonly periodsAbroad?: readonly InsuredAbroad[] | undefined;
  readonly agreements?: readonly Agreement[] | undefined;
  /** Codes everyone gets without charge in the country of the facility. */
  readonly publicFree?: readonly string[] | undefined;
}

/** Ways care is paid for, in the order they are tried (DOMAIN E.5). */
export const bases = [
  'emergency',
  'disease-specific',
  'treaty',
  'insurance',
  'package',
  'public',
  'voucher',
  'fund',
  'self-pay',
] as const;
export type Basis = (typeof bases)[number];

export interface Payer {
  readonly kind: 'scheme' | 'agreement' | 'country' | 'person';
  /** Scheme id, agreement id or country; absent for the person. */
  readonly id?: string;
  readonly clause?: string;
}

export interface EligibilityAnswer {
  readonly on: Day;
  /** Whether care is to be given without asking the person for the whole price. */
  readonly covered: boolean;
  readonly emergency: boolean;
  /** Which way paid, and who; self-pay where nobody else does. */
  readonly basis: Basis;
  readonly payer: Payer;
  /** Each way that was looked at, in order, with the number of `claims/reasons.ts` where it did not pay. */
  readonly steps: readonly {
    readonly basis: Basis;
    readonly pays: boolean;
    readonly payer?: Payer;
    readonly reason?: number;
  }[];
  /** The scheme that pays; where none does, the one that came nearest. */
  readonly scheme: SchemeAnswer | undefined;
}

const basisOfKind: Readonly<Record<Scheme['kind'], Basis>> = {
  'social-security': 'insurance',
  insurance: 'insurance',
  package: 'package',
  voucher: 'voucher',
  'community-fund': 'fund',
};

/**
 * Answers by the order emergency → disease-specific → treaty → insurance → package → public list → voucher → fund → self-pay.
 * Under a scheme the answer is what a claim for one of it would be given today (`claims/adjudicate.ts`), so that nobody is
 * promised what is refused later. An emergency is always covered: what is told is who pays. The answer never says, nor depends
 * on, anything of a residence permit.
 */
export function eligibility(question: EligibilityQuestion): EligibilityAnswer {
  const emergency = question.visit === 'emergency';
  const schemes = schemeAnswers(question);
  const ways = [...agreementWays(question), ...schemeWays(question, schemes), ...publicWay(question)].sort(
    (a, b) => bases.indexOf(a.basis) - bases.indexOf(b.basis),
  );
  const paying = ways.find((way) => way.pays);
  const payer: Payer = paying?.payer ?? (emergency ? emergencyPayer(question) : { kind: 'person' });
  const nearest = [...schemes].sort((a, b) => distance(a) - distance(b))[0];
  return {
    on: question.on,
    covered: emergency || paying !== undefined,
    emergency,
    basis: paying?.basis ?? (emergency ? 'emergency' : 'self-pay'),
    payer,
    steps: [
      ...(emergency ? [{ basis: 'emergency' as const, pays: true, payer }] : []),
      ...ways,
      { basis: 'self-pay', pays: !emergency && paying === undefined },
    ],
    scheme: schemes.find((each) => each.scheme.id === paying?.payer?.id) ?? nearest,
  };
}

type Way = EligibilityAnswer['steps'][number];

function schemeAnswers(question: EligibilityQuestion): SchemeAnswer[] {
  const ids = [...new Set(question.policies.map((policy) => policy.schemeId))].sort();
  return ids.flatMap((schemeId) => underScheme(question, schemeId) ?? []);
}

function schemeWays(question: EligibilityQuestion, answers: readonly SchemeAnswer[]): Way[] {
  return answers.flatMap((answer): Way[] => {
    const payer: Payer = { kind: 'scheme', id: answer.scheme.id };
    const clause = answer.pays ? treatyClause(question, answer.scheme.country) : undefined;
    return [
      ...(clause ? [{ basis: 'treaty' as const, pays: true, payer: { ...payer, ...clause } }] : []),
      { basis: basisOfKind[answer.scheme.kind], pays: answer.pays, payer, reason: answer.reason },
    ];
  });
}

/** Abroad a home scheme pays under the clause of an agreement, where one grants the care. */
function treatyClause(question: EligibilityQuestion, home: string): { readonly clause: string } | undefined {
  const { facility } = question;
  if (!facility || facility.country === home) {
    return undefined;
  }
  const granting = agreementsBetween(question, home, facility.country).find((agreement) =>
    benefitIn(question, agreement),
  );
  return granting && { clause: benefitIn(question, granting)!.clause };
}

function agreementsBetween({ agreements = [], on }: EligibilityQuestion, one: string, other: string): Agreement[] {
  return agreements.filter(
    (agreement) =>
      inForce(agreement, on) &&
      [one, other].every((country) => agreement.parties.some((each) => each.country === country)),
  );
}

function benefitIn({ facility, visit = 'other', code = '*' }: EligibilityQuestion, agreement: Agreement) {
  const found = benefitFor(
    agreement,
    // What has to be authorised is told by the scheme; here it is asked only whether the agreement grants it.
    { visit, facility: facilityCode(facility!), authorised: (agreement.benefits ?? []).map(({ id }) => id) },
    code,
  );
  return 'benefit' in found ? found.benefit : undefined;
}

function facilityCode({ id, country }: NonNullable<EligibilityQuestion['facility']>): string {
  return /^[A-Z]{2}:/.test(id) ? id : `${country}:${id}`;
}

/** An agreement about a disease pays for who lives in one of its countries and is treated in another, whatever her cover. */
function agreementWays(question: EligibilityQuestion): Way[] {
  const { facility, member, code, agreements = [] } = question;
  if (!facility || !member || code === undefined || member.residence === facility.country) {
    return [];
  }
  return agreements
    .filter((agreement) => agreement.type === 'disease-specific')
    .filter((agreement) => agreementsBetween(question, member.residence, facility.country).includes(agreement))
    .flatMap((agreement): Way[] => {
      const benefit = benefitIn(question, agreement);
      return benefit
        ? [
            {
              basis: 'disease-specific',
              pays: true,
              payer: { kind: 'agreement', id: agreement.id, clause: benefit.clause },
            },
          ]
        : [];
    });
}

function publicWay({ publicFree = [], code, facility }: EligibilityQuestion): Way[] {
  return facility && code !== undefined && publicFree.includes(code)
    ? [{ basis: 'public', pays: true, payer: { kind: 'country', id: facility.country } }]
    : [];
}

/** Who bears an emergency that no cover pays for: by the clause of an agreement, else the country of care. */
function emergencyPayer(question: EligibilityQuestion): Payer {
  const { facility, member } = question;
  const here = facility?.country ?? member?.residence;
  if (facility && member && member.residence !== facility.country) {
    const known = agreementsBetween(question, member.residence, facility.country).find(
      (each) => each.emergencyUninsured,
    );
    const owes = known?.emergencyUninsured?.owes;
    if (known && owes !== undefined) {
      const clause = known.emergencyUninsured!.clause;
      return owes === 'home-fund' || owes === 'shared'
        ? { kind: 'agreement', id: known.id, clause }
        : { kind: 'country', id: facility.country, clause };
    }
  }
  return here === undefined ? { kind: 'country' } : { kind: 'country', id: here };
}

/** What a scheme lacks to pay, as an order: a wait that ends is nearer than cover that is over. */
function distance({ pays, reason }: SchemeAnswer): number {
  const order = [0, 108, 17, 110, 107, 101, 102];
  return pays ? -1 : order.includes(reason) ? order.indexOf(reason) : order.length + (reason === 3 ? 1 : 0);
}
