import { dirname, resolve } from 'node:path';
import type { Scrub } from '../text/safe-text.ts';
import { configOf, gatewayCommand } from './command-line.ts';
import { isMapping, type LitellmConfig, readConfig } from './config-file.ts';
import { readEnvironment } from './environment.ts';
import type { ProcFiles } from './proc-files.ts';
import type { GatewaySettings } from './types.ts';

type Environment = ReadonlyMap<string, string>;

export const NO_SETTINGS: GatewaySettings = {
  configPath: null,
  masterKeySet: null,
  databaseConfigured: null,
  redisConfigured: null,
  backgroundHealthChecks: null,
  healthCheckIntervalS: null,
  runsWithoutKey: null,
};

/** LiteLLM's own default of `health_check_interval`, seconds. */
const DEFAULT_INTERVAL_S = 300;
const DATABASE = ['DATABASE_URL', 'DATABASE_HOST'];
const REDIS = ['REDIS_URL', 'REDIS_HOST', 'REDIS_CLUSTER_NODES', 'REDIS_SENTINEL_NODES'];
const OTHER_AUTH = ['custom_auth', 'enable_jwt_auth', 'enable_oauth2_auth', 'enable_oauth2_proxy_auth'];

/** What a gateway was told, from its environment and its config file: facts only, no value of either is kept. */
export async function readSettings(
  files: ProcFiles,
  process: { pid: number; argv: readonly string[] },
  scrub: Scrub,
): Promise<GatewaySettings> {
  const environment = await readEnvironment(files, process.pid);
  const cwd = files.link(`/proc/${process.pid}/cwd`);
  const named = configOf(process.argv) ?? environment?.get('CONFIG_FILE_PATH') ?? null;
  const folder = cwd.kind === 'found' ? cwd.value : null;
  const path = named === null ? null : named.startsWith('/') ? named : folder === null ? null : resolve(folder, named);
  const config = path === null ? null : await readConfig(files, `/proc/${process.pid}/root`, path);
  const remote = environment?.has('LITELLM_CONFIG_BUCKET_NAME') === true;
  // A LiteLLM that was told of no config file has none; one that we cannot read may hold anything.
  const told = named !== null || environment === null || remote;
  const known = config ?? (told || gatewayCommand(process.argv) === null ? null : NO_CONFIG);
  const hidden = await dotenvMayHold(files, process, folder, 'LITELLM_MASTER_KEY');
  const masterKeySet = masterKey(environment, known, hidden);
  return {
    configPath: named === null ? null : scrub(path ?? named, 300),
    masterKeySet,
    databaseConfigured: isConfigured(environment, known, DATABASE, known?.general.database_url),
    redisConfigured: isConfigured(environment, known, REDIS, redisIn(known)),
    ...backgroundChecks(known),
    runsWithoutKey: runsWithoutKey(masterKeySet, known),
  };
}

const NO_CONFIG: LitellmConfig = { general: {}, router: {}, litellm: {}, environment: {} };

/** True or false on evidence only; a file or an environment that cannot be read leaves it open. */
function masterKey(environment: Environment | null, config: LitellmConfig | null, hidden: boolean): boolean | null {
  if (isSet(environment?.get('LITELLM_MASTER_KEY')) || isSet(config?.environment.LITELLM_MASTER_KEY)) return true;
  const key = config?.general.master_key;
  if (typeof key === 'string' && key.startsWith('os.environ/')) {
    if (environment === null || hidden) return null;
    return isSet(environment.get(key.slice('os.environ/'.length)));
  }
  if (isSet(key)) return true;
  if (environment === null || config === null || hidden || isSet(config.general.key_management_system)) return null;
  return false;
}

function runsWithoutKey(masterKeySet: boolean | null, config: LitellmConfig | null): boolean | null {
  if (masterKeySet === true) return false;
  if (config !== null && OTHER_AUTH.some((name) => isSet(config.general[name]))) return false;
  return masterKeySet === false ? true : null;
}

function isConfigured(
  environment: Environment | null,
  config: LitellmConfig | null,
  names: readonly string[],
  inConfig: unknown,
): boolean | null {
  if (isSet(inConfig)) return true;
  if (names.some((name) => isSet(environment?.get(name)) || isSet(config?.environment[name]))) return true;
  return environment !== null && config !== null ? false : null;
}

/** A cache is Redis unless its type says otherwise; the router may have one of its own. */
function redisIn(config: LitellmConfig | null): unknown {
  if (config === null) return undefined;
  const { cache, cache_params: params } = config.litellm;
  const type = isMapping(params) ? (params.type ?? 'redis') : 'redis';
  const cached = cache === true && typeof type === 'string' && type.startsWith('redis');
  return cached || isSet(config.router.redis_host) || isSet(config.router.redis_url);
}

function backgroundChecks(
  config: LitellmConfig | null,
): Pick<GatewaySettings, 'backgroundHealthChecks' | 'healthCheckIntervalS'> {
  if (config === null) return { backgroundHealthChecks: null, healthCheckIntervalS: null };
  const on = config.general.background_health_checks === true;
  const interval = config.general.health_check_interval;
  const seconds = typeof interval === 'number' && interval > 0 ? interval : DEFAULT_INTERVAL_S;
  return { backgroundHealthChecks: on, healthCheckIntervalS: on ? seconds : null };
}

/**
 * Whether a `.env` that LiteLLM may have loaded names the variable: what it loads does not show in `/proc/PID/environ`.
 * It searches upwards from its own module's folder, which a virtual environment shares with its scripts.
 */
async function dotenvMayHold(
  files: ProcFiles,
  process: { pid: number; argv: readonly string[] },
  cwd: string | null,
  name: string,
): Promise<boolean> {
  const folders = new Set(cwd === null ? [] : [cwd]);
  for (const word of process.argv.slice(0, 2)) {
    if (!word.startsWith('/')) continue;
    for (let folder = dirname(word); folder !== '/' && folders.size < 16; folder = dirname(folder)) folders.add(folder);
  }
  for (const folder of folders) {
    const inside = await files.slow(`/proc/${process.pid}/root${folder}/.env`);
    const found = inside.kind === 'found' ? inside : await files.slow(`${folder}/.env`);
    if (found.kind === 'denied') return true;
    if (found.kind === 'found' && found.value.includes(name)) return true;
  }
  return false;
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== '';
}
