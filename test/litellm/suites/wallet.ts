import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { deployment } from '../deployments.ts';
import { MASTER_KEY } from '../rig.ts';
import { look, newAccount, run } from '../watchtower.ts';
import { withRig } from './fixtures.ts';

const DEPLOYMENTS = [
  deployment('gpt-4o-mini', 'openai/gpt-4o-mini'),
  deployment('claude', 'anthropic/claude-3-haiku-20240307'),
];
/** One look: a `/health` of both deployments, and one chat probe. */
const CALLS_A_LOOK = DEPLOYMENTS.length + 1;
/** Loaded into the program before it starts, it moves its clock. */
const SHIFTED_CLOCK = join(import.meta.dirname, '../shift-clock.ts');

/** What one look may spend, and what is remembered of it. */
export function walletLimits(version: string): void {
  const bench = withRig({ version, deployments: DEPLOYMENTS });
  const options = (account = newAccount()) => ({ account, key: MASTER_KEY });
  afterEach(() => bench().rig.upstream.forget());

  test('a look spends what it says: the calls at the provider are the calls of the wallet', async () => {
    const { rig } = bench();
    const { snapshot } = await look(rig.url, options());
    expect(rig.upstream.calls()).toHaveLength(CALLS_A_LOOK);
    expect(snapshot.wallet).toMatchObject({ calls: CALLS_A_LOOK, refused: 0, paidProbes: true, lastRefusal: null });
    expect(snapshot.wallet.estimatedUsd).toBeGreaterThan(0);
    expect(snapshot.wallet.estimatedUsd).toBeLessThan(0.01);
  });

  test.each([
    ['--no-paid-probes', ['--no-paid-probes']],
    ['a budget of 0', ['--budget', '0']],
  ])('with %s no provider is called, and the text says why', async (_, args) => {
    const { rig } = bench();
    const { snapshot } = await look(rig.url, options(), args);
    expect(rig.upstream.calls()).toEqual([]);
    expect(snapshot.wallet).toMatchObject({ calls: 0, estimatedUsd: 0 });
    expect(snapshot.wallet.lastRefusal).toContain(args[0]);
    expect(snapshot.gateway.health).toMatchObject({ from: 'NOT_ASKED', healthy: null, unhealthy: null });
    expect(snapshot.models.map((one) => one.state)).toEqual(['UNKNOWN', 'UNKNOWN']);
    const { stdout } = await run(['--once', '--url', rig.url, ...args], options());
    expect(stdout).toContain(args[0]);
  });

  test('a restart does not reset the day, a new day does', async () => {
    const { rig } = bench();
    const account = newAccount();
    const calls = async (env: Record<string, string> = {}): Promise<[string, number, boolean]> => {
      const { wallet } = (await look(rig.url, { ...options(account), env })).snapshot;
      return [wallet.day, wallet.calls, wallet.remembered];
    };
    const today = new Date().toISOString().slice(0, 10);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    expect(await calls()).toEqual([today, CALLS_A_LOOK, true]);
    expect(await calls()).toEqual([today, 2 * CALLS_A_LOOK, true]);
    const env = { NODE_OPTIONS: `--import=${SHIFTED_CLOCK}`, SHIFT_CLOCK_MS: '86400000' };
    expect(await calls(env)).toEqual([tomorrow, CALLS_A_LOOK, true]);
    account.remove();
  });

  test('with --no-state nothing is stored, and it says that it forgets', async () => {
    const { rig } = bench();
    const account = newAccount();
    const first = await look(rig.url, options(account), ['--no-state']);
    const second = await look(rig.url, options(account), ['--no-state']);
    expect([first, second].map(({ snapshot }) => snapshot.wallet.calls)).toEqual([CALLS_A_LOOK, CALLS_A_LOOK]);
    expect(second.snapshot.wallet.remembered).toBe(false);
    expect(readdirSync(account.home)).toEqual([]);
    const { stdout } = await run(['--once', '--url', rig.url, '--no-state'], options(account));
    expect(stdout).toMatch(/forg[eo]t|not remembered/i);
    account.remove();
  });

  test('the budget is kept to the cent: what would go over it is refused and counted', async () => {
    const { rig } = bench();
    const { snapshot } = await look(rig.url, options(), ['--budget', '0.000001']);
    expect(rig.upstream.calls()).toEqual([]);
    expect(snapshot.wallet).toMatchObject({ calls: 0, refused: 2, lastRefusal: expect.stringContaining('--budget') });
  });
}
