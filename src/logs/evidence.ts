import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { systemFiles } from './follow/file-system.ts';
import { listSiblings } from './follow/siblings.ts';
import type { FoundSource } from './found-sources.ts';

/** What the user said where the log is. */
export interface Named {
  files: readonly string[];
  journal: string | null;
  container: string | null;
}

/**
 * Where the gateway writes, if that is not what was named; nothing where they agree and where nobody can tell. They agree
 * when any named file is one that it writes to, on whatever descriptor, or was rotated away from one of these names, and
 * when what was found is what the named unit or container stands for.
 *
 * @param found what the descriptors of the gateway's processes led to
 */
export function elsewhere(
  named: Named,
  found: readonly FoundSource[],
  pids: readonly number[],
  proc = '/proc',
): readonly FoundSource[] {
  const ours = new Set(named.files.flatMap((path) => identities(path)));
  if (found.some((one) => isNamed(one, named, ours))) return [];
  return pids.some((pid) => openFiles(pid, proc).some((file) => ours.has(file))) ? [] : found;
}

/** What is said of the named sources then. */
export function whyElsewhere(found: readonly FoundSource[]): string {
  return `the gateway does not write to it, but to ${found.map(({ path }) => path).join(' and ')}`;
}

export const BESIDE = 'the gateway writes here, and not to what was named';

function isNamed(one: FoundSource, named: Named, ours: ReadonlySet<string>): boolean {
  // A container has names that its files do not tell, and its engine may write to the journal.
  if (one.container)
    return named.container !== null || (one.type === 'program' && named.journal !== null) || holds(one);
  if (one.type === 'program') return named.journal !== null && `journal:${unitOf(named.journal)}` === one.path;
  return holds(one);

  function holds(of: FoundSource): boolean {
    return of.type === 'file' && identities(of.file, false).some((file) => ours.has(file));
  }
}

/** As `--journal` takes it, with or without its suffix. */
function unitOf(journal: string): string {
  const unit = journal.replace(/^user:/, '');
  return unit.includes('.') ? unit : `${unit}.service`;
}

/** The file under a name and, with `rotated`, those that rotation made of it. */
function identities(path: string, rotated = true): string[] {
  try {
    const real = systemFiles.realpath(path);
    const siblings = rotated ? (listSiblings(systemFiles, real) ?? []) : [];
    return [identity(path), ...siblings.map((one) => `${one.stat.dev}:${one.stat.ino}`)];
  } catch {
    return [];
  }
}

function openFiles(pid: number, proc: string): string[] {
  const folder = join(proc, String(pid), 'fd');
  try {
    return readdirSync(folder).flatMap((fd) => {
      try {
        return [identity(join(folder, fd))];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

function identity(path: string): string {
  const { dev, ino } = statSync(path, { bigint: true });
  return `${dev}:${ino}`;
}
