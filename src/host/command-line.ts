/** What the words of a command line say about a process. */
export interface GatewayCommand {
  /** The port that it was told; null where the command line does not say. */
  port: number | null;
  /** LiteLLM's own program listens on 4000 unless told otherwise, the bare servers on 8000. */
  defaultPort: number;
  config: string | null;
}

/** `litellm` with one of these looks at something and ends, or only prepares. */
const NOT_SERVING = new Set([
  '--health',
  '--test',
  '--version',
  '-v',
  '--help',
  '--validate_config',
  '--setup',
  '--skip_server_startup',
]);
const SERVERS = new Set(['uvicorn', 'gunicorn', 'hypercorn', 'granian']);
const APP = /^litellm\.proxy\.proxy_server(:|$)/;
const PYTHON = /^(python|pypy)[\d.]*$/;
/** Python's own options that take a value in the next word. */
const PYTHON_VALUED = new Set(['-W', '-X', '--check-hash-based-pycs']);

/**
 * The gateway in an argument list, or null when it is no LiteLLM server: its own program, the module, or an ASGI server
 * with its app. The management program, health checks, editors and container clients are none.
 */
export function gatewayCommand(argv: readonly string[]): GatewayCommand | null {
  const program = programOf(argv);
  if (program === null) return null;
  const { name, rest } = program;
  if (name === 'litellm' || name === 'litellm.proxy.proxy_cli' || /(^|\/)litellm\/proxy\/proxy_cli\.py$/.test(name)) {
    if (rest.some((word) => NOT_SERVING.has(word))) return null;
    return { port: portIn(rest), defaultPort: 4000, config: configOf(rest) };
  }
  if (SERVERS.has(name) && rest.some((word) => APP.test(word))) {
    return { port: portIn(rest), defaultPort: 8000, config: null };
  }
  // A title that the server gave itself: "gunicorn: master [litellm.proxy.proxy_server:app]".
  const title = argv[0] ?? '';
  if (/^gunicorn: (master|worker) \[litellm\.proxy\.proxy_server/.test(title)) {
    return { port: null, defaultPort: 8000, config: null };
  }
  return null;
}

/** The value of `--config`, `-c` or `--config=`; null where there is none. */
export function configOf(argv: readonly string[]): string | null {
  return optionValue(argv, ['--config', '-c']);
}

/** True for a watchtower: our executable run by Node, or its title. `/watchtower` is another program, of containers. */
export function isWatchtower(argv: readonly string[]): boolean {
  const first = argv[0] ?? '';
  if (first === 'watchtower') return true;
  if (!/^(node|nodejs)$/.test(baseName(first))) return false;
  const script = argv.slice(1).find((word) => !word.startsWith('-'));
  return script !== undefined && /^(watchtower|watchtower\.js)$/.test(baseName(script));
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

interface Program {
  /** The script's base name, the module's name, or a path that ends in a known module file. */
  name: string;
  rest: string[];
}

function programOf(argv: readonly string[]): Program | null {
  const [first, ...words] = argv;
  if (first === undefined) return null;
  if (!PYTHON.test(baseName(first))) return { name: scriptName(first), rest: words };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '-m') return { name: words[at + 1] ?? '', rest: words.slice(at + 2) };
    if (word === '-c' || word === '-') return null;
    if (PYTHON_VALUED.has(word)) at += 1;
    else if (!word.startsWith('-')) return { name: scriptName(word), rest: words.slice(at + 1) };
  }
  return null;
}

function scriptName(path: string): string {
  return path.endsWith('/proxy_cli.py') ? path : baseName(path);
}

function portIn(words: readonly string[]): number | null {
  const direct = optionValue(words, ['--port']);
  const bound = direct ?? optionValue(words, ['--bind', '-b'])?.split(':').at(-1) ?? null;
  const port = Number(bound);
  return bound !== null && Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
}

function optionValue(words: readonly string[], names: readonly string[]): string | null {
  let value: string | null = null;
  words.forEach((word, index) => {
    const name = names.find((one) => word === one || (one.startsWith('--') && word.startsWith(`${one}=`)));
    if (name === undefined) return;
    value = word === name ? (words[index + 1] ?? null) : word.slice(name.length + 1);
  });
  return value;
}

const SECRET_FLAG = /^--?[\w-]*(key|token|secret|password|passwd|pwd|database_url)$/i;

/** The command line as one string, with the values of flags that name a secret left out; scrub it all the same. */
export function showCommand(argv: readonly string[]): string {
  const shown = argv.map((word, index) => {
    const before = argv[index - 1] ?? '';
    if (SECRET_FLAG.test(before)) return '***';
    const equals = word.indexOf('=');
    if (equals > 0 && SECRET_FLAG.test(word.slice(0, equals))) return `${word.slice(0, equals)}=***`;
    return word === '' ? "''" : word;
  });
  return shown.join(' ');
}
