import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { folder, watch } from './support.ts';

let mounted: string | null = null;

// Registered after that of `folder`, so run before it: a mounted folder cannot be removed.
afterEach(() => {
  if (mounted !== null) execFileSync('umount', ['--lazy', mounted]);
  mounted = null;
});

/** A log in the lower layer of an overlay, as an image holds it, and where it is mounted; or why nothing can be mounted. */
function layered(text: string): { log: string } | { why: string } {
  const at = folder();
  for (const layer of ['lower', 'upper', 'work', 'merged']) mkdirSync(join(at, layer));
  writeFileSync(join(at, 'lower/gateway.log'), text);
  const layers = ['lower', 'upper', 'work'].map((layer) => `${layer}dir=${join(at, layer)}`).join(',');
  const merged = join(at, 'merged');
  try {
    execFileSync('mount', ['-t', 'overlay', 'overlay', '-o', layers, merged], { stdio: 'pipe' });
  } catch (error) {
    return { why: `no overlay can be mounted here: ${String((error as { stderr?: unknown }).stderr).trim()}` };
  }
  mounted = merged;
  return { log: join(merged, 'gateway.log') };
}

it('follows a log on an overlay: copied up by its first write, renamed, truncated, made anew', (context) => {
  const place = layered('in the image\n');
  if ('why' in place) return context.skip(place.why);
  const { log } = place;
  const watched = watch(log);
  expect(watched.after(0)).toEqual(['in the image']);
  // The first write makes a copy in the upper layer; our descriptor is of the lower one.
  appendFileSync(log, '1\n');
  expect(watched.after(250)).toEqual(['1']);
  renameSync(log, `${log}.1`);
  writeFileSync(log, '2\n');
  expect(watched.after(250)).toEqual(['<rotated RENAMED>', '2']);
  copyFileSync(log, `${log}.2`);
  truncateSync(log);
  appendFileSync(log, 'a\n');
  expect(watched.after(250)).toEqual(['<gap TRUNCATED null>', '<rotated TRUNCATED>', 'a']);
  rmSync(log);
  writeFileSync(log, 'b\n');
  expect(watched.after(250)).toEqual(['<rotated RECREATED>', 'b']);
  expect(watched.source.status()).toMatchObject({ state: 'FOLLOWING', gaps: 1 });
});
