import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('npm run gateway says where it is and where the key is, answers, and leaves nothing on Ctrl-C', async () => {
  const child = spawn('npm', ['run', '--silent', 'gateway'], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  let text = '';
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', (data: Buffer) => {
      text += data.toString();
      if (text.includes('Ctrl-C ends it')) resolve();
    });
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  await Promise.race([ready, ended]);
  const url = /^gateway {3}(\S+)/m.exec(text)?.[1] ?? '';
  const envFile = /^key {7}(\S+)/m.exec(text)?.[1] ?? '';
  const key = /^LITELLM_MASTER_KEY=(.+)$/m.exec(readFileSync(envFile, 'utf8'))?.[1];
  const answer = await fetch(`${url}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
  expect(answer.status).toBe(200);
  // A terminal's Ctrl-C reaches the whole foreground group.
  process.kill(-(child.pid as number), 'SIGINT');
  await ended;
  await expect(fetch(`${url}/health/liveliness`)).rejects.toThrow();
  expect(existsSync(envFile)).toBe(false);
});
