import { isIP, type Socket, connect as tcpConnect } from 'node:net';
import type { Clock } from '../clock.ts';
import { fault, faultError, faultOf } from './fault.ts';

/*
 * Opening a connection in three phases with a budget each, so that a failure names its phase: resolve, connect, TLS.
 * undici's own connector knows one timeout for all three and Node's family selection gives up after 250 or 500 ms.
 */

interface Address {
  address: string;
  family: number;
}

export type Lookup = (host: string) => Promise<Address[]>;

export interface DialBudgets {
  dnsMs: number;
  connectMs: number;
  tlsMs: number;
}

export interface DialTarget {
  /** Without brackets. */
  host: string;
  port: number;
  tls: boolean;
}

export interface DialDeps {
  clock: Clock;
  lookup: Lookup;
  budgets: DialBudgets;
  /** PEM of further authorities to trust; null = Node's own list (and NODE_EXTRA_CA_CERTS). */
  ca: string | null;
}

export interface Dialer {
  /** A socket ready for HTTP; rejects with a `FaultError`. Aborting destroys whatever is half open. */
  dial(signal: AbortSignal): Promise<Socket>;
  /** Whether a TLS handshake succeeds on the port, whatever the certificate; sends nothing else. Never rejects. */
  speaksTls(signal: AbortSignal): Promise<boolean>;
}

/** How long a resolved address is used without asking again: a resolver that hangs must not cost each probe 2 s. */
const ADDRESS_TTL_MS = 30_000;
/** A port that speaks TLS shakes hands at once; more time would only delay the answer to what went wrong. */
const TLS_QUESTION_MS = 500;
/** Head start of each address over the next one. */
const STAGGER_MS = 250;

/** Dials one target, remembering its addresses and, for `localhost`, which family answered. */
export function createDialer(target: DialTarget, deps: DialDeps): Dialer {
  const resolve = createResolver(target.host, deps);
  const open = async (signal: AbortSignal) => {
    const addresses = await resolve.addresses();
    signal.throwIfAborted();
    try {
      const { socket, address } = await connectAny(addresses, target.port, deps, signal);
      resolve.prefer(address);
      return socket;
    } catch (error) {
      resolve.forget();
      throw error;
    }
  };
  return {
    async dial(signal) {
      const socket = await open(signal);
      return target.tls ? secure(socket, target.host, deps, signal, true) : socket;
    },
    async speaksTls(signal) {
      try {
        const socket = await open(signal);
        const tlsMs = Math.min(TLS_QUESTION_MS, deps.budgets.tlsMs);
        const hurried = { ...deps, budgets: { ...deps.budgets, tlsMs } };
        (await secure(socket, target.host, hurried, signal, false)).destroy();
        return true;
      } catch {
        return false;
      }
    },
  };
}

function createResolver(host: string, deps: DialDeps) {
  const family = isIP(host);
  const local = host === 'localhost' || host.endsWith('.localhost');
  let known: Address[] | null = null;
  let knownUntil = 0;
  let preferred: string | null = null;
  let inFlight: Promise<Address[]> | null = null;
  if (family !== 0) known = [{ address: host, family }];
  // RFC 6761: localhost is loopback; asking a resolver for it can only go wrong.
  else if (local) known = sorted([at('127.0.0.1', 4), at('::1', 6)]);

  function at(address: string, ipFamily: number): Address {
    return { address, family: ipFamily };
  }
  function sorted(list: Address[]): Address[] {
    return [...list].sort((a, b) => Number(b.address === preferred) - Number(a.address === preferred));
  }
  async function ask(): Promise<Address[]> {
    // One lookup in flight, ever: each occupies a thread of the pool that file reads share.
    inFlight ??= deps.lookup(host).finally(() => {
      inFlight = null;
    });
    const found = await withBudget(inFlight, deps.clock, deps.budgets.dnsMs, 'dns-timeout');
    if (found.length === 0) throw faultError(fault('dns-unknown'));
    known = found;
    knownUntil = deps.clock.monotonic() + ADDRESS_TTL_MS;
    return found;
  }
  return {
    async addresses(): Promise<Address[]> {
      if (known !== null && (family !== 0 || local || deps.clock.monotonic() < knownUntil)) return sorted(known);
      try {
        return sorted(await ask());
      } catch (error) {
        throw faultError(faultOf(error, 'dns'));
      }
    },
    prefer(address: string): void {
      preferred = address;
    },
    forget(): void {
      knownUntil = 0;
    },
  };
}

