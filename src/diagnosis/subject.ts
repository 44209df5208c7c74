import type { Opened } from './context.ts';
import type { DiagnosisClass } from './types.ts';

const MODEL_FORMS = [
  /\bmodel(?: ID| id| name)?[ =:]{1,3}[`'"]([\w.:@/ -]{1,120})[`'"]/i,
  /\bmodel=([\w.:@/-]{1,120})/,
  /\bmodel: ([\w.:@/-]{3,120})/,
  /[`'"]([\w.:@/-]{2,120})[`'"] (?:model|is not a valid model|does not exist)/i,
  /\b(?:reached|limit) for ([\w.:@/-]{3,80}) in organization/,
  /\bmodel[ _]group[ =:'"]{1,4}([\w.:@/-]{2,120})/i,
  /\bmodel ([\w./:@-]{0,60}\d[\w.:@/-]{0,60})\b/i,
  /\bTried to access ([\w.:@/-]{2,120})/,
];
/** What every form holds. */
const MODEL_SIGN = /model|does not exist|in organization|Tried to access/i;
const NOT_MODELS = /^(?:None|null|unknown|undefined|the|is|not|this|id|name|group|with|for|in|and)$/i;

/** The model that a failure is about: what the caller knows, LiteLLM's group, then the text; null when none says so. */
export function readModel(known: string | null | undefined, opened: Opened): string | null {
  if (known) return known;
  if (opened.message.group) return clean(opened.message.group);
  if (!MODEL_SIGN.test(opened.flat.text)) return opened.message.routed ? clean(opened.message.routed) : null;
  for (const form of MODEL_FORMS) {
    const found = form.exec(opened.flat.text)?.[1];
    const model = found ? clean(found) : null;
    if (model) return model;
  }
  return opened.message.routed ? clean(opened.message.routed) : null;
}

function clean(name: string): string | null {
  const model = name.trim().replace(/[.,;:]+$/, '');
  return model === '' || NOT_MODELS.test(model) ? null : model;
}

const HOSTS = /\b(?:https?|redis|rediss|postgres(?:ql)?):\/\/(?:[^@/\s"']{0,200}@)?([\w.-]{1,255}(?::\d{2,5})?)/;
const HOST_PORT =
  /(?:connect(?:ing)? to|host|server at|server|address|to|at|for|resolve|reach)[ =`'"(]{1,4}\(?[`'"]?((?:[\w-]{1,63}\.){0,6}[\w-]{1,63}:\d{2,5}|(?:[\w-]{1,63}\.){1,6}[a-z]{2,12})\b/i;
const BUDGETS =
  /\b((?:End User|User|Team|Key|Org(?:anization)?|Tag|Project|Customer|Model)=[^\s,]{1,80})|\b(?:for )?(provider [\w-]{2,40})|\b((?:team|key|user|organization|tag|deployment) [\w-]{2,60}) (?:has |is )?(?:exceeded|over)/;
const SINKS =
  /\b(langfuse|langsmith|datadog|slack|opentelemetry|otel|otlp|sentry|prometheus|lunary|helicone|athina|arize|phoenix|braintrust|galileo|logfire|traceloop|humanloop|posthog|mlflow|wandb|opik|promptlayer|s3|gcs|dynamodb|sqs|pagerduty|webhook|discord|smtp|sendgrid|email|openmeter|lago|agentops|deepeval|cloudzero|splunk|loki|elasticsearch|kafka|cloudwatch|bigquery|dynatrace|argilla|custom logger|callback)\b/i;
const KEYS = /\b(?:api_key|Key Hash \(Token\)|key)[ =:]{1,3}([\w.*-]{6,64})/i;

/** Whose budget, key, host or sink it is; null where the text does not say. */
export function readEntity(name: DiagnosisClass, opened: Opened, raw: string): string | null {
  const text = opened.flat.text;
  switch (name) {
    case 'BUDGET': {
      const found = BUDGETS.exec(text);
      return found?.[1] ?? found?.[2] ?? found?.[3] ?? null;
    }
    case 'AUTH_GATEWAY':
      return opened.message.clientIp ?? null;
    case 'RATE_LIMIT':
      return opened.said ? null : (KEYS.exec(text)?.[1] ?? null);
    case 'CALLBACK':
      return SINKS.exec(text)?.[1]?.toLowerCase() ?? SINKS.exec(raw)?.[1]?.toLowerCase() ?? null;
    case 'CACHE':
    case 'DATABASE':
    case 'CONNECTION':
    case 'SERVER':
      return HOSTS.exec(opened.flat.urls[0] ?? '')?.[1] ?? HOST_PORT.exec(text)?.[1] ?? null;
    default:
      return null;
  }
}
