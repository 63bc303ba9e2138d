/** Who may order what to sound or be said: by the command line over the control socket, and by wired keys. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { brandId, type PointId, type SpeakerId, type ZoneId } from '../../config/ids.js';
import type { PointConfig } from '../../config/site.js';
import { SystemClock } from '../../drivers/clock.js';
import { runCli } from '../../gateway/cli/cli.js';
import { control } from '../../gateway/cli/control.js';
import { addExerciseOrders } from '../../gateway/cli/exercise-orders.js';
import { describeHead, describeSaying } from '../../gateway/cli/exercise-words.js';
import { describeAnswer } from '../../gateway/cli/order-exercise.js';
import { answerOrder, isExerciseRequest } from '../../gateway/command/answer-order.js';
import type { Level } from '../../gateway/command/command.js';
import { ControlSocket, controlPath } from '../../gateway/command/control-socket.js';
import { ExerciseDesk, type ExerciseDeskOptions, microphoneMaxMs } from '../../gateway/command/exercise-desk.js';
import { exerciseKeys } from '../../gateway/command/exercise-keys.js';
import { type ExerciseAsk, isPlain, type SaidNow } from '../../gateway/command/exercise-order.js';
import { KeyWatch } from '../../gateway/command/key-watch.js';
import { writeSmallSite } from '../process/rig.js';
import { pointOf } from './engine-rig.js';
import { ExerciseRig, east, horn, site, west } from './exercise-rig.js';

class DeskRig extends ExerciseRig {
  readonly microphones: string[] = [];
  readonly walks: string[] = [];
  /** An alarm has the loudspeakers. */
  isTaken = false;
  /** Loudspeakers at fault. */
  faulty: ReadonlySet<SpeakerId> = new Set();
  /** A detector of the zone is still in alarm when its test is ended. */
  isUnderWay = false;
  walkTestEnds: 'nothing-runs' | null = 'nothing-runs';
  now: readonly SaidNow[] = [];
  readonly deskOptions: ExerciseDeskOptions = {
    config: site,
    clock: this.clock,
    exercises: this.exercises,
    voice: {
      announce: (announcement) => this.announce(announcement),
      withdraw: (id) => this.withdraw(id),
      render: (message) => this.render(message),
      microphone: (near, forMs, origin) => {
        if (this.isTaken) return null;
        this.microphones.push(`${[...near].join(',')} ${forMs} ${origin}`);
        return () => this.withdrawn.push('microphone');
      },
      saying: () => this.now,
      faulty: () => this.faulty,
    },
    walkTests: {
      begin: (zone, forMs, origin) => {
        this.walks.push(`begin ${zone} ${forMs} ${origin}`);
        return null;
      },
      end: (zone, origin) => {
        this.walks.push(`end ${zone} ${origin}`);
        return this.walkTestEnds;
      },
      isUnderWay: () => this.isUnderWay,
    },
    newId: () => `o${this.said.length}`,
    testLamps: () => true,
    record: (drafts) => this.record(drafts, []),
  };
  readonly desk = new ExerciseDesk(this.deskOptions);

  ask(ask: ExerciseAsk, level: Level = 2) {
    return this.desk.submit(ask, { origin: 'panel', level });
  }
}

const broadcast: Extract<ExerciseAsk, { ask: 'broadcast' }> = {
  ...{ ask: 'broadcast', message: null, text: '今晚停水', speakers: null, evacuation: false, times: 1 },
};

