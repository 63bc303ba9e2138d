/** The verbs about the box itself: doctor, selftest, support, journal, completion. What they do is loaded when they are called. */
import type { Command } from 'commander';
import type { AddTo } from '../exercise-orders.js';

export function addBoxOrders(program: Command, addTo: AddTo): void {
  addTo(
    program,
    'doctor',
    '查网关和本机：每项问题都说怎么处理 / look the gateway and its box over; each finding with its fix',
    async (options) => (await import('./doctor.js')).doctor(options),
  );
}