function withBudget<T>(work: Promise<T>, clock: Clock, ms: number, kind: 'dns-timeout'): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => reject(faultError(fault(kind, null, ms))));
    work.then(resolve, reject).finally(cancel);
  });
}

/** The first address that answers wins; the others start `STAGGER_MS` apart or as soon as the one before has failed. */
function connectAny(
  addresses: Address[],
  port: number,
  deps: DialDeps,
  signal: AbortSignal,
): Promise<{ socket: Socket; address: string }> {
  return new Promise((resolve, reject) => {
    const open = new Set<Socket>();
    const failures: unknown[] = [];
    const cancels: (() => void)[] = [];
    let next = 0;
    let settled = false;
    const settle = (winner: Socket | null, finish: () => void) => {
      if (settled) return;
      settled = true;
      signal.removeEventListener('abort', onAbort);
      for (const cancel of cancels) cancel();
      for (const socket of open) if (socket !== winner) socket.destroy();
      finish();
    };
    const fail = (error: unknown) => settle(null, () => reject(error));
    const onAbort = () => fail(faultError(fault('aborted')));
    const tryNext = () => {
      const candidate = addresses[next];
      if (settled || candidate === undefined) return;
      next += 1;
      const socket = tcpConnect({ host: candidate.address, port, family: candidate.family });
      open.add(socket);
      socket.setNoDelay(true);
      socket.once('connect', () => settle(socket, () => resolve({ socket, address: candidate.address })));
      // Stays for the socket's whole life: an error between two owners must not end the process.
      socket.on('error', (error) => {
        open.delete(socket);
        if (settled) return;
        failures.push(error);
        if (failures.length === addresses.length) fail(faultError(worst(failures)));
        else tryNext();
      });
      if (next < addresses.length) cancels.push(deps.clock.after(STAGGER_MS, tryNext));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    const { connectMs } = deps.budgets;
    cancels.push(deps.clock.after(connectMs, () => fail(faultError(fault('connect-timeout', null, connectMs)))));
    tryNext();
  });
}

/** `refused` beats the rest: on `localhost` the other family is often not there at all (EADDRNOTAVAIL, ENETUNREACH). */
function worst(failures: unknown[]) {
  const faults = failures.map((error) => faultOf(error, 'connect'));
  return faults.find((one) => one.kind === 'refused') ?? faults[0] ?? fault('connect-timeout');
}

function secure(
  plain: Socket,
  host: string,
  deps: DialDeps,
  signal: AbortSignal,
  rejectUnauthorized: boolean,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    // Loaded on the first handshake: TLS costs a program two thirds of a bare Node's start.
    const socket = process.getBuiltinModule('node:tls').connect({
      socket: plain,
      // The name of an address is no server name (RFC 6066).
      ...(isIP(host) === 0 ? { servername: host } : { host }),
      ALPNProtocols: ['http/1.1'],
      // Said here so that NODE_TLS_REJECT_UNAUTHORIZED cannot switch it off behind our back.
      rejectUnauthorized,
      ...(deps.ca === null ? {} : { ca: deps.ca }),
    });
    let settled = false;
    const done = (finish: () => void) => {
      if (settled) return;
      settled = true;
      cancel();
      signal.removeEventListener('abort', onAbort);
      finish();
    };
    const fail = (error: unknown) =>
      done(() => {
        socket.destroy();
        plain.destroy();
        reject(faultError(faultOf(error, 'tls')));
      });
    const onAbort = () => fail(faultError(fault('aborted')));
    const { tlsMs } = deps.budgets;
    const cancel = deps.clock.after(tlsMs, () => fail(faultError(fault('tls-timeout', null, tlsMs))));
    signal.addEventListener('abort', onAbort, { once: true });
    socket.on('error', fail);
    socket.once('close', () => fail(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
    socket.once('secureConnect', () => done(() => resolve(socket)));
  });
}
