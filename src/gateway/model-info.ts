import type { SafeText } from '../text/safe-text.ts';
import { absent, answered, type Context, type Endpoint, QUICK } from './endpoint.ts';
import { hostOf, providerOf } from './host.ts';
import { field, text } from './json.ts';
import { pricesOf } from './prices.ts';
import { refused } from './refusal.ts';
import { createRowReader } from './rows.ts';
import type { DeploymentInfo } from './types.ts';

/** 7 KB a deployment (measured 1.106.2), 5,000 deployments, and half as much again. */
export const MODEL_INFO_CAP_BYTES = 56 * 1024 * 1024;

/**
 * `GET /v1/model/info`: one row a deployment, which ties public names to provider strings, ids and prices. Large, so it
 * comes compressed (51 KB become 2 KB, measured 1.106.2) and is read row by row. Row order is not kept by 1.74.9.
 */
export const modelInfo: Endpoint<{ deployments: DeploymentInfo[] }> = {
  ...QUICK,
  path: '/v1/model/info',
  key: true,
  headersMs: 15_000,
  totalMs: 30_000,
  capBytes: MODEL_INFO_CAP_BYTES,
  gzip: true,
  decoder(context) {
    const remembered = remembering(context);
    const rows: DeploymentInfo[] = [];
    const made = new Map<string, number>();
    const reader = createRowReader((key, row) => {
      if (key === 'data') rows.push(readDeployment(row, remembered, made));
    });
    return {
      chunk: (bytes) => reader.write(bytes),
      end(reply) {
        if (reply.status === 404) return absent(context, 'This gateway has no /v1/model/info.');
        const read = reader.end();
        if (reply.status !== 200 || read === null || !read.keys.has('data')) return refused(reply, context);
        return answered({ deployments: rows });
      },
    };
  },
};

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

function readDeployment(row: unknown, shown: Shown, made: Map<string, number>): DeploymentInfo {
  const params = field(row, 'litellm_params');
  const info = field(row, 'model_info');
  const model = text(field(params, 'model')) ?? text(field(info, 'key')) ?? '';
  const name = text(field(row, 'model_name')) ?? model;
  const host = hostOf(field(params, 'api_base'));
  const provider =
    text(field(params, 'custom_llm_provider')) ?? providerOf(model) ?? text(field(info, 'litellm_provider'));
  const mode = text(field(info, 'mode'));
  return {
    id: shown(text(field(info, 'id')) ?? madeId(name, model, host, made)),
    name: shown(name),
    model: shown(model),
    provider: provider === null ? null : shown(provider),
    host: host === null ? null : shown(host),
    mode: mode === null ? null : shown(mode),
    wildcard: name.includes('*') || model.includes('*'),
    ...pricesOf(info, params, provider),
  };
}

/** For releases without ids: the same deployment gets the same id on each look, twins are numbered. */
function madeId(name: string, model: string, host: string | null, made: Map<string, number>): string {
  const base = `${name} ${model} ${host ?? '-'}`;
  const count = (made.get(base) ?? 0) + 1;
  made.set(base, count);
  return count === 1 ? base : `${base} #${count}`;
}
