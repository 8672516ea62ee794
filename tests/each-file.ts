import { afterAll, vi } from 'vitest';
import { dropDatabases } from './database.ts';

// Registered before any hook of the file itself, so they run after all of them: whatever they close is closed by then.
afterAll(dropDatabases);
afterAll(() => {
  // Of a file that failed with its clock turned; the next one has the same process.
  vi.useRealTimers();
});
