/** `gengfu read` and `gengfu watch`: points of the site file, or registers by hand; once, or as they change. */
import type { SiteConfig } from '../../../config/site.js';
import { pause } from '../../../drivers/clock.js';
import { rawRows } from '../../wire/raw-view.js';
import type { WirePoint } from '../../wire/wire-request.js';
import type { WireWay } from '../../wire/wire-way.js';
import { openWay } from './open-way.js';
import { type RawPlace, rawPlaceOf, type WireOptions } from './place-options.js';
import { readRaw } from './raw-read.js';
import { describePoint, describeRaw } from './row-words.js';
import { type Exit, exits, fail, say, type WireIo } from './wire-io.js';

/** Between two rounds, ms. */
const everyUsualMs = 1000;
const everyMinMs = 500;

/** One thing that was read, however: its name, what is printed, what a program gets. */
interface Row {
  readonly key: string;
  readonly told: string;
  readonly json: object;
  /** Two looks with the same face have seen the same. */
  readonly face: string;
  readonly isGood: boolean;
  readonly isSilent: boolean;
}

type Round = readonly Row[] | Exit;

export async function read(names: readonly string[], options: WireOptions, io: WireIo): Promise<Exit> {
  return withRounds(names, options, io, async (round) => {
    const rows = await round();
    if (typeof rows === 'number') return rows;
    if (io.isJson)
      io.out(`${JSON.stringify({ ok: rows.every(({ isGood }) => isGood), rows: rows.map(({ json }) => json) })}\n`);
    else for (const { told } of rows) io.out(`${told}\n`);
    return exitOf(rows);
  });
}

/** Until Ctrl-C, or for so long. Every round in JSON, else what has changed. */
export async function watch(names: readonly string[], options: WireOptions, io: WireIo): Promise<Exit> {
  const { clock } = io;
  const everyMs = Math.max(everyMinMs, options.every ?? everyUsualMs);
  return withRounds(names, options, io, async (round) => {
    const untilMono = clock.mono() + (options.for ?? Number.POSITIVE_INFINITY);
    let isOver = false;
    const over = io.interrupted().then(() => {
      isOver = true;
    });
    const faces = new Map<string, string>();
    let last: Exit = exits.done;
    for (;;) {
      const beganMono = clock.mono();
      const rows = await round();
      if (typeof rows === 'number') return rows;
      last = exitOf(rows);
      for (const row of rows) {
        const before = faces.get(row.key);
        const isChanged = before !== undefined && before !== row.face;
        faces.set(row.key, row.face);
        if (io.isJson) io.out(`${JSON.stringify({ at: clock.wall(), changed: isChanged, ...row.json })}\n`);
        else if (isChanged || before === undefined) io.out(`${isChanged ? '*' : ' '} ${row.told}\n`);
      }
      const nextMono = beganMono + everyMs;
      if (isOver || nextMono > untilMono) return last;
      await Promise.race([pause(clock, Math.max(0, nextMono - clock.mono())), over]);
      if (isOver) return last;
    }
  });
}

async function withRounds(
  names: readonly string[],
  options: WireOptions,
  io: WireIo,
  act: (round: () => Promise<Round>) => Promise<Exit>,
): Promise<Exit> {
  const raw = rawPlaceOf(options, names);
  if (raw !== null && 'zh' in raw) {
    say(io, raw);
    return exits.invalid;
  }
  const opened = await openWay(options, io);
  if (typeof opened === 'number') return opened;
  const { way, config } = opened;
  try {
    return await act(() => (raw === null ? pointRound(way, names, io) : rawRound(way, config, raw, io)));
  } catch (error) {
    say(io, { zh: `网关已停止（${String(error)}）`, en: `the gateway has stopped (${String(error)})` });
    return exits.nobody;
  } finally {
    await way.close();
  }
}

async function pointRound(way: WireWay, names: readonly string[], io: WireIo): Promise<Round> {
  const answer = await way.ask({ ask: 'wire-points', names: [...names] });
  if (answer.wire !== 'points') return fail(io, answer);
  if (answer.unknown.length > 0) {
    const unknown = answer.unknown.join(', ');
    say(io, {
      zh: `没有这样的监测点：${unknown}。写设备或监测点的编号，gengfu explain points 列出它们；没接传感器的模块用 --line、--unit 和 --table 直接读`,
      en: `no such points: ${unknown}. Give ids of devices or points, as gengfu explain points lists them; a module that nothing is wired to is read with --line, --unit and --table`,
    });
    return exits.invalid;
  }
  return answer.points.map((point) => pointRowOf(point, io));
}

function pointRowOf(point: WirePoint, { lang }: WireIo): Row {
  return {
    key: point.point,
    told: describePoint(point, lang),
    json: point,
    face: `${point.quality} ${point.value ?? point.reason}`,
    isGood: point.quality === 'good',
    isSilent: point.reason === 'silent' || point.reason === 'line-down',
  };
}

async function rawRound(way: WireWay, config: SiteConfig | null, place: RawPlace, io: WireIo): Promise<Round> {
  const answer = await readRaw(way, config, place, io);
  if (answer.wire !== 'values') return fail(io, answer);
  const { line, unit, table } = place;
  return rawRows(table, place.address, answer.values).map((row) => ({
    key: String(row.address),
    told: describeRaw(row),
    json: { line, unit, table, ...row },
    face: String(row.raw),
    isGood: true,
    isSilent: false,
  }));
}

function exitOf(rows: readonly Row[]): Exit {
  if (rows.every(({ isGood }) => isGood)) return exits.done;
  return rows.every(({ isSilent }) => isSilent) ? exits.unanswered : exits.refused;
}
