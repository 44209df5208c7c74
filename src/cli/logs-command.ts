import { createDiagnose } from '../diagnosis/diagnose.ts';
import { createGate } from '../diagnosis/gate.ts';
import { createHostMonitor } from '../host/monitor.ts';
import { runLogs } from '../logs/command.ts';
import { createScrub } from '../text/scrub.ts';
import { colored } from './choices.ts';
import { type Given, UsageError } from './given.ts';
import type { Io } from './io.ts';
import { exitOfSignal } from './io.ts';
import { settle } from './settle.ts';

/** The log monitor alone: named files, standard input, or where the gateway's output is found to go. */
export async function logsCommand(given: Given, format: 'text' | 'json', io: Io): Promise<number> {
  const { settings, key } = await settle(given, io);
  const { own } = given;
  const scrub = createScrub(key === null ? [] : [key.reveal()]);
  const files = [...((own.file as string[] | undefined) ?? []), ...settings.logFiles];
  if (own.stdin === true && files.length > 0) throw new UsageError('watchtower: --stdin and --file exclude each other');
  const named = files.length > 0 || settings.journal !== null || settings.container !== null;
  // A log of the past may be of any gateway; one that is followed is of this one, if that is on this machine.
  const here = settings.pid !== null || /^(?:localhost|127\.|\[::1\])/.test(new URL(settings.url).hostname);
  const asked = own.stdin !== true && (!named || (own.follow === true && here));
  const code = await runLogs(
    {
      files,
      stdin: own.stdin === true,
      journal: settings.journal,
      container: settings.container,
      pids: asked ? await gatewayPids(settings.url, settings.pid, scrub) : [],
      follow: own.follow === true,
      sinceMs: (own.since as number | undefined) ?? null,
      all: own.all === true,
      level: (own.level as 'debug' | 'info' | 'warn' | 'error' | undefined) ?? null,
      classes: own.class === undefined ? null : String(own.class).split(','),
      grep: (own.grep as string | undefined) ?? null,
      format,
      color: colored(settings, io),
      columns: io.terminal && format === 'text' ? (process.stdout.columns ?? null) : null,
    },
    {
      diagnose: createDiagnose({ rules: settings.rules, ignore: settings.ignore, scrub }),
      gate: createGate(settings.rules),
      scrub,
    },
    { out: io.out, err: io.err, ending: io.ending, stdin: process.stdin as AsyncIterable<Buffer> },
  );
  return exitOfSignal(io.ending.reason) === null || code === 3 ? code : 0;
}

async function gatewayPids(
  address: string,
  pid: number | null,
  scrub: ReturnType<typeof createScrub>,
): Promise<number[]> {
  if (pid !== null) return [pid];
  const url = new URL(address);
  const monitor = createHostMonitor(
    { host: url.hostname, port: Number(url.port || 80), local: true, pid: null },
    scrub,
  );
  const { processes } = await monitor.processes();
  return processes.map((one) => one.pid);
}
