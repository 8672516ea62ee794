import type { ConsoleScreen } from '@serai/ui/screen.ts';

export const eligibilityScreens: readonly ConsoleScreen[] = [];
