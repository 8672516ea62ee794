import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatDay, parseDay } from '../../../kernel/models/calendar.ts';
import { whoGrowthModel } from '../../../kernel/models/clinical/growth/growth.model.ts';
import { whoGrowthReferenceModel } from '../../../kernel/models/clinical/growth/reference.model.ts';
import { ihrModel } from '../../../kernel/models/clinical/ihr.model.ts';
import { pregnancyModel } from '../../../kernel/models/clinical/pregnancy.model.ts';
import { questionnaireModel } from '../../../kernel/models/clinical/questionnaires/questionnaires.model.ts';
import { screeningYieldModel, tbScreeningModel } from '../../../kernel/models/clinical/screening.model.ts';
import {
  tbAdherenceModel,
  tbMonitoringModel,
  tbOutcomeModel,
} from '../../../kernel/models/clinical/tb/course.models.ts';
import {
  tbDosesModel,
  tbPreventiveModel,
  tbRegimenModel,
} from '../../../kernel/models/clinical/tb/treatment.models.ts';
import { preMigrationModel, travelModel } from '../../../kernel/models/clinical/travel/travel.model.ts';
import { vaccinationModel } from '../../../kernel/models/clinical/vaccination/catch-up.model.ts';
import { type Chart, chart } from './chart.ts';
import { told } from './told.ts';

/** Draws the plots of the clinical pages anew: `node docs/models/plots/clinical.ts`. Every point is a row of the model. */
const write = (name: string, spec: Chart) => writeFileSync(join(import.meta.dirname, `${name}.svg`), chart(spec));
type Point = readonly [number, number];

const whole = (from: number, to: number, step = 1) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
const dayAfter = (iso: string, days: number) => formatDay(parseDay(iso) + days);
const daysFrom = (start: string, iso: string) => parseDay(iso) - parseDay(start);
/** Names in the order they first appear, and where each stands. */
function rowsOf(names: readonly string[]) {
  const rows = [...new Set(names)];
  return { rows, at: (name: string) => rows.indexOf(name) };
}

const monthsOfChild = whole(0, 59);
const growthLine = (z: number): Point[] =>
  monthsOfChild.map((month): Point => {
    const ageDays = Math.round(month * 30.4375);
    const zOf = (weightKg: number) =>
      Number(told(whoGrowthModel, { children: [{ sex: 'female', ageDays, weightKg }] })[0]!.z);
    let [low, high] = [0.5, 40];
    while (high - low > 0.01) {
      const middle = (low + high) / 2;
      [low, high] = zOf(middle) < z ? [middle, high] : [low, middle];
    }
    return [month, high];
  });
write('who-growth', {
  title: 'Weight for age of girls: where the model answers z = −3, −2, 0 and 2',
  x: 'age, months',
  y: 'kg',
  marks: [-3, -2, 0, 2].map((z) => ({
    kind: 'line' as const,
    label: `z ${z < 0 ? `−${-z}` : z}`,
    points: growthLine(z),
  })),
});

const referenceLine = (z: number): Point[] =>
  whole(60, 228, 4).map((month): Point => {
    const ageDays = month * 30.4375;
    const heightCm = 150;
    const zOf = (weightKg: number) =>
      Number(
        told(whoGrowthReferenceModel, { people: [{ sex: 'female', ageDays, weightKg, heightCm }] }).find(
          (row) => row.indicator === 'bmi-for-age',
        )!.z,
      );
    let [low, high] = [15, 120];
    while (high - low > 0.02) {
      const middle = (low + high) / 2;
      [low, high] = zOf(middle) < z ? [middle, high] : [low, middle];
    }
    return [month / 12, high / 2.25];
  });
write('who-growth-reference', {
  title: 'BMI for age of girls: where the model answers z = −2, 0, 1 and 2',
  x: 'age, years',
  y: 'kg/m²',
  marks: [-2, 0, 1, 2].map((z) => ({
    kind: 'line' as const,
    label: `z ${z < 0 ? `−${-z}` : z}`,
    points: referenceLine(z),
  })),
});

const weights = whole(25, 85, 0.5);
const tablets = (programme: 'who' | 'in') =>
  told(tbDosesModel, {
    people: weights.map((weightKg) => ({ id: String(weightKg), regimen: '2HRZE/4HR', weightKg, programme })),
  })
    .filter((row) => row.phase === 'intensive')
    .map((row): Point => [Number(row.id), Number(row.units)]);
