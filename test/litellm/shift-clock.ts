/*
 * Preloaded into the program under test (`NODE_OPTIONS=--import`), it moves the wall clock by SHIFT_CLOCK_MS, so that a
 * change of day is seen without waiting for one.
 */
const shift = Number(process.env.SHIFT_CLOCK_MS ?? 0);
const now = Date.now.bind(Date);
const Original = Date;

function shifted(this: unknown, ...args: unknown[]): unknown {
  if (new.target === undefined) return new Original(now() + shift).toString();
  return args.length === 0 ? new Original(now() + shift) : Reflect.construct(Original, args, Original);
}

globalThis.Date = Object.assign(shifted, {
  now: () => now() + shift,
  parse: Original.parse,
  UTC: Original.UTC,
  prototype: Original.prototype,
}) as unknown as DateConstructor;
