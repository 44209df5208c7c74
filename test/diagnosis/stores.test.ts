import { describe, expect, test } from 'vitest';
import { createDiagnose } from '../../src/diagnosis/diagnose.ts';
import type { TextSource } from '../../src/diagnosis/types.ts';

const diagnose = createDiagnose();
const classOf = (text: string, source: TextSource = 'system') => diagnose({ text, source })?.class ?? null;

/** From the message catalogues of PostgreSQL 15. */
const POSTGRES: [language: string, fatal: string, refused: string, full: string, starting: string][] = [
  [
    'English',
    'FATAL',
    'password authentication failed for user "litellm"',
    'sorry, too many clients already',
    'the database system is starting up',
  ],
  [
    'German',
    'FATAL',
    'Passwort-Authentifizierung für Benutzer »litellm« fehlgeschlagen',
    'tut mir leid, schon zu viele Verbindungen',
    'das Datenbanksystem startet',
  ],
  [
    'French',
    'FATAL',
    "authentification par mot de passe échouée pour l'utilisateur  « litellm »",
    'désolé, trop de clients sont déjà connectés',
    'le système de bases de données se lance',
  ],
  [
    'Italian',
    'FATALE',
    'autenticazione con password fallita per l\'utente "litellm"',
    'spiacente, troppi client già connessi',
    'il database si sta avviando',
  ],
  [
    'Spanish',
    'FATAL',
    'la autentificación password falló para el usuario «litellm»',
    'lo siento, ya tenemos demasiados clientes',
    'el sistema de base de datos está iniciándose',
  ],
  [
    'Russian',
    'ВАЖНО',
    'пользователь "litellm" не прошёл проверку подлинности (по паролю)',
    'извините, уже слишком много клиентов',
    'система баз данных запускается',
  ],
  [
    'Ukrainian',
    'ФАТАЛЬНО',
    'користувач "litellm" не пройшов автентифікацію за допомогою пароля',
    'вибачте, вже забагато клієнтів',
    'система бази даних запускається',
  ],
  [
    'Swedish',
    'FATALT',
    'Lösenordsautentisering misslyckades för användare "litellm"',
    'ledsen, för många klienter',
    'databassystemet startar upp',
  ],
  ['Chinese', '致命错误', '用户 "litellm" Password 认证失败', '对不起, 已经有太多的客户', '数据库系统启动中'],
  [
    'Japanese',
    'FATAL',
    'ユーザー"litellm"のパスワード認証に失敗しました',
    '現在クライアント数が多すぎます',
    'データベースシステムは起動処理中です',
  ],
  [
    'Korean',
    '치명적오류',
    '사용자 "litellm"의 password 인증을 실패했습니다',
    '최대 동시 접속자 수를 초과했습니다.',
    '데이터베이스 시스템이 새로 가동 중입니다.',
  ],
];

describe('what PostgreSQL writes', () => {
  test.each(POSTGRES)('in %s at FATAL is DATABASE, never a refused key', (_language, fatal, ...texts) => {
    for (const text of texts) {
      const line = `2026-11-26 04:11:09.771 CET [3310] litellm@litellm ${fatal}:  ${text}`;
      expect([classOf(line), classOf(line, 'log')], line).toEqual(['DATABASE', 'DATABASE']);
    }
    // what asked for the database says the same in a record of its own, where the words alone decide
    for (const text of texts.slice(1)) {
      const told = `08:14:02 - LiteLLM Proxy:ERROR: utils.py:2210 - ${text}`;
      expect(classOf(told, 'log'), told).toBe('DATABASE');
    }
  });

  test.each([
    'LOG:  Datenbanksystem ist bereit, um Verbindungen anzunehmen',
    'LOG:  le système de bases de données est prêt pour accepter les connexions',
    'LOG:  el sistema de bases de datos está listo para aceptar conexiones',
    'СООБЩЕНИЕ:  система БД готова принимать подключения',
    'LOG:  データベースシステムの接続受け付け準備が整いました',
    '日志:  数据库系统准备接受连接',
    '로그:  이제 데이터베이스 서버로 접속할 수 있습니다',
    'FATAL:  connection to client lost',
    'FATAL:  terminating autovacuum process due to administrator command',
    'LOGG:  databassystemet är redo att ta emot anslutningar',
  ])('where nobody is turned away is nothing: %s', (text) => {
    expect(classOf(`2026-11-26 04:11:09.771 CET [1] ${text}`)).toBeNull();
  });
});

