import { join } from 'node:path';
import { type Clock, systemClock } from '../clock.ts';
import type { Gate } from '../diagnosis/gate.ts';
import type { Diagnose } from '../diagnosis/types.ts';
import type { SafeText, Scrub } from '../text/safe-text.ts';
import { literal } from '../text/scrub.ts';
import { BESIDE, elsewhere, whyElsewhere } from './evidence.ts';
import { openCheckpoints } from './follow/checkpoints.ts';
import { foundSources, type Places } from './found-sources.ts';
import { openFile } from './named-sources.ts';
import { namedPrograms } from './programs/named-programs.ts';
import { createRecentEvents } from './recent-events.ts';
import { createEventReader } from './records/event-reader.ts';
import type { OwnProbes } from './records/own.ts';
import { explained, type Source } from './source.ts';
import type { LogMonitor, LogSource } from './types.ts';

export interface LogMonitorOptions {
  files: readonly string[];
  journal: string | null;
  container: string | null;
  pids: readonly number[];
  /** Where processes and containers are looked for. */
  places?: Places;
  /** Where positions are kept; null forgets them. */
  stateDir: string | null;
}

export interface LogTools {
  diagnose: Diagnose;
  gate: Gate;
  scrub: Scrub;
  /** What our own questions carry: what they leave in the log is evidence of nothing. */
  own: OwnProbes;
}

const POLL_MS = 400;
/** What one poll of one source reads at most; the rest waits for the next turn of the loop. */
const POLL_BYTES = 1024 * 1024;
/** Work in one turn of the event loop, ms: keys and answers come in between. */
const SLICE_MS = 8;
const SAVE_MS = 5_000;
const DISCOVER_MS = 5_000;

/** Follows the named files, or what is behind descriptors 1 and 2 of the gateway's processes. */
export function createLogMonitor(options: LogMonitorOptions, tools: LogTools, clock: Clock = systemClock): LogMonitor {
  const { scrub } = tools;
  const followed = new Map<string, Source>();
  const events = createRecentEvents(scrub);
  const checkpoints = options.stateDir === null ? null : openCheckpoints(join(options.stateDir, 'log-positions.json'));
  const programs = namedPrograms(options, true);
  let pids = options.pids;
  const named = new Set<string>();
  let nowhere: string | null = null;
  /** Where the gateway writes instead of what was named; null where nothing says so. */
  let instead: string | null = null;
  let cancel: (() => void) | null = null;
  let savedAt = clock.monotonic();
  let discoveredAt = Number.NEGATIVE_INFINITY;

  const reader = createEventReader({
    diagnose: tools.diagnose,
    gate: tools.gate,
    isOwn: () => false,
    own: tools.own,
    onEvent: events.add,
  });

  const follow = (path: string, open: (position: string | null) => Source): void => {
    if (followed.has(path)) return;
    followed.set(path, open(checkpoints?.load(path) ?? null));
    reader.open(path);
  };

  /** What the user named is followed whatever is found. */
  const name = (path: string, open: (position: string | null) => Source): void => {
    named.add(path);
    follow(path, (position) => explained(open(position), ({ why }) => why ?? instead));
  };

  /** A gateway that is gone keeps its log: its last words are there. */
  const discover = (): void => {
    if (pids.length === 0) return;
    discoveredAt = clock.monotonic();
    const { found, why } = foundSources(pids, { follow: true }, options.places);
    nowhere = why;
    if (found.length === 0) return;
    const isNamed = named.size > 0;
    const wanted = isNamed ? elsewhere(options, found, pids, options.places?.proc) : found;
    instead = isNamed && wanted.length > 0 ? whyElsewhere(wanted) : null;
    for (const { path, open } of wanted)
      follow(path, (position) => (isNamed ? explained(open(position), ({ why }) => why ?? BESIDE) : open(position)));
    for (const [path, source] of followed) {
      if (named.has(path) || wanted.some((one) => one.path === path)) continue;
      for (const item of source.end())
        if (item.type === 'lines') reader.feed(path, item, clock.now(), clock.monotonic());
      reader.close(path);
      followed.delete(path);
      void source.close();
    }
  };

  /** One look at every source; true while something is left to read. */
  const read = (): boolean => {
    const began = clock.monotonic();
    let more = false;
    for (const [path, source] of followed) {
      do {
        for (const item of source.poll(clock.monotonic(), POLL_BYTES)) {
          if (item.type === 'lines') reader.feed(path, item, clock.now(), clock.monotonic());
          else if (item.type === 'gap') reader.flush(path);
        }
      } while (source.status().behindBytes > 0 && clock.monotonic() - began < SLICE_MS);
      more ||= source.status().behindBytes > 0;
    }
    return more;
  };

  const save = (): void => {
    savedAt = clock.monotonic();
    const positions = new Map([...followed].map(([path, source]) => [path, source.position()]));
    checkpoints?.save(positions, clock.now());
  };

  const turn = (): void => {
    if (clock.monotonic() - discoveredAt >= DISCOVER_MS) discover();
    const more = read();
    reader.settle(clock.monotonic());
    if (clock.monotonic() - savedAt >= SAVE_MS) save();
    cancel = clock.after(more ? 0 : POLL_MS, turn);
  };

  return {
    start() {
      for (const path of options.files) name(path, (position) => openFile(path, { position }));
      for (const one of programs) name(one.path, one.source);
      turn();
    },
    take: events.take,
    sources(): LogSource[] {
      if (followed.size === 0) return nowhere === null ? [] : [nothing(scrub(nowhere))];
      return [...followed.values()].map((one) => sourceOf(one, scrub, clock.monotonic()));
    },
    traffic: () => reader.traffic(clock.monotonic()),
    gateway(now) {
      if (options.pids.length > 0 || String(now) === String(pids)) return;
      pids = now;
      // Where the log is depends on who writes it: look at once.
      if (cancel === null) return;
      cancel();
      discoveredAt = Number.NEGATIVE_INFINITY;
      turn();
    },
    async stop() {
      cancel?.();
      save();
      await Promise.all([...followed.values()].map((source) => source.close()));
    },
  };
}

function sourceOf(source: Source, scrub: Scrub, now: number): LogSource {
  const { state, why, lines, behindBytes, rotations, gaps, lastLineAt } = source.status();
  return {
    kind: source.kind,
    path: scrub(source.path),
    state,
    why: why === null ? null : scrub(why),
    lines,
    behindBytes,
    lastLineAgeS: lastLineAt === null ? null : Math.max(0, Math.round((now - lastLineAt) / 1000)),
    rotations,
    gaps,
  };
}

function nothing(why: SafeText): LogSource {
  return {
    kind: 'fd',
    path: literal('-'),
    state: 'NONE',
    why,
    lines: 0,
    behindBytes: 0,
    lastLineAgeS: null,
    rotations: 0,
    gaps: 0,
  };
}
