import type { ConsoleScreen } from '@serai/ui/screen.ts';

export const actuaryScreens: readonly ConsoleScreen[] = [];
