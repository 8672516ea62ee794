import { expect, test } from 'vitest';
import { localDay } from './local-day.ts';

const zones = {
  TH: 'Asia/Bangkok',
  LA: 'Asia/Vientiane',
  KH: 'Asia/Phnom_Penh',
  VN: 'Asia/Ho_Chi_Minh',
  MM: 'Asia/Yangon',
  KZ: 'Asia/Almaty',
  KG: 'Asia/Bishkek',
  TJ: 'Asia/Dushanbe',
  UZ: 'Asia/Tashkent',
  TM: 'Asia/Ashgabat',
  PK: 'Asia/Karachi',
  CN: 'Asia/Shanghai',
};
const instants = [
  '2026-02-28T16:59:59Z',
  '2026-02-28T17:00:00Z',
  '2026-02-28T17:29:59Z',
  '2026-02-28T17:30:00Z',
  '2028-02-29T18:59:59Z',
  '2026-12-31T19:00:00Z',
  '2026-07-01T15:59:59Z',
  '2026-07-01T16:00:00Z',
];

test.each(Object.entries(zones))('in %s the day is the one its clocks show', (country, timeZone) => {
  const shown = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  for (const instant of instants) {
    expect([instant, localDay({ country, clock: () => new Date(instant) })]).toEqual([
      instant,
      shown.format(new Date(instant)),
    ]);
  }
});
