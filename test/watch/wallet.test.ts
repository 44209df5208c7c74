import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { emptyPurse, ofToday, type Quote, spend, type WalletLimits } from '../../src/watch/wallet.ts';
import { fileWallet, memoryWallet } from '../../src/watch/wallet-store.ts';

const NOW = Date.parse('2026-11-24T02:00:00Z');
const LIMITS: WalletLimits = { capUsd: 0.1, capCalls: 1000, paidProbes: true };
const quote = (usd: number, calls = 1): Quote => ({ what: 'the chat probe', usd, calls, unpriced: 0, repeated: 0 });

const folders: string[] = [];
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'wallet-'));
  folders.push(made);
  return made;
}
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

describe('the wallet', () => {
  it('refuses what would pass the cap of money or of calls, and says how much is left', () => {
    const nearly = { ...emptyPurse(NOW), estimatedUsd: 0.099, calls: 999 };
    expect(spend(nearly, quote(0.0005), LIMITS, NOW)).toMatchObject({ allowed: true, purse: { calls: 1000 } });
    expect(spend(nearly, quote(0.002), LIMITS, NOW)).toMatchObject({
      allowed: false,
      why: 'the chat probe would cost about 0.002 USD, 0.001 USD of 0.1 USD are left today (--budget)',
      purse: { refused: 1, calls: 999 },
    });
    expect(spend(nearly, quote(0, 2), LIMITS, NOW)).toMatchObject({ allowed: false });
  });

  it('allows nothing at a budget of 0 and nothing when paid probes are off, even what seems free', () => {
    expect(spend(emptyPurse(NOW), quote(0), { ...LIMITS, capUsd: 0 }, NOW).allowed).toBe(false);
    expect(spend(emptyPurse(NOW), quote(0), { ...LIMITS, paidProbes: false }, NOW).allowed).toBe(false);
  });

  it('is empty again on the next UTC day', () => {
    const spent = { ...emptyPurse(NOW), estimatedUsd: 0.1, calls: 1000 };
    expect(ofToday(spent, NOW + 21 * 3_600_000)).toBe(spent);
    expect(ofToday(spent, NOW + 22 * 3_600_000)).toMatchObject({ day: '2026-11-25', estimatedUsd: 0, calls: 0 });
  });

  it('never lets a day pass its caps, whatever is asked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0, max: 0.05, noNaN: true }), fc.integer({ min: 1, max: 400 }))),
        (asked) => {
          const wallet = memoryWallet(NOW);
          for (const [usd, calls] of asked) wallet.pay(quote(usd, calls), LIMITS, NOW);
          const { estimatedUsd, calls } = wallet.purse(NOW);
          expect(estimatedUsd).toBeLessThanOrEqual(LIMITS.capUsd);
          expect(calls).toBeLessThanOrEqual(LIMITS.capCalls);
        },
      ),
    );
  });
});

describe('a stored wallet', () => {
  it('is remembered over a restart and shared by two watchtowers', () => {
    const state = folder();
    const first = fileWallet(state, 'http://localhost:4000', NOW);
    const second = fileWallet(state, 'http://localhost:4000', NOW);
    first.pay(quote(0.01, 5), LIMITS, NOW);
    second.pay(quote(0.01, 5), LIMITS, NOW);
    expect(fileWallet(state, 'http://localhost:4000', NOW).purse(NOW)).toMatchObject({ calls: 10, estimatedUsd: 0.02 });
    expect(fileWallet(state, 'http://localhost:4001', NOW).purse(NOW).calls).toBe(0);
  });

  it('is a file for its owner alone, and leaves no lock or temporary file behind', () => {
    const state = folder();
    fileWallet(state, 'http://localhost:4000', NOW).pay(quote(0.01), LIMITS, NOW);
    const [file, ...others] = readdirSync(state);
    expect(others).toEqual([]);
    expect(statSync(join(state, file as string)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(state, file as string), 'utf8')).not.toContain('localhost');
  });

  it('forgets, and says so, where the folder cannot be written', () => {
    const blocked = join(folder(), 'file');
    writeFileSync(blocked, 'not a folder');
    const wallet = fileWallet(join(blocked, 'state'), 'http://localhost:4000', NOW);
    expect(wallet.pay(quote(0.01), LIMITS, NOW).allowed).toBe(true);
    expect(wallet.remembered).toBe(false);
    expect(wallet.purse(NOW).calls).toBe(1);
  });

  it('takes a damaged file for an empty one', () => {
    const state = folder();
    fileWallet(state, 'http://localhost:4000', NOW).pay(quote(0.01), LIMITS, NOW);
    const [file] = readdirSync(state);
    for (const damage of ['', '{', '[]', '{"day":1}', '{"day":"2026-11-24","calls":-5,"estimatedUsd":0,"refused":0}']) {
      writeFileSync(join(state, file as string), damage);
      expect(fileWallet(state, 'http://localhost:4000', NOW).purse(NOW).calls).toBe(0);
    }
  });
});
