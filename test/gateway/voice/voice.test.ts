/** Who is heard, where and when; what is told about it (gateway/voice/). */
import { expect, it } from 'vitest';
import { laneOf } from '../../../sync/journal/entry.js';
import { ampOf, announcement, east, hall, says, speakerConfig, VoiceRig, west } from './voice-rig.js';

const over = (): { times: number; run: () => void } => {
  const counter = { times: 0, run: () => void counter.times++ };
  return counter;
};

it('switches the amplifier on, waits for it, begins everywhere together, and lets it go after the last word', async () => {
  const rig = new VoiceRig({ configs: [speakerConfig(hall), speakerConfig(east, { warmUpMs: 2000 })] });
  rig.voice.announce(announcement('district', '通知', [hall, east]));
  expect(rig.keyed()).toEqual([ampOf(east), ampOf(hall)]);
  await rig.clock.advance(1999);
  expect([rig.heard(hall), rig.drafts]).toEqual([[], []]);
  await rig.clock.advance(1);
  expect(rig.sim(hall).now?.beganMono).toBe(2000);
  expect(rig.sim(east).now?.beganMono).toBe(2000);
  await rig.clock.advance(444 + 499);
  expect(rig.keyed()).toHaveLength(2);
  await rig.clock.advance(1);
  expect(rig.keyed()).toEqual([]);
  expect(rig.heard(hall)).toEqual(['通知 60% to the end']);
});

it('a fire cuts off the programme within 50 ms, everywhere, and it does not come back', async () => {
  const rig = new VoiceRig();
  rig.voice.announce(announcement('programme', '防火宣传防火宣传防火宣传', [hall, east]));
  await rig.clock.advance(1500);
  rig.voice.hold(new Set([hall]));
  const turn = over();
  rig.voice.turn(announcement('fire', '火警', [hall]), 10_000, turn.run);
  await rig.clock.advance(50);
  expect(rig.sim(hall).now?.what).toBe('火警');
  expect(rig.sim(east).now).toBeNull();
  rig.voice.announce(announcement('drill', '演练', [east]));
  await rig.clock.advance(2000);
  rig.voice.hold(null);
  await rig.clock.advance(60_000);
  expect(turn.times).toBe(1);
  expect(rig.heard(hall)).toEqual(['防火宣传防火宣传防火宣传 60% cut off', '火警 100% to the end']);
  expect(rig.heard(east)).toEqual(['防火宣传防火宣传防火宣传 60% cut off']);
  expect(rig.journal()).toEqual([
    ...['begun 防火宣传防火宣传防火宣传', 'ended 防火宣传防火宣传防火宣传 cut-off 0', 'begun 火警'],
    ...['ended 演练 left-out fire', 'ended 火警 said 1'],
  ]);
});

it('the higher rank is heard first, what it cuts off begins again, and equals wait for each other', async () => {
  const rig = new VoiceRig();
  rig.voice.announce(announcement('programme', '早安早安早安', [hall]));
  await rig.clock.advance(1000);
  rig.voice.announce(announcement('district', '停水', [hall, east]));
  rig.voice.announce(announcement('district', '停电', [east]));
  rig.voice.announce(announcement('evacuation', '转移', [hall]));
  await rig.clock.advance(60_000);
  expect(rig.heard(hall)).toEqual([
    ...['早安早安早安 60% cut off', '转移 100% to the end', '停水 60% to the end', '早安早安早安 60% to the end'],
  ]);
  expect(rig.heard(east)).toEqual(['停水 60% to the end', '停电 60% to the end']);
  const [first, second, third] = rig.sim(hall).heard.slice(1);
  expect([first, second, third].every((heard) => heard?.endedMono !== null)).toBe(true);
});