describe('the desk', () => {
  test.each<readonly [ExerciseAsk, Level]>([
    [{ ask: 'drill-begin', zones: null, forMs: null }, 2],
    [{ ask: 'drill-end', present: 1, missing: null, note: null }, 2],
    [{ ask: 'siren-test' }, 2],
    [{ ask: 'siren-test-end' }, 2],
    [broadcast, 2],
    [{ ...broadcast, evacuation: true }, 2],
    [{ ask: 'broadcast-stop' }, 2],
    [{ ask: 'microphone', speakers: [horn], forMs: 60_000 }, 2],
    [{ ask: 'walk-test-begin', zone: east, forMs: null }, 3],
    [{ ask: 'walk-test-end', zone: east }, 3],
  ])('lets %j through from level %i on, and journals who was sent away', (ask, needed) => {
    const rig = new DeskRig().start() as DeskRig;
    const below = (needed - 1) as Level;
    expect(rig.ask(ask, below)).toMatchObject({ accepted: false, reason: 'level-too-low' });
    expect([rig.said, rig.microphones, rig.walks, rig.wish]).toEqual([[], [], [], null]);
    expect(rig.entries).toMatchObject([{ kind: 'command.refused', origin: 'panel', detail: { command: ask.ask } }]);
    expect(rig.ask(ask, needed)).not.toMatchObject({ accepted: false, reason: 'level-too-low' });
  });

  test.each<readonly [string, Partial<typeof broadcast>, string | null]>([
    ['a text', {}, null],
    ['a message', { text: null, message: 'drill' }, null],
    ['200 characters', { text: '火'.repeat(200) }, null],
    ['more', { text: '火'.repeat(201) }, 'bad-text'],
    ['what steers a terminal', { text: '今晚\u001b[2J' }, 'bad-text'],
    ['two lines', { text: '今晚\n停水' }, 'bad-text'],
    ['a text that is turned round', { text: '今晚\u202e' }, 'bad-text'],
    ['nothing', { text: ' ' }, 'bad-text'],
    ['neither text nor message', { text: null }, 'bad-text'],
    ['both', { message: 'drill' }, 'bad-text'],
    ['a message that nobody wrote', { text: null, message: 'none' }, 'unknown-message'],
    ['a line that plays nothing', { speakers: ['mast'] }, 'unknown-speaker'],
    ['a loudspeaker that is not there', { speakers: ['horn', 'none'] }, 'unknown-speaker'],
  ])('a broadcast of %s', (_, odd, refused) => {
    const rig = new DeskRig().start() as DeskRig;
    expect(rig.ask({ ...broadcast, ...odd })).toMatchObject(
      refused === null ? { accepted: true } : { accepted: false, reason: refused },
    );
    expect(rig.said.length).toBe(refused === null ? 1 : 0);
  });

  test('speaks on what plays, an evacuation before all but a fire, and takes back whatever it ordered', () => {
    const rig = new DeskRig().start() as DeskRig;
    rig.ask({ ...broadcast, times: 3 });
    rig.ask({ ...broadcast, evacuation: true });
    expect(rig.said.map(({ rank }) => rank)).toEqual(['district', 'evacuation']);
    expect(rig.said[0]).toMatchObject({ times: 3, origin: 'panel', occasion: 'order', alarm: null });
    expect([...(rig.said[0]?.sayings.keys() ?? [])]).toEqual([horn]);
    rig.ask({ ask: 'microphone', speakers: ['mast'], forMs: microphoneMaxMs });
    expect(rig.ask({ ask: 'microphone', speakers: ['mast'], forMs: microphoneMaxMs + 1 })).toMatchObject({
      reason: 'too-long',
    });
    expect(rig.microphones).toEqual([`mast ${microphoneMaxMs} panel`]);
    rig.ask({ ask: 'broadcast-stop' });
    expect(rig.withdrawn).toEqual(['o0', 'o1', 'microphone']);
  });

  test('opens no microphone where an alarm speaks, and says so', () => {
    const rig = new DeskRig().start() as DeskRig;
    rig.isTaken = true;
    expect(rig.ask({ ask: 'microphone', speakers: ['mast'], forMs: 1000 })).toMatchObject({ reason: 'not-now' });
    expect(rig.desk.holdMicrophone(east, { origin: 'key:mic', level: 2 })).toBeNull();
    expect(rig.kinds).toEqual(['command.refused not-now', 'command.refused not-now']);
  });

  test('hands walk tests on, and answers with their word', () => {
    const rig = new DeskRig().start() as DeskRig;
    expect(rig.ask({ ask: 'walk-test-begin', zone: 'north', forMs: null }, 3)).toMatchObject({
      reason: 'unknown-zone',
    });
    expect(rig.ask({ ask: 'walk-test-begin', zone: west, forMs: 60_000 }, 3)).toMatchObject({ accepted: true });
    expect(rig.ask({ ask: 'walk-test-end', zone: west }, 3)).toMatchObject({ reason: 'nothing-runs' });
    expect(rig.walks).toEqual(['begin west 60000 panel', 'end west panel']);
  });

  test('names what there is when something else was asked for, and what runs when it is in the way', () => {
    const rig = new DeskRig().start() as DeskRig;
    const told = (ask: ExerciseAsk) => describeAnswer(rig.ask(ask, 3), 'zh');
    expect(told({ ask: 'drill-begin', zones: ['north'], forMs: null })).toBe('被拒绝：没有这个防区。有：east、west');
    expect(told({ ask: 'walk-test-end', zone: 'north' })).toContain('有：east、west');
    expect(told({ ...broadcast, speakers: ['none'] })).toMatch(/有：horn$/);
    expect(told({ ...broadcast, text: null, message: 'none' })).toMatch(/有：drill、/);
    const end: ExerciseAsk = { ask: 'drill-end', present: 12, missing: null, note: null };
    rig.isWalkTesting = true;
    rig.isUnderWay = true;
    expect(told(end)).toMatch(/走测正在进行.*walk-test end --zone east/);
    rig.walkTestEnds = null;
    expect(told({ ask: 'walk-test-end', zone: 'east' })).toContain('最迟 60 秒内恢复');
    rig.isWalkTesting = false;
    rig.isUnderWay = false;
    expect(told({ ask: 'walk-test-end', zone: 'east' })).toBe('走测结束');
    rig.ask({ ask: 'drill-begin', zones: null, forMs: null });
    expect(told(end)).toBe('演练结束，已记录');
    expect(told(end)).toBe('人数已补记');
  });

  test('broadcasts nothing but an evacuation beside a fire, and tells of horns at fault', () => {
    const rig = new DeskRig().start() as DeskRig;
    rig.faulty = new Set([horn]);
    expect(describeAnswer(rig.ask(broadcast), 'zh')).toBe('已交广播；有故障：horn');
    rig.burn();
    expect(rig.ask(broadcast)).toMatchObject({ accepted: false, reason: 'fire-stands' });
    expect(rig.ask({ ...broadcast, evacuation: true })).toMatchObject({ accepted: true });
  });

  test('refuses what a speech chip can not speak, by its characters', () => {
    const player = { kind: 'chip', chip: 'syn6288', path: '/dev/null', baud: 9600, trackMaxMs: 1 } as const;
    const config = { ...site, speakers: site.speakers.map((each) => ({ ...each, player })) };
    const speaking = new ExerciseDesk({ ...new DeskRig().deskOptions, config });
    expect(speaking.submit({ ...broadcast, text: '着火🔥' }, { origin: 'panel', level: 2 })).toMatchObject({
      reason: 'unspeakable',
      why: { zh: expect.stringContaining('🔥') },
    });
    expect(new DeskRig().ask({ ...broadcast, text: '着火🔥' })).toMatchObject({ accepted: true });
  });

  test('takes no note that steers a terminal, and leaves the drill alone then', () => {
    const rig = new DeskRig().start() as DeskRig;
    rig.ask({ ask: 'drill-begin', zones: null, forMs: null });
    const note = 'ok\u0007';
    expect(rig.ask({ ask: 'drill-end', present: 1, missing: 0, note })).toMatchObject({ reason: 'bad-note' });
    expect(rig.exercises.running).toBe('drill');
    expect(isPlain('李奶奶 未到 🙂', 10)).toBe(true);
  });
});

