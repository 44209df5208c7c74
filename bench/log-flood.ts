import { appendFileSync } from 'node:fs';

/*
 * What the flood's test and the bench have written: `node bench/log-flood.ts FILE LINES MODEL,MODEL`. Ten thousand lines a
 * second, a hundred at a time: nine access lines, then a failure of the models in turn. One in a hundred has a traceback, whose
 * lines come beside the count.
 */

const [file = '', lines = '0', models = ''] = process.argv.slice(2);
const names = models.split(',');
const TRACEBACK = 'Traceback (most recent call last):\n  File "/app/a.py", line 3, in f\n    raise e\n';

let written = 0;
const began = performance.now();
while (written < Number(lines)) {
  let block = '';
  for (let turn = 0; turn < 100; turn += 1, written += 1) {
    block += written % 10 === 9 ? failure(Math.floor(written / 10)) : access(written);
  }
  appendFileSync(file, block);
  const ahead = written / 10 - (performance.now() - began);
  if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
}

function access(turn: number): string {
  return `INFO:     10.0.4.17:${40_000 + (turn % 20_000)} - "POST /v1/chat/completions HTTP/1.1" 200 OK\n`;
}

function failure(turn: number): string {
  const model = names[turn % names.length];
  const said = `litellm.RateLimitError: RateLimitError: OpenAIException - ${model} has reached its limit. Received Model Group=${model}`;
  const at = new Date().toTimeString().slice(0, 8);
  return `${at} - LiteLLM Proxy:ERROR: common_request_processing.py:1687 - litellm.proxy.proxy_server._handle_llm_api_exception(): Exception occured - ${said}\n${turn % 100 < names.length ? TRACEBACK : ''}`;
}
