#!/usr/bin/env node
import { join } from 'node:path';
import { runSerai } from './command.ts';

process.exitCode = await runSerai(process.argv.slice(2), join(import.meta.dirname, 'commands'));
