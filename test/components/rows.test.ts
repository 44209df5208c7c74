import { describe, expect, it } from 'vitest';
import { compareScreens } from '../../components/compare.ts';
import { chatCurl, getCurl, keyVariableOf } from '../../components/curl.ts';
import { ageText, longAgeText } from '../../components/figures.ts';
import { ASCII, UNICODE } from '../../components/glyphs.ts';
import { cut, flow, type Line, lineWidth, span, textOf } from '../../components/line.ts';
import { windowTop } from '../../components/panel-box.ts';
import type { ListContext, PanelContent } from '../../components/panel-content.ts';
import { endpointLines } from '../../components/rows/endpoints.ts';
import { alertsContent } from '../../components/rows/incidents.ts';
import { logsContent } from '../../components/rows/log-events.ts';
import { healthContent } from '../../components/rows/models.ts';
import { resourcesContent } from '../../components/rows/processes.ts';
import { pathLine } from '../../components/rows/verdict.ts';
import { buildScreen, type ScreenInput } from '../../components/screen.ts';
import { INITIAL_VIEW } from '../../components/view-state.ts';
import { wrapText } from '../../components/wrap.ts';
import { literal } from '../../src/text/scrub.ts';
import { widthOf } from '../../src/text/width.ts';
import type { LogsView } from '../../src/watch/logs-view.ts';
import type { Snapshot } from '../../src/watch/snapshot.ts';
import { AT, sampleIncident, sampleLogs, sampleSnapshot } from './sample.ts';

const context: ListContext = {
  glyphs: UNICODE,
  now: Date.parse(AT),
  problemsOnly: false,
  cpuHistory: [],
  filter: literal(''),
  search: literal(''),
  about: null,
  order: null,
};

function rows(content: PanelContent, width = 66): string[] {
  return content.ids.map((_, index) => textOf(content.row(index, width)));
}

describe('models', () => {
  const health = (snapshot = sampleSnapshot(), changes: Partial<ListContext> = {}): PanelContent =>
    healthContent(snapshot, { ...context, ...changes });

  it('stand worst first, then by name', () => {
    expect(health().ids.slice(0, 4)).toEqual(['claude-haiku', 'claude-sonnet', 'deepseek-v3', 'gpt-4o']);
  });

  it('say their state in a word and a shape, how many deployments work, and why', () => {
    expect(rows(health())[3]).toMatch(/^▲ gpt-4o +DEGRADED 1\/2 +812ms RATE_LIMIT +10s$/);
  });

  it('do not say 0 of 2 where no check has told', () => {
    expect(rows(health()).find((row) => row.includes('llama-4'))).toMatch(/UNKNOWN +-\/2/);
  });

  it('lose columns in order where the room shrinks, never the name or the state', () => {
    const narrow = (width: number): string => rows(health(), width)[3] ?? '';
    expect(narrow(46)).not.toContain('812ms');
    expect(narrow(46)).toContain('10s');
    expect(narrow(40)).not.toContain('10s');
    expect(narrow(40)).toContain('RATE_LIMIT');
    expect(narrow(25)).toMatch(/gpt-4o +DEGRADED/);
  });

  it('name what hides them: no key, a key that is refused, no answer yet', () => {
    const { gateway } = sampleSnapshot();
    const empty = (state: Snapshot['gateway']['key']['state']): string =>
      healthContent(sampleSnapshot({ gateway: { ...gateway, key: { state, from: null } }, models: [] }), context).empty;
    expect(empty('MISSING')).toContain('LITELLM_MASTER_KEY');
    expect(empty('REJECTED')).toContain('refuses our key');
  });
});

