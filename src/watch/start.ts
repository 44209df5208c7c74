import { createHash } from 'node:crypto';
import { systemClock } from '../clock.ts';
import type { Settings } from '../config/settings.ts';
import { createDiagnose } from '../diagnosis/diagnose.ts';
import { createGate } from '../diagnosis/gate.ts';
import { createGatewayClient } from '../gateway/client.ts';
import type { HostMonitor } from '../host/types.ts';
import { createLogMonitor } from '../logs/monitor.ts';
import { createOwnProbes } from '../logs/records/own.ts';
import { createScrub } from '../text/scrub.ts';
import type { EngineDeps, EngineOptions } from './core.ts';
import { createEngine, PAID_HEALTH_FLOOR_MS } from './create-engine.ts';
import type { Engine } from './engine.ts';
import { hostOf } from './gateway-host.ts';
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

/** One look at the real world, whole within `settings.timeoutMs`, on a machine that is watched already. */
export function lookAt(settings: Settings, key: Key | null, host: HostMonitor): Promise<Snapshot> {
  const { options, deps } = assemble(settings, key, 'once', host);
  return lookOnce(options, deps, settings.timeoutMs);
}

/** What an engine is made of, on the real world. */
export function assemble(
  settings: Settings,
  key: Key | null,
  mode: Mode,
  host?: HostMonitor,
): { options: EngineOptions; deps: EngineDeps } {
  const scrub = createScrub(key === null ? [] : [key.reveal()]);
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
    host: host ?? hostOf(settings, scrub),
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
