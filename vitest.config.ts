import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** The sources of the other packages, not what was built of them. */
const conditions = ['@microblog/source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    // A worker with an embedded database takes some 400 MB. One more than there are cores: tests of processes
    // mostly wait for them.
    maxWorkers: Math.min(4, availableParallelism() + 1),
    projects: [
      {
        extends: true,
        test: { name: 'unit', isolate: false, include: ['{bench,packages/*/src}/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          isolate: false,
          include: ['packages/*/tests/**/*.test.ts', 'examples/*/**/*.test.ts', 'tests/**/*.test.ts'],
          globalSetup: ['tests/support/global-setup.ts'],
          setupFiles: ['tests/support/after-file.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // What is waited for comes when the machine is busy, too.
          expect: { poll: { timeout: 30_000 } },
        },
      },
    ],
  },
});
