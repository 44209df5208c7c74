import { keyVariableOf } from '../components/curl.ts';
import { UNICODE } from '../components/glyphs.ts';
import { buildScreen, frameLines } from '../components/screen.ts';
import { INITIAL_VIEW } from '../components/view-state.ts';
import type { DeploymentInfo, HealthEntry, HealthReport } from '../src/gateway/types.ts';
import { encodeFrame, toFrame } from '../src/terminal/frame-diff.ts';
import { literal } from '../src/text/scrub.ts';
import { buildSnapshot } from '../src/watch/build-snapshot.ts';
import { reduce } from '../src/watch/reduce.ts';
import type { Snapshot } from '../src/watch/snapshot.ts';
import { initialState, type State } from '../src/watch/state.ts';
import type { View } from '../src/watch/view.ts';
import { emptyPurse } from '../src/watch/wallet.ts';
import type { Figure } from './figures.ts';
import { median } from './measure.ts';

const NOW = Date.parse('2026-11-24T02:00:00Z');
const DEPLOYMENTS_EACH = 5;
const ROUNDS = 60;

const FRAME = { gateway: literal('localhost:4000'), keyFrom: null, diagnose: () => null };
const VIEW: View = {
  name: literal('localhost:4000'),
  url: literal('http://localhost:4000'),
  mode: 'dashboard',
  demo: false,
  hasKey: true,
  keyFrom: null,
  limits: { capUsd: 0.1, capCalls: 1000, paidProbes: true },
  pid: 1,
  healthIntervalMs: 300_000,
};

function deployments(models: number): DeploymentInfo[] {
  return Array.from({ length: models * DEPLOYMENTS_EACH }, (_, n) => ({
    id: literal(`deployment-${n}`),
    name: literal(`model-${Math.floor(n / DEPLOYMENTS_EACH)}`),
    model: literal(`openai/gpt-${n}`),
    provider: literal('openai'),
    host: literal('provider.test'),
    mode: literal('chat'),
    wildcard: false,
    inputCostPerToken: 1e-7,
    outputCostPerToken: 1e-7,
    costPerRequest: null,
  }));
}

function report(infos: readonly DeploymentInfo[]): HealthReport {
  const entries: HealthEntry[] = infos.map((one) => ({
    healthy: true,
    id: one.id,
    model: one.model,
    host: one.host,
    status: null,
    error: null,
  }));
  return { entries, healthy: entries.length, unhealthy: 0, pending: false, bodyHash: '' };
}

function filled(models: number): State {
  const infos = deployments(models);
  const base = { kind: 'answered', at: NOW, latencyMs: 5, status: 200 } as const;
  const steps = [
    { kind: 'answer', endpoint: 'live', answer: { ...base, value: { alive: true } } },
    { kind: 'answer', endpoint: 'modelInfo', answer: { ...base, value: { deployments: infos } } },
    { kind: 'answer', endpoint: 'health', answer: { ...base, value: report(infos) } },
  ] as const;
  return steps.reduce<State>(
    (state, step) => reduce(state, step, FRAME, NOW),
    initialState(NOW, emptyPurse(NOW), true),
  );
}

function timed(work: (round: number) => void): number {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now();
    work(round);
    if (round >= ROUNDS / 3) times.push(performance.now() - began);
  }
  return median(times);
}

/** The everyday step of the engine: one liveliness answer into the state. And the whole picture, which it tells seldom. */
export function reduceFigures(): Figure[] {
  const step = (state: State) =>
    timed((round) => {
      const answer = { kind: 'answered', at: NOW + round, latencyMs: 5, status: 200, value: { alive: true } } as const;
      for (let n = 0; n < 100; n += 1) reduce(state, { kind: 'answer', endpoint: 'live', answer }, FRAME, NOW + round);
    }) / 100;
  const few = filled(10);
  const many = filled(1000);
  const [fewMs, manyMs] = [step(few), step(many)];
  return [
    { what: 'reduce one answer, 10 models', value: fewMs * 1000, unit: 'us', budget: null },
    {
      what: 'reduce one answer, 1,000 models of 5,000 deployments',
      value: manyMs / fewMs,
      unit: 'x that of 10',
      budget: 2,
    },
    {
      what: 'snapshot of 1,000 models',
      value: timed((round) => buildSnapshot(many, VIEW, NOW + round)),
      unit: 'ms',
      budget: null,
    },
  ];
}

const SIZE = { columns: 120, rows: 40 };
const curl = { url: VIEW.url, keyVariable: keyVariableOf(null), keyHeader: literal('Authorization') };

function draw(snapshot: Snapshot): string {
  const input = { snapshot, view: INITIAL_VIEW, ...SIZE, glyphs: UNICODE, curl, notices: [], cpuHistory: [] };
  const lines = frameLines(buildScreen(input), UNICODE);
  return lines.map((line) => line.map((part) => part.text).join('')).join('\n');
}

/** One frame at 120x40 with few and many models, and what one changed figure costs on the wire. */
export function frameFigures(): Figure[] {
  const few = buildSnapshot(filled(10), VIEW, NOW);
  const many = buildSnapshot(filled(1000), VIEW, NOW);
  const fewMs = timed(() => draw(few));
  const manyMs = timed(() => draw(many));
  const changed = { ...few, models: few.models.map((one, index) => (index === 0 ? { ...one, ageS: 99 } : one)) };
  const before = toFrame(draw(few), SIZE.columns, SIZE.rows);
  const bytes = Buffer.byteLength(encodeFrame(before, toFrame(draw(changed), SIZE.columns, SIZE.rows)));
  const cellMs = timed(() => encodeFrame(before, toFrame(draw(changed), SIZE.columns, SIZE.rows)));
  return [
    { what: 'visible model of a frame, 10 models', value: fewMs, unit: 'ms', budget: null },
    { what: 'visible model of a frame, 1,000 models', value: manyMs / fewMs, unit: 'x that of 10', budget: 2 },
    { what: 'bytes of one changed cell at 120x40', value: bytes, unit: 'bytes', budget: 400 },
    { what: 'time of one changed cell at 120x40, without React', value: cellMs, unit: 'ms', budget: null },
  ];
}
