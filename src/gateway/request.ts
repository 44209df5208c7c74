import type { Clock } from '../clock.ts';
import { readBody } from './body.ts';
import { createDialer, type DialBudgets, type Dialer, type Lookup } from './dial.ts';
import { type Fault, fault, faultError, faultOf } from './fault.ts';
import { createLines, type Line, type Lines, type Run, type Traces } from './lines.ts';
import { type AnswerHead, requestOn } from './undici.ts';

/*
 * One HTTP client for one origin. Each request has a connection of its own while it runs, so that whatever the
 * connection does (resolve, connect, TLS, reset) belongs to that request and is named after its phase.
 */

export interface Budgets extends DialBudgets {
  bodyIdleMs: number;
}

export const DEFAULT_BUDGETS: Budgets = { dnsMs: 2_000, connectMs: 2_000, tlsMs: 3_000, bodyIdleMs: 5_000 };

/** How long "this port speaks TLS" is believed without asking again. */
const TLS_ANSWER_TTL_MS = 60_000;

export interface Ask {
  method: 'GET' | 'POST';
  /** Path and query, beginning with `/`. */
  path: string;
  headers: Record<string, string>;
  body: string | null;
  /** From the request on the wire to the last header, ms. */
  headersMs: number;
  /** The whole exchange, retry included, ms. */
  totalMs: number;
  capBytes: number;
  stopAtCap: boolean;
  /** True for paid calls: never on a kept connection, so never sent twice. */
  fresh: boolean;
}

export interface Head {
  status: number;
  headers: Record<string, string | string[] | undefined>;
}

export interface Sink {
  head(head: Head): void;
  chunk(bytes: Buffer): void;
}

type Exchange =
  | { ok: true; head: Head; bytes: number; latencyMs: number }
  | { ok: false; fault: Fault; latencyMs: number };

export interface Requester {
  /** Never rejects. `open` is called once for each attempt: at most twice. */
  exchange(ask: Ask, open: () => Sink, signal: AbortSignal): Promise<Exchange>;
  close(): Promise<void>;
}

export interface RequesterOptions {
  /** `http:` or `https:`; only its origin is used. */
  url: URL;
  clock: Clock;
  lookup: Lookup;
  budgets: Budgets;
  ca: string | null;
  traces: Traces | null;
}

export function createRequester(options: RequesterOptions): Requester {
  const { url, clock } = options;
  const tls = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port === '' ? (tls ? 443 : 80) : Number(url.port);
  const dialer = createDialer({ host, port, tls }, options);
  const lines = createLines(url.origin, dialer, options.traces);
  const askTls = createTlsQuestion(dialer, clock, tls);
  return {
    async exchange(ask, open, signal) {
      const started = clock.monotonic();
      const spent = () => clock.monotonic() - started;
      const stop = new AbortController();
      let over: Fault | null = null;
      const end = (why: Fault) => {
        over ??= why;
        stop.abort(faultError(over));
      };
      const cancelDeadline = clock.after(ask.totalMs, () => end(fault('deadline', null, ask.totalMs)));
      const onAbort = () => end(fault('aborted'));
      if (signal.aborted) onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      try {
        const first = await attempt(lines, ask, open(), options, stop.signal);
        if (first.ok) askTls.answered();
        if (first.ok || !first.retry) return finished(await askTls.better(first, stop.signal), spent());
        const second = await attempt(lines, { ...ask, fresh: true }, open(), options, stop.signal);
        if (second.ok) askTls.answered();
        return finished(await askTls.better(second, stop.signal), spent());
      } finally {
        cancelDeadline();
        signal.removeEventListener('abort', onAbort);
      }
    },
    close: () => lines.close(),
  };
}

type Attempt = { ok: true; head: Head; bytes: number } | { ok: false; fault: Fault; retry: boolean };

