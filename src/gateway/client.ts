import { lookup as systemLookup } from 'node:dns/promises';
import { type Clock, systemClock } from '../clock.ts';
import type { SafeText, Scrub } from '../text/safe-text.ts';
import { VERSION } from '../version.ts';
import { backlog } from './backlog.ts';
import { chat } from './chat.ts';
import type { Lookup } from './dial.ts';
import { BODY_CAP_BYTES, type Context, type Endpoint, type Reply } from './endpoint.ts';
import { failureOfFault } from './failure.ts';
import { fault } from './fault.ts';
import { health } from './health.ts';
import { hub } from './hub.ts';
import { latest } from './latest.ts';
import type { Traces } from './lines.ts';
import { liveliness } from './liveliness.ts';
import { metrics } from './metrics.ts';
import { askModelInfo } from './model-info.ts';
import { models } from './models.ts';
import { readiness } from './readiness.ts';
import { readinessDetails } from './readiness-details.ts';
import { type Ask, type Budgets, createRequester, DEFAULT_BUDGETS, type Head, type Sink } from './request.ts';
import type { Answer, GatewayClient } from './types.ts';

/** A secret that gives itself up only when asked. */
export interface Revealing {
  reveal(): string;
}

export interface GatewayClientOptions {
  /** `http://host:port/prefix`; userinfo, query and fragment are ignored. */
  url: string;
  key: Revealing | null;
  /** `Authorization`, or the name in the gateway's `general_settings.litellm_key_header_name`. */
  keyHeader: string;
  scrub: Scrub;
  clock?: Clock;
  /** Resolves host names; the system's by default. Never called for addresses and for `localhost`. */
  lookup?: Lookup;
  /** Phase budgets, ms; those not given are the defaults of `request.ts`. */
  budgets?: Partial<Budgets>;
  /** Multiplies the time limits of every endpoint: tests make them short. */
  timeScale?: number;
  /** PEM of a further certificate authority. */
  ca?: string | null;
  /** Told what our questions leave in the gateway's log. */
  traces?: Traces;
  /** Varies the chat prompt; 0 to 1. */
  random?: () => number;
}

/**
 * The gateway as a set of questions. Every method resolves, never rejects: to an answer, to `absent` (this installation
 * does not have it) or to a failure with a stable code. The key leaves only in `keyHeader`, only to `url`'s origin,
 * only on endpoints that need it, and is in no text. Throws at once on a `url` that is none.
 */
export function createGatewayClient(options: GatewayClientOptions): GatewayClient {
  const url = new URL(options.url);
  const clock = options.clock ?? systemClock;
  const scrub = withoutKey(options.key, options.scrub);
  const requester = createRequester({
    url,
    clock,
    lookup: options.lookup ?? ((host) => systemLookup(host, { all: true, order: 'verbatim' })),
    budgets: { ...DEFAULT_BUDGETS, ...options.budgets },
    ca: options.ca ?? null,
    traces: options.traces ?? null,
  });
  const shared = {
    prefix: url.pathname.replace(/\/+$/, ''),
    where: scrub(url.host, 260),
    scale: options.timeScale ?? 1,
    keyHeader: options.keyHeader,
    key: options.key,
    scrub,
    clock,
  };
  const ask = <T>(endpoint: Endpoint<T>, signal: AbortSignal) => question(endpoint, signal, requester.exchange, shared);
  const random = options.random ?? Math.random;
  return {
    liveliness: (signal) => ask(liveliness, signal),
    readiness: (signal) => ask(readiness, signal),
    readinessDetails: (signal) => ask(readinessDetails, signal),
    hub: (signal) => ask(hub, signal),
    models: (signal) => ask(models, signal),
    modelInfo: (signal) => askModelInfo((endpoint) => ask(endpoint, signal)),
    health: (signal) => ask(health, signal),
    chat: (model, signal) => ask(chat(model, Math.floor(random() * 0x7fffffff).toString(36)), signal),
    latest: (signal) => ask(latest, signal),
    backlog: (signal) => ask(backlog, signal),
    metrics: (signal) => ask(metrics, signal),
    close: () => requester.close(),
  };
}

