import type { Scrub } from '../text/safe-text.ts';
import { createBoundedMap } from './bounded-map.ts';
import { eventOf, grown } from './event.ts';
import type { Happening } from './records/happening.ts';
import type { LogEvent } from './types.ts';

/** Events that are remembered, for those that fold into them: in number and in characters of their records. */
const EVENTS_KEPT = 2_000;
const EVENT_CHARS_KEPT = 16 * 1024 * 1024;

/** The events of a log monitor. What was quiet the longest is forgotten first. */
export interface RecentEvents {
  /** As `EventReaderTools.onEvent` tells it. */
  add(path: string, happening: Happening, again: boolean, log: string): void;
  /** Those that came or grew since the last call, oldest first. */
  take(): LogEvent[];
}

/** Ids grow by one, from 1. */
export function createRecentEvents(scrub: Scrub): RecentEvents {
  const newest = createBoundedMap<string, LogEvent>(EVENTS_KEPT, EVENT_CHARS_KEPT, charsOf);
  const changed = createBoundedMap<number, LogEvent>(EVENTS_KEPT, EVENT_CHARS_KEPT, charsOf);
  let nextId = 1;
  return {
    add(path, happening, again, log) {
      const key = `${log} ${happening.failure.fingerprint}`;
      const before = newest.get(key);
      const event =
        again && before !== undefined
          ? grown(before, happening.record.time.at)
          : eventOf(nextId++, path, happening, scrub);
      newest.set(key, event);
      changed.set(event.id, event);
    },
    take() {
      const events = [...changed.values()];
      changed.clear();
      return events;
    },
  };
}

const charsOf = ({ record }: LogEvent): number => record.length;
