import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { namedPrograms } from '../../../src/logs/programs/named-programs.ts';
import type { ProgramSource } from '../../../src/logs/programs/program-source.ts';
import type { SourceItem } from '../../../src/logs/source.ts';
import { type StandIns, standIns } from './stand-in.ts';

const PATH = process.env.PATH ?? '';

function commandOf(pid: string): string {
  try {
    return /^\d+$/.test(pid) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '';
  } catch {
    return '';
  }
}

let programs: StandIns;
let open: ProgramSource[] = [];
beforeEach(() => {
  programs = standIns();
  process.env.PATH = `${programs.folder}:${PATH}`;
});
afterEach(async () => {
  for (const one of open) await one.close();
  open = [];
  process.env.PATH = PATH;
  programs.remove();
});

function source(
  named: { journal?: string; container?: string },
  follow: boolean,
  position?: string | null,
): ProgramSource {
  const [one] = namedPrograms({ journal: null, container: null, ...named }, follow);
  const made = one?.source(position) as ProgramSource;
  open.push(made);
  return made;
}

const entry = (n: number, message: unknown = `line ${n}`): object => ({
  MESSAGE: message,
  __CURSOR: `s=1;i=${n}`,
  __REALTIME_TIMESTAMP: String((1_790_000_000 + n) * 1_000_000),
});
const textOf = (items: readonly SourceItem[]): string[] =>
  items.flatMap((item) => (item.type === 'lines' ? [Buffer.from(item.bytes).toString().trimEnd()] : [item.type]));

/** Polls until so many items came; `now` runs a thousand times as fast as the clock, for the waits between starts. */
async function take(from: ProgramSource, count: number): Promise<SourceItem[]> {
  const items: SourceItem[] = [];
  const end = Date.now() + 10_000;
  while (items.length < count) {
    if (Date.now() > end) throw new Error(`${items.length} of ${count}: ${JSON.stringify(from.status())}`);
    items.push(...from.poll(performance.now() * 100, 1 << 20));
    await sleep(5);
  }
  return items;
}

async function whole(from: ProgramSource): Promise<SourceItem[]> {
  const items: SourceItem[] = [];
  while (!from.ended()) {
    items.push(...from.poll(performance.now(), 1 << 20));
    await from.ready();
  }
  return items;
}

describe('the journal of a unit', () => {
  it('is read with the time of each entry, as history', async () => {
    programs.journal([entry(1), entry(2)]);
    const items = await whole(source({ journal: 'litellm.service' }, false));
    expect(textOf(items)).toEqual(['line 1', 'line 2']);
    expect(items[0]).toMatchObject({ old: true, stamp: { at: 1_790_000_001_000, from: 'journal' } });
  });

  it('holds messages as text, as bytes, as several values, and none that were too long', async () => {
    programs.journal([
      entry(1, [...Buffer.from('byt\u00e9')]),
      entry(2, ['first', 'second']),
      entry(3, null),
      entry(4, 'text'),
    ]);
    expect(textOf(await whole(source({ journal: 'litellm.service' }, false)))).toEqual(['byt\u00e9', 'first', 'text']);
  });

  it('says where journald itself dropped lines', async () => {
    programs.journal([entry(1), entry(2, 'Suppressed 4000 messages from litellm.service'), entry(3)]);
    expect(textOf(await whole(source({ journal: 'litellm.service' }, false)))).toEqual(['line 1', 'gap', 'line 3']);
  });

  it('is followed, and behind its cursor where it was left', async () => {
    programs.journal([entry(1), entry(2)]);
    const first = source({ journal: 'litellm.service' }, true);
    expect(textOf(await take(first, 2))).toEqual(['line 1', 'line 2']);
    programs.journal([entry(1), entry(2), entry(3)]);
    expect(textOf(await take(first, 1))).toEqual(['line 3']);
    const position = first.position();
    programs.journal([entry(1), entry(2), entry(3), entry(4)]);
    expect(textOf(await take(source({ journal: 'litellm.service' }, true, position), 1))).toEqual(['line 4']);
  });

  it('goes on behind the cursor when journalctl dies, no line twice', async () => {
    programs.journal([entry(1), entry(2, 'DIE'), entry(3), entry(4)]);
    expect(textOf(await take(source({ journal: 'litellm.service' }, true), 4))).toEqual([
      'line 1',
      'DIE',
      'line 3',
      'line 4',
    ]);
  });

  it('that may not be read says what would help', async () => {
    const closed = source({ journal: 'secret.service' }, false);
    await whole(closed);
    expect(closed.status()).toMatchObject({
      state: 'UNREADABLE',
      why: expect.stringContaining('needs group systemd-journal or adm'),
    });
  });

  it('without journalctl on the machine says so', async () => {
    process.env.PATH = '/nonexistent';
    const none = source({ journal: 'litellm.service' }, false);
    await whole(none);
    expect(none.status()).toMatchObject({ state: 'MISSING', why: 'journalctl is not on the PATH' });
  });

  it('is asked of the real journalctl with options that it knows', () => {
    const real = spawnSync('journalctl', ['--version'], { env: { PATH } });
    if (real.status !== 0) {
      console.warn('skipped: no journalctl on this machine');
      return;
    }
    const args = ['--unit=x', '--all', '--no-pager', '--output=json', '--lines=1000'];
    expect(execFileSync('journalctl', args, { env: { PATH }, encoding: 'utf8', stdio: 'pipe' })).not.toContain(
      'unrecognized',
    );
  });
});

