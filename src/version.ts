declare const WATCHTOWER_VERSION: string;

/** The package's version, baked in by the build; `0.0.0-dev` when run from source. */
export const VERSION = typeof WATCHTOWER_VERSION === 'string' ? WATCHTOWER_VERSION : '0.0.0-dev';
