import { render } from 'ink';
import type { WatchStore } from '../hooks/store.ts';
import { App } from './App.tsx';
import type { Glyphs } from './glyphs.ts';
import type { Action } from './keys.ts';

export interface MountOptions {
  /** A stream that takes whole frames (src/terminal/frame-stream.ts). */
  readonly stdout: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  readonly store: WatchStore;
  readonly glyphs: Glyphs;
  readonly color: boolean;
  readonly onAction: (action: Action) => void;
  readonly onFailed: (error: unknown) => void;
}

/**
 * Mounts the dashboard. `debug` makes Ink write each update as a separate whole frame and leave screen, cursor and
 * pace to us: the frame stream compares frames with what a slow terminal has really taken, which Ink's own incremental
 * output cannot know, and it compares by cell instead of by line.
 */
export function mount({ stdout, stdin, onFailed, ...app }: MountOptions): () => void {
  const instance = render(<App {...app} />, {
    stdout,
    stdin,
    debug: true,
    interactive: true,
    exitOnCtrlC: false,
    patchConsole: false,
    isScreenReaderEnabled: false,
  });
  instance.waitUntilExit().catch(onFailed);
  return () => instance.unmount();
}
