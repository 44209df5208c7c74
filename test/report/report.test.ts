import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../src/report/exit-code.ts';
import { createMonitorReport } from '../../src/report/monitor.ts';
import { renderJson } from '../../src/report/once-json.ts';
import { renderOnce } from '../../src/report/once-text.ts';
import { createScrub, literal } from '../../src/text/scrub.ts';
import type { LogsView } from '../../src/watch/logs-view.ts';
import { lookOnce } from '../../src/watch/look-once.ts';
import type { Snapshot } from '../../src/watch/snapshot.ts';
import { sampleLogs } from '../components/sample.ts';
import { deployment, type FakeWorld, fakeWorld } from '../support/fake-world.ts';

const PLAIN = { color: false, ascii: false };
/** No C0 but LF and TAB, no DEL, no C1, no bidirectional control. */
const HARMFUL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

async function look(change: (world: FakeWorld) => void = () => {}): Promise<Snapshot> {
  const world = fakeWorld();
  world.options = { ...world.options, view: { ...world.options.view, mode: 'once' } };
  change(world);
  const looking = lookOnce(world.options, world.deps, 20_000);
  await world.clock.advance(1_000);
  return looking;
}

const emptyWallet = (world: FakeWorld): void => {
  world.deployments = [
    deployment('a', 'claude-sonnet'),
    deployment('b', 'claude-haiku'),
    deployment('c', 'gpt-4o', 'openai/gpt-4o'),
  ];
  for (const id of ['a', 'b']) world.errors.set(id, { status: 402, text: 'Insufficient credits' });
};

describe('one look as text', () => {
  it('begins with the word and the cause, then says what to do and who is hit', async () => {
    const lines = renderOnce(await look(emptyWallet), PLAIN).split('\n');
    expect(lines[0]).toMatch(
      /^CRIT {2}OpenRouter account is out of credit: 2 of 3 models down, 1 fine, since 2026-11-24T02:00:00.000Z \(0s\)$/,
    );
    expect(lines[1]).toBe('next: mend CREDITS');
    expect(lines[2]).toBe('lost: claude-haiku, claude-sonnet');
    expect(lines[3]).toContain('provider:openrouter DOWN (CREDITS)');
  });

  it('gives each model a line, worst first, with the deployments that fail under it', async () => {
    const text = renderOnce(await look(emptyWallet), PLAIN);
    expect(text).toContain(
      '  DOWN claude-haiku 0/1 CREDITS (0 s ago, 9 ms)\n    openrouter/some/model 402 CREDITS: Insufficient credits\n',
    );
    expect(text.indexOf('DOWN claude-sonnet')).toBeLessThan(text.indexOf('OK gpt-4o'));
  });

  it('tells in one line of callers and whether they and the log are heard, and says what is not known', async () => {
    const snapshot = await look();
    const line = (logs: Partial<LogsView>): string =>
      renderOnce({ ...snapshot, logs: sampleLogs(logs) }, PLAIN)
        .split('\n')
        .find((one) => one.startsWith('traffic: ')) ?? '';
    expect(line({})).toBe(
      'traffic: 12 a second, 5xx 1%, 4xx 3%, p50 120ms, p95 900ms, over 60s; callers HEARD, log HEARD',
    );
    const why = literal('no access lines in the log');
    expect(line({ traffic: null, trafficSilence: { state: 'UNKNOWN', forS: null, why } })).toContain(
      `traffic: not known: ${why}; callers UNKNOWN`,
    );
    const silent = { state: 'SILENT', forS: 400, why: literal('no caller since, 12 a second before') } as const;
    expect(line({ trafficSilence: silent })).toContain('callers SILENT (no caller since, 12 a second before)');
  });

  it('gives code, time and age of each endpoint, and what the key is worth and where it came from', async () => {
    const text = renderOnce(await look(), PLAIN);
    expect(text).toContain('key: OK (.env line 3, LITELLM_MASTER_KEY)');
    expect(text).toMatch(/\/health\/liveliness: HTTP 200 in 4 ms, 0 s ago/);
    expect(text).toMatch(/\/v1\/models: HTTP 200 in 4 ms, 0 s ago, 2 names, key OK/);
    expect(text).toMatch(/\/health: HTTP 200 in 900 ms, 0 s ago, 2 healthy, 0 unhealthy, PROBED/);
    expect(text).toMatch(/\/v1\/chat\/completions: HTTP 200/);
  });

  it('says what is not known, never 0', async () => {
    const text = renderOnce(
      await look((world) => {
        world.options = {
          ...world.options,
          view: { ...world.options.view, limits: { capUsd: 0.1, capCalls: 1000, paidProbes: false } },
        };
      }),
      PLAIN,
    );
    expect(text).toContain('/health: not asked, a round of health checks: paid probes are off (--no-paid-probes)');
    expect(text).toContain('UNKNOWN claude-sonnet ?/1 (not checked)');
  });

  it('is plain without colour, coloured only where a human is needed, and ASCII where asked', async () => {
    const snapshot = await look();
    expect(renderOnce(snapshot, PLAIN)).not.toMatch(HARMFUL);
    expect(renderOnce(snapshot, { color: true, ascii: false })).not.toContain('\u001b[31m');
    const crit = renderOnce(await look(emptyWallet), { color: true, ascii: true });
    expect(crit).toContain('\u001b[1;31mCRIT\u001b[0m');
    expect(crit).not.toMatch(/[^\u0000-\u007f]/);
  });

  it('stays harmless with hostile names', async () => {
    const scrub = createScrub([]);
    const hostile = await look((world) => {
      world.deployments = [
        { ...deployment('a', 'x'), name: scrub('a\u001b]52;c;cm0=\u0007\u202e\r\nb sk-or-v1-0123456789abcdef') },
      ];
    });
    for (const text of [renderOnce(hostile, PLAIN), renderJson(hostile)]) {
      expect(text).not.toMatch(HARMFUL);
      expect(text).not.toContain('0123456789abcdef');
    }
  });
});

