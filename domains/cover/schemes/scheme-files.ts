import { type Scheme, schemeSchema } from './scheme.ts';
import { checkScheme } from './scheme-checks.ts';

/** One file as it was read: `name` is what a mistake names. */
export interface SchemeFile {
  readonly name: string;
  readonly json: unknown;
}

/** Every mistake of every file in one go, so that a scheme is set right in one round. */
export class SchemeError extends Error {
  override name = 'SchemeError';
}

/**
 * Reads schemes and puts the versions of each in order. A file with `"like": 2` is version 2 of the same scheme but for the
 * fields it has itself: a new price is a few lines.
 *
 * @throws SchemeError with one line a mistake, each naming the file and the field.
 */
export function parseSchemes(files: readonly SchemeFile[]): Scheme[] {
  const mistakes: string[] = [];
  const read: { name: string; scheme: Scheme }[] = [];
  for (const file of files) {
    const whole = wholeOf(file, files, []);
    if ('mistake' in whole) {
      mistakes.push(`${file.name}: ${whole.mistake}`);
      continue;
    }
    const parsed = schemeSchema.safeParse(whole.json);
    if (parsed.success) {
      read.push({ name: file.name, scheme: parsed.data });
      checkScheme(parsed.data, (path, message) => mistakes.push(`${file.name}: ${fieldOf(path)} ${message}`));
    } else {
      mistakes.push(...parsed.error.issues.map((issue) => `${file.name}: ${fieldOf(issue.path)} ${sayOf(issue)}`));
    }
  }
  read.sort((a, b) =>
    a.scheme.id === b.scheme.id ? a.scheme.version - b.scheme.version : a.scheme.id < b.scheme.id ? -1 : 1,
  );
  for (const [i, { name, scheme }] of read.entries()) {
    const before = i > 0 && read[i - 1]!.scheme.id === scheme.id ? read[i - 1]! : undefined;
    mistakes.push(...(before ? betweenVersions(before, scheme) : []).map((mistake) => `${name}: ${mistake}`));
  }
  if (mistakes.length > 0) {
    throw new SchemeError(mistakes.join('\n'));
  }
  return read.map(({ scheme }) => scheme);
}

function betweenVersions(before: { name: string; scheme: Scheme }, scheme: Scheme): string[] {
  const mistakes: string[] = [];
  if (before.scheme.version === scheme.version) {
    return [`version ${scheme.version} of ${scheme.id} is in ${before.name} too`];
  }
  if (scheme.validFrom <= before.scheme.validFrom) {
    mistakes.push(`validFrom must be after that of version ${before.scheme.version} (${before.scheme.validFrom})`);
  }
  for (const field of ['country', 'currency', 'kind'] as const) {
    if (scheme[field] !== before.scheme[field]) {
      mistakes.push(`${field} must be ${before.scheme[field]}, as in version ${before.scheme.version}`);
    }
  }
  return mistakes;
}

type Whole = { readonly json: unknown } | { readonly mistake: string };

/** The file with what it takes over from the version it is like, or the sentence that says why not. */
function wholeOf(file: SchemeFile, files: readonly SchemeFile[], above: readonly SchemeFile[]): Whole {
  const own = file.json;
  if (own === null || typeof own !== 'object' || !('like' in own)) {
    return { json: own };
  }
  const { like, ...rest } = own as { like: unknown; id?: unknown; version?: unknown };
  if (!Number.isInteger(like)) {
    return { mistake: 'like must be the number of another version of the same scheme' };
  }
  const base = files.find(({ json }) => {
    const other = json as { id?: unknown; version?: unknown } | null;
    return other?.id === rest.id && other?.version === like;
  });
  if (!base || base === file || above.includes(base)) {
    return { mistake: `like names version ${like}, ${base ? 'which is like this one' : 'which is in no file'}` };
  }
  const whole = wholeOf(base, files, [...above, file]);
  if ('mistake' in whole) {
    return whole;
  }
  const { $comment: _, validTo: __, ...taken } = whole.json as Record<string, unknown>;
  return { json: { ...taken, ...rest } };
}

function fieldOf(path: readonly PropertyKey[]): string {
  return (
    path.reduce<string>(
      (text, part) =>
        typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
      '',
    ) || 'the file'
  );
}

/** Zod's own sentences begin with a capital and name the value's type; ours follow the field's name. */
function sayOf(issue: { readonly code?: string; readonly message: string; readonly keys?: readonly string[] }): string {
  if (issue.code === 'unrecognized_keys') {
    return `has a field it does not know: ${(issue.keys ?? []).join(', ')}`;
  }
  const wanted = /^Invalid input: expected (\w+), received (\w+)$/.exec(issue.message);
  if (wanted) {
    return wanted[2] === 'undefined' ? 'is missing' : `must be ${wanted[1]}, not ${wanted[2]}`;
  }
  const bound = /^Too (small|big): expected (\w+) to (?:be|have) [<>]=?(\d+)/.exec(issue.message);
  if (bound) {
    const [, side, of, number] = bound;
    return `must ${of === 'array' ? 'have' : 'be'} at ${side === 'small' ? 'least' : 'most'} ${number}`;
  }
  const options = /^Invalid (?:option|input): expected (?:one of )?(.+)$/.exec(issue.message);
  return options ? `must be one of ${options[1]!.replaceAll('|', ', ')}` : issue.message;
}
