import { defineConfig } from 'vitest/config';

// The commands of the README as a stranger types them, one after the other: most of them build first.
export default defineConfig({
  test: {
    include: ['test/readme/**/*.test.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 120_000,
  },
});
