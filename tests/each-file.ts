import { afterAll } from 'vitest';
import { dropDatabases } from './database.ts';

// Registered before any hook of the file itself, so it runs after all of them: whatever they close is closed by then.
afterAll(dropDatabases);
