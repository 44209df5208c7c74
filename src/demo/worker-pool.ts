import { type ChildProcess, spawn } from 'node:child_process';
import { workerDiedLines, workerStartedLines } from './log-lines.ts';

export interface WorkerPool {
  /** Kills one, as the kernel does when memory runs out. */
  killOne(): void;
  stop(): void;
}

/** The master looks after its workers at this distance (measured on uvicorn: a new one within 0.3 s), ms. */
const RESPAWN_MS = 300;

/** Two workers that are started again when they end, as uvicorn's supervisor does. `log` is standard error. */
export function startWorkers(path: string, count: number, log: (text: string) => void): WorkerPool {
  const workers: ChildProcess[] = [];
  let stopping = false;

  const start = (): void => {
    const worker = spawn(process.execPath, [path], { stdio: ['pipe', 'inherit', 'inherit'] });
    const { pid } = worker;
    if (pid === undefined) return;
    worker.stdin?.on('error', () => {});
    workers.push(worker);
    log(workerStartedLines(pid));
    worker.on('exit', () => {
      workers.splice(workers.indexOf(worker), 1);
      if (stopping) return;
      log(workerDiedLines(pid));
      setTimeout(() => stopping || start(), RESPAWN_MS);
    });
  };
  for (let number = 0; number < count; number += 1) start();

  return {
    killOne: () => workers[0]?.kill('SIGKILL'),
    stop() {
      stopping = true;
      for (const worker of workers) worker.kill('SIGKILL');
    },
  };
}
