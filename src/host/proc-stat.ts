/** The parts of `/proc/PID/stat` that we use; proc_pid_stat(5). */
export interface ProcessStat {
  comm: string;
  /** One letter; `Z` and `X` are dead already. */
  state: string;
  ppid: number;
  /** User and system time in ticks. */
  cpuTicks: number;
  /** Field 22: with the pid it is the identity of a process. */
  startTicks: number;
  rssPages: number;
}

/** Parses `/proc/PID/stat`; null when it is not one. The name may hold spaces and parentheses: it ends at the last `)`. */
export function parseStat(text: string): ProcessStat | null {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open < 0 || close < open) return null;
  const fields = text.slice(close + 2).split(' ');
  const number = (index: number): number => Number(fields[index - 3]);
  const stat = {
    comm: text.slice(open + 1, close),
    state: fields[0] ?? '',
    ppid: number(4),
    cpuTicks: number(14) + number(15),
    startTicks: number(22),
    rssPages: number(24),
  };
  const whole = [stat.ppid, stat.cpuTicks, stat.startTicks, stat.rssPages].every(Number.isFinite);
  return whole ? stat : null;
}

/** The first line of `/proc/stat` in ticks: all CPUs since boot. `guest` is part of `user` already, `iowait` is idle. */
export function parseCpuLine(text: string): { busy: number; total: number } | null {
  const end = text.indexOf('\n');
  const line = end < 0 ? text : text.slice(0, end);
  if (!line.startsWith('cpu ')) return null;
  const ticks = line.slice(4).trim().split(/ +/).map(Number).slice(0, 8);
  if (ticks.length < 4 || !ticks.every(Number.isFinite)) return null;
  const total = ticks.reduce((sum, one) => sum + one, 0);
  const idle = (ticks[3] ?? 0) + (ticks[4] ?? 0);
  return { busy: total - idle, total };
}

/** Wall clock of the boot, ms, from `/proc/stat`; null when it does not say. */
export function parseBootTime(text: string): number | null {
  const at = text.indexOf('\nbtime ');
  if (at < 0) return null;
  const seconds = Number.parseInt(text.slice(at + 7, at + 40), 10);
  return Number.isFinite(seconds) ? seconds * 1000 : null;
}

/** `/proc/meminfo` in bytes; what a program may still take is `MemAvailable`, or free and cached on kernels before 3.14. */
export function parseMeminfo(text: string): { totalBytes: number; availableBytes: number } | null {
  const kib = new Map<string, number>();
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) kib.set(line.slice(0, colon), Number.parseInt(line.slice(colon + 1), 10));
  }
  const total = kib.get('MemTotal');
  if (total === undefined || !Number.isFinite(total)) return null;
  const sum = (kib.get('MemFree') ?? 0) + (kib.get('Buffers') ?? 0) + (kib.get('Cached') ?? 0);
  const available = kib.get('MemAvailable') ?? sum;
  return { totalBytes: total * 1024, availableBytes: Math.min(available, total) * 1024 };
}

/** Ticks a second and bytes a page: what `getconf` prints, without a child process. */
export interface KernelUnits {
  ticksPerSecond: number;
  pageBytes: number;
}

const AT_PAGESZ = 6n;
const AT_CLKTCK = 17n;

/** Reads them from `/proc/self/auxv` (getauxval(3)); the usual values where that is missing or of 32 bits. */
export function parseAuxv(bytes: Uint8Array | null): KernelUnits {
  const units = { ticksPerSecond: 100, pageBytes: 4096 };
  if (bytes === null) return units;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 16 <= view.byteLength; at += 16) {
    const value = Number(view.getBigUint64(at + 8, true));
    const type = view.getBigUint64(at, true);
    if (type === AT_PAGESZ && value >= 4096 && value <= 1_048_576) units.pageBytes = value;
    if (type === AT_CLKTCK && value >= 1 && value <= 10_000) units.ticksPerSecond = value;
  }
  return units;
}
