import { runDashboard } from '../../components/dashboard.tsx';
import type { Settings } from '../../src/config/settings.ts';
import type { Engine } from '../../src/watch/engine.ts';
import type { Snapshot } from '../../src/watch/snapshot.ts';
import { startWorkerEngine } from '../../src/watch/worker-engine.ts';
import { AT, sampleSnapshot } from '../components/sample.ts';
import { type FakeEngine, fakeEngine } from '../support/fake-engine.ts';

/*
 * The real dashboard on an engine that behaves as the first argument says. Built by test/pty/bundle.ts.
 */

const SETTINGS: Settings = {
  url: 'http://localhost:4000',
  name: 'localhost:4000',
  keyHeader: 'Authorization',
  keyFrom: null,
  intervalMs: 30_000,
  chatIntervalMs: 120_000,
  chatModel: null,
  paidProbes: true,
  budgetUsd: 0.1,
  pid: null,
  logFiles: [],
  journal: null,
  container: null,
  stateDir: null,
  timeoutMs: 20_000,
  failOn: 'warn',
  waitOkMs: null,
  strict: false,
  color: 'auto',
  ascii: process.argv.includes('--ascii'),
  accessible: false,
  demo: false,
  rules: [],
  ignore: [],
};

const KEY = 'sk-entirely-made-up-0123456789';

function later(step: () => void): void {
  setTimeout(step, 700);
}

/** A snapshot whose panel 2 cannot be drawn. */
function brokenPanel(): Snapshot {
  return { ...sampleSnapshot(), processes: null as unknown as Snapshot['processes'] };
}

const SCENARIOS: Record<string, (engine: FakeEngine) => void> = {
  steady: (engine) => engine.publish(sampleSnapshot()),
  // One snapshot a second in which nothing changes but the time and the figures.
  ticking(engine) {
    let second = 0;
    const tick = (): void => {
      const at = new Date(Date.parse(AT) + second++ * 1000).toISOString();
      const { host } = sampleSnapshot();
      engine.publish(sampleSnapshot({ at, host: { ...host, cpuPct: 30 + (second % 10) } }));
    };
    tick();
    setInterval(tick, 1000);
  },
  // Everything is different in each snapshot: much to paint.
  busy(engine) {
    let turn = 0;
    const tick = (): void => {
      turn++;
      const { models, verdict } = sampleSnapshot();
      const renamed = models.map((model) => ({ ...model, name: `${model.name} turn ${turn}` as typeof model.name }));
      const summary = `turn ${turn}`.padEnd(80, String(turn % 10)) as typeof verdict.summary;
      engine.publish(sampleSnapshot({ models: renamed, verdict: { ...verdict, summary } }));
    };
    tick();
    setInterval(tick, 100);
  },
  'engine-fails'(engine) {
    engine.publish(sampleSnapshot());
    later(() => engine.fail(new Error(`the engine broke with ${KEY} in hand`)));
  },
  'timer-throws'(engine) {
    engine.publish(sampleSnapshot());
    later(() => {
      throw new Error(`a timer broke with ${KEY} in hand`);
    });
  },
  'promise-rejects'(engine) {
    engine.publish(sampleSnapshot());
    later(() => void Promise.reject(new Error(`a promise broke with ${KEY} in hand`)));
  },
  'panel-throws'(engine) {
    engine.publish(sampleSnapshot());
    later(() => engine.publish(brokenPanel()));
  },
  'panel-heals'(engine) {
    engine.publish(brokenPanel());
    later(() => engine.publish(sampleSnapshot()));
  },
  // What libraries and Node itself do beside the picture.
  noisy(engine) {
    engine.publish(sampleSnapshot());
    later(() => {
      console.log('a word on standard output');
      console.error('a word on standard error');
      process.stderr.write('a raw word\n');
      process.emitWarning('a warning of the runtime');
      setTimeout(() => engine.publish(sampleSnapshot({ demo: true })), 100);
    });
  },
  'stop-hangs': (engine) => {
    engine.publish(sampleSnapshot());
    engine.stop = () => new Promise(() => {});
  },
  refreshes(engine) {
    engine.publish(sampleSnapshot());
    const { gateway } = sampleSnapshot();
    let count = 0;
    engine.send = (command) => {
      engine.sent.push(command);
      count++;
      engine.publish(sampleSnapshot({ refresh: { startedAt: AT, count } }));
      const health = { ...gateway.health, ageS: 0 };
      const models = sampleSnapshot().models.map((model) => ({ ...model, ageS: 0 }));
      later(() =>
        engine.publish(
          sampleSnapshot({ models, gateway: { ...gateway, health }, refresh: { startedAt: null, count } }),
        ),
      );
    };
  },
};

function startEngine(name: string): Engine {
  const engine = fakeEngine();
  setTimeout(() => SCENARIOS[name]?.(engine), 20);
  return engine;
}

const scenario = process.argv[2] ?? 'steady';
const key = { reveal: () => KEY };
const deps =
  scenario === 'worker-dies' ? { startEngine: startWorkerEngine } : { startEngine: () => startEngine(scenario) };
process.exit(await runDashboard({ settings: SETTINGS, key }, deps));
