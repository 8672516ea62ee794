import { careSections } from '@serai/domains/care/sections.tsx';
import { exchangeSections } from '@serai/domains/exchange/sections.tsx';
import { registrySections } from '@serai/domains/registry/sections.tsx';
import type { ConsoleSection } from '@serai/ui/section.ts';

/** The person's page, in reading order. A new section is one entry in its domain's `sections.tsx`. */
export const sections: readonly ConsoleSection[] = [...registrySections, ...careSections, ...exchangeSections];
