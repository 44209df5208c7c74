import { describe, expect, test } from 'vitest';
import { createDiagnose } from '../../src/diagnosis/diagnose.ts';
import { maybeError } from '../../src/diagnosis/gate.ts';

const diagnose = createDiagnose();
const classOf = (text: string) => diagnose({ text, source: 'log' })?.class ?? null;

/** What no logger wrote: no level, no prefix; the form alone says that it is a failure. */
describe('a bare line is a failure by its form', () => {
  test.each([
    ["Error code: 402 - {'error': {'message': 'Insufficient Balance', 'type': 'unknown_error'}}", 'CREDITS'],
    ['HTTP 402 Payment Required: insufficient credits', 'CREDITS'],
    ['HTTP/1.1 401 Unauthorized: invalid api key', 'AUTH_PROVIDER'],
    ['402 Client Error: Payment Required for url: https://api.example.com/v1/chat', 'CREDITS'],
    ['upstream returned 402: Insufficient Balance', 'CREDITS'],
    ['Request to https://api.example.com/chat failed with status 429: too many requests', 'RATE_LIMIT'],
    ['status: 429, body: {"error":{"code":"insufficient_quota","message":"check your plan and billing"}}', 'CREDITS'],
    ['{"error":{"message":"Insufficient Balance","type":"unknown_error"}}', 'CREDITS'],
    ["{'error': {'message': 'Invalid API key provided', 'code': 'invalid_api_key'}}", 'AUTH_PROVIDER'],
    ['b\'{"error":{"message":"Invalid API key"}}\'', 'AUTH_PROVIDER'],
    ['{"Response":{"Error":{"Code":"ResourceUnavailable.InArrears","Message":"账号已欠费"}}}', 'CREDITS'],
    [
      '{"success":false,"errors":[{"code":7500,"message":"account has no credits"}],"messages":[],"result":null}',
      'CREDITS',
    ],
    ['[OpenAIError] You exceeded your current quota, please check your plan and billing details.', 'CREDITS'],
    ['[TencentCloudSDKException] code:PkgExhausted message:The resource pack has been exhausted', 'CREDITS'],
    ['rpc error: code = PermissionDenied desc = Your account has insufficient funds', 'CREDITS'],
    [
      '<_InactiveRpcError of RPC that terminated with:\n\tstatus = StatusCode.PERMISSION_DENIED\n\tdetails = "not enough balance"',
      'CREDITS',
    ],
    ['<ErrorResponse><Error><Code>PaymentRequired</Code><Message>account past due</Message></Error>', 'CREDITS'],
    ['code=1113 msg=Your account is in arrears, please recharge and try again', 'CREDITS'],
    ['error=insufficient_quota message="You exceeded your current quota"', 'CREDITS'],
    [
      '  File "/app/custom_auth.py", line 12\n    async def check(request)\n        ^\nSyntaxError: expected \':\'',
      'STARTUP',
    ],
    ["Usage: litellm [OPTIONS]\nTry 'litellm --help' for help.\n\nError: No such option: --prot", 'STARTUP'],
  ])('%s', (text, expected) => {
    expect(classOf(text)).toBe(expected);
    const bytes = Buffer.from(text);
    expect(maybeError(bytes, 0, bytes.length)).toBe(true);
  });
});

describe('a bare line in another form is none', () => {
  test.each([
    ['a sentence about one', 'A 402 means that the balance is insufficient; top up and try again.'],
    ['a question to a model', 'user: what does "Error code: 402 - insufficient balance" mean?'],
    ['a retry that is announced', 'provider returned 429: too many requests, retrying in 2 seconds'],
    ['a body without an error', '{"error": null, "balance": "insufficient data"}'],
    ['a counter', '{"errors": 3, "ok": 97, "note": "rate limit"}'],
    ['a good answer', 'HTTP/1.1 200 OK insufficient'],
    [
      'the help of a program',
      'Usage: litellm [OPTIONS]\n\n  --request_timeout INTEGER  Set timeout in seconds\n  --max_budget FLOAT',
    ],
    ['its exit codes', 'usage: litellm [--config FILE]\n  exit codes: 0 fine, 1 startup failed, 137 killed'],
    ['a body that no rule knows', '{"error":{"message":"the frobnicator said no"}}'],
  ])('%s', (_what, text) => {
    expect(classOf(text)).toBeNull();
  });
});
