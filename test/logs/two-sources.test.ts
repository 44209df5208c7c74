import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiagnose } from '../../src/diagnosis/diagnose.ts';
import { maybeError } from '../../src/diagnosis/gate.ts';
import { type LogsOptions, runLogs } from '../../src/logs/command.ts';
import { createLogMonitor } from '../../src/logs/monitor.ts';
import { createOwnProbes } from '../../src/logs/records/own.ts';
import type { LogMonitor } from '../../src/logs/types.ts';
import { createScrub } from '../../src/text/scrub.ts';
import { type StandIns, standIns } from './programs/stand-in.ts';

const scrub = createScrub([]);
const tools = { diagnose: createDiagnose({ scrub }), gate: maybeError, scrub, own: createOwnProbes({ keyHash: null }) };
const PATH = process.env.PATH ?? '';
const UNIT = 'litellm.service';

let programs: StandIns;
let file: string;
let monitor: LogMonitor | null = null;
beforeEach(() => {
  programs = standIns();
  file = join(programs.folder, 'gateway.log');
  process.env.PATH = `${programs.folder}:${PATH}`;
});
afterEach(async () => {
  await monitor?.stop();
  monitor = null;
  process.env.PATH = PATH;
  programs.remove();
});

/** What a gateway writes in one second of failing: two failures told by router and proxy, and their requests. */
function linesAt(at: number): string[] {
  const time = new Date(at).toTimeString().slice(0, 8);
  const said = 'litellm.APIError: APIError: OpenrouterException - Insufficient credits';
  return [401, 402].flatMap((port) => [
    `${time} - LiteLLM Router:INFO: router.py:1 - litellm.acompletion(model=openrouter/x) Exception ${said}`,
    `${time} - LiteLLM Proxy:ERROR: a.py:1 - litellm.proxy.proxy_server._handle_llm_api_exception(): Exception occured - ${said}`,
    `INFO:     10.0.0.9:50${port} - "POST /v1/chat/completions HTTP/1.1" 402 Payment Required`,
  ]);
}

const entries = (at: number): object[] =>
  linesAt(at).map((MESSAGE, n) => ({
    MESSAGE,
    __CURSOR: `i=${at}.${n}`,
    __REALTIME_TIMESTAMP: String((at + n) * 1000),
  }));

async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !holds() && Date.now() < end; ) await sleep(20);
}

describe('the same lines from a file and the journal', () => {
  it('are each event once in `watchtower logs`', async () => {
    const at = Date.now() - 60_000;
    writeFileSync(file, `${linesAt(at).join('\n')}\n`);
    programs.journal(entries(at));
    const options: LogsOptions = {
      files: [file],
      stdin: false,
      journal: UNIT,
      container: null,
      pids: [],
      follow: false,
      sinceMs: null,
      all: false,
      level: null,
      classes: null,
      grep: null,
      format: 'json',
      color: false,
      columns: null,
    };
    let out = '';
    const io = {
      out: async (text: string) => {
        out += text;
      },
      err: async () => {},
      ending: new AbortController().signal,
      stdin: Readable.from([]),
    };
    expect(await runLogs(options, tools, io)).toBe(0);
    const said = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; lines: number; events: number });
    expect(said.filter(({ type }) => type === 'source')).toHaveLength(2);
    expect(said.filter(({ type }) => type === 'event')).toHaveLength(2);
    expect(said.at(-1)).toMatchObject({ type: 'end', lines: 12, events: 2 });
  });

  it('are one event with its count, and each request once, in the monitor', async () => {
    writeFileSync(file, '');
    programs.journal([]);
    const watched = createLogMonitor(
      { files: [file], journal: UNIT, container: null, pids: [], stateDir: null },
      tools,
    );
    monitor = watched;
    watched.start();
    await until(() => watched.sources().every(({ state }) => state === 'FOLLOWING'));
    const at = Date.now() + 1_000;
    appendFileSync(file, `${linesAt(at).join('\n')}\n`);
    programs.journal(entries(at));
    const counts = new Map<number, number>();
    await until(() => {
      for (const { id, count } of watched.take()) counts.set(id, count);
      return watched.sources().every(({ lines }) => lines === 6) && (watched.traffic()?.lastAgeS ?? 0) >= 2;
    });
    expect(watched.sources().map(({ lines }) => lines)).toEqual([6, 6]);
    expect([...counts.values()]).toEqual([2]);
    const { perSecond, windowS } = watched.traffic() as { perSecond: number; windowS: number };
    expect(perSecond * windowS).toBeCloseTo(2);
  });
});
