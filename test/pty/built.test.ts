import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gateway, startGateway } from './plain-gateway.ts';
import { childOf, isRunning, type Session, startInShell, startSession } from './session.ts';
import { missingSsh, type SshServer, startSshServer } from './ssh-server.ts';

const PROGRAM = join(process.cwd(), 'dist/watchtower.js');
const missing = existsSync(PROGRAM) ? null : 'the program is not built: npm run build';
if (missing !== null) console.warn(`skipped: ${missing}`);

let home = '';
let gateway: Gateway;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'watchtower-home-'));
  gateway = await startGateway();
});
afterAll(async () => {
  await gateway.stop();
  rmSync(home, { recursive: true, force: true });
});

function start(args: readonly string[], open = startInShell): Session {
  const env = { HOME: home, XDG_STATE_HOME: join(home, 'state'), XDG_CONFIG_HOME: join(home, 'config') };
  return open({ command: process.execPath, args: [PROGRAM, ...args], env, columns: 120, rows: 40 });
}

const watching = (): Session => start(['--url', gateway.url]);

describe.skipIf(missing !== null)('the built program', () => {
  it('opens on a gateway and shows what it answered', async () => {
    const session = watching();
    await session.see('v1.106.2');
    expect(session.text()).toMatch(/live 200 \d+ms/);
    session.press('q');
    await session.exited;
    expect(session.text().trim()).toBe('stty same, exit 0');
  });

  it('opens on a port where nothing listens, says so and stays', async () => {
    const session = start(['--url', 'http://127.0.0.1:9']);
    await session.see('REFUSED');
    await session.see('CRIT');
    session.press('q');
    await session.exited;
    expect(session.text()).toContain('stty same, exit 0');
  });

  it('speaks plain lines with --accessible: no frame, no screen of its own, and what is said once stays said', async () => {
    const session = start(['--url', gateway.url, '--accessible', '--interval', '5s']);
    await session.see('models ');
    await new Promise((done) => setTimeout(done, 6_000));
    expect(session.raw()).not.toMatch(/\u001b\[\?1049|[\u2500-\u257f]/);
    expect(session.raw().match(/^\S+Z {3}system /gm)).toHaveLength(1);
    session.press('\u0003');
    await session.exited;
    expect(session.text()).toContain('exit 130');
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGQUIT', 131],
  ] as const)('leaves the terminal as it was on %s, with %i', async (signal, code) => {
    const session = watching();
    await session.see('live 200');
    process.kill(childOf(session.pid) ?? 0, signal);
    await session.exited;
    expect(session.text()).toContain(`stty same, exit ${code}`);
    expect(session.alternate()).toBe(false);
    expect(session.cursorHidden()).toBe(false);
    expect(session.leftovers()).toEqual([]);
  });

  it('asks the gateway at once on r, and says so', async () => {
    const session = watching();
    await session.see('live 200');
    const before = gateway.asked.length;
    session.press('r');
    await session.see('[refreshing]');
    await session.until('new requests', () => gateway.asked.length > before, 1000);
    session.press('q');
    await session.exited;
  });

  it('is gone within five seconds with its terminal, and its threads with it', async () => {
    const session = start(['--url', gateway.url], startSession);
    await session.see('live 200');
    session.hangUp();
    await session.until('the end', () => !isRunning(session.pid), 5000);
  });

  it('opens the demo with two processes to its name, and takes all of it along when it leaves', async () => {
    const session = start(['demo'], startSession);
    await session.see(' demo ');
    await session.see('worker');
    const gatewayPid = Number(/(\d+) +master/.exec(session.text())?.[1]);
    expect(isRunning(gatewayPid)).toBe(true);
    session.press('q');
    expect(await session.exited).toBe(0);
    await session.until('the end of the demo', () => !isRunning(gatewayPid), 5000);
  });
});

const missingLink = missing ?? missingSsh();

describe.skipIf(missingLink !== null)('the built program over SSH', () => {
  let server: SshServer;
  beforeAll(async () => {
    server = await startSshServer();
  });
  afterAll(() => server.stop());

  const remote = (args: string): string =>
    `HOME='${home}' XDG_STATE_HOME='${home}/state' '${process.execPath}' '${PROGRAM}' ${args}`;

  it('opens with -t and is gone after a cut', async () => {
    const session = startSession({
      command: 'ssh',
      args: ['-t', ...server.args, `echo $$; exec env ${remote(`--url ${gateway.url}`)}`],
    });
    await session.see('live 200');
    const pid = Number(/^(\d+)\r/m.exec(session.raw())?.[1]);
    expect(isRunning(pid)).toBe(true);
    process.kill(session.pid, 'SIGKILL');
    await session.until('the end', () => !isRunning(pid), 5000);
  });

  it('prints plain text without a terminal, and the exit code comes back', () => {
    const run = (args: string): { text: string; code: number } => {
      try {
        const text = execFileSync('ssh', [...server.args, remote(args)], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        return { text, code: 0 };
      } catch (error) {
        const { stdout, status } = error as { stdout: string; status: number };
        return { text: stdout, code: status };
      }
    };
    for (const args of ['--once --url http://127.0.0.1:9', '--url http://127.0.0.1:9']) {
      const { text, code } = run(args);
      expect(code).toBe(2);
      expect(text).toMatch(/^CRIT/);
      expect(text).not.toContain('\u001b');
    }
  });
});
