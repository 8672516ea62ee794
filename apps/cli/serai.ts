#!/usr/bin/env node
import { join } from 'node:path';
import { runSerai } from './command.ts';

// A reader that has seen enough (`| head`) closes the pipe; that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') {
    process.exit(0);
  }
  throw error;
});
process.exitCode = await runSerai(process.argv.slice(2), join(import.meta.dirname, 'commands'));
