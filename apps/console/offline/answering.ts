/** What a device keeps of the console to open it without a network: files of one build, and nothing anyone was told. */
export interface Kept {
  /** Follows from the content of every file. */
  readonly version: string;
  /** The page that every address under {@link base} answers. */
  readonly page: string;
  /** Paths of the files, the page aside. */
  readonly files: readonly string[];
}

export const base = '/console/';

/** Names of the caches that are ours. */
export const cachePrefix = 'serai-console-';

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly mode: string;
}

/**
 * From where a request is answered: `page` asks the node and falls back on the kept page, `kept` has the file here, and
 * everything else, every answer of the node about anyone among it, is the network's alone.
 */
export function answerFrom({ method, url, mode }: Asked, origin: string, kept: Kept): 'page' | 'kept' | 'network' {
  const { origin: asked, pathname, search } = new URL(url);
  if (method !== 'GET' || asked !== origin) {
    return 'network';
  }
  if (mode === 'navigate') {
    // The way back from the sign-in page carries what must be redeemed with the node.
    return pathname.startsWith(base) && search === '' ? 'page' : 'network';
  }
  return search === '' && kept.files.includes(pathname) ? 'kept' : 'network';
}

/** Caches of builds before this one. */
export function outdated(names: readonly string[], kept: Kept): string[] {
  return names.filter((name) => name.startsWith(cachePrefix) && name !== cachePrefix + kept.version);
}
