/**
 * How often a test of chance is run: quick for whoever types `npm test`, thorough where `THOROUGH=1` is set, as it is in CI,
 * full where `FULL=1` asks for whatever it takes.
 */
export function turns(of: { quick: number; thorough: number; full: number }): number {
  if (process.env.FULL === '1') return of.full;
  return process.env.THOROUGH === '1' ? of.thorough : of.quick;
}
