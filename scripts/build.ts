import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

/**
 * Bundles the program into `dist/`: one small executable that loads each face on demand, so that the headless ones never
 * read a line of React. Entries that do not exist yet are an error.
 */
const ENTRIES = {
  watchtower: 'src/main.ts',
  dashboard: 'components/dashboard.tsx',
  'engine-worker': 'src/watch/worker.ts',
  'demo-gateway': 'src/demo/gateway.ts',
  'demo-worker': 'src/demo/worker.ts',
};

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const missing = Object.values(ENTRIES).filter((path) => !existsSync(path));
if (missing.length > 0) throw new Error(`nothing to build at ${missing.join(', ')}`);

// Built aside and then put in place: a build that fails leaves the last one, and nobody runs half of one.
const aside = `dist.${process.pid}`;
await build({
  entryPoints: ENTRIES,
  outdir: aside,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.19',
  minify: true,
  legalComments: 'none',
  chunkNames: 'chunks/[name]-[hash]',
  metafile: false,
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"', WATCHTOWER_VERSION: JSON.stringify(version) },
  // Ink reaches for its devtools by a conditional import that the bundler would hoist.
  alias: { 'react-devtools-core': './scripts/empty.ts' },
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
rmSync('dist', { recursive: true, force: true });
renameSync(aside, 'dist');
