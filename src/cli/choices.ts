import type { Settings } from '../config/settings.ts';
import { type Given, UsageError } from './given.ts';
import type { Io } from './io.ts';

/** The dashboard needs a terminal on both ends. */
export function canDraw(io: Io): boolean {
  return io.terminal && process.stdin.isTTY === true;
}

/** Formats that are promised for later are named as such. */
const LATER = ['nagios', 'checkmk', 'prometheus'];

export function formatOf<T extends string>(given: Given, known: readonly T[]): T {
  const word = given.own.json === true ? 'json' : String(given.own.format ?? 'text');
  const found = known.find((one) => one === word);
  if (found !== undefined) return found;
  if (LATER.includes(word))
    throw new UsageError(`watchtower: --format ${word} is not there yet; there are ${known.join(' and ')}`);
  throw new UsageError(`watchtower: --format does not know that word; allowed: ${known.join(', ')}`);
}

/** `--color` beats `NO_COLOR`, which beats `FORCE_COLOR`, which beats what the terminal is. */
export function colored(settings: Pick<Settings, 'color'>, io: Io): boolean {
  if (settings.color !== 'auto') return settings.color === 'always';
  if (process.env.NO_COLOR) return false;
  const forced = process.env.FORCE_COLOR ?? process.env.CLICOLOR_FORCE;
  if (forced !== undefined && forced !== '') return forced !== '0';
  return io.terminal;
}
