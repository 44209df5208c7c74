import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { emptyPurse, ofToday, type Purse, type Quote, type Spending, spend, type WalletLimits } from './wallet.ts';

/** The one door to money: every paid call goes through `pay`, which remembers what it allowed before it answers. */
export interface WalletStore {
  pay(quote: Quote, limits: WalletLimits, now: number): Spending;
  purse(now: number): Purse;
  /** False when a restart forgets what was spent today. */
  readonly remembered: boolean;
}

/** A wallet that lives as long as the process (`--no-state`). */
export function memoryWallet(now: number, start: Purse = emptyPurse(now)): WalletStore {
  let purse = start;
  return {
    remembered: false,
    purse: (at) => ofToday(purse, at),
    pay(quote, limits, at) {
      const result = spend(purse, quote, limits, at);
      purse = result.purse;
      return result;
    },
  };
}

const LOCK_STALE_MS = 5_000;
const LOCK_WAIT_MS = 1_000;
const MAX_FILE_BYTES = 64 * 1024;

/**
 * A wallet shared by every watchtower of this user on this gateway: one small file (0600), replaced whole under a lock.
 * When the folder cannot be written, what is spent is remembered in memory and `remembered` turns false.
 */
export function fileWallet(stateDir: string, gatewayUrl: string, now: number): WalletStore {
  const id = createHash('sha256').update(gatewayUrl).digest('hex').slice(0, 16);
  const path = join(stateDir, `wallet-${id}.json`);
  let works = prepare(stateDir);
  let known = read(path) ?? emptyPurse(now);
  let memory: WalletStore | null = null;
  const inMemory = (at: number): WalletStore => {
    works = false;
    memory ??= memoryWallet(at, known);
    return memory;
  };
  return {
    get remembered() {
      return works;
    },
    purse: (at) => (works ? ofToday(known, at) : inMemory(at).purse(at)),
    pay(quote, limits, at) {
      const unlock = works ? lock(`${path}.lock`) : null;
      if (unlock === null) return inMemory(at).pay(quote, limits, at);
      try {
        const result = spend(read(path) ?? known, quote, limits, at);
        write(path, result.purse);
        known = result.purse;
        return result;
      } catch {
        return inMemory(at).pay(quote, limits, at);
      } finally {
        unlock();
      }
    },
  };
}

function prepare(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return true;
  } catch {
    return false;
  }
}

/** A damaged or oversized file counts as none: the day starts again, and the caps still hold for this process. */
function read(path: string): Purse | null {
  try {
    if (statSync(path).size > MAX_FILE_BYTES) return null;
    const found = JSON.parse(readFileSync(path, 'utf8')) as Partial<Purse>;
    const numbers = [found.estimatedUsd, found.calls, found.refused];
    if (typeof found.day !== 'string' || numbers.some((n) => typeof n !== 'number' || !(n >= 0))) return null;
    return { ...(found as Purse), lastRefusal: typeof found.lastRefusal === 'string' ? found.lastRefusal : null };
  } catch {
    return null;
  }
}

function write(path: string, purse: Purse): void {
  const temporary = `${path}.${process.pid}`;
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW;
  const fd = openSync(temporary, flags, 0o600);
  try {
    const text = `${JSON.stringify(purse)}\n`;
    if (writeSync(fd, text) !== Buffer.byteLength(text)) throw new Error('disk full');
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(temporary, path);
}

/** Returns the unlocking function, or null when the lock cannot be had within a second. */
function lock(path: string): (() => void) | null {
  const deadline = performance.now() + LOCK_WAIT_MS;
  for (;;) {
    try {
      closeSync(openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600));
      return () => unlinkSync(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || performance.now() > deadline) return null;
      breakStale(path);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function breakStale(path: string): void {
  try {
    if (Date.now() - statSync(path).mtimeMs > LOCK_STALE_MS) unlinkSync(path);
  } catch {
    // Somebody else was quicker.
  }
}
