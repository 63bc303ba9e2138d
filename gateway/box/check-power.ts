/** Is the supply strong enough, now and since the start? A Raspberry Pi tells by hwmon and by its firmware; batteries by the kernel. */
import type { BoxView } from './box-view.js';
import { type Finding, findingsOf, plain, words } from './finding.js';
import type { BoxLook } from './look.js';

const { ok, hint, problem } = findingsOf('power');
const firmwarePaths = [
  '/sys/devices/platform/soc/soc:firmware/get_throttled',
  '/sys/devices/platform/axi/axi:firmware/get_throttled',
] as const;
/** Bits of get_throttled (Raspberry Pi documentation, vcgencmd). */
const bits = {
  lowNow: 0,
  cappedNow: 1,
  slowNow: 2,
  softNow: 3,
  lowOnce: 16,
  cappedOnce: 17,
  slowOnce: 18,
  softOnce: 19,
} as const;
const batteryLeast = 30;

export async function checkPower({ view, outside }: BoxLook): Promise<readonly Finding[]> {
  const flags = await throttled(
    view,
    (await view.stat('/dev/vcio')) === null ? null : await outside.run('vcgencmd', ['get_throttled']),
  );
  return [...(flags === null ? await alarmFinding(view) : [flagsFinding(flags)]), ...(await batteryFindings(view))];
}

async function throttled(view: BoxView, printed: string | null): Promise<number | null> {
  const texts = await Promise.all(firmwarePaths.map((path) => view.text(path)));
  const told = texts.find((text) => text !== null) ?? /^throttled=0x([0-9a-f]+)/m.exec(printed ?? '')?.[1] ?? null;
  const value = told === null ? Number.NaN : Number.parseInt(told, 16);
  return Number.isFinite(value) ? value : null;
}

const what = words('供电', 'supply');
const fix = words(
  '换官方电源（5 V、足够电流），换短粗的线；电池供电看电池',
  'fit the maker’s supply (5 V with enough current) and a short, thick cable; on a battery look at the battery',
);

export function flagsFinding(flags: number): Finding {
  const has = (bit: number): boolean => Math.floor(flags / 2 ** bit) % 2 === 1;
  const figure = `0x${flags.toString(16)}`;
  if (has(bits.lowNow))
    return problem(what, words(`电压过低（${figure}）`, `the voltage is too low now (${figure})`), fix);
  if (has(bits.lowOnce))
    return problem(
      what,
      words(`启动以来曾电压过低（${figure}）`, `the voltage was too low since the start (${figure})`),
      fix,
    );
  if ([bits.cappedNow, bits.slowNow, bits.softNow, bits.cappedOnce, bits.slowOnce, bits.softOnce].some(has)) {
    return hint(
      what,
      words(`曾过热降速（${figure}）`, `it was slowed down by heat (${figure})`),
      words('散热，见温度', 'cool it; see the temperature'),
    );
  }
  return ok(what, words(`正常（${figure}）`, `well (${figure})`));
}

async function alarmFinding(view: BoxView): Promise<readonly Finding[]> {
  for (const name of await view.names('/sys/class/hwmon')) {
    const folder = `/sys/class/hwmon/${name}`;
    if ((await view.text(`${folder}/name`)) !== 'rpi_volt') continue;
    const flag = await view.text(`${folder}/in0_lcrit_alarm`);
    if (flag === '1') return [problem(what, words('电压过低', 'the voltage is too low'), fix)];
    if (flag === '0') return [ok(what, words('正常', 'well'))];
  }
  return [];
}

async function batteryFindings(view: BoxView): Promise<readonly Finding[]> {
  const root = '/sys/class/power_supply';
  const each = await Promise.all(
    (await view.names(root)).map(async (name) => {
      const of = (file: string) => view.text(`${root}/${name}/${file}`);
      const [type, scope, charge, status] = [
        await of('type'),
        await of('scope'),
        await of('capacity'),
        await of('status'),
      ];
      if ((type !== 'Battery' && type !== 'UPS') || scope === 'Device') return [];
      const title = words(`电池 ${name}`, `battery ${name}`);
      const figure = plain(`${charge ?? '?'} % ${status ?? ''}`.trim());
      const isLow = charge !== null && Number(charge) < batteryLeast;
      const charging = words(
        '检查市电和充电；电池老化就换',
        'look at the mains and the charger; replace an old battery',
      );
      return [
        isLow || status === 'Discharging'
          ? hint(title, figure, charging, plain(`≥ ${batteryLeast} %`))
          : ok(title, figure),
      ];
    }),
  );
  return each.flat();
}
