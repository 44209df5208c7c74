import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Releases of March 2026 that carried malware (LiteLLM's own security notice of 2026-03-24). */
const COMPROMISED = ['1.82.7', '1.82.8'];
const INSTALL_TIMEOUT_MS = 15 * 60_000;

/** The folder of all virtual environments, outside the tree so that a clean clone finds them again. */
function venvRoot(env: NodeJS.ProcessEnv = process.env): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'skypiea-watchtower', 'litellm');
}

/**
 * Makes sure that `litellm[proxy]==version` is installed in a virtual environment of its own and returns the path of its
 * `litellm` program. The first call for a release downloads some 200 MB by pip; later ones look at a marker file.
 * Throws for a compromised release, and with pip's last lines where the installation fails.
 */
export async function ensureVenv(version: string): Promise<string> {
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Error(`not a LiteLLM release: ${version}`);
  if (COMPROMISED.includes(version)) throw new Error(`LiteLLM ${version} was compromised: it is never installed`);
  const folder = join(venvRoot(), version);
  const program = join(folder, 'bin', 'litellm');
  if (isComplete(folder)) return program;
  await mkdir(venvRoot(), { recursive: true });
  await withLock(`${folder}.lock`, async () => {
    if (isComplete(folder)) return;
    if (!(await imports(folder, version))) await install(folder, version);
    await writeFile(marker(folder), `${version}\n`);
  });
  return program;
}

const marker = (folder: string): string => join(folder, '.complete');

const isComplete = (folder: string): boolean =>
  existsSync(marker(folder)) && existsSync(join(folder, 'bin', 'litellm'));

/** True where an environment without a marker (made by hand, or by an older rig) holds the whole proxy of that release. */
async function imports(folder: string, version: string): Promise<boolean> {
  const code = 'import importlib.metadata as m, litellm.proxy.proxy_cli, fastapi, uvicorn; print(m.version("litellm"))';
  try {
    const { stdout } = await run(join(folder, 'bin', 'python'), ['-c', code], { timeout: 120_000 });
    return stdout.trim().endsWith(version);
  } catch {
    return false;
  }
}

async function install(folder: string, version: string): Promise<void> {
  const python = process.env.LITELLM_PYTHON || 'python3';
  console.error(`installing litellm[proxy]==${version} into ${folder}, once`);
  await rm(folder, { recursive: true, force: true });
  try {
    await run(python, ['-m', 'venv', folder], { timeout: 120_000 });
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `litellm[proxy]==${version}`];
    await run(join(folder, 'bin', 'python'), pip, { timeout: INSTALL_TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n').slice(-5) : [];
    throw new Error(`could not install LiteLLM ${version} with ${python}: ${said.join(' ') || error}`, {
      cause: error,
    });
  }
}

/** Two runs at once must not install into one folder: a directory is made by exactly one of them. */
async function withLock(path: string, work: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + INSTALL_TIMEOUT_MS;
  for (;;) {
    try {
      await mkdir(path);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (Date.now() > deadline) throw new Error(`another run holds ${path}; remove it if none is alive`);
      await sleep(500);
    }
  }
  try {
    await work();
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}
