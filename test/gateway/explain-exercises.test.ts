/** What `gengfu explain` says behind the plans: what sounds although nothing burns, what people at the panel see and do, and who outside is told what. */
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../config/load-config.js';
import { explainExercises } from '../../gateway/annunciator/explain-exercises.js';
import { explainPlans } from '../../gateway/annunciator/explain-plan.js';
import { dutyFacts, explainDuty } from '../../gateway/duty/explain-duty.js';
import { explainUplinks } from '../../gateway/explain-uplinks.js';
import { configOf, known, siteText } from '../config/rig.js';

const speakers =
  '[{id: horn, name: 喇叭, player: {kind: syn6288, path: /dev/ttyS9}}, {id: card, player: {kind: dy, path: /dev/ttyS8}}, {id: box, player: {kind: aplay}}]';
const messages =
  '[{id: fire, name: {zh: 火警, en: fire}, text: 着火了, track: 3}, {id: bell, name: {zh: 钟声, en: bell}, file: a.wav}, {id: test, text: 试鸣}]';

const siteOf = (keys: string, plan = '') =>
  configOf(
    siteText(
      ['siren-main]}', `siren-main]${plan}}`],
      ['uplinks:', `speakers: ${speakers}\nmessages: ${messages}\n${keys}\nuplinks:`],
    ),
  );

const whole = `drill: {lasts_min: 5, begins: {message: test, on: [horn]}, ends: {message: bell, on: [box]}, due_after_days: 90}
siren_test: {day: monday, at: "10:00", begins: {message: test, on: [horn]}, outputs: [siren-main], sounds_s: 3}
walk_test: {on: [horn], chirp_ms: 400}
programme:
  - {id: watch, message: fire, on: [horn, card], at: "19:30", times: 2}
  - {id: market, message: bell, on: [box], at: "08:00", days: [saturday, sunday]}
quiet_hours: {from: "21:00", to: "06:30"}`;