function finished(result: Attempt, latencyMs: number): Exchange {
  return result.ok
    ? { ok: true, head: result.head, bytes: result.bytes, latencyMs }
    : { ok: false, fault: result.fault, latencyMs };
}

async function attempt(
  lines: Lines,
  ask: Ask,
  sink: Sink,
  options: RequesterOptions,
  stop: AbortSignal,
): Promise<Attempt> {
  const { clock } = options;
  const line = lines.take(ask.fresh);
  const control = new AbortController();
  let cancelHead = () => {};
  const run: Run = {
    phase: 'head',
    dialled: false,
    signal: control.signal,
    disarm: () => cancelHead(),
    arm() {
      cancelHead();
      const before = line.bytesRead();
      cancelHead = clock.after(ask.headersMs, () => {
        const kind = line.bytesRead() > before ? 'drip-head' : 'first-byte';
        control.abort(faultError(fault(kind, null, ask.headersMs)));
      });
    },
  };
  line.run = run;
  const onStop = () => control.abort(stop.reason);
  if (stop.aborted) onStop();
  stop.addEventListener('abort', onStop, { once: true });
  const ended = new Promise<never>((_, reject) => {
    control.signal.addEventListener('abort', () => reject(control.signal.reason), { once: true });
    if (control.signal.aborted) reject(control.signal.reason);
  });
  ended.catch(() => {});
  const work = converse(line, ask, sink, run, options);
  work.catch(() => {});
  try {
    const done = await Promise.race([work, ended]);
    lines.give(line, ask.fresh);
    return { ok: true, ...done };
  } catch (error) {
    lines.drop(line);
    const why = faultOf(error, run.phase);
    // A kept connection that the peer closed between two probes says nothing about the gateway.
    const stale = !run.dialled && (why.kind === 'closed-silent' || why.kind === 'reset') && run.phase === 'head';
    return { ok: false, fault: why, retry: stale };
  } finally {
    cancelHead();
    stop.removeEventListener('abort', onStop);
  }
}

async function converse(line: Line, ask: Ask, sink: Sink, run: Run, { budgets, clock, traces }: RequesterOptions) {
  run.arm();
  line.trace();
  const head: AnswerHead = await requestOn(line.connection, {
    path: ask.path,
    method: ask.method,
    headers: ask.headers,
    body: ask.body,
    signal: run.signal,
  });
  run.disarm();
  run.phase = 'body';
  const call = head.headers['x-litellm-call-id'];
  if (typeof call === 'string') traces?.call(call);
  sink.head({ status: head.statusCode, headers: head.headers });
  const encoding = head.headers['content-encoding'];
  const bytes = await readBody(
    head.body,
    Array.isArray(encoding) ? encoding.join(',') : encoding,
    { clock, capBytes: ask.capBytes, stopAtCap: ask.stopAtCap, idleMs: budgets.bodyIdleMs },
    (chunk) => sink.chunk(chunk),
  );
  return { head: { status: head.statusCode, headers: head.headers }, bytes };
}

/**
 * A TLS port that is sent plain HTTP just closes. Before the first good answer of an origin such a failure is worth one
 * handshake, which proves it; never afterwards, and at most once a minute.
 */
function createTlsQuestion(dialer: Dialer, clock: Clock, tls: boolean) {
  let everAnswered = false;
  let known: { speaks: boolean; until: number } | null = null;
  return {
    answered(): void {
      everAnswered = true;
    },
    async better(result: Attempt, signal: AbortSignal): Promise<Attempt> {
      if (result.ok || tls || everAnswered || signal.aborted) return result;
      if (!['closed-silent', 'reset', 'protocol'].includes(result.fault.kind)) return result;
      if (known === null || clock.monotonic() > known.until) {
        known = { speaks: await dialer.speaksTls(signal), until: clock.monotonic() + TLS_ANSWER_TTL_MS };
      }
      return known.speaks ? { ok: false, fault: fault('tls-wanted'), retry: false } : result;
    },
  };
}
