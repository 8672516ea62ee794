import type { Language } from '@serai/kernel/i18n/i18n.ts';
import type { ComponentType } from 'react';
import type { IconName } from './components/icon.tsx';

/** A heading of the navigation: what stands under it belongs together in the reader's work. */
export interface ScreenGroup {
  readonly key: string;
  readonly title: Readonly<Record<Language, string>>;
}

/** How a screen stands in the navigation. */
export interface ScreenEntry {
  readonly title: Readonly<Record<Language, string>>;
  readonly icon: IconName;
  readonly group: ScreenGroup;
  /** Which come first where only a few entries fit, as on a phone: 1 before 2; absent: after all that say. */
  readonly rank?: number;
}

/**
 * A screen of the console that stands for itself, not on a person's page. Domains export them, the console makes routes and
 * navigation of them; each is fetched when it is first opened.
 */
export interface ConsoleScreen {
  /** Address without the console's base: `/cover/claims`, `/cover/claims/$claimId`. */
  readonly path: string;
  /** What of `Me.may` a reader needs; one of them is enough. To anyone else the screen is not there. */
  readonly needs: readonly string[];
  /** In the navigation; absent: reached from other screens only. */
  readonly nav?: ScreenEntry;
  readonly load: () => Promise<{ readonly default: ComponentType<ScreenProps> }>;
}

export interface ScreenProps {
  /** The values of the `$names` in the path. */
  readonly params: Readonly<Record<string, string>>;
  /** What the reader may do, of `Me.may`. */
  readonly may: readonly string[];
}
