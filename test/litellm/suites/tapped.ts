import type { Snapshot } from '../../../src/watch/snapshot.ts';
import { childrenOf, commandOf } from '../processes.ts';
import type { Rig } from '../rig.ts';
import { startTap, type Tap, type TapOptions, type TappedRequest } from '../tap.ts';
import { type Account, type Finished, type Monitor, newAccount, startMonitor } from '../watchtower.ts';

/** A monitor that asks its gateway through a tap of its own. */
export interface Watch {
  tap: Tap;
  account: Account;
  monitor: Monitor;
  finished: Finished | null;
  /** Argument lists of it and its children, once it was ended. */
  argv: string[];
}

export async function watch(
  rig: Rig,
  key: string | null,
  args: readonly string[],
  options: TapOptions = {},
): Promise<Watch> {
  const tap = await startTap(rig.url, options);
  const account = newAccount();
  // The port that is asked is the tap's: the process behind it must be named.
  const monitor = startMonitor(tap.url, { account, key }, ['--pid', String(rig.pid), ...args]);
  return { tap, account, monitor, finished: null, argv: [] };
}

export async function end(one: Watch): Promise<void> {
  const pids = [one.monitor.pid, ...childrenOf(one.monitor.pid).map((child) => child.pid)];
  one.argv = pids.map(commandOf);
  one.finished = await one.monitor.stop();
  await one.tap.stop();
}

/** The newest snapshot that it printed. */
export function lastOf(one: Watch): Snapshot {
  const last = one.monitor.statuses().at(-1);
  if (last === undefined) throw new Error(`no snapshot: ${one.finished?.stderr}`);
  return last;
}

/** Every request for that path, oldest first. */
export const asked = (one: Watch, path: string): TappedRequest[] =>
  one.tap.requests().filter((request) => request.path === path);
