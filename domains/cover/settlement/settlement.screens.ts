import type { ConsoleScreen } from '@serai/ui/screen.ts';

export const settlementScreens: readonly ConsoleScreen[] = [];