describe('one look as JSON', () => {
  it('is one ASCII document of schema 1 that parses back to the snapshot', async () => {
    const snapshot = await look((world) => {
      world.deployments = [deployment('a', 'modèle-模型')];
    });
    const text = renderJson(snapshot);
    expect(text).toMatch(/^[\u0020-\u007e\n]*$/);
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(snapshot)));
    expect(JSON.parse(text).schema).toBe(1);
  });

  it('holds every promised key, with null for what is not known', async () => {
    const { gateway, verdict, wallet, host, incidents, watchtower } = JSON.parse(renderJson(await look(emptyWallet)));
    expect(Object.keys(verdict)).toEqual(
      expect.arrayContaining(['state', 'exit', 'summary', 'class', 'provider', 'models', 'since', 'next', 'url']),
    );
    expect(Object.keys(gateway)).toEqual(
      expect.arrayContaining([
        'name',
        'url',
        'state',
        'why',
        'version',
        'key',
        'live',
        'ready',
        'modelsList',
        'health',
        'chat',
      ]),
    );
    expect(Object.keys(wallet)).toEqual(
      expect.arrayContaining([
        'day',
        'capUsd',
        'estimatedUsd',
        'calls',
        'capCalls',
        'refused',
        'paidProbes',
        'lastRefusal',
      ]),
    );
    expect(Object.keys(host)).toEqual(
      expect.arrayContaining([
        'cpuPct',
        'load1',
        'cores',
        'memoryUsedBytes',
        'memoryTotalBytes',
        'gatewayRssBytes',
        'memoryLimit',
        'disks',
      ]),
    );
    expect(Object.keys(incidents[0])).toEqual(
      expect.arrayContaining([
        'id',
        'key',
        'class',
        'family',
        'severity',
        'state',
        'scope',
        'target',
        'provider',
        'models',
        'modelsLost',
        'since',
        'until',
        'count',
        'title',
        'fix',
        'url',
        'evidence',
        'acknowledged',
        'silenced',
        'inhibitedBy',
        'flapping',
      ]),
    );
    expect(Object.keys(watchtower)).toEqual(
      expect.arrayContaining(['version', 'pid', 'cpuPct', 'rssBytes', 'problems']),
    );
  });
});

