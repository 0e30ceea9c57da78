#!/usr/bin/env node
import { nodeVersionFault } from './node-version.ts';

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads has seen enough, as in `microblog users list | head`.
    if (error.code !== 'EPIPE') throw error;
  });
}

const fault = nodeVersionFault(process.versions.node);
if (fault === null) {
  // Not before: an old Node.js would fail on what the program imports, in words that help nobody.
  const { run } = await import('./run.ts');
  process.exitCode = await run(process.argv.slice(2), {
    environment: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
  });
} else {
  process.stderr.write(`microblog: ${fault}\n`);
  process.exitCode = 1;
}
