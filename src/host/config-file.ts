import { dirname, resolve } from 'node:path';
import type { ProcFiles } from './proc-files.ts';

/** The parts of LiteLLM's `config.yaml` that we use, as its loader merges them. */
export interface LitellmConfig {
  general: Record<string, unknown>;
  router: Record<string, unknown>;
  litellm: Record<string, unknown>;
  environment: Record<string, unknown>;
}

/** Files that one may include: no chain of includes is followed. */
const MOST_INCLUDES = 20;

/**
 * Reads the config at `path`, as the process sees it (`root` is its `/proc/PID/root`); null when it cannot be read or
 * is no YAML mapping. Secrets in it never leave the caller.
 */
export async function readConfig(files: ProcFiles, root: string, path: string): Promise<LitellmConfig | null> {
  const main = await readMapping(files, root, path);
  if (main === null) return null;
  const includes = Array.isArray(main.include) ? main.include.slice(0, MOST_INCLUDES) : [];
  const parts = [main];
  for (const include of includes) {
    const part = typeof include === 'string' ? await readMapping(files, root, resolve(dirname(path), include)) : null;
    if (part === null) return null;
    parts.push(part);
  }
  const section = (name: string): Record<string, unknown> =>
    Object.assign({}, ...parts.map((part) => (isMapping(part[name]) ? part[name] : {})));
  return {
    general: section('general_settings'),
    router: section('router_settings'),
    litellm: section('litellm_settings'),
    environment: section('environment_variables'),
  };
}

async function readMapping(files: ProcFiles, root: string, path: string): Promise<Record<string, unknown> | null> {
  // The file of another mount namespace first; the path itself where that link is not ours to follow.
  const inside = await files.slow(`${root}${path}`);
  const found = inside.kind === 'found' ? inside : await files.slow(path);
  if (found.kind !== 'found') return null;
  try {
    const { parse } = await import('./yaml.ts');
    const value: unknown = parse(found.value, { logLevel: 'error' });
    return isMapping(value) ? value : null;
  } catch {
    return null;
  }
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
