import type { Incident } from '../alerts/types.ts';
import type { SafeText } from '../text/safe-text.ts';
import { literal, safe } from '../text/scrub.ts';
import { formatAge } from '../text/units.ts';
import { gatewayCondition, keyState } from './gateway-state.ts';
import { callersHeard, logHeard } from './hearing.ts';
import type { Mode, ModelView, Verdict } from './snapshot.ts';
import { failureOf, type State } from './state.ts';

export interface VerdictInput {
  state: State;
  models: readonly ModelView[];
  /** Open and not inhibited, worst first. */
  incidents: readonly Incident[];
  hasKey: boolean;
  mode: Mode;
  now: number;
}

type Judged = Omit<Verdict, 'exit'>;

const EXIT = { OK: 0, WARN: 1, CRIT: 2, UNKNOWN: 3 } as const;

/** The one sentence: the worst cause, whom it hits, since when and what to do. No data is never OK. */
export function verdictOf(input: VerdictInput): Verdict {
  const judged =
    passing(input) ??
    ofIncidents(input) ??
    unexplained(input) ??
    degraded(input) ??
    silent(input) ??
    unknown(input) ??
    fine(input);
  return { ...judged, exit: EXIT[judged.state] };
}

/** Starting and draining pass by themselves: a warning, with what is waited for. */
function passing({ state, now }: VerdictInput): Judged | null {
  const { state: condition, why } = gatewayCondition(state, now);
  if (condition !== 'STARTING' && condition !== 'DRAINING') return null;
  const word = condition === 'STARTING' ? literal('starting') : literal('draining');
  return {
    ...plain('WARN', safe`The gateway is ${word}: ${why ?? literal('no listener')}`),
    class: 'SERVER',
    next:
      condition === 'STARTING'
        ? literal('wait: a start takes 5 to 60 seconds; then look at its log')
        : literal('wait until its requests are done; if nobody stopped it, look at its log'),
  };
}

function ofIncidents({ incidents, models, mode }: VerdictInput): Judged | null {
  const [worst] = incidents;
  if (worst === undefined || worst.severity === 'info') return null;
  const unconfirmed = worst.state === 'PENDING' && mode !== 'once';
  const more = incidents.filter((one) => one !== worst && one.severity !== 'info').length;
  const others = more === 0 ? literal('') : safe`; and ${more} other ${literal(more === 1 ? 'cause' : 'causes')}`;
  return {
    state: worst.severity === 'crit' && !unconfirmed ? 'CRIT' : 'WARN',
    summary: safe`${capital(worst.title)}${blast(worst, models)}${others}${literal(unconfirmed ? ' (not confirmed yet)' : '')}`,
    class: worst.class,
    provider: worst.provider,
    models: lostBy(worst, models),
    since: new Date(worst.startedAt).toISOString(),
    next: worst.fix,
    url: worst.url,
  };
}

/** What callers have lost: every model while the gateway does not answer, else those without a working deployment. */
function lostBy(worst: Incident, models: readonly ModelView[]): SafeText[] {
  const all = worst.class === 'SERVER' && worst.scope === 'gateway';
  return models
    .filter((one) => all || one.state === 'DOWN' || one.state === 'COOLING')
    .map((one) => one.name)
    .sort();
}

/** Models that failed in the last round while their cause has cleared since: worth a look, and not fine. */
function unexplained({ models }: VerdictInput): Judged | null {
  const down = models.filter((one) => one.state === 'DOWN' || one.state === 'COOLING');
  const [first] = down;
  if (first === undefined) return null;
  return {
    ...plain(
      'WARN',
      safe`${down.length} of ${models.length} ${plural(models.length)} failed the last health check, such as ${first.name}`,
    ),
    class: first.class,
    next: literal('press r, or look again, to check them anew'),
  };
}

