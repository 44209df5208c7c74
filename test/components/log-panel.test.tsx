import { afterEach, describe, expect, it } from 'vitest';
import { literal } from '../../src/text/scrub.ts';
import { widthOf } from '../../src/text/width.ts';
import type { LogEventView, LogsView } from '../../src/watch/logs-view.ts';
import { type Mounted, type MountedOptions, mounted } from './mounted.tsx';
import { sampleEvent, sampleLogs, sampleSnapshot } from './sample.ts';

let view: Mounted;
afterEach(() => view.unmount());

const BACKSPACE = '\u007f';
const ESCAPE = '\u001b';
const CTRL_U = '\u0015';
const CTRL_W = '\u0017';

/** A failure of a model, one of five a warning. */
function event(id: number, changes: Partial<LogEventView> = {}): LogEventView {
  const model = ['gpt-4o', 'claude-sonnet'][id % 2] ?? '';
  return sampleEvent(id, {
    level: id % 5 === 4 ? 'WARNING' : 'ERROR',
    model: literal(model),
    provider: literal(id % 2 === 0 ? 'openai' : 'openrouter'),
    text: literal(`case ${id} failed`),
    count: 1,
    ...changes,
  });
}

const range = (from: number, to: number): LogEventView[] =>
  Array.from({ length: to - from + 1 }, (_, index) => event(from + index));

function open(logs: Partial<LogsView>, options: Partial<MountedOptions> = {}): void {
  view = mounted({ snapshot: sampleSnapshot({ logs: sampleLogs(logs) }), columns: 120, rows: 40, ...options });
}

/** A snapshot later, shown at once. */
async function come(events: LogEventView[], changes: Partial<LogsView> = {}): Promise<void> {
  const before = view.store.get().snapshot;
  view.store.receive({ ...before, logs: sampleLogs({ events, ...changes }) });
  view.store.wake();
  await view.press('');
}

const text = (): string => view.lines().join('\n');
const title = (): string => view.lines().find((line) => line.includes('4 Log events')) ?? '';
const footer = (): string => view.lines().at(-1) ?? '';
const marked = (): string => view.lines().find((line) => line.includes('▸')) ?? '';
const shown = (): number[] => [...text().matchAll(/case (\d+) failed/g)].map(([, id]) => Number(id));

describe('the newest event', () => {
  it('stands at the bottom, is selected and followed', async () => {
    open({ events: range(1, 60) });
    await view.press('4z');
    expect(marked()).toContain('case 60 failed');
    expect(shown().at(-1)).toBe(60);
    expect(title()).toContain('following');
    await come(range(1, 61));
    expect(marked()).toContain('case 61 failed');
  });

  it('is left by moving off it: what is read stands still, and how many are new is said', async () => {
    open({ events: range(1, 60) });
    await view.press('4z');
    await view.press('kk');
    const before = shown();
    expect(marked()).toContain('case 58 failed');
    expect(title()).toContain('paused, G follows');
    await come(range(1, 63));
    expect(shown()).toEqual(before);
    expect(marked()).toContain('case 58 failed');
    expect(title()).toContain('+3 new, G follows');
    await view.press('G');
    expect(marked()).toContain('case 63 failed');
    expect(title()).toContain('following');
  });

  it('is followed again by going down to it', async () => {
    open({ events: range(1, 60) });
    await view.press('4k');
    await view.press('j');
    expect(title()).toContain('following');
  });

  it('is an event seen again, which keeps its place while one reads', async () => {
    open({ events: range(1, 9) });
    await view.press('4z');
    await come([...range(1, 2), ...range(4, 9), event(3, { count: 2 })]);
    expect(shown()).toEqual([1, 2, 4, 5, 6, 7, 8, 9, 3]);
    await view.press('k');
    await come([...range(1, 2), ...range(5, 9), event(3, { count: 2 }), event(4, { count: 2 })]);
    expect(shown()).toEqual([1, 2, 4, 5, 6, 7, 8, 9, 3]);
    expect(marked()).toContain('case 9 failed');
    await view.press('G');
    expect(shown()).toEqual([1, 2, 5, 6, 7, 8, 9, 3, 4]);
  });

  it('leaves the mark beside an event that is no longer kept, and the bound is said when it is reached', async () => {
    open({ events: range(1, 60) });
    await view.press('4z');
    expect(title()).not.toContain('dropped');
    await view.press('kk');
    await come(range(59, 90), { dropped: 1234 });
    expect(marked()).toContain('case 59 failed');
    expect(title()).toContain('oldest 1,234 dropped');
  });
});

