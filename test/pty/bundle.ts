import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';

/** Has the test entry bundled while a test file runs; gives the path of the entry's file. */
export function bundledEntry(): () => string {
  let entry = '';
  beforeAll(async () => {
    entry = await bundle();
  });
  afterAll(() => rmSync(dirname(entry), { recursive: true, force: true }));
  return () => entry;
}

/** Bundles as the product is bundled, into a folder of its own. */
async function bundle(): Promise<string> {
  const outdir = mkdtempSync(join(tmpdir(), 'watchtower-pty-'));
  writeFileSync(join(outdir, 'package.json'), '{ "type": "module" }\n');
  await build({
    entryPoints: {
      entry: fileURLToPath(import.meta.resolve('./entry.tsx')),
      'engine-worker': fileURLToPath(import.meta.resolve('./dying-worker.ts')),
    },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22.19',
    jsx: 'automatic',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    // Never reached: it only has to be there.
    alias: { 'react-devtools-core': 'node:util' },
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
  return join(outdir, 'entry.js');
}
