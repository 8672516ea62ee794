import type { StudyKind } from './api.ts';

/** What an actuary may set for each kind, in the order of the form, with what is taken where it is left empty. */
export const studyFields: Readonly<Record<StudyKind, Readonly<Record<string, string>>>> = {
  pooling: {
    commonShockSd: '0.08',
    costOfCapital: '0.06',
    poolRetention: '0',
    claimRetention: '0',
    quotaShare: '0.5',
    stopLossAt: '1.1',
    reinsurerLoading: '0.25',
    poolLoading: '0.05',
  },
  solvency: {
    months: '36',
    paths: '1000',
    commonShockSd: '0.08',
    shockAt: '3',
    outbreakFactor: '2.5',
    outbreakMonths: '3',
    foreignShare: '0.35',
    currencyFall: '0.3',
    healthyLeave: '0.04',
    sickFactor: '3',
    capital: '',
    cash: '',
  },
  'pool-size': {
    pilotMembers: '1000',
    targetCv: '0.05',
    targetRuin: '0.05',
    targetCapital: '500',
    loading: '0.05',
    level: '0.995',
    commonShockSd: '0.08',
    costOfCapital: '0.06',
  },
  gaps: { home: '', host: '' },
  premium: {
    contributionFactor: '1',
    coPayment: '0',
    deductible: '0',
    ceiling: '0',
    waitingMonths: '0',
    excludedDiagnoses: '',
    excludedBenefits: '',
    dependants: '1',
    demandElasticity: '0',
    takeUpElasticity: '0.4',
  },
};

/** Countries, written large; and what stays as it was typed. */
const countries = new Set(['home', 'host']);
const texts = new Set(['excludedDiagnoses', 'excludedBenefits']);

/** The body of a form: empty fields are left out, figures become numbers; what is no number goes as it is and is refused. */
export function studyInput(
  kind: StudyKind,
  of: { readonly schemeId: string; readonly from: string; readonly to: string; readonly seed: string },
  terms: Readonly<Record<string, string>>,
): Record<string, string | number> {
  const figure = (text: string) => (text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text);
  const asked = Object.keys(studyFields[kind]).flatMap((id): [string, string | number][] => {
    const text = terms[id]?.trim() ?? '';
    return text === '' ? [] : [[id, countries.has(id) ? text.toUpperCase() : texts.has(id) ? text : figure(text)]];
  });
  return {
    ...(kind !== 'gaps' && { schemeId: of.schemeId, from: of.from, to: of.to }),
    seed: figure(of.seed),
    ...Object.fromEntries(asked),
  };
}
