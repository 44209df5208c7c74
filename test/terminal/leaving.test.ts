import { describe, expect, it } from 'vitest';
import { exitCodeOf, type LeaveReason } from '../../src/terminal/leave-reason.ts';
import { createLeaving, type LeavingDeps } from '../../src/terminal/leaving.ts';
import { type VirtualClock, virtualClock } from '../support/virtual-clock.ts';

function setUp(changes: Partial<LeavingDeps> = {}): { steps: string[]; clock: VirtualClock; deps: LeavingDeps } {
  const steps: string[] = [];
  const clock = virtualClock();
  const deps: LeavingDeps = {
    clock,
    restore: () => steps.push('restore'),
    async stop() {
      steps.push('stop');
    },
    report: () => steps.push('report'),
    exit: (code) => steps.push(`exit ${code}`),
    kill: () => steps.push('kill'),
    ...changes,
  };
  return { steps, clock, deps };
}

describe('the exit code', () => {
  it.each<[LeaveReason, number]>([
    [{ kind: 'quit' }, 0],
    [{ kind: 'signal', signal: 'SIGINT' }, 130],
    [{ kind: 'signal', signal: 'SIGTERM' }, 143],
    [{ kind: 'signal', signal: 'SIGHUP' }, 129],
    [{ kind: 'signal', signal: 'SIGQUIT' }, 131],
    [{ kind: 'lost' }, 129],
    [{ kind: 'failed', error: new Error('x') }, 3],
  ])('of %j is %i', (reason, code) => {
    expect(exitCodeOf(reason)).toBe(code);
  });
});

describe('leaving', () => {
  it('gives the terminal back before it says what went wrong, and says it before it stops the rest', async () => {
    const { steps, deps } = setUp();
    const leaving = createLeaving(deps);
    leaving.leave({ kind: 'failed', error: new Error('x') });
    expect(await leaving.done).toBe(3);
    expect(steps).toEqual(['restore', 'report', 'stop']);
  });

  it('goes on where a step throws', async () => {
    const { deps } = setUp({
      restore() {
        throw new Error('EIO');
      },
      report() {
        throw new Error('EIO');
      },
      stop: () => Promise.reject(new Error('no')),
    });
    const leaving = createLeaving(deps);
    leaving.leave({ kind: 'failed', error: new Error('x') });
    expect(await leaving.done).toBe(3);
  });

  it('waits one second for what hangs', async () => {
    const { clock, deps } = setUp({ stop: () => new Promise(() => {}) });
    const leaving = createLeaving(deps);
    leaving.leave({ kind: 'quit' });
    await clock.advance(1000);
    expect(await leaving.done).toBe(0);
  });

  it('ends itself by force when even that takes too long', async () => {
    const { steps, clock, deps } = setUp({ stop: () => new Promise(() => {}) });
    const { after } = clock;
    // A loop that runs the forced end only.
    clock.after = (ms, fn) => (ms === 2000 ? after(ms, fn) : () => {});
    createLeaving(deps).leave({ kind: 'quit' });
    await clock.advance(2000);
    expect(steps.at(-1)).toBe('kill');
  });

  it('does not kill what has ended in time', async () => {
    const { steps, clock, deps } = setUp();
    createLeaving(deps).leave({ kind: 'quit' });
    await clock.advance(5000);
    expect(steps).not.toContain('kill');
  });

  it('leaves at once on a signal that comes on the way, and only on that', async () => {
    const { steps, deps } = setUp({ stop: () => new Promise(() => {}) });
    const leaving = createLeaving(deps);
    leaving.leave({ kind: 'signal', signal: 'SIGTERM' });
    leaving.leave({ kind: 'lost' });
    leaving.leave({ kind: 'failed', error: new Error('x') });
    expect(steps).toEqual(['restore']);
    leaving.leave({ kind: 'signal', signal: 'SIGINT' });
    expect(steps.at(-1)).toBe('exit 130');
  });
});
