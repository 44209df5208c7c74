import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decoded } from '../../../src/logs/containers/decoded.ts';
import { followFile } from '../../../src/logs/follow/follow-file.ts';
import type { Source, SourceItem } from '../../../src/logs/source.ts';
import { folder } from '../follow/support.ts';
import { AT, cri, docker, SPLIT } from './engine.ts';

interface Read {
  source: Source;
  /** Lines as `stream: text`, gaps as `<gap WHY bytes>`, after `ms` on the clock. */
  after(ms: number): string[];
  items: SourceItem[];
  ended(): string[];
}

function read(path: string, position: string | null = null, past: 'whole' | 'none' = 'whole'): Read {
  const source = decoded((inner) => followFile(path, { past, position: inner }), position);
  const items: SourceItem[] = [];
  let now = 0;
  return {
    source,
    items,
    after(ms) {
      now += ms;
      const told: string[] = [];
      for (let quiet = 0; quiet < 2; ) {
        const came = source.poll(now, 1 << 20).map(kept);
        items.push(...came);
        told.push(...came.map(said));
        quiet = came.length === 0 && source.status().behindBytes === 0 ? quiet + 1 : 0;
      }
      return told;
    },
    ended: () => source.end().map(said),
  };
}

const kept = (item: SourceItem): SourceItem =>
  item.type === 'lines' ? { ...item, bytes: Buffer.from(item.bytes) } : item;

function said(item: SourceItem): string {
  if (item.type === 'gap') return `<gap ${item.why} ${item.bytes}>`;
  if (item.type === 'rotated') return `<rotated ${item.how}>`;
  const text = Buffer.from(item.bytes).toString();
  return `${item.stream}: ${text.length > 200 ? `${text.length - 1} of ${text[0]}` : text.slice(0, -1)}`;
}

const log = (): string => join(folder(), 'c-json.log');

describe('a file of docker', () => {
  it('is recognised by its first lines, and its lines have the stream and the time of the engine', () => {
    const path = log();
    const first = docker('one\n');
    writeFileSync(path, first + docker('two\n', 'stderr'));
    const one = read(path);
    expect(one.after(0)).toEqual(['stdout: one', 'stderr: two']);
    expect(one.source.kind).toBe('docker');
    expect(one.items[1]).toMatchObject({ offset: first.length, stamp: { at: AT, from: 'container' } });
    expect(one.source.status()).toMatchObject({ lines: 2, bytes: first.length + docker('two\n', 'stderr').length });
  });

  it('has the parts of a line over 16 KiB joined, whatever the other stream writes in between', () => {
    const path = log();
    const begin = docker('x'.repeat(SPLIT));
    writeFileSync(path, begin + docker('other\n', 'stderr') + docker(`${'x'.repeat(100)}\n`));
    const one = read(path);
    expect(one.after(0)).toEqual(['stderr: other', `stdout: ${SPLIT + 100} of x`]);
    expect(one.items.at(-1), 'it stands where its first part does').toMatchObject({ offset: 0 });
  });

  it('has a line whose rest does not come given after half a minute, and its rest then alone', () => {
    const path = log();
    writeFileSync(path, docker('whole\n') + docker('begun'));
    const one = read(path);
    expect(one.after(0)).toEqual(['stdout: whole']);
    expect(one.after(29_000)).toEqual([]);
    expect(one.after(1_000)).toEqual(['stdout: begun']);
    appendFileSync(path, docker('rest\n'));
    expect(one.after(1_000)).toEqual(['stdout: rest']);
  });

  it('is read on behind NULs in the middle, alone on their line or before a record', () => {
    const path = log();
    const nuls = '\0'.repeat(300);
    writeFileSync(path, `${docker('one\n')}${nuls}\n${docker('two\n')}${nuls}${docker('three\n')}`);
    appendFileSync(path, `{"log":"torn${nuls}${docker('four\n')}${docker('five\n')}`);
    expect(read(path).after(0)).toEqual(['one', 'two', 'three', 'four', 'five'].map((text) => `stdout: ${text}`));
  });

  it('loses no line that is no record', () => {
    const path = log();
    writeFileSync(path, `${docker('one\n')}what?\n{"log":7}\n${docker('two\n')}`);
    expect(read(path).after(0)).toEqual(['stdout: one', ': what?', ': {"log":7}', 'stdout: two']);
  });

  it('has a joined line cut at 64 KiB, and says how much of it was passed over', () => {
    const path = log();
    const parts = docker('y'.repeat(SPLIT)).repeat(7);
    writeFileSync(path, `${docker('short\n')}${parts}${docker('end\n')}${docker('next\n')}`);
    const one = read(path);
    expect(one.after(0)).toEqual([
      'stdout: short',
      `stdout: ${64 * 1024} of y`,
      `<gap CAPPED ${3 * SPLIT + 3}>`,
      'stdout: next',
    ]);
    expect(one.source.status()).toMatchObject({ lines: 3, gaps: 1 });
  });

  it('has what can be read of a record that its escapes make longer than a line may be', () => {
    const path = log();
    writeFileSync(path, docker('short\n').repeat(3) + docker(`${'<'.repeat(SPLIT - 1)}\n`) + docker('next\n'));
    const [, , , long, gap, next] = read(path).after(0);
    expect(long).toMatch(/^: 1\d{4} of <$/);
    expect(gap).toMatch(/^<gap CAPPED \d+>$/);
    expect(next).toBe('stdout: next');
  });
});

