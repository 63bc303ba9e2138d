/** Questions about what sounds, who is told, who looks, and which tables there are. */
import { isIP } from 'node:net';
import type { Words } from '../../config/vocabulary.js';
import type { Survey } from '../survey/survey.js';
import { type Answers, noAnswers } from './answers-schema.js';
import type { Given, Question } from './interview.js';
import { type FoundRelay, foundRelays, usualRelay } from './plan-outputs.js';
import { planSite, usualDataDir, usualPasswordFile } from './plan-site.js';
import type { PlannedDevice, PlannedZone } from './planned-site.js';
import { zonesIn } from './site-questions.js';
import { typedSounders } from './typed-lists.js';
import type { Profiles } from './weigh-unit.js';

export interface LastFacts {
  readonly survey: Survey;
  readonly profiles: Profiles;
  /** What is wrong with a table, for people; null: nothing. */
  readonly checkTable: (
    which: 'places' | 'households',
    path: string,
    zones: readonly PlannedZone[],
  ) => Promise<Words | null>;
}

/** `answers`: with all that was said before. */
export function* lastQuestions(answers: Answers, facts: LastFacts, given: Given): Generator<Question> {
  const zones = zonesIn(answers, given);
  if (answers.sounders === undefined) yield sounderQuestion(answers, facts, zones);
  if (answers.uplink === undefined) yield* uplinkQuestions(given);
  if (answers.panel === undefined) yield panelQuestion;
  if (answers.data_dir === undefined) yield dataDirQuestion;
  for (const which of ['places', 'households'] as const) {
    if (answers[which] === undefined) yield tableQuestion(which, facts, zones);
  }
}

/** As they would be written with what is known now. */
function devicesNow(answers: Answers, { survey, profiles }: LastFacts): readonly PlannedDevice[] {
  const known = { ...noAnswers, ...answers, sounders: [{ gpio: { pin: 0 } }] };
  const outcome = planSite({ answers: known, document: null, survey, profiles, places: [], households: [] });
  return outcome.ok ? outcome.site.devices : [];
}

export function relaysNow(answers: Answers, facts: LastFacts): readonly FoundRelay[] {
  return foundRelays(devicesNow(answers, facts), facts.profiles);
}

function sounderQuestion(answers: Answers, facts: LastFacts, zones: readonly PlannedZone[]): Question {
  const devices = devicesNow(answers, facts);
  const relays = foundRelays(devices, facts.profiles);
  const usual = usualRelay(devices, facts.profiles);
  const named = relays.map(({ device, channels }) => `${device}:1…${channels}`).join(' ');
  const mustSound = devices.some(({ tellsFire }) => tellsFire);
  return {
    key: 'sounders',
    text: {
      zh: `警铃接在哪里？用逗号分开：继电器:通道，或 gpio 加引脚号；后面 @防区（不写就是全村）、=名称。例如 relay-1:1@hall=祠堂警铃，gpio17。${named === '' ? '没有找到继电器模块' : `找到的继电器：${named}`}`,
      en: `Where are the sirens wired? With commas between: relay:channel, or gpio and the pin; behind it @zone (left out: the whole village) and =name. Such as relay-1:1@hall=hall siren, gpio17. ${named === '' ? 'No relay module was found' : `Relays that were found: ${named}`}`,
    },
    why: {
      zh: '探测器看见火，要有东西叫醒人；谁接在哪个触点上，线上问不出来',
      en: 'a fire that is seen has to wake people; what hangs at which contact can not be asked on the wire',
    },
    usual: usual === null ? '' : `${usual.device}:1`,
    check: (text) => {
      const typed = typedSounders(text, relays, zones);
      if (!typed.ok) return typed.wrong;
      if (typed.value.length > 0 || !mustSound) return null;
      return { zh: '有火警探测器，至少要有一路警铃', en: 'there are fire detectors: at least one siren is needed' };
    },
  };
}

function* uplinkQuestions(given: Given): Generator<Question> {
  yield {
    key: 'uplink.url',
    text: {
      zh: '上报到哪个平台？（mqtts://主机:端口；没有就回车）',
      en: 'Which centre is told? (mqtts://host:port; empty for none)',
    },
    why: {
      zh: '火警在本地响，与平台无关；平台能让区县也知道。以后也可以加',
      en: 'alarms sound here whatever the centre does; it lets the district know, too. It can be added later',
    },
    usual: '',
    check: checkUrl,
  };
  if ((given.get('uplink.url') ?? '') === '') return;
  yield {
    key: 'uplink.username',
    text: { zh: '平台给的账号？（没有就回车）', en: 'The name to sign in with? (empty for none)' },
    why: {
      zh: '密码不在这里问：它放在单独的文件里，谁也看不到',
      en: 'the password is not asked here: it goes into a file of its own that nobody else can read',
    },
    usual: '',
    check: (text) => (text.length <= 200 ? null : { zh: '最长 200 字', en: '200 characters at most' }),
  };
  if ((given.get('uplink.username') ?? '') === '') return;
  yield {
    key: 'uplink.password_file',
    text: { zh: '密码放在哪个文件？', en: 'Which file will hold the password?' },
    why: {
      zh: '站点文件里只写路径；怎样建这个文件，写在它上面的注释里',
      en: 'only its path stands in the site file; the comment above it tells how to make it',
    },
    usual: usualPasswordFile,
    check: checkAbsolute,
  };
}

