import type { ConsoleScreen } from '@serai/ui/screen.ts';

export const paymentsScreens: readonly ConsoleScreen[] = [];
