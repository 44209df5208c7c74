import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Whose tests wait for programs, terminals and clocks: begun first, they are not what the others wait for at the end. */
const WAITING = /\/test\/(?:pty|cli|demo|logs\/follow)\//;

class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isWaiting = ({ moduleId }: TestSpecification): boolean => WAITING.test(moduleId);
    const sorted = await super.sort(files);
    return [...sorted.filter(isWaiting), ...sorted.filter((file) => !isWaiting(file))];
  }
}

// Everything that needs no Python. Files under test/pty start the built program in a real terminal.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/litellm/**', 'test/readme/**'],
    pool: 'forks',
    // many wait most of their time: a worker more than there are cores
    maxWorkers: 3,
    sequence: { sequencer: WaitingFirst },
    // for what never ends: a slow or busy machine is not to be told from it sooner
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 10_000 } },
    env: { NODE_ENV: 'test' },
  },
});
