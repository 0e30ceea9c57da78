import { expect, it } from 'vitest';
import { nodeVersionFault } from './node-version.ts';

it.each(['22.18.0', '22.19.1', '24.0.0', '26.10.0'])('Node.js %s will do', (version) => {
  expect(nodeVersionFault(version)).toBeNull();
});

it.each(['20.20.2', '22.17.9', '18.0.0'])('Node.js %s is reported as too old', (version) => {
  expect(nodeVersionFault(version)).toContain(`22.18 or newer; this is ${version}`);
});