write('tb-doses', {
  title: 'Adult tablets of 2HRZE a day, by weight: two programmes',
  x: 'weight, kg',
  y: 'tablets a day',
  marks: [
    { kind: 'steps', label: 'WHO', points: tablets('who') },
    { kind: 'steps', label: 'India', points: tablets('in') },
  ],
});

const start = '2024-01-10';
const visits = told(tbMonitoringModel, { courses: [{ regimen: 'BPaLM', startDate: start, months: 6 }] });
const exams = rowsOf(['chest-x-ray', 'culture', 'smear', 'visit']);
const dueOf = (planned: boolean) =>
  visits
    .filter((row) => row.planned === planned)
    .map((row): Point => [daysFrom(start, String(row.dueDate)) / 7, exams.at(String(row.exam))]);
write('tb-monitoring', {
  title: 'Six months of BPaLM: what is due when',
  x: 'weeks after the first dose',
  y: 'examination',
  rows: exams.rows,
  marks: [
    { kind: 'points', label: 'due', points: dueOf(false) },
    { kind: 'points', label: 'after the planned end', points: dueOf(true) },
  ],
});

const diagnosed = '2024-01-01';
const story = { diagnosisDate: diagnosed, startDate: diagnosed, resistant: false, pulmonary: true, confirmed: true };
const stories = {
  'finishes, converted': { lastDoseDate: '2024-07-01', completedDate: '2024-07-01' },
  'stops in March': { lastDoseDate: '2024-03-20' },
  'dies in May': { lastDoseDate: '2024-05-10', diedDate: '2024-05-11' },
  'transferred in April': { lastDoseDate: '2024-04-01', transferredOut: true },
};
const judged = Object.entries(stories).map(([label, events], k) => {
  const cases = whole(0, 370, 5).map((day) => {
    const asOf = dayAfter(diagnosed, day);
    // What is not known on the day of judging has not happened yet.
    const known = Object.fromEntries(
      Object.entries(events).map(([field, value]) => [
        field,
        typeof value === 'string' && value > asOf ? (field === 'lastDoseDate' ? asOf : undefined) : value,
      ]),
    );
    return { id: String(day), ...story, ...known, transferredOut: 'transferredOut' in events && day >= 91, asOf };
  });
  const results = cases.flatMap(({ id, asOf }) =>
    (['2024-03-01', '2024-04-01'] as const)
      .filter((date) => date <= asOf)
      .map((date) => ({ id, date, test: 'culture' as const, result: 'negative' as const })),
  );
  return { label, k, rows: told(tbOutcomeModel, { cases, results }) };
});
const outcomes = rowsOf(['none-yet', 'not-evaluated', 'lost-to-follow-up', 'died', 'treatment-completed', 'cured']);
write('tb-outcome', {
  title: 'Four courses of treatment, judged again every five days',
  x: 'days after diagnosis',
  y: 'outcome',
  rows: outcomes.rows,
  marks: judged.map(({ label, rows, k }) => ({
    kind: 'steps' as const,
    label,
    // A hair apart, so that one line does not hide the next.
    points: rows.map((row): Point => [Number(row.id), outcomes.at(String(row.outcome)) + 0.09 * (k - 1.5)]),
  })),
});

const preventive = told(tbPreventiveModel, {
  people: whole(6, 80, 0.5).map((weightKg) => ({
    id: String(weightKg),
    ageYears: weightKg < 25 ? 6 : weightKg < 35 ? 11 : 30,
    weightKg,
    hiv: false,
    contact: true,
    screening: 'negative' as const,
    infectionTest: 'positive' as const,
  })),
});
const milligrams = (regimen: string, drug: string): Point[] =>
  preventive.flatMap((row): Point[] => {
    const mg = row.regimen === regimen ? String(row.mg).match(new RegExp(`${drug} (\\d+)`))?.[1] : undefined;
    return mg ? [[Number(row.id), Number(mg)]] : [];
  });
