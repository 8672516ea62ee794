import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newDemoFile } from '@serai/server/corridor/demo-file.ts';
import { prepareDemonstration } from '@serai/server/demo/prepare.ts';
import { loadExampleRecords } from '@serai/server/demo/records.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Corridor, openCorridor } from '../corridor.ts';

/** `npm run journey` itself, against two nodes with the demonstration's accounts and records. */
let corridor: Corridor;
let home = '';

beforeAll(async () => {
  corridor = await openCorridor();
  home = mkdtempSync(join(tmpdir(), 'serai-journey-'));
  const { nodes } = newDemoFile({ th: 1, mm: 2 });
  const at = (country: string) => (country === 'th' ? corridor.th.url : corridor.mm.url);
  const demo = {
    nodes: nodes.map((node) => ({
      ...node,
      baseUrl: at(node.country),
      fhirUrl: `${at(node.country)}/fhir/R4`,
      tokenUrl: `${at(node.country)}/oidc/token`,
    })),
  };
  const demoFile = join(home, 'demo.json');
  writeFileSync(demoFile, JSON.stringify(demo), { mode: 0o600 });
  await prepareDemonstration(corridor.th.node, 'TH', demoFile);
  await prepareDemonstration(corridor.mm.node, 'MM', demoFile);
  await loadExampleRecords(corridor.mm.node);
});
afterAll(async () => {
  await corridor?.close();
  rmSync(home, { recursive: true, force: true });
});

/** Both nodes do their regular work while the command runs, as they do in `npm start`. */
async function journey(): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../apps/cli/journey.ts')], {
    env: { ...process.env, SERAI_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  let running = true;
  const ended = once(child, 'close').then(([code]) => {
    running = false;
    return code as number;
  });
  while (running) {
    await Promise.all([corridor.th.node.work(), corridor.mm.node.work()]);
    await new Promise((done) => setTimeout(done, 100));
  }
  return { code: await ended, said };
}

test('every step is done, cover and vouchers among them; and all of it again', async () => {
  const first = await journey();
  expect(first.code, first.said).toBe(0);
  for (const line of [
    'reads the summary of a Synthea person with a long record',
    'takes the contribution: a receipt, and the cover is in force: receipt',
    'covered by MM until',
    // 300 and 60 baht are 18,000 and 3,600 kyat: less the deductible of 5,000, four fifths of it.
    'adjusted (reason 0, benefits[0].limits.other.adult.schemePaysPercent)',
    '221.33 THB agreed',
    'what is agreed stands on both ledgers alike; a statement is drawn up once the quarter is over: 221.33 THB owed',
    // The deductible was met abroad: at home four fifths are paid from the first kyat.
    '20000.00 MMK claimed, 16000.00 MMK to be paid',
    'approved by another, pays it: 1 claims, 16000.00 MMK',
    'claims and ledger agree to the last minor unit',
    'the code of the booklet: anc 1 accepted',
    'shown again, it is refused',
  ]) {
    expect(first.said).toContain(line);
  }
  expect(first.said).toMatch(/\n\d+ steps, all done in /);
  const again = await journey();
  expect(again.code, again.said).toBe(0);
});
