import type { LogLevel } from '../types.ts';
import type { LogRecord } from './open-record.ts';

const TRACE = 'Traceback (most recent call last)';
const FRAME = '\n  File "';
/** The frame of an exception group's parts: `  | `, `  +-+---------------- 1 ----------------`. */
const MARGIN = /^ {1,40}(?:\| ?|\+[-+ \d]{1,80}$)/gm;
const CHAIN = /\n(?:During handling of the above|The above exception was)[^\n]{0,100}\n/;
/** Nothing failed: somebody ended it, or it ends because of what came before. */
const ENDED = /^(?:KeyboardInterrupt|(?:asyncio\.exceptions\.)?CancelledError|GeneratorExit|SystemExit)\b/;
/** The cause stands in one of the last; a hostile log may chain without end. */
const PARTS = 50;

/** What of a record the diagnosis reads, and at which level. */
export interface Subject {
  text: string;
  level: LogLevel | null;
}

/**
 * Of a traceback without a head the exception alone: what announces it (`Task exception was never retrieved`, a box of rich)
 * tells no cause. Null where it tells of an end that was asked for.
 */
export function subjectOf({ text, level, headed, logger, messageAt }: LogRecord): Subject | null {
  if (headed) return { text: logger === 'prisma' ? text.slice(messageAt).trimStart() : text, level };
  const at = text.indexOf(TRACE);
  if (at < 0) return { text, level: null };
  const trace = text.slice(at);
  const parts = (trace.includes('\n  | ') ? trace.replace(MARGIN, '') : trace).split(CHAIN);
  for (const part of parts.slice(-PARTS).reverse()) {
    const said = afterFrames(part);
    if (!ENDED.test(said)) return { text: said, level };
  }
  return null;
}

/** What stands after the last frame and the code that it shows; the whole where there is no frame. */
function afterFrames(trace: string): string {
  const frame = trace.lastIndexOf(FRAME);
  let at = trace.indexOf('\n', frame < 0 ? 0 : frame + 1) + 1;
  while (at > 0 && at < trace.length && (trace[at] === ' ' || trace[at] === '\n' || isBox(trace, at)))
    at = trace.indexOf('\n', at) + 1;
  return at > 0 && at < trace.length ? trace.slice(at) : trace;
}

function isBox(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x2500 && code <= 0x257f;
}
