import type { Language } from '@serai/kernel/i18n/i18n.ts';
import type { ReactNode } from 'react';

/**
 * One section of the person's page. Domains export them, the console puts them in order; `key` is the last part of the
 * address, so that a section can be linked to.
 */
export interface ConsoleSection {
  readonly key: string;
  readonly title: Readonly<Record<Language, string>>;
  /** What of `Me.may` a reader needs to be shown the section at all; absent: everyone who may read the person. */
  readonly needs?: string;
  readonly render: (props: SectionProps) => ReactNode;
}

export interface SectionProps {
  readonly personId: string;
  /** What the reader may do, of `Me.may`. */
  readonly may: readonly string[];
}
