/** Logs one event to standard output in the format that is named. */

import { openLogs } from '../../src/operations/logging/logs.ts';
import { type StdoutOptions, stdoutOutput } from '../../src/operations/logging/stdout-output.ts';

const format = process.argv[2] as StdoutOptions['format'];
openLogs({ level: 'info', stdout: stdoutOutput({ format }) }).logger.info({ port: 1 }, 'ready');
// Exits at once: the logged line must already be written.
process.exit(0);