/** Whom it hits, in models that callers lost. */
function blast(incident: Incident, models: readonly ModelView[]): SafeText {
  if (incident.scope !== 'provider' && incident.scope !== 'model') return literal('');
  const fineCount = models.filter((one) => one.state === 'OK').length;
  const lost = incident.modelsLost.length;
  if (lost > 0) return safe`: ${lost} of ${models.length} ${plural(models.length)} down, ${fineCount} fine`;
  const hit = incident.models.length;
  return hit === 0 ? literal('') : safe`: ${hit} ${plural(hit)} affected, none lost`;
}

const plural = (count: number): SafeText => literal(count === 1 ? 'model' : 'models');

function degraded({ state, now }: VerdictInput): Judged | null {
  const condition = gatewayCondition(state, now);
  if (condition.state !== 'DEGRADED') return null;
  return {
    ...plain('WARN', safe`The gateway is degraded: ${condition.why ?? literal('readiness fails')}`),
    class: 'SERVER',
    next: failureOf(state.ready)?.next ?? literal("read the gateway's log"),
  };
}

/** Nothing fails because nothing comes: that is not the same as fine. */
function silent({ state }: VerdictInput): Judged | null {
  const callers = callersHeard(state);
  if (callers.state === 'SILENT') {
    return {
      ...plain(
        'WARN',
        safe`The gateway answers, but no caller has come for ${formatAge((callers.forS ?? 0) * 1000)} (${callers.why ?? literal('')})`,
      ),
      next: literal('look at what stands before the gateway: load balancer, DNS, firewall, the callers themselves'),
    };
  }
  const log = logHeard(state);
  if (log.state !== 'SILENT') return null;
  return {
    ...plain('WARN', safe`The gateway answers, but its log has been silent for ${formatAge((log.forS ?? 0) * 1000)}`),
    next: literal('press R to look anew for where it writes, or name the log with --log-file or --journal'),
  };
}

function unknown({ state, models, hasKey, now }: VerdictInput): Judged | null {
  const condition = gatewayCondition(state, now);
  if (condition.state === 'UNKNOWN') {
    return {
      ...plain('UNKNOWN', literal('Nothing is known of the gateway yet')),
      next: literal('wait for the first answer'),
    };
  }
  if (keyState(state, hasKey) === 'MISSING') {
    return {
      ...plain('UNKNOWN', literal('The gateway is alive; which models work is not known without a key')),
      next: literal(
        'set LITELLM_MASTER_KEY in the environment or in .env, or give --key-file, to see models and key state',
      ),
    };
  }
  const failure = failureOf(state.models);
  if (failure !== null)
    return {
      ...plain('UNKNOWN', safe`The gateway is alive, but /v1/models fails: ${failure.text}`),
      next: failure.next,
    };
  const empty = state.health.good?.value;
  if (empty !== undefined && !empty.pending && empty.entries.length === 0 && models.length > 0) {
    return {
      ...plain('UNKNOWN', literal('The gateway is alive, but /health lists no deployment at all')),
      next: literal('use the master key: a scoped key may see none; some 1.84 releases answer so by mistake'),
    };
  }
  return null;
}

function fine({ state, models, incidents }: VerdictInput): Judged {
  const [note] = incidents;
  const known = models.filter((one) => one.up !== null).length;
  const checked =
    models.length === 0
      ? literal('no model is configured')
      : known === 0
        ? safe`${models.length} ${plural(models.length)}, not probed: ${state.health.resting ?? literal('no /health yet')}`
        : safe`${models.filter((one) => one.state === 'OK').length} of ${models.length} ${plural(models.length)} answer`;
  const aside = note === undefined ? literal('') : safe`; ${note.title}`;
  return {
    ...plain('OK', safe`The gateway answers; ${checked}${aside}`),
    class: note?.class ?? null,
    since: note === undefined ? null : new Date(note.startedAt).toISOString(),
    next: note?.fix ?? literal('nothing to do'),
  };
}

function plain(state: Verdict['state'], summary: SafeText): Judged {
  return { state, summary, class: null, provider: null, models: [], since: null, next: literal(''), url: null };
}

function capital(text: SafeText): SafeText {
  return literal(text.charAt(0).toUpperCase() + text.slice(1));
}
