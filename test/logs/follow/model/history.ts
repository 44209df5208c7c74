import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { followFile } from '../../../../src/logs/follow/follow-file.ts';
import type { Source } from '../../../../src/logs/source.ts';
import type { ModelFile } from './disk.ts';
import { createMemory } from './memory.ts';
import { createOracle } from './oracle.ts';
import { createPromises } from './promises.ts';
import { createWorld, type World, type WorldKind } from './world.ts';

/** One step of a history. */
type Step =
  | { do: 'write'; who: number; count: number; size: number }
  | { do: 'begin'; who: number; cut: number }
  | { do: 'reopen'; who: number }
  | { do: 'rotate'; create: boolean }
  | { do: 'copytruncate'; late: number }
  | { do: 'refill'; more: number }
  | { do: 'remove' }
  | { do: 'recreate'; who: number }
  | { do: 'compress'; generation: number }
  | { do: 'swap' }
  | { do: 'poll'; bytes: number }
  | { do: 'drain'; ms: number }
  | { do: 'save' }
  | { do: 'stop' }
  | { do: 'crash' }
  | { do: 'start' }
  | { do: 'deny' }
  | { do: 'allow' };

export interface History {
  writers: number;
  kind: WorldKind;
  chunk: number;
  bytes: number;
  /** How many bytes before its place are read once more after a restart. */
  again: number;
  /** The reader runs from the beginning, rather than from some later step on. */
  early: boolean;
  steps: Step[];
}

const who = fc.nat(2);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      who,
      count: fc.integer({ min: 1, max: 4 }),
      size: fc.constantFrom(1, 8, 20, 60),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      who,
      count: fc.constant(1),
      size: fc.constantFrom(400, 66_000, 70_000),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('begin' as const), who, cut: fc.nat(60) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('reopen' as const), who }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('rotate' as const), create: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('copytruncate' as const), late: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('refill' as const), more: fc.constantFrom(0, 0, 1, 50) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('recreate' as const), who }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('compress' as const), generation: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('swap' as const) }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('poll' as const), bytes: fc.constantFrom(13, 100, 1_000, 65_536) }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('drain' as const), ms: fc.constantFrom(0, 250, 1_000, 6_000) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('save' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('stop' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('start' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('deny' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('allow' as const) }) },
);

export const histories: fc.Arbitrary<History> = fc.record({
  writers: fc.integer({ min: 1, max: 3 }),
  kind: fc.constantFrom('append', 'append', 'append', 'position', 'link'),
  chunk: fc.constantFrom(1, 7, 64, 1_000, 4_096, 65_536),
  bytes: fc.constantFrom(13, 100, 1_000, 65_536),
  again: fc.constantFrom(0, 0, 0, 150),
  early: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  steps: fc.array(step, { minLength: 4, maxLength: 40, size: 'max' }),
});

/** Lives through a history with real files; throws where the reader told too much, too little or the wrong thing. */
export function live(history: History): void {
  const folder = mkdtempSync(join(tmpdir(), 'history-'));
  const world = createWorld(folder, history.writers, history.kind);
  try {
    play(world, history);
  } finally {
    world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function play(world: World, history: History): void {
  world.disk.limits.chunk = history.chunk;
  const oracle = createOracle(world);
  const promises = createPromises(world);
  let now = 0;
  let source: Source | null = null;
  const memory = createMemory();
  let saved = oracle.mark();

  const poll = (bytes: number): boolean => {
    if (!source) return false;
    const items = source.poll(now, bytes);
    oracle.hear(memory.fresh(items));
    promises.polled(now);
    return items.length > 0 || source.status().behindBytes > 0;
  };
  const start = (): void => {
    if (source) return;
    const { position } = saved;
    const { again } = history;
    memory.restart();
    source = followFile(world.path, { past: 'whole', position, again }, { files: world.disk.system(), now: () => now });
    const started = source;
    oracle.follow(() => started.position());
  };
  const save = (): void => {
    if (!source) return;
    saved = oracle.mark();
    memory.save();
  };
  const stop = (): void => {
    if (!source) return;
    const last = source;
    source = null;
    const { position } = saved;
    oracle.follow(() => position);
    promises.forget();
    void last.close();
    if (world.disk.openCount() > 0) throw new Error('descriptors left open');
  };
  const drain = (ms: number): void => {
    if (!source) return;
    const known = oracle.standing();
    const held = new Set([...world.disk.files.keys()].filter((inode) => world.disk.isHeld(inode)));
    now += ms;
    for (let quiet = 0, polls = 0; quiet < 3; polls += 1) {
      if (polls > 20_000) throw new Error('it never comes to an end');
      quiet = poll(Math.max(history.bytes, world.written() > 4_000 ? 65_536 : 13)) ? 0 : quiet + 1;
      now += 1;
    }
    oracle.check((file: ModelFile) => {
      if (held.has(file.inode) || promises.owes(file)) return true;
      if (file.name === null || world.disk.limits.denied) return false;
      if (file.name === world.current()) return true;
      if (file.name.endsWith('.gz')) return false;
      return (
        known.files.has(file.inode) ||
        (known.files.size > 0 && known.listed && !world.linked && !known.elsewhere.has(file.inode))
      );
    });
    promises.kept();
  };

  if (history.early) start();
  for (const one of [...history.steps, ...ending]) {
    const writer = 'who' in one ? world.writers[one.who % world.writers.length] : undefined;
    const mayWrite = writer && (!writer.file || promises.covers(writer.file, now) || oracle.watches(writer.file));
    switch (one.do) {
      case 'write':
      case 'begin':
        if (!writer || !mayWrite) break;
        if (!writer.file) world.reopen(writer);
        else promises.written(writer.file, now);
        if (one.do === 'write') world.write(writer, one.count, history.chunk < 64 ? Math.min(one.size, 60) : one.size);
        else world.begin(writer, one.cut);
        break;
      case 'reopen':
        if (writer) world.reopen(writer);
        break;
      case 'rotate':
        if (!world.linked) world.rotate(one.create);
        break;
      case 'copytruncate':
        if (world.linked) break;
        oracle.copied(world.currentFile());
        world.copyTruncate(one.late);
        break;
      case 'refill':
        world.refill(one.more);
        oracle.destroy();
        break;
      case 'remove':
        world.remove();
        oracle.destroy();
        break;
      case 'recreate':
        world.remove();
        oracle.destroy();
        if (writer) world.reopen(writer);
        break;
      case 'compress':
        world.compress(one.generation);
        break;
      case 'swap':
        world.swap();
        break;
      case 'poll':
        poll(one.bytes);
        break;
      case 'drain':
        drain(one.ms);
        break;
      case 'save':
        save();
        break;
      case 'stop':
        save();
        stop();
        break;
      case 'crash':
        if (source) oracle.rewind(saved);
        if (source) memory.crash();
        stop();
        break;
      case 'start':
        start();
        break;
      case 'deny':
        world.disk.limits.denied = true;
        oracle.destroy();
        break;
      case 'allow':
        world.disk.limits.denied = false;
        break;
    }
  }
  stop();
}

const ending: Step[] = [
  { do: 'allow' },
  { do: 'start' },
  { do: 'drain', ms: 250 },
  { do: 'drain', ms: 6_000 },
  { do: 'drain', ms: 6_000 },
];
