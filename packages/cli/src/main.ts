#!/usr/bin/env node
import { nodeVersionFault } from './node-version.ts';

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
