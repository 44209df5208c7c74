import type { Identity, IncidentScope } from '../alerts/types.ts';
import type { Diagnosis, DiagnosisClass } from '../diagnosis/types.ts';
import type { SafeText } from '../text/safe-text.ts';
import { literal } from '../text/scrub.ts';
import type { DeploymentHealth, State } from './state.ts';

const NONE = literal('-');

/** What each class is about: the account behind many models, one model, or the gateway's own parts. */
const SCOPES: Partial<Record<DiagnosisClass, IncidentScope>> = {
  CREDITS: 'provider',
  AUTH_PROVIDER: 'provider',
  RATE_LIMIT: 'provider',
  PROVIDER_DOWN: 'provider',
  CONNECTION: 'provider',
  DATABASE: 'database',
  BUDGET: 'client',
  AUTH_GATEWAY: 'client',
  CACHE: 'gateway',
  CALLBACK: 'gateway',
  RESOURCE: 'host',
  STARTUP: 'gateway',
  SERVER: 'gateway',
  PERMISSION: 'model',
  TIMEOUT: 'model',
  MODEL_NOT_FOUND: 'model',
  NO_DEPLOYMENTS: 'model',
  BAD_REQUEST: 'model',
  CONTEXT_WINDOW: 'model',
  CONTENT_POLICY: 'model',
  UNKNOWN: 'model',
};

/** A class of the user's own is one cause for each provider, as accounts are; where none is known, for each model. */
export function scopeOf(name: DiagnosisClass): IncidentScope {
  return SCOPES[name] ?? 'provider';
}

/** What a diagnosis is evidence of; `deployment` where one is known, for it names provider and account exactly. */
export function identityOf(
  diagnosis: Diagnosis,
  deployment: DeploymentHealth | null,
  state: State,
  gateway: SafeText,
): Identity {
  const scope = scopeOf(diagnosis.class);
  const known = deployment ?? soleDeployment(diagnosis.model, state);
  switch (scope) {
    case 'provider': {
      const provider = known?.info.provider ?? diagnosis.provider;
      if (provider === null) {
        return (
          openTwin(diagnosis, state) ?? {
            class: diagnosis.class,
            scope: 'model',
            target: diagnosis.model ?? gateway,
            credential: NONE,
          }
        );
      }
      return { class: diagnosis.class, scope, target: provider, credential: accountOf(provider, known, state) };
    }
    case 'model':
      return {
        class: diagnosis.class,
        scope,
        target: known?.info.name ?? diagnosis.model ?? gateway,
        credential: NONE,
      };
    case 'client':
      return { class: diagnosis.class, scope, target: diagnosis.entity ?? literal('callers'), credential: NONE };
    case 'database':
      return { class: diagnosis.class, scope, target: literal('database'), credential: NONE };
    default:
      return { class: diagnosis.class, scope, target: diagnosis.entity ?? gateway, credential: NONE };
  }
}

/** The open incident of the same class that lists the same model: a text that names no provider is evidence of that one. */
function openTwin(diagnosis: Diagnosis, state: State): Identity | null {
  const { model } = diagnosis;
  if (model === null) return null;
  const open = [...state.incidents.values()].filter((one) => one.state !== 'RESOLVED' && one.class === diagnosis.class);
  return open.find((one) => one.models.includes(model)) ?? null;
}

/**
 * The account behind a deployment. The gateway never tells which credential it uses, so the host stands for it, and only
 * where one provider's deployments have several: the key must be the same for everybody who computes it.
 */
function accountOf(provider: SafeText, deployment: DeploymentHealth | null, state: State): SafeText {
  const hosts = new Set(state.deployments.filter((one) => one.info.provider === provider).map((one) => one.info.host));
  return hosts.size > 1 ? (deployment?.info.host ?? NONE) : NONE;
}

/** The deployment meant by a public model name, where it has one only or all are of one provider and host. */
function soleDeployment(model: SafeText | null, state: State): DeploymentHealth | null {
  if (model === null) return null;
  const behind = state.deployments.filter((one) => one.info.name === model || one.info.model === model);
  const [first] = behind;
  if (first === undefined) return null;
  const alike = behind.every((one) => one.info.provider === first.info.provider && one.info.host === first.info.host);
  return alike ? first : null;
}
