import { afterAll, beforeAll } from 'vitest';
import type { IncidentView, Snapshot } from '../../../src/watch/snapshot.ts';
import { type Rig, type RigOptions, startRig } from '../rig.ts';
import { type Account, newAccount } from '../watchtower.ts';

/** A running proxy for the tests of a `describe`, and an account that watches it. */
export interface Bench {
  rig: Rig;
  account: Account;
}

/** Starts a proxy before the tests of this `describe` and ends it after them. */
export function withRig(options: RigOptions): () => Bench {
  let bench: Bench | null = null;
  beforeAll(async () => {
    bench = { rig: await startRig(options), account: newAccount() };
  });
  afterAll(async () => {
    await bench?.rig.stop();
    bench?.account.remove();
  });
  return () => {
    if (bench === null) throw new Error('the proxy was not started');
    return bench;
  };
}

/** The open incidents of a class, whatever their state short of resolved. */
export function openOf(snapshot: Snapshot, name: string): IncidentView[] {
  return snapshot.incidents.filter((one) => one.class === name && one.state !== 'RESOLVED');
}

export const classesOf = (snapshot: Snapshot): string[] =>
  [...new Set(snapshot.incidents.map((one) => one.class))].sort();

/** The model of that public name; throws where the snapshot does not list it. */
export function modelOf(snapshot: Snapshot, name: string): Snapshot['models'][number] {
  const found = snapshot.models.find((one) => one.name === name);
  if (found === undefined) throw new Error(`${name} is not among ${snapshot.models.map((one) => one.name).join(', ')}`);
  return found;
}

interface HealthBody {
  healthy_endpoints: Record<string, unknown>[];
  unhealthy_endpoints: Record<string, unknown>[];
}

/** What the proxy's own `/health` says now. `up` by deployment id, where an entry can be told by id or by its api_base. */
export async function askHealth(rig: Rig): Promise<{ healthy: number; unhealthy: number; up: Map<string, boolean> }> {
  const { body } = await rig.ask('/health');
  const { healthy_endpoints: good, unhealthy_endpoints: bad } = body as HealthBody;
  const up = new Map<string, boolean>();
  for (const [entries, healthy] of [
    [good, true],
    [bad, false],
  ] as const) {
    for (const entry of entries) {
      // Releases before 1.83 give no id: the rig's api_base begins with it.
      const id = entry.model_id ?? /^http:\/\/[^/]+\/([^/]+)/.exec(String(entry.api_base ?? ''))?.[1];
      if (typeof id === 'string') up.set(id, healthy);
    }
  }
  return { healthy: good.length, unhealthy: bad.length, up };
}
