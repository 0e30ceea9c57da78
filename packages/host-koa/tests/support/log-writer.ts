/** Writes numbered lines to a log, as one of several processes: path, name, lines, bytes a file, files. */

import { rotatingFile } from '../../src/operations/logging/rotating-file.ts';

const [path = '', name = '', lines, maxBytes, files] = process.argv.slice(2);
const file = rotatingFile(path, {
  maxBytes: Number(maxBytes),
  files: Number(files),
  onFault(error) {
    throw error;
  },
});
for (let number = 0; number < Number(lines); number++) file.write(`${name} ${number} ${'x'.repeat(100)}\n`);
// No closing or waiting: the lines must already be written.
process.exit(0);
