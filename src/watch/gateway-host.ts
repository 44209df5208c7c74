import { hostname, networkInterfaces } from 'node:os';
import type { Settings } from '../config/settings.ts';
import { createHostMonitor } from '../host/monitor.ts';
import type { HostMonitor } from '../host/types.ts';
import type { Scrub } from '../text/safe-text.ts';

/** This machine, and the processes of the gateway that the settings name. */
export function hostOf(settings: Settings, scrub: Scrub): HostMonitor {
  const url = new URL(settings.url);
  return createHostMonitor({ host: url.hostname, port: portOf(url), local: isLocal(url), pid: settings.pid }, scrub);
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
