import { afterEach, describe, expect, it } from 'vitest';
import { UNICODE } from '../../components/glyphs.ts';
import { textOf } from '../../components/line.ts';
import { frameLines } from '../../components/screen.ts';
import { createStore, type WatchStore } from '../../hooks/store.ts';
import { createScrub, literal } from '../../src/text/scrub.ts';
import type { Snapshot } from '../../src/watch/snapshot.ts';
import { AT, sampleModel, sampleSnapshot } from '../components/sample.ts';
import { leastBeside } from '../support/least-time.ts';
import { type VirtualClock, virtualClock } from '../support/virtual-clock.ts';

let store: WatchStore;
let clock: VirtualClock;
let commits = 0;

function open(columns = 120, rows = 40): void {
  clock = virtualClock();
  commits = 0;
  store = createStore({
    clock,
    first: sampleSnapshot(),
    scrub: createScrub([]),
    fixed: { glyphs: UNICODE, curl: { url: 'http://localhost:4000', keyHeader: 'Authorization', keyVariable: null } },
    columns,
    rows,
  });
  store.subscribe(() => commits++);
}

afterEach(() => store.dispose());

const text = (): string => frameLines(store.get().screen, UNICODE).map(textOf).join('\n');

/** The sample `seconds` later, with another load. */
function later(seconds: number, cpuPct = 34): Snapshot {
  const { host } = sampleSnapshot();
  return sampleSnapshot({ at: new Date(Date.parse(AT) + seconds * 1000).toISOString(), host: { ...host, cpuPct } });
}

function withSummary(summary: string): Snapshot {
  const { verdict } = sampleSnapshot();
  return sampleSnapshot({ verdict: { ...verdict, summary: literal(summary) } });
}

describe('what is worth a frame', () => {
  it('is not a snapshot that looks the same', async () => {
    open();
    const tenTimes = async (): Promise<void> => {
      for (let turn = 0; turn < 10; turn++) {
        store.receive(sampleSnapshot());
        await clock.advance(1000);
      }
    };
    // The graph of the load fills first.
    await tenTimes();
    await clock.advance(6000);
    const before = commits;
    await tenTimes();
    expect(commits).toBe(before);
  });

  it('is a changed word, within a quarter of a second', async () => {
    open();
    await clock.advance(3000);
    store.receive(withSummary('one'));
    expect(commits).toBe(1);
    store.receive(withSummary('two'));
    expect(text()).toContain('one');
    await clock.advance(250);
    expect(text()).toContain('two');
    expect(commits).toBe(2);
  });

  it('is each answer in the first seconds, where every one is news', async () => {
    open();
    store.receive(withSummary('one'));
    await clock.advance(50);
    store.receive(withSummary('two'));
    expect(text()).toContain('two');
  });

  it('is four times a second at most, however much comes', async () => {
    open();
    await clock.advance(3000);
    for (let turn = 0; turn < 200; turn++) {
      store.receive(withSummary(`turn ${turn}`));
      await clock.advance(10);
    }
    expect(commits).toBeLessThanOrEqual(9);
    await clock.advance(250);
    expect(text()).toContain('turn 199');
  });

  it('is a figure that moves by itself once in five seconds', async () => {
    open();
    for (let second = 1; second <= 60; second++) {
      store.receive(later(second, 30 + (second % 9)));
      await clock.advance(1000);
    }
    expect(commits).toBeGreaterThanOrEqual(11);
    expect(commits).toBeLessThanOrEqual(13);
  });

  it('is told to a painter at once, to the others when it is quiet, and figures to the painter alone', async () => {
    open();
    await clock.advance(3000);
    let painted = 0;
    store.subscribePainter(() => painted++);
    store.receive(later(60, 70));
    await clock.advance(5000);
    expect([commits, painted]).toEqual([0, 1]);
    for (let turn = 0; turn < 40; turn++) {
      store.receive(withSummary(`news ${turn}`));
      await clock.advance(50);
    }
    expect(commits).toBe(0);
    expect(painted).toBeGreaterThanOrEqual(8);
    const before = painted;
    store.act({ kind: 'help' });
    expect([commits, painted]).toEqual([0, before + 1]);
    await clock.advance(1000);
    expect([commits, painted]).toEqual([1, before + 1]);
  });

  it('is a word at once though figures were waiting for their turn', async () => {
    open();
    store.receive(later(1, 50));
    await clock.advance(1000);
    store.receive(later(2, 60));
    const before = commits;
    store.receive(withSummary('news'));
    await clock.advance(250);
    expect(commits).toBe(before + 1);
    expect(text()).toContain('news');
  });

  it('is a key at once', () => {
    open();
    store.receive(withSummary('one'));
    store.act({ kind: 'help' });
    expect(text()).toContain('Help');
    expect(commits).toBe(2);
  });

  it('is not a key that changes nothing', () => {
    open();
    store.act({ kind: 'edge', to: 'first' });
    expect(commits).toBe(0);
  });
});

