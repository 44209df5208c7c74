import type { LogEvent } from '../logs/types.ts';
import type { LogEventView } from './logs-view.ts';
import type { State } from './state.ts';

/** Events that faces can show: in number, and in characters of their records. */
export const LOG_EVENTS_KEPT = 2_000;
export const LOG_CHARS_KEPT = 8 * 1024 * 1024;
/** How often an event was counted is remembered for longer than the event itself: it may come once more. */
const COUNTED_KEPT = 4 * LOG_EVENTS_KEPT;

type Kept = Pick<State, 'events' | 'counted' | 'newestEventId'>;

/** The events with those that came or grew at the end: what was quiet the longest goes where the bound is reached. */
export function withEvents(state: Kept, events: readonly LogEvent[]): Kept {
  const ids = new Set(events.map((event) => event.id));
  const all = [...state.events.filter((event) => !ids.has(event.id)), ...events];
  const counted = new Map(state.counted);
  for (const { id, count } of events) {
    counted.delete(id);
    counted.set(id, count);
  }
  for (const id of counted.keys()) {
    if (counted.size <= COUNTED_KEPT) break;
    counted.delete(id);
  }
  const newestEventId = events.reduce((most, { id }) => Math.max(most, id), state.newestEventId);
  return { events: all.slice(firstKept(all)), counted, newestEventId };
}

function firstKept(events: readonly LogEvent[]): number {
  let chars = 0;
  let first = events.length;
  while (first > 0 && events.length - first < LOG_EVENTS_KEPT) {
    chars += events[first - 1]?.record.length ?? 0;
    if (chars > LOG_CHARS_KEPT && first < events.length) break;
    first -= 1;
  }
  return first;
}

// An event is never changed, only replaced: so its view, and the view of a list of them, are made once. The thread that
// tells faces of them sees by their identity what it has told already.
const views = new WeakMap<LogEvent, LogEventView>();
const lists = new WeakMap<readonly LogEvent[], LogEventView[]>();

/** The events as faces show them, oldest first: equal events give the same objects, an equal list the same list. */
export function eventViews(events: readonly LogEvent[]): LogEventView[] {
  const known = lists.get(events);
  if (known !== undefined) return known;
  const made = events.map((event) => {
    const view = views.get(event) ?? viewOf(event);
    views.set(event, view);
    return view;
  });
  lists.set(events, made);
  return made;
}

function viewOf(one: LogEvent): LogEventView {
  return {
    id: one.id,
    at: new Date(one.lastAt).toISOString(),
    firstAt: new Date(one.at).toISOString(),
    level: one.level,
    class: one.diagnosis?.class ?? null,
    text: one.text,
    record: one.record,
    fix: one.diagnosis?.fix ?? null,
    url: one.diagnosis?.url ?? null,
    count: one.count,
    model: one.diagnosis?.model ?? null,
    provider: one.diagnosis?.provider ?? null,
    old: one.old,
  };
}
