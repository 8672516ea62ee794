import type { ConsoleScreen } from '@serai/ui/screen.ts';

export const claimsScreens: readonly ConsoleScreen[] = [];
