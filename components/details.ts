import type { SafeText } from '../src/text/safe-text.ts';
import { literal, safe } from '../src/text/scrub.ts';
import type { LogEventView } from '../src/watch/logs-view.ts';
import type { DeploymentView, IncidentView, ModelView, ProcessView, Snapshot } from '../src/watch/snapshot.ts';
import { type CurlTarget, chatCurl, getCurl } from './curl.ts';
import { agoText, bytesText, clockText, cpuText, momentText, msText, secondsSince, UNKNOWN } from './figures.ts';
import type { Tone } from './line.ts';
import type { PanelId } from './panel-content.ts';
import { alertId, incidentWord } from './rows/incidents.ts';
import { stateTone, stateWord } from './rows/models.ts';
import { processId } from './rows/processes.ts';

/** A labelled paragraph of a detail. */
export interface Block {
  readonly label: SafeText;
  readonly text: SafeText;
  readonly tone?: Tone;
  /** `record`: it keeps its own lines. `command`: it stands below its label at the left edge, to be copied. */
  readonly form?: 'record' | 'command';
}

export interface Detail {
  readonly title: SafeText;
  readonly blocks: readonly Block[];
}

export interface DetailContext {
  readonly now: number;
  readonly curl: CurlTarget;
}

/** Everything that is known about one row: evidence, since when, what to do, and a command to try it by hand. */
export function detailOf(snapshot: Snapshot, panel: PanelId, id: string, context: DetailContext): Detail {
  const found = FINDERS[panel](snapshot, id, context);
  return found ?? { title: literal('Gone'), blocks: [block('now', literal('this row is not there any more'))] };
}

type Finder = (snapshot: Snapshot, id: string, context: DetailContext) => Detail | null;

const FINDERS: Readonly<Record<PanelId, Finder>> = {
  health(snapshot, id, context) {
    const model = snapshot.models.find(({ name }) => name === id);
    return model === undefined ? null : modelDetail(model, snapshot, context);
  },
  resources(snapshot, id, context) {
    const process = snapshot.processes.find((one) => processId(one) === id);
    return process === undefined ? null : processDetail(process, snapshot, context);
  },
  alerts(snapshot, id, context) {
    const incident = snapshot.incidents.find((one) => one.id === id);
    if (incident !== undefined) return incidentDetail(incident, snapshot, context);
    const problem = snapshot.watchtower.problems.find((one) => alertId({ kind: 'problem', problem: one }) === id);
    if (problem === undefined) return null;
    return {
      title: literal(problem.code),
      blocks: [block('what', problem.text, 'strong'), block('do', problem.fix)],
    };
  },
  logs(snapshot, id, context) {
    const event = snapshot.logs.events.find((one) => String(one.id) === id);
    return event === undefined ? null : eventDetail(event, context);
  },
};

function block(label: string, text: SafeText, tone?: Tone): Block {
  return tone === undefined ? { label: literal(label), text } : { label: literal(label), text, tone };
}

function command(text: SafeText): Block {
  return { label: literal('try it'), text, form: 'command' };
}

function modelDetail(model: ModelView, snapshot: Snapshot, context: DetailContext): Detail {
  const incidents = snapshot.incidents.filter((one) => one.state !== 'RESOLVED' && one.models.includes(model.name));
  return {
    title: safe`Model ${model.name}`,
    blocks: [
      block(
        'state',
        safe`${stateWord(model.state)}, ${model.up ?? UNKNOWN} of ${model.total} deployments up`,
        'strong',
      ),
      block('asked', agoText(model.ageS)),
      block('chat', model.latencyMs === null ? literal('never probed by itself') : msText(model.latencyMs)),
      ...incidents.flatMap((incident) => incidentSummary(incident, context)),
      ...deploymentList(model.deployments),
      command(chatCurl(context.curl, model.name)),
    ],
  };
}

function incidentSummary(incident: IncidentView, { now }: DetailContext): Block[] {
  return [
    block('cause', safe`${literal(incident.class)}: ${incident.title}`, 'strong'),
    block('since', whenText(incident.since, now)),
    block('do', withUrl(incident.fix, incident.url)),
  ];
}

/** More than these are counted, not told one by one. */
const DEPLOYMENTS_TOLD = 40;

function deploymentList(deployments: readonly DeploymentView[]): Block[] {
  const failing = deployments.filter(({ state }) => state !== 'OK');
  const ordered = [...failing, ...deployments.filter(({ state }) => state === 'OK')];
  const told = ordered.slice(0, DEPLOYMENTS_TOLD).flatMap(deploymentBlocks);
  const more = deployments.length - DEPLOYMENTS_TOLD;
  return more > 0 ? [...told, block('', safe`and ${more} deployments more, ${failing.length} of all not OK`)] : told;
}

