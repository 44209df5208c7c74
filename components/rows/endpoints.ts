import type { SafeText } from '../../src/text/safe-text.ts';
import { literal, safe } from '../../src/text/scrub.ts';
import type { LogsView } from '../../src/watch/logs-view.ts';
import type { FailureView, GatewayView, ProbeState } from '../../src/watch/snapshot.ts';
import { agoText, longAgeText, msText, rateText, ratioText, UNKNOWN } from '../figures.ts';
import { flow, type Line, type Span, soft, span } from '../line.ts';
import type { RowContext } from '../panel-content.ts';
import { type Column, fitColumns, headerLine, rowLine } from '../table.ts';

/** Above this many lines of room each endpoint has a line of its own. */
const TABLE_HEIGHT = 24;
const TABLE_WIDTH = 64;

/** What each endpoint of the gateway answered, and who calls it: chips on one to four lines, or a table where there is room. */
export function endpointLines(
  gateway: GatewayView,
  logs: LogsView,
  context: RowContext,
  width: number,
  height: number,
): Line[] {
  if (height >= TABLE_HEIGHT && width >= TABLE_WIDTH) return endpointTable(gateway, logs, context, width);
  const lines = height >= 12 ? 4 : height >= 9 ? 3 : height >= 6 ? 2 : 1;
  return flow(endpointChips(gateway, logs), width, lines, context.glyphs);
}

interface Endpoint {
  name: SafeText;
  /** Its name on a chip. */
  short: SafeText;
  state: ProbeState;
  status: number | null;
  latencyMs: number | null;
  ageS: number | null;
  failure: FailureView | null;
  /** What else it said. */
  detail: Line;
}

function endpoints(gateway: GatewayView): Endpoint[] {
  const { live, ready, modelsList, health, chat } = gateway;
  return [
    { name: literal('liveliness'), short: literal('live'), ...live, detail: liveDetail(gateway) },
    { name: literal('readiness'), short: literal('ready'), ...ready, detail: readyDetail(gateway) },
    {
      name: literal('/v1/models'),
      short: literal('models'),
      ...modelsList,
      state: stateOf(modelsList),
      detail: modelsList.count === null ? [] : [span(safe`${modelsList.count} models`)],
    },
    {
      name: literal('/health'),
      short: literal('health'),
      ...health,
      state: stateOf(health),
      detail: healthDetail(gateway),
    },
    { name: literal('chat'), short: literal('chat'), ...chat, detail: chatDetail(gateway) },
  ];
}

function stateOf({ ageS, failure }: { ageS: number | null; failure: FailureView | null }): ProbeState {
  if (failure !== null) return 'DOWN';
  return ageS === null ? 'UNKNOWN' : 'OK';
}

function liveDetail({ live }: GatewayView): Line {
  if (live.p95Ms === null) return [];
  return [span(literal('p95 ')), soft(msText(live.p95Ms)), span(literal(' max ')), soft(msText(live.maxMs))];
}

function readyDetail({ ready }: GatewayView): Line {
  if (ready.database === 'UNKNOWN') return [];
  const database = span(safe`db ${literal(ready.database.toLowerCase())}`, toneOfDatabase(ready.database));
  return ready.cache === null || ready.cache === 'none' ? [database] : [database, span(safe`, ${ready.cache}`)];
}

function toneOfDatabase(state: GatewayView['ready']['database']): Span['tone'] {
  return state === 'DISCONNECTED' ? 'crit' : 'plain';
}

function healthDetail({ health }: GatewayView): Line {
  if (health.asking) return [span(literal('asking...'))];
  if (health.from === 'NOT_ASKED' || health.healthy === null) {
    return [span(health.why === null ? literal('not asked yet') : safe`not asked: ${health.why}`)];
  }
  const bad = health.unhealthy ?? 0;
  return [span(safe`${health.healthy} ok `), span(safe`${bad} bad`, bad > 0 ? 'crit' : 'plain')];
}

function chatDetail({ chat }: GatewayView): Line {
  if (chat.why !== null) return [span(chat.why)];
  return chat.model === null ? [span(literal('not asked'))] : [span(chat.model)];
}

function endpointChips(gateway: GatewayView, logs: LogsView): Line[] {
  const { key, version } = gateway;
  const chips = endpoints(gateway).map(chipOf);
  // What was refused or lost first: where the room ends, what is fine falls.
  const keyChip = [span(literal('key ')), span(literal(key.state), key.state === 'REJECTED' ? 'crit' : 'plain')];
  const callers = callersLine(logs);
  const [live, ready, models, health, chat] = chips as [Line, Line, Line, Line, Line];
  // That nobody comes any more, or a failing chat, is news before what is fine.
  const silent = logs.trafficSilence.state === 'SILENT';
  const last = gateway.chat.failure === null ? [callers, chat] : [chat, callers];
  const ordered = silent
    ? [callers, live, ready, keyChip, health, chat, models]
    : [live, ready, keyChip, health, ...last, models];
  return version === null ? ordered : [...ordered, [span(safe`v${version.value}`)]];
}

