import { addDays } from '@serai/kernel/base/days.ts';
import { createPrng, type Prng } from '@serai/kernel/base/prng.ts';
import type { VoucherProgramme } from './programme.ts';

/**
 * A year of a voucher scheme, drawn by a seed: who is registered, what is handed out, which services are sought where
 * and when, what is copied and what is lost. How many people and services there are is given, as the source counted
 * them (S48); that the desk's own rules, run over the year, come to the published indicators is what the year proves.
 */

export interface YearSize {
  readonly seed: number;
  /** First day. */
  readonly from: string;
  readonly pregnant: number;
  readonly underFive: number;
  /** Children who are handed a booklet; women all are. */
  readonly childBooklets: number;
  /** Women who use it, and the care services they seek between them. */
  readonly womenServed: number;
  readonly womenServices: number;
}

/** Kadon Kani, 2015–2016 (DOMAIN S48, A.6). */
export const kadonKani: YearSize = {
  seed: 48,
  from: '2015-07-01',
  pregnant: 167,
  underFive: 775,
  childBooklets: 646,
  womenServed: 132,
  womenServices: 478,
};

export interface YearPerson {
  readonly person: number;
  readonly group: 'pregnant' | 'under-five';
  readonly village: string;
  readonly registeredOn: string;
  /** Absent: never came for a booklet. */
  readonly bookletOn?: string;
}

export interface YearVisit {
  readonly person: number;
  readonly on: string;
  readonly service: string;
  readonly number: number;
  readonly facility: string;
  readonly deliveredOn?: string;
  readonly place?: 'facility' | 'home';
  /** `copy`: the same voucher shown on another device that has not heard. `early`: sooner than its spacing allows. */
  readonly kind: 'good' | 'copy' | 'early';
}

export interface PlannedYear {
  readonly size: YearSize;
  readonly people: readonly YearPerson[];
  /** In order of days. */
  readonly visits: readonly YearVisit[];
  /** People whose booklet is lost on a day, and replaced. */
  readonly lost: readonly { readonly person: number; readonly on: string }[];
}

const providers = 10;

export function planYear(programme: VoucherProgramme, size: YearSize): PlannedYear {
  const random = createPrng(size.seed);
  const people = peopleOf(programme, size, random);
  const women = people.filter((each) => each.group === 'pregnant');
  const served = shuffled(women, random).slice(0, size.womenServed);
  const services = spread(size.womenServices, served.length, 7, random);
  const visits = [
    ...served.flatMap((woman, i) => visitsOfWoman(programme, woman, services[i]!, random)),
    ...people.flatMap((child) => (child.group === 'under-five' ? visitsOfChild(child, random) : [])),
  ];
  const odd = visits.flatMap((visit): YearVisit[] => {
    const draw = random.uniform();
    if (draw < 0.02) {
      return [{ ...visit, kind: 'copy', facility: facilityOf(Number(visit.facility.slice(4)) + 1) }];
    }
    return [];
  });
  const lost = shuffled(
    women.filter((each) => !served.includes(each)),
    random,
  )
    .slice(0, 4)
    .map(({ person, bookletOn }) => ({ person, on: addDays(bookletOn!, 20) }));
  const early = visits
    .filter((visit) => visit.service === 'anc' && visit.number === 2 && visit.person % 9 === 0)
    .map((visit): YearVisit => ({ ...visit, on: addDays(earlierVisit(visits, visit), 3), kind: 'early' }));
  const order = { good: 1, copy: 2, early: 0 };
  const all = [...visits, ...odd, ...early].sort(
    (a, b) => (a.on === b.on ? order[a.kind] - order[b.kind] : a.on < b.on ? -1 : 1) || a.person - b.person,
  );
  return { size, people, visits: all, lost };
}

function earlierVisit(visits: readonly YearVisit[], visit: YearVisit): string {
  return visits.find((each) => each.person === visit.person && each.service === 'anc' && each.number === 1)!.on;
}

function peopleOf(programme: VoucherProgramme, size: YearSize, random: Prng): YearPerson[] {
  const people: YearPerson[] = [];
  const village = () => programme.villages[random.below(programme.villages.length)]!;
  for (let i = 0; i < size.pregnant; i++) {
    const registeredOn = addDays(size.from, random.below(186));
    people.push({ person: i, group: 'pregnant', village: village(), registeredOn, bookletOn: registeredOn });
  }
  const children = Array.from({ length: size.underFive }, (_, i) => size.pregnant + i);
  const handed = new Set(shuffled(children, random).slice(0, size.childBooklets));
  for (const person of children) {
    const registeredOn = addDays(size.from, random.below(60));
    people.push({
      ...{ person, group: 'under-five', village: village(), registeredOn },
      ...(handed.has(person) && { bookletOn: registeredOn }),
    });
  }
  return people;
}

/** So many services over so many people, each one to `most`. */
function spread(total: number, people: number, most: number, random: Prng): number[] {
  const counts = Array.from({ length: people }, () => 1);
  for (let left = total - people; left > 0; ) {
    const i = random.below(people);
    if (counts[i]! < most) {
      counts[i]! += 1;
      left -= 1;
    }
  }
  return counts;
}

/** Antenatal visits up to four, then a birth, then care after it; where there are fewer, what comes late is left out. */
function visitsOfWoman(programme: VoucherProgramme, woman: YearPerson, services: number, random: Prng): YearVisit[] {
  const born = addDays(woman.registeredOn, 100 + random.below(60));
  const birth = services > 6 || (services >= 2 && random.uniform() < 0.75) ? 1 : 0;
  const after = Math.max(services - birth - 4, Math.min(services - birth, random.below(3), 2));
  const before = services - birth - after;
  const facility = facilityOf(programme.villages.indexOf(woman.village));
  const visit = (service: string, number: number, on: string, more: Partial<YearVisit> = {}): YearVisit => ({
    ...{ person: woman.person, service, number, on, facility, kind: 'good' },
    ...more,
  });
  const visits = Array.from({ length: before }, (_, i) =>
    visit('anc', i + 1, addDays(woman.registeredOn, 1 + i * 24 + random.below(3))),
  );
  if (birth) {
    const place = random.uniform() < 0.7 ? 'facility' : 'home';
    if (random.uniform() < 0.8) {
      visits.push(visit('transport', 1, born));
    }
    visits.push(visit('delivery', 1, born, { place }));
  }
  const first = random.uniform() < 0.6 ? 1 : 6;
  for (let i = 0; i < after; i++) {
    visits.push(visit('pnc', i + 1, addDays(born, first + i * 10), { deliveredOn: born }));
  }
  return visits;
}

function visitsOfChild(child: YearPerson, random: Prng): YearVisit[] {
  const count = child.bookletOn ? random.below(4) : 0;
  return Array.from({ length: count }, (_, i) => ({
    person: child.person,
    on: addDays(child.registeredOn, 5 + i * 80 + random.below(60)),
    service: 'child-visit',
    number: i + 1,
    facility: facilityOf(child.person),
    kind: 'good',
  }));
}

function facilityOf(at: number): string {
  return `rhc-${(at % providers) + 1}`;
}

function shuffled<T>(values: readonly T[], random: Prng): T[] {
  const mixed = [...values];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
  }
  return mixed;
}