describe('a file of the container runtime interface', () => {
  it('is recognised, and its parts are joined by their tags', () => {
    const path = log();
    writeFileSync(
      path,
      cri('one') + cri('two, ', 'P') + cri('of stderr', 'F', 'stderr') + cri('', 'P') + cri('and rest'),
    );
    const one = read(path);
    expect(one.after(0)).toEqual(['stdout: one', 'stderr: of stderr', 'stdout: two, and rest']);
    expect(one.source.kind).toBe('cri');
    expect(one.items[0]).toMatchObject({ stamp: { at: AT, from: 'container' } });
  });

  it('has further tags, empty lines and zones', () => {
    const path = log();
    const zoned = '2026-11-24T09:14:02.123456789+01:00';
    writeFileSync(path, `${zoned} stdout F:x:y tagged\n${zoned} stdout F \n${zoned} stderr F\n`);
    const one = read(path);
    expect(one.after(0)).toEqual(['stdout: tagged', 'stdout: ', 'stderr: ']);
    expect(one.items[0]).toMatchObject({ stamp: { at: AT } });
  });

  it('joins a line across a rotation by renaming, and never to another stream', () => {
    const path = log();
    writeFileSync(path, cri('whole') + cri('P1 ', 'P') + cri('E1 ', 'P', 'stderr'));
    const one = read(path);
    expect(one.after(0)).toEqual(['stdout: whole']);
    renameSync(path, `${path}.20261124-081402`);
    writeFileSync(path, cri('of stderr', 'F', 'stderr') + cri('F1'));
    expect(one.after(1_000)).toEqual(['<rotated RENAMED>', 'stderr: E1 of stderr', 'stdout: P1 F1']);
  });

  it('gives what was begun by itself where bytes were lost before its rest', () => {
    const path = log();
    writeFileSync(path, cri('whole line of text') + cri('begun', 'P'));
    const one = read(path);
    one.after(0);
    writeFileSync(path, cri('F2'));
    expect(one.after(1_000)).toEqual(['stdout: begun', '<gap TRUNCATED null>', '<rotated TRUNCATED>', 'stdout: F2']);
  });
});

