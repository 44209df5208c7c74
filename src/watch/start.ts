import { createHash } from 'node:crypto';
import { hostname, networkInterfaces } from 'node:os';
import { systemClock } from '../clock.ts';
import type { Settings } from '../config/settings.ts';
import { createDiagnose } from '../diagnosis/diagnose.ts';
import { createGate } from '../diagnosis/gate.ts';
import { createGatewayClient } from '../gateway/client.ts';
import { createHostMonitor } from '../host/monitor.ts';
import { createLogMonitor } from '../logs/monitor.ts';
import { createOwnProbes } from '../logs/records/own.ts';
import { createScrub } from '../text/scrub.ts';
import type { EngineDeps, EngineOptions } from './core.ts';
import { createEngine, PAID_HEALTH_FLOOR_MS } from './create-engine.ts';
import type { Engine } from './engine.ts';
import { lookOnce } from './look-once.ts';
import type { Mode, Snapshot } from './snapshot.ts';
import { CAP_CALLS } from './wallet.ts';
import { fileWallet, memoryWallet } from './wallet-store.ts';

/** The key, which only `reveal` gives away: to the gateway's client and to the redactor. */
export interface Key {
  reveal(): string;
}

/** The engine on the real world, in this thread. */
export function startEngine(settings: Settings, key: Key | null, mode: Mode): Engine {
  const { options, deps } = assemble(settings, key, mode);
  return createEngine(options, deps);
}

/** One look at the real world, whole within `settings.timeoutMs`. */
export function runOnce(settings: Settings, key: Key | null): Promise<Snapshot> {
  const { options, deps } = assemble(settings, key, 'once');
  return lookOnce(options, deps, settings.timeoutMs);
}

/** What an engine is made of, on the real world. */
export function assemble(
  settings: Settings,
  key: Key | null,
  mode: Mode,
): { options: EngineOptions; deps: EngineDeps } {
  const scrub = createScrub(key === null ? [] : [key.reveal()]);
  const url = new URL(settings.url);
  const diagnose = createDiagnose({ rules: settings.rules, ignore: settings.ignore, scrub });
  const now = systemClock.now();
  const { pid, stateDir } = settings;
  const own = createOwnProbes({ keyHash: key === null ? null : hashOf(key) });
  const traces = {
    connection: (address: string, port: number) => own.connection(address, port, systemClock.monotonic()),
    call: (id: string) => own.call(id, systemClock.monotonic()),
  };
  const deps: EngineDeps = {
    clock: systemClock,
    random: Math.random,
    diagnose,
    client: createGatewayClient({ url: settings.url, key, keyHeader: settings.keyHeader, scrub, traces }),
    host: createHostMonitor({ host: url.hostname, port: portOf(url), local: isLocal(url), pid }, scrub),
    logs: createLogMonitor(
      {
        files: settings.logFiles,
        journal: settings.journal,
        container: settings.container,
        pids: pid === null ? [] : [pid],
        // One look judges by itself: what was written since another one is history to it.
        stateDir: mode === 'once' ? null : stateDir,
      },
      {
        diagnose,
        gate: createGate(settings.rules),
        scrub,
        own,
      },
    ),
    wallet: stateDir === null ? memoryWallet(now) : fileWallet(stateDir, settings.url, now),
  };
  const options: EngineOptions = {
    view: {
      name: scrub(settings.name),
      url: scrub(settings.url),
      mode,
      demo: settings.demo,
      hasKey: key !== null,
      keyFrom: settings.keyFrom,
      limits: { capUsd: settings.budgetUsd, capCalls: CAP_CALLS, paidProbes: settings.paidProbes },
      pid: process.pid,
      healthIntervalMs: Math.max(PAID_HEALTH_FLOOR_MS, settings.intervalMs),
    },
    intervalMs: settings.intervalMs,
    chatIntervalMs: settings.chatIntervalMs,
    chatModel: settings.chatModel === null ? null : scrub(settings.chatModel),
    hasKey: key !== null,
  };
  return { options, deps };
}

function hashOf(key: Key): string {
  return createHash('sha256').update(key.reveal()).digest('hex');
}

function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** Loopback, this machine's own name, or an address of one of its interfaces. */
function isLocal(url: URL): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (/^(localhost|127(\.\d+){3}|::1)$/.test(host) || host === hostname()) return true;
  const addresses = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map((one) => one.address));
  return addresses.includes(host);
}
