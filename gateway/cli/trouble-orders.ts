/** Verbs that systemd calls when no gateway runs. */
import type { Command } from 'commander';
import type { AddTo } from './exercise-orders.js';

export function addTroubleOrders(program: Command, addTo: AddTo): void {
  addTo(
    program,
    'trouble',
    '由 systemd 调用：网关不能运行时亮故障灯、响蜂鸣器，过后再试 / called by systemd: fault lamp and buzzer while no gateway can run',
    async (options) => (await import('./trouble.js')).trouble(options),
  );
  addTo(
    program,
    'quiet',
    '由 systemd 调用：网关结束后，让该静的输出静下来 / called by systemd: after the gateway has ended, outputs that must go quiet do',
    async (options) => (await import('./trouble.js')).quiet(options),
  );
}
