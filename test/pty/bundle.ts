import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Bundles the test entry as the product is bundled, into a folder of its own; the path of the entry's file. */
export async function bundleEntry(): Promise<string> {
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
