import { countLines } from '../follow/count-lines.ts';
import { PAST_BYTES } from '../follow/follow-file.ts';
import type { Source, SourceItem } from '../source.ts';
import { createJoiner } from './joiner.ts';
import { type ContainerFormat, formatOf, LOOKED_AT, linesOf, recordOf } from './record.ts';

/** Where to go on while the rest of a line has not come: before its beginning, so many lines of what follows known already. */
interface Held {
  position: string | null;
  handed: number;
}

/**
 * A source whose lines are read as a container's records where they are such, by its first whole lines and again after each
 * rotation. Everything else goes through as it is, so every file may be opened like this. What `position()` gave of an
 * earlier run is handed to `open` again, with how many bytes before it are to be read once more as history.
 *
 * @param expected what it is where its lines do not say
 */
export function decoded(
  open: (position: string | null, again: number) => Source,
  position: string | null = null,
  expected: ContainerFormat | null = null,
): Source {
  const held = heldIn(position);
  // Where lines are passed over by their number, none may come before them.
  const source = held === null ? open(position, PAST_BYTES) : open(held.position, 0);
  const joiner = createJoiner();
  let format = expected;
  let known = false;
  let looked = 0;
  let before: Held = held ?? { position, handed: 0 };
  /** Lines that were handed on by an earlier run, behind the position where it went on from. */
  let passing = before.handed;
  let decodedLines = 0;
  let rawLines = 0;
  let gaps = 0;

  const put = (made: SourceItem[], items: SourceItem[]): void => {
    for (const item of made) {
      if (item.type === 'gap') gaps += 1;
      else if (item.type === 'lines') {
        if (passing > 0) {
          passing -= 1;
          continue;
        }
        decodedLines += 1;
        before.handed += 1;
      }
      items.push(item);
    }
  };
  const flush = (items: SourceItem[], now?: number): void => {
    const made: SourceItem[] = [];
    joiner.flush(made, now);
    put(made, items);
  };

  const decode = (item: Extract<SourceItem, { type: 'lines' }>, by: ContainerFormat, now: number): SourceItem[] => {
    const made: SourceItem[] = [];
    const bytes = Buffer.from(item.bytes.buffer, item.bytes.byteOffset, item.bytes.length);
    let at = item.offset;
    for (const line of linesOf(bytes)) {
      const standing = { offset: at, old: item.old };
      at += line.length;
      rawLines += 1;
      const record = recordOf(line, by);
      if (record !== null) joiner.take(record, standing, now, made);
      // Nothing is lost, whatever it is.
      else made.push({ ...item, ...standing, bytes: line });
    }
    return made;
  };

  const take = (item: SourceItem, now: number, items: SourceItem[]): void => {
    if (item.type !== 'lines') {
      // Nothing is glued together over what is missing, nor over what is another file.
      if (item.type === 'gap' || item.how !== 'RENAMED') flush(items);
      if (item.type === 'gap') passing = 0;
      else [known, looked] = [false, 0];
      items.push(item);
      return;
    }
    if (!known) {
      const found = formatOf(Buffer.from(item.bytes.buffer, item.bytes.byteOffset, item.bytes.length));
      looked += countLines(item.bytes);
      if ((found ?? expected) !== format) flush(items);
      format = found ?? expected;
      known = found !== null || looked >= LOOKED_AT;
    }
    if (format === null) items.push(item);
    else put(decode(item, format, now), items);
  };

  let lastPoll = 0;
  return {
    get kind() {
      return format ?? source.kind;
    },
    path: source.path,
    poll(now, maxBytes) {
      lastPoll = now;
      const mayJoin = format !== null || !known;
      if (mayJoin && !joiner.waits() && passing === 0) before = { position: source.position(), handed: 0 };
      const items: SourceItem[] = [];
      for (const item of source.poll(now, maxBytes)) take(item, now, items);
      flush(items, now);
      return items;
    },
    status() {
      const status = source.status();
      return { ...status, lines: status.lines - rawLines + decodedLines, gaps: status.gaps + gaps };
    },
    end() {
      const items: SourceItem[] = [];
      for (const item of source.end()) take(item, lastPoll, items);
      flush(items);
      return items;
    },
    position() {
      if (format === null || (!joiner.waits() && passing === 0)) return source.position();
      return before.position === null ? null : JSON.stringify({ v: 1, container: before });
    },
    close: () => source.close(),
  };
}

function heldIn(position: string | null): Held | null {
  if (position === null || !position.startsWith('{"v":1,"container":')) return null;
  try {
    const { container } = JSON.parse(position) as { container: Held };
    const { position: inner, handed } = container;
    if (typeof inner !== 'string' || !Number.isSafeInteger(handed) || handed < 0) return null;
    return { position: inner, handed };
  } catch {
    return null;
  }
}
