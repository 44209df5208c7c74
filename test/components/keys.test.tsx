import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Action, KEYS } from '../../components/keys.ts';
import { type Mounted, mounted } from './mounted.tsx';
import { sampleModel, sampleSnapshot } from './sample.ts';

let view: Mounted;
beforeEach(() => {
  view = mounted({ snapshot: sampleSnapshot(), columns: 140, rows: 40 });
});
afterEach(() => view.unmount());

/** Bytes that terminals send for a key of the table. */
const BYTES: Readonly<Record<string, string>> = {
  return: '\r',
  escape: '\u001b',
  tab: '\t',
  'shift+tab': '\u001b[Z',
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  pageup: '\u001b[5~',
  pagedown: '\u001b[6~',
  home: '\u001b[H',
  end: '\u001b[F',
};

function bytesOf(name: string): string {
  const control = /^ctrl\+([a-z])$/.exec(name)?.[1];
  if (control !== undefined) return String.fromCharCode(control.charCodeAt(0) - 96);
  return BYTES[name] ?? name;
}

const ALL: [string, Action][] = KEYS.flatMap(({ keys, action }) => keys.map((key): [string, Action] => [key, action]));

describe('the table of keys', () => {
  it('gives no key twice', () => {
    const names = ALL.map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(ALL)('hears %s as a terminal sends it', async (name, action) => {
    await view.press(bytesOf(name));
    expect(view.actions).toEqual([action]);
  });

  it('hears arrows of terminals in application mode', async () => {
    await view.press('\u001bOB');
    expect(view.actions).toEqual([{ kind: 'move', unit: 'row', step: 1 }]);
  });

  it('hears each key where a slow link hands over several at once', async () => {
    await view.press('jj\r');
    expect(view.actions.map(({ kind }) => kind)).toEqual(['move', 'move', 'open']);
  });

  it('takes pasted text for no key at all', async () => {
    await view.press('\u001b[200~q\u001b[201~');
    await view.press('\u001b[200~query = "r"\n\u001b[201~');
    expect(view.actions).toEqual([]);
  });

  it('takes no long text for keys where pastes are not marked', async () => {
    await view.press('quit the server and restart it');
    expect(view.actions).toEqual([]);
  });

  it('takes answers of the terminal for no key', async () => {
    await view.press('\u001b[?62;22c');
    await view.press('\u001b[24;80R');
    await view.press('\u001b[I');
    expect(view.actions).toEqual([]);
  });

  it('stands whole in the help', async () => {
    await view.press('?');
    const help: string[] = [];
    for (let page = 0; page < 4; page++) {
      help.push(...view.lines());
      await view.press(' ');
    }
    for (const { label, help: text } of KEYS) {
      expect(
        help.some((line) => line.includes(label) && line.includes(text)),
        label,
      ).toBe(true);
    }
  });

  it('gives the footer its hints, fewer where the room shrinks', async () => {
    const wide = view.lines().at(-1) ?? '';
    for (const hint of ['q quit', 'r refresh', '? help', 'Enter details', 'x problems', 'z zoom']) {
      expect(wide).toContain(hint);
    }
    await view.resize(40, 12);
    const narrow = view.lines().at(-1) ?? '';
    expect(narrow).toContain('q quit');
    expect(narrow).not.toContain('z zoom');
  });
});

describe('on the screen', () => {
  const marked = (): string => view.lines().find((line) => line.includes('▸')) ?? '';

  it('j and k move the mark, g and G to the ends', async () => {
    expect(marked()).toContain('claude-haiku');
    await view.press('j');
    expect(marked()).toContain('claude-sonnet');
    await view.press('k');
    expect(marked()).toContain('claude-haiku');
    await view.press('G');
    expect(marked()).toContain('anthropic/*');
    await view.press('g');
    expect(marked()).toContain('claude-haiku');
  });

  it('the mark stays on its item when others come before it', async () => {
    await view.press('jjj');
    expect(marked()).toContain('gpt-4o');
    const { models } = sampleSnapshot();
    const worse = models.map((model) => (model.name === 'o4-mini' ? { ...model, state: 'DOWN' as const } : model));
    view.store.receive(sampleSnapshot({ models: worse }));
    await expect.poll(() => view.lines().findIndex((line) => line.includes('o4-mini'))).toBeLessThan(13);
    expect(marked()).toContain('gpt-4o');
  });

  it('Enter opens the details of the marked row, Esc and q close them', async () => {
    await view.press('j\r');
    expect(view.lines().join('\n')).toContain('Model claude-sonnet');
    await view.press('\u001b');
    expect(view.lines().join('\n')).not.toContain('Model claude-sonnet');
    await view.press('\r');
    await view.press('q');
    expect(view.lines().join('\n')).not.toContain('Model claude-sonnet');
  });

  it.each([
    ['1\r', ['Model claude-haiku', 'Insufficient credits', '"Authorization: Bearer $LITELLM_MASTER_KEY"', '14:02']],
    ['2\r', ['Process 4121', 'master', 'litellm --config config.yaml']],
    ['3\r', ['CREDITS openrouter', 'silence is not enough', 'OpenrouterException - code 402', 'top up', 'curl -sS']],
    [
      '4\r',
      ['Log event 99', 'record     Traceback (most recent call last):', `${' '.repeat(13)}File "a.py", line 3, in f`],
    ],
  ])('the details after %j hold what is known', async (keys, texts) => {
    await view.press(keys);
    for (const text of texts) expect(view.lines().join('\n')).toContain(text);
  });

  it('the details of a model with thousands of deployments tell the failing ones first and count the rest', async () => {
    const [deployment] = sampleModel('x', 'OK').deployments;
    if (deployment === undefined) throw new Error('the sample has a deployment');
    const deployments = Array.from({ length: 5000 }, () => deployment);
    deployments.push({ ...deployment, state: 'DOWN', class: 'AUTH_PROVIDER' });
    const models = [sampleModel('claude-haiku', 'DEGRADED', { deployments })];
    view.unmount();
    view = mounted({ snapshot: sampleSnapshot({ models }), columns: 140, rows: 40 });
    await view.press('\r');
    expect(view.lines().join('\n')).toContain('DOWN AUTH_PROVIDER');
    await view.press('G');
    expect(view.lines().join('\n')).toContain('and 4961 deployments more, 1 of all not OK');
  });

  it('z shows the focused panel alone and gives endpoints their table', async () => {
    await view.press('z');
    const text = view.lines().join('\n');
    expect(text).not.toContain('2 Resources');
    expect(text).toMatch(/liveliness +OK +200 +4ms/);
    expect(text).toMatch(/\/health +OK +200 +912ms/);
    await view.press('2');
    expect(view.lines().join('\n')).toContain('2 Resources');
    await view.press('\u001b');
    expect(view.lines().join('\n')).toContain('1 Health');
  });

  it('x hides what has no problem, and says so', async () => {
    await view.press('x');
    const text = view.lines().join('\n');
    expect(text).not.toContain('mistral-large');
    expect(text).toContain('claude-haiku');
    expect(text).toContain('[problems only]');
    await view.press('x');
    expect(view.lines().join('\n')).toContain('mistral-large');
  });

  it('Tab goes round the panels', async () => {
    const focused = (): string => /[━=] ?(\d) /.exec(view.lines().find((line) => /[━] \d/.test(line)) ?? '')?.[1] ?? '';
    const seen = [focused()];
    for (let turn = 0; turn < 4; turn++) {
      await view.press('\t');
      seen.push(focused());
    }
    expect(seen).toEqual(['1', '2', '3', '4', '1']);
  });

  it('r says that it refreshes', async () => {
    await view.press('r');
    expect(view.lines().at(-1)).toContain('[refreshing]');
  });
});
