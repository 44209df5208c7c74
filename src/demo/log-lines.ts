import { STATUS_CODES } from 'node:http';
import { type Fault, messageFor } from './faults.ts';
import { MODEL_NAMES } from './fleet.ts';

/*
 * What LiteLLM 1.106.2 writes (recorded): access lines and the list of models on stdout, everything else on stderr.
 */

/** Who called, as an access line shows it. */
export interface Caller {
  address: string;
  port: number;
}

export function accessLine({ address, port }: Caller, method: string, path: string, status: number): string {
  return `INFO:     ${address}:${port} - "${method} ${path} HTTP/1.1" ${status} ${STATUS_CODES[status] ?? ''}\n`;
}

export function modelListLines(): string {
  const green = (text: string): string => `\x1b[32m${text}\x1b[0m\n`;
  const names = MODEL_NAMES.map((name) => green(`    ${name}`));
  return `${green('LiteLLM: Proxy initialized with Config, Set models:')}${names.join('')}`;
}

export function masterStartedLines(url: string, pid: number): string {
  return `INFO:     Uvicorn running on ${url} (Press CTRL+C to quit)\nINFO:     Started parent process [${pid}]\n`;
}

export function workerStartedLines(pid: number): string {
  return `INFO:     Started server process [${pid}]\nINFO:     Waiting for application startup.\nINFO:     Application startup complete.\n`;
}

export function workerDiedLines(pid: number): string {
  return `INFO:     Waiting for child process [${pid}]\nINFO:     Child process [${pid}] died\n`;
}

export function stoppedLines(pid: number): string {
  return `INFO:     Shutting down\nINFO:     Waiting for application shutdown.\nINFO:     Application shutdown complete.\nINFO:     Finished server process [${pid}]\nINFO:     Stopping parent process [${pid}]\n`;
}

/** A failed call: head, the router's remark, traceback, and the exception once more. */
export function failureRecord(fault: Fault, modelGroup: string, callId: string, at: Date): string {
  const message = messageFor(fault, modelGroup);
  const said = `litellm.proxy.proxy_server._handle_llm_api_exception(): Exception occured - litellm_call_id=${callId} - `;
  return `${head(at, 'ERROR', 'common_request_processing.py:1687')}${said}${message}
Traceback (most recent call last):
  File "/usr/lib/python3.13/site-packages/litellm/llms/custom_httpx/llm_http_handler.py", line 528, in _make_common_async_call
    response = await async_httpx_client.post(
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/usr/lib/python3.13/site-packages/litellm/llms/custom_httpx/http_handler.py", line 564, in _raise_masked_async_error
    raise MaskedHTTPStatusError(e, message=_text, text=_text) from None
litellm.llms.custom_httpx.http_handler.MaskedHTTPStatusError: Client error '${fault.status} ${STATUS_CODES[fault.status]}' for url '${fault.url}'
For more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/${fault.status}

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/usr/lib/python3.13/site-packages/litellm/main.py", line 740, in acompletion
    raise exception_type(
          ^^^^^^^^^^^^^^^
litellm.exceptions.${fault.className}: ${message}
`;
}

/** A key that was refused; no traceback since 1.106. */
export function refusedKeyRecord(message: string, address: string, at: Date): string {
  const said = 'litellm.proxy.proxy_server.user_api_key_auth(): Exception occured - ';
  return `${head(at, 'ERROR', 'auth_exception_handler.py:197')}${said}${message}\nRequester IP Address:${address}\n`;
}

const UNREACHABLE = "Can't reach database server at `localhost`:`5432`";

/** A look-up that the database did not answer. */
export function databaseRecord(at: Date): string {
  const said = `LiteLLM Prisma Client Exception get_data: ${UNREACHABLE}`;
  return `${head(at, 'ERROR', 'utils.py:3311')}${said}\n\nPlease make sure your database server is running at \`localhost\`:\`5432\`.\n`;
}

/** A caller's key that could not be looked up: that is how a lost database looks from outside. */
export function unverifiedKeyRecord(address: string, at: Date): string {
  return refusedKeyRecord(UNREACHABLE, address, at);
}

export function reconnectRecord(at: Date): string {
  return `${head(at, 'WARNING', '_health_endpoints.py:1182')}_db_health_readiness_check: health_check failed, attempting reconnect\n`;
}

function head(at: Date, level: string, place: string): string {
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
  return `${time} - LiteLLM Proxy:${level}: ${place} - `;
}
