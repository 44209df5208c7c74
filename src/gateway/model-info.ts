import type { SafeText } from '../text/safe-text.ts';
import { absent, answered, type Context, type Endpoint, QUICK } from './endpoint.ts';
import { backendOf, hostOf, idOf, providerOf } from './identity.ts';
import { field, text } from './json.ts';
import { pricesOf } from './prices.ts';
import { refused } from './refusal.ts';
import { createRowReader } from './rows.ts';
import type { Answer, DeploymentInfo } from './types.ts';
import { collapse, type Row } from './wildcards.ts';

/** 7 KB a deployment (measured 1.106.2), 5,000 deployments, and half as much again. */
const MODEL_INFO_CAP_BYTES = 56 * 1024 * 1024;
/** Wildcard deployments that are looked up one by one; a gateway with more shows the rest without provider. */
const LOOKUPS = 8;

interface ModelInfo {
  deployments: DeploymentInfo[];
  /** Raw ids of wildcards that are only there as expansions, with their place in `deployments`. */
  expanded: { id: string; index: number }[];
}

/**
 * `GET /v1/model/info`: one row a deployment, which ties public names to provider strings, ids and prices. Large, so it
 * comes compressed (51 KB become 2 KB, measured 1.106.2) and is read row by row. Row order is not kept by 1.74.9.
 */
const modelInfo: Endpoint<ModelInfo> = {
  ...QUICK,
  path: '/v1/model/info',
  key: true,
  headersMs: 15_000,
  totalMs: 30_000,
  capBytes: MODEL_INFO_CAP_BYTES,
  gzip: true,
  decoder(context) {
    const remembered = remembering(context);
    const rows: Row[] = [];
    const reader = createRowReader((key, row) => {
      if (key === 'data') rows.push(readRow(row, remembered, context));
    });
    return {
      chunk: (bytes) => reader.write(bytes),
      end(reply) {
        if (reply.status === 404) return absent(context, 'This gateway has no /v1/model/info.');
        const read = reader.end();
        if (reply.status !== 200 || read === null || !read.keys.has('data')) return refused(reply, context);
        return answered(collapse(rows, context.scrub));
      },
    };
  },
};

/**
 * All deployments. 1.106.2 lists a wildcard only as the 200 names it expands to, with its provider string lost (measured);
 * `?litellm_model_id=` still tells the one row it really is, so each is asked for, free of charge.
 */
export async function askModelInfo(
  ask: <T>(endpoint: Endpoint<T>) => Promise<Answer<T>>,
): Promise<Answer<{ deployments: DeploymentInfo[] }>> {
  const answer = await ask(modelInfo);
  if (answer.kind !== 'answered') return answer;
  const deployments = [...answer.value.deployments];
  for (const { id, index } of answer.value.expanded.slice(0, LOOKUPS)) {
    const one = await ask({ ...modelInfo, path: `${modelInfo.path}?litellm_model_id=${encodeURIComponent(id)}` });
    const real = one.kind === 'answered' ? one.value.deployments[0] : undefined;
    if (real?.wildcard && real.id === deployments[index]?.id) deployments[index] = real;
  }
  return { ...answer, value: { deployments } };
}

type Shown = (value: string) => SafeText;

/** Thousands of rows share a handful of providers, hosts and modes: each is scrubbed once. */
function remembering(context: Context): Shown {
  const known = new Map<string, SafeText>();
  return (value) => {
    let safe = known.get(value);
    if (safe === undefined) {
      safe = context.scrub(value, 300);
      known.set(value, safe);
    }
    return safe;
  };
}

function readRow(row: unknown, shown: Shown, context: Context): Row {
  const params = field(row, 'litellm_params');
  const info = field(row, 'model_info');
  const model = text(field(params, 'model')) ?? text(field(info, 'key')) ?? '';
  const name = text(field(row, 'model_name')) ?? model;
  const host = hostOf(field(params, 'api_base'));
  const provider =
    text(field(params, 'custom_llm_provider')) ?? providerOf(model) ?? text(field(info, 'litellm_provider'));
  const mode = text(field(info, 'mode'));
  const rawId = text(field(info, 'id'));
  return {
    rawId,
    info: {
      // Releases without ids: the same deployment gets the same id on each look.
      id: idOf(rawId, context.scrub) ?? shown(`${name} ${model} ${host ?? '-'}`),
      name: shown(name),
      model: shown(model),
      provider: provider === null ? null : shown(provider),
      host: host === null ? null : shown(host),
      backend: backendOf(field(params, 'api_base')),
      mode: mode === null ? null : shown(mode),
      wildcard: name.includes('*') || model.includes('*'),
      ...pricesOf(info, params, provider),
    },
  };
}
