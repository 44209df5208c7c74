import type { ModelFile } from './disk.ts';
import type { World } from './world.ts';

/** So long a file that was rotated away is read for late writes, ms. */
const DRAIN_MS = 5_000;

/** What a running reader must read whatever it says of itself: the file under the name, and those that were there, for 5 s. */
export function createPromises(world: World) {
  /** When a file was first found to be under the name no more; null while it is. */
  const met = new Map<string, number | null>();
  const owed = new Set<string>();
  const covers = (file: ModelFile, now: number): boolean => {
    const left = met.get(file.inode);
    return left === null || (left !== undefined && now - left < DRAIN_MS);
  };
  return {
    polled(now: number): void {
      if (world.disk.limits.denied) return;
      const current = world.currentFile()?.inode;
      for (const [inode, left] of met) if (left === null && inode !== current) met.set(inode, now);
      if (current) met.set(current, null);
    },
    covers,
    /** A writer wrote into it. */
    written(file: ModelFile, now: number): void {
      if (covers(file, now)) owed.add(file.inode);
    },
    owes: (file: ModelFile): boolean => owed.has(file.inode),
    /** It read to the end: what comes into these files from now on is a new promise. */
    kept: (): void => owed.clear(),
    /** The reader stopped: what it will find again is for its position to say. */
    forget(): void {
      met.clear();
      owed.clear();
    },
  };
}