it('two that share no loudspeaker are said at the same time', async () => {
  const rig = new VoiceRig();
  rig.voice.announce(announcement('district', '东边通知', [east]));
  rig.voice.announce(announcement('programme', '礼堂节目', [hall]));
  await rig.clock.advance(900);
  expect([rig.sim(hall).now?.what, rig.sim(east).now?.what]).toEqual(['礼堂节目', '东边通知']);
});

it('beside an alarm an evacuation is said only where no alarm is heard, and waits where all is held', async () => {
  const rig = new VoiceRig();
  rig.voice.announce(announcement('evacuation', '向西转移向西转移', [hall, east]));
  await rig.clock.advance(1000);
  rig.voice.hold(new Set([hall]));
  await rig.clock.advance(10_000);
  expect(rig.heard(hall)).toEqual(['向西转移向西转移 100% cut off']);
  expect(rig.heard(east)).toEqual(['向西转移向西转移 100% to the end']);
  rig.voice.announce(announcement('evacuation', '回家', [hall], { untilMono: rig.clock.mono() + 5000 }));
  rig.voice.announce(announcement('district', '待命', [hall]));
  await rig.clock.advance(6000);
  rig.voice.hold(null);
  await rig.clock.advance(5000);
  expect(rig.heard(hall).slice(1)).toEqual(['待命 60% to the end']);
  expect(rig.journal()).toContain('ended 回家 left-out late');
});

it('a drill holds its loudspeakers against the programme, gives way to orders, and ends when there is a fire', async () => {
  const rig = new VoiceRig();
  const { voice, clock } = rig;
  const turn = over();
  voice.announce(announcement('programme', '节目节目节目', [east]));
  await clock.advance(1000);
  voice.hold(new Set([hall]), 'drill');
  voice.turn(announcement('drill', '演练', [hall]), 5000, turn.run);
  voice.announce(announcement('programme', '节目', [hall]));
  await clock.advance(3000);
  expect([turn.times, rig.keyed()]).toEqual([1, [ampOf(hall)]]);
  voice.turn(announcement('drill', '演练', [hall]), 5000, turn.run);
  voice.announce(announcement('district', '停水', [hall]));
  await clock.advance(2000);
  voice.turn(announcement('drill', '演练演练', [hall]), 5000, turn.run);
  await clock.advance(100);
  voice.hold(new Set([hall]));
  await clock.advance(1);
  voice.turn(announcement('drill', '演练', [hall]), 5000, turn.run);
  await clock.advance(10_000);
  expect(turn.times).toBe(4);
  expect(rig.heard(hall)).toEqual([
    ...['演练 100% to the end', '演练 100% cut off', '停水 60% to the end', '演练演练 100% cut off'],
  ]);
  expect(rig.heard(east)).toEqual(['节目节目节目 60% cut off']);
  expect(rig.journal()).toContain('ended 节目 left-out drill');
});

it('a turn says its message twice only where the second time fits, and ends at its limit', async () => {
  const rig = new VoiceRig();
  rig.voice.hold(new Set([hall, east]));
  await rig.clock.advance(1000);
  const turn = over();
  const sayings = new Map([
    [hall, [says('火警请撤离')]],
    [east, [says('火警请撤离火警请撤离火警请撤离')]],
  ]);
  rig.voice.turn(announcement('fire', '', [], { sayings, times: 2 }), 5000, turn.run);
  await rig.clock.advance(3400);
  expect([rig.heard(hall).length, rig.heard(east).length, turn.times]).toEqual([2, 1, 1]);
  rig.voice.turn(announcement('fire', '', [], { sayings, times: 2 }), 3000, turn.run);
  await rig.clock.advance(2999);
  expect(turn.times).toBe(1);
  await rig.clock.advance(1);
  expect([turn.times, rig.sim(east).now]).toEqual([2, null]);
  // Held: the amplifiers stay on between turns, and the next one begins at once.
  await rig.clock.advance(20_000);
  expect(rig.keyed()).toHaveLength(2);
  rig.voice.turn(announcement('fire', '', [], { sayings }), 5000, turn.run);
  await rig.clock.advance(0);
  expect(rig.sim(hall).now?.what).toBe('火警请撤离');
  rig.voice.cutTurn();
  await rig.clock.advance(10_000);
  expect([turn.times, rig.sim(hall).now]).toEqual([2, null]);
});

