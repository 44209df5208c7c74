import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { FileSystem } from '../../../src/logs/follow/file-system.ts';
import { systemFiles } from '../../../src/logs/follow/file-system.ts';
import { type FollowOptions, followFile } from '../../../src/logs/follow/follow-file.ts';
import type { Source, SourceItem } from '../../../src/logs/source.ts';

const folders: string[] = [];
const sources: Source[] = [];

afterEach(async () => {
  for (const source of sources.splice(0)) await source.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new folder that is gone after the test. */
export function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'follow-'));
  folders.push(made);
  return made;
}

/** The real file system with some calls replaced. */
export const filesWith = (changes: Partial<FileSystem>): FileSystem => ({ ...systemFiles, ...changes });

export const failure = (code: string): Error => Object.assign(new Error(code), { code });

/** A follower that is polled by the test, on a clock that the test moves. */
export interface Watch {
  source: Source;
  /** Polls until nothing more comes, after `ms` on the clock; tells what came. */
  after(ms: number, maxBytes?: number): string[];
  /** Everything that was told so far. */
  told: string[];
  /** `lines` items alone, as text with their LF. */
  text(): string;
  old: string[];
}

/** Lines as they are, gaps as `<gap WHY bytes>`, rotations as `<rotated HOW>`. */
export function watch(path: string, options: FollowOptions = {}, files: FileSystem = systemFiles): Watch {
  const source = followFile(path, options, { files, now: () => Date.UTC(2026, 2, 1, 14, 2, 11) });
  sources.push(source);
  const told: string[] = [];
  const old: string[] = [];
  let text = '';
  let now = 0;
  const tell = (item: SourceItem): void => {
    if (item.type === 'gap') told.push(`<gap ${item.why} ${item.bytes}>`);
    else if (item.type === 'rotated') told.push(`<rotated ${item.how}>`);
    else {
      const block = Buffer.from(item.bytes).toString('utf8');
      text += block;
      const lines = block.split('\n');
      if (lines.pop() !== '') throw new Error('a block that does not end with an LF');
      told.push(...lines);
      if (item.old) old.push(...lines);
    }
  };
  return {
    source,
    told,
    old,
    text: () => text,
    after(ms, maxBytes = 1 << 20) {
      now += ms;
      const before = told.length;
      for (let quiet = 0; quiet < 2; ) {
        const items = source.poll(now, maxBytes);
        items.forEach(tell);
        quiet = items.length === 0 && source.status().behindBytes === 0 ? quiet + 1 : 0;
      }
      return told.slice(before);
    },
  };
}
