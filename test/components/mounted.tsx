import { PassThrough } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { ASCII, UNICODE } from '../../components/glyphs.ts';
import type { Action } from '../../components/keys.ts';
import { mount } from '../../components/mount.tsx';
import { createStore, type WatchStore } from '../../hooks/store.ts';
import { systemClock } from '../../src/clock.ts';
import { createFrameStream } from '../../src/terminal/frame-stream.ts';
import type { Screen } from '../../src/terminal/screen.ts';
import { createScrub } from '../../src/text/scrub.ts';
import type { Snapshot } from '../../src/watch/snapshot.ts';

export interface Mounted {
  readonly store: WatchStore;
  /** Actions that keys asked for, in order. */
  readonly actions: Action[];
  /** Whole frames that Ink wrote. */
  readonly frames: string[];
  /** Lines of the last frame, without colour. */
  lines(): string[];
  /** Presses keys and waits until they have been handled. */
  press(keys: string): Promise<void>;
  /** Does what a key would ask for, without the keyboard. */
  act(action: Action): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  unmount(): void;
}

export interface MountedOptions {
  readonly snapshot: Snapshot;
  readonly columns: number;
  readonly rows: number;
  readonly ascii?: boolean;
}

/** React paints what a store says in a microtask. */
const painted = (): Promise<void> => wait(0);

/** The real components on a store of their own; the terminal is a list of frames. */
export function mounted({ snapshot, columns, rows, ascii = false }: MountedOptions): Mounted {
  const glyphs = ascii ? ASCII : UNICODE;
  const store = createStore({
    clock: systemClock,
    first: snapshot,
    scrub: createScrub([]),
    fixed: {
      glyphs,
      curl: { url: 'http://localhost:4000', keyHeader: 'Authorization', keyVariable: 'LITELLM_MASTER_KEY' },
    },
    columns,
    rows,
  });
  let size = { columns, rows };
  const frames: string[] = [];
  const actions: Action[] = [];
  const screen = { present: (text: string) => frames.push(text) } as unknown as Screen;
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => stdin, ref() {}, unref() {} });
  const unmount = mount({
    stdout: createFrameStream(screen, () => size),
    stdin: stdin as unknown as NodeJS.ReadStream,
    store,
    glyphs,
    color: true,
    onAction(action) {
      actions.push(action);
      store.act(action);
    },
    onFailed(error) {
      throw error;
    },
  });
  return {
    store,
    actions,
    frames,
    lines: () => stripVTControlCharacters(frames.at(-1) ?? '').split('\n'),
    async press(keys) {
      const [acted, drawn] = [actions.length, frames.length];
      stdin.write(keys);
      // A lone Escape is told from the beginning of a sequence after 20 ms; on a busy machine that takes longer.
      for (let turn = 0; turn < 10; turn++) {
        await wait(30);
        if (actions.length > acted || frames.length > drawn) return;
      }
    },
    async act(action) {
      store.act(action);
      await painted();
    },
    async resize(nextColumns, nextRows) {
      size = { columns: nextColumns, rows: nextRows };
      store.resize(nextColumns, nextRows);
      await painted();
    },
    unmount() {
      unmount();
      store.dispose();
    },
  };
}
