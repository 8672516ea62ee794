import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest, the longest first; begun last, one of them would keep everybody waiting alone. */
const longest = [
  'tests/e2e/cover-screens.test.ts',
  'tests/e2e/cover-screens-desks.test.ts',
  'tests/e2e/cover-journey.test.ts',
  'tests/e2e/journey.test.ts',
  'tests/federation/start-command.test.ts',
  'tests/federation/settlement-dispute.test.ts',
  'tests/federation/journey-command.test.ts',
  'apps/server/demo/voucher-year.routes.test.ts',
  'domains/cover/enrolment/at-once.routes.test.ts',
  'apps/server/firewall.routes.test.ts',
  'apps/server/cover-authority.routes.test.ts',
  'domains/cover/claims/at-once.routes.test.ts',
  'domains/cover/vouchers/at-once.routes.test.ts',
  'domains/cover/year/year.test.ts',
  'domains/cover/actuary/recovery.test.ts',
  'apps/cli/serai.test.ts',
];

/** The order of test files: on a machine that has never run them as on one that has. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const gone = longest.filter((path) => !existsSync(join(import.meta.dirname, '..', path)));
    if (gone.length > 0) {
      throw new Error(`tests/longest-first.ts names files that are not there: ${gone.join(', ')}`);
    }
    const place = ({ moduleId }: TestSpecification) => {
      const at = longest.findIndex((path) => moduleId.endsWith(`/${path}`));
      return at < 0 ? longest.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
