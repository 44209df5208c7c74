import { compareScreens, samePanel } from '../components/compare.ts';
import type { Action } from '../components/keys.ts';
import { buildScreen, type PlacedContent, type ScreenInput, type ScreenModel } from '../components/screen.ts';
import { INITIAL_VIEW, reduceView, stepsOf, type ViewState } from '../components/view-state.ts';
import type { Clock } from '../src/clock.ts';
import type { SafeText, Scrub } from '../src/text/safe-text.ts';
import { literal, safe } from '../src/text/scrub.ts';
import type { Snapshot } from '../src/watch/snapshot.ts';

/** What is on the screen, as the components see it. */
export interface WatchState {
  readonly screen: ScreenModel;
  readonly view: ViewState;
  readonly snapshot: Snapshot;
}

export interface WatchStore {
  get(): WatchState;
  subscribe(listener: () => void): () => void;
  /**
   * Who paints without React, told of every change at once: a frame through Ink costs ten times as much, and no key may wait
   * for one. While there is a painter the others hear of a change only when nothing has changed for a moment, and not at all
   * of figures that move by themselves: they draw the same frame, and in an idle hour nearly all are of this kind.
   */
  subscribePainter(listener: () => void): () => void;
  /** A new snapshot: shown within a quarter of a second where something visible changed, else not at all. */
  receive(snapshot: Snapshot): void;
  /** A key: shown at once. */
  act(action: Action): void;
  /** A filter is being typed, and its line is on the screen: letters are text. */
  isTyping(): boolean;
  resize(columns: number, rows: number): void;
  /** The screen was away (Ctrl-Z): what is shown is as old as it says. */
  wake(): void;
  dispose(): void;
}

export interface StoreOptions {
  readonly clock: Clock;
  readonly first: Snapshot;
  readonly fixed: Pick<ScreenInput, 'glyphs' | 'curl'>;
  /** What is typed passes it too: a key of ours that is pasted must not be shown. */
  readonly scrub: Scrub;
  readonly columns: number;
  readonly rows: number;
}

/** A frame costs the same whatever changed in it: at most four a second, and one in five for figures alone. */
const CONTENT_MS = 250;
/** At the start every answer is news, and the first seconds are not the steady state. */
const START_MS = 2000;
const START_CONTENT_MS = 50;
const FIGURES_MS = 5000;
/** So long nothing changes before React draws what the painter has painted already. */
const FOLLOW_MS = 1000;
/** The engine speaks every second or two: after this it is called silent. */
const SILENT_MS = 10_000;
/** How long `r` says "refreshing" by itself, until the engine says so. */
const ASKED_MS = 2000;
const CPU_POINTS = 12;

/** Turns snapshots and keys into visible models, and tells its listeners only of those that look different. */
export function createStore({ clock, first, fixed, scrub, ...size }: StoreOptions): WatchStore {
  const listeners = new Set<() => void>();
  const painters = new Set<() => void>();
  let snapshot = first;
  let view = INITIAL_VIEW;
  let { columns, rows } = size;
  let cpuHistory: readonly number[] = [];
  const startedAt = clock.monotonic();
  let receivedAt = startedAt;
  let askedAt = Number.NEGATIVE_INFINITY;
  let committedAt = Number.NEGATIVE_INFINITY;
  let builtAt = Number.NEGATIVE_INFINITY;
  let cancelTimer: (() => void) | null = null;
  let cancelFollow: (() => void) | null = null;
  let cancelWatch = watchSilence();
  let state: WatchState = { screen: build(), view, snapshot };

  function build(): ScreenModel {
    return buildScreen({ ...fixed, snapshot, view, columns, rows, cpuHistory, notices: notices() });
  }

  function notices(): SafeText[] {
    const now = clock.monotonic();
    const list: SafeText[] = [];
    if (snapshot.refresh.startedAt !== null || now - askedAt < ASKED_MS) list.push(literal('refreshing'));
    const silentS = Math.floor((now - receivedAt) / 1000);
    if (silentS * 1000 >= SILENT_MS) list.push(safe`nothing new for ${Math.floor(silentS / 5) * 5}s`);
    return list;
  }

  function commit(screen: ScreenModel, difference: 'figures' | 'content'): void {
    cancelTimer?.();
    cancelTimer = null;
    committedAt = clock.monotonic();
    state = { screen: { ...screen, body: keepSame(state.screen.body, screen.body) }, view, snapshot };
    for (const painter of painters) painter();
    if (painters.size > 0 && difference === 'figures') return;
    cancelFollow?.();
    cancelFollow = null;
    if (painters.size > 0) cancelFollow = clock.after(FOLLOW_MS, tellListeners);
    else tellListeners();
  }

  function tellListeners(): void {
    cancelFollow = null;
    for (const listener of listeners) listener();
  }

  /** Shows what is new as soon as its kind allows. */
  function consider(): void {
    const now = clock.monotonic();
    const contentMs = now - startedAt < START_MS ? START_CONTENT_MS : CONTENT_MS;
    if (now < builtAt + contentMs) {
      later(builtAt + contentMs - now);
      return;
    }
    builtAt = now;
    const screen = build();
    const difference = compareScreens(state.screen, screen);
    if (difference === 'same') return;
    const waitMs = committedAt + (difference === 'content' ? contentMs : FIGURES_MS) - now;
    if (waitMs > 0) later(waitMs);
    else commit(screen, difference);
  }

  function later(ms: number): void {
    cancelTimer?.();
    cancelTimer = clock.after(ms, () => {
      cancelTimer = null;
      consider();
    });
  }

  function commitNow(): void {
    const screen = build();
    if (compareScreens(state.screen, screen) === 'same') state = { ...state, view };
    else commit(screen, 'content');
  }

  function watchSilence(): () => void {
    return clock.after(SILENT_MS / 2, () => {
      cancelWatch = watchSilence();
      consider();
    });
  }

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    subscribePainter(listener) {
      painters.add(listener);
      return () => painters.delete(listener);
    },
    receive(next) {
      snapshot = next;
      receivedAt = clock.monotonic();
      if (next.host.cpuPct !== null) cpuHistory = [...cpuHistory, next.host.cpuPct].slice(-CPU_POINTS);
      if (next.refresh.startedAt !== null) askedAt = Number.NEGATIVE_INFINITY;
      consider();
    },
    act(action) {
      if (action.kind === 'refresh' || action.kind === 'rediscover') {
        askedAt = clock.monotonic();
        clock.after(ASKED_MS, consider);
      }
      let { geometry } = state.screen;
      for (const [index, step] of stepsOf(view, action).entries()) {
        if (index > 0) ({ geometry } = build());
        view = reduceView(view, step, geometry, scrub);
      }
      commitNow();
    },
    isTyping: () => view.typing && state.screen.footer !== null,
    resize(nextColumns, nextRows) {
      columns = nextColumns;
      rows = nextRows;
      commit(build(), 'content');
      cancelFollow?.();
      tellListeners();
    },
    wake: commitNow,
    dispose() {
      cancelTimer?.();
      cancelFollow?.();
      cancelWatch();
      listeners.clear();
      painters.clear();
    },
  };
}

/** The same object for a panel that looks the same: its component need not render. */
function keepSame(before: ScreenModel['body'], after: ScreenModel['body']): ScreenModel['body'] {
  return after.map((row, at) =>
    row.map((content, index): PlacedContent => {
      const old = before[at]?.[index];
      return old !== undefined && samePanel(old, content) ? old : content;
    }),
  );
}
