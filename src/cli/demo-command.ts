import { setTimeout as sleep } from 'node:timers/promises';
import type { Settings } from '../config/settings.ts';
import { type Demo, STORIES, type Story, startDemo } from '../demo/start.ts';
import { literal } from '../text/scrub.ts';
import type { Key } from '../watch/start.ts';
import { canDraw, colored, formatOf } from './choices.ts';
import { type Given, UsageError } from './given.ts';
import { exitOfSignal, type Io } from './io.ts';
import { settle } from './settle.ts';

/** How far into its incident a single look begins, ms. */
const INTO_INCIDENT_MS = 8_000;
/** A worker's death is seen by the age of its successor: the others must have lived so long before it, ms. */
const LIVED_MS = 6_000;
const REPLACED_WITHIN_MS = 2_000;

/** The faces on a simulated gateway; or only the gateway, served until it is ended. */
export async function demoCommand(given: Given, io: Io): Promise<number> {
  const { own } = given;
  if (own.list === true) {
    const width = Math.max(...STORIES.map((story) => story.name.length));
    await io.out(STORIES.map((story) => `${story.name.padEnd(width)}  ${story.summary}\n`).join(''));
    return 0;
  }
  const story = STORIES.find((one) => one.name === own.story);
  if (story === undefined)
    throw new UsageError(`watchtower: there is no such story; there are ${STORIES.map((one) => one.name).join(', ')}`);
  if (own.serve !== undefined) return serve(story.name, own.serve as number, io);
  const once = own.once === true || own.json === true || own.format !== 'text' || !canDraw(io);
  const format = formatOf(given, ['text', 'json']);
  const at = once ? lookAt(story) : 0;
  const { settings } = await settle(given, io);
  const demo = await startDemo({ story: story.name, at });
  try {
    const key: Key = { reveal: () => demo.key };
    const onDemo = settingsOf(settings, demo);
    if (once) {
      const [killedAt] = story.workerKillsMs;
      if (killedAt !== undefined)
        await sleep(killedAt + REPLACED_WITHIN_MS - at, null, { signal: io.ending }).catch(() => {});
      const { onceCommand } = await import('./once-command.ts');
      return await onceCommand(onDemo, key, format, colored(settings, io), io);
    }
    const { dashboardCommand } = await import('./dashboard-command.ts');
    return await dashboardCommand(onDemo, key);
  } finally {
    await demo.stop();
  }
}

/** How far into the story the demo begins for a single look, ms. */
function lookAt({ incidentAtMs, workerKillsMs }: Story): number {
  const [killedAt] = workerKillsMs;
  if (killedAt !== undefined) return killedAt - LIVED_MS;
  return incidentAtMs === null ? 0 : incidentAtMs + INTO_INCIDENT_MS;
}

/** Nothing of the user's own gateway is used, and nothing is remembered. */
function settingsOf(settings: Settings, demo: Demo): Settings {
  return {
    ...settings,
    url: demo.url,
    name: `localhost:${demo.port}`,
    keyHeader: 'Authorization',
    keyFrom: literal('the demo'),
    intervalMs: Math.min(settings.intervalMs, 5_000),
    pid: null,
    logFiles: [],
    journal: null,
    container: null,
    stateDir: null,
    demo: true,
  };
}

async function serve(story: string, port: number, io: Io): Promise<number> {
  const demo = await startDemo({ story, port });
  await io.out(`${story}: ${demo.url}\nkey: LITELLM_MASTER_KEY=${demo.key}\nlog: ${demo.logFile}\nCtrl-C ends it\n`);
  await new Promise<void>((resolve) => {
    if (io.ending.aborted) resolve();
    io.ending.addEventListener('abort', () => resolve(), { once: true });
  });
  await demo.stop();
  return exitOfSignal(io.ending.reason) ?? 0;
}
