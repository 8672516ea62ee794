import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeCbor, readCoseSign1 } from '../../kernel/trust/cose.ts';
import { fromHex } from '../../kernel/trust/encoding.ts';
import { readJws } from '../../kernel/trust/jws.ts';
import { statusAt, unpackStatusList } from '../../kernel/trust/status-list.ts';
import { inflate } from '../../kernel/trust/zlib.ts';
import type { Suite } from './suite.ts';

/** The test vectors and examples of the Token Status List draft: 321 statuses. */

const folder = join(import.meta.dirname, '../../../shared/data/status-list');

interface Vector {
  readonly section: string;
  readonly bits: 1 | 2 | 4 | 8;
  readonly lst: string;
  readonly status: Readonly<Record<string, number>>;
  readonly capacity: number;
  readonly nonzero: number;
}

function equal(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) {
    throw new Error(`${what}: got ${actual}, expected ${expected}`);
  }
}

const text = (file: string) => readFileSync(join(folder, file), 'utf8').replace(/\s+/g, '');

export default {
  name: 'status-list',
  *cases() {
    if (!existsSync(folder)) {
      yield { name: 'all', check: () => ({ skip: 'the shared data folder is absent' }) };
      return;
    }
    const vectors = JSON.parse(text('token-status-list-vectors.json')) as Vector[];
    for (const [number, { section, bits, lst, status, capacity, nonzero }] of vectors.entries()) {
      const packed = unpackStatusList(lst);
      for (const [index, expected] of Object.entries(status)) {
        yield {
          name: `list ${number} (${section}) index ${index}`,
          check: async () =>
            equal(statusAt({ bits, packed: (await packed) as Uint8Array }, Number(index)), expected, 'status'),
        };
      }
      yield {
        name: `list ${number} (${section}) as a whole`,
        check: async () => {
          const list = { bits, packed: (await packed) as Uint8Array };
          equal(statusAt(list, capacity), undefined, 'beyond the end');
          let set = 0;
          for (let index = 0; index < capacity; index++) {
            set += statusAt(list, index) === 0 ? 0 : 1;
          }
          equal(set, nonzero, 'statuses set');
        },
      };
    }
    yield {
      name: 'the JWT example',
      check: async () => {
        const list = readJws(text('status_list_jwt_raw.md'))?.payload.status_list as { lst: string } | undefined;
        const packed = (await unpackStatusList(list?.lst ?? '')) as Uint8Array;
        equal(statusAt({ bits: 1, packed }, 3), 1, 'status 3');
      },
    };
    yield {
      name: 'the CWT example',
      check: async () => {
        const cose = readCoseSign1(fromHex(text('status_list_cwt.md')) as Uint8Array);
        const claims = decodeCbor(cose?.payload as Uint8Array) as Map<number, unknown>;
        const list = claims.get(65_533) as Map<string, unknown>;
        const packed = (await inflate(list.get('lst') as Uint8Array, 1000)) as Uint8Array;
        equal(statusAt({ bits: 1, packed }, 15), 1, 'status 15');
        equal(statusAt({ bits: 1, packed }, 14), 0, 'status 14');
      },
    };
    yield {
      name: 'the CWT that refers to a list',
      check: () => {
        const cose = readCoseSign1(fromHex(text('referenced_token_cwt.md')) as Uint8Array);
        const claims = decodeCbor(cose?.payload as Uint8Array) as Map<number, Map<string, Map<string, unknown>>>;
        equal(claims.get(65_535)?.get('status_list')?.get('uri'), 'https://example.com/statuslists/1', 'uri');
      },
    };
  },
} satisfies Suite;
