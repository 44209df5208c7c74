import type { LogEventView } from './logs-view.ts';

/** What changed in the list of events since it was told last. */
export interface EventsDelta {
  /** The whole list by its ids, oldest first. */
  order: number[];
  /** Those of them that are new, or not as they were told. */
  changed: LogEventView[];
}

/**
 * Between threads everything is copied: thousands of events with their tracebacks are not, four times a second. The
 * returned function gives null where the list is the one that was told last.
 */
export function createEventSender(): (events: readonly LogEventView[]) => EventsDelta | null {
  let last: readonly LogEventView[] = [];
  return (events) => {
    if (events === last) return null;
    const told = new Set(last);
    last = events;
    return { order: events.map(({ id }) => id), changed: events.filter((event) => !told.has(event)) };
  };
}

/** The other end: the list as it was sent, the same objects for what did not change. */
export function createEventReceiver(): (delta: EventsDelta | null) => LogEventView[] {
  let events: LogEventView[] = [];
  return (delta) => {
    if (delta === null) return events;
    const byId = new Map([...events, ...delta.changed].map((event) => [event.id, event]));
    events = delta.order.flatMap((id) => byId.get(id) ?? []);
    return events;
  };
}
