import { comparePrepared } from './compare.ts';
import { joinedKeys, prepareName } from './prepare.ts';
import type { Script } from './script.ts';

export { comparePrepared } from './compare.ts';
export { joinedKeys, type NameToken, type PreparedName, prepareName } from './prepare.ts';

/** A name of any script in Latin letters, and the keys it is found by. */
export interface NameKeys {
  readonly script: Script;
  /** Whole-name spellings in Latin letters a–z and spaces, the likeliest first. */
  readonly romanised: readonly string[];
  /** Consonant skeletons of the name's words, for an index: two spellings of one name share at least one, mostly. */
  readonly keys: readonly string[];
}

/** Script, romanisations and index keys of a name in any script. */
export function nameKeys(text: string): NameKeys {
  const name = prepareName(text);
  const width = Math.min(6, Math.max(1, ...name.tokens.map((token) => token.forms.length)));
  const romanised = new Set<string>();
  for (let i = 0; i < width; i++) {
    romanised.add(name.tokens.map((token) => token.forms[Math.min(i, token.forms.length - 1)]).join(' '));
  }
  romanised.delete('');
  const keys = new Set(name.tokens.filter((token) => token.weight >= 0.3).flatMap((token) => token.keys));
  // Words run together too: a script without spaces, or a clerk, may have joined or parted them.
  for (const joined of name.tokens.length > 1 ? joinedKeys(name, 6) : []) {
    keys.add(joined);
  }
  keys.delete('');
  return { script: name.script, romanised: [...romanised], keys: [...keys] };
}

/** How alike two names are, 0..1, whatever their scripts, spelling, order of words and honorifics. Symmetric. */
export function compareNames(a: string, b: string): number {
  return comparePrepared(prepareName(a), prepareName(b));
}
