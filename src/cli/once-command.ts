import type { Settings } from '../config/settings.ts';
import { exitCodeOf } from '../report/exit-code.ts';
import { renderJson } from '../report/once-json.ts';
import { renderOnce } from '../report/once-text.ts';
import { runOnce } from '../watch/run-once.ts';
import type { Snapshot } from '../watch/snapshot.ts';
import type { Key } from '../watch/start.ts';
import type { Io } from './io.ts';

export type OnceFormat = 'text' | 'json';

/** How long `--wait-ok` rests between two looks, ms. */
const WAIT_MS = 2_000;

/** One look, printed; with `--wait-ok` again until all is well or the time is over. Resolves to the exit code. */
export async function onceCommand(
  settings: Settings,
  key: Key | null,
  format: OnceFormat,
  color: boolean,
  io: Io,
): Promise<number> {
  const snapshot = await lookUntilOk(settings, key, io.ending);
  await io.out(format === 'json' ? renderJson(snapshot) : renderOnce(snapshot, { color, ascii: settings.ascii }));
  return exitCodeOf(snapshot, settings);
}

async function lookUntilOk(settings: Settings, key: Key | null, ending: AbortSignal): Promise<Snapshot> {
  const until = performance.now() + (settings.waitOkMs ?? 0);
  for (;;) {
    const snapshot = await runOnce(settings, key);
    const over = performance.now() + WAIT_MS >= until;
    if (exitCodeOf(snapshot, settings) === 0 || over || ending.aborted) return snapshot;
    await rest(WAIT_MS, ending);
  }
}

/** Waits, or less when the program is to end. */
export function rest(ms: number, ending: AbortSignal): Promise<void> {
  if (ending.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    ending.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
