import { describe } from 'vitest';
import { chosenReleases, NEWEST } from './releases.ts';
import { backgroundChecks } from './suites/background.ts';
import { chatProbe } from './suites/chat.ts';
import { countsAndCauses } from './suites/counts.ts';
import { keyStates } from './suites/key.ts';
import { logOfFaults } from './suites/logs.ts';
import { longRun } from './suites/long-run.ts';
import { processTree } from './suites/processes.ts';
import { outages, passingStates } from './suites/server.ts';
import { walletLimits } from './suites/wallet.ts';

/*
 * What must be true against a real LiteLLM proxy, through the JSON of the built executable. `LITELLM_VERSIONS` chooses the
 * releases (releases.ts). The long runs wait most of their time, so the other sections run beside them, one after the other.
 */
describe.for(chosenReleases())('LiteLLM %s', (version) => {
  describe('while time passes', { concurrent: true }, () => {
    describe('a run of minutes', { concurrent: false }, () => longRun(version, version === NEWEST));
  });
  describe('while the proxy checks itself', { concurrent: true }, () => {
    describe('background checks', { concurrent: false }, () => backgroundChecks(version));
  });
  describe('while callers meet faults', { concurrent: true }, () => {
    describe('the log', { concurrent: false }, () => logOfFaults(version));
  });
  describe('one by one', { concurrent: true }, () => {
    describe('counts, states and causes', { concurrent: false }, () => countsAndCauses(version));
    describe('key', { concurrent: false }, () => keyStates(version));
    // What is no LiteLLM at all does not depend on a release.
    if (version === NEWEST) describe('outages', { concurrent: false }, outages);
    describe('what passes is no outage', { concurrent: false }, () => passingStates(version));
    describe('processes', { concurrent: false }, () => processTree(version));
    describe('wallet', { concurrent: false }, () => walletLimits(version));
    describe('chat probe', { concurrent: false }, () => chatProbe(version));
  });
});
