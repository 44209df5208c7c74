import type { SourceItem, SourceStatus } from '../source.ts';
import { type Chain, LATE_MS, type Link } from './chain.ts';
import { LINE_BYTES } from './lines.ts';
import { savedOf } from './position.ts';
import { owe } from './succession.ts';
import type { Trouble } from './trouble.ts';
import { begun, truncated } from './truncation.ts';

/** Less room than this in the block, behind a waiting line, is not worth a read. */
const ROOM_BYTES = 4 * 1024;

/**
 * Looks at the files of the chain, the newest first: what a writer that moves from file to file wrote before the look is
 * then handed on in the order of writing.
 */
export function refresh(chain: Chain, now: number): void {
  for (const link of chain.links.slice().reverse()) {
    const before = link.reader.stat().size;
    const verdict = lookAt(chain, link);
    if (verdict === 'GONE') continue;
    if (verdict === 'TRUNCATED' || (verdict === 'TOUCHED' && link.reader.place().offset === 0))
      truncated(chain, link, now);
    else if (verdict === 'TOUCHED') link.preface.push({ type: 'gap', bytes: null, why: 'TRUNCATED' });
    else if (link.reader.stat().size > 0 && !link.begun) begun(chain, link, now);
    if (link.reader.stat().size !== before || verdict === 'TRUNCATED') link.quietSince = now;
  }
}

function lookAt(chain: Chain, link: Link): ReturnType<Link['reader']['look']> | 'GONE' {
  try {
    return link.reader.look();
  } catch (error) {
    giveUp(chain, link, error);
    return 'GONE';
  }
}

/**
 * A handle that a network file system forgot is let go: its file is found again by its name and goes on where it stood.
 * So is a rotated file that cannot be read on: it must not hold up its successors. Any other error is thrown on.
 */
function giveUp(chain: Chain, link: Link, error: unknown): void {
  const isStale = (error as NodeJS.ErrnoException).code === 'ESTALE';
  if (!isStale && link === chain.links.at(-1)) throw error;
  if (!isStale) owe(chain);
  chain.left = [...chain.left, savedOf(link.reader)];
  chain.links = chain.links.filter((other) => other !== link);
  link.reader.close();
}

/** Reads the chain from its oldest file on, each up to the size last seen; a later file waits for the earlier ones. */
export function readChain(chain: Chain, block: Buffer, maxBytes: number, now: number, items: SourceItem[]): void {
  let at = 0;
  let left = Math.max(1, maxBytes);
  for (const link of chain.links.slice()) {
    items.push(...link.preface.splice(0));
    if (link.reader.behind() === 0) continue;
    if (block.length - at < LINE_BYTES + ROOM_BYTES) return;
    const done = readFrom(chain, link, block, at, left, items);
    if (done === 'TRUNCATED') truncated(chain, link, now);
    if (typeof done === 'string') return;
    at = done.end;
    left -= done.got;
    if (link.reader.behind() > 0) return;
  }
}

function readFrom(
  chain: Chain,
  link: Link,
  block: Buffer,
  at: number,
  limit: number,
  items: SourceItem[],
): ReturnType<Link['reader']['read']> | 'GONE' {
  try {
    return link.reader.read(block, at, limit, items);
  } catch (error) {
    giveUp(chain, link, error);
    return 'GONE';
  }
}

export function behindOf(chain: Chain): number {
  return chain.links.reduce((bytes, { reader }) => bytes + reader.behind(), 0);
}

/** Far behind, the oldest bytes are passed over: what happens now matters more than what happened long ago. */
export function skipFar(chain: Chain, { over, keep }: { over: number; keep: number }): void {
  let far = behindOf(chain) - keep;
  if (far + keep <= over || chain.links.some(({ reader }) => reader.inHole())) return;
  for (const { reader } of chain.links) {
    const skipped = Math.min(far, reader.behind());
    if (skipped > 0) reader.skipTo(reader.behind() - skipped);
    far -= skipped;
  }
}

export function stateOf(
  chain: Chain,
  trouble: (Trouble & { since: number }) | null,
): Pick<SourceStatus, 'state' | 'why'> {
  if (trouble?.state === 'MISSING')
    return { state: 'MISSING', why: `${trouble.why}, missing since ${clockTime(trouble.since)}` };
  if (trouble) return trouble;
  const last = chain.links.at(-1);
  if (!last) return { state: 'MISSING', why: 'not opened yet' };
  const notText = last.reader.notText();
  if (notText !== null) return { state: 'UNREADABLE', why: notText };
  return { state: 'FOLLOWING', why: hintOf(chain, last) };
}

function hintOf(chain: Chain, last: Link): string | null {
  if (chain.kind === 'fd' && last.reader.stat().links === 0) {
    return 'deleted while it is written: it can be read until its process ends, then it is gone';
  }
  const late = chain.links.some(({ rotatedAt, quietSince }) => rotatedAt !== null && quietSince - rotatedAt > LATE_MS);
  return late
    ? 'the writer still writes to the file that was rotated away: rotate with copytruncate, or restart the writer'
    : null;
}

/** `14:02:11` in the machine's own zone, as on every screen. */
function clockTime(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}
