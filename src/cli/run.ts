import { createScrub } from '../text/scrub.ts';
import { UsageError } from './given.ts';
import { processIo } from './io.ts';
import { buildProgram } from './program.ts';

/** Exit code of a call that is wrong and of an error of our own: never one that a scheduler reads as WARN or CRIT. */
const EXIT_WRONG = 3;

/** Parses the arguments, runs the command, resolves to the exit code. Never rejects. */
export async function run(args: readonly string[]): Promise<number> {
  const io = processIo();
  // A report of a fatal error holds the environment, and so the key, unless told otherwise.
  if (process.report !== undefined) process.report.excludeEnv = true;
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  try {
    return await buildProgram(io)(args);
  } catch (error) {
    await io.err(error instanceof UsageError ? `${error.message}\n` : `watchtower: ${describe(error)}\n`);
    return EXIT_WRONG;
  }
}

function crash(error: unknown): void {
  process.stderr.write(`watchtower: ${describe(error)}\n`, () => process.exit(EXIT_WRONG));
}

/** An error with its stack, without secrets: the shape of one is hidden wherever it stands. */
function describe(error: unknown): string {
  return createScrub([])(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
