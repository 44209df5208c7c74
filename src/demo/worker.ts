/*
 * A worker of the demo gateway: a real process with some memory and a little CPU, so that there is something to watch. It
 * ends with its parent: standard input is a pipe that the kernel closes whatever the parent died of.
 */

const MEMORY_BYTES = 24 * 1024 * 1024;
/** A burst of work this long at this distance: about 1 % of a core, ms. */
const BURST_MS = 8;
const PAUSE_MS = 800;

const memory = Buffer.alloc(MEMORY_BYTES, 1);

setInterval(() => {
  const until = performance.now() + BURST_MS;
  for (let at = 0; performance.now() < until; at = (at + 4_096) % memory.length) memory.writeUInt8(at % 251, at);
}, PAUSE_MS);

// Ctrl-C reaches every process of the terminal; the parent decides.
process.on('SIGINT', () => {});
process.stdin.resume().on('end', () => process.exit(0));
