import type { ConsoleScreen } from '@serai/ui/screen.ts';

export const enrolmentScreens: readonly ConsoleScreen[] = [];
