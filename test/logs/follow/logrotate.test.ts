import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { followFile } from '../../../src/logs/follow/follow-file.ts';
import { folder } from './support.ts';

const LOGROTATE = '/usr/sbin/logrotate';
const LINES_PER_SECOND = 20_000;
const run = promisify(execFile);

/** Writes numbered lines without end; opens its log anew on SIGHUP; tells on SIGTERM how many there were. */
const WRITER = `
const fs = require('node:fs');
const [path, rate] = process.argv.slice(1);
let fd = fs.openSync(path, 'a');
let next = 0;
const began = performance.now();
const timer = setInterval(() => {
  const due = Math.floor((performance.now() - began) * rate / 1000);
  let text = '';
  while (next < due) text += (next++) + ' a line of a log as long as most of them are\\n';
  if (text) fs.writeSync(fd, text);
}, 5);
process.on('SIGHUP', () => { fs.closeSync(fd); fd = fs.openSync(path, 'a'); });
process.on('SIGTERM', () => { clearInterval(timer); process.stdout.write(String(next), () => process.exit(0)); });
process.stdout.write('ready');
`;

interface Case {
  mode: string;
  rotations: number;
  config(pid: number): string;
  lossless: boolean;
}

const hup = (pid: number) => `  create 0600\n  postrotate\n    kill -HUP ${pid}\n  endscript\n`;
const cases: Case[] = [
  { mode: 'create', rotations: 13, lossless: true, config: hup },
  { mode: 'create, compress', rotations: 12, lossless: true, config: (pid) => `${hup(pid)}  compress\n` },
  {
    mode: 'create, compress, delaycompress',
    rotations: 12,
    lossless: true,
    config: (pid) => `${hup(pid)}  compress\n  delaycompress\n`,
  },
  { mode: 'copytruncate', rotations: 13, lossless: false, config: () => '  copytruncate\n' },
];

const why = existsSync(LOGROTATE) ? '' : ` (skipped: no ${LOGROTATE} here)`;

it.skipIf(why !== '').concurrent.each(cases)(
  `loses nothing unsaid while logrotate works: $mode, $rotations times${why}`,
  async (one) => {
    const at = folder();
    const log = join(at, 'gateway.log');
    writeFileSync(log, '');
    const writer = spawn(process.execPath, ['-e', WRITER, log, String(LINES_PER_SECOND)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      await said(writer);
      const config = join(at, 'logrotate.conf');
      writeFileSync(config, `${log} {\n  rotate 3\n${one.config(writer.pid as number)}}\n`, { mode: 0o600 });
      const reader = readNumbers(log);
      for (let turn = 0; turn < one.rotations; turn += 1) {
        await wait(500);
        await run(LOGROTATE, ['-f', '-s', join(at, 'state'), config]);
      }
      await wait(500);
      const total = await stop(writer);
      const { numbers, unsaid, rotations, gaps } = await reader.finish(total);
      expect(total).toBeGreaterThan(LINES_PER_SECOND * one.rotations * 0.4);
      expect(rotations).toBeGreaterThanOrEqual(one.rotations);
      expect(unsaid).toEqual([]);
      expect(new Set(numbers).size).toBe(numbers.length);
      if (one.lossless) expect([numbers.length, gaps]).toEqual([total, 0]);
    } finally {
      writer.kill('SIGKILL');
    }
  },
);

/** Follows the log in the background; `unsaid` are pairs of numbers between which some are missing, or out of order, without a gap. */
function readNumbers(log: string) {
  const source = followFile(log);
  const numbers: number[] = [];
  const unsaid: [number, number][] = [];
  let gap = false;
  const poll = (): void => {
    do {
      for (const item of source.poll(performance.now(), 1 << 20)) {
        if (item.type === 'gap') gap = true;
        if (item.type !== 'lines') continue;
        for (const line of Buffer.from(item.bytes).toString('latin1').split('\n').slice(0, -1)) {
          const number = Number.parseInt(line, 10);
          const last = numbers.at(-1) ?? -1;
          if (number !== last + 1 && !(gap && number > last)) unsaid.push([last, number]);
          gap = false;
          numbers.push(number);
        }
      }
    } while (source.status().behindBytes > 0);
  };
  const timer = setInterval(poll, 100);
  return {
    async finish(total: number) {
      const end = performance.now() + 10_000;
      while (numbers.at(-1) !== total - 1 && performance.now() < end) await wait(50);
      clearInterval(timer);
      poll();
      const { rotations, gaps } = source.status();
      await source.close();
      return { numbers, unsaid, rotations, gaps };
    },
  };
}

/** The next word that a writer says. */
const said = (writer: ChildProcess): Promise<string> =>
  new Promise((resolve) => writer.stdout?.once('data', (data) => resolve(String(data))));

async function stop(writer: ChildProcess): Promise<number> {
  const total = said(writer);
  writer.kill('SIGTERM');
  return Number(await total);
}
