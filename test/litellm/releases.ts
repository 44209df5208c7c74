import versions from './versions.json' with { type: 'json' };

export const NEWEST: string = versions.newest;

/** Every release that the suite knows, newest first. */
export const RELEASES: readonly string[] = [versions.newest, versions.middle, versions.old];

/**
 * The releases that this run tests, by `LITELLM_VERSIONS`: the newest where it is not set, `all`, `older` (all but the
 * newest), or a comma list. Throws on a release that versions.json does not name, lest a typo tests nothing.
 */
export function chosenReleases(wish = process.env.LITELLM_VERSIONS ?? ''): string[] {
  if (wish === '') return [NEWEST];
  if (wish === 'all') return [...RELEASES];
  if (wish === 'older') return RELEASES.filter((version) => version !== NEWEST);
  const named = wish.split(',').map((part) => part.trim());
  const stranger = named.find((version) => !RELEASES.includes(version));
  if (stranger !== undefined) {
    throw new Error(`LITELLM_VERSIONS: ${stranger} is not one of ${RELEASES.join(', ')}, all, older`);
  }
  return RELEASES.filter((version) => named.includes(version));
}

/** Compares dotted releases number by number: negative, zero or positive like a sort function. */
function compareReleases(left: string, right: string): number {
  const [a, b] = [left, right].map((text) => text.split('.').map(Number)) as [number[], number[]];
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** True when `version` is `least` or newer: what a release does is told by such a bound, never by its name. */
export const isAtLeast = (version: string, least: string): boolean => compareReleases(version, least) >= 0;