write('tb-preventive', {
  title: 'One dose by weight (age 6 below 25 kg, 11 below 35 kg, 30 above)',
  x: 'weight, kg',
  y: 'mg each time',
  marks: [
    { kind: 'steps', label: '3HP, rifapentine', points: milligrams('3HP', 'rifapentine') },
    { kind: 'steps', label: '4R, rifampicin', points: milligrams('4R', 'rifampicin') },
    { kind: 'steps', label: '6H, isoniazid', points: milligrams('6H', 'isoniazid') },
    { kind: 'steps', label: '3HR, rifampicin', points: milligrams('3HR', 'rifampicin') },
  ],
});

const missing = whole(0, 70).map((missed) => {
  const [row] = told(tbAdherenceModel, {
    courses: [{ id: 'a', startDate: '2024-01-01', asOf: dayAfter('2024-01-01', 83) }],
    doses: whole(1, 84 - missed).map((n) => ({
      id: 'a',
      date: dayAfter('2024-01-01', n - 1),
      status: 'observed' as const,
    })),
  });
  return { missed, band: String(row!.band), action: String(row!.action ?? 'none') };
});
const actions = rowsOf(missing.map((row) => row.action));
write('tb-adherence', {
  title: 'Twelve weeks of daily doses, the last ones missed: what it asks for',
  x: 'doses missed in a row',
  y: 'action',
  rows: actions.rows,
  marks: rowsOf(missing.map((row) => row.band)).rows.map((band) => ({
    kind: 'points' as const,
    label: `adherence ${band}`,
    points: missing.filter((row) => row.band === band).map((row): Point => [row.missed, actions.at(row.action)]),
  })),
});

const adult = {
  ageYears: 30,
  weightKg: 60,
  sex: 'male' as const,
  pulmonary: true,
  extrapulmonaryForms: [],
  severe: false,
  extensive: false,
  hivStatus: 'negative' as const,
  severeWasting: false,
  severeAcutePneumonia: false,
  yearsSinceTreatment: null,
  bpalDrugResistanceOrAllergy: false,
  nineMonthDrugIneffective: false,
};
const patients = {
  'adult, susceptible': { ...adult, rifampicin: 'susceptible', isoniazid: 'susceptible' },
  'child of 6, not severe': {
    ...adult,
    rifampicin: 'susceptible',
    isoniazid: 'susceptible',
    ageYears: 6,
    weightKg: 18,
  },
  'adult, isoniazid-resistant': { ...adult, rifampicin: 'susceptible', isoniazid: 'resistant' },
  'adult, rifampicin-resistant': { ...adult, rifampicin: 'resistant', fluoroquinolone: 'susceptible' },
  '… and fluoroquinolones': { ...adult, rifampicin: 'resistant', fluoroquinolone: 'resistant' },
  'the same, rest unknown': { rifampicin: 'resistant' },
} as const;
const offered = told(tbRegimenModel, {
  cases: Object.entries(patients).map(([id, patient]) => ({
    id,
    ...patient,
    extrapulmonaryForms: 'extrapulmonaryForms' in patient ? [] : undefined,
  })),
});
const regimens = rowsOf(offered.map((row) => String(row.regimen)).reverse());
const people = Object.keys(patients);
write('tb-regimen', {
  title: 'Regimens offered to six people',
  x: 'person',
  y: 'regimen',
  names: people,
  rows: regimens.rows,
  marks: (['eligible', 'ask-first', 'superseded'] as const).map((status) => ({
    kind: 'points' as const,
    label: status,
    points: offered
      .filter((row) => row.status === status)
      .map((row): Point => [people.indexOf(String(row.id)), regimens.at(String(row.regimen))]),
  })),
});

const proteins = whole(0, 20, 0.5);
const answers = rowsOf(['incomplete', 'negative', 'positive']);
const silent = { fever: false, 'night-sweats': false, 'weight-loss': false };
const screened = (algorithm: 'w4ss+crp-parallel' | 'w4ss+crp-sequential-positive', cough: boolean) =>
  told(tbScreeningModel, {
    people: proteins.map((crpMgPerL) => ({
      id: String(crpMgPerL),
      ageYears: 30,
      hivStatus: 'positive' as const,
      ...silent,
      cough,
      crpMgPerL,
      algorithm,
    })),
  });
const screenLine = (algorithm: 'w4ss+crp-parallel' | 'w4ss+crp-sequential-positive', cough: boolean, shift: number) =>
  screened(algorithm, cough).map((row): Point => [Number(row.id), answers.at(row.result) + shift]);
