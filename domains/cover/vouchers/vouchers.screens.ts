import type { ConsoleScreen } from '@serai/ui/screen.ts';

export const vouchersScreens: readonly ConsoleScreen[] = [];