interface Shared {
  prefix: string;
  where: SafeText;
  scale: number;
  keyHeader: string;
  key: Revealing | null;
  scrub: Scrub;
  clock: Clock;
}

async function question<T>(
  endpoint: Endpoint<T>,
  signal: AbortSignal,
  exchange: ReturnType<typeof createRequester>['exchange'],
  shared: Shared,
): Promise<Answer<T>> {
  const { clock, scrub, where } = shared;
  const started = clock.monotonic();
  const measured = (status: number | null) => ({ at: clock.now(), latencyMs: clock.monotonic() - started, status });
  const key = endpoint.key ? (shared.key?.reveal() ?? null) : null;
  if (key !== null && !(isHeaderValue(key) && isHeaderName(shared.keyHeader))) {
    return { kind: 'failed', ...measured(null), failure: failureOfFault(fault('bad-key'), where, scrub) };
  }
  const context: Context = {
    scrub,
    where,
    keySent: key !== null,
    keyHeader: shared.keyHeader,
    keyed: endpoint.key,
    providerMaySpeak: endpoint.providerMaySpeak ?? false,
    path: endpoint.path,
    now: () => clock.now(),
  };
  let last = receiver(endpoint, context);
  const done = await exchange(
    askFor(endpoint, key, shared),
    () => {
      last = receiver(endpoint, context);
      return last.sink;
    },
    signal,
  );
  if (!done.ok) return { kind: 'failed', ...measured(null), failure: failureOfFault(done.fault, where, scrub) };
  const decoded = last.end(done.bytes);
  return { ...decoded, ...measured(done.head.status) } as Answer<T>;
}

function askFor<T>(endpoint: Endpoint<T>, key: string | null, shared: Shared): Ask {
  return {
    method: endpoint.method,
    path: `${shared.prefix}${endpoint.path}`,
    headers: {
      accept: 'application/json',
      'accept-encoding': endpoint.gzip ? 'gzip' : 'identity',
      'user-agent': `skypiea-watchtower/${VERSION}`,
      ...(endpoint.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === null ? {} : { [shared.keyHeader.toLowerCase()]: `Bearer ${key}` }),
    },
    body: endpoint.body ?? null,
    headersMs: endpoint.headersMs * shared.scale,
    totalMs: endpoint.totalMs * shared.scale,
    capBytes: endpoint.capBytes,
    stopAtCap: endpoint.stopAtCap ?? false,
    fresh: endpoint.paid ?? false,
  };
}

/** Feeds the pieces of one attempt to a fresh decoder and keeps their beginning as text. */
function receiver<T>(endpoint: Endpoint<T>, context: Context) {
  const decoder = endpoint.decoder(context);
  const kept: Buffer[] = [];
  let keptBytes = 0;
  let head: Head = { status: 0, headers: {} };
  // A decoder that reads the pieces needs the text only to name a refusal.
  const keep = decoder.chunk === undefined ? BODY_CAP_BYTES : BODY_CAP_BYTES / 16;
  const sink: Sink = {
    head(received) {
      head = received;
    },
    chunk(bytes) {
      decoder.chunk?.(bytes);
      if (keptBytes >= keep) return;
      kept.push(bytes.subarray(0, keep - keptBytes));
      keptBytes += bytes.length;
    },
  };
  return {
    sink,
    end(bytes: number) {
      const reply: Reply = { ...head, bytes, text: Buffer.concat(kept).toString('utf8') };
      return decoder.end(reply);
    },
  };
}

/** RFC 9110: visible ASCII, blanks and obs-text. Anything else would end or split the header. */
function isHeaderValue(value: string): boolean {
  return value !== '' && /^[\t\x20-\x7e\x80-\xff]+$/.test(value);
}

/** RFC 9110: a token. */
function isHeaderName(name: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name);
}

/** Before anything else the exact key goes out of a text: 1.60.8 and 1.74.9 repeat a refused key in clear. */
function withoutKey(key: Revealing | null, scrub: Scrub): Scrub {
  if (key === null) return scrub;
  return (raw, maxChars) => {
    const exact = key.reveal();
    return scrub(exact.length < 4 ? raw : raw.replaceAll(exact, '[redacted]'), maxChars);
  };
}
