import type { ConsoleScreen } from '@serai/ui/screen.ts';

export const fundScreens: readonly ConsoleScreen[] = [];
