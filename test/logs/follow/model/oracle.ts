import { parsePosition } from '../../../../src/logs/follow/position.ts';
import type { GapWhy, SourceItem } from '../../../../src/logs/source.ts';
import type { ModelFile } from './disk.ts';
import { bare, type World } from './world.ts';

type Told = { line: string; key: string } | { gap: GapWhy; bytes: number | null };

/** A line was taken out of the file that it was written into: from here on a gap is owed if no copy of it is read. */
interface Cut {
  key: string;
  inode: string;
  /** How much had been told then. */
  from: number;
  /** The reader had begun with that file: it can notice. */
  known: boolean;
}

/** What a reader says of its place, as far as it matters here. */
interface Standing {
  files: Map<string, number>;
  elsewhere: Set<string>;
  /** False where the folder could not be listed: what is beside the log is then not known. */
  listed: boolean;
}

/** Holds what was told against what the world knows to be true. */
export function createOracle(world: World) {
  const told: Told[] = [];
  /** By line, in the order in which they were cut. */
  const cuts = new Map<string, Cut>();
  /** Those of them that no copy holds any more. */
  const lost = new Set<Cut>();
  const flushed: string[] = [];
  /** Partial last lines of files that are gone: the reader may hand them on when it leaves them. */
  const gone = new Set<string>();
  /** Lines whose place among the others cannot be known. */
  const undated = new Set<string>();
  /** Every rotated file that the reader ever found beside the log. */
  const beside = new Set<string>();
  let destructive = false;
  let position: () => string | null = () => null;

  const standing = (): Standing => standingOf(position());
  const standingOf = (text: string | null): Standing => {
    const found = parsePosition(text);
    for (const inode of found?.known?.inodes ?? []) beside.add(inode);
    return {
      files: new Map(found?.files.map(({ inode, place }) => [inode, place.offset])),
      listed: (found?.known ?? null) !== null,
      elsewhere: new Set([...(found?.known?.inodes ?? []), ...(found?.left.map(({ inode }) => inode) ?? [])]),
    };
  };
  const seenKeys = (): Set<string> => new Set(told.flatMap((entry) => ('key' in entry ? [entry.key] : [])));

  const lose = (file: ModelFile): void => {
    destructive = true;
    if (file.name === null) gone.add(partOf(file.content));
    const others = new Set(
      [...world.disk.files.values()]
        .filter(({ inode }) => inode !== file.inode)
        .flatMap(({ content }) => keysOf(content)),
    );
    const { files } = standing();
    // A copy that was there before the first look is no business of the reader's.
    if (beside.has(file.inode) && !files.has(file.inode)) return;
    for (const key of keysOf(file.content)) {
      const inode = world.lines.get(key)?.inode ?? file.inode;
      // What stood in a file of which nothing was read yet left no trace that could be noticed.
      const cut = cuts.get(key) ?? { key, inode, from: told.length, known: (files.get(inode) ?? 0) > 0 };
      cuts.set(key, cut);
      if (!others.has(key)) lost.add(cut);
    }
  };
  world.disk.events.loss = lose;
  world.disk.events.unlink = () => {
    destructive = true;
  };

  const match = (line: string): void => {
    const whole = world.lines.has(line)
      ? line
      : line.length < 65_533
        ? undefined
        : [...world.lines.keys()].find((key) => key.startsWith(line));
    if (whole === undefined) {
      const isLeft = [...world.disk.files.values()].some(
        (file) => file.name !== world.current() && partOf(file.content) === line,
      );
      if (!isLeft && !gone.has(line)) throw new Error(`a line that nobody wrote: ${shown(line)}`);
      flushed.push(line);
    }
    told.push({ line, key: whole ?? line });
  };

  return {
    follow(ask: () => string | null): void {
      position = ask;
    },
    destroy(): void {
      destructive = true;
    },
    /** A copy of a file of which nothing was read: nobody can tell how old the copy is against what else is found. */
    copied(file: ModelFile | null): void {
      if (file && (standing().files.get(file.inode) ?? 0) === 0)
        for (const key of keysOf(file.content)) undated.add(key);
    },
    /** True where lines that are written into this file now will be read. */
    watches(file: ModelFile): boolean {
      if (file.name === world.current()) return true;
      const { files, elsewhere, listed } = standing();
      return files.has(file.inode) || (file.name !== null && !world.linked && listed && !elsewhere.has(file.inode));
    },
    hear(items: SourceItem[]): void {
      for (const item of items) {
        if (item.type === 'gap') told.push({ gap: item.why, bytes: item.bytes });
        if (item.type !== 'lines') continue;
        const text = Buffer.from(item.bytes).toString('latin1');
        if (!text.endsWith('\n')) throw new Error('a block that does not end with an LF');
        for (const line of text.slice(0, -1).split('\n')) match(line);
      }
    },
    mark: () => ({ told: told.length, flushed: flushed.length, cuts: cuts.size, position: position() }),
    /** A crash: what was told since the position was saved is forgotten. */
    rewind(to: { told: number; flushed: number; cuts: number; position: string | null }): void {
      told.length = to.told;
      flushed.length = to.flushed;
      const { files } = standingOf(to.position);
      for (const [index, cut] of [...cuts.values()].entries()) {
        cut.from = Math.min(cut.from, to.told);
        if (index >= to.cuts) cut.known = (files.get(cut.inode) ?? 0) > 0;
      }
    },
    /** After a poll to the end: nothing that can be read is unread, and what is lost was said. */
    check(reachable: (file: ModelFile) => boolean): void {
      checkTwice(told);
      const seen = seenKeys();
      for (const file of world.disk.files.values()) {
        if (!reachable(file)) continue;
        for (const key of keysOf(file.content)) {
          if (!seen.has(key) && !flushed.some((part) => key.startsWith(part)))
            throw new Error(`not told: ${shown(key)} of ${file.name}`);
        }
      }
      for (const { key, from, known } of lost) {
        if (known && !world.disk.limits.denied && !seen.has(key) && !told.slice(from).some((entry) => 'gap' in entry))
          throw new Error(`lost without a gap: ${shown(key)}`);
      }
      checkGaps(told, world, destructive, flushed.length > 0);
      if (world.writers.length === 1 && !world.linked) checkOrder(told, world, lost, undated);
      else checkOrderInFiles(told, world, undated);
    },
    standing,
  };
}

