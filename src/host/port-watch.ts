import type { Clock } from '../clock.ts';
import { findPort, type PortSockets } from './net-tcp.ts';
import type { ProcFiles } from './proc-files.ts';

/** Reads who listens on the gateway's port; null when the kernel's tables cannot be read. */
export interface PortWatch {
  read(fresh: boolean): PortSockets | null;
}

/** A read that took long is followed by a rest of so many times that: a hundred thousand connections cost 100 ms. */
const REST = 200;

export function createPortWatch(files: ProcFiles, clock: Clock, host: string, port: number): PortWatch {
  let last: PortSockets | null = null;
  let nextAt = Number.NEGATIVE_INFINITY;
  return {
    read(fresh) {
      const start = clock.monotonic();
      if (!fresh && start < nextAt) return last;
      const tcp = files.read('/proc/net/tcp');
      const tcp6 = files.read('/proc/net/tcp6');
      last = tcp.kind === 'found' || tcp6.kind === 'found' ? findPort(textOf(tcp), textOf(tcp6), host, port) : null;
      const end = clock.monotonic();
      nextAt = end + REST * (end - start);
      return last;
    },
  };
}

function textOf(found: ReturnType<ProcFiles['read']>): string {
  return found.kind === 'found' ? found.value : '';
}
