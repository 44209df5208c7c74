import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FAULTS, HEALTHY } from './deployments.ts';
import { NEWEST } from './releases.ts';
import { startRig } from './rig.ts';

/*
 * `npm run gateway`: a real LiteLLM proxy in the foreground with a fake provider behind it, to point the watchtower at.
 * Ends on Ctrl-C, with everything that it started.
 */

const USAGE = `npm run gateway -- [--version ${NEWEST}] [--workers N] [--faults]`;

function options() {
  try {
    return parseArgs({
      options: {
        version: { type: 'string', default: NEWEST },
        workers: { type: 'string' },
        faults: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    process.exit(3);
  }
}

const { version, workers, faults } = options();
if (workers !== undefined && !/^[1-9]\d?$/.test(workers)) {
  console.error(`--workers ${workers}: a number from 1 to 99 is needed\n${USAGE}`);
  process.exit(3);
}

console.log(`starting LiteLLM ${version} with ${faults ? 'one deployment of every fault' : 'healthy deployments'} ...`);
const rig = await startRig({
  version,
  deployments: faults ? FAULTS : HEALTHY,
  ...(workers !== undefined && { workers: Number(workers) }),
});
const folder = mkdtempSync(join(tmpdir(), 'watchtower-gateway-'));
const envFile = join(folder, '.env');
writeFileSync(envFile, `LITELLM_MASTER_KEY=${rig.masterKey}\n`, { mode: 0o600 });

console.log(`gateway   ${rig.url}   pid ${rig.pid}${workers === undefined ? '' : `, ${workers} workers`}
key       ${envFile}
config    ${rig.configPath}
log       ${rig.logPath}

watch it  npm start -- --url ${rig.url} --env-file ${envFile}
Ctrl-C ends it.`);

let ending = false;
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  rmSync(folder, { recursive: true, force: true });
  await rig.stop();
  console.log('stopped');
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());