describe('endpoints', () => {
  const { gateway, logs } = sampleSnapshot();
  const chips = (changes: Partial<Snapshot['gateway']>): string =>
    endpointLines({ ...gateway, ...changes }, logs, context, 66, 12)
      .map(textOf)
      .join('\n');

  it('say status, time and what they answered', () => {
    expect(chips({})).toContain('live 200 4ms p95 9ms max 31ms');
    expect(chips({})).toContain('health 200 912ms 16 ok 6 bad');
  });

  it('say the word of the failure in place of a time', () => {
    const failure = { code: 'REFUSED', status: null, text: literal('refused'), next: literal('start it') };
    expect(chips({ live: { ...gateway.live, state: 'DOWN', failure } })).toContain('live REFUSED');
  });

  it('say why /health was not asked', () => {
    const health = { ...gateway.health, from: 'NOT_ASKED' as const, healthy: null, ageS: null };
    expect(chips({ health: { ...health, why: literal('the budget is 0') } })).toContain('not asked: the budget is 0');
  });

  it('tell of callers how many come, how many are refused or fail, and how long it takes', () => {
    const told = (changes: Partial<LogsView>): string =>
      endpointLines(gateway, sampleLogs(changes), context, 66, 12).map(textOf).join('\n');
    expect(told({})).toContain('callers 12/s 5xx 1% 4xx 3% p50 120ms p95 900ms');
    const { traffic } = sampleLogs();
    if (traffic === null) throw new Error('the sample has traffic');
    expect(told({ traffic: { ...traffic, p50Ms: null, p95Ms: null, errorRatio: null, refusedRatio: null } })).toMatch(
      /callers 12\/s(?: {2}|$)/m,
    );
    expect(told({ traffic: null })).toContain('callers unknown');
  });

  it('put callers that stay away before everything that is fine', () => {
    const silence = { state: 'SILENT', forS: 400, why: literal('no caller since, 12 a second before') } as const;
    const [first] = endpointLines(gateway, sampleLogs({ trafficSilence: silence }), context, 66, 12);
    expect(textOf(first ?? [])).toMatch(/^callers SILENT 6m/);
  });

  it('say in their table why nothing is known of callers', () => {
    const why = { state: 'UNKNOWN', forS: null, why: literal('no access lines in the log') } as const;
    const table = endpointLines(gateway, sampleLogs({ traffic: null, trafficSilence: why }), context, 100, 30);
    expect(table.map(textOf)).toContain('callers unknown: no access lines in the log');
  });

  it('have a line each where there is room', () => {
    const table = endpointLines(gateway, logs, context, 100, 30).map(textOf);
    expect(table.find((line) => line.startsWith('chat'))).toMatch(/chat +OK +200 +431ms +1m ago gpt-4o-mini/);
    expect(table.join('\n')).toContain('.env line 3, LITELLM_MASTER_KEY');
  });
});

describe('processes, incidents and log events', () => {
  it('mark a process that took the place of another', () => {
    const all = rows(resourcesContent(sampleSnapshot(), context));
    expect(all[1]).toMatch(/4188 +worker +11% +501M +88 +12 +10s replaced/);
  });

  it('mark memory that is nearly at its limit', () => {
    const { host } = sampleSnapshot();
    const near = { ...host, gatewayRssBytes: 4_100_000_000 };
    const head = resourcesContent({ ...sampleSnapshot(), host: near }, context).head(66, 12);
    expect(head.flat().find(({ text }) => text === '3.8G')?.tone).toBe('crit');
  });

  it('say the cause in words where there is room', () => {
    const content = alertsContent([sampleIncident()], [], context, true);
    expect(rows(content, 96)[0]).toContain('CREDITS        openrouter account is out of credit');
  });

  it('list our own blind spots after the incidents', () => {
    const problems = [{ code: 'LOG_UNREADABLE', text: literal('no permission'), fix: literal('join group adm') }];
    const content = alertsContent([sampleIncident()], problems, context, true);
    expect(rows(content)[0]).toMatch(/^✗ FIRING +CREDITS +openrouter +3 models +7m +x41$/);
    expect(rows(content)[1]).toBe('! BLIND LOG_UNREADABLE no permission');
  });

  it('do not call the silence before the first answer calm', () => {
    expect(alertsContent([], [], context, false).empty).toBe('nothing is known yet');
    expect(logsContent(sampleLogs({ sources: [], events: [] }), context, false).empty).toBe('looking');
  });

  it('say of an incident that another one explains it', () => {
    const content = alertsContent([sampleIncident({ inhibitedBy: literal('SERVER') })], [], context, true);
    expect(rows(content)[0]).toContain('INHIBITED');
  });

  it('show the newest log event last, with its count at the edge', () => {
    const all = rows(logsContent(sampleSnapshot().logs, context, true));
    expect(all[1]).toContain('WARN  RATE_LIMIT');
    expect(all[0]).toMatch(/ERROR CREDITS .* x12$/);
  });

  it('say whose failure a log event tells, where there is room', () => {
    const { logs } = sampleSnapshot();
    const events = logs.events.map((event) => ({ ...event, model: literal('gpt-4o'), provider: literal('openai') }));
    const content = logsContent({ ...logs, events }, context, true);
    expect(textOf(content.row(0, 100) as Line)).toContain(' gpt-4o: ');
    expect(textOf(content.row(0, 40) as Line)).not.toContain('gpt-4o: ');
  });

  it('tell of a log how often it was rotated and what could not be read', () => {
    const { logs } = sampleSnapshot();
    const sources = logs.sources.map((source) => ({ ...source, rotations: 2, gaps: 1 }));
    const content = logsContent({ ...logs, sources }, context, true);
    expect(
      content
        .head(200, 10)
        .map((line) => textOf(line))
        .join('\n'),
    ).toContain('rotated 2 times, 1 gap');
  });
});

describe('the path', () => {
  it('marks the failing hop and folds the fine providers where the line is narrow', () => {
    const wide = textOf(pathLine(sampleSnapshot(), 140, context));
    expect(wide).toContain('✗ openrouter down ─ anthropic ok ─ openai ok');
    const narrow = textOf(pathLine(sampleSnapshot(), 96, context));
    expect(narrow).toContain('✗ openrouter down ─ 2 providers ok');
  });

  it('has a word for the demo', () => {
    expect(textOf(pathLine(sampleSnapshot({ demo: true }), 140, context))).toContain(' demo ');
    expect(textOf(pathLine(sampleSnapshot(), 140, context))).not.toContain('demo');
  });
});

