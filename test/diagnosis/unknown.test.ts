import { describe, expect, test } from 'vitest';
import { createDiagnose } from '../../src/diagnosis/diagnose.ts';
import type { TextSource } from '../../src/diagnosis/types.ts';

const diagnose = createDiagnose();
const ANSWERS: readonly TextSource[] = ['health', 'chat', 'probe'];

/** What nothing says of that it failed: whatever names stand in it. */
const FINE = [
  'hello world, all good',
  'x'.repeat(100_000),
  'gpt-4o\nclaude-sonnet-4\nmistral-large',
  '{"message": "hello"}',
  '{"model": "azure/gpt-4.1", "api_base": "https://timeout-lab.openai.azure.com", "x-ms-region": "Sweden Central"}',
  '{"model": "bedrock/nova", "aws_region_name": "eu-west-1", "mode": "chat", "last_error": null}',
  '{"model": "error-model", "host": "failing.oom.example", "errors": []}',
  '{"model": "x", "error": "", "error_message": "none", "exception": {}}',
  '{"error": null, "model_name": "denied-by-default"}',
  '{"error": {}, "model": "crash-test"}',
  '[{"model": "a-timeout"}, {"model": "unhealthy-b", "error": null}]',
  '{"litellm_params": {"model": "openai/fail-o", "api_base": "http://refused:8000"}}',
  '{"allowed_fails": 3, "request_timeout": 600, "num_retries": 2}',
  '{"healthy_count": 3, "unhealthy_count": 0}',
  '{"object": "list", "data": [{"id": "exception-7b", "object": "model"}]}',
  "{'model': 'x', 'error': None}",
];

/** What says that something failed, and no rule knows what. */
const FAILED = [
  'something broke',
  'Flux: failed to align',
  'MyException: flux',
  'Traceback (most recent call last):\n  File "x.py", line 1, in f\nFlux: x',
  '{"error": "flux"}',
  '{"error": {"message": "flux"}}',
  '{"detail": "flux"}',
  '{"message": "flux", "type": "flux_kind"}',
  '{"model": "a", "error_message": "flux"}',
  '{"model": "a", "lastError": "flux"}',
  '{"errors": [{"text": "flux"}]}',
  '[{"model": "a"}, {"model": "b", "error": "flux"}]',
  '{"success": false, "info": "flux"}',
  '{"level": "error", "time": 1, "msg": "flux"}',
  'litellm.APIError: APIError: OpenaiException - flux',
  // in the languages of the lexicon
  'el flujo: falla rara',
  'erro de fluxo',
  'erreur de flux',
  'Der Fluss ist gescheitert',
  'ошибка потока',
  'błąd strumienia',
  'akış hata verdi',
  'lỗi loi dong chay',
  'kesalahan aliran',
  'flödet misslyckades',
  '流量失敗',
  '흐름 오류',
  'フローのエラー',
  'خطأ في التدفق',
];

const named = (text: string) => ({ text, name: JSON.stringify(text.slice(0, 50)) });

describe.each(ANSWERS)('a text of source %s', (source) => {
  test.each(FINE.map(named))('is nothing where nothing says that it failed: $name', ({ text }) => {
    expect(diagnose({ text, source })?.class ?? null).toBeNull();
  });

  test.each(FAILED.map(named))('is UNKNOWN where something says so: $name', ({ text }) => {
    expect(diagnose({ text, source })?.class).toBe('UNKNOWN');
  });
});

test('a status that refuses is a failure whatever the text says, and so is what the caller knows to have failed', () => {
  expect(diagnose({ text: 'all good', source: 'chat', status: 418 })?.class).toBe('UNKNOWN');
  expect(diagnose({ text: 'all good', source: 'chat', status: 200 })).toBeNull();
  for (const text of FINE) expect(diagnose({ text, source: 'health', failed: true }), text).not.toBeNull();
  expect(diagnose({ text: 'all good', source: 'health', failed: true })?.class).toBe('UNKNOWN');
});

test('an entry of /health in a script that is not read stays a failure', () => {
  expect(diagnose({ text: 'ბალანსი', source: 'health' })?.class).toBe('UNKNOWN');
});

test('the class of a failure is found in a field of an object as in prose', () => {
  expect(diagnose({ text: '{"model": "a", "last_error": "Insufficient credits"}', source: 'health' })?.class).toBe(
    'CREDITS',
  );
});