describe('a container', () => {
  const at = (n: number): string => `2026-11-24T08:14:0${n}.123456789Z`;

  it('is read with both its streams and their times', async () => {
    programs.container([`${at(1)} out`, `${at(2)} err`]);
    const items = await whole(source({ container: 'litellm' }, false));
    expect(textOf(items).sort()).toEqual(['err', 'out']);
    expect(items[0]).toMatchObject({ stamp: { from: 'container' } });
  });

  it('goes on behind the time of the last line', async () => {
    programs.container([`${at(1)} a`, `${at(2)} b`, `${at(3)} c`]);
    expect(textOf(await take(source({ container: 'litellm' }, true, at(2)), 1))).toEqual(['c']);
  });

  it('whose program goes on without a word after a rotation is asked anew, and no line comes twice', async () => {
    programs.container([`${at(1)} a`, `${at(2)} b`]);
    const one = source({ container: 'litellm' }, true);
    expect(textOf(await take(one, 2)).sort()).toEqual(['a', 'b']);
    // The stand-in has read its log and hangs, as `docker logs --follow` does on a file that was rotated away.
    programs.container([`${at(1)} a`, `${at(2)} b`, `${at(3)} c`]);
    expect(textOf(await take(one, 1))).toEqual(['c']);
    expect(one.status()).toMatchObject({ state: 'FOLLOWING', why: null, lines: 3 });
    programs.container([`${at(3)} c`, `${at(4)} d`]);
    expect(textOf(await take(one, 1))).toEqual(['d']);
  });

  it('that is silent is asked anew ever less often', async () => {
    programs.container([]);
    const one = source({ container: 'litellm' }, true);
    const started = async (times: number, now: number): Promise<void> => {
      const end = Date.now() + 5_000;
      while (programs.starts() < times && Date.now() < end) {
        one.poll(now, 1 << 20);
        await sleep(5);
      }
      expect(programs.starts()).toBe(times);
    };
    await started(1, 0);
    one.poll(59_000, 1 << 20);
    await sleep(100);
    await started(1, 59_000);
    await started(2, 60_000);
    one.poll(170_000, 1 << 20);
    await sleep(100);
    await started(2, 170_000);
    await started(3, 180_000);
  });

  it('that is not there is said to be so', async () => {
    const none = source({ container: 'nobody' }, false);
    await whole(none);
    expect(none.status()).toMatchObject({ state: 'UNREADABLE', why: 'there is no container named nobody' });
  });
});

describe('the program', () => {
  it('ends with the source', async () => {
    programs.journal([entry(1)]);
    const one = source({ journal: 'litellm.service' }, true);
    await take(one, 1);
    const running = (): string[] => readdirSync('/proc').filter((pid) => commandOf(pid).includes(programs.folder));
    expect(running()).toHaveLength(1);
    await one.close();
    const end = Date.now() + 5_000;
    while (running().length > 0 && Date.now() < end) await sleep(20);
    expect(running()).toEqual([]);
  });
});