write('tb-screening', {
  title: 'An adult with HIV: result by C-reactive protein and cough',
  x: 'C-reactive protein, mg/L',
  y: 'result',
  rows: answers.rows,
  marks: [
    { kind: 'steps', label: 'cough, parallel', points: screenLine('w4ss+crp-parallel', true, 0.1) },
    { kind: 'steps', label: 'no cough, parallel', points: screenLine('w4ss+crp-parallel', false, 0.03) },
    { kind: 'steps', label: 'cough, then CRP', points: screenLine('w4ss+crp-sequential-positive', true, -0.04) },
    { kind: 'steps', label: 'no cough, then CRP', points: screenLine('w4ss+crp-sequential-positive', false, -0.11) },
  ],
});

const prevalences = [50, 100, 200, 300, 500, 750, 1000, 1500, 2000, 3000];
const plans = {
  'any symptom': { first: 'any-symptom' },
  'symptom or X-ray': { first: 'any-symptom', second: 'cxr-any-abnormality', combination: 'parallel' },
  'cough, then X-ray': { first: 'cough', second: 'cxr-any-abnormality', combination: 'sequential-positive' },
  'X-ray suggestive': { first: 'cxr-suggestive' },
} as const;
write('tb-screening-yield', {
  title: 'People sent to diagnosis for one person with TB found',
  x: 'TB prevalence, per 100,000',
  y: 'people sent',
  logarithmic: true,
  marks: Object.entries(plans).map(([label, plan]) => ({
    kind: 'line' as const,
    label,
    points: told(screeningYieldModel, {
      plans: prevalences.map((prevalencePer100000) => ({ people: 10_000, prevalencePer100000, ...plan })),
    }).map((row, i): Point => [prevalences[i]!, row.diagnosedPerCase!]),
  })),
});

/** Points given one after another: the first items full, then one partly, the others nought. */
const itemsFor = (score: number, items: number, most: number) =>
  Object.fromEntries(whole(1, items).map((n) => [`item${n}`, Math.max(0, Math.min(most, score - (n - 1) * most))]));
const asked = { 'phq-9': [9, 3], 'gad-7': [7, 3], k6: [6, 4], 'who-5': [5, 5] } as const;
const scored = Object.entries(asked).map(([questionnaire, [items, most]]) => ({
  questionnaire,
  rows: told(questionnaireModel, {
    responses: whole(0, items * most).map((score) => ({
      questionnaire: questionnaire as keyof typeof asked,
      ...itemsFor(score, items, most),
    })),
  }),
}));
const instruments = Object.keys(asked).reverse();
const positive = (screen: string) =>
  scored.flatMap(({ questionnaire, rows }) =>
    rows.filter((row) => row.screen === screen).map((row): Point => [row.score!, instruments.indexOf(questionnaire)]),
  );
const changes = scored.flatMap(({ questionnaire, rows }) =>
  rows.flatMap((row, i): Point[] =>
    i > 0 && rows[i - 1]!.band !== row.band ? [[row.score! - 0.5, instruments.indexOf(questionnaire) + 0.25]] : [],
  ),
);
write('questionnaire-score', {
  title: 'Every score of four questionnaires: screen, and where a band begins',
  x: 'raw score',
  y: 'questionnaire',
  rows: instruments,
  marks: [
    { kind: 'points', label: 'negative', points: positive('negative') },
    { kind: 'points', label: 'positive', points: positive('positive') },
    { kind: 'points', label: 'a band begins', points: changes },
  ],
});

const today = '2024-01-01';
const schedule = told(vaccinationModel, {
  people: [{ id: 'a', birthDate: '2023-01-01', asOf: today }],
  given: [{ id: 'a', antigen: 'dtp-hepb-hib', date: '2023-02-12', documented: true }],
}).filter((row) => row.date !== null);
const antigens = rowsOf(schedule.map((row) => String(row.antigen)).reverse());
write('vaccination-catch-up', {
  title: 'Twelve months old with one documented dose: what is next, and when',
  x: 'days from today',
  y: 'antigen',
  rows: antigens.rows,
  marks: (['given', 'overdue', 'due', 'later'] as const)
    .map((status) => ({
      kind: 'points' as const,
      label: status,
      points: schedule
        .filter((row) => row.status === status)
        .map((row): Point => [daysFrom(today, row.date!), antigens.at(String(row.antigen))]),
    }))
    .filter((mark) => mark.points.length > 0),
});

