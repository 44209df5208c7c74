import { describe, expect, it } from 'vitest';
import { createScreen, type Screen } from '../../src/terminal/screen.ts';
import type { Sink } from '../../src/terminal/tty-sink.ts';
import { createEmulator, type Emulator } from '../pty/emulator.ts';
import { type VirtualClock, virtualClock } from '../support/virtual-clock.ts';

/** A terminal that takes at most `room` bytes until it is given more. */
interface SlowTerminal {
  readonly sink: Sink;
  readonly writes: Buffer[];
  room: number;
  broken: string | null;
  readonly emulator: Emulator;
  seen(): Promise<string>;
}

function slowTerminal(columns: number, rows: number): SlowTerminal {
  const emulator = createEmulator(columns, rows);
  const writes: Buffer[] = [];
  let fed = 0;
  const terminal: SlowTerminal = {
    writes,
    room: Number.POSITIVE_INFINITY,
    broken: null,
    emulator,
    sink: {
      write(data) {
        if (terminal.broken !== null) throw Object.assign(new Error(terminal.broken), { code: terminal.broken });
        const taken = Math.min(terminal.room, data.length);
        terminal.room -= taken;
        if (taken > 0) writes.push(Buffer.from(data.subarray(0, taken)));
        return taken;
      },
      alive: () => terminal.broken === null,
      close() {},
    },
    async seen() {
      const all = Buffer.concat(writes);
      await emulator.write(all.subarray(fed).toString('utf8'));
      fed = all.length;
      return emulator.text();
    },
  };
  return terminal;
}

function open(
  columns = 40,
  rows = 4,
  ascii = false,
): { terminal: SlowTerminal; screen: Screen; clock: VirtualClock; lost: Error[] } {
  const clock = virtualClock();
  const terminal = slowTerminal(columns, rows);
  const lost: Error[] = [];
  const screen = createScreen({
    sink: terminal.sink,
    clock,
    size: { columns, rows },
    synchronized: true,
    ascii,
    onLost: (error) => lost.push(error),
  });
  return { terminal, screen, clock, lost };
}

describe('the screen', () => {
  it('sends a frame in one write', () => {
    const { terminal, screen } = open();
    screen.present('one\ntwo\nthree\nfour');
    expect(terminal.writes).toHaveLength(1);
  });

  it('sends nothing where nothing changed', () => {
    const { terminal, screen } = open();
    screen.present('one');
    screen.present('one');
    expect(terminal.writes).toHaveLength(1);
  });

  it('finishes the frame begun, drops those between, and then shows the last', async () => {
    const { terminal, screen, clock } = open();
    terminal.room = 5;
    screen.present('first \u001b[31mred\u001b[0m 通问\nA');
    for (let turn = 0; turn < 50; turn++) screen.present(`turn ${turn}\nB`);
    expect(terminal.writes).toHaveLength(1);
    terminal.room = Number.POSITIVE_INFINITY;
    await clock.advance(200);
    expect((await terminal.seen()).split('\n').slice(0, 2)).toEqual(['turn 49', 'B']);
    expect(Buffer.concat(terminal.writes).toString()).not.toContain('turn 48');
  });

  it('never cuts a sequence, whatever the terminal takes at a time', async () => {
    for (let room = 1; room < 12; room++) {
      const { terminal, screen, clock } = open();
      const texts = [
        '\u001b[1;31m通问 red\u001b[0m\nplain',
        '\u001b[7m问\u001b[0m other\n\u001b[33mplain\u001b[0m x',
        'end',
      ];
      for (const text of texts) {
        screen.present(text);
        for (let step = 0; step < 200; step++) {
          terminal.room = room;
          await clock.advance(100);
        }
      }
      expect((await terminal.seen()).trim()).toBe('end');
    }
  });

  it('asks a terminal that takes nothing ever more seldom, and not without end', async () => {
    const { terminal, screen, clock } = open();
    let asked = 0;
    const { write } = terminal.sink;
    terminal.sink.write = (data) => {
      asked++;
      return write(data);
    };
    terminal.room = 0;
    screen.present('one');
    await clock.advance(30_000);
    expect(asked).toBeGreaterThan(100);
    expect(asked).toBeLessThan(400);
  });

  it('keeps frames to itself while held, and paints the last one whole when released', async () => {
    const { terminal, screen } = open();
    screen.present('before');
    screen.hold();
    screen.control('\u001b[H\u001b[Jshell');
    screen.present('while away');
    screen.present('after');
    expect((await terminal.seen()).trim()).toBe('shell');
    screen.release();
    expect((await terminal.seen()).trim()).toBe('after');
  });

  it('writes names in other scripts as question marks of their width where only ASCII is taken', async () => {
    const { terminal, screen } = open(40, 4, true);
    screen.present('|通义|é|e\u0301|✗|');
    expect((await terminal.seen()).trim()).toBe('|????|?|e|?|');
    expect(Buffer.concat(terminal.writes).toString()).toMatch(/^[\u0000-\u007f]*$/);
  });

  it('paints everything again where the terminal forgot', async () => {
    const { terminal, screen } = open();
    screen.present('one\ntwo');
    await terminal.seen();
    await terminal.emulator.write('\u001b[H\u001b[2Jnoise');
    screen.repaint();
    expect((await terminal.seen()).split('\n').slice(0, 2)).toEqual(['one', 'two']);
  });

  it('waits for the new frame after another size', async () => {
    const { terminal, screen } = open();
    screen.present('old');
    const before = terminal.writes.length;
    screen.resize({ columns: 20, rows: 2 });
    expect(terminal.writes).toHaveLength(before);
    screen.present('new');
    expect((await terminal.seen()).trim()).toBe('new');
  });

  it.each(['EIO', 'EPIPE', 'EBADF', 'ENXIO'])(
    'says once that the terminal is gone on %s, and never throws',
    async (code) => {
      const { terminal, screen, clock, lost } = open();
      screen.present('one');
      terminal.broken = code;
      screen.present('two');
      screen.present('three');
      screen.control('x');
      await clock.advance(1000);
      expect(lost.map(({ message }) => message)).toEqual([code]);
      expect(screen.drain(10)).toBe(false);
    },
  );
});
