import { expect, it } from 'vitest';
import { routeTimes } from './route-times.ts';

it('routes come with count, median, 99th percentile and total, the most expensive first', () => {
  const times = routeTimes();
  for (let n = 1; n <= 100; n++) times.record({ method: 'GET', route: '/explore', milliseconds: n });
  times.record({ method: 'POST', route: '/register', milliseconds: 9_000 });
  times.record({ method: 'GET', route: null, milliseconds: 0 });
  const [register, explore, none] = times.routes();
  expect(register).toMatchObject({ route: 'POST /register', count: 1, total: 9_000 });
  expect(explore).toMatchObject({ route: 'GET /explore', count: 100, total: 5_050 });
  expect(Math.round(explore?.p50 ?? 0)).toBe(50);
  expect(Math.round(explore?.p99 ?? 0)).toBe(99);
  expect(none).toMatchObject({ route: 'GET (no route)', count: 1, total: 0 });
});

it('no requests make no routes', () => {
  expect(routeTimes().routes()).toEqual([]);
});
