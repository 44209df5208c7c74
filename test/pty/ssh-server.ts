import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

const SSHD = '/usr/sbin/sshd';
const KEYGEN = 'ssh-keygen';

/** Why no real sshd can be tested here; null where one can. */
export function missingSsh(): string | null {
  if (!existsSync(SSHD)) return `no ${SSHD}: install openssh-server`;
  try {
    execFileSync('ssh', ['-V'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'no ssh client';
  }
}

export interface SshServer {
  /** Arguments for `ssh`, up to and with the destination. */
  readonly args: readonly string[];
  stop(): Promise<void>;
}

/** A real sshd on a free loopback port, with a host key and a user key of its own. */
export async function startSshServer(): Promise<SshServer> {
  const folder = mkdtempSync(join(tmpdir(), 'watchtower-sshd-'));
  const path = (name: string): string => join(folder, name);
  for (const name of ['host_key', 'user_key']) {
    execFileSync(KEYGEN, ['-q', '-t', 'ed25519', '-N', '', '-f', path(name)]);
  }
  execFileSync('cp', [path('user_key.pub'), path('authorized_keys')]);
  const port = await freePort();
  // Where root starts it, sshd insists on this folder, which the system's own service would make.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  writeFileSync(
    path('config'),
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${path('host_key')}`,
      `AuthorizedKeysFile ${path('authorized_keys')}`,
      `PidFile ${path('pid')}`,
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'PermitRootLogin prohibit-password',
      'PrintMotd no',
      'PrintLastLog no',
      'AcceptEnv LANG LC_*',
    ].join('\n'),
  );
  const server = spawn(SSHD, ['-D', '-e', '-f', path('config')], { stdio: ['ignore', 'ignore', 'ignore'] });
  await listening(port);
  const options = [
    ['-F', '/dev/null'],
    ['-i', path('user_key')],
    ['-p', String(port)],
    ['-o', 'StrictHostKeyChecking=no'],
    ['-o', 'UserKnownHostsFile=/dev/null'],
    ['-o', 'LogLevel=ERROR'],
    ['-o', 'SendEnv=LANG LC_*'],
  ];
  return {
    args: [...options.flat(), `${userInfo().username}@127.0.0.1`],
    stop: () =>
      new Promise((done) => {
        server.once('exit', () => {
          rmSync(folder, { recursive: true, force: true });
          done();
        });
        server.kill('SIGTERM');
      }),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

async function listening(port: number): Promise<void> {
  const end = performance.now() + 5000;
  while (performance.now() < end) {
    const open = await new Promise<boolean>((done) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        done(true);
      });
      socket.once('error', () => done(false));
    });
    if (open) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('sshd does not listen');
}
