/** A planned site as the text of its file: every part with a comment in Chinese and English that says what it is and what to change. Pure. */
import type { HouseholdYaml } from '../../config/panel-schema.js';
import { placeToBeFilledIn } from '../../config/to-be-filled-in.js';
import { lineAtText } from './line-names.js';
import type { PlannedLine, PlannedOutput, PlannedPlan, PlannedSite, SilentLine } from './planned-site.js';
import { devicesText } from './write-devices.js';
import { comment, commentedOut, group, list, scalar, shortComment, wordsText } from './yaml-text.js';

const inList = '  ';

export function siteText(site: PlannedSite): string {
  const parts = [
    headText(site),
    linesText(site),
    zonesText(site),
    ['devices:', ...placesWords(site), ...devicesText(site.lines, site.devices, site.leftOut), ...contactsText(site)],
    outputsText(site),
    plansText(site),
    exerciseText(site),
    panelText(site),
    householdsText(site),
    uplinkText(site),
    site.outputs.some(({ target }) => target.kind === 'gpio') ? pinsText : [],
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headText({ preset, site, dataDir, dailyReportAt, isWhole }: PlannedSite): readonly string[] {
  const { zh, en } = preset.names;
  const broken = {
    zh: '搜索没有做完，可能还有设备没找到：再运行一次 gengfu find',
    en: 'The search was broken off and there may be more units: run gengfu find again',
  };
  return [
    ...comment({
      zh: `由 gengfu init 按“${zh}”写成：${preset.means.zh}。改完用 gengfu check 检查；每个键见 config/README.md。`,
      en: `Written by gengfu init for a place of the kind "${en}": ${preset.means.en}. Run gengfu check after a change; config/README.md has every key.`,
    }),
    ...(isWhole ? [] : comment(broken)),
    'version: 1',
    shortComment({ zh: '站点编号会出现在每条上报里', en: 'The site id is part of every report' }),
    `site: ${group({ id: scalar(site.id), district: scalar(site.district), name: wordsText(site.name), code: site.code === null ? null : scalar(site.code) })}`,
    `data_dir: ${scalar(dataDir)}`,
    `daily_report_at: ${scalar(dailyReportAt)}`,
  ];
}

function linesText({ lines, silentLines }: PlannedSite): readonly string[] {
  if (lines.length === 0 && silentLines.length === 0) return [];
  const head = shortComment({
    zh: '线路：一对 RS-485 线或一台服务器一条',
    en: 'Lines: one for each RS-485 pair or server',
  });
  const body = lines.length === 0 ? ['lines: []'] : ['lines:', ...lines.flatMap(lineText)];
  return [head, ...body, ...silentLines.flatMap(silentText)];
}

function lineText(line: PlannedLine): readonly string[] {
  const { id, name, at, adapter, format, timeoutMs, quarantineMs, fireDeadlineMs, notes } = line;
  const named =
    adapter === null ? [] : comment({ zh: `转换器：${adapter}`, en: `adapter: ${adapter}` }, inList).slice(0, 1);
  const where =
    at.kind === 'serial'
      ? { path: scalar(at.path) }
      : { transport: at.transport, host: scalar(at.host), port: at.port };
  const entry = group({
    id: scalar(id),
    name: name === null ? null : wordsText(name),
    ...where,
    baud: format?.baud ?? null,
    parity: format === null || format.parity === 'none' ? null : format.parity,
    stop_bits: format === null || format.stopBits === 1 ? null : format.stopBits,
    timeout_ms: timeoutMs,
    quarantine_ms: quarantineMs,
    fire_deadline_ms: fireDeadlineMs,
  });
  const slow = {
    zh: `这条线路 2 秒内看不到每个火警，时限放宽到 ${((fireDeadlineMs ?? 0) / 1000).toFixed(1)} 秒；想快一些：提高波特率或分成两条线路（gengfu check 会说怎样够快）`,
    en: `This line can not see every fire within 2 s, so its limit is ${((fireDeadlineMs ?? 0) / 1000).toFixed(1)} s; a higher speed or a second line makes it quicker (gengfu check tells what is enough)`,
  };
  return [
    ...named,
    ...notes.flatMap((note) => comment(note, inList)),
    ...(fireDeadlineMs === null ? [] : comment(slow, inList)),
    `${inList}- ${entry}`,
  ];
}

function silentText({ at, adapter, troubles }: SilentLine): readonly string[] {
  const where = `${lineAtText(at)}${adapter === null ? '' : ` (${adapter})`}`;
  const said = troubles.length === 0 ? [{ zh: '没有应答', en: 'nothing answers' }] : troubles;
  return comment(
    {
      zh: `${where}：${said.map(({ zh }) => zh).join('；')}`,
      en: `${where}: ${said.map(({ en }) => en).join('; ')}`,
    },
    inList,
  );
}

function zonesText({ zones }: PlannedSite): readonly string[] {
  const head = shortComment({ zh: '防区：一起报警的一片地方', en: 'Zones: parts of the site that sound together' });
  return [
    head,
    'zones:',
    ...zones.map(
      ({ id, name }) => `${inList}- ${group({ id: scalar(id), name: name === null ? null : wordsText(name) })}`,
    ),
  ];
}

function placesWords({ devices }: PlannedSite): readonly string[] {
  const missing = devices.filter(({ place }) => place === 'to-be-filled-in').length;
  if (missing === 0) return [];
  const { zh, en } = placeToBeFilledIn;
  return comment(
    {
      zh: `位置写“${zh}”的有 ${missing} 处，请改成实际位置（防区不对也一起改）；gengfu check 会列出来。`,
      en: `${missing} places say "${en}": write where each one hangs, and correct its zone; gengfu check lists them.`,
    },
    inList,
  );
}

/** What is wired to modules of inputs nobody can find out from the wire. */
function contactsText({ devices, zones }: PlannedSite): readonly string[] {
  const module = devices.find(({ id, profile }) => id.startsWith('io-') || profile.startsWith('n4d8b08'));
  if (module === undefined) return [];
  const zone = module.zone ?? zones[0]?.id ?? 'zone';
  const entry = group({
    id: 'call-1',
    profile: 'dry-contact-call-point',
    input: group({ device: scalar(module.id), channel: 1 }),
    zone: scalar(zone),
    place: wordsText(placeToBeFilledIn),
  });
  return [
    ...comment(
      {
        zh: '输入模块上接了什么，线上问不出来。每接一个干接点写一条，例如手报（其余见 config/profiles 里的 dry-contact-…）：',
        en: 'What is wired to a module of inputs can not be asked. Write one entry for each dry contact, such as a call point (the others: dry-contact-… in config/profiles):',
      },
      inList,
    ),
    ...commentedOut([`${inList}- ${entry}`], inList),
  ];
}

function outputsText({ outputs }: PlannedSite): readonly string[] {
  if (outputs.length === 0) return [];
  const head = comment({
    zh: '警铃。主机停了，正在响的警铃继续响。每路都用 gengfu test siren 试一次。',
    en: 'Sirens. If the box stops, a sounding siren goes on sounding. Try each of them with gengfu test siren.',
  });
  return [...head, 'outputs:', ...outputs.map(outputText)];
}

function outputText({ id, name, zone, target }: PlannedOutput): string {
  const wired =
    target.kind === 'relay'
      ? { relay: group({ device: scalar(target.device), channel: target.channel }) }
      : { gpio: group({ pin: target.pin, active_low: target.activeLow ? true : null }) };
  return `${inList}- ${group({
    id: scalar(id),
    name: wordsText(name),
    kind: 'siren',
    zone: zone === null ? null : scalar(zone),
    ...wired,
    on_control_lost: 'keep_sounding',
  })}`;
}

function plansText({ preset, plans }: PlannedSite): readonly string[] {
  if (plans.length === 0) return [];
  const steps = preset.whatToDo?.map((step) => `      - ${wordsText(step)}`) ?? [];
  // With one place that sounds there is nothing to wake later.
  const isSimple = preset.planStyle !== 'together' && plans.every(({ zones }) => zones === 'all');
  const why = isSimple
    ? { zh: '哪里着火都是所有警铃一起响', en: 'wherever it burns, everything sounds' }
    : preset.planWhy;
  return [
    ...comment({
      zh: `火警时谁先响、谁后响：${why.zh}。gengfu explain 用文字说明。`,
      en: `Who hears a fire, and when: ${why.en}. gengfu explain tells it in words.`,
    }),
    'plans:',
    ...plans.flatMap((plan) => planText(plan, steps)),
  ];
}

function planText({ id, zones, sound, preset, village }: PlannedPlan, steps: readonly string[]): readonly string[] {
  const where = zones === 'all' ? 'all' : list(zones.map(scalar));
  return [
    `${inList}- id: ${scalar(id)}`,
    `    when: ${group({ class: 'fire', zones: where })}`,
    `    sound: ${list(sound.map(scalar))}`,
    ...(preset === null ? [] : [`    preset: ${preset}`, `    village: ${list(village.map(scalar))}`]),
    ...(steps.length === 0 ? [] : ['    what_to_do:', ...steps]),
  ];
}

function exerciseText({ preset, outputs }: PlannedSite): readonly string[] {
  const { sirenTest, drill } = preset;
  return [
    ...(outputs.length === 0
      ? []
      : [
          ...comment(sentence(sirenTest.why, '每周试鸣', 'Every week')),
          `siren_test: ${group({ day: sirenTest.day, at: scalar(sirenTest.at) })}`,
        ]),
    ...comment(sentence(drill.why, '演练到期会提醒', 'Somebody is reminded of the next drill')),
    `drill: ${group({ lasts_min: drill.lastsMin, due_after_days: drill.dueAfterDays })}`,
  ];
}

function sentence({ zh, en }: { readonly zh: string; readonly en: string }, headZh: string, headEn: string) {
  return { zh: `${headZh}：${zh}。`, en: `${headEn}: ${en}.` };
}

function panelText({ panel, preset }: PlannedSite): readonly string[] {
  const { night, signOutAfterS } = preset;
  if (panel === null) {
    return comment({
      zh: '没有值班面板。要用时加上 panel: {listen: 127.0.0.1, port: 8080}',
      en: 'No duty panel. To have one, add panel: {listen: 127.0.0.1, port: 8080}',
    });
  }
  const isOpen = !panel.listen.startsWith('127.');
  const value = group({
    listen: scalar(panel.listen),
    port: panel.port,
    tls: isOpen ? 'own' : null,
    sign_out_after_s: signOutAfterS,
    night: group({ from: scalar(night.from), to: scalar(night.to) }),
  });
  const open = isOpen
    ? {
        zh: '网络上的人都能打开，连接加密；设密码以前只在本机可见（gengfu user）',
        en: 'Served on the network, encrypted; until a password is set (gengfu user) on this box only',
      }
    : {
        zh: '只在本机的屏幕上打开；别处要看就改 listen',
        en: 'On the screen of this box only; for others change listen',
      };
  return [
    ...comment({
      zh: `值班面板。${open.zh}。夜里小事不响，${night.why.zh}。`,
      en: `The duty panel. ${open.en}. At night small matters are silent: ${night.why.en}.`,
    }),
    `panel: ${value}`,
  ];
}

function householdsText({ households }: PlannedSite): readonly string[] {
  if (households.length === 0) return [];
  return [
    ...comment({
      zh: '要先照看的住户。姓名和电话只在登录后显示，绝不外传。',
      en: 'People who need help first: names and numbers are shown after signing in and told to nobody outside.',
    }),
    'households:',
    ...households.flatMap(householdText),
  ];
}

function householdText({ id, door, zone, care, people, phone, note, near }: HouseholdYaml): readonly string[] {
  const optional = (key: string, text: string | undefined): readonly string[] =>
    text === undefined ? [] : [`    ${key}: ${JSON.stringify(text)}`];
  return [
    `${inList}- id: ${scalar(id)}`,
    `    door: ${wordsText(door)}`,
    ...(zone === undefined ? [] : [`    zone: ${scalar(zone)}`]),
    `    care: ${list(care)}`,
    ...optional('people', people),
    ...optional('phone', phone),
    ...optional('note', note),
    ...(near.length === 0 ? [] : [`    near: ${list(near.map(scalar))}`]),
  ];
}

function uplinkText({ uplink }: PlannedSite): readonly string[] {
  if (uplink === null) {
    return [
      ...comment({
        zh: '没有上联：只在本地报警。接平台时改成下面这样，断线不影响报警。',
        en: 'No uplink: alarms are heard here only. To tell a centre write it like this; alarms do not depend on it.',
      }),
      ...commentedOut(['uplinks:', '  - {id: district, kind: mqtt, url: "mqtts://mqtt.example:8883"}'], ''),
    ];
  }
  const { url, username, passwordFile, caFile } = uplink;
  const file = passwordFile ?? '';
  const secret = {
    zh: `密码不写在这里，放在 ${file}。建文件：sudo install -m 600 -o gengfu -g gengfu /dev/null ${file}，再 sudoedit ${file}，只写密码一行。`,
    en: `The password does not stand here but in ${file}. To make it: sudo install -m 600 -o gengfu -g gengfu /dev/null ${file}, then sudoedit ${file} and write the password, nothing else.`,
  };
  const entry = group({
    id: 'district',
    kind: 'mqtt',
    url: JSON.stringify(url),
    username: username === null ? null : scalar(username),
    password_file: passwordFile === null ? null : scalar(passwordFile),
    ca_file: caFile === null ? null : scalar(caFile),
  });
  return [
    shortComment({ zh: '区县平台，断线不影响报警', en: 'The district. Alarms do not depend on it' }),
    ...(passwordFile === null ? [] : comment(secret)),
    'uplinks:',
    `${inList}- ${entry}`,
  ];
}

const pinsText: readonly string[] = [
  ...comment({
    zh: '引脚用 sysfs：程序停了引脚保持电平，警铃不会因此停。',
    en: 'Pins through sysfs: they hold their level when the program ends, so a siren does not fall silent.',
  }),
  'gpio: {driver: sysfs}',
];
