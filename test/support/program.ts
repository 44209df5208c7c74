import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The built executable; `npm test` builds it. */
export const PROGRAM = resolve('dist/watchtower.js');

export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunInput {
  env?: Record<string, string>;
  stdin?: string | Buffer;
  cwd?: string;
}

/** Runs the program in a home of its own, without a terminal, and waits for its end. */
export async function runProgram(args: readonly string[], { env = {}, stdin = '', cwd }: RunInput = {}): Promise<Run> {
  const home = mkdtempSync(join(tmpdir(), 'watchtower-home-'));
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: cwd ?? home,
    env: { PATH: process.env.PATH, HOME: home, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const read = async (stream: NodeJS.ReadableStream): Promise<string> => {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  };
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  const ended = new Promise<number | null>((done) => child.on('close', done));
  const [stdout, stderr, code] = await Promise.all([read(child.stdout), read(child.stderr), ended]);
  rmSync(home, { recursive: true, force: true });
  return { code, stdout, stderr };
}