describe('any other file', () => {
  it.each([
    ['plain lines', 'INFO:     Started server process [1]\n2026-11-24T08:14:02.1Z stdoutF x\n'],
    ['log objects of LiteLLM', `{"message": "x", "level": "INFO", "timestamp": "2026-11-24T08:14:02.123456"}\n`],
    ['one record among plain lines', `INFO:     a\nINFO:     b\n${docker('forged\n')}`],
  ])('goes through as it is: %s', (_, text) => {
    const path = log();
    writeFileSync(path, text);
    const one = read(path);
    one.after(0);
    expect(one.source.kind).toBe('file');
    expect(
      Buffer.concat(one.items.map((item) => (item.type === 'lines' ? item.bytes : Buffer.alloc(0)))).toString(),
    ).toBe(text);
  });

  it('that is given a container after a rotation is recognised then', () => {
    const path = log();
    writeFileSync(path, 'INFO:     plain\n'.repeat(20));
    const one = read(path);
    one.after(0);
    renameSync(path, `${path}.1`);
    writeFileSync(path, cri('one'));
    expect(one.after(1_000)).toEqual(['<rotated RENAMED>', 'stdout: one']);
  });
});

describe('a restart while a line waits for its rest', () => {
  it('reads on from its beginning, and nothing that was told is told again', () => {
    const path = log();
    writeFileSync(path, docker('old\n'));
    const first = read(path, null, 'none');
    first.after(0);
    appendFileSync(path, docker('one\n') + docker('begun ') + docker('two\n', 'stderr'));
    expect(first.after(1_000)).toEqual(['stdout: one', 'stderr: two']);
    const position = first.source.position();
    const second = read(path, position);
    expect(second.after(0)).toEqual([]);
    expect(second.source.position(), 'until its rest comes').toBe(position);
    appendFileSync(path, docker('rest\n'));
    expect(second.after(1_000)).toEqual(['stdout: begun rest']);
    const third = read(path, second.source.position());
    appendFileSync(path, docker('three\n'));
    expect(third.after(0)).toEqual(['stdout: three']);
  });
});

/** A linear congruential generator: the same seed gives the same history. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const SEEDS = 120;

it(`reads every line once and in the order of its stream, in ${SEEDS} random histories of parts, rotations and restarts`, () => {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const roll = dice(seed);
    const path = log();
    const format = roll(2) === 0 ? docker : (text: string, stream: string) => criOf(text, stream);
    const criOf = (text: string, stream: string): string =>
      text.endsWith('\n') ? cri(text.slice(0, -1), 'F', stream) : cri(text, 'P', stream);
    const written: Record<string, string[]> = { stdout: [], stderr: [] };
    const seen: Record<string, string[]> = { stdout: [], stderr: [] };
    const begun: Record<string, string> = { stdout: '', stderr: '' };
    writeFileSync(path, format('first\n', 'stdout'));
    let one = read(path);
    let from = 0;
    let n = 0;
    let rotations = 0;
    const look = (): void => {
      one.after(100);
      for (const item of one.items.slice(from))
        if (item.type === 'lines') seen[item.stream]?.push(Buffer.from(item.bytes).toString().trimEnd());
        else if (item.type === 'gap') throw new Error(`seed ${seed}: ${said(item)}`);
      from = one.items.length;
    };
    look();
    written.stdout?.push('first');
    for (let step = 0; step < 60; step += 1) {
      const stream = roll(2) === 0 ? 'stdout' : 'stderr';
      const what = roll(10);
      if (what < 6) {
        const whole = roll(2) === 0;
        n += 1;
        const text = `${n}-${'z'.repeat(roll(30))}`;
        appendFileSync(path, format(whole ? `${text}\n` : `${text},`, stream));
        if (whole) written[stream]?.push(begun[stream] + text);
        begun[stream] = whole ? '' : `${begun[stream]}${text},`;
      } else if (what < 8) look();
      else if (what === 8) {
        look();
        rotations += 1;
        renameSync(path, `${path}.20261124-${String(rotations).padStart(6, '0')}`);
        writeFileSync(path, '');
      } else {
        look();
        const position = one.source.position();
        void one.source.close();
        one = read(path, position);
        from = 0;
      }
    }
    look();
    expect(seen, `seed ${seed}`).toEqual(written);
    void one.source.close();
  }
});
