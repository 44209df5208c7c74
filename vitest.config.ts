import { defineConfig } from 'vitest/config';

// Everything that needs no Python. Files under test/pty start the built program in a real terminal.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/litellm/**', 'test/readme/**'],
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: { NODE_ENV: 'test' },
  },
});
