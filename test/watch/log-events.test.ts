import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../src/diagnosis/types.ts';
import type { LogEvent, LogSource } from '../../src/logs/types.ts';
import { literal } from '../../src/text/scrub.ts';
import { buildSnapshot } from '../../src/watch/build-snapshot.ts';
import { createEventReceiver, createEventSender } from '../../src/watch/event-delta.ts';
import { LOG_CHARS_KEPT, LOG_EVENTS_KEPT } from '../../src/watch/log-events.ts';
import { reduce } from '../../src/watch/reduce.ts';
import { type Happening, initialState, type State } from '../../src/watch/state.ts';
import type { View } from '../../src/watch/view.ts';
import { emptyPurse } from '../../src/watch/wallet.ts';

const NOW = Date.parse('2026-11-24T14:00:00Z');
const FRAME = { gateway: literal('localhost:4000'), keyFrom: null, diagnose: () => null };
const VIEW: View = {
  name: literal('localhost:4000'),
  url: literal('http://localhost:4000'),
  mode: 'dashboard',
  demo: false,
  hasKey: true,
  keyFrom: null,
  limits: { capUsd: 0.1, capCalls: 1000, paidProbes: true },
  pid: 1,
  healthIntervalMs: 300_000,
};

const DIAGNOSIS: Diagnosis = {
  class: 'CREDITS',
  family: 'MONEY',
  severity: 'crit',
  confidence: 'high',
  provider: literal('openrouter'),
  model: literal('claude-sonnet'),
  entity: null,
  retryAfterS: null,
  resetAt: null,
  fix: literal('top up'),
  url: null,
  fingerprint: 'f',
  why: literal('w'),
  text: literal('out of credit'),
  probeArtefact: false,
} as unknown as Diagnosis;

function event(id: number, changes: Partial<LogEvent> = {}): LogEvent {
  return {
    id,
    at: NOW,
    atFrom: 'line',
    level: 'ERROR',
    diagnosis: DIAGNOSIS,
    text: literal(`event ${id}`),
    record: literal('record'),
    lines: 1,
    count: 1,
    lastAt: NOW,
    path: literal('/log'),
    offset: 0,
    old: false,
    ...changes,
  };
}

function source(changes: Partial<LogSource> = {}): LogSource {
  return {
    kind: 'file',
    path: literal('/log'),
    state: 'FOLLOWING',
    why: null,
    lines: 0,
    behindBytes: 0,
    lastLineAgeS: 0,
    rotations: 0,
    gaps: 0,
    ...changes,
  };
}

const start = (): State => initialState(NOW, emptyPurse(NOW), true);
const logs = (
  events: readonly LogEvent[],
  changes: Partial<Extract<Happening, { kind: 'logs' }>> = {},
): Extract<Happening, { kind: 'logs' }> => ({ kind: 'logs', events, sources: [source()], traffic: null, ...changes });
const stateAfter = (state: State, ...happenings: Happening[]): State =>
  happenings.reduce((one, happening) => reduce(one, happening, FRAME, NOW), state);
const told = (state: State, view = VIEW) => buildSnapshot(state, view, NOW).logs;
const range = (from: number, to: number): LogEvent[] =>
  Array.from({ length: to - from + 1 }, (_, index) => event(from + index));

describe('the events that are kept', () => {
  it('are bounded in number, what was quiet the longest goes, and how many went is told', () => {
    const state = stateAfter(
      start(),
      logs(range(1, LOG_EVENTS_KEPT)),
      logs([event(1, { count: 2 }), event(LOG_EVENTS_KEPT + 1)]),
    );
    const { events, dropped } = told(state);
    expect(events).toHaveLength(LOG_EVENTS_KEPT);
    expect(dropped).toBe(1);
    expect(events.slice(-2).map(({ id, count }) => [id, count])).toEqual([
      [1, 2],
      [LOG_EVENTS_KEPT + 1, 1],
    ]);
    expect(events[0]?.id).toBe(3);
  });

  it('are bounded in the characters of their records', () => {
    const record = literal('x'.repeat(60_000));
    const many = Math.ceil(LOG_CHARS_KEPT / record.length) + 50;
    const { events, dropped } = told(stateAfter(start(), logs(range(1, many).map((one) => ({ ...one, record })))));
    expect(events.length * record.length).toBeLessThanOrEqual(LOG_CHARS_KEPT);
    expect(events.length).toBeGreaterThan(100);
    expect(dropped).toBe(many - events.length);
  });

  it('count those that the log monitor itself could not hand on', () => {
    expect(told(stateAfter(start(), logs([event(1), event(900)]))).dropped).toBe(898);
  });

  it('are not counted as evidence once more when one that was dropped is seen again', () => {
    const first = stateAfter(start(), logs([event(1, { count: 40 })]));
    const [incident] = first.incidents.values();
    expect(incident?.count).toBe(40);
    const gone = stateAfter(first, logs(range(2, LOG_EVENTS_KEPT + 10).map((one) => ({ ...one, old: true }))));
    expect(told(gone).events.some(({ id }) => id === 1)).toBe(false);
    const again = stateAfter(gone, logs([event(1, { count: 41 })]));
    expect([...again.incidents.values()][0]?.count).toBe(41);
  });

  it('are history where they were there before: shown, and no evidence', () => {
    const state = stateAfter(start(), logs([event(1, { old: true })]));
    expect(told(state).events[0]?.old).toBe(true);
    expect(state.incidents.size).toBe(0);
  });

  it('are cut to the newest where they are printed, and those left out are counted', () => {
    const { events, dropped } = told(stateAfter(start(), logs(range(1, 500))), { ...VIEW, mode: 'once' });
    expect(events).toHaveLength(200);
    expect(events.at(-1)?.id).toBe(500);
    expect(dropped).toBe(300);
  });

  it('are the same objects in every snapshot until they change', () => {
    const state = stateAfter(start(), logs(range(1, 3)));
    const later = stateAfter(state, logs([event(2, { count: 2 })]));
    expect(told(state).events).toBe(told(stateAfter(state, logs([]))).events);
    expect(told(later).events[0]).toBe(told(state).events[0]);
  });
});

