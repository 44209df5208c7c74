import type { Confidence, KnownClass } from '../types.ts';
import type { RuleWord } from '../words/lexicon.ts';

/** `money|moneyAct` means one or the other; a name that is in no lexicon throws when the table is read. */
type Words = string;

/** One row of the table: these concepts near each other, unless something else is said. */
export interface Rule {
  class: KnownClass;
  /** All of them, each within `within` words of the first one's hit. */
  near: readonly Words[];
  /** Words apart; 8 unless told. A sentence end counts as 40 words. */
  within?: number;
  /** Each must follow the one before it. */
  inOrder?: boolean;
  /** Must be somewhere in the text. */
  with?: readonly Words[];
  /** Must be nowhere in the text. */
  without?: readonly RuleWord[];
  /** Must not be near the hit of the first concept (12 words). */
  notNear?: readonly RuleWord[];
  confidence?: Confidence;
  /** An artefact of a health probe: the model may be fine. */
  artefact?: true;
}
