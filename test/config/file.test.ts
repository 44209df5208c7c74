import { describe, expect, it, test } from 'vitest';
import { resolveSettings } from '../../src/config/resolve.ts';
import { type World, world } from './world.ts';

const PATH = '/home/u/.config/skypiea-watchtower/config.yaml';
const load = (text: string, more: World = {}) =>
  resolveSettings({ flags: {} }, world({ ...more, files: { [PATH]: text } }));

async function errorsOf(text: string, more: World = {}): Promise<string[]> {
  const resolved = await load(text, more);
  return resolved.ok ? [] : resolved.errors;
}

describe('the config file', () => {
  it('holds every setting', async () => {
    const resolved = await load(
      [
        '# our gateway',
        'url: http://gw:4000/llm',
        'name: eu',
        'interval: 45',
        'chat-interval: 5m',
        'chat-model: gpt-4o-mini',
        'budget: 0.05',
        'pid: 12',
        'log-file:',
        '  - /a.log',
        '  - /b.log',
        'journal: litellm.service',
        'fail-on: crit',
        'wait-ok: 1m',
        'strict: true',
        'color: never',
        'ascii: yes',
        'no-state: true',
      ].join('\n'),
    );
    expect(resolved.ok && resolved.settings).toMatchObject({
      url: 'http://gw:4000/llm',
      name: 'eu',
      intervalMs: 45_000,
      chatIntervalMs: 300_000,
      chatModel: 'gpt-4o-mini',
      budgetUsd: 0.05,
      pid: 12,
      logFiles: ['/a.log', '/b.log'],
      journal: 'litellm.service',
      failOn: 'crit',
      waitOkMs: 60_000,
      strict: true,
      color: 'never',
      ascii: true,
      stateDir: null,
    });
    expect(resolved.ok && resolved.origins.journal).toBe(`${PATH} line 12`);
  });

  test.each([
    ['', 'empty'],
    ['# only a comment\n', 'a comment'],
    ['---\n', 'a document without content'],
    ['\ufeffname: x\n', 'a byte-order mark'],
    ['name: x\r\nport: 4001\r\n', 'CRLF'],
  ])('may be %j: %s', async (text) => {
    expect(await errorsOf(text)).toEqual([]);
  });

  test.each<[string, string, string]>([
    [
      'an unknown key',
      'name: x\nchat_intervall: 5m\n',
      `${PATH} line 2: unknown key "chat_intervall" (did you mean chat-interval?)`,
    ],
    ['a key in camel case', 'chatModel: x\n', `${PATH} line 1: unknown key "chatModel" (did you mean chat-model?)`],
    ['a strange key', 'zzzzzz: x\n', `${PATH} line 1: unknown key "zzzzzz"`],
    [
      'the key itself',
      '\nmaster-key: sk-1234567890\n',
      `${PATH} line 2: "master-key": the key does not belong in this file; use key-file, ./.env or LITELLM_MASTER_KEY`,
    ],
    ['a setting that says where the file is', 'config: x\n', `${PATH} line 1: unknown key "config"`],
    ['a list where a value is wanted', 'name: x\nport: [1, 2]\n', `${PATH} line 2: port must be a single value`],
    ['a setting without a value', 'port:\n', `${PATH} line 1: port must be a single value`],
    ['a map', 'log-file: {a: 1}\n', `${PATH} line 1: log-file must be a value or a list`],
    ['no map at all', '- a\n- b\n', `${PATH} line 1: must hold settings, one "name: value" a line`],
    ['a key given twice', 'port: 1\nport: 2\n', `${PATH} line 2: Map keys must be unique`],
    ['rules that are no list', 'rules: x\n', `${PATH} line 1: rules must be a list of rules`],
    ['a rule without a class', 'rules:\n  - match: x\n', `${PATH} line 2: rules [1] class is missing`],
    [
      'a rule with an unknown key',
      'rules:\n  - match: x\n    class: A_B\n    severty: crit\n',
      `${PATH} line 4: unknown key "severty" (did you mean severity?)`,
    ],
    [
      'a rule with a bad severity',
      'rules:\n  - match: x\n    class: A_B\n    severity: high\n',
      `${PATH} line 4: rules [1] severity must be info, warn or crit`,
    ],
    [
      'a rule with a bad link',
      'rules:\n  - {match: x, class: A_B}\n  - match: x\n    class: A_B\n    url: http://x\n',
      `${PATH} line 5: rules [2] url must begin with https://`,
    ],
    ['an empty match', 'ignore:\n  - match: ""\n', `${PATH} line 2: ignore [1] match is empty`],
  ])('with %s is refused, the line named', async (_name, text, told) => {
    expect(await errorsOf(text)).toEqual([told]);
  });

  it('that is no YAML is refused, the line named', async () => {
    const [line] = await errorsOf('name: x\nport: [1, 2\n');
    expect(line).toMatch(/config\.yaml line [23]: /);
  });

  it('that unfolds to gigabytes is refused', async () => {
    const levels = Array.from({ length: 12 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n}, `.repeat(12)}]`);
    const [line] = await errorsOf(`a0: &a0 [x]\n${levels.join('\n')}\n`);
    expect(line).toContain('holds too many aliases');
  });

  it('gives the rules with their defaults', async () => {
    const text = 'rules:\n  - match: overdue invoice\n    class: CREDITS\nignore:\n  - match: noise\n    kind: regex\n';
    const resolved = await load(text);
    expect(resolved.ok && resolved.settings.rules).toEqual([
      {
        match: 'overdue invoice',
        kind: 'words',
        class: 'CREDITS',
        severity: 'warn',
        fix: null,
        url: null,
        source: null,
        priority: 'before',
      },
    ]);
    expect(resolved.ok && resolved.settings.ignore).toEqual([{ match: 'noise', kind: 'regex', source: null }]);
  });

  it('has every rule checked by the one who knows, and names the line of a bad one', async () => {
    const text = 'rules:\n  - {match: good, class: A_B}\n  - {match: bad, class: A_B}\nignore:\n  - match: bad\n';
    const lines = await errorsOf(text, { checkRule: ({ match }) => (match === 'bad' ? 'match is bad' : null) });
    expect(lines).toEqual([`${PATH} line 3: rules [2] match is bad`, `${PATH} line 5: ignore [1] match is bad`]);
  });

  it('that was named must be there', async () => {
    const resolved = await resolveSettings({ flags: { config: 'c.yaml' } }, world({}));
    expect(resolved.ok ? [] : resolved.errors).toEqual([
      '--config "/srv/gw/c.yaml": does not exist (from flag --config)',
    ]);
  });
});
