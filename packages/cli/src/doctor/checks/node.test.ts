import { expect, it } from 'vitest';
import { checkNode } from './node.ts';

it.each([
  ['24.21.0', 'ok'],
  ['22.18.0', 'ok'],
  ['25.1.0', 'warn'],
  ['20.20.2', 'fail'],
] as const)('Node.js %s: %s', (version, verdict) => {
  expect(checkNode(version)).toMatchObject({ check: 'node', verdict });
});
