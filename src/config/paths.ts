import { isAbsolute, join, resolve } from 'node:path';

/** The folder of the program inside the XDG ones. */
const FOLDER = 'skypiea-watchtower';

export interface Places {
  /** The config file looked for when none is named; null without a home. */
  configFile: string | null;
  stateDir: string | null;
}

/**
 * Where this user's files are by the XDG base directory specification, which has relative paths in its variables ignored.
 * Without `HOME` the home is what the user database says (`home`), and null where it says nothing either.
 */
export function xdgPlaces(env: Readonly<Record<string, string | undefined>>, home: string | null): Places {
  const folder = (variable: string, below: string): string | null => {
    const given = env[variable];
    if (given !== undefined && isAbsolute(given)) return join(given, FOLDER);
    return home === null ? null : join(home, below, FOLDER);
  };
  const config = folder('XDG_CONFIG_HOME', '.config');
  return {
    configFile: config === null ? null : join(config, 'config.yaml'),
    stateDir: folder('XDG_STATE_HOME', '.local/state'),
  };
}

/** `~/` is the home; the rest is relative to `base`. */
export function absolutePath(given: string, base: string, home: string | null): string {
  if (home !== null && (given === '~' || given.startsWith('~/'))) return join(home, given.slice(1));
  return resolve(base, given);
}
