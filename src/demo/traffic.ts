import { randomUUID } from 'node:crypto';
import { faultOf } from './faults.ts';
import { FLEET } from './fleet.ts';
import { accessLine, databaseRecord, failureRecord, unverifiedKeyRecord } from './log-lines.ts';
import type { Scene } from './stories.ts';

/** What one call of somebody leaves in the log. */
export interface Trace {
  stdout: string;
  stderr: string;
}

const CALLERS = ['10.0.4.17', '10.0.4.23', '10.0.7.5'];
/** The callers of the demo gateway, who exist in its log only: one call at a time, in an order that is always the same. */
export function createTraffic(): (scene: Scene, at: Date) => Trace {
  let turn = 0;
  return (scene, at) => {
    turn += 1;
    const address = CALLERS[turn % CALLERS.length] ?? '10.0.4.17';
    const caller = { address, port: 40_000 + ((turn * 7_919) % 20_000) };
    // 7 has no divisor in common with the number of deployments: each gets its turn.
    const deployment = FLEET[(turn * 7) % FLEET.length];
    if (deployment === undefined) return { stdout: '', stderr: '' };
    const path = deployment.mode === 'embedding' ? '/v1/embeddings' : '/v1/chat/completions';
    if (scene.databaseLost) {
      return {
        stdout: accessLine(caller, 'POST', path, 401),
        stderr: databaseRecord(at) + unverifiedKeyRecord(address, at),
      };
    }
    const fault = faultOf(deployment, scene);
    return {
      stdout: accessLine(caller, 'POST', path, fault?.status ?? 200),
      stderr: fault === null ? '' : failureRecord(fault, deployment.name, randomUUID(), at),
    };
  };
}
