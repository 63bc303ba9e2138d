/** What speaks and what is exercised: from the keys of the site file to what the upper floors see. */
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../config/load-config.js';
import { templateFault } from '../../config/message-template.js';
import { usualCadences, voiceless } from '../../config/site-defaults.js';
import { explainPlans } from '../../gateway/annunciator/explain-plan.js';
import { configOf, known, siteText } from './rig.js';

const horn = '{id: horn, player: {kind: xfs5152, path: /dev/ttyS9}}';
const fire = '{id: fire, text: "{{place}}着火", track: 2}';

/** The good site with a loudspeaker and a message, and with more keys of the file. */
const site = (keys = '', plan = '') =>
  configOf(
    siteText(
      ['siren-main]}', `siren-main]${plan === '' ? '' : `, ${plan}`}}`],
      ['uplinks:', `speakers: [${horn}]\nmessages: [${fire}, {id: help, text: 快来帮忙}]\n${keys}\nuplinks:`],
    ),
  );

const say = { message: 'fire', speakers: ['horn'] };

describe('a site without a word about it', () => {
  it('has no voice, no exercises, and the usual cadences', () => {
    const config = configOf(siteText());
    expect(config).toMatchObject(voiceless);
    expect(config.plans[0]?.steps[0]).not.toHaveProperty('say');
    expect(config.plans[0]).not.toHaveProperty('allClear');
  });
});

describe('a loudspeaker', () => {
  it('has a player with its usual settings, and no amplifier, where nothing else is said', () => {
    expect(site().speakers).toEqual([
      {
        id: 'horn',
        name: { zh: 'horn', en: 'horn' },
        zone: null,
        player: { kind: 'chip', chip: 'xfs5152', path: '/dev/ttyS9', baud: 9600, trackMaxMs: 60_000 },
        amplifier: null,
        warmUpMs: 500,
        volume: 70,
        loudVolume: 100,
        volumes: [],
      },
    ]);
  });

  it('has its volumes by minutes of the day, and may share an amplifier with a microphone', () => {
    const amplifier = '{id: amp, kind: amplifier, gpio: {pin: 5}, on_control_lost: keep_sounding}';
    const speakers = [
      '{id: horn, zone: hall, player: {kind: dfplayer, path: /dev/ttyS9, longest_track_s: 9, baud: 115200}, amplifier: amp, warm_up_ms: 0, volume: 10, loud_volume: 90, volumes: [{from: "21:30", to: "07:05", volume: 5}]}',
      '{id: mic, player: {kind: line}, amplifier: amp}',
      '{id: card, player: {kind: aplay}}',
      '{id: usb, player: {kind: aplay, device: "plughw:1,0"}}',
    ];
    const config = configOf(siteText(['plans:', `  - ${amplifier}\nspeakers: [${speakers.join(', ')}]\nplans:`]));
    expect(config.outputs.at(-1)).toMatchObject({ id: 'amp', kind: 'amplifier', onControlLost: 'keep-sounding' });
    expect(config.speakers).toMatchObject([
      {
        zone: 'hall',
        player: { kind: 'chip', chip: 'dfplayer', baud: 115_200, trackMaxMs: 9000 },
        amplifier: 'amp',
        warmUpMs: 0,
        volume: 10,
        loudVolume: 90,
        volumes: [{ fromMin: 1290, toMin: 425, volume: 5 }],
      },
      { player: { kind: 'line' }, amplifier: 'amp' },
      { player: { kind: 'aplay', device: null } },
      { player: { kind: 'aplay', device: 'plughw:1,0' } },
    ]);
  });
});

describe('a message', () => {
  it('has what each kind of player can play; a file counts from the site file and need not be there yet', () => {
    const config = configOf(
      siteText(['plans:', `messages: [${fire}, {id: bell, name: 钟, file: sounds/bell.WAV}]\nplans:`]),
    );
    expect(config.messages).toEqual([
      { id: 'fire', name: { zh: 'fire', en: 'fire' }, text: '{{place}}着火', file: null, track: 2 },
      { id: 'bell', name: { zh: '钟', en: '钟' }, text: null, file: '/site/sounds/bell.WAV', track: null },
    ]);
  });

  it.each([
    ['{{place}}{{zone}}{{name}}{{site}}{{class}}{{time}}{{minutes}}', null],
    ['no placeholder, {one} brace', null],
    ['{{ place }}', '{{ place }}'],
    ['{{place}', '{{'],
    ['place}}', '}}'],
    ['{{}}', '{{}}'],
    ['{{constructor}}', '{{constructor}}'],
  ])('"%s": what is wrong with its placeholders is %s', (text, got) => {
    expect(templateFault(text)?.got ?? null).toBe(got);
  });
});

