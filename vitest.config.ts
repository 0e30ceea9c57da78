import { defineConfig } from 'vitest/config';

const source = { conditions: ['@microblog/source'] };

export default defineConfig({
  resolve: source,
  ssr: { resolve: { ...source, externalConditions: ['@microblog/source'] } },
  test: {
    projects: [
      { test: { name: 'unit', include: ['packages/*/src/**/*.test.ts'] } },
      {
        test: {
          name: 'integration',
          include: ['packages/*/tests/**/*.test.ts', 'examples/*/*.test.ts', 'tests/**/*.test.ts'],
          globalSetup: ['tests/support/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