describe('what Redis and Valkey write', () => {
  test.each(['redis-server', 'valkey-server'])('%s: its sign of a warning is no comment', (program) => {
    const line = (text: string) => `Nov 24 09:15:31 cache01 ${program}[811]: ${text}`;
    expect(classOf(line('# Error accepting a client connection: max number of clients reached'))).toBe('CACHE');
    expect(classOf(line('* Ready to accept connections tcp'))).toBeNull();
    expect(classOf(line('# Server initialized'))).toBeNull();
  });
});

describe('an answer about health that admits a failure', () => {
  test.each([
    ['{"status":"unhealthy","db":"Not connected","cache":null}', 'DATABASE'],
    [
      '{"status":"healthy","db":"connected","db_error":"could not translate host name \\"pg\\" to address"}',
      'DATABASE',
    ],
    ['{"status":"healthy","db":"connected","last_error":"","cache":"redis","litellm_version":"1.83.14"}', null],
    ['{"status":"healthy","db":"connected","success_callbacks":["error_logger"]}', null],
  ])('%s', (text, expected) => {
    expect(diagnose({ text, source: 'health', status: expected === null ? 200 : 503 })?.class ?? null).toBe(expected);
  });
});

test('a wrapper that says less than what it wraps is read with the names of its causes', () => {
  const chain = (cause: string) =>
    `${cause}: File /run/secrets/sa.json was not found.\n\nDuring handling of the above exception, another exception occurred:\n\nlitellm.exceptions.APIConnectionError: litellm.APIConnectionError: Vertex_aiException - File /run/secrets/sa.json was not found.`;
  expect(classOf(chain('google.auth.exceptions.DefaultCredentialsError'), 'log')).toBe('AUTH_PROVIDER');
  const found = diagnose({ text: chain('google.auth.exceptions.DefaultCredentialsError'), source: 'log' });
  expect(found?.text).toMatch(/^File \/run\/secrets\/sa\.json was not found/);
});

test('logging that cannot write says why in the traceback below it', () => {
  const text =
    '--- Logging error ---\nTraceback (most recent call last):\n  File "/usr/lib/python3.13/logging/__init__.py", line 1154, in emit\n    self.flush()\nOSError: [Errno 28] No space left on device';
  expect(classOf(text, 'log')).toBe('RESOURCE');
});

test.each([
  ['an alert at rest', 'alertname=GatewayBudgetExceeded state=inactive health=ok'],
  [
    'an alert that is over',
    '{"labels":{"alertname":"LiteLLMDown"},"status":"resolved","annotations":{"summary":"proxy is down"}}',
  ],
  ['an engine at INFO', 'prisma:info Starting a postgresql pool with 10 connections and a timeout of 60 seconds.'],
  ['a sink at DEBUG', ' [sentry] DEBUG: Discarded session update because of missing release or environment'],
  ['counters of a name', 'daily report: requests=42900 failed=0 provider_errors=0 budget_errors=0'],
  ['settings that are not zero', 'max_connections = 500\t# (change requires restart)\nstatement_timeout = 60s'],
  ['settings', 'max_connections = 500\t# (change requires restart)\nstatement_timeout = 0\t# in milliseconds'],
  [
    'a sentence of a manual',
    '> When a key passes its `max_budget`, LiteLLM answers with `budget_exceeded`; see the docs.',
  ],
])('%s is nothing', (_what, text) => {
  expect(classOf(text, 'log')).toBeNull();
});

test.each([
  ['prisma:error Error in PostgreSQL connection: Error { kind: Closed, cause: None }', 'DATABASE'],
  [' [langfuse] ERROR: ingestion failed with 401', 'CALLBACK'],
  ['ERROR: round done: budget_errors=0, openrouter said "Insufficient credits"', 'CREDITS'],
  ['When calling the database, prisma failed: P1001 cannot reach database server at `pg:5432`', 'DATABASE'],
])('%s is %s all the same', (text, expected) => {
  expect(classOf(text, 'log')).toBe(expected);
});

test('an id that begins as the port of the gateway does is none', () => {
  const told = (id: string) => `connect to example-host:${id} failed: connection refused`;
  expect(classOf(told('4000'), 'log')).toBe('SERVER');
  expect(classOf(told('4000b47f01cee20e9e42'), 'log')).toBe(classOf(told('7a1fb47f01cee20e9e42'), 'log'));
});
