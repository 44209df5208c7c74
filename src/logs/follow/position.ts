import type { GapWhy, RotationHow, SourceItem } from '../source.ts';
import type { FileReader, Place, Seen } from './file-reader.ts';
import { inodeOf, type Print } from './identity.ts';
import type { Known } from './siblings.ts';

/** A file as it was last read: enough to find it again under another name and to know that it is still the same. */
export interface SavedFile extends Seen {
  inode: string;
  size: number;
  place: Place;
}

/** What is said between lines. */
export type Mark = Exclude<SourceItem, { type: 'lines' }>;

/** A file of the chain, with what must be said before its next line. */
interface OpenFile extends SavedFile {
  path: string;
  copy: boolean;
  preface: Mark[];
}

/** Where a followed name stood: the files being read, the oldest first, and what else is known of its folder. */
export interface Position {
  v: 1;
  /** The real path that the name led to. */
  real: string;
  files: OpenFile[];
  /** Files that were left, for the day when a link or a rename brings one back. */
  left: SavedFile[];
  known: { inodes: string[]; plain: string[] } | null;
  owed: Mark[];
}

export function savedOf(reader: FileReader): SavedFile {
  const stat = reader.stat();
  return {
    inode: inodeOf(stat),
    size: stat.size,
    head: reader.head(),
    tail: reader.tail(),
    edge: reader.edge(),
    place: reader.place(),
  };
}

interface Standing {
  real: string;
  links: readonly { path: string; reader: FileReader; copy: boolean; preface: Mark[] }[];
  left: SavedFile[];
  known: Known | null;
  owed: Mark[];
}

export function positionText({ real, links, left, known, owed }: Standing): string {
  const position: Position = {
    v: 1,
    real,
    files: links.map(({ path, reader, copy, preface }) => ({ ...savedOf(reader), path, copy, preface })),
    left,
    known: known && { inodes: [...known.inodes], plain: [...known.plain] },
    owed,
  };
  return JSON.stringify(position);
}

/** Reads what `positionText` wrote; null for anything else. */
export function parsePosition(text: string | null): Position | null {
  if (text === null) return null;
  try {
    const found: unknown = JSON.parse(text);
    if (!isRecord(found) || found.v !== 1 || typeof found.real !== 'string') return null;
    const files = Array.isArray(found.files) && found.files.every(isOpenFile) ? found.files : null;
    const left = Array.isArray(found.left) && found.left.every(isSaved) ? found.left : null;
    const known = found.known === null ? null : knownPart(found.known);
    if (!files || !left || known === undefined || !areMarks(found.owed)) return null;
    return { v: 1, real: found.real, files, left, known, owed: found.owed };
  } catch {
    return null;
  }
}

function knownPart(part: unknown): Position['known'] | undefined {
  if (!isRecord(part) || !areStrings(part.inodes) || !areStrings(part.plain)) return undefined;
  return { inodes: part.inodes, plain: part.plain };
}

function isOpenFile(part: unknown): part is OpenFile {
  return (
    isRecord(part) &&
    typeof part.path === 'string' &&
    typeof part.copy === 'boolean' &&
    areMarks(part.preface) &&
    isSaved(part)
  );
}

function isSaved(part: unknown): part is SavedFile {
  return (
    isRecord(part) &&
    typeof part.inode === 'string' &&
    isSize(part.size) &&
    isPrint(part.head) &&
    isPrint(part.tail) &&
    isPrint(part.edge) &&
    isPlace(part.place)
  );
}

function isPrint(part: unknown): part is Print {
  return (
    isRecord(part) && isSize(part.at) && isSize(part.length) && part.length <= 4096 && typeof part.hash === 'string'
  );
}

const WHYS: readonly unknown[] = ['TRUNCATED', 'ROTATED_AWAY', 'SKIPPED', 'CAPPED'] satisfies GapWhy[];
const HOWS: readonly unknown[] = ['RENAMED', 'TRUNCATED', 'RECREATED', 'RETARGETED'] satisfies RotationHow[];

function areMarks(list: unknown): list is Mark[] {
  return Array.isArray(list) && list.every(isMark);
}

function isMark(part: unknown): part is Mark {
  if (!isRecord(part)) return false;
  if (part.type === 'rotated') return HOWS.includes(part.how);
  return part.type === 'gap' && WHYS.includes(part.why) && (part.bytes === null || isSize(part.bytes));
}

function isPlace(part: unknown): part is Place {
  if (!isRecord(part) || !isSize(part.offset) || !isSize(part.from) || !isSize(part.pastEnd)) return false;
  if (part.from > part.offset) return false;
  if (part.drop === null) return true;
  return isRecord(part.drop) && (part.drop.why === null || WHYS.includes(part.drop.why)) && isSize(part.drop.bytes);
}

const isRecord = (part: unknown): part is Record<string, unknown> => typeof part === 'object' && part !== null;
const isSize = (part: unknown): part is number => Number.isSafeInteger(part) && (part as number) >= 0;
const areStrings = (part: unknown): part is string[] =>
  Array.isArray(part) && part.every((one) => typeof one === 'string');
