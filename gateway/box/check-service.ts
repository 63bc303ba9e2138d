/** The service as systemd sees it, where there is systemd. */
import { type Finding, findingsOf, plain, words } from './finding.js';
import type { BoxLook } from './look.js';
import { readUnitFile } from './person.js';

const { ok, hint, problem } = findingsOf('service');
export const unitName = 'gengfu.service';
const asked = [
  'LoadState',
  'UnitFileState',
  'ActiveState',
  'SubState',
  'NRestarts',
  'Result',
  'ExecMainStatus',
  'ExecMainStartTimestampMonotonic',
  'WatchdogUSec',
  'Type',
  'NeedDaemonReload',
] as const;
/** Restarts since the box was started that nobody has to think about. */
const restartsFew = 2;

export async function checkService(look: BoxLook): Promise<readonly Finding[]> {
  const printed = await look.outside.run('systemctl', ['show', unitName, ...asked.map((name) => `--property=${name}`)]);
  if (printed === null) return [];
  const values = new Map(
    printed.split('\n').map((line): [string, string] => {
      const at = line.indexOf('=');
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
  return serviceFindings(
    (name) => values.get(name) ?? '',
    (await readUnitFile(look.view)) !== null,
    look.facts !== null,
  );
}

export function serviceFindings(
  value: (name: (typeof asked)[number]) => string,
  hasUnit: boolean,
  isAnswering: boolean,
): readonly Finding[] {
  const what = words('服务 gengfu', 'service gengfu');
  if (value('LoadState') !== 'loaded') {
    const fix = words(
      '安装软件包，或把 systemd/gengfu.service 复制到 /etc/systemd/system/，然后 systemctl daemon-reload',
      'install the package, or copy systemd/gengfu.service to /etc/systemd/system/ and run systemctl daemon-reload',
    );
    return [hint(what, hasUnit ? words('未载入', 'is not loaded') : words('没有安装', 'is not installed'), fix)];
  }
  return [
    activeFinding(what, value, isAnswering),
    ...bootFinding(what, value),
    ...restartFinding(value),
    ...watchdogFinding(value),
  ];
}

type Value = (name: (typeof asked)[number]) => string;

function activeFinding(what: Finding['what'], value: Value, isAnswering: boolean): Finding {
  const state = `${value('ActiveState')} (${value('SubState')})`;
  if (value('ActiveState') === 'active') return ok(what, plain(state));
  const status = value('ExecMainStatus');
  const wasStarted = value('ExecMainStartTimestampMonotonic') !== '0';
  const told = wasStarted ? (exitWords[status] ?? words(`退出状态 ${status}`, `exit status ${status}`)) : neverStarted;
  const figure = words(`${state}；上次：${told.zh}`, `${state}; last: ${told.en}`);
  if (isAnswering)
    return hint(
      what,
      words('网关不是由它启动的', 'the gateway was not started by it'),
      words('systemctl enable --now gengfu，别手工运行', 'systemctl enable --now gengfu, and do not run it by hand'),
    );
  return problem(
    what,
    figure,
    words(
      'journalctl -u gengfu -n 50；改好后 systemctl start gengfu',
      'journalctl -u gengfu -n 50; when it is mended: systemctl start gengfu',
    ),
  );
}

const neverStarted = words('开机以来没有启动过', 'not started since the box was');

const exitWords: Readonly<Record<string, Finding['what']>> = {
  '0': words('正常停止', 'stopped as asked'),
  '1': words('程序崩溃', 'a crash'),
  '2': words('站点文件不对：gengfu check', 'a bad site file: gengfu check'),
  '3': words('数据目录被另一个网关占用', 'another gateway uses the data folder'),
};

function bootFinding(what: Finding['what'], value: Value): readonly Finding[] {
  const stale = value('NeedDaemonReload') === 'yes';
  return [
    ...(/^enabled/.test(value('UnitFileState'))
      ? []
      : [
          problem(
            what,
            words(`开机不启动（${value('UnitFileState')}）`, `does not start with the box (${value('UnitFileState')})`),
            plain('systemctl enable gengfu'),
          ),
        ]),
    ...(stale
      ? [
          hint(
            what,
            words('服务文件已改，未生效', 'its unit file has changed since'),
            plain('systemctl daemon-reload && systemctl restart gengfu'),
          ),
        ]
      : []),
  ];
}

function restartFinding(value: Value): readonly Finding[] {
  const restarts = Number(value('NRestarts'));
  if (!Number.isFinite(restarts) || value('NRestarts') === '') return [];
  const what = words('自动重启次数', 'restarts by systemd');
  const result = value('Result');
  const figure = plain(result === 'success' || result === '' ? String(restarts) : `${restarts} (${result})`);
  if (restarts <= restartsFew) return [ok(what, figure)];
  return [
    problem(
      what,
      figure,
      words(
        'journalctl -u gengfu 看原因；gengfu support 收集后求助',
        'see why with journalctl -u gengfu; ask for help with what gengfu support collects',
      ),
    ),
  ];
}

function watchdogFinding(value: Value): readonly Finding[] {
  // What does not run is not watched, whatever its file says.
  if (value('ActiveState') !== 'active') return [];
  const told = value('WatchdogUSec');
  const isOff = told === '' || told === '0' || told === 'infinity';
  const what = words('看门狗', 'watchdog');
  if (!isOff) return [ok(what, plain(told))];
  return [
    hint(
      what,
      words('没有打开', 'is off'),
      words('用软件包里的服务文件（WatchdogSec=10）', 'use the unit file of the package (WatchdogSec=10)'),
    ),
  ];
}
