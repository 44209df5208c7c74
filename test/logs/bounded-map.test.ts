import { expect, it } from 'vitest';
import { createBoundedMap } from '../../src/logs/bounded-map.ts';

const held = (most: number, mostWeight: number) =>
  createBoundedMap<string, string>(most, mostWeight, (value) => value.length);

it('forgets what was set the longest ago when there are too many', () => {
  const map = held(2, 100);
  for (const key of ['a', 'b', 'c']) map.set(key, key);
  expect([...map.values()]).toEqual(['b', 'c']);
  expect(map.get('a')).toBeUndefined();
});

it('counts what is set anew as the newest', () => {
  const map = held(2, 100);
  for (const key of ['a', 'b', 'a', 'c']) map.set(key, key);
  expect([...map.values()]).toEqual(['a', 'c']);
});

it('forgets so many that the rest weigh no more than it holds', () => {
  const map = held(10, 10);
  map.set('a', '1234');
  map.set('b', '12345');
  map.set('c', '123456');
  expect([...map.values()]).toEqual(['123456']);
  map.set('d', '1234');
  expect([...map.values()]).toEqual(['123456', '1234']);
});

it('weighs a value that is set anew once, as it is now', () => {
  const map = held(10, 10);
  map.set('a', '1');
  for (let time = 0; time < 20; time += 1) map.set('b', '12345');
  expect([...map.values()]).toEqual(['1', '12345']);
  map.set('b', '1234567890');
  expect([...map.values()]).toEqual(['1234567890']);
});

it('keeps the newest, however much it weighs', () => {
  const map = held(10, 3);
  map.set('a', '1');
  map.set('b', '12345');
  expect([...map.values()]).toEqual(['12345']);
});

it('weighs nothing once it is cleared', () => {
  const map = held(10, 3);
  map.set('a', '123');
  map.clear();
  expect([...map.values()]).toEqual([]);
  map.set('b', '1');
  map.set('c', '12');
  expect([...map.values()]).toEqual(['1', '12']);
});