it('a turn ends at its limit though a player plays without an end and answers nothing', async () => {
  const rig = new VoiceRig();
  rig.voice.hold(new Set([hall]));
  await rig.clock.advance(1000);
  rig.sim(hall).setHangs(true);
  const turn = over();
  for (let n = 1; n <= 2; n++) {
    rig.voice.turn(announcement('fire', '火警', [hall]), 5000, turn.run);
    await rig.clock.advance(4999);
    expect(turn.times).toBe(n - 1);
    await rig.clock.advance(1);
    expect(turn.times).toBe(n);
  }
});

it('a player that does not even stop is a fault, keeps no later sound waiting, is asked again, and is let go at the end', async () => {
  const rig = new VoiceRig();
  rig.voice.hold(new Set([hall]));
  await rig.clock.advance(1000);
  rig.sim(hall).setHangs(true);
  const turn = over();
  rig.voice.turn(announcement('fire', '火警', [hall]), 5000, turn.run);
  await rig.clock.advance(5000 + 19_999);
  expect([turn.times, rig.faults]).toEqual([1, []]);
  await rig.clock.advance(1);
  expect(rig.faults).toEqual(['hall VOICE-003']);
  rig.voice.turn(announcement('fire', '撤离', [hall]), 5000, turn.run);
  await rig.clock.advance(0);
  expect(rig.sim(hall).now?.what).toBe('撤离');
  // Two checks that hung stand in nobody's way.
  await rig.clock.advance(150_000);
  rig.sim(hall).setHangs(false);
  await rig.clock.advance(60_000);
  expect(rig.faults).toEqual(['hall VOICE-003', 'hall well']);
  rig.sim(hall).setHangs(true);
  rig.voice.turn(announcement('fire', '火警', [hall]), 5000, turn.run);
  await rig.clock.advance(1);
  const stopped = rig.voice.stop();
  await rig.clock.advance(700);
  expect(rig.sim(hall).now).toBeNull();
  await rig.clock.advance(200);
  await stopped;
});

it('what failed is told with the loudspeaker and the reason, and one time is no times', async () => {
  const rig = new VoiceRig();
  rig.sim(hall).fault = 'VOICE-002';
  rig.voice.announce(announcement('district', '停水', [hall], {}));
  await rig.clock.advance(20_000);
  rig.voice.announce(announcement('district', '停水', [east], {}));
  await rig.clock.advance(20_000);
  const ends = rig.drafts.filter(({ kind }) => kind === 'voice.ended');
  expect(ends[0]?.words.zh).toBe('播报失败：停水，有故障：hall 大喇叭（找不到音频文件或曲目）');
  expect(ends[1]?.words.en).toMatch(/was said, once$/);
});

it('a turn that nobody can speak is over at once, so that the siren carries on', async () => {
  const rig = new VoiceRig();
  rig.voice.hold(new Set([hall]));
  await rig.clock.advance(1000);
  rig.sim(hall).fault = 'VOICE-002';
  const turn = over();
  rig.voice.turn(announcement('fire', '火警', [hall]), 10_000, turn.run);
  await rig.clock.advance(2);
  expect([turn.times, rig.faults]).toEqual([1, ['hall VOICE-002']]);
  rig.voice.turn(announcement('fire', '火警', [west]), 10_000, turn.run);
  expect(turn.times).toBe(1);
  await rig.clock.advance(1);
  expect(turn.times).toBe(2);
  rig.voice.turn(announcement('drill', '演练', [east]), 10_000, turn.run);
  rig.voice.cutTurn();
  await rig.clock.advance(20_000);
  expect(turn.times).toBe(2);
});