const lastPeriod = '2024-01-01';
const asOf = '2024-06-01';
const contacts = told(pregnancyModel, { pregnancies: [{ asOf, lastPeriod }] });
const items = rowsOf(contacts.map((row) => row.item).reverse());
const dated = (past: boolean) =>
  contacts
    .filter((row) => (row.past ?? false) === past)
    .map((row): Point => [daysFrom(lastPeriod, row.date!) / 7, items.at(row.item)]);
write('pregnancy-dates', {
  title: `Last period ${lastPeriod}, seen on ${asOf} (${contacts[0]!.gestation} weeks)`,
  x: 'weeks since the last period',
  y: 'date',
  rows: items.rows,
  marks: [
    { kind: 'points', label: 'due before today', points: dated(true) },
    { kind: 'points', label: 'still to come', points: dated(false) },
  ],
});

const ages = whole(0, 20);
const programmes = ['gb', 'us', 'au', 'au-ca-nz'] as const;
const examined = programmes.map((programme) => ({
  programme,
  rows: told(preMigrationModel, {
    people: ages.map((ageYears) => ({
      id: String(ageYears),
      programme,
      ageYears,
      stayMonths: 12,
      incidencePer100000: 120,
    })),
  }),
}));
const tests = rowsOf(examined.flatMap(({ rows }) => rows.flatMap((row) => row.tests.split(' ').filter(Boolean))));
write('pre-migration-tb', {
  title: "Tests asked of a healthy person for a year's stay",
  x: 'age, years',
  y: 'test',
  rows: tests.rows,
  marks: examined.map(({ programme, rows }, k) => ({
    kind: 'points' as const,
    label: programme,
    points: rows.flatMap((row) =>
      row.tests
        .split(' ')
        .filter(Boolean)
        .map((test): Point => [Number(row.id), tests.at(test) + 0.2 * (k - 1)]),
    ),
  })),
});

const weeksOfPregnancy = whole(20, 40);
const fitness = rowsOf(['temporarily-unfit', 'fit-with-conditions', 'fit']);
write('fitness-to-travel', {
  title: 'Whether a pregnant person may fly, by week',
  x: 'completed weeks of pregnancy',
  y: 'status',
  rows: fitness.rows,
  marks: [false, true].map((multiplePregnancy) => ({
    kind: 'steps' as const,
    label: multiplePregnancy ? 'more than one child' : 'one child',
    points: told(travelModel, {
      people: weeksOfPregnancy.map((pregnancyWeeks) => ({
        infectiousTb: false,
        pregnancyWeeks,
        multiplePregnancy,
        hoursSinceCheck: 20,
      })),
    }).map((row, i): Point => [weeksOfPregnancy[i]!, fitness.at(row.status) + (multiplePregnancy ? -0.05 : 0.05)]),
  })),
});

const questions = ['serious', 'unusual', 'spread', 'restrictions'] as const;
const decisions = rowsOf(['not-notifiable', 'keep-assessing', 'answer-first', 'notify']);
const combinations = whole(0, 3 ** 4 - 1).map((code) => {
  const given = questions.map((_, k) => (['no', 'yes', 'unknown'] as const)[Math.floor(code / 3 ** k) % 3]!);
  return {
    yes: given.filter((answer) => answer === 'yes').length,
    open: given.filter((answer) => answer === 'unknown').length,
    event: Object.fromEntries(questions.map((question, k) => [question, given[k]!])),
  };
});
const decided = told(ihrModel, {
  events: combinations.map(({ event }) => ({ disease: 'cholera', ...event })),
});
write('ihr-annex-2', {
  title: 'All 81 ways to answer the four questions on a cholera event',
  x: 'questions answered yes',
  y: 'decision',
  names: ['0', '1', '2', '3', '4'],
  rows: decisions.rows,
  marks: [0, 1, 2, 3, 4].map((open) => ({
    kind: 'points' as const,
    label: `${open} open`,
    points: combinations.flatMap(({ yes, open: own }, i): Point[] =>
      own === open ? [[yes + 0.12 * (open - 2), decisions.at(decided[i]!.decision)]] : [],
    ),
  })),
});
