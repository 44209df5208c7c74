import { afterEach, describe, expect, it, vi } from 'vitest';
import { UNICODE } from '../../components/glyphs.ts';
import type { Action } from '../../components/keys.ts';
import { textOf } from '../../components/line.ts';
import { PANELS } from '../../components/panel-content.ts';
import { frameLines } from '../../components/screen.ts';
import { paint } from '../../components/theme.ts';
import { encodeFrame, toFrame } from '../../src/terminal/frame-diff.ts';
import { widthOf } from '../../src/text/width.ts';
import { emptySnapshot, hostileSnapshot } from './hostile.ts';
import { type Mounted, mounted } from './mounted.tsx';
import { sampleSnapshot } from './sample.ts';

// As the dashboard does before it loads Ink: whether there is colour is our decision, not the environment's.
vi.hoisted(() => {
  process.env.FORCE_COLOR = '1';
});

/** The ladder, its edges from below, and what nobody has but some script sets. */
const SIZES: readonly (readonly [number, number])[] = [
  [140, 40],
  [139, 40],
  [200, 60],
  [100, 30],
  [99, 30],
  [120, 40],
  [80, 24],
  [79, 24],
  [80, 23],
  [60, 16],
  [59, 16],
  [40, 12],
  [39, 12],
  [20, 5],
  [10, 2],
  [10, 1],
  [1, 1],
  [500, 200],
];

/** The edges from below look like their neighbours. */
function isStep([columns, rows]: readonly [number, number]): boolean {
  return columns % 10 === 0 && rows !== 23 && columns < 500;
}

const SNAPSHOTS = { sample: sampleSnapshot(), hostile: hostileSnapshot(), empty: emptySnapshot() } as const;

/** Every panel, zoomed and not, with its detail from first to last line, problems only, and the help. */
const TOUR: readonly Action[] = [
  { kind: 'problems' },
  { kind: 'problems' },
  ...aroundPanels(),
  { kind: 'zoom' },
  ...aroundPanels(),
  { kind: 'help' },
  { kind: 'edge', to: 'last' },
];

function aroundPanels(): Action[] {
  return PANELS.flatMap((panel): Action[] => [
    { kind: 'focus', panel },
    { kind: 'edge', to: 'last' },
    { kind: 'open' },
    { kind: 'edge', to: 'last' },
    { kind: 'back' },
    { kind: 'filter' },
    { kind: 'type', text: 'gpt 通义千问 👩‍👩‍👧‍👦 \u001b[2J\u202e' },
    { kind: 'type', text: '模型'.repeat(400) },
    { kind: 'keep-filter' },
    { kind: 'jump', to: 'error', step: 1 },
    { kind: 'focus', panel },
    { kind: 'back' },
    { kind: 'subject' },
    { kind: 'back' },
  ]);
}

let view: Mounted | null = null;
afterEach(() => {
  view?.unmount();
  view = null;
});

/** Control characters of both sets, and those that turn the direction of reading. */
const HARMFUL = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

function expectFits(lines: readonly string[], columns: number, rows: number): void {
  expect(lines.length).toBeLessThanOrEqual(rows);
  for (const line of lines) {
    expect(widthOf(line), line).toBeLessThanOrEqual(columns);
    expect(line).not.toMatch(HARMFUL);
  }
}

/** Colours and weights too: not one byte is needed to go from the painted frame to React's. */
function expectSameFrame({ store, frames }: Mounted, columns: number, rows: number): void {
  const painted = frameLines(store.get().screen, UNICODE).map((line) => paint(line, true));
  const before = toFrame(painted.join('\n'), columns, rows);
  expect(encodeFrame(before, toFrame(frames.at(-1) ?? '', columns, rows))).toBe('');
}

describe.each(Object.keys(SNAPSHOTS) as (keyof typeof SNAPSHOTS)[])('%s data', (name) => {
  const snapshot = SNAPSHOTS[name];

  it.each(SIZES.filter(isStep))('fits %i by %i in every state of the view', async (columns, rows) => {
    view = mounted({ snapshot, columns, rows });
    for (const action of TOUR) {
      view.store.act(action);
      expectFits(frameLines(view.store.get().screen, UNICODE).map(textOf), columns, rows);
    }
    // React draws the same: what it shows after the tour, and below the first frame at every size.
    await view.act({ kind: 'repaint' });
    expectFits(view.lines(), columns, rows);
    expectSameFrame(view, columns, rows);
  });

  it.each(SIZES)('is the same frame before React as with it, at %i by %i', (columns, rows) => {
    view = mounted({ snapshot, columns, rows });
    expectSameFrame(view, columns, rows);
  });
});

describe('the ladder', () => {
  const at = (columns: number, rows: number): string => {
    view = mounted({ snapshot: sampleSnapshot(), columns, rows });
    return view.lines().join('\n');
  };

  it('shows four panels side by side at 140x40', () => {
    const rows = at(140, 40).split('\n');
    expect(rows.find((line) => line.includes('1 Health'))).toContain('2 Resources');
    expect(rows.find((line) => line.includes('3 Alerts'))).toContain('4 Log events');
  });

  it('shows two columns and the log below at 100x30', () => {
    const rows = at(100, 30).split('\n');
    expect(rows.find((line) => line.includes('1 Health'))).toContain('2 Resources');
    expect(rows.find((line) => line.includes('4 Log events'))).not.toContain('3 Alerts');
  });

  it('stacks models, alerts, one line of the machine and the log at 80x24', () => {
    const text = at(80, 24);
    expect(text).toMatch(/1 Health.*3 Alerts.*cpu 34%.*4 Log events/s);
    expect(text).not.toContain('2 Resources');
  });

  it('shows one panel and the names of the others at 60x16', () => {
    const text = at(60, 16);
    expect(text).toContain('1 Health   2 Resources   3 Alerts   4 Logs');
    expect(text.match(/━ 1 Health/g)).toHaveLength(1);
    expect(text).not.toContain('3 Alerts ─');
  });

  it('shows the sentence, counts and the worst incidents at 40x12', () => {
    const text = at(40, 12);
    expect(text).toContain('CRIT');
    expect(text).toContain('3 down');
    expect(text).toContain('CREDITS openrouter 3 models');
    expect(text).toContain('q quit');
  });

  it('says it in one sentence below that', () => {
    expect(at(20, 5).replaceAll(/\s+/g, ' ')).toContain('CRIT 4/11 up - OpenRouter account is out');
  });

  it('says at every size that a simulated gateway is one', () => {
    for (const [columns, rows] of SIZES.filter(([width]) => width >= 20)) {
      view = mounted({ snapshot: sampleSnapshot({ demo: true }), columns, rows });
      expect(view.lines().join('\n'), `${columns}x${rows}`).toMatch(/\bdemo\b/);
      view.unmount();
    }
  });

  it('keeps the state words and the wallet where columns fall', () => {
    for (const [columns, rows] of [
      [140, 40],
      [100, 30],
      [80, 24],
      [60, 16],
    ] as const) {
      const text = at(columns, rows);
      expect(text).toContain('DEGRADED');
      expect(text).toMatch(/0\.0003/);
      view?.unmount();
    }
  });

  it('fills the terminal after it grew and after it shrank', async () => {
    view = mounted({ snapshot: sampleSnapshot(), columns: 80, rows: 24 });
    await view.resize(140, 40);
    expect(view.lines()).toHaveLength(40);
    await view.resize(60, 16);
    expect(view.lines()).toHaveLength(16);
    expectFits(view.lines(), 60, 16);
  });
});
