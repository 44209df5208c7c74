import type { ProcFiles } from './proc-files.ts';

/**
 * The environment that a process was started with; null when it is not ours to read. It holds secrets: callers take what
 * they need from it and let it go.
 */
export async function readEnvironment(files: ProcFiles, pid: number): Promise<ReadonlyMap<string, string> | null> {
  const found = await files.slow(`/proc/${pid}/environ`);
  if (found.kind !== 'found') return null;
  const variables = new Map<string, string>();
  for (const entry of found.value.split('\0')) {
    const equals = entry.indexOf('=');
    if (equals > 0) variables.set(entry.slice(0, equals), entry.slice(equals + 1));
  }
  return variables;
}
