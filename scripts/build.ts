import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { type BuildOptions, build, type Plugin, transform } from 'esbuild';
import { HELP_COLUMNS } from '../src/cli/help.ts';
import { buildProgram } from '../src/cli/program.ts';
import { CONCEPT_NAMES, lexiconOf } from '../src/diagnosis/words/lexicon.ts';
import { packLexicon } from '../src/diagnosis/words/packed-lexicon.ts';

/**
 * Bundles the program into `dist/`: one small executable that loads each face on demand, so that the headless ones never
 * read a line of React. Entries that do not exist yet are an error.
 *
 * What is shipped are CommonJS files. The bundler splits code between entries only as ES modules, so each of those is put
 * into CommonJS afterwards: loading twenty ES modules costs as much as a whole bare Node, and each built-in that one of
 * them imports is made whole (`node:fs` with its streams, `node:crypto` with every algorithm), asked for or not.
 */
const ENTRIES = {
  watchtower: 'src/main.ts',
  dashboard: 'components/dashboard.tsx',
  'engine-worker': 'src/watch/worker.ts',
  'demo-gateway': 'src/demo/gateway.ts',
  'demo-worker': 'src/demo/worker.ts',
};
/** React's part is one ES module of its own: Yoga, Ink's layout, waits at its top level. */
const MOUNT = 'components/mount.tsx';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const missing = [...Object.values(ENTRIES), MOUNT].filter((path) => !existsSync(path));
if (missing.length > 0) throw new Error(`nothing to build at ${missing.join(', ')}`);

// Built aside and then put in place: a build that fails leaves the last one, and nobody runs half of one.
const aside = `dist.${process.pid}`;
const TARGET = 'node22.19';
const common = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: TARGET,
  minify: true,
  legalComments: 'none',
  jsx: 'automatic',
  define: {
    'process.env.NODE_ENV': '"production"',
    WATCHTOWER_VERSION: JSON.stringify(version),
    WATCHTOWER_HELP: JSON.stringify(await helpText()),
    WATCHTOWER_CONCEPTS: JSON.stringify(CONCEPT_NAMES.join(' ')),
    WATCHTOWER_LEXICON: JSON.stringify(packLexicon(lexiconOf())),
    // undici's own word for "bundled by esbuild": its experimental second parser stays out.
    esbuildDetection: 'true',
  },
} satisfies BuildOptions;

const mountApart: Plugin = {
  name: 'mount-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/mount\.tsx$/ }, () => ({ path: './mount.mjs', external: true }));
  },
};

/**
 * What libraries load at their start for the sake of what we never ask of them: HTTP/2 and its TLS, `node:http` for one
 * comparison and one default that we always set, forms as bodies, and the child processes of commander's external commands.
 */
const LEFT_OUT = [
  {
    from: /\/undici\//,
    filter: /\/client-h2\.js$/,
    contents: 'module.exports = () => { throw new Error("no HTTP/2"); };',
  },
  {
    from: /\/undici\//,
    filter: /^node:http$/,
    contents: 'exports.maxHeaderSize = 16384; exports.IncomingMessage = class {};',
  },
  {
    from: /\/undici\//,
    filter: /\/web\/(?:webidl|fetch\/(?:body|formdata))(?:\.js)?$/,
    contents: 'throw new Error("bodies are text, never a form");',
  },
  { from: /\/commander\//, filter: /^node:child_process$/, contents: 'export default {};' },
];
const leaveOut: Plugin = {
  name: 'leave-out',
  setup({ onResolve, onLoad }) {
    for (const { from, filter, contents } of LEFT_OUT) {
      onResolve({ filter }, ({ path, importer, pluginData }) =>
        from.test(importer) && pluginData === undefined
          ? { path: `${from.source}${path}`, namespace: 'left-out', pluginData: contents }
          : null,
      );
    }
    onLoad({ filter: /./, namespace: 'left-out' }, ({ pluginData }) => ({ contents: pluginData as string }));
  },
};

await build({
  ...common,
  entryPoints: { mount: MOUNT },
  outdir: aside,
  outExtension: { '.js': '.mjs' },
  // Ink reaches for its devtools by a conditional import that the bundler would hoist.
  alias: { 'react-devtools-core': './scripts/empty.ts' },
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
const { outputFiles } = await build({
  ...common,
  entryPoints: ENTRIES,
  outdir: aside,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  plugins: [mountApart, leaveOut],
  write: false,
});
for (const { path, text } of outputFiles) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, await commonJs(relative(aside, path), text));
  if (text.startsWith('#!')) chmodSync(path, 0o755);
}
writeFileSync(`${aside}/package.json`, '{"type":"commonjs"}\n');
rmSync('dist', { recursive: true, force: true });
renameSync(aside, 'dist');

/** What the live command line says to `--help`. */
async function helpText(): Promise<string> {
  let text = '';
  const keep = async (part: string): Promise<void> => {
    text += part;
  };
  const { signal: ending } = new AbortController();
  await buildProgram({ out: keep, err: keep, terminal: false, columns: HELP_COLUMNS, ending })(['--help']);
  return text;
}

/** One of our ES modules as CommonJS: what it imports on demand is required on demand, but for React's part. */
async function commonJs(name: string, text: string): Promise<string> {
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: TARGET,
    minify: true,
    supported: name === 'dashboard.js' ? {} : { 'dynamic-import': false },
    define: { 'import.meta.url': '__url' },
    banner: text.includes('import.meta.url') ? "const __url=require('node:url').pathToFileURL(__filename).href;" : '',
  });
  return code;
}
