import { nodeVersionFault } from '../../node-version.ts';
import { type Finding, fail, ok, warn } from '../finding.ts';

/** `version` as in `process.versions.node`. */
export function checkNode(version: string): Finding {
  if (nodeVersionFault(version) !== null) {
    return fail('node', `Node.js ${version} is too old.`, 'Install Node.js 22.18 or newer.');
  }
  // Odd majors get six months of support (https://github.com/nodejs/release#release-schedule).
  if (Number.parseInt(version, 10) % 2 === 1) {
    return warn(
      'node',
      `Node.js ${version} is not a long-term release.`,
      'Install an even one, such as Node.js 24, before its support ends.',
    );
  }
  return ok('node', `Node.js ${version}`);
}
