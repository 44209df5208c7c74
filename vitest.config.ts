import { defineConfig } from 'vitest/config';

// Everything that needs no Python. Files under test/pty start the built program in a real terminal.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/litellm/**', 'test/readme/**'],
    pool: 'forks',
    // most of the long tests wait for a terminal or a clock; one worker for two cores would leave them idle
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: { NODE_ENV: 'test' },
  },
});
