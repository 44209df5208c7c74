import type { IncidentState } from '../src/alerts/types.ts';
import type { SafeText } from '../src/text/safe-text.ts';
import { literal } from '../src/text/scrub.ts';
import type { ModelState, VerdictState } from '../src/watch/snapshot.ts';

/** Shapes that the screen is drawn with. Each is one column wide. */
export interface Glyphs {
  readonly ascii: boolean;
  readonly ellipsis: SafeText;
  readonly pointer: SafeText;
  readonly rule: SafeText;
  readonly bullet: SafeText;
  readonly hop: SafeText;
  readonly arrow: SafeText;
  readonly light: Border;
  readonly heavy: Border;
  readonly models: Readonly<Record<ModelState, SafeText>>;
  readonly verdicts: Readonly<Record<VerdictState, SafeText>>;
  readonly incidents: Readonly<Record<IncidentState, SafeText>>;
}

interface Border {
  readonly horizontal: SafeText;
  readonly vertical: SafeText;
  readonly topLeft: SafeText;
  readonly topRight: SafeText;
  readonly bottomLeft: SafeText;
  readonly bottomRight: SafeText;
}

function border(shapes: string): Border {
  const at = (index: number): SafeText => literal(shapes[index] ?? ' ');
  return {
    horizontal: at(0),
    vertical: at(1),
    topLeft: at(2),
    topRight: at(3),
    bottomLeft: at(4),
    bottomRight: at(5),
  };
}

export const UNICODE: Glyphs = {
  ascii: false,
  ellipsis: literal('…'),
  pointer: literal('▸'),
  rule: literal('─'),
  bullet: literal('·'),
  hop: literal('─'),
  arrow: literal('→'),
  light: border('─│┌┐└┘'),
  heavy: border('━┃┏┓┗┛'),
  models: {
    OK: literal(' '),
    DEGRADED: literal('▲'),
    DOWN: literal('✗'),
    COOLING: literal('◌'),
    UNKNOWN: literal('?'),
    PROBE_ARTEFACT: literal('~'),
    OFF: literal('-'),
  },
  verdicts: { OK: literal('●'), WARN: literal('▲'), CRIT: literal('✗'), UNKNOWN: literal('?') },
  incidents: { PENDING: literal('◐'), FIRING: literal('✗'), RECOVERING: literal('◐'), RESOLVED: literal('·') },
};

export const ASCII: Glyphs = {
  ascii: true,
  ellipsis: literal('~'),
  pointer: literal('>'),
  rule: literal('-'),
  bullet: literal('-'),
  hop: literal('-'),
  arrow: literal('>'),
  light: border('-|++++'),
  heavy: border('=#####'),
  models: {
    OK: literal(' '),
    DEGRADED: literal('!'),
    DOWN: literal('X'),
    COOLING: literal('~'),
    UNKNOWN: literal('?'),
    PROBE_ARTEFACT: literal('~'),
    OFF: literal('-'),
  },
  verdicts: { OK: literal('+'), WARN: literal('!'), CRIT: literal('X'), UNKNOWN: literal('?') },
  incidents: { PENDING: literal('~'), FIRING: literal('X'), RECOVERING: literal('~'), RESOLVED: literal('.') },
};