it('a missing file is a fault until that very file plays; a silent chip until it plays or answers', async () => {
  const rig = new VoiceRig();
  const { clock, voice } = rig;
  const speaker = rig.sim(hall);
  const say = async (text: string): Promise<void> => {
    voice.announce(announcement('district', text, [hall]));
    await clock.advance(5000);
  };
  speaker.fault = 'VOICE-002';
  await say('甲');
  speaker.fault = null;
  await say('乙');
  await clock.advance(120_000);
  expect(rig.faults).toEqual(['hall VOICE-002']);
  expect(rig.details[0]).toMatchObject({ code: 'VOICE-002', next_zh: expect.stringContaining('曲目号') });
  voice.retell();
  await say('甲');
  expect(rig.faults).toEqual(['hall VOICE-002', 'hall VOICE-002', 'hall well']);
  speaker.fault = 'VOICE-003';
  await clock.advance(240_000);
  speaker.fault = null;
  await clock.advance(60_000);
  expect(rig.faults.slice(3)).toEqual(['hall VOICE-003', 'hall well']);
  expect(rig.journal()).toContain('ended 甲 failed 0');
});

it('volume: loud for fire and evacuation, by night as the site says, else as it is set', async () => {
  const night = { fromMin: 21 * 60, toMin: 6 * 60, volume: 25 };
  const rig = new VoiceRig({ configs: [speakerConfig(hall, { volumes: [night], warmUpMs: 0 })] });
  const say = async (rank: 'fire' | 'evacuation' | 'district', volume: number | null = null): Promise<void> => {
    rig.voice.announce(announcement(rank, '说', [hall], { volume }));
    await rig.clock.advance(1000);
  };
  await say('district');
  rig.minute = 5 * 60 + 59;
  await say('district');
  await say('evacuation');
  await say('fire');
  await say('district', 40);
  rig.minute = 6 * 60;
  await say('district');
  expect(rig.sim(hall).heard.map(({ volume }) => volume)).toEqual([60, 25, 100, 100, 40, 60]);
});

it('a person at the microphone has the amplifier without a source, until fire takes it, time is over, or they let go', async () => {
  const line = speakerConfig(west, { player: { kind: 'line' } });
  const rig = new VoiceRig({ configs: [speakerConfig(hall), line, speakerConfig(east, { amplifier: null })] });
  const { voice, clock } = rig;
  voice.announce(announcement('evacuation', '向西转移向西转移', [hall]));
  await clock.advance(1000);
  const letGo = voice.microphone(new Set([hall, west]), 3_600_000, 'key:mic');
  await clock.advance(30_000);
  expect([rig.keyed(), rig.sim(hall).now]).toEqual([[ampOf(hall), ampOf(west)], null]);
  letGo?.();
  letGo?.();
  await clock.advance(5000);
  expect(rig.heard(hall).at(-1)).toBe('向西转移向西转移 100% to the end');
  voice.microphone(new Set([west]), 3_600_000, 'key:mic');
  await clock.advance(600_000 - 1);
  expect(rig.keyed()).toEqual([ampOf(west)]);
  await clock.advance(502);
  expect(rig.keyed()).toEqual([]);
  voice.microphone(new Set([hall, west]), 3_600_000, 'key:mic');
  voice.hold(new Set([hall]));
  await clock.advance(1000);
  expect(rig.keyed()).toEqual([ampOf(hall), ampOf(west)]);
  voice.hold(new Set([hall, west]));
  expect(voice.microphone(new Set([hall]), 1000, 'key:mic')).toBeNull();
  expect(voice.microphone(new Set([east]), 1000, 'key:mic')).toBeNull();
  const ends = rig.drafts.filter(({ detail }) => detail['occasion'] === 'microphone' && 'how' in detail);
  expect(ends.map(({ detail, origin }) => `${origin} ${detail['how']}`)).toEqual([
    ...['key:mic said', 'key:mic said', 'key:mic cut-off'],
  ]);
  expect(ends[0]?.words).toEqual({
    zh: '话筒已关闭：话筒喊话',
    en: 'a person at the microphone is over: the amplifiers are off',
  });
});

