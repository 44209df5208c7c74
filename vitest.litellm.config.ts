import { defineConfig } from 'vitest/config';

// The suite against a real LiteLLM proxy: one file after the other, for there are two cores and one verdict.
export default defineConfig({
  test: {
    include: ['test/litellm/**/*.test.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 900_000,
  },
});
