/** One field of a scheme that is not what it was: `benefits.cataract.waitingMonths.adult`. */
export interface Change {
  readonly path: string;
  /** undefined: was not there, or is not any more. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** How an entry of a list is known from one version to the next. */
const names = ['id', 'code', 'country', 'what'] as const;
/** What differs in every version, and says nothing of the rules. */
const aside = new Set(['$comment', 'version', 'sources']);

/**
 * What changed between two versions of a scheme, field by field in the order of the scheme. Entries of lists are told by their
 * id or code, not by their place, so that a new one does not make those after it look changed.
 */
export function changesBetween(before: object, after: object): Change[] {
  const [old, now] = [flat(before), flat(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((path) => old.get(path) !== now.get(path))
    .map((path) => ({ path, before: old.get(path), after: now.get(path) }));
}

function flat(value: unknown, path = '', into = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(value)) {
    if (value.every((each) => typeof each !== 'object')) {
      return value.length > 0 ? into.set(path, value.join(', ')) : into;
    }
    for (const [i, each] of value.entries()) {
      flat(each, `${path}.${nameOf(each) ?? i + 1}`, into);
    }
  } else if (value !== null && typeof value === 'object') {
    for (const [key, each] of Object.entries(value)) {
      if (path !== '' || !aside.has(key)) {
        flat(each, path === '' ? key : `${path}.${key}`, into);
      }
    }
  } else if (value !== undefined) {
    into.set(path, String(value));
  }
  return into;
}

function nameOf(entry: unknown): string | undefined {
  const key = names.find((name) => typeof (entry as Record<string, unknown> | null)?.[name] === 'string');
  return key && String((entry as Record<string, unknown>)[key]);
}