describe('a filter', () => {
  it('is live, says how much it matches, and ends with Enter or Esc', async () => {
    open({ events: range(1, 20) });
    await view.press('4');
    await view.press('/claude');
    expect(footer()).toMatch(/\/claude +10 of 20 +Enter keep +Esc clear/);
    expect(title()).toContain('filter: claude, 10 of 20');
    expect(shown()).not.toContain(20);
    await view.press('\r');
    expect(footer()).toContain('q quit');
    expect(title()).toContain('filter: claude, 10 of 20');
    await view.press(ESCAPE);
    expect(title()).not.toContain('filter');
    expect(shown()).toContain(20);
  });

  it('is case-insensitive, inverted by !, and looks into the record', async () => {
    open({ events: [...range(1, 4), event(5, { record: literal('Traceback\n  File "needle.py"') })] });
    await view.press('4/NEEDLE');
    expect(title()).toContain('1 of 5');
    await view.press(`${CTRL_U}!needle`);
    expect(title()).toContain('filter: !needle, 4 of 5');
    await view.press(CTRL_U);
    expect(shown()).toHaveLength(5);
  });

  it('takes every letter as text: no key of the table is heard', async () => {
    open({ events: range(1, 4) });
    await view.press('4/');
    view.actions.splice(0);
    await view.press('qrRx?zg');
    await view.press(' ');
    await view.press('\t');
    await view.press('\u001b[C');
    expect(view.actions.every(({ kind }) => kind === 'type')).toBe(true);
    expect(footer()).toContain('/qrRx?zg ');
  });

  it('is left by Ctrl-C from anywhere, also in the middle of what a slow link hands over', async () => {
    open({ events: [] });
    await view.press('4/abc\u0003');
    expect(view.actions.at(-1)).toEqual({ kind: 'quit' });
  });

  it('goes back by letters as one sees them, by words, and as a whole', async () => {
    open({ events: range(1, 4) });
    await view.press('4/通义 👩‍👩‍👧‍👦');
    await view.press(BACKSPACE);
    expect(footer()).toMatch(/^ \/通义 {2}/);
    await view.press(`${BACKSPACE}${BACKSPACE}`);
    expect(footer()).toMatch(/^ \/通 /);
    await view.press('one two');
    await view.press(CTRL_W);
    expect(footer()).toMatch(/^ \/通one /);
    await view.press(CTRL_U);
    expect(footer()).toMatch(/^ \/ /);
  });

  it('takes what is pasted, marked or not, as one line of harmless text, and nothing in it as a key', async () => {
    open({ events: range(1, 4) });
    await view.press('4/');
    view.actions.splice(0);
    await view.press('\u001b[200~one\nq\r\u001b[2Jtwo\u202e\u0007\u001b[201~');
    expect(footer()).toContain('/one q two');
    await view.press(CTRL_U);
    await view.press('first line\rq\rr and a long tail of a paste');
    await view.press('ab\rq');
    expect(view.actions.map(({ kind }) => kind).filter((kind) => kind !== 'type')).toEqual(['erase']);
    expect(footer()).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  it('cuts what is endless, and shows its end where it is typed and its beginning in the title', async () => {
    open({ events: range(1, 4) });
    await view.press('4/');
    await view.press(`\u001b[200~begin${'x'.repeat(100_000)}\u001b[201~`);
    expect(view.store.get().view.panels.logs.filter.length).toBeLessThanOrEqual(101);
    await view.resize(60, 16);
    expect(footer()).toMatch(/^ \/…x+/);
    expect(text()).toContain('filter: beginx');
  });

  it('shows no secret that is pasted into it', async () => {
    open({ events: range(1, 4) });
    await view.press('4/');
    await view.press('\u001b[200~sk-proj-abcdefghijklmnopqrstuvwxyz0123456789\u001b[201~');
    expect(text()).not.toContain('abcdefghijklmnopqrstuvwxyz');
  });

  it('is no expression: what would stall one is plain text', async () => {
    const endless = event(1, { record: literal('a'.repeat(60_000)) });
    open({ events: [endless, ...range(2, 4)] });
    const began = performance.now();
    await view.press('4/(a+)+$');
    expect(title()).toContain('0 of 4');
    expect(text()).toContain('no event matches the filter');
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('works in every panel, and hides no open incident from the count', async () => {
    open({ events: range(1, 4) });
    await view.press('1/gpt\r');
    expect(text()).toContain('filter: gpt, 2 of 11');
    expect(text()).not.toContain('claude-haiku  ');
    await view.press('2/query\r');
    expect(text()).toContain('filter: query, 1 of 4');
    await view.press('3/rate\r');
    expect(text()).toMatch(/3 Alerts .*filter: rate, 1 of 3 ━ 2 open, 1 hidden/);
    expect(view.lines()[0]).toContain('CRIT');
  });

  it.each([
    [140, 40],
    [100, 30],
    [80, 24],
    [60, 16],
    [40, 12],
  ])('is seen while it is typed and afterwards at %i by %i, and nothing is wider', async (columns, rows) => {
    open({ events: range(1, 60) }, { columns, rows });
    await view.press('4/失敗 case');
    expect(footer()).toContain('/失敗 case');
    expect(footer()).toContain('0 of 60');
    for (const line of view.lines()) expect(widthOf(line)).toBeLessThanOrEqual(columns);
    await view.press(`${CTRL_U}case 5`);
    await view.press('\r');
    expect(text()).toMatch(/filter: cas.*, 11 of 60/);
    expect(marked()).toContain('59');
    for (const line of view.lines()) expect(widthOf(line)).toBeLessThanOrEqual(columns);
  });

  it('is no trap where its line has no place: letters are keys again', async () => {
    open({ events: range(1, 4) });
    await view.press('4/ab');
    await view.resize(20, 5);
    await view.press('q');
    expect(view.actions.at(-1)).toEqual({ kind: 'close-or-quit' });
    await view.resize(80, 24);
    expect(footer()).toContain('/ab');
  });

  it('begins anew at the next /', async () => {
    open({ events: range(1, 4) });
    await view.press('4/gpt\r');
    await view.press('/cl');
    expect(footer()).toMatch(/^ \/cl /);
  });
});

describe('e E w W n N', () => {
  const id = (): number => Number(/case (\d+) failed/.exec(marked())?.[1]);

  it('go from error to error and from warning to warning, and say where there is none', async () => {
    open({ events: range(1, 20) });
    await view.press('4');
    await view.press('W');
    expect(id()).toBe(19);
    await view.press('W');
    expect(id()).toBe(14);
    await view.press('w');
    expect(id()).toBe(19);
    await view.press('w');
    expect(title()).toContain('no later warning');
    await view.press('E');
    expect(id()).toBe(18);
    await view.press('e');
    expect(id()).toBe(20);
    await view.press('g');
    await view.press('E');
    expect(title()).toContain('no earlier error');
    await view.press('j');
    expect(title()).not.toContain('no earlier error');
  });

  it('bring the log into focus from elsewhere, on the newest of the kind where nothing is further on', async () => {
    open({ events: range(1, 18) });
    await view.press('w');
    expect(title()).toContain('━ 4 Log events');
    expect(id()).toBe(14);
    await view.press('1');
    await view.press('e');
    expect(id()).toBe(15);
  });

  it('close what lies over the log, and take the screen where it has no place of its own', async () => {
    open({ events: range(1, 18) }, { columns: 40, rows: 12 });
    expect(text()).not.toContain('4 Log events');
    await view.press('?E');
    expect(title()).not.toBe('');
    expect(id()).toBe(18);
    await view.press(ESCAPE);
    expect(text()).not.toContain('4 Log events');
  });

  it('find the matches of a filter that was kept, also when all are shown again', async () => {
    open({ events: range(1, 12) });
    await view.press('4zn');
    expect(title()).toContain('nothing to look for: / sets a filter');
    await view.press('/case 1\r');
    await view.press('N');
    expect(id()).toBe(11);
    await view.press(ESCAPE);
    await view.press('g');
    expect(shown()).toHaveLength(12);
    await view.press('n');
    expect(id()).toBe(10);
    await view.press('nn');
    expect(id()).toBe(12);
    await view.press('n');
    expect(title()).toContain('no later match');
  });

  it('find matches in another panel that has a filter', async () => {
    open({ events: range(1, 12) });
    await view.press('1/gpt\r');
    await view.press('n');
    expect(marked()).toContain('gpt-4o-mini');
  });

  it('say that there is none at all', async () => {
    open({ events: [] });
    await view.press('e');
    expect(title()).toContain('no error');
  });
});

describe('L', () => {
  it('shows the events of the selected model, says so, and Esc shows all', async () => {
    open({ events: range(1, 20) });
    await view.press('1');
    await view.press('j');
    expect(marked()).toContain('claude-sonnet');
    await view.press('L');
    expect(title()).toContain('only: model claude-sonnet');
    expect(shown()).toEqual(shown().filter((one) => one % 2 === 1));
    expect(marked()).toContain('case 19 failed');
    await view.press(ESCAPE);
    expect(title()).not.toContain('only:');
    expect(shown()).toContain(20);
  });

  it('takes an event that names only the provider for one of each model of it, and of no other', async () => {
    const whole = event(21, { model: null, provider: literal('openrouter') });
    open({ events: [...range(1, 4), whole, event(22, { model: null, provider: literal('groq') })] });
    await view.press('1jL');
    expect(shown()).toEqual([1, 3, 21]);
  });

  it('shows the events of an incident, from its details too', async () => {
    open({ events: range(1, 10) });
    await view.press('3\r');
    expect(text()).toContain('CREDITS openrouter');
    await view.press('L');
    expect(title()).toContain('only: provider openrouter');
    expect(shown()).toEqual([1, 3, 5, 7, 9]);
  });

  it('says where it is of no use', async () => {
    open({ events: range(1, 10) });
    await view.press('2L');
    expect(text()).toContain('L is for a model or an alert: select one');
  });

  it('says that nothing is known of a model that the log does not name', async () => {
    open({ events: range(1, 10).map((one) => ({ ...one, model: null, provider: null })) });
    await view.press('1L');
    expect(text()).toContain('no event of model claude-haiku (Esc shows all)');
  });
});

describe('the rows', () => {
  it('mark history in a word, tell another day by its date, and the details say that it alerts nobody', async () => {
    const yesterday = new Date(Date.parse(sampleSnapshot().at) - 36 * 3_600_000);
    open({ events: [event(1, { old: true, at: yesterday.toISOString() }), event(2)] });
    await view.press('4z');
    const pad = (value: number): string => String(value).padStart(2, '0');
    expect(text()).toContain(`${pad(yesterday.getMonth() + 1)}-${pad(yesterday.getDate())} `);
    expect(text()).toMatch(/ERROR old CREDITS gpt-4o|ERROR old CREDITS claude-sonnet/);
    await view.press('k\r');
    expect(text()).toContain('it was in the log before the watchtower looked');
  });

  it('open the whole record with its traceback and its diagnosis', async () => {
    const record = literal(
      `head\n${Array.from({ length: 900 }, (_, line) => `  File "/app/module_${line}.py", line ${line}`).join('\n')}\nthe last words`,
    );
    open({ events: [event(1, { record, count: 7 })] });
    await view.press('4\r');
    expect(text()).toContain('top up');
    expect(text()).toContain('7 times');
    await view.press('G');
    expect(text()).toContain('the last words');
  });

  it('keep the age of the last line and what was lost in sight where the path is long', () => {
    const [source] = sampleLogs().sources;
    if (source === undefined) throw new Error('the sample has a source');
    const path = literal(`/var/lib/docker/containers/${'0123456789abcdef'.repeat(4)}/log/gateway.log`);
    open({ sources: [{ ...source, path, behindBytes: 2_000_000, gaps: 1, rotations: 2 }] }, { columns: 80, rows: 24 });
    expect(text()).toMatch(/fd ….*gateway\.log following, last line now, 1\.9M behind, rotated 2 times, 1 gap/);
  });

  it('say that the log is silent before anything else', () => {
    open({ logSilence: { state: 'SILENT', forS: 90, why: literal('no line for 90 s') } });
    expect(text()).toContain('SILENT fd');
  });
});
