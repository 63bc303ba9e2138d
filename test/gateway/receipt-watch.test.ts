/** When a centre that sends no receipts is told of, and told again. */
import { expect, test } from 'vitest';
import { ReceiptWatch } from '../../gateway/receipt-watch.js';

const hourMs = 3_600_000;

function watch() {
  const news: string[] = [];
  const unkept = { fire: 0, journal: 0, telemetry: 0 };
  const watched = new ReceiptWatch(
    24 * hourMs,
    (isOverdue) => news.push(isOverdue ? 'overdue' : 'well'),
    (lane) => news.push(`again ${lane}`),
  );
  let hours = 0;
  const pass = (count: number, isUp = true): string[] => {
    for (let n = 0; n < count; n++) watched.look((lane) => unkept[lane], isUp, ++hours * hourMs);
    return news.splice(0);
  };
  const kept = (lane: keyof typeof unkept): string[] => {
    watched.kept(lane);
    return news.splice(0);
  };
  return { unkept, pass, kept };
}

test('a lane that does not move is overdue although another one moves every hour', () => {
  const { unkept, pass, kept } = watch();
  expect(pass(1)).toEqual(['well']);
  Object.assign(unkept, { journal: 3, telemetry: 3 });
  const news: string[] = [];
  for (let hour = 0; hour < 25; hour++) news.push(...pass(1), ...kept('telemetry'));
  expect(news).toEqual(['again journal', 'overdue']);
  expect(kept('journal')).toEqual(['well']);
});

test('what is unkept goes again after the limit, then after as long, twice and four times as long; anew after a receipt', () => {
  const { unkept, pass, kept } = watch();
  unkept.fire = 1;
  const againAt = (hours: number): number[] =>
    Array.from({ length: hours }, (_, hour) => (pass(1).includes('again fire') ? [hour] : [])).flat();
  expect(againAt(24 * 10)).toEqual([24, 48, 96, 192]);
  kept('fire');
  expect(againAt(24 * 2)).toEqual([24]);
});

test('nothing goes again while the centre is away, nor at once when it is back', () => {
  const { unkept, pass } = watch();
  unkept.fire = 1;
  expect(pass(48, false)).toEqual(['overdue']);
  expect(pass(1)).toEqual(['again fire']);
});
