import { systemClock } from '../clock.ts';
import type { Settings } from '../config/settings.ts';
import type { HostMonitor, ProcessSample } from '../host/types.ts';
import { createScrub } from '../text/scrub.ts';
import { hostOf } from './gateway-host.ts';
import type { Snapshot } from './snapshot.ts';
import type { Key } from './start.ts';

/** A machine whose processes take longer to read is not waited for. */
const BEGIN_MS = 50;

/** One look at the real world, whole within `settings.timeoutMs`. */
export async function runOnce(settings: Settings, key: Key | null): Promise<Snapshot> {
  const host = hostOf(settings, createScrub(key === null ? [] : [key.reveal()]));
  // CPU is what passes between two samples: the first comes before all the rest is loaded, and so nothing waits for it.
  const first = host.processes();
  void host.host();
  await new Promise<void>((resolve) => {
    const cancel = systemClock.after(BEGIN_MS, resolve);
    void first.then(() => resolve()).finally(cancel);
  });
  const { lookAt } = await import('./start.ts');
  return lookAt(settings, key, begun(host, first));
}

/** A monitor whose next sample is there already. */
function begun(host: HostMonitor, first: Promise<ProcessSample>): HostMonitor {
  let next: Promise<ProcessSample> | null = first;
  return {
    ...host,
    processes() {
      const sample = next ?? host.processes();
      next = null;
      return sample;
    },
  };
}
