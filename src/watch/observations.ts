import { keyOf } from '../alerts/identity.ts';
import type { Cause, Evidence, EvidenceSource, Identity, Incident, Observation } from '../alerts/types.ts';
import type { Diagnosis, Severity } from '../diagnosis/types.ts';
import type { LogEvent } from '../logs/types.ts';
import type { SafeText } from '../text/safe-text.ts';
import { literal, safe } from '../text/scrub.ts';
import { deploymentState, lostModels } from './models.ts';
import { type DeploymentHealth, failureOf, type State } from './state.ts';
import { identityOf, scopeOf } from './subjects.ts';
import { titleOf } from './titles.ts';

type Bad = Extract<Observation, { kind: 'bad' }>;

/** What a finished `/health` says of every cause: which are there, and which of those that were there are gone. */
export function healthObservations(state: State, gateway: SafeText, at: number): Observation[] {
  const lost = lostModels(state);
  const groups = new Map<string, { identity: Identity; members: DeploymentHealth[] }>();
  for (const one of state.deployments) {
    const down = ['DOWN', 'COOLING'].includes(deploymentState(one, true));
    if (!down || one.diagnosis === null) continue;
    const identity = identityOf(one.diagnosis, one, state, gateway);
    const group = groups.get(keyOf(identity));
    if (group === undefined) groups.set(keyOf(identity), { identity, members: [one] });
    else group.members.push(one);
  }
  const bads = [...groups.values()].map(({ identity, members }) => badRound(identity, members, lost, at));
  return [...bads, ...cleared(state, new Set(groups.keys()), at)];
}

function badRound(
  identity: Identity,
  members: readonly DeploymentHealth[],
  lost: readonly SafeText[],
  at: number,
): Bad {
  const models = [...new Set(members.map((one) => one.info.name))];
  const modelsLost = models.filter((name) => lost.includes(name));
  // What callers lost is spoken of first.
  const first = members.find((one) => modelsLost.includes(one.info.name)) ?? (members[0] as DeploymentHealth);
  const diagnosis = first.diagnosis as Diagnosis;
  const cause: Cause = {
    ...causeOf(identity, diagnosis, { at, source: 'health', text: diagnosis.text }),
    severity: severityOf(diagnosis, modelsLost.length > 0 ? 'crit' : 'warn'),
    provider: first.info.provider ?? diagnosis.provider,
    models,
    modelsLost,
    deployments: members.map((one) => one.info.id),
  };
  return { kind: 'bad', nature: 'level', identity, at, cause, times: 1, weight: 1, whole: true };
}

/** How bad it is by whom it hits, unless it is only to be noted or the user has said how bad it is. */
function severityOf({ severity, ruled }: Diagnosis, byBlast: Severity): Severity {
  return ruled || severity === 'info' ? severity : byBlast;
}

/** Good news for incidents whose deployments work now, or are no longer configured, and of whose cause this round shows nothing. */
function cleared(state: State, present: ReadonlySet<string>, at: number): Observation[] {
  const byId = new Map(state.deployments.map((one) => [one.info.id, one]));
  const found: Observation[] = [];
  for (const incident of state.incidents.values()) {
    if (incident.state === 'RESOLVED' || present.has(incident.key) || !DEPLOYMENT_SCOPES.includes(incident.scope))
      continue;
    const witness = witnessOf(incident, state, byId);
    if (witness === null) continue;
    found.push({ kind: 'good', identity: incident, at, source: 'health', text: witness });
  }
  return found;
}

const DEPLOYMENT_SCOPES: readonly string[] = ['provider', 'model'];

function witnessOf(incident: Incident, state: State, byId: ReadonlyMap<SafeText, DeploymentHealth>): SafeText | null {
  const affected = incident.deployments.map((id) => byId.get(id)).filter((one) => one !== undefined);
  if (incident.deployments.length > 0 && affected.length === 0) return literal('no longer in the configuration');
  const candidates = affected.length > 0 ? affected : state.deployments.filter((one) => concerns(incident, one));
  const healthy = candidates.find((one) => one.entry?.healthy === true);
  return healthy === undefined ? null : safe`${healthy.info.name} answers its health check`;
}

function concerns(incident: Incident, one: DeploymentHealth): boolean {
  return incident.scope === 'provider' ? one.info.provider === incident.target : one.info.name === incident.target;
}

/** What the end of a chat probe of `model` says; a failure without a diagnosis says nothing of a provider. */
export function chatObservations(state: State, model: SafeText, gateway: SafeText): Observation[] {
  const { last, diagnosis } = state.chat;
  if (last === null) return [];
  if (last.kind === 'answered') return chatSuccess(state, model, last.value.deploymentId, last.at);
  if (diagnosis === null || diagnosis.probeArtefact) return [];
  const behind = state.deployments.filter((one) => one.info.name === model);
  const deployment = behind.length === 1 ? (behind[0] ?? null) : null;
  const identity = identityOf({ ...diagnosis, model }, deployment, state, gateway);
  const base = causeOf(identity, diagnosis, { at: last.at, source: 'chat', text: diagnosis.text });
  const severity = severityOf(diagnosis, 'warn');
  const cause = { ...base, severity, models: [model], deployments: deployment ? [deployment.info.id] : [] } as const;
  return [
    {
      kind: 'bad',
      nature: 'level',
      identity,
      at: last.at,
      cause: { ...cause, models: [model] },
      times: 1,
      weight: 1,
      whole: false,
    },
  ];
}