function deploymentBlocks(deployment: DeploymentView): Block[] {
  const where = deployment.host === null ? literal('') : safe` at ${deployment.host}`;
  const why = deployment.class === null ? literal('') : safe` ${literal(deployment.class)}`;
  const status = deployment.status === null ? literal('') : safe` HTTP ${deployment.status}`;
  const line = safe`${stateWord(deployment.state)}${why}${status}  ${deployment.model}${where}, ${agoText(deployment.ageS)}`;
  const head = block('deployment', line, stateTone(deployment.state) === 'plain' ? 'plain' : 'strong');
  return deployment.text === null ? [head] : [head, block('says', deployment.text)];
}

function processDetail(process: ProcessView, snapshot: Snapshot, { now }: DetailContext): Detail {
  const limit = snapshot.host.memoryLimit;
  return {
    title: safe`Process ${process.pid}`,
    blocks: [
      block('role', literal(process.role), 'strong'),
      ...(process.replaced ? [block('note', literal('it took the place of one that went'), 'strong')] : []),
      block('parent', safe`${process.ppid}`),
      block('started', whenText(process.startedAt, now)),
      block('cpu', safe`${cpuText(process.cpuPct)} of one core`),
      block('memory', bytesText(process.rssBytes)),
      ...(limit === null ? [] : [block('limit', safe`${bytesText(limit.bytes)} for all together, ${limit.from}`)]),
      block(
        'files',
        process.fds === null ? UNKNOWN : safe`${process.fds} descriptors, ${process.sockets ?? 0} sockets`,
      ),
      block('command', process.command),
    ],
  };
}

const CLEARS: Readonly<Record<string, string>> = {
  CREDITS: 'a success with this credential; silence is not enough',
  AUTH_PROVIDER: 'a success with this credential; silence is not enough',
  SERVER: 'two good answers in a row',
  RATE_LIMIT: 'some minutes without a refusal',
  RESTART: 'by itself, after a while',
};

function incidentDetail(incident: IncidentView, snapshot: Snapshot, context: DetailContext): Detail {
  const { now, curl } = context;
  const model = incident.modelsLost[0] ?? incident.models[0];
  const until = incident.until === null ? [] : [block('until', whenText(incident.until, now))];
  const hidden = incident.inhibitedBy === null ? [] : [block('hidden by', incident.inhibitedBy)];
  return {
    title: safe`${literal(incident.class)} ${incident.target}`,
    blocks: [
      block('what', incident.title, 'strong'),
      block('state', safe`${incidentWord(incident)}, ${literal(incident.severity)}, seen ${times(incident.count)}`),
      block('since', whenText(incident.since, now)),
      ...until,
      ...hidden,
      block('do', withUrl(incident.fix, incident.url), 'strong'),
      block('clears', literal(CLEARS[incident.class] ?? 'good observations in a row')),
      ...(incident.models.length === 0 ? [] : [block('models', joined(incident.models))]),
      ...(incident.modelsLost.length === 0 ? [] : [block('lost', joined(incident.modelsLost), 'strong')]),
      ...incident.evidence.map((one) =>
        block('evidence', safe`${clockText(Date.parse(one.at))} ${literal(one.source)}: ${one.text}`),
      ),
      command(model === undefined ? getCurl(curl, '/health/readiness') : chatCurl(curl, model)),
      block('key', safe`${incident.key} on ${snapshot.gateway.name}`),
    ],
  };
}

function eventDetail(event: LogEventView, { now }: DetailContext): Detail {
  const about = [event.class, event.provider, event.model].filter((part) => part !== null).join(', ');
  const fix = event.fix === null ? [] : [block('do', withUrl(event.fix, event.url), 'strong')];
  return {
    title: safe`Log event ${event.id}`,
    blocks: [
      block(event.count > 1 ? 'last' : 'when', whenText(event.at, now)),
      ...(event.count > 1 ? [block('first', whenText(event.firstAt, now))] : []),
      ...(event.old ? [block('old', literal('it was in the log before the watchtower looked: it alerts nobody'))] : []),
      block('level', literal(event.level)),
      ...(about === '' ? [] : [block('about', literal(about), 'strong')]),
      block('seen', times(event.count)),
      ...fix,
      { label: literal('record'), text: event.record, form: 'record' },
    ],
  };
}

/** `14:02:11, 7m ago`. */
function whenText(at: string, now: number): SafeText {
  const ms = Date.parse(at);
  if (Number.isNaN(ms)) return UNKNOWN;
  return safe`${momentText(ms, now)}, ${agoText(secondsSince(at, now))}`;
}

function withUrl(fix: SafeText, url: SafeText | null): SafeText {
  return url === null || fix.includes(url) ? fix : safe`${fix} (${url})`;
}

function joined(names: readonly SafeText[]): SafeText {
  return literal(names.join(', '));
}

function times(count: number): SafeText {
  return count === 1 ? literal('once') : safe`${count} times`;
}
