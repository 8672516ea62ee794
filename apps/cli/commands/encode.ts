import { createWriteStream } from 'node:fs';
import { createEncoder, ValueError } from '@serai/kernel/linkage/clk/encode.ts';
import { balance, flipBits, flipProbabilityOf, foldCode } from '@serai/kernel/linkage/clk/harden.ts';
import { hkdf } from '@serai/kernel/linkage/clk/hashes.ts';
import { type EncodingSchema, readSchema, toBase64 } from '@serai/kernel/linkage/clk/schema.ts';
import { formatRow, type Table } from '@serai/kernel/linkage/csv.ts';
import {
  FileError,
  idColumn,
  readArgs,
  readJson,
  readNumber,
  readTableParts,
  readText,
  UsageError,
  withSentences,
  writeLines,
} from '../linkage/files.ts';

export const summary = 'Encode people under a shared secret, so that two registries can match without names';

const USAGE = `Usage: serai encode people.csv --schema schema.json --secret-file key [--id column] [--out codes.csv]
         [--fold n] [--balance] [--blip epsilon] [--skip-bad-rows]
  The schema is clkhash's (versions 1 to 3). Rows out: id,clk (base64).
  --fold n      XOR-folds the finished code n times    --balance      appends the complement, shuffled under the secret
  --blip eps    turns bits over at random, a budget eps for a whole feature's bits`;

export function run(args: string[]): Promise<number> {
  return withSentences(USAGE, async () => {
    const { values, positionals } = readArgs(args, {
      schema: { type: 'string' },
      'secret-file': { type: 'string' },
      id: { type: 'string' },
      out: { type: 'string' },
      fold: { type: 'string' },
      balance: { type: 'boolean' },
      blip: { type: 'string' },
      'skip-bad-rows': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    });
    if (values.help) {
      process.stdout.write(`${USAGE}\n`);
      return 0;
    }
    const [file, more] = positionals;
    const schemaFile = values.schema;
    const secretFile = values['secret-file'];
    if (!file || more || !schemaFile || !secretFile) {
      throw new UsageError('Give one file of people, --schema and --secret-file.');
    }
    const folds = readNumber(values.fold, 'fold', 0, 8) ?? 0;
    const epsilon = readNumber(values.blip, 'blip', 0.001, 10_000);
    const schema = readSchema(readJson(schemaFile));
    if ((schema.length / 2 ** folds) % 8 !== 0) {
      throw new UsageError(`--fold: ${schema.length} bits cannot be folded ${folds} times into whole bytes.`);
    }
    const secret = readText(secretFile).replace(/\r?\n$/, '');
    if (secret.length === 0) {
      throw new FileError(`${secretFile}: it is empty. It must hold the secret both parties share.`);
    }
    if (secret.length < 16) {
      process.stderr.write(
        'The secret is shorter than 16 characters: whoever can guess it can try names against the codes.\n',
      );
    }
    const parts = readTableParts(file);
    const first = parts.next().value as Table;
    const columns = columnsOf(schema, first.columns, file);
    const id = idColumn(first, values.id, file);
    const encoder = createEncoder(schema, secret);
    const hardeningKey = hkdf(
      'SHA256',
      new TextEncoder().encode(secret),
      32,
      undefined,
      new TextEncoder().encode('serai hardening'),
    );
    const flip = epsilon === undefined ? 0 : flipProbabilityOf(epsilon, largestFeature(schema));
    const harden = (code: Uint8Array): Uint8Array => {
      let out = code;
      for (let i = 0; i < folds; i++) {
        out = foldCode(out);
      }
      out = values.balance ? balance(out, hardeningKey) : out;
      return flip > 0 ? flipBits(out, flip, hardeningKey) : out;
    };
    let skipped = 0;
    let done = 0;
    const started = performance.now();
    function* rows(): Iterable<string> {
      yield 'id,clk';
      yield* encoded(first);
      for (const part of parts) {
        yield* encoded(part);
      }
    }
    function* encoded(table: Table): Iterable<string> {
      for (let i = 0; i < table.rows.length; i++) {
        const row = table.rows[i]!;
        let code: Uint8Array;
        try {
          code = encoder.encode(columns.map((column) => (column < 0 ? '' : row[column]!)));
        } catch (error) {
          if (!(error instanceof ValueError)) {
            throw error;
          }
          const sentence = `${file}: line ${table.lines[i]}: ${error.message}`;
          if (!values['skip-bad-rows']) {
            throw new FileError(`${sentence} Correct it, or leave such rows out with --skip-bad-rows.`);
          }
          process.stderr.write(`${sentence}\n`);
          skipped++;
          continue;
        }
        done++;
        yield formatRow([id < 0 ? table.lines[i]! : row[id]!, toBase64(harden(code))]);
      }
    }
    if (values.out) {
      const stream = createWriteStream(values.out);
      await writeLines(stream, rows());
      await new Promise<void>((resolve, reject) => {
        stream.on('error', reject);
        stream.end(() => resolve());
      });
    } else {
      await writeLines(process.stdout, rows());
    }
    const seconds = (performance.now() - started) / 1000;
    process.stderr.write(
      `${done} encoded, ${skipped} left out, ${Math.round(done / Math.max(seconds, 1e-6))} a second.\n`,
    );
    return 0;
  });
}

/** Where each feature's value is in a row; −1 for a feature that is not encoded and not in the file. */
function columnsOf(schema: EncodingSchema, columns: readonly string[], file: string): number[] {
  const missing: string[] = [];
  const places = schema.features.map((feature) => {
    const at = columns.indexOf(feature.identifier);
    if (at < 0 && feature.hashing) {
      missing.push(feature.identifier);
    }
    return at;
  });
  if (missing.length > 0) {
    throw new FileError(
      `${file}: line 1: the schema encodes ${missing.map((name) => `"${name}"`).join(', ')}, which the file does not have. Its columns are ${columns.join(', ')}.`,
    );
  }
  return places;
}

/** Bits one feature can change at most. */
function largestFeature(schema: EncodingSchema): number {
  return Math.max(
    1,
    ...schema.features.map(
      ({ hashing }) => hashing?.bitsPerFeature ?? (hashing ? 20 * (hashing.bitsPerToken ?? 0) : 0),
    ),
  );
}