describe('what it says of its own', () => {
  it('says "refreshing" from the key on until the engine is done, and the ages drop', async () => {
    open();
    store.act({ kind: 'refresh' });
    expect(text()).toContain('[refreshing]');
    store.receive(sampleSnapshot({ refresh: { startedAt: AT, count: 1 } }));
    await clock.advance(3000);
    expect(text()).toContain('[refreshing]');
    expect(text()).toMatch(/CREDITS +10s/);
    const models = sampleSnapshot().models.map((model) => ({ ...model, ageS: 0 }));
    store.receive(sampleSnapshot({ models, refresh: { startedAt: null, count: 1 } }));
    await clock.advance(250);
    expect(text()).not.toContain('[refreshing]');
    expect(text()).toMatch(/CREDITS +now/);
    expect(text()).not.toMatch(/CREDITS +10s/);
  });

  it('does not say it for ever where the engine never answers', async () => {
    open();
    store.act({ kind: 'refresh' });
    await clock.advance(2500);
    expect(text()).not.toContain('[refreshing]');
  });

  it('says how long the engine has been silent', async () => {
    open();
    await clock.advance(9000);
    expect(text()).not.toContain('nothing new');
    await clock.advance(12_000);
    expect(text()).toMatch(/\[nothing new for (15|20)s\]/);
    store.receive(sampleSnapshot());
    await clock.advance(300);
    expect(text()).not.toContain('nothing new');
  });

  it('remembers the load for its graph', async () => {
    open();
    for (const [index, cpu] of [5, 50, 100].entries()) {
      store.receive(later(index + 1, cpu));
      await clock.advance(5000);
    }
    expect(text()).toMatch(/cpu 100% +▁▅█/);
  });
});

describe('a component', () => {
  it('keeps its object where its panel looks the same', async () => {
    open();
    const alerts = (): unknown =>
      store
        .get()
        .screen.body.flat()
        .find(({ place }) => place.id === 'alerts');
    const before = alerts();
    const models = sampleSnapshot().models.map((model) => ({ ...model, state: 'OK' as const }));
    store.receive(sampleSnapshot({ models }));
    await clock.advance(300);
    expect(alerts()).toBe(before);
  });

  it('does not make a frame of 1,000 models slower than twice one of 10', () => {
    const many = Array.from({ length: 1000 }, (_, index) => sampleModel(`model-${index}`, index % 9 ? 'OK' : 'DOWN'));
    open();
    const hundredFrames = (snapshots: Snapshot[]) => (): void => {
      for (let turn = 0; turn < 100; turn++) {
        store.receive(snapshots[turn % 2] as Snapshot);
        store.act({ kind: 'move', unit: 'row', step: turn % 2 ? 1 : -1 });
      }
    };
    const ofTen = hundredFrames([sampleSnapshot(), withSummary('other')]);
    const ofMany = hundredFrames([sampleSnapshot({ models: many }), { ...withSummary('other'), models: many }]);
    // The frame's own cost in Ink is the same for both and some ten times what is measured here.
    const { tookMs, limitMs } = leastBeside(ofTen, ofMany, (ten) => ten * 2 + 100);
    expect(tookMs).toBeLessThan(limitMs);
  });
});
