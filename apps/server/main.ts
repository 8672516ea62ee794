import { AgreementError } from '@serai/policy/agreement.ts';
import { PolicyError } from '@serai/policy/decide.ts';
import { ConfigError, readConfig } from './config.ts';
import { prepareDemonstration } from './demo/prepare.ts';
import { openNode, type RunningNode } from './node.ts';
import { SecretsError } from './secrets.ts';

/**
 * One country node, from the environment (see `config.ts`): opens it, listens, and stops in good order on SIGTERM or
 * SIGINT. Exits 2 where the configuration is wrong, 1 where something outside does not work.
 */
const started = performance.now();
let node: RunningNode | undefined;
let stopping = false;

async function stop(code: number): Promise<never> {
  if (!stopping) {
    stopping = true;
    const patience = setTimeout(() => process.exit(code || 1), 10_000);
    patience.unref();
    await node?.close().catch(() => {});
  }
  process.exit(code);
}

process.on('SIGTERM', () => stop(0));
process.on('SIGINT', () => stop(0));
// Started by a parent over a channel: when the parent is gone, so are we.
process.on('disconnect', () => stop(0));
process.on('unhandledRejection', (error) => {
  console.error(JSON.stringify({ level: 60, msg: 'unforeseen', name: (error as Error)?.name, stack: stackOf(error) }));
});

try {
  const config = readConfig(process.env);
  node = await openNode({ ...config, workEveryMs: 2000 });
  if (config.demonstration && process.env.SERAI_DEMO_FILE) {
    await prepareDemonstration(node, config.country, process.env.SERAI_DEMO_FILE);
  }
  await node.app.listen({ host: config.host, port: config.port });
  process.send?.({ listening: config.port, seconds: (performance.now() - started) / 1000 });
  if (process.env.SERAI_DEMO_RECORDS === '1') {
    const { loadExampleRecords } = await import('./demo/records.ts');
    const loaded = await loadExampleRecords(node);
    process.send?.({ loaded });
  }
  if (config.demonstration && process.env.SERAI_DEMO_YEAR === '1') {
    // A node that runs goes on running; what is not loaded is begun again at the next start.
    await loadYears(node, config.country).catch((error: Error) => {
      if (!stopping) {
        console.error(`The demonstration is not loaded whole: ${error.message}\n${stackOf(error)}`);
      }
    });
  }
} catch (error) {
  console.error(sentenceOf(error));
  await stop(error instanceof ConfigError || error instanceof PolicyError || error instanceof AgreementError ? 2 : 1);
}

/** The years of cover and vouchers, then what their people did: months are closed last, nothing can be posted to them then. */
async function loadYears(running: RunningNode, country: string): Promise<void> {
  const { closeTheYearsMonths, loadCoverYear, workTheWeeksBefore } = await import('./demo/cover-year.ts');
  const begun = performance.now();
  const year = await loadCoverYear(running, country);
  process.send?.({ year: year && { ...year, seconds: (performance.now() - begun) / 1000 } });
  const { loadDemonstrationVouchers } = await import('./demo/voucher-year.ts');
  const begunVouchers = performance.now();
  const vouchers = await loadDemonstrationVouchers(running);
  process.send?.({ vouchers: vouchers && { ...vouchers, seconds: (performance.now() - begunVouchers) / 1000 } });
  await workTheWeeksBefore(running, country);
  if (process.env.SERAI_DEMO_FILE) {
    const { settleAQuarter } = await import('./demo/cover-quarter.ts');
    await settleAQuarter(running, country, process.env.SERAI_DEMO_FILE);
    const { meetAcrossTheBorder } = await import('./demo/cover-across.ts');
    await meetAcrossTheBorder(running, country, process.env.SERAI_DEMO_FILE);
    const { askForCertificates } = await import('./demo/cover-certificates.ts');
    await askForCertificates(running, country, process.env.SERAI_DEMO_FILE);
  }
  if (await closeTheYearsMonths(running)) {
    process.send?.({ lived: true });
  }
}

/** One clear sentence for whoever starts the node; the stack only where nobody foresaw it. */
function sentenceOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'EADDRINUSE') {
    return `Port ${process.env.SERAI_PORT} is taken by another program. Stop it, or set SERAI_PORT to a free one.`;
  }
  if (code === 'ECONNREFUSED' || code === '57P03' || code === 'ENOTFOUND') {
    return 'The database does not answer at DATABASE_URL. Start it, or correct the address.';
  }
  if (code === '28P01' || code === '28000') {
    return 'The database does not accept the name or password in DATABASE_URL.';
  }
  const foreseen =
    error instanceof ConfigError ||
    error instanceof PolicyError ||
    error instanceof AgreementError ||
    error instanceof SecretsError ||
    message?.startsWith('No trust list') ||
    message?.startsWith('The database holds migration');
  return foreseen ? String(message) : `The node could not start: ${message}\n${stackOf(error)}`;
}

function stackOf(error: unknown): string {
  return ((error as Error)?.stack ?? '')
    .split('\n')
    .filter((line) => line.includes(' at '))
    .join('\n');
}
