import * as fs from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type CheckpointFiles, openCheckpoints } from '../../../src/logs/follow/checkpoints.ts';
import { folder } from './support.ts';

const DAY = 24 * 3_600_000;
const one = (path: string, position: string | null) => new Map([[path, position]]);

it('remembers many positions over a restart, for its owner alone', () => {
  const file = join(folder(), 'positions.json');
  const saved = openCheckpoints(file);
  expect([saved.notice, saved.load('/a.log')]).toEqual([null, null]);
  expect(
    saved.save(
      new Map([
        ['/a.log', 'A'],
        ['journal:x', 'X'],
        ['/c.log', null],
      ]),
      1_000,
    ),
  ).toEqual({ ok: true });
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  const again = openCheckpoints(file);
  expect(['/a.log', 'journal:x', '/c.log'].map((path) => again.load(path))).toEqual(['A', 'X', null]);
});

it('keeps what another watchtower saved meanwhile', () => {
  const file = join(folder(), 'positions.json');
  const [mine, other] = [openCheckpoints(file), openCheckpoints(file)];
  mine.save(one('/a.log', 'A'), 1_000);
  other.save(one('/b.log', 'B'), 1_001);
  mine.save(one('/a.log', 'A2'), 1_002);
  const again = openCheckpoints(file);
  expect([again.load('/a.log'), again.load('/b.log')]).toEqual(['A2', 'B']);
});

it('forgets what was not seen for 30 days, keeps 256 at most, and no position beyond 64 KiB', () => {
  const file = join(folder(), 'positions.json');
  const saved = openCheckpoints(file);
  saved.save(one('/old.log', 'old'), 1_000);
  saved.save(new Map(Array.from({ length: 300 }, (_, index) => [`/${index}.log`, 'x'])), 31 * DAY);
  saved.save(one('/large.log', 'x'.repeat(65_537)), 31 * DAY);
  const again = openCheckpoints(file);
  expect([again.load('/old.log'), again.load('/large.log')]).toEqual([null, null]);
  expect(Object.keys(JSON.parse(fs.readFileSync(file, 'utf8')).entries)).toHaveLength(256);
});

it.each([
  ['', 'damaged'],
  ['{"format":"watchtower-log-pos', 'damaged'],
  ['{"format":"something else"}', 'not written by this program'],
  ['[1]', 'not written by this program'],
  ['{"format":"watchtower-log-positions","version":9,"entries":{}}', 'not written by this program'],
])('ignores %s with a word, and writes its own over it', (content, why) => {
  const file = join(folder(), 'positions.json');
  fs.writeFileSync(file, content);
  const saved = openCheckpoints(file);
  expect(saved.notice).toBe(`${file} is ignored: ${why}`);
  expect(saved.load('/a.log')).toBe(null);
  saved.save(one('/a.log', 'A'), 1_000);
  expect(openCheckpoints(file)).toMatchObject({ notice: null });
});

it('takes entries with strange names or shapes for what they are', () => {
  const file = join(folder(), 'positions.json');
  fs.writeFileSync(
    file,
    '{"format":"watchtower-log-positions","version":1,"entries":{"__proto__":{"position":"p","at":1},"/a":{"position":7,"at":1},"/b":{"position":"B","at":1}}}',
  );
  const saved = openCheckpoints(file);
  expect([saved.load('/a'), saved.load('/b'), saved.load('toString')]).toEqual([null, 'B', null]);
});

it('writes on where a write took only a part', () => {
  const file = join(folder(), 'positions.json');
  const writeSync = ((fd: number, bytes: Buffer, at: number, length: number) =>
    fs.writeSync(fd, bytes, at, Math.min(length, 7))) as CheckpointFiles['writeSync'];
  expect(openCheckpoints(file, { ...fs, writeSync }).save(one('/a.log', 'A'), 1_000)).toEqual({ ok: true });
  expect(openCheckpoints(file).load('/a.log')).toBe('A');
});

it.each([
  ['a full disk', { writeSync: () => 0 }, 'ENOSPC'],
  [
    'a disk that cannot sync',
    {
      fsyncSync: () => {
        throw Object.assign(new Error('io'), { code: 'EIO' });
      },
    },
    'EIO',
  ],
])('leaves the last positions as they were on %s, and says so', (_name, broken, code) => {
  const at = folder();
  const file = join(at, 'positions.json');
  openCheckpoints(file).save(one('/a.log', 'A'), 1_000);
  const result = openCheckpoints(file, { ...fs, ...broken } as CheckpointFiles).save(one('/a.log', 'B'), 2_000);
  expect(result).toEqual({ ok: false, why: `positions of logs cannot be saved in ${file}: ${code}` });
  expect(openCheckpoints(file).load('/a.log')).toBe('A');
  expect(fs.readdirSync(at)).toEqual(['positions.json']);
});
