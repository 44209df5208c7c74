/** What the supervisor tells the gateway's process at its start, in one variable of its environment. */
export interface Orders {
  story: string;
  /** Wall clock when the story began, ms. */
  startedAt: number;
  /** How much faster than life the story runs. */
  speed: number;
  port: number;
  /** Removed by the gateway when its supervisor dies without a word. */
  folder: string;
}

export const ORDERS_VARIABLE = 'WATCHTOWER_DEMO';

/** What the gateway's process tells its supervisor. */
export type Report = { kind: 'ready' } | { kind: 'failed'; message: string };