describe('figures', () => {
  it.each([
    [null, '-'],
    [0, 'now'],
    [9.9, 'now'],
    [59, '50s'],
    [60, '1m'],
    [3599, '59m'],
    [7300, '2h'],
    [200_000, '2d'],
  ])('an age of %s seconds reads %s', (seconds, text) => {
    expect(ageText(seconds)).toBe(text);
  });

  it('have a second unit where there is room', () => {
    expect(longAgeText(12_000)).toBe('3h 20m');
  });
});

describe('lines', () => {
  it('are cut with an ellipsis and never through a wide glyph', () => {
    const line = [span(literal('通义千问')), span(literal('tail'))];
    expect(textOf(cut(line, 5, UNICODE))).toBe('通义…');
    expect(lineWidth(cut(line, 4, UNICODE))).toBeLessThanOrEqual(4);
    expect(textOf(cut([span(literal('abcdef'))], 4, ASCII))).toBe('abc~');
  });

  it('flow onto as many lines as allowed', () => {
    const chips = ['one', 'two', 'three', 'four'].map((text) => [span(literal(text))]);
    expect(flow(chips, 9, 2, UNICODE).map(textOf)).toEqual(['one  two', 'three']);
  });

  it('wrap at spaces, cut words that are too long, and end in an ellipsis', () => {
    expect(wrapText(literal('one two three'), 7, 5, UNICODE)).toEqual(['one two', 'three']);
    expect(wrapText(literal('abcdefghij'), 4, 5, UNICODE)).toEqual(['abcd', 'efgh', 'ij']);
    expect(wrapText(literal('one two three four'), 7, 2, UNICODE)).toEqual(['one two', 'three…']);
    for (const line of wrapText(literal('通义千问'.repeat(9)), 7, 9, UNICODE))
      expect(widthOf(line)).toBeLessThanOrEqual(7);
  });

  it.each([
    [0, 0, 5, 10, 0],
    [9, 0, 5, 10, 5],
    [9, 4, 5, 10, 5],
    [5, 4, 5, 10, 1],
    [3, 9, 5, 10, 0],
    [0, 3, 5, 2, 0],
  ])('a list at row %i with %i above, %i of %i seen, begins at %i', (index, above, page, count, top) => {
    expect(windowTop(index, above, page, count)).toBe(top);
  });
});

describe('the curl to copy', () => {
  const target = { url: 'http://localhost:4000/', keyHeader: 'Authorization', keyVariable: 'LITELLM_MASTER_KEY' };

  it('names the variable of the key and never the key', () => {
    expect(chatCurl(target, 'gpt-4o')).toContain('-H "Authorization: Bearer $LITELLM_MASTER_KEY"');
    expect(getCurl({ ...target, keyHeader: 'x-litellm-key' }, '/health')).toContain(
      '-H "x-litellm-key: $LITELLM_MASTER_KEY"',
    );
    expect(getCurl({ ...target, keyVariable: null }, '/health')).toBe('curl -sS http://localhost:4000/health');
  });

  it('survives names that a shell would read', () => {
    expect(chatCurl(target, `it's $(rm)`)).toContain(`"model":"it'\\''s $(rm)"`);
  });

  it('takes the variable from where the key came from', () => {
    expect(keyVariableOf('.env line 3, LITELLM_API_KEY')).toBe('LITELLM_API_KEY');
    expect(keyVariableOf('/run/secrets/key')).toBe('LITELLM_MASTER_KEY');
  });
});

describe('two screens', () => {
  const input: ScreenInput = {
    snapshot: sampleSnapshot(),
    view: INITIAL_VIEW,
    columns: 120,
    rows: 40,
    glyphs: UNICODE,
    curl: { url: 'http://localhost:4000', keyHeader: 'Authorization', keyVariable: null },
    notices: [],
    cpuHistory: [],
  };
  const compare = (changes: Partial<Snapshot>): string =>
    compareScreens(buildScreen(input), buildScreen({ ...input, snapshot: sampleSnapshot(changes) }));

  it('are the same where nothing visible differs', () => {
    expect(compare({ schema: 1 })).toBe('same');
  });

  it('differ in figures where only loads and ages moved, also when they got wider', () => {
    const { host, processes } = sampleSnapshot();
    expect(compare({ host: { ...host, cpuPct: 100 } })).toBe('figures');
    expect(compare({ processes: processes.map((one) => ({ ...one, cpuPct: 1.5 })) })).toBe('figures');
    expect(compare({ at: '2026-11-24T14:12:31.000Z' })).toBe('figures');
  });

  it('differ in content where a word changed', () => {
    const { models } = sampleSnapshot();
    expect(compare({ models: models.map((model) => ({ ...model, state: 'OK' as const })) })).toBe('content');
    expect(compare({ incidents: [] })).toBe('content');
  });
});