describe('between threads', () => {
  it('nothing goes where nothing changed, and only what changed otherwise', () => {
    const send = createEventSender();
    const receive = createEventReceiver();
    const state = stateAfter(start(), logs(range(1, 300)));
    const first = send(told(state).events);
    expect(first?.changed).toHaveLength(300);
    expect(receive(first)).toEqual(told(state).events);
    expect(send(told(stateAfter(state, { kind: 'tick' })).events)).toBeNull();

    const later = stateAfter(state, logs([event(7, { count: 2 }), event(301)]));
    const delta = send(told(later).events);
    expect(delta?.changed.map(({ id }) => id)).toEqual([7, 301]);
    expect(receive(structuredClone(delta))).toEqual(told(later).events);
    expect(receive(null)).toEqual(told(later).events);
  });

  it('what was dropped is forgotten at the other end too', () => {
    const send = createEventSender();
    const receive = createEventReceiver();
    const full = stateAfter(start(), logs(range(1, LOG_EVENTS_KEPT)));
    receive(send(told(full).events));
    const later = stateAfter(full, logs([event(LOG_EVENTS_KEPT + 1)]));
    expect(receive(send(told(later).events))).toHaveLength(LOG_EVENTS_KEPT);
  });
});

describe('silence', () => {
  const answer = { kind: 'answered', at: NOW, latencyMs: 4, status: 200, value: { alive: true } } as const;
  const alive: Happening = { kind: 'answer', endpoint: 'live', answer };
  const asked: Happening = { kind: 'answer', endpoint: 'models', answer: { ...answer, value: { names: [] } } };
  const traffic = {
    perSecond: 0,
    errorRatio: null,
    refusedRatio: null,
    latencyMs: null,
    lastAgeS: 400,
    usualPerSecond: 12,
    windowS: 60,
  };
  const snapshot = (state: State) => buildSnapshot(state, VIEW, NOW);

  it('of the log is said when our own questions leave no line, and is a problem and never an OK', () => {
    const heard = { ...traffic, lastAgeS: 40 };
    const quiet = stateAfter(
      start(),
      logs([], { sources: [source({ lines: 5 })], traffic: heard }),
      asked,
      asked,
      asked,
      logs([], { sources: [source({ lines: 5, lastLineAgeS: 40 })], traffic: heard }),
    );
    const { logs: view, watchtower, verdict } = snapshot(quiet);
    expect(view.logSilence).toMatchObject({ state: 'SILENT', forS: 40 });
    expect(watchtower.problems.map(({ code }) => code)).toContain('LOG_SILENT');
    expect(verdict).toMatchObject({ state: 'WARN', exit: 1 });
    expect(verdict.summary).toContain('log has been silent for 40s');
    const spoke = stateAfter(quiet, logs([], { sources: [source({ lines: 6, lastLineAgeS: 0 })], traffic: heard }));
    expect(snapshot(spoke).logs.logSilence.state).toBe('HEARD');
    expect(snapshot(spoke).watchtower.problems.map(({ code }) => code)).not.toContain('LOG_SILENT');
  });

  it('of the log is not said where our questions are left out of it, as those under /health often are', () => {
    const heard = { ...traffic, lastAgeS: 40 };
    const sources = [source({ lastLineAgeS: 60 })];
    const quiet = stateAfter(
      start(),
      ...Array.from({ length: 20 }, () => alive),
      logs([], { sources, traffic: heard }),
    );
    expect(snapshot(quiet).logs.logSilence.state).toBe('HEARD');
    const long = stateAfter(quiet, logs([], { sources: [source({ lastLineAgeS: 900 })], traffic: heard }));
    expect(snapshot(long).logs.logSilence.state).toBe('UNKNOWN');
  });

  it('of the log is not said while nobody knows that it has access lines, nor where no log is read', () => {
    const quiet = stateAfter(start(), asked, asked, asked, logs([], { sources: [source({ lastLineAgeS: 400 })] }));
    expect(snapshot(quiet).logs.logSilence).toMatchObject({ state: 'UNKNOWN' });
    const none = stateAfter(start(), logs([], { sources: [source({ state: 'NONE', lastLineAgeS: null })] }));
    expect(snapshot(none).logs.logSilence).toMatchObject({ state: 'UNKNOWN', why: 'no log is read' });
  });

  it('of the callers is the verdict where nothing worse is, and only while the gateway answers', () => {
    const away = stateAfter(start(), alive, logs([], { traffic }));
    const { logs: view, verdict } = snapshot(away);
    expect(view.trafficSilence).toMatchObject({ state: 'SILENT', forS: 400 });
    expect(view.traffic).toMatchObject({ usualPerSecond: 12, p50Ms: null });
    expect(verdict.state).toBe('WARN');
    expect(verdict.summary).toContain('no caller has come for 6m');
    const refused = {
      code: 'REFUSED',
      text: literal('refused'),
      detail: null,
      next: literal('start it'),
      status: null,
      retryAfterS: null,
    } as const;
    const gone = stateAfter(away, {
      kind: 'answer',
      endpoint: 'live',
      answer: { kind: 'failed', at: NOW, latencyMs: 1, status: null, failure: refused },
    });
    expect(snapshot(gone).logs.trafficSilence.state).toBe('UNKNOWN');
  });
});