function chatSuccess(state: State, model: SafeText, deploymentId: SafeText | null, at: number): Observation[] {
  const served = state.deployments.find((one) => one.info.id === deploymentId);
  const open = [...state.incidents.values()].filter((one) => one.state !== 'RESOLVED');
  return open
    .filter((incident) => {
      if (!DEPLOYMENT_SCOPES.includes(incident.scope)) return false;
      if (deploymentId !== null && incident.deployments.includes(deploymentId)) return true;
      if (incident.deployments.length > 0) return false;
      return incident.scope === 'model'
        ? incident.target === model
        : served !== undefined && concerns(incident, served);
    })
    .map((incident) => ({
      kind: 'good',
      identity: incident,
      at,
      source: 'chat',
      text: safe`the chat probe of ${model} succeeded`,
    }));
}

/** Edges from the log: what is new since it was counted last. What was there before we looked alerts nobody. */
export function logObservations(state: State, events: readonly LogEvent[], gateway: SafeText): Observation[] {
  return events.flatMap((event) => {
    const times = event.count - (state.counted.get(event.id) ?? 0);
    const { diagnosis } = event;
    if (
      event.old ||
      times <= 0 ||
      isOurs(state, event) ||
      isChatter(event) ||
      diagnosis === null ||
      diagnosis.confidence === 'low' ||
      diagnosis.probeArtefact
    )
      return [];
    return [logEdge(state, event, diagnosis, times, gateway)];
  });
}

/** While the gateway refuses our own key, its log fills with that: it cannot be told from a caller's and is no evidence. */
function isOurs(state: State, { diagnosis }: LogEvent): boolean {
  return diagnosis?.class === 'AUTH_GATEWAY' && failureOf(state.models)?.code === 'KEY_REJECTED';
}

/** A line at INFO tells of the gateway's own life (a worker that died): the processes tell that better. Failed calls count. */
function isChatter({ level, diagnosis }: LogEvent): boolean {
  return level === 'INFO' && diagnosis !== null && !PROVIDER_TROUBLE.includes(scopeOf(diagnosis.class));
}

function logEdge(state: State, event: LogEvent, diagnosis: Diagnosis, times: number, gateway: SafeText): Observation {
  const identity = identityOf(diagnosis, null, state, gateway);
  const behind = state.deployments.filter((one) => one.info.name === diagnosis.model);
  const deployments = behind.length === 1 ? behind.map((one) => one.info.id) : [];
  const base = causeOf(identity, diagnosis, { at: event.lastAt, source: 'log', text: event.text });
  const severity =
    PROVIDER_TROUBLE.includes(identity.scope) && diagnosis.severity === 'crit'
      ? severityOf(diagnosis, 'warn')
      : diagnosis.severity;
  const models = diagnosis.model === null ? [] : [diagnosis.model];
  const cause: Cause = { ...base, severity, models, deployments };
  return { kind: 'bad', nature: 'edge', identity, at: event.lastAt, cause, times, weight: 1, whole: false };
}

/** A log line tells that a request failed, not that callers lost a model: only a round over all deployments tells that. */
const PROVIDER_TROUBLE: readonly string[] = ['provider', 'model'];

function causeOf(identity: Identity, diagnosis: Diagnosis, evidence: Evidence): Cause {
  return {
    family: diagnosis.family,
    severity: diagnosis.severity,
    provider: identity.scope === 'provider' ? identity.target : diagnosis.provider,
    models: [],
    modelsLost: [],
    deployments: [],
    title: titleOf(identity),
    fix: diagnosis.fix,
    url: diagnosis.url,
    evidence,
  };
}

/** An observation of one of the gateway's own parts, from a probe. */
export function partObservation(
  identity: Identity,
  at: number,
  bad:
    | (Omit<Cause, 'evidence' | 'models' | 'modelsLost' | 'deployments' | 'provider'> & {
        text: SafeText;
        weight?: number;
      })
    | null,
  source: EvidenceSource,
  goodText: SafeText,
): Observation {
  if (bad === null) return { kind: 'good', identity, at, source, text: goodText };
  const { text, weight = 1, ...cause } = bad;
  const evidence = { at, source, text };
  const whole = { ...cause, provider: null, models: [], modelsLost: [], deployments: [], evidence };
  return { kind: 'bad', nature: 'level', identity, at, cause: whole, times: 1, weight, whole: true };
}