describe('a wired key', () => {
  const key = (id: string, role: PointConfig['role'], zone: ZoneId | null): PointConfig =>
    pointOf(id, role, { zone, severities: { released: 'normal', pressed: 'info' }, onDelayMs: 50 });
  const keys = [key('drill', 'key.drill', null), key('test', 'key.test', null), key('mic', 'key.microphone', east)];

  async function watched() {
    const rig = new DeskRig().start() as DeskRig;
    const watch = new KeyWatch(keys, rig.clock, () => undefined, exerciseKeys(rig.desk));
    let before: ReturnType<typeof seen> | null = null;
    const set = async (id: string, value: string | null): Promise<void> => {
      const reading = seen(id, value, rig.clock.mono());
      watch.see(before, reading);
      before = reading;
      await rig.clock.advance(100);
    };
    return { rig, set, watch };
  }

  const seen = (id: string, value: string | null, sampledMono: number) => {
    const stamp = { pointId: brandId<PointId>(id), sampledMono, frame: 1, confirmed: true };
    return value === null
      ? ({ ...stamp, quality: 'bad', value: null, reason: 'silent' } as const)
      : ({ ...stamp, quality: 'good', value, reason: null } as const);
  };

  test('begins a drill, and pressed again ends it; held and let go it means nothing', async () => {
    const { rig, set } = await watched();
    await set('drill', 'released');
    await set('drill', 'pressed');
    expect(rig.exercises.status?.by).toBe('key:drill');
    await rig.clock.advance(60_000);
    await set('drill', 'released');
    expect(rig.exercises.running).toBe('drill');
    await set('drill', 'pressed');
    expect(rig.kinds).toEqual(['drill.begun', 'drill.ended order']);
  });

  test('tests the sirens, and says in the journal why not', async () => {
    const { rig, set } = await watched();
    await set('test', 'released');
    await set('test', 'pressed');
    expect(rig.exercises.running).toBe('siren-test');
    await set('test', 'released');
    await set('test', 'pressed');
    rig.burn();
    await set('test', 'released');
    await set('test', 'pressed');
    expect(rig.kinds).toEqual(['siren_test.begun', 'siren_test.ended order', 'command.refused fire-stands']);
  });

  test.each([
    ['let go', (set: (id: string, value: string | null) => Promise<void>) => set('mic', 'released')],
    ['lost', (set: (id: string, value: string | null) => Promise<void>) => set('mic', null)],
  ])('keys the amplifiers of its zone until it is %s', async (_, letGo) => {
    const { rig, set } = await watched();
    await set('mic', 'released');
    await set('mic', 'pressed');
    expect(rig.microphones).toEqual([`horn ${microphoneMaxMs} key:mic`]);
    expect(rig.withdrawn).toEqual([]);
    await letGo(set);
    expect(rig.withdrawn).toEqual(['microphone']);
  });

  test('that is found pressed at start, or pressed for too short a time, means nothing; one held when we stop is let go', async () => {
    const { rig, set, watch } = await watched();
    await set('drill', 'pressed');
    await set('mic', 'pressed');
    await set('mic', 'released');
    watch.see(seen('mic', 'released', 0), seen('mic', 'pressed', 0));
    await rig.clock.advance(20);
    watch.see(seen('mic', 'pressed', 0), seen('mic', 'released', 0));
    await rig.clock.advance(100);
    expect([rig.entries, rig.microphones]).toEqual([[], []]);
    await set('mic', 'pressed');
    watch.stop();
    expect(rig.withdrawn).toEqual(['microphone']);
  });
});

