import fc from 'fast-check';
import { expect, it } from 'vitest';
import { turns } from '../../support/turns.ts';
import { histories, live } from './model/history.ts';

const full = process.env.FULL === '1';
const runs = Number(process.env.HISTORIES ?? turns({ quick: 1_000, thorough: 5_000, full: 50_000 }));
const seed = Number(process.env.SEED || Math.floor(Math.random() * 0x7fffffff));

it(`tells every complete line once and in order, and a gap where bytes were destroyed unread: ${runs} histories`, {
  timeout: full ? 1_800_000 : 300_000,
}, () => {
  const result = fc.check(fc.property(histories, live), {
    numRuns: runs,
    seed,
    // A proof that a defect is noticed needs no smallest history.
    endOnFailure: process.env.SHRINK === '0',
    ...(process.env.REPLAY_PATH ? { path: process.env.REPLAY_PATH } : {}),
  });
  if (result.failed) {
    const cause = result.errorInstance instanceof Error ? result.errorInstance.stack : String(result.errorInstance);
    const path = result.counterexamplePath;
    expect.fail(
      `SEED=${seed} REPLAY_PATH=${path} plays it again.\n${JSON.stringify(result.counterexample?.[0], null, 1)}\n${cause}`,
    );
  }
  if (!process.env.REPLAY_PATH) expect(result.numRuns).toBe(runs);
});
