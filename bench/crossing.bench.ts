import { randomUUID } from 'node:crypto';
import type { IssuedCard, ReceivedRecord } from '@serai/domains/exchange/api.ts';
import { type Bench, quantile } from './bench.ts';
import { must, openBenchCorridor } from './corridor.ts';

/** DESIGN 12: card scan abroad → decided, signed, logged summary, against the same summary read at home. */
const bench: Bench = {
  name: 'crossing',
  async run(note) {
    const { th, mm, close } = await openBenchCorridor();
    try {
      const { id } = await must<{ id: string }>(mm, 'POST', '/api/persons', {
        requestId: randomUUID(),
        name: { text: 'Bench Person' },
        birth: { kind: 'year', year: 1990 },
        sex: 'female',
        language: 'en',
        consents: [
          { purpose: 'TREAT', decision: 'permit' },
          { purpose: 'COC', decision: 'permit' },
        ],
      });
      note('a record of 150 resources…');
      for (let i = 0; i < 150; i++) {
        await must(mm, 'POST', '/fhir/R4/Observation', {
          resourceType: 'Observation',
          status: 'final',
          category: [
            { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
          ],
          code: {
            coding: [{ system: 'http://loinc.org', code: ['718-7', '2339-0', '2160-0'][i % 3]!, display: 'Test' }],
          },
          subject: { reference: `Patient/${id}` },
          effectiveDateTime: `2026-01-${String((i % 28) + 1).padStart(2, '0')}`,
          performer: [{ reference: 'Organization/myawaddy-clinic' }],
          valueQuantity: { value: i, unit: 'g/L', system: 'http://unitsofmeasure.org', code: 'g/L' },
        });
      }
      const card = await must<IssuedCard>(mm, 'POST', `/api/persons/${id}/cards`, {
        requestId: randomUUID(),
        include: ['name'],
      });
      const local = () => must(mm, 'GET', `/fhir/R4/Patient/${id}/$summary?language=th`);
      const abroad = () =>
        must<ReceivedRecord>(th, 'POST', '/api/crossings', {
          requestId: randomUUID(),
          card: card.printed.text,
          purpose: 'TREAT',
          clause: 'agr:MM-TH:care#art-4-2',
          language: 'th',
        });
      for (let i = 0; i < 20; i++) {
        await local();
        await abroad();
      }
      note('200 of each, turn about…');
      const times = { local: [] as number[], abroad: [] as number[], verify: [] as number[] };
      const timed = async (into: number[], work: () => Promise<unknown>) => {
        const begun = performance.now();
        await work();
        into.push(performance.now() - begun);
      };
      for (let i = 0; i < 200; i++) {
        await timed(times.local, local);
        await timed(times.abroad, abroad);
        await timed(times.verify, () => must(th, 'POST', '/api/cards/verify', { text: card.printed.text }));
      }
      const at = (q: number) => ({ local: quantile(times.local, q), abroad: quantile(times.abroad, q) });
      const [median, p95] = [at(0.5), at(0.95)];
      return [
        {
          claim: 'card scan abroad → decided, signed, logged, stored summary, median',
          value: median.abroad,
          unit: 'ms',
          against: `local summary at home (${median.local.toFixed(1)} ms)`,
          ratio: median.abroad / median.local,
          budget: '≤ 3 ×',
          met: median.abroad / median.local <= 3,
        },
        { claim: 'the same, p95 on loopback', value: p95.abroad, unit: 'ms', budget: '≤ 60 ms', met: p95.abroad <= 60 },
        { claim: 'card verified offline, median', value: quantile(times.verify, 0.5), unit: 'ms' },
        {
          claim: 'printed card',
          value: card.printed.bytes,
          unit: `characters, QR version ${card.printed.qrVersion}`,
          budget: '≤ version 20',
          met: card.printed.qrVersion <= 20,
        },
      ];
    } finally {
      await close();
    }
  },
};
export default bench;
