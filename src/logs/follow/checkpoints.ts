import * as node from 'node:fs';
import { dirname } from 'node:path';

/** Positions of at most so many sources are kept, the last used ones. */
const MOST = 256;
const AGE_MS = 30 * 24 * 3_600_000;
/** A position that is longer is not kept: its file begins with a bounded past again. */
const POSITION_BYTES = 64 * 1024;
const FILE_BYTES = 8 * 1024 * 1024;
const FORMAT = 'watchtower-log-positions';

export type CheckpointFiles = Pick<
  typeof node,
  'openSync' | 'writeSync' | 'fsyncSync' | 'closeSync' | 'renameSync' | 'rmSync' | 'readFileSync' | 'statSync'
>;

/** Where each log source stood, kept over a restart. */
export interface Checkpoints {
  /** Why what was found was not used, null where it was or where there is nothing. */
  readonly notice: string | null;
  /** The position that was saved for a source, null where none is known. */
  load(path: string): string | null;
  /** Saves positions by the path of their source; a null leaves what was saved. Those of others stay. `now` is wall clock, ms. */
  save(positions: ReadonlyMap<string, string | null>, now: number): { ok: true } | { ok: false; why: string };
}

interface Entry {
  position: string;
  /** Wall clock of the save, ms. */
  at: number;
}

/** Opens the positions file, which need not exist; anything else that stands there is ignored with a notice. Never throws. */
export function openCheckpoints(file: string, files: CheckpointFiles = node): Checkpoints {
  const found = read(file, files);
  const mine = new Map<string, Entry>();
  return {
    notice: found.notice,
    load: (path) => (mine.get(path) ?? found.entries.get(path))?.position ?? null,
    save(positions, now) {
      for (const [path, position] of positions) {
        if (position !== null && position.length <= POSITION_BYTES) mine.set(path, { position, at: now });
      }
      try {
        // Read again: another watchtower may have saved its own meanwhile.
        write(file, bounded(new Map([...read(file, files).entries, ...mine]), now), files);
        return { ok: true };
      } catch (error) {
        return {
          ok: false,
          why: `positions of logs cannot be saved in ${file}: ${(error as NodeJS.ErrnoException).code ?? 'failed'}`,
        };
      }
    },
  };
}

function bounded(entries: Map<string, Entry>, now: number): Record<string, Entry> {
  const kept = [...entries].filter(([, { at }]) => now - at <= AGE_MS).sort(([, a], [, b]) => b.at - a.at);
  return Object.fromEntries(kept.slice(0, MOST));
}

function read(file: string, files: CheckpointFiles): { entries: Map<string, Entry>; notice: string | null } {
  const ignored = (why: string) => ({ entries: new Map<string, Entry>(), notice: `${file} is ignored: ${why}` });
  try {
    const stat = files.statSync(file);
    if (!stat.isFile()) return ignored('not a file');
    if (stat.size > FILE_BYTES) return ignored('too large');
    const found: unknown = JSON.parse(files.readFileSync(file, 'utf8'));
    if (!isRecord(found) || found.format !== FORMAT || found.version !== 1 || !isRecord(found.entries))
      return ignored('not written by this program');
    return { entries: new Map(Object.entries(found.entries).filter(isEntry)), notice: null };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { entries: new Map(), notice: null };
    return ignored(error instanceof SyntaxError ? 'damaged' : `cannot be read (${code ?? 'failed'})`);
  }
}

/** Whole or not at all: beside it, to the disk, then over it. */
function write(file: string, entries: Record<string, Entry>, files: CheckpointFiles): void {
  const draft = `${file}.${process.pid}.new`;
  files.rmSync(draft, { force: true });
  try {
    const fd = files.openSync(draft, 'wx', 0o600);
    try {
      const bytes = Buffer.from(`${JSON.stringify({ format: FORMAT, version: 1, entries })}\n`);
      // A full disk takes a part of a write without an error; only the next one fails.
      for (let done = 0; done < bytes.length; ) {
        const took = files.writeSync(fd, bytes, done, bytes.length - done);
        if (took <= 0) throw Object.assign(new Error('nothing was written'), { code: 'ENOSPC' });
        done += took;
      }
      files.fsyncSync(fd);
    } finally {
      files.closeSync(fd);
    }
    files.renameSync(draft, file);
  } catch (error) {
    files.rmSync(draft, { force: true });
    throw error;
  }
  syncFolder(dirname(file), files);
}

function syncFolder(folder: string, files: CheckpointFiles): void {
  try {
    const fd = files.openSync(folder, 'r');
    files.fsyncSync(fd);
    files.closeSync(fd);
  } catch {
    // Some file systems cannot sync a folder; the rename has happened all the same.
  }
}

const isRecord = (part: unknown): part is Record<string, unknown> =>
  typeof part === 'object' && part !== null && !Array.isArray(part);

function isEntry(pair: [string, unknown]): pair is [string, Entry] {
  const [, entry] = pair;
  return isRecord(entry) && typeof entry.position === 'string' && Number.isFinite(entry.at);
}
