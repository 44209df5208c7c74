import { describe, expect, it } from 'vitest';
import { detectCapabilities } from '../../src/terminal/capabilities.ts';
import { openTerminal, type Terminal } from '../../src/terminal/terminal.ts';
import { createEmulator, type Emulator } from '../pty/emulator.ts';
import { type VirtualClock, virtualClock } from '../support/virtual-clock.ts';

interface World {
  readonly terminal: Terminal;
  readonly clock: VirtualClock;
  readonly emulator: Emulator;
  readonly raw: boolean[];
  lost: number;
  alive: boolean;
  size: [number, number];
  emit(event: string): void;
  sent(): string;
}

function open(term = 'xterm-256color'): World {
  const clock = virtualClock();
  const emulator = createEmulator(40, 5);
  const listeners = new Map<string, Set<() => void>>();
  const source = {
    on: (event: string, listener: () => void) =>
      listeners.set(event, (listeners.get(event) ?? new Set()).add(listener)),
    off: (event: string, listener: () => void) => listeners.get(event)?.delete(listener),
  };
  let bytes = '';
  const world = {
    clock,
    emulator,
    raw: [] as boolean[],
    lost: 0,
    alive: true,
    size: [40, 5] as [number, number],
    emit: (event: string) => {
      for (const listener of listeners.get(event) ?? []) listener();
    },
    sent: () => bytes,
  };
  const terminal = openTerminal({
    sink: {
      write(data) {
        bytes += Buffer.from(data).toString('utf8');
        return data.length;
      },
      alive: () => world.alive,
      close() {},
    },
    keyboard: { ...source, setRawMode: (on) => world.raw.push(on) },
    window: { ...source, getWindowSize: () => world.size },
    clock,
    capabilities: detectCapabilities({
      env: { TERM: term, LANG: 'C.UTF-8' },
      isTerminal: true,
      color: 'auto',
      ascii: false,
    }),
    onLost: () => world.lost++,
  });
  return Object.assign(world, { terminal });
}

describe('a terminal', () => {
  it('is left as it was found, and only once', async () => {
    const world = open();
    world.terminal.enter();
    world.terminal.screen.present('frame');
    world.terminal.restore();
    const length = world.sent().length;
    world.terminal.restore();
    expect(world.sent()).toHaveLength(length);
    await world.emulator.write(world.sent());
    expect(world.emulator.alternate()).toBe(false);
    expect(world.emulator.cursorHidden()).toBe(false);
    expect(world.emulator.leftovers()).toEqual([]);
    expect(world.raw).toEqual([true, false]);
  });

  it('is not touched by being left before it was entered', () => {
    const world = open();
    world.terminal.restore();
    expect(world.sent()).toBe('');
  });

  it('that has no second screen keeps the last frame above the prompt', async () => {
    const world = open('linux');
    world.terminal.enter();
    world.terminal.screen.present('frame');
    world.terminal.restore();
    await world.emulator.write(world.sent());
    expect(world.sent()).not.toContain('1049');
    expect(world.emulator.cursorHidden()).toBe(false);
  });

  it('is not written to after it was left', () => {
    const world = open();
    world.terminal.enter();
    world.terminal.restore();
    const length = world.sent().length;
    world.terminal.screen.present('late frame');
    world.terminal.stream.write('later frame');
    expect(world.sent()).toHaveLength(length);
  });

  it('is missed within two seconds when it is taken away without a word', async () => {
    const world = open();
    world.terminal.enter();
    world.alive = false;
    await world.clock.advance(2000);
    expect(world.lost).toBe(1);
  });

  it.each(['end', 'close', 'error'])('is missed when the keyboard says %s', (event) => {
    const world = open();
    world.terminal.enter();
    world.emit(event);
    world.emit(event);
    expect(world.lost).toBe(1);
  });

  it('is not missed after it was left', async () => {
    const world = open();
    world.terminal.enter();
    world.terminal.restore();
    world.emit('close');
    await world.clock.advance(5000);
    expect(world.lost).toBe(0);
  });

  it('that says it has no size counts as 80 by 24', () => {
    const world = open();
    world.size = [0, 0];
    expect(world.terminal.size()).toEqual({ columns: 80, rows: 24 });
  });

  it('is given back for a while and painted whole when taken again', async () => {
    const world = open();
    world.terminal.enter();
    world.terminal.screen.present('frame');
    world.terminal.suspend();
    await world.emulator.write(world.sent());
    expect(world.emulator.alternate()).toBe(false);
    const length = world.sent().length;
    world.terminal.resume();
    await world.emulator.write(world.sent().slice(length));
    expect(world.emulator.alternate()).toBe(true);
    expect(world.emulator.text()).toContain('frame');
    expect(world.raw.at(-1)).toBe(true);
  });

  it('takes mode switches of a library for no frame', () => {
    const world = open();
    world.terminal.enter();
    world.terminal.screen.present('frame');
    const length = world.sent().length;
    world.terminal.stream.write('\u001b[?25h');
    world.terminal.stream.write('\u001b[?2004h');
    world.terminal.stream.write('');
    expect(world.sent()).toHaveLength(length);
  });
});
