import type { DotenvEntry } from './dotenv.ts';
import type { FileContent } from './file-schema.ts';
import { absolutePath, type Places, xdgPlaces } from './paths.ts';
import { dotenvLayer, environmentLayer, fileLayer, flagLayer, type Given, type Layer } from './sources.ts';
import type { SettingName } from './table.ts';
import type { ConfigDeps, FileReport, ResolveInput } from './types.ts';

/** Every source read, none of their values understood yet. */
export interface Gathered {
  /** Strongest first. */
  layers: Layer[];
  dotenv: DotenvEntry[];
  /** As it is shown: `.env`, or the path that was named. */
  dotenvPath: string;
  content: FileContent;
  places: Places;
  files: FileReport[];
  warnings: string[];
  errors: string[];
}

const NOTHING: FileContent = { values: [], rules: [], ignore: [] };

/** Reads flags, environment, config file and `.env`. The parsers of the two files are loaded only where a file is. */
export async function gather(input: ResolveInput, deps: ConfigDeps): Promise<Gathered> {
  const places = xdgPlaces(deps.env, deps.home);
  const flags = flagLayer(input.flags, deps.cwd);
  const environment = environmentLayer(deps.env, deps.cwd);
  const found: Gathered = {
    layers: [flags, environment.layer],
    dotenv: [],
    dotenvPath: '.env',
    content: NOTHING,
    places,
    files: [],
    warnings: environment.warnings,
    errors: [],
  };
  await readConfigFile(found, deps);
  await readDotenv(found, deps);
  return found;
}

async function readConfigFile(found: Gathered, deps: ConfigDeps): Promise<void> {
  const named = pathFrom(found.layers, 'config', deps);
  const path = named?.path ?? found.places.configFile;
  const file = path === null ? null : readNamed(path, named, 'config', found, deps);
  if (file === null || path === null) return;
  const { parseConfigFile } = await import('./file-schema.ts');
  const parsed = await parseConfigFile(file, deps.loadCheckRule);
  if (parsed.ok) {
    found.content = parsed.content;
    found.layers.push(fileLayer(parsed.content, path));
  } else found.errors.push(...parsed.errors.map(({ line, text }) => `${path} line ${line}: ${text}`));
}

async function readDotenv(found: Gathered, deps: ConfigDeps): Promise<void> {
  const named = pathFrom(found.layers, 'env-file', deps);
  const path = named?.path ?? absolutePath('.env', deps.cwd, deps.home);
  if (named !== null) found.dotenvPath = named.given.raw.at(-1) ?? path;
  const text = readNamed(path, named, '.env', found, deps);
  if (text === null) return;
  const { parseDotenv, readBindings } = await import('./dotenv.ts');
  const skipped = readBindings(text).filter(({ name }) => name === null);
  for (const { line } of skipped.slice(0, 3)) {
    found.warnings.push(`${found.dotenvPath} line ${line} cannot be read and is skipped, by LiteLLM too`);
  }
  found.dotenv = parseDotenv(text, deps.env);
  found.layers.push(dotenvLayer(found.dotenv, found.dotenvPath, deps.cwd));
}

interface Named {
  path: string;
  given: Given;
}

function pathFrom(layers: readonly Layer[], name: SettingName, deps: ConfigDeps): Named | null {
  const given = layers.find((layer) => layer.has(name))?.get(name);
  const raw = given?.raw.at(-1);
  return given === undefined || raw === undefined ? null : { path: absolutePath(raw, given.base, deps.home), given };
}

/**
 * The text of a file. One that was named must be there and readable; one that was only looked for is passed over with a
 * warning, and without one where it does not exist.
 */
function readNamed(
  path: string,
  named: Named | null,
  what: FileReport['what'],
  found: Gathered,
  deps: ConfigDeps,
): string | null {
  // Whoever can write beside a .env decides where the key goes: naming it makes that no safer.
  const file = deps.readFile(path, what === '.env' || named === null ? 'found' : 'named');
  const option = what === '.env' ? '--env-file' : '--config';
  const shown = named === null && what === '.env' ? '.env' : path;
  if (file.kind === 'text') {
    found.files.push({ what, path, state: 'read', why: null });
    if (file.readableByOthers && what === '.env') {
      found.warnings.push(`${shown} can be read by other users: chmod 600 ${shown}`);
    } else if (file.foreign) found.warnings.push(`${shown} belongs to another user`);
    return file.text;
  }
  const why = file.kind === 'missing' ? 'does not exist' : file.why;
  found.files.push({ what, path, state: file.kind, why });
  const unsafe = file.kind === 'refused' && file.unsafe;
  if (named !== null && !(what === '.env' && unsafe)) {
    found.errors.push(`${option} ${JSON.stringify(path)}: ${why} (from ${named.given.from})`);
  } else if (file.kind === 'refused') found.warnings.push(`${shown} ${why}: not loaded`);
  return null;
}
