import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createGatewayClient, type GatewayClientOptions } from '../../src/gateway/client.ts';
import type { Context, Decoded, Endpoint, Reply } from '../../src/gateway/endpoint.ts';
import type { Answer, DeploymentInfo, GatewayClient, GatewayFailure, HealthEntry } from '../../src/gateway/types.ts';
import type { SafeText, Scrub } from '../../src/text/safe-text.ts';

export const KEY = 'sk-fake-master-key-0123456789abcdef';
export const RELEASES = ['1.60.8', '1.74.9', '1.83.14', '1.95.1', '1.106.2'] as const;

/** The words as they are: these tests are about the gateway room, the redactor has its own. */
const keepWords: Scrub = (raw, maxChars) => raw.slice(0, maxChars ?? raw.length) as SafeText;

export const safe = (value: string): SafeText => value as SafeText;

export interface Recording {
  request: { method: string; path: string };
  status: number;
  headers: Record<string, string>;
  body: string;
}

export function recording(release: string, name: string): Recording {
  return JSON.parse(readFileSync(new URL(`../fixtures/gateway/${release}/${name}.json`, import.meta.url), 'utf8'));
}

/** Any file of a release, as JSON. */
export function fixture(release: string, name: string): unknown {
  return recording(release, name);
}

/** What an endpoint's decoder makes of a recorded answer, fed in pieces of `pieceBytes`. */
export function decoded<T>(
  endpoint: Endpoint<T>,
  from: { status: number; headers?: Record<string, string>; body: string },
  more: { keySent?: boolean; pieceBytes?: number } = {},
): Decoded<T> {
  const context: Context = {
    scrub: keepWords,
    where: 'localhost:4000',
    keySent: more.keySent ?? true,
    keyHeader: 'Authorization',
    keyed: endpoint.key,
    providerMaySpeak: endpoint.providerMaySpeak ?? false,
    path: endpoint.path,
    now: () => Date.parse('2026-11-24T00:00:00Z'),
  };
  const decoder = endpoint.decoder(context);
  const bytes = Buffer.from(from.body);
  const step = more.pieceBytes ?? 1000;
  for (let at = 0; at < bytes.length; at += step) decoder.chunk?.(bytes.subarray(at, at + step));
  const headers = Object.fromEntries(Object.entries(from.headers ?? {}).map(([k, v]) => [k.toLowerCase(), v]));
  const reply: Reply = { status: from.status, headers, text: from.body.slice(0, 1 << 20), bytes: bytes.length };
  return decoder.end(reply);
}

export function goodOf<T>(answer: Decoded<T> | Answer<T>): T {
  if (answer.kind !== 'answered') throw new Error(`not answered: ${JSON.stringify(answer)}`);
  return (answer as { value: T }).value;
}

export function failureOf(answer: Decoded<unknown> | Answer<unknown>): GatewayFailure {
  if (answer.kind !== 'failed') throw new Error(`not failed: ${JSON.stringify(answer)}`);
  return (answer as { failure: GatewayFailure }).failure;
}

/** A client whose budgets are a tenth of the real ones. */
export function shortClient(url: string, more: Partial<GatewayClientOptions> = {}): GatewayClient {
  return createGatewayClient({
    url,
    key: { reveal: () => KEY },
    keyHeader: 'Authorization',
    scrub: keepWords,
    timeScale: 0.1,
    budgets: { dnsMs: 200, connectMs: 300, tlsMs: 300, bodyIdleMs: 500 },
    ...more,
  });
}

export const never = new AbortController().signal;

/** Serves recordings by method and path; the first match wins, anything else is LiteLLM's own 404. */
export async function startReplay(recordings: Recording[]): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const found = recordings.find((one) => one.request.path === request.url && one.request.method === request.method);
    request.resume();
    const type = found?.headers['content-type'] ?? 'application/json';
    const kept = Object.entries(found?.headers ?? {}).filter(([name]) => name.startsWith('x-litellm'));
    response.writeHead(found?.status ?? 404, { 'content-type': type, ...Object.fromEntries(kept) });
    response.end(found?.body ?? '{"detail":"Not Found"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export function info(part: Partial<Record<keyof DeploymentInfo, unknown>>): DeploymentInfo {
  return {
    id: 'id',
    name: 'name',
    model: 'openai/model',
    provider: 'openai',
    host: null,
    mode: 'chat',
    wildcard: false,
    inputCostPerToken: null,
    outputCostPerToken: null,
    costPerRequest: null,
    ...part,
  } as DeploymentInfo;
}

export function entry(part: Partial<Record<keyof HealthEntry, unknown>>): HealthEntry {
  return { healthy: true, id: null, model: null, host: null, status: null, error: null, ...part } as HealthEntry;
}
