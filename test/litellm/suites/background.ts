import { expect, test } from 'vitest';
import { deployment } from '../deployments.ts';
import { MASTER_KEY } from '../rig.ts';
import type { MonitorEvent } from '../watchtower.ts';
import { openOf, withRig } from './fixtures.ts';
import { asked, end, lastOf, watch } from './tapped.ts';

/** A proxy that checks its deployments by itself: its `/health` is free, so it is asked at every interval. */
export function backgroundChecks(version: string): void {
  const bench = withRig({
    version,
    deployments: [deployment('cheap', 'openrouter/openai/gpt-4o-mini', 'openrouter-402')],
    backgroundChecksS: 5,
  });

  test('after a 402 the chat probe rests, and is asked again when the account is filled', async () => {
    const { rig } = bench();
    const one = await watch(rig, MASTER_KEY, ['--interval', '5s', '--chat-interval', '30s']);
    const { monitor } = one;
    const chats = () => asked(one, '/v1/chat/completions');
    try {
      await monitor.untilStatus('a chat probe answered 402', ({ gateway }) => gateway.chat.status === 402, 20_000);
      const rests = ({ gateway }: { gateway: { chat: { why: string | null } } }) =>
        /rests/.test(gateway.chat.why ?? '');
      const resting = await monitor.untilStatus('the probe rests', rests, 45_000);
      expect(chats()).toHaveLength(1);
      expect(openOf(resting, 'CREDITS')).toMatchObject([{ provider: 'openrouter', models: ['cheap'] }]);
      rig.upstream.set('cheap', 'good');
      const cleared = (event: MonitorEvent): boolean =>
        event.type === 'incident' && event.incident.class === 'CREDITS' && event.what === 'RESOLVED';
      const over = (await monitor.until('CREDITS is over', cleared, 45_000)) as Extract<
        MonitorEvent,
        { type: 'incident' }
      >;
      expect(Date.parse(over.incident.until ?? '')).toBeGreaterThan(Date.parse(over.incident.since));
      await monitor.untilStatus('the probe is OK', ({ gateway }) => gateway.chat.state === 'OK', 45_000);
      expect(chats().map((request) => request.status)).toEqual([402, 200]);
      expect(lastOf(one).wallet.calls).toBe(2);
      expect(lastOf(one).gateway.health.from).toBe('BACKGROUND');
    } finally {
      await end(one);
      one.account.remove();
    }
  });

  test('a /health that takes longer than the interval is never asked twice at once', async () => {
    const slow = { delayMs: (path: string) => (path === '/health' ? 7_000 : 0) };
    const one = await watch(bench().rig, MASTER_KEY, ['--interval', '5s'], slow);
    const rounds = () => asked(one, '/health');
    try {
      await one.monitor.until(
        'three rounds',
        () => rounds().filter((round) => round.endedAt !== null).length >= 3,
        60_000,
      );
    } finally {
      await end(one);
      one.account.remove();
    }
    for (const [index, round] of rounds().slice(1).entries()) {
      expect(round.startedAt).toBeGreaterThanOrEqual(rounds()[index]?.endedAt ?? Number.POSITIVE_INFINITY);
    }
  });
}
