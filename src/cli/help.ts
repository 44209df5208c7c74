declare const WATCHTOWER_HELP: string;

/**
 * `watchtower --help` at the usual 80 columns, written by the build from the live command line: to load that takes as long
 * as Node itself. Null when run from source.
 */
export const HELP = typeof WATCHTOWER_HELP === 'string' ? WATCHTOWER_HELP : null;

/** Where no terminal says how wide it is. */
export const HELP_COLUMNS = 80;
