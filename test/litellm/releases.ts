import versions from './versions.json' with { type: 'json' };

export const NEWEST: string = versions.newest;

/** Every release that the suite knows, newest first. */
export const RELEASES: readonly string[] = [versions.newest, versions.middle, versions.old];

/**
 * The releases that this run tests: those named in `LITELLM_VERSIONS` (comma list), all with `FULL=1`, else the newest.
 * Throws on a release that versions.json does not name, lest a typo tests nothing.
 */
export function chosenReleases(env: NodeJS.ProcessEnv = process.env): string[] {
  const named = (env.LITELLM_VERSIONS ?? '').split(',').flatMap((part) => part.trim() || []);
  const stranger = named.find((version) => !RELEASES.includes(version));
  if (stranger !== undefined) throw new Error(`LITELLM_VERSIONS: ${stranger} is not one of ${RELEASES.join(', ')}`);
  if (named.length > 0) return RELEASES.filter((version) => named.includes(version));
  return env.FULL === '1' ? [...RELEASES] : [NEWEST];
}

/** Compares dotted releases number by number: negative, zero or positive like a sort function. */
export function compareReleases(left: string, right: string): number {
  const [a, b] = [left, right].map((text) => text.split('.').map(Number)) as [number[], number[]];
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** True when `version` is `least` or newer: what a release does is told by such a bound, never by its name. */
export const isAtLeast = (version: string, least: string): boolean => compareReleases(version, least) >= 0;
