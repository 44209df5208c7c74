/** What is broken at one moment of a story. */
export interface Scene {
  /** The OpenRouter account is empty. */
  openrouterDry: boolean;
  /** OpenAI answers its chat models with 429. */
  openaiLimited: boolean;
  databaseLost: boolean;
}

export interface Span {
  fromMs: number;
  toMs: number;
}

export interface Story {
  name: string;
  /** One line for `demo --list`. */
  summary: string;
  /** When its incident begins, ms after the start; null where nothing happens. */
  incidentAtMs: number | null;
  faults: readonly (Span & { fault: keyof Scene })[];
  /** While this lasts the gateway's process is not there. */
  gatewayGone: Span | null;
  /** When a worker is killed. */
  workerKillsMs: readonly number[];
  /** The watchtower is given a key that the gateway refuses. */
  keyRefused: boolean;
}

const FOREVER = Number.POSITIVE_INFINITY;
const CALM = { faults: [], gatewayGone: null, workerKillsMs: [], keyRefused: false } as const;

/** The default stands first. */
export const STORIES: readonly Story[] = [
  {
    ...CALM,
    name: 'empty-wallet',
    summary: 'one OpenRouter account runs dry behind three models after 10 s; topped up after 2 min',
    incidentAtMs: 10_000,
    faults: [{ fault: 'openrouterDry', fromMs: 10_000, toMs: 120_000 }],
  },
  { ...CALM, name: 'healthy', summary: 'nothing is wrong', incidentAtMs: null },
  {
    ...CALM,
    name: 'gateway-dies',
    summary: 'the gateway is killed after 15 s and comes back 30 s later',
    incidentAtMs: 15_000,
    gatewayGone: { fromMs: 15_000, toMs: 45_000 },
  },
  {
    ...CALM,
    name: 'bad-key',
    summary: "the gateway refuses the watchtower's key",
    incidentAtMs: 0,
    keyRefused: true,
  },
  {
    ...CALM,
    name: 'rate-storm',
    summary: 'OpenAI limits the rate of two models after 10 s, for 3 min',
    incidentAtMs: 10_000,
    faults: [{ fault: 'openaiLimited', fromMs: 10_000, toMs: 190_000 }],
  },
  {
    ...CALM,
    name: 'worker-dies',
    summary: 'one of two workers is killed after 15 s and replaced, every answer stays green',
    incidentAtMs: 15_000,
    workerKillsMs: [15_000, 90_000],
  },
  {
    ...CALM,
    name: 'database-lost',
    summary: 'the database goes away after 10 s: callers see 401 and their keys are fine; back after 150 s',
    incidentAtMs: 10_000,
    faults: [{ fault: 'databaseLost', fromMs: 10_000, toMs: 150_000 }],
  },
];

/** The story of that name; undefined when there is none. */
export function storyNamed(name: string): Story | undefined {
  return STORIES.find((story) => story.name === name);
}

/** What is broken so many ms after the start. */
export function sceneAt(story: Story, elapsedMs: number): Scene {
  const scene: Scene = { openrouterDry: false, openaiLimited: false, databaseLost: false };
  for (const { fault, fromMs, toMs } of story.faults) {
    if (elapsedMs >= fromMs && elapsedMs < toMs) scene[fault] = true;
  }
  return scene;
}

/** The moments at which something changes, in order, ms after the start. */
export function turnsOf(story: Story): number[] {
  const turns = story.faults.flatMap(({ fromMs, toMs }) => [fromMs, toMs]);
  return [...new Set(turns)].filter((at) => at > 0 && at < FOREVER).sort((a, b) => a - b);
}
