import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('is held by a property test that notices each of five planted defects', { timeout: 180_000 }, () => {
  const script = join(import.meta.dirname, '../../../scripts/planted-defects.ts');
  const run = spawnSync(process.execPath, [script, '1000'], { encoding: 'utf8', env: { ...process.env, SEED: '1' } });
  expect(run.stderr).toBe('');
  expect(run.stdout.match(/^(green|red)/gm)).toEqual(['green', 'red', 'red', 'red', 'red', 'red']);
  expect(run.status).toBe(0);
});