it('the journal knows what was said, where, by whose order; a fire of hours has one pair of entries, in the lane of fire', async () => {
  const rig = new VoiceRig();
  rig.voice.announce(announcement('district', '停水', [hall, east], { origin: 'command:k1', times: 2 }));
  await rig.clock.advance(10_000);
  const [begun, ended] = rig.drafts;
  expect(begun).toMatchObject({ kind: 'voice.begun', class: null, origin: 'command:k1', alarm: null });
  expect(begun?.detail).toMatchObject({ occasion: 'order', rank: 'district', speakers: ['hall', 'east'], times: 2 });
  expect(begun?.detail['says']).toEqual([says('停水')]);
  expect(begun?.words.zh).toBe('播报：停水（hall 大喇叭、east 大喇叭）');
  expect(begun?.words.en).toMatch(/^saying: 停水/);
  expect(ended?.detail).toMatchObject({ how: 'said', spoken: 2, failed: [] });
  rig.voice.hold(new Set([hall]));
  for (let i = 0; i < 200; i++) {
    rig.voice.turn(announcement('fire', '火警', [hall]), 10_000, () => undefined);
    await rig.clock.advance(30_000);
  }
  rig.voice.hold(null);
  const fire = rig.drafts.slice(2);
  expect(fire.map(({ kind, alarm }) => `${kind} ${alarm}`)).toEqual(['voice.begun e-1-7', 'voice.ended e-1-7']);
  expect(fire[1]?.detail).toMatchObject({ how: 'said', turns: 200, spoken: 200 });
  expect([begun, fire[0], fire[1]].map((draft) => draft && laneOf(draft))).toEqual(['journal', 'fire', 'fire']);
});

it('of 33 that wait, the last of the lowest rank is left out; what is withdrawn or replaced is told', async () => {
  const rig = new VoiceRig();
  rig.voice.announce(announcement('evacuation', '正在说', [hall]));
  for (let i = 0; i < 31; i++) rig.voice.announce(announcement('district', `通知${i}`, [hall], { id: `d${i}` }));
  rig.voice.announce(announcement('programme', '节目', [hall]));
  rig.voice.announce(announcement('district', '再来', [hall]));
  expect(rig.journal()).toEqual(['ended 节目 left-out too-many']);
  rig.voice.withdraw('d3');
  rig.voice.announce(announcement('district', '新的', [hall], { id: 'd4' }));
  expect(rig.journal().slice(1)).toEqual(['ended 通知3 left-out withdrawn', 'ended 通知4 left-out withdrawn']);
});

it('stops within a second though a player hangs: amplifiers off, everything told', async () => {
  const rig = new VoiceRig({
    makeSpeaker: () => ({
      ...{ plays: 'text', start: () => undefined, check: () => Promise.resolve() },
      ...{ play: () => new Promise(() => {}), stop: () => new Promise(() => {}), close: () => new Promise(() => {}) },
    }),
  });
  rig.voice.hold(new Set([east]));
  rig.voice.announce(announcement('district', '停水', [hall]));
  rig.voice.announce(announcement('district', '停电', [hall]));
  await rig.clock.advance(2000);
  let isStopped = false;
  void rig.voice.stop().then(() => {
    isStopped = true;
  });
  expect(rig.keyed()).toEqual([]);
  await rig.clock.advance(1000);
  expect(isStopped).toBe(true);
  expect(rig.journal()).toEqual(['begun 停水', 'ended 停水 cut-off 0', 'ended 停电 left-out stopped']);
  rig.voice.announce(announcement('fire', '火警', [hall]));
  await rig.clock.advance(5000);
  expect(rig.keyed()).toEqual([]);
});