const partOf = (content: string): string => bare(content.slice(content.lastIndexOf('\n') + 1));
/** A line of latin1 bytes as a person would read it. */
const shown = (line: string): string => JSON.stringify(Buffer.from(line.slice(0, 80), 'latin1').toString());

const keysOf = (content: string): string[] => content.split('\n').slice(0, -1).map(bare);

function checkTwice(told: Told[]): void {
  const keys = told.flatMap((entry) => ('key' in entry ? [entry.key] : []));
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined && new Set(keys).size !== keys.length) throw new Error(`told twice: ${shown(twice)}`);
}

function checkGaps(told: Told[], world: World, destructive: boolean, flushed: boolean): void {
  let lost = world.written();
  for (const [index, entry] of told.entries()) {
    if ('line' in entry) {
      // A partial or a cut line was handed on with an LF of the reader's own.
      lost -= entry.line.length + (world.lines.has(entry.line) ? 1 : 0);
      const cut = entry.key.length - entry.line.length;
      const said = told
        .slice(index + 1)
        .some((later) => 'gap' in later && later.gap === 'CAPPED' && later.bytes === cut);
      if (cut > 0 && !destructive && !said) throw new Error(`a line was cut by ${cut} bytes and it was not said`);
      continue;
    }
    if (entry.gap === 'CAPPED') continue;
    if (!destructive && !(entry.gap === 'SKIPPED' && flushed))
      throw new Error(`a gap ${entry.gap} where nothing was lost`);
    lost -= entry.bytes ?? 0;
    if ((entry.bytes ?? 0) > 0 && lost < 0) throw new Error(`a gap of ${entry.bytes} bytes, more than were lost`);
  }
}

/** One writer: its lines in the order of writing, and a gap where some of them are missing for good. */
function checkOrder(told: Told[], world: World, gone: Set<Cut>, undated: Set<string>): void {
  const lost = new Map<number, string>();
  // Where its file is gone too, nobody can say in which of several gaps a line was lost.
  for (const { key, known, inode } of gone)
    if (known && world.disk.files.has(inode)) lost.set(world.lines.get(key)?.index ?? -1, key);
  let last = -1;
  let gap = false;
  for (const entry of told) {
    if ('gap' in entry) {
      gap ||= entry.gap !== 'CAPPED';
      continue;
    }
    const index = world.lines.get(entry.key)?.index;
    if (index === undefined || undated.has(entry.key)) continue;
    if (index < last) throw new Error(`out of order: ${shown(entry.line)}`);
    for (let between = last + 1; between < index && !gap; between += 1) {
      if (lost.has(between)) throw new Error(`no gap where this is missing: ${shown(lost.get(between) ?? '')}`);
    }
    last = index;
    gap = false;
  }
}

/** Several writers, or several files: the lines of each file in their order. */
function checkOrderInFiles(told: Told[], world: World, undated: Set<string>): void {
  const last = new Map<string, number>();
  for (const entry of told) {
    const line = 'key' in entry && !undated.has(entry.key) ? world.lines.get(entry.key) : undefined;
    if (!line) continue;
    if (line.index < (last.get(line.inode) ?? -1)) throw new Error('out of order within a file');
    last.set(line.inode, line.index);
  }
}