/** As the schema wants it; a password in it would stand in the file. */
function checkUrl(text: string): Words | null {
  if (text === '' || /^(?:mqtts?|wss?):\/\/[^/@\s]+(?:\/\S*)?$/.test(text)) return null;
  return {
    zh: '写 mqtt://主机:端口 或 mqtts://主机:端口，不带账号和密码',
    en: 'write mqtt://host:port or mqtts://host:port, without name and password',
  };
}

function checkAbsolute(text: string): Words | null {
  return /^\/.{1,1000}$/.test(text) ? null : { zh: '写绝对路径，以 / 开头', en: 'write an absolute path' };
}

const panelQuestion: Question = {
  key: 'panel',
  text: { zh: '值班面板给谁看？', en: 'Who opens the duty panel?' },
  why: {
    zh: '面板显示哪里报警、该做什么。放到网络上会加密，设密码以前仍只在本机可见',
    en: 'it shows where the alarm is and what to do. On the network it is encrypted, and until a password is set it stays on this box',
  },
  usual: '127.0.0.1',
  choices: [
    { value: '127.0.0.1', words: { zh: '只在本机的屏幕上', en: 'only the screen of this box' } },
    {
      value: '0.0.0.0',
      words: { zh: '本机和村里网络上的电脑、手机', en: 'this box, and PCs and phones of the village' },
    },
    { value: 'none', words: { zh: '不要面板', en: 'no panel' } },
  ],
  check: (text) =>
    text === 'none' || isIP(text) !== 0
      ? null
      : { zh: '选 1 到 3，或写本机的一个 IP 地址', en: 'choose 1 to 3, or an IP address of the box' },
};

const dataDirQuestion: Question = {
  key: 'data_dir',
  text: { zh: '记录放在哪个目录？', en: 'In which directory is the journal kept?' },
  why: {
    zh: '所有报警和操作都记在这里；安装包已建好默认目录',
    en: 'every alarm and every order is kept there; the package has made the usual one',
  },
  usual: usualDataDir,
  check: checkAbsolute,
};

function tableQuestion(
  which: 'places' | 'households',
  { checkTable }: LastFacts,
  zones: readonly PlannedZone[],
): Question {
  const isPlaces = which === 'places';
  return {
    key: which,
    text: isPlaces
      ? {
          zh: '有位置表吗？写 CSV 文件的路径（没有就回车，位置以后填）',
          en: 'Is there a table of places? The path of the CSV file (empty for none: places are filled in later)',
        }
      : {
          zh: '有帮扶户表吗？写 CSV 文件的路径（没有就回车）',
          en: 'Is there a table of households with special care? The path of the CSV file (empty for none)',
        },
    why: isPlaces
      ? {
          zh: '报警时要知道往哪跑；表格模板：gengfu init --csv-template places',
          en: 'people have to know where to run; a template: gengfu init --csv-template places',
        }
      : {
          zh: '着火时先照看老人和孩子；只存在本机。模板：gengfu init --csv-template households',
          en: 'so that the old and the children are helped first; it stays on the box. A template: gengfu init --csv-template households',
        },
    usual: '',
    check: (text) => (text === '' ? null : checkTable(which, text, zones)),
  };
}

/** What was said, as answers. */
export function lastAnswers(answers: Answers, facts: LastFacts, given: Given): Partial<Answers> {
  const said = (key: string): string | null => {
    const text = given.get(key) ?? '';
    return text === '' ? null : text;
  };
  const sounders = given.has('sounders')
    ? typedSounders(given.get('sounders') ?? '', relaysNow(answers, facts), zonesIn(answers, given))
    : null;
  const [url, username, passwordFile, panel] = [
    said('uplink.url'),
    said('uplink.username'),
    said('uplink.password_file'),
    said('panel'),
  ];
  const [dataDir, places, households] = [said('data_dir'), said('places'), said('households')];
  return {
    ...(sounders?.ok === true ? { sounders: [...sounders.value] } : {}),
    ...(given.has('uplink.url')
      ? {
          uplink:
            url === null
              ? ('none' as const)
              : {
                  url,
                  ...(username === null ? {} : { username }),
                  ...(passwordFile === null ? {} : { password_file: passwordFile }),
                },
        }
      : {}),
    ...(panel === null ? {} : { panel: panel === 'none' ? ('none' as const) : { listen: panel, port: 8080 } }),
    ...(dataDir === null ? {} : { data_dir: dataDir }),
    ...(places === null ? {} : { places }),
    ...(households === null ? {} : { households }),
  };
}