describe('gengfu', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    process.exitCode = undefined;
  });

  async function served() {
    const folder = mkdtempSync(join(tmpdir(), 'gengfu-orders-'));
    const file = writeSmallSite(folder, { tty: '/dev/null', brokerPort: 1 });
    mkdirSync(join(folder, 'data'));
    const rig = new DeskRig().start() as DeskRig;
    const socket = new ControlSocket(controlPath(join(folder, 'data')), new SystemClock(), (request) =>
      isExerciseRequest(request) ? answerOrder(rig.desk, request) : { error: 'not here' },
    );
    await socket.open();
    onTestFinished(() => {
      socket.close();
      rmSync(folder, { recursive: true, force: true });
    });
    const gengfu = async (...args: readonly string[]): Promise<string> => {
      let out = '';
      const take = (text: unknown): boolean => {
        out += String(text);
        return true;
      };
      vi.spyOn(process.stdout, 'write').mockImplementation(take);
      vi.spyOn(process.stderr, 'write').mockImplementation(take);
      await runCli(['node', 'gengfu', ...args, '--config', file, '--lang', 'en']);
      vi.restoreAllMocks();
      return `${process.exitCode} ${out.trim()}`;
    };
    return { rig, gengfu };
  }

  test('orders drills, tests and the loudspeakers of the gateway that runs, and prints its word', async () => {
    const { rig, gengfu } = await served();
    expect(await gengfu('drill', 'begin', '--zone', 'east', 'west', '--for', '10m')).toBe('0 the drill begins');
    expect(rig.entries[0]?.detail).toMatchObject({ zones: ['east', 'west'], for_s: 600 });
    expect(rig.entries[0]?.origin).toMatch(/^cli:/);
    expect(await gengfu('siren-test')).toBe('1 refused: a drill runs; end it with: drill end');
    expect(await gengfu('drill', 'end', '--present', '9', '--missing', '1', '--note', '李')).toMatch(/^0 /);
    expect(rig.kinds).toEqual(['drill.begun', 'command.refused exercise-runs', 'drill.ended order', 'drill.noted']);
    expect(rig.entries[2]?.detail).toMatchObject({ present: 9, missing: 1 });
    expect(await gengfu('siren-test')).toBe('0 the siren test begins');
    expect(await gengfu('broadcast', '--text', '停水', '--speaker', 'horn', '--times', '2', '--evacuation')).toMatch(
      /^0 /,
    );
    expect(rig.said.at(-1)).toMatchObject({ rank: 'evacuation', times: 2 });
    expect(await gengfu('broadcast', '--text', 'x', '--times', '99')).toMatch(/^2 times: /);
    expect(await gengfu('microphone', '--speaker', 'mast', '--for', '5m')).toMatch(/^0 /);
    expect(await gengfu('walk-test', 'begin', '--zone', 'east', '--for', '30m')).toMatch(/^0 /);
    expect(rig.walks[0]).toMatch(/^begin east 1800000 cli:/);
  });

  test('marks every required option as such in its help', () => {
    const program = new Command();
    addExerciseOrders(
      program,
      (parent, name, description) => parent.command(name).description(description),
      async () => undefined,
    );
    const all = program.commands.flatMap((each) => [each, ...each.commands]);
    const required = all.flatMap(({ options }) => options.filter(({ mandatory }) => mandatory));
    expect(required.length).toBe(4);
    for (const { description } of required) expect(description).toMatch(/（必填）.* \/ .*\(required\)/);
  });

  test('says how to start a gateway where none runs', async () => {
    let out = '';
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      out += String(text);
      return true;
    });
    expect(await control('status', '/nowhere', 'zh', false)).toBe(4);
    expect(out).toMatch(/没有运行中的网关.*启动：.*gengfu run --config/);
  });

  test('tells in both languages what is practised, until when, and what is being said', () => {
    const rig = new DeskRig().start() as DeskRig;
    const told = (lang: 'zh' | 'en') =>
      [...describeHead(rig.desk.status, false, lang), ...describeSaying(rig.desk.status, lang)].join('\n');
    expect(told('zh')).toBe('');
    rig.ask({ ask: 'drill-begin', zones: null, forMs: null });
    const words = { zh: '广播', en: 'broadcast' };
    rig.now = [{ words, where: [{ zh: '村口', en: 'gate' }], origin: 'panel' }];
    const moment = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d`;
    expect(told('zh')).toMatch(
      new RegExp(`^正在演练，不是真火警，至 ${moment}（panel）\n正在广播：广播，村口（panel）$`),
    );
    expect(told('en')).toMatch(
      new RegExp(
        `^a drill runs, no real fire, until ${moment} \\(panel\\)\nbeing said: broadcast, on gate \\(panel\\)$`,
      ),
    );
    rig.ask({ ask: 'drill-end', present: null, missing: null, note: null });
    rig.burn();
    const answer = rig.ask({ ask: 'drill-begin', zones: null, forMs: null });
    expect(describeAnswer(answer, 'zh')).toContain('有未复位的火警');
    expect(rig.entries.at(-1)?.words.zh).toMatch(/^拒绝命令（开始演练）：有未复位的火警/);
  });
});