describe('a plan', () => {
  it('says something in each of its steps, with or without sirens, and when it is over', () => {
    const plan = site(
      '',
      'say: [{message: fire, on: [horn, horn]}], steps: [{after_s: 9, say: [{message: fire, on: [horn]}]}, {after_s: 10, sound: [siren-main]}], all_clear: {message: fire, on: [horn]}',
    ).plans[0];
    expect(plan?.steps).toEqual([
      { start: [{ kind: 'at-once' }], sound: ['siren-hall', 'siren-main'], say: [say] },
      { start: [{ kind: 'after', afterMs: 9000 }], sound: [], say: [say] },
      { start: [{ kind: 'after', afterMs: 10_000 }], sound: ['siren-main'] },
    ]);
    expect(plan?.allClear).toEqual(say);
  });

  it('is explained with what is said, also where nothing sounds', () => {
    const keys = 'steps: [{after_s: 9, say: [{message: fire, on: [horn]}]}], all_clear: {message: help, on: [horn]}';
    const words = (lang: 'zh' | 'en') => explainPlans(site('', keys), lang).split('\n').slice(-3);
    expect(words('en')).toEqual([
      '  9 s after the alarm: horn says "{{place}}着火"',
      '  when all of it is reset: horn says "快来帮忙"',
      '  sirens for 15 s and voice (30 s at most) in turn, quiet for 60 s after every 180 s; silenced and still in alarm, again after 10 min',
    ]);
    expect(words('zh').slice(0, 2)).toEqual(['  报警 9 秒后：horn播“{{place}}着火”', '  全部复位后：horn播“快来帮忙”']);
  });

  it('with a preset says it to the village and to the neighbours, who may have no siren', () => {
    const says = 'village_say: [{message: fire, on: [horn]}], neighbours_say: [{message: help, on: [horn]}]';
    const plan = site('', `preset: unmanned_village, village: [siren-main], ${says}`).plans[0];
    expect(plan?.steps.slice(1)).toMatchObject([
      { sound: ['siren-main'], say: [say] },
      { start: [{ kind: 'after', afterMs: 120_000 }], sound: [], say: [{ ...say, message: 'help' }] },
    ]);
  });
});

describe('the programme', () => {
  it('says a message at a time of the day, every day or on some', () => {
    const { programme, quietHours } = site(
      'programme: [{id: watch, message: fire, on: [horn], at: "07:00"}, {id: market, message: fire, on: [horn], at: "20:59", days: [saturday, monday, saturday], times: 3}]\n' +
        'quiet_hours: {from: "21:00", to: "07:00"}',
    );
    expect(programme).toEqual([
      { id: 'watch', say, at: '07:00', days: [0, 1, 2, 3, 4, 5, 6], times: 1 },
      { id: 'market', say, at: '20:59', days: [1, 6], times: 3 },
    ]);
    expect(quietHours).toEqual({ fromMin: 1260, toMin: 420 });
  });
});

describe('cadences', () => {
  it('replace key by key what is built in', () => {
    const { cadences } = site('cadences: {fire: {burst_s: 8, times: 1, rests_s: 0}, fault: {resound_s: 60}}');
    expect(cadences.fire).toEqual({ ...usualCadences.fire, burstMs: 8000, times: 1, restsMs: 0 });
    expect(cadences.fault).toEqual({ ...usualCadences.fault, resoundMs: 60_000 });
    expect(cadences.warning).toEqual(usualCadences.warning);
  });
});

describe('exercises', () => {
  it('a drill is due again after a year as soon as drills are written down, and not before', () => {
    expect(site().exercises.drill.dueAfterMs).toBeNull();
    const { drill } = site('drill: {begins: {message: fire, on: [horn]}}').exercises;
    expect(drill).toEqual({ lastsMs: 600_000, begins: say, ends: null, dueAfterMs: 365 * 86_400_000 });
  });

  it('the siren test sounds every siren, shortly, unless it names some', () => {
    const written = 'siren_test: {day: monday, at: "10:00"';
    const all = ['siren-hall', 'siren-main'];
    const usual = { day: 1, at: '10:00', begins: null, outputs: all, soundsMs: 2000, volume: 30 };
    expect(site(`${written}}`).exercises.sirenTest).toEqual(usual);
    const own = site(`${written}, outputs: [siren-main, siren-main], sounds_s: 1.5, volume: 0}`).exercises.sirenTest;
    expect(own).toEqual({ ...usual, outputs: ['siren-main'], soundsMs: 1500, volume: 0 });
  });

  it('the walk test names detectors on loudspeakers that speak', () => {
    expect(site('walk_test: {on: [horn]}').exercises.walkTest).toEqual({ speakers: ['horn'], chirpMs: 500 });
    expect(site('walk_test: {chirp_ms: 200}').exercises.walkTest).toEqual({ speakers: [], chirpMs: 200 });
  });
});

it('the ancient town speaks in every plan, and on every loudspeaker', async () => {
  const outcome = await loadConfig('config/examples/ancient-town.yaml', known);
  if (!outcome.ok) throw new Error('does not load');
  const { plans, speakers, programme, exercises, outputs } = outcome.config;
  expect(plans.map(({ steps, allClear }) => [steps[0]?.say?.[0]?.message, allClear?.message])).toEqual([
    ['fire', 'all-clear'],
    ['fire', 'all-clear'],
    ['fire', 'all-clear'],
  ]);
  expect(speakers.map(({ player, amplifier }) => [player.kind === 'chip' && player.chip, amplifier])).toEqual([
    ['syn6288', 'amplifier-hall'],
    ['dfplayer', null],
  ]);
  expect(programme[0]?.times).toBe(2);
  expect(exercises.sirenTest?.outputs).toHaveLength(4);
  expect(outputs.find(({ kind }) => kind === 'amplifier')).toMatchObject({
    onControlLost: 'go-quiet',
    target: { timed: { table: 'coil', address: 0x0201, value: 300, forMs: 30_000 } },
  });
});
