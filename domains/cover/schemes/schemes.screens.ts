import type { ConsoleScreen } from '@serai/ui/screen.ts';

export const schemesScreens: readonly ConsoleScreen[] = [];
