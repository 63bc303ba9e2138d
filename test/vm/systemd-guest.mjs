import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
const sh = (c) => { const r = spawnSync('/bin/sh', ['-c', c], { encoding: 'utf8' }); console.log(r.stdout + r.stderr); };
console.log('proof began');
for (let i = 0; i < 12; i++) { await sleep(2000); sh('cat /proc/uptime; systemctl show gengfu -p ActiveState,SubState,ActiveEnterTimestampMonotonic,NRestarts,Result'); }
sh('systemctl status gengfu gengfu-trouble --no-pager -l; journalctl --no-pager -b -u gengfu -u gengfu-trouble | tail -60; systemctl --failed --no-pager; systemd-analyze blame --no-pager| head -20; systemd-analyze critical-chain gengfu.service --no-pager');
sh('systemctl poweroff --force --force');