describe('gengfu explain', () => {
  it('tells who hears what when in drill, siren test, walk test and programme', () => {
    expect(explainExercises(siteOf(whole), 'zh').split('\n')).toEqual([
      '演练（有人下令时，全部防区）',
      '  先播，再与警铃交替：喇叭播“试鸣”',
      '  响（每次 15 秒）：siren-hall、siren-main',
      '  结束时：box播钟声（文件 /site/a.wav）',
      '  没人结束时 5 分钟',
      '  90 天没有演练就提醒',
      '',
      '警铃试鸣（每周一 10:00，或有人下令时）',
      '  先播（音量 30 %）：喇叭播“试鸣”',
      '  逐个响 3 秒：siren-main',
      '',
      '走测（有人下令时）',
      '  每看到一个探测器，该防区的警铃短鸣 400 毫秒',
      '  报出它的名称：喇叭',
      '',
      '定时广播（有火警未复位时不播）',
      '  每天 19:30：喇叭播“着火了”；card播火警（曲目 3）（2 遍）',
      '  每周六、周日 08:00：box播钟声（文件 /site/a.wav）',
      '  静默时段 21:00 到 06:30 不开始定时广播；报警和演练照响',
    ]);
    const en = explainExercises(siteOf(whole), 'en');
    expect(en).not.toMatch(/(?![着火了试鸣喇叭])[\u4e00-\u9fff]/);
    expect(en).toContain('every Monday at 10:00');
    expect(en).toContain('quiet hours 21:00 to 06:30');
  });

  it('says so where there is nothing of it', () => {
    const text = explainExercises(configOf(siteText()), 'zh');
    expect(text).toContain('  响：siren-hall、siren-main\n  没人结束时 10 分钟\n  不提醒演练');
    expect(text).toContain('警铃试鸣：没有安排');
    expect(text).toContain('定时广播：没有');
  });

  it('tells a message without a text by its name and its track or file, in the plans too', () => {
    const config = siteOf('', ', say: [{message: fire, on: [horn, card]}, {message: bell, on: [box]}]');
    expect(explainPlans(config, 'zh')).toContain('喇叭播“着火了”；card播火警（曲目 3）；box播钟声（文件 /site/a.wav）');
    expect(explainPlans(config, 'en')).toContain('card says fire (track 3); box says bell (file /site/a.wav)');
  });

  const panel = `panel: {listen: "::", port: 8443, names: [fire.yunxi.cn], tls: own, sign_out_after_s: 300, night: {from: "23:00"}}
households:
  - {id: h1, door: 老街 12 号, zone: hall, care: [elderly_alone], people: 王秀英, phone: "13800138000", note: 敲窗}
  - {id: h2, door: 老街 14 号, zone: hall, care: [other], people: 李建国}
  - {id: h3, door: 村口, care: [other]}`;

  it('tells where the panel is, what to do by class and zone, and how many need help, never who', () => {
    const config = siteOf(panel, ', what_to_do: [{zh: 派两人去看, en: send two people}, 打 119]');
    const lines = explainDuty(config, 'zh').split('\n');
    expect(lines.slice(0, 10)).toEqual([
      '值班面板（[::]:8443；设好密码之前只在本机）',
      '  加密，自制证书',
      '  域名：fire.yunxi.cn',
      '  夜间 23:00 到 07:00：技术类等到早上，故障只响一次，监管每 10 分钟响一次；火警和预警照响',
      '  300 秒没人碰就退出登录',
      '  需帮扶：祠堂 2 户、其他 1 户',
      '',
      '火警时怎么做（祠堂）',
      '  1. 派两人去看',
      '  2. 打 119',
    ]);
    expect(lines).toContain('故障时怎么做（其余防区）');
    const en = explainDuty(config, 'en');
    expect(en).toContain('households with special care: 祠堂 2, elsewhere 1\n');
    expect(en).toContain('  1. send two people\n');
    expect(dutyFacts(config)).toMatchObject({
      households: [
        { zone: 'hall', count: 2 },
        { zone: null, count: 1 },
      ],
    });
    for (const text of [lines.join(), en, JSON.stringify(dutyFacts(config))])
      expect(text).not.toMatch(/王秀英|李建国|13800138000|敲窗|老街|村口|h1/);
  });

  it('says so where there is no panel', () => {
    expect([explainDuty(siteOf(''), 'zh'), explainDuty(siteOf(''), 'en')]).toEqual([
      '值班面板：没有',
      'duty panel: none',
    ]);
    expect(dutyFacts(siteOf(''))).toEqual({ panel: null, whatToDo: [], households: [] });
  });

  it('tells who outside is told what, and how a duty check is seen and answered, without a number of anybody', async () => {
    const loaded = await loadConfig('config/examples/district-station.yaml', known);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    const [zh, en] = (['zh', 'en'] as const).map((lang) => explainUplinks(loaded.config, lang).split('\n'));
    expect(zh?.slice(1)).toEqual([
      '  district（MQTT mqtt.yuzhong.example:8883，加密）：全部记录，和测量数据',
      '  monitoring（GB/T 26875.3 fire.yuzhong.example:5000）：它的语言能表达的全部记录，和测量数据',
      '  county（HTTP gbt45839 iot.yuzhong.example:443，加密）：它的语言能表达的全部记录，不报测量数据',
      '  sms（短信 /dev/gengfu-modem）：',
      '    station-head：火警、预警、监管、故障；22:00 到 07:00 只收火警',
      '    market-warden：火警、预警，防区 老市场',
      '    火警：立即发；其他：120 秒内没有平台确认才发',
      '    每小时最多 30 条，后三分之一留给火警',
      '',
      '查岗（monitoring 可以查）',
      '  提示：查岗灯、查岗蜂鸣器',
      '  应答：确认键、查岗应答键、gengfu duty-answer',
    ]);
    expect(en?.join()).not.toMatch(/[\u4e00-\u9fff]/);
    expect([zh, en].join()).not.toContain('13000000001');
    expect(explainUplinks(configOf(siteText()), 'en')).not.toContain('duty checks');
  });
});
