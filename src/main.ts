#!/usr/bin/env node
/*
 * The entry. It must parse on any Node that a machine may have: what needs a current one is loaded after the check.
 */
import { HELP, HELP_COLUMNS } from './cli/help.ts';
import { VERSION } from './version.ts';

const NEEDED = [22, 19] as const;

function tooOld(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1]);
}

async function start(): Promise<void> {
  const args = process.argv.slice(2);
  if (tooOld()) {
    process.stderr.write(`watchtower needs Node ${NEEDED.join('.')} or newer; this is ${process.versions.node}\n`);
    process.exitCode = 3;
  } else if (args.length === 1 && (args[0] === '-V' || args[0] === '--version')) {
    print(`${VERSION}\n`);
  } else if (args.length === 1 && (args[0] === '-h' || args[0] === '--help') && HELP !== null && fitsHelp()) {
    print(HELP);
  } else {
    const { run } = await import('./cli/run.ts');
    // The clients of a finished look may keep a socket or a thread: what is left to do is to leave.
    process.exit(await run(args));
  }
}

function print(text: string): void {
  process.stdout.on('error', () => {});
  process.stdout.write(text);
}

/** In a terminal of another width the help is laid out anew. */
function fitsHelp(): boolean {
  return !process.stdout.isTTY || process.stdout.columns === HELP_COLUMNS;
}

void start();