describe('the exit code', () => {
  it('is 0 OK, 1 WARN, 2 CRIT, 3 UNKNOWN, and a warning is 0 where only crit fails', () => {
    const at = (exit: 0 | 1 | 2 | 3) => ({ verdict: { exit } }) as Snapshot;
    expect(([0, 1, 2, 3] as const).map((exit) => exitCodeOf(at(exit), { failOn: 'warn' }))).toEqual([0, 1, 2, 3]);
    expect(([0, 1, 2, 3] as const).map((exit) => exitCodeOf(at(exit), { failOn: 'crit' }))).toEqual([0, 0, 2, 3]);
  });
});

describe('the monitor', () => {
  const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z /;

  it('begins every line with its time, in blocks, changes and the last line', async () => {
    const report = createMonitorReport({ format: 'text', ...PLAIN });
    const before = await look();
    const after = await look(emptyWallet);
    const text = report.block(after) + report.changes(before, after) + report.last(after, 'SIGTERM', new Date(0));
    const lines = text.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(6);
    for (const line of lines) expect(line).toMatch(TIME);
    expect(text).toContain('CHANGE verdict OK > CRIT');
    expect(text).toContain(
      'CHANGE CREDITS FIRING crit OpenRouter account is out of credit; lost: claude-haiku, claude-sonnet; fix: mend CREDITS',
    );
    expect(lines.at(-1)).toBe(`1970-01-01T00:00:00.000Z END SIGTERM; last verdict: CRIT ${after.verdict.summary}`);
  });

  it('tells in each block of callers and the log, and when one of them falls silent or is heard again', async () => {
    const report = createMonitorReport({ format: 'text', ...PLAIN });
    const snapshot = await look();
    const heard = { ...snapshot, logs: sampleLogs() };
    const why = literal('no caller since, 12 a second before');
    const quiet = { ...snapshot, logs: sampleLogs({ trafficSilence: { state: 'SILENT', forS: 400, why } }) };
    expect(report.block(quiet)).toMatch(
      / traffic 12 a second, 5xx 1%, 4xx 3%, p50 120ms, p95 900ms, over 60s; callers SILENT log HEARD\n/,
    );
    expect(report.changes(heard, quiet)).toMatch(TIME);
    expect(report.changes(heard, quiet)).toContain(`CHANGE callers HEARD > SILENT: ${why}`);
    expect(report.changes(quiet, heard)).toContain('CHANGE callers SILENT > HEARD');
    expect(report.changes(quiet, quiet)).toBe('');
  });

  it('says nothing where nothing changed', async () => {
    const report = createMonitorReport({ format: 'text', ...PLAIN });
    const snapshot = await look(emptyWallet);
    expect(report.changes(snapshot, { ...snapshot, at: '2026-11-24T03:00:00.000Z' })).toBe('');
  });

  it('tells each process that went, within one incident too', async () => {
    const report = createMonitorReport({ format: 'text', ...PLAIN });
    const snapshot = await look(emptyWallet);
    const restart = (pid: number): Snapshot => ({
      ...snapshot,
      incidents: snapshot.incidents.map((one) => ({
        ...one,
        scope: 'process',
        title: literal(`worker ${pid} is gone`),
      })),
    });
    expect(report.changes(restart(41), restart(42))).toContain('worker 42 is gone');
    expect(report.changes(restart(42), restart(42))).toBe('');
  });

  it('tells how long an incident lasted when it is resolved', async () => {
    const report = createMonitorReport({ format: 'text', ...PLAIN });
    const before = await look(emptyWallet);
    const incidents = before.incidents.map((one) => ({
      ...one,
      state: 'RESOLVED' as const,
      until: '2026-11-24T02:07:00.000Z',
    }));
    expect(report.changes(before, { ...before, incidents })).toContain(
      'CREDITS RESOLVED crit OpenRouter account is out of credit',
    );
    expect(report.changes(before, { ...before, incidents })).toContain('lasted 7m');
  });

  it('as JSON is one object a line, each with its type and time', async () => {
    const report = createMonitorReport({ format: 'json', ...PLAIN });
    const before = await look();
    const after = await look(emptyWallet);
    const text = report.block(after) + report.changes(before, after) + report.last(null, 'SIGINT', new Date(0));
    const objects = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(objects.map((one) => one.type)).toEqual(['status', 'verdict', 'incident', 'end']);
    for (const one of objects) expect(Date.parse(one.at)).not.toBeNaN();
    expect(text).not.toMatch(HARMFUL);
    expect(literal('x')).toBe('x');
  });
});
