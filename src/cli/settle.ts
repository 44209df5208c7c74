import { type Resolved, resolveSettings } from '../config/resolve.ts';
import { systemConfigDeps } from '../config/system.ts';
import type { ConfigDeps } from '../config/types.ts';
import { createScrub } from '../text/scrub.ts';
import { type Given, UsageError } from './given.ts';
import type { Io } from './io.ts';

/** The real sources of settings; the checker of the user's rules is loaded only where a file has some. */
export function configDeps(): ConfigDeps {
  return systemConfigDeps(createScrub([]), async () => {
    const { checkRule } = await import('../diagnosis/rules-check.ts');
    return (rule) => {
      const checked = checkRule(rule);
      return checked.ok ? null : `${checked.why}; ${checked.hint}`;
    };
  });
}

/** Settings and key for a command that runs: warnings on standard error, errors end it. */
export async function settle(given: Given, io: Io): Promise<Extract<Resolved, { ok: true }>> {
  const resolved = await resolveSettings({ flags: given.flags }, configDeps());
  for (const warning of resolved.warnings) await io.err(`watchtower: ${warning}\n`);
  if (!resolved.ok) throw new UsageError(resolved.errors.map((error) => `watchtower: ${error}`).join('\n'));
  return resolved;
}
