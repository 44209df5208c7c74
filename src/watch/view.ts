import type { GatewayFailure } from '../gateway/types.ts';
import type { SafeText } from '../text/safe-text.ts';
import type { FailureView, Mode } from './snapshot.ts';
import type { WalletLimits } from './wallet.ts';

/** What a snapshot needs besides the state; it does not change while the program runs. */
export interface View {
  name: SafeText;
  url: SafeText;
  mode: Mode;
  demo: boolean;
  hasKey: boolean;
  keyFrom: SafeText | null;
  limits: WalletLimits;
  pid: number;
  /** How often `/health` is asked where it costs money, ms. */
  healthIntervalMs: number;
}

/** A failure as faces show it. */
export function failureView(failure: GatewayFailure | null): FailureView | null {
  return failure === null
    ? null
    : { code: failure.code, status: failure.status, text: failure.text, next: failure.next };
}
