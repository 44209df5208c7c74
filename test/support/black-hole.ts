import { spawn } from 'node:child_process';
import { connect, type Socket } from 'node:net';

/*
 * A loopback port that swallows connection attempts: its process listens with the shortest queue and then sleeps in the
 * kernel, and the queue is filled here. Linux drops every further SYN, as a firewall would.
 */

const LISTENER = `
const server = require('node:net').createServer();
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  require('node:fs').writeSync(1, server.address().port + '\\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});`;

export async function startBlackHole(): Promise<{ url: string; close(): Promise<void> }> {
  const child = spawn(process.execPath, ['-e', LISTENER], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.once('data', (line) => resolve(Number(line)));
    child.once('exit', (code) => reject(new Error(`the listener ended with ${code}`)));
  });
  const fillers: Socket[] = [];
  while (await fits(port, fillers)) if (fillers.length > 20) throw new Error('the queue never fills');
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of fillers) socket.destroy();
        child.once('close', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}

/** Whether one more connection still finds a place in the queue. */
function fits(port: number, fillers: Socket[]): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    fillers.push(socket);
    socket.on('error', () => {});
    const timer = setTimeout(() => resolve(false), 200);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
