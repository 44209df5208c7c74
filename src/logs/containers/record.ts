import { LINE_BYTES } from '../follow/lines.ts';
import { stampOf } from './stamp.ts';

/*
 * How container engines write what a container prints. Docker's json-file: an object a line, of which a record that was split
 * at 16 KiB has no line end in its `log`. The format of the container runtime interface, also podman's `k8s-file`:
 * `TIME STREAM P|F TEXT`, where P is a part of a line.
 */

/** `docker`: json-file. `cri`: of Kubernetes and podman. */
export type ContainerFormat = 'docker' | 'cri';

/** One record of a container's log file. */
export interface ContainerRecord {
  /** With an LF where the line ends here. Valid until the next poll. */
  text: Buffer;
  stream: 'stdout' | 'stderr' | '';
  /** When the engine took it, wall clock, ms; null where that cannot be read. */
  at: number | null;
  /** The line goes on in the next record of the stream. */
  partial: boolean;
}

const LF = 10;
const NUL = 0;
/** How many of a file's first lines tell whether a container's engine writes it. */
export const LOOKED_AT = 8;
const SPACE = 32;
const PART = 80;
const FULL = 70;
const LOG = Buffer.from('{"log":"');
/** A time of this format is no shorter and no longer: `2026-11-24T08:14:02Z`, `2026-11-24T08:14:02.123456789+01:00`. */
const TIME_BYTES = [20, 36] as const;

/** What wrote these whole lines; null where no container's engine did. Half of the first ones must be records. */
export function formatOf(lines: Buffer): ContainerFormat | null {
  const seen = { docker: 0, cri: 0, all: 0 };
  for (const line of linesOf(lines)) {
    if (seen.all === LOOKED_AT) break;
    seen.all += 1;
    if (dockerRecord(line)?.at != null) seen.docker += 1;
    else if (criRecord(line) !== null) seen.cri += 1;
  }
  if (seen.docker > 0 && seen.docker * 2 >= seen.all) return 'docker';
  return seen.cri > 0 && seen.cri * 2 >= seen.all ? 'cri' : null;
}

/** The record that a line is, with its LF; null where it is none. */
export function recordOf(line: Buffer, format: ContainerFormat): ContainerRecord | null {
  return format === 'docker' ? dockerRecord(line) : criRecord(line);
}

/** Whole lines, each with its LF. */
export function* linesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; ) {
    const lf = bytes.indexOf(LF, at);
    const stop = lf < 0 ? bytes.length : lf + 1;
    yield bytes.subarray(at, stop);
    at = stop;
  }
}

/** A crash of the machine leaves NULs in the middle of the file, before the record that was written next. */
function afterNuls(line: Buffer): Buffer {
  const nul = line.lastIndexOf(NUL);
  return nul < 0 ? line : line.subarray(nul + 1);
}

function dockerRecord(raw: Buffer): ContainerRecord | null {
  const line = afterNuls(raw);
  if (line[0] !== LOG[0]) return null;
  const found = parsed(line.toString('utf8')) ?? cutRecord(line);
  if (found === null || typeof found.log !== 'string') return null;
  const { log, stream, time } = found;
  const whole = log.endsWith('\n');
  return {
    text: Buffer.from(whole || found.cut !== true ? log : `${log}\n`),
    stream: stream === 'stdout' || stream === 'stderr' ? stream : '',
    at: typeof time === 'string' ? stampOf(time) : null,
    // What was cut off is passed over up to the line's end: nothing of it goes on.
    partial: !whole && found.cut !== true,
  };
}

interface DockerObject {
  log?: unknown;
  stream?: unknown;
  time?: unknown;
  cut?: true;
}

function parsed(text: string): DockerObject | null {
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === 'object' && found !== null ? (found as DockerObject) : null;
  } catch {
    return null;
  }
}

/** A record over 64 KiB, which escapes may make of 16 KiB of text: its beginning is there, its stream and time are not. */
function cutRecord(line: Buffer): DockerObject | null {
  if (line.length < LINE_BYTES - 4 || !line.subarray(0, LOG.length).equals(LOG)) return null;
  const text = line.toString('utf8', LOG.length, line.length - 1).replace(/\\(?:u[0-9a-fA-F]{0,3})?$/, '');
  for (const tail of [text, text.slice(0, -1)]) {
    const found = parsed(`{"log":"${tail}"}`);
    if (found !== null) return { ...found, cut: true };
  }
  return null;
}

function criRecord(raw: Buffer): ContainerRecord | null {
  const line = afterNuls(raw);
  // 2026-11-24T
  if (line[4] !== 45 || line[10] !== 84) return null;
  const stream = line.indexOf(SPACE) + 1;
  if (stream <= TIME_BYTES[0] || stream > TIME_BYTES[1] + 1) return null;
  const name = line.toString('latin1', stream, stream + 7);
  if (name !== 'stdout ' && name !== 'stderr ') return null;
  const tag = line[stream + 7];
  // Further tags of the runtime may follow: `F:x:y`.
  const end = line.indexOf(SPACE, stream + 7);
  const stop = end < 0 ? line.length - 1 : end;
  if ((tag !== PART && tag !== FULL) || (stop > stream + 8 && line[stream + 8] !== 58)) return null;
  const at = stampOf(line.toString('latin1', 0, stream - 1));
  if (at === null) return null;
  const partial = tag === PART;
  const text = line.subarray(end < 0 ? stop : stop + 1, partial ? line.length - 1 : line.length);
  return { text, stream: name === 'stdout ' ? 'stdout' : 'stderr', at, partial };
}
