import { afterAll } from 'vitest';
import { endProcesses } from './microblog-process.ts';

// Runs for each test file, while the modules of a worker are loaded once for all of its files.
afterAll(endProcesses);
