import type { Clock } from '../clock.ts';
import { findPort, type PortSockets } from './net-tcp.ts';
import type { ProcFiles } from './proc-files.ts';

/**
 * How much an old answer is worth. `calm`: the socket that was found is still held, all is known that matters; `unsure`: it
 * cannot be told whether it is; `fresh`: it went, or is looked for.
 */
type Urgency = 'calm' | 'unsure' | 'fresh';

/** Reads who listens on the gateway's port; null when the kernel's tables cannot be read. */
export interface PortWatch {
  read(urgency: Urgency): PortSockets | null;
}

/**
 * The kernel walks its whole hash of sockets for one read: 5 ms on an idle machine, 100 ms with a hundred thousand
 * connections. A read is followed by a rest of so many times what it took.
 */
const REST = { calm: 5_000, unsure: 500, fresh: 20 } as const;

export function createPortWatch(files: ProcFiles, clock: Clock, host: string, port: number): PortWatch {
  let last: PortSockets | null = null;
  let endedAt = Number.NEGATIVE_INFINITY;
  let tookMs = 0;
  return {
    read(urgency) {
      const start = clock.monotonic();
      if (start < endedAt + tookMs * REST[urgency]) return last;
      const tcp = files.read('/proc/net/tcp');
      const tcp6 = files.read('/proc/net/tcp6');
      const readable = tcp.kind === 'found' || tcp6.kind === 'found';
      last = readable ? findPort(textOf(tcp), textOf(tcp6), host, port) : null;
      endedAt = clock.monotonic();
      tookMs = endedAt - start;
      return last;
    },
  };
}

function textOf(found: ReturnType<ProcFiles['read']>): string {
  return found.kind === 'found' ? found.value : '';
}