/** Why nothing is known of callers, where there is room for it. */
function whyUnknown({ traffic, trafficSilence: { why } }: LogsView): Line {
  return traffic !== null || why === null ? [] : [span(safe`: ${why}`)];
}

/** `callers 12/s 5xx 1% 4xx 3% p50 120ms p95 900ms`, by the access lines of the log. */
function callersLine({ traffic, trafficSilence }: Pick<LogsView, 'traffic' | 'trafficSilence'>): Line {
  const title = span(literal('callers '));
  if (trafficSilence.state === 'SILENT') {
    const since = safe`${longAgeText(trafficSilence.forS)}`;
    return [span(literal('callers '), 'strong'), span(literal('SILENT '), 'crit'), soft(since)];
  }
  if (traffic === null) return [title, span(literal('unknown'))];
  const { perSecond, errorRatio, refusedRatio, p50Ms, p95Ms } = traffic;
  const share = (word: string, ratio: number | null): Line =>
    ratio === null ? [] : [span(literal(` ${word} `)), soft(ratioText(ratio))];
  const times =
    p50Ms === null ? [] : [span(literal(' p50 ')), soft(msText(p50Ms)), span(literal(' p95 ')), soft(msText(p95Ms))];
  return [
    title,
    soft(safe`${rateText(perSecond)}/s`),
    ...share('5xx', errorRatio),
    ...share('4xx', refusedRatio),
    ...times,
  ];
}

/** `live 200 4ms p95 9ms max 31ms`, or the failure's word in place of a time. */
function chipOf({ short, status, latencyMs, ageS, failure, detail }: Endpoint): Line {
  const title = span(safe`${short} `, failure === null ? 'plain' : 'strong');
  if (failure !== null) return [title, span(failureWord(failure), 'crit')];
  if (ageS === null) return detail.length === 0 ? [title, span(UNKNOWN)] : [title, ...detail];
  const code = status === null ? [] : [span(safe`${status} `)];
  const rest = detail.length === 0 ? [] : [span(literal(' ')), ...detail];
  return [title, ...code, soft(msText(latencyMs)), ...rest];
}

/** `REFUSED`, or `HTTP_STATUS 500`. */
function failureWord({ code, status }: FailureView): SafeText {
  return status === null ? literal(code) : safe`${literal(code)} ${status}`;
}

function endpointTable(gateway: GatewayView, logs: LogsView, { glyphs }: RowContext, width: number): Line[] {
  const columns: Column<Endpoint>[] = [
    { title: literal('ENDPOINT'), width: 11, keep: 0, cell: ({ name }) => span(name) },
    { title: literal('STATE'), width: 8, keep: 0, cell: ({ state }) => span(literal(state), toneOf(state)) },
    {
      title: literal('HTTP'),
      width: 4,
      keep: 1,
      cell: ({ status }) => span(status === null ? UNKNOWN : safe`${status}`),
    },
    { title: literal('TIME'), width: 7, align: 'right', keep: 1, cell: ({ latencyMs }) => soft(msText(latencyMs)) },
    { title: literal('ASKED'), width: 8, align: 'right', keep: 1, cell: ({ ageS }) => soft(agoText(ageS)) },
    { title: literal('SAYS'), width: 20, grow: true, keep: 2, cell: detailSpan },
  ];
  const fitted = fitColumns(columns, width);
  return [
    headerLine(fitted, glyphs),
    ...endpoints(gateway).map((endpoint) => rowLine(fitted, endpoint, glyphs)),
    keyLine(gateway),
    [...callersLine(logs), ...whyUnknown(logs)],
    [],
  ];
}

function toneOf(state: ProbeState): Span['tone'] {
  if (state === 'DOWN') return 'crit';
  return state === 'DEGRADED' ? 'warn' : 'plain';
}

function detailSpan({ failure, detail }: Endpoint): Span {
  if (failure !== null) return span(failure.text, 'strong');
  const text = literal(detail.map((part) => part.text).join(''));
  return detail.some((part) => part.soft) ? soft(text) : span(text);
}

function keyLine({ key, version }: GatewayView): Line {
  const from = key.from === null ? [] : [span(safe` (${key.from})`)];
  const release = version === null ? [] : [span(safe`  LiteLLM ${version.value}, says ${literal(version.from)}`)];
  return [
    span(literal('key ')),
    span(literal(key.state), key.state === 'REJECTED' ? 'crit' : 'plain'),
    ...from,
    ...release,
  ];
}
