import { homedir } from 'node:os';
import type { Scrub } from '../text/safe-text.ts';
import { readSmallFile } from './small-file.ts';
import type { ConfigDeps } from './types.ts';

/** The real world for `resolveSettings`. */
export function systemConfigDeps(scrub: Scrub, loadCheckRule: ConfigDeps['loadCheckRule']): ConfigDeps {
  return { env: process.env, cwd: process.cwd(), home: home(), readFile: readSmallFile, scrub, loadCheckRule };
}

/** Without `HOME` the user database is asked; a user who is not in it (a bare container) has none. */
function home(): string | null {
  try {
    return homedir() || null;
  } catch {
    return null;
  }
}
