/** The machine: model, processor, kernel, C library, Node; how warm it is, how much memory is left. */
import { type Finding, findingsOf, plain, words } from './finding.js';
import type { BoxLook } from './look.js';

const { ok, hint, problem } = findingsOf('machine');
/** What the built native modules ask of the C library. */
const oldestGlibc = [2, 34] as const;
const builtFor: readonly string[] = ['x64', 'arm64'];
/** Raspberry Pi slows down at 80 °C (soft limit of older boards: 60); most chips are damaged beyond 100. */
const warmC = 70;
const hotC = 80;
const memoryHintKb = 150_000;
const memoryLeastKb = 60_000;

export async function checkMachine(look: BoxLook): Promise<readonly Finding[]> {
  return [...(await modelFindings(look)), ...(await heatFinding(look)), ...(await memoryFinding(look))];
}

export interface MachineFacts {
  readonly model: string | null;
  readonly kernel: string | null;
  readonly arch: string;
  readonly glibc: string | null;
  readonly node: string;
}

export async function machineFacts({ view }: Pick<BoxLook, 'view'>): Promise<MachineFacts> {
  const model =
    (await view.text('/proc/device-tree/model')) ?? (await view.text('/sys/devices/virtual/dmi/id/product_name'));
  return {
    model: model?.replaceAll('\u0000', '') ?? null,
    kernel: await view.text('/proc/sys/kernel/osrelease'),
    arch: process.arch,
    glibc: glibcVersion(),
    node: process.versions.node,
  };
}

/** Null: another C library. */
function glibcVersion(): string | null {
  const { header } = process.report.getReport() as { readonly header?: { readonly glibcVersionRuntime?: unknown } };
  return typeof header?.glibcVersionRuntime === 'string' ? header.glibcVersionRuntime : null;
}

async function modelFindings(look: BoxLook): Promise<readonly Finding[]> {
  const { model, kernel, arch, glibc, node } = await machineFacts(look);
  const what = words('主机', 'machine');
  const figure = `${model ?? '–'} · ${arch} · Linux ${kernel ?? '?'} · Node ${node}`;
  const machine = builtFor.includes(arch)
    ? ok(what, plain(figure))
    : problem(
        what,
        plain(figure),
        words('软件包只有 amd64 和 arm64；换 64 位系统', 'packages are for amd64 and arm64: use a 64-bit system'),
      );
  return [machine, glibcFinding(glibc)];
}

export function glibcFinding(glibc: string | null): Finding {
  const what = words('C 库', 'C library');
  const budget = plain(`glibc ≥ ${oldestGlibc.join('.')}`);
  const fix = words('换 Debian 12 或更新的系统', 'use Debian 12 or later');
  if (glibc === null) return problem(what, words('不是 glibc', 'is not glibc'), fix, budget);
  const [major = 0, minor = 0] = glibc.split('.').map(Number);
  const isOld = major < oldestGlibc[0] || (major === oldestGlibc[0] && minor < oldestGlibc[1]);
  return isOld ? problem(what, plain(glibc), fix, budget) : ok(what, plain(glibc), budget);
}

async function heatFinding({ view }: BoxLook): Promise<readonly Finding[]> {
  const zones = (await view.names('/sys/class/thermal')).filter((name) => /^thermal_zone\d+$/.test(name));
  const texts = await Promise.all(zones.map((zone) => view.text(`/sys/class/thermal/${zone}/temp`)));
  const known = texts.flatMap((text) => (/^-?\d{1,7}$/.test(text ?? '') ? [Number(text) / 1000] : []));
  if (known.length === 0) return [];
  const hottest = Math.round(Math.max(...known) * 10) / 10;
  const what = words('温度', 'temperature');
  const [figure, budget] = [plain(`${hottest} °C`), plain(`≤ ${warmC} °C`)];
  const fix = words('装散热片，移开日晒，机箱开孔', 'fit a heat sink, keep the sun off, let air through the case');
  if (hottest > hotC) return [problem(what, figure, fix, budget)];
  return [hottest > warmC ? hint(what, figure, fix, budget) : ok(what, figure, budget)];
}

async function memoryFinding({ view }: BoxLook): Promise<readonly Finding[]> {
  const text = (await view.text('/proc/meminfo')) ?? '';
  const kb = (name: string): number | null => {
    const found = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1];
    return found === undefined ? null : Number(found);
  };
  const [free, total] = [kb('MemAvailable'), kb('MemTotal')];
  if (free === null || total === null) return [];
  const what = words('内存', 'memory of the box');
  const figure = words(
    `可用 ${Math.round(free / 1000)} MB，共 ${Math.round(total / 1000)} MB`,
    `${Math.round(free / 1000)} of ${Math.round(total / 1000)} MB available`,
  );
  const budget = words(`至少 ${memoryHintKb / 1000} MB 可用`, `${memoryHintKb / 1000} MB available`);
  const fix = words('停掉别的程序（桌面、浏览器）', 'end other programs (a desktop, browsers)');
  if (free < memoryLeastKb) return [problem(what, figure, fix, budget)];
  return [free < memoryHintKb ? hint(what, figure, fix, budget) : ok(what, figure, budget)];
}
