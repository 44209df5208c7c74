import type { Clock } from '../clock.ts';
import type { Diagnose } from '../diagnosis/types.ts';
import type { GatewayClient } from '../gateway/types.ts';
import type { HostMonitor } from '../host/types.ts';
import type { LogMonitor } from '../logs/types.ts';
import type { SafeText } from '../text/safe-text.ts';
import { buildSnapshot } from './build-snapshot.ts';
import { type Frame, reduce } from './reduce.ts';
import type { Snapshot } from './snapshot.ts';
import { type Happening, initialState, type State } from './state.ts';
import type { View } from './view.ts';
import type { WalletStore } from './wallet-store.ts';

/** Everything that the engine reaches outside itself through. */
export interface EngineDeps {
  clock: Clock;
  random: () => number;
  client: GatewayClient;
  host: HostMonitor;
  logs: LogMonitor;
  wallet: WalletStore;
  diagnose: Diagnose;
}

/** Options of the engine, normalised: durations in ms. */
export interface EngineOptions {
  view: View;
  intervalMs: number;
  chatIntervalMs: number;
  chatModel: SafeText | null;
  hasKey: boolean;
}

/** State and the one way to change it; `onChange` is called after each change. */
export interface Core {
  state(): State;
  dispatch(happening: Happening): void;
  snapshot(): Snapshot;
}

export function createCore(
  options: EngineOptions,
  deps: EngineDeps,
  onChange: (before: State, after: State) => void = () => {},
): Core {
  const { clock, wallet, diagnose } = deps;
  const frame: Frame = { gateway: options.view.name, keyFrom: options.view.keyFrom, diagnose };
  const startedAt = clock.now();
  let state = initialState(startedAt, wallet.purse(startedAt), wallet.remembered);
  return {
    state: () => state,
    dispatch(happening) {
      const next = reduce(state, happening, frame, clock.now());
      if (next === state) return;
      const before = state;
      state = next;
      onChange(before, next);
    },
    snapshot: () => buildSnapshot(state, options.view, clock.now()),
  };
}
