#!/usr/bin/env node
import { nodeVersionFault } from './node-version.ts';
import { restartWithHeapLimits } from './serving/restart-with-heap-limits.ts';

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reading program has ended, as in `microblog users list | head`.
    if (error.code !== 'EPIPE') throw error;
  });
}

const fault = nodeVersionFault(process.versions.node);
if (fault === null) {
  // Before the application is loaded.
  restartWithHeapLimits(process.argv.slice(2));
  // Imported after the check: an old Node.js would fail on these files with an unclear error.
  const [{ run }, { interruptible }] = await Promise.all([
    import('./run.ts'),
    import('./local/interruption.ts'),
  ]);
  process.exitCode = await run(process.argv.slice(2), {
    environment: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    interruption: interruptible,
  });
} else {
  process.stderr.write(`microblog: ${fault}\n`);
  process.exitCode = 1;
}
