/** Everything that can be wrong with a site file or a profile, declared once: wording and a hint to act on. */
import { type ConfigProblemText, outputProblems } from './output-problems.js';
import { panelProblems } from './panel-problems.js';
import { type FilePlace, type Problem, quoteOutside, type Told } from './problem.js';
import { profileProblems } from './profile-problems.js';
import { samplingProblems } from './sampling-problems.js';
import { uplinkProblems } from './uplink-problems.js';
import type { Words } from './vocabulary.js';
import { voiceProblems } from './voice-problems.js';

export const configProblems = {
  ...outputProblems,
  ...voiceProblems,
  ...uplinkProblems,
  ...samplingProblems,
  ...panelProblems,
  ...profileProblems,
  'CONF-001': {
    zh: '文件读不出',
    en: 'the file can not be read',
    hint: { zh: '检查路径和文件权限', en: 'check the path and the file permissions' },
  },
  'CONF-002': {
    zh: '这不是普通文件',
    en: 'this is not a regular file',
    hint: { zh: '请给出 YAML 文件本身的路径', en: 'give the path of the YAML file itself' },
  },
  'CONF-003': {
    zh: '文件太大',
    en: 'the file is too large',
    hint: { zh: '配置文件只有几十 kB；可能给错了文件', en: 'such a file has some tens of kB; is it the right one?' },
  },
  'CONF-004': {
    zh: '文件不是 UTF-8 文本',
    en: 'the file is not UTF-8 text',
    hint: { zh: '用编辑器另存为 UTF-8（不是 GBK）', en: 'save it as UTF-8 (not GBK) in your editor' },
  },
  'CONF-005': {
    zh: '文件是空的',
    en: 'the file is empty',
    hint: { zh: '从 smallest-site.yaml 抄一份开始', en: 'start from a copy of smallest-site.yaml' },
  },
  'CONF-006': {
    zh: 'YAML 语法错误',
    en: 'this is not correct YAML',
    hint: {
      zh: '检查缩进（用空格，不用制表符）、引号、括号和冒号后的空格',
      en: 'check indentation (spaces, no tabs), quotes, brackets and the space after each colon',
    },
  },
  'CONF-007': {
    zh: '同一个键写了两次',
    en: 'the same key stands here twice',
    hint: { zh: '删掉其中一个', en: 'remove one of them' },
  },
  'CONF-008': {
    zh: '这里不用 YAML 的锚、别名和标签',
    en: 'YAML anchors, aliases and tags are not used here',
    hint: { zh: '把内容直接写出来', en: 'write the content out' },
  },
  'CONF-009': {
    zh: '嵌套太深或条目太多',
    en: 'too deeply nested, or too many parts',
    hint: { zh: '这不像一个配置文件；检查括号是否成对', en: 'this is no site file; check that brackets are closed' },
  },
  'CONF-010': {
    zh: '问题太多，其余未列出',
    en: 'too many problems; the rest is not listed',
    hint: { zh: '先改正列出的问题再检查一次', en: 'correct the listed ones and check again' },
  },
  'CONF-011': {
    zh: '不认识这个键',
    en: 'this key is not known',
    hint: { zh: '检查拼写；全部键见 config/README.md', en: 'check the spelling; config/README.md lists every key' },
  },
  'CONF-012': {
    zh: '缺少必填的键',
    en: 'a required key is missing',
    hint: { zh: '补上这个键', en: 'add the key' },
  },
  'CONF-013': {
    zh: '值的类型不对',
    en: 'the value is of the wrong type',
    hint: { zh: '数字不加引号，列表用 [ ] 或短横线', en: 'numbers stand without quotes, lists in [ ] or with dashes' },
  },
  'CONF-014': {
    zh: '不允许的值',
    en: 'this value is not allowed',
    hint: {
      zh: '这个键能写什么，见 config/README.md 的表',
      en: 'what may stand at this key: the tables of config/README.md',
    },
  },
  'CONF-015': {
    zh: '不支持的文件版本',
    en: 'this file version is not supported',
    hint: { zh: '文件可能属于更新的程序版本', en: 'the file may belong to a newer release' },
  },
  'CONF-020': {
    zh: '编号重复',
    en: 'this id is used twice',
    hint: { zh: '给其中一个换一个编号', en: 'give one of them another id' },
  },
  'CONF-021': {
    zh: '同一条线路上地址重复',
    en: 'two units on one line have the same address',
    hint: {
      zh: '两台设备会同时应答；改其中一台的拨码和配置',
      en: 'both would answer at once; change the switches and the entry of one of them',
    },
  },
  'CONF-022': {
    zh: '没有这条线路',
    en: 'there is no such line',
    hint: { zh: '在 lines 里声明它，或改正编号', en: 'declare it under lines, or correct the id' },
  },
  'CONF-023': {
    zh: '没有这个防区',
    en: 'there is no such zone',
    hint: { zh: '在 zones 里声明它，或改正编号', en: 'declare it under zones, or correct the id' },
  },
  'CONF-024': {
    zh: '没有这个设备型号文件',
    en: 'there is no such device profile',
    hint: { zh: '型号文件在 config/profiles', en: 'profiles live in config/profiles' },
  },
  'CONF-025': {
    zh: '没有这台设备',
    en: 'there is no such device',
    hint: { zh: '在 devices 里声明它，或改正编号', en: 'declare it under devices, or correct the id' },
  },
  'CONF-026': {
    zh: '这台设备没有这一路',
    en: 'the device has no such channel',
    hint: { zh: '通道从 1 数起，印在端子旁', en: 'channels count from 1, as printed at the terminals' },
  },
  'CONF-027': {
    zh: '这个型号不能用这个地址',
    en: 'this model can not have this address',
    hint: { zh: '核对拨码开关', en: 'check the address switches' },
  },
  'CONF-028': {
    zh: '型号文件还是草稿，没有在真设备上验证',
    en: 'the profile is a draft, not proven on a real unit',
    hint: {
      zh: '确认风险后在该设备上写 allow_draft: true，并按下测试按钮试一次',
      en: 'if you accept that, write allow_draft: true at the device and press its test button once',
    },
  },
  'CONF-029': {
    zh: '设备的接线没有说清',
    en: 'it is not clear how the device is wired',
    hint: {
      zh: '线路上的设备写 line 和 unit；干接点写 input（device 加 channel，或 gpio）；模拟量传感器写 input（device 加 channel）',
      en: 'on a line: line and unit; a dry contact: input (device and channel, or gpio); an analog sensor: input (device and channel)',
    },
  },
  'CONF-030': {
    zh: '型号和接线方式不符',
    en: 'the profile does not fit this kind of wiring',
    hint: {
      zh: '干接点和模拟量传感器用 input；线路上的型号用 line 和 unit',
      en: 'dry contacts and analog sensors use input; models on a line use line and unit',
    },
  },
  'CONF-031': {
    zh: '线路参数与设备不符',
    en: 'the settings of the line do not suit the unit',
    hint: {
      zh: '同一条线路上所有设备的参数必须一致；改线路或改设备',
      en: 'all units of a line share its settings; change the line or the unit',
    },
  },
  'CONF-032': {
    zh: '两条线路用了同一个串口或同一个网络地址',
    en: 'two lines use the same serial device or network address',
    hint: {
      zh: '一个串口或网络地址只能属于一条线路',
      en: 'a serial device or network address belongs to one line only',
    },
  },
  'CONF-033': {
    zh: '同一个输入接了两次',
    en: 'the same input is used twice',
    hint: { zh: '核对端子接线表', en: 'compare with the wiring list' },
  },
  'CONF-034': {
    zh: '同一个 GPIO 引脚用了两次',
    en: 'the same GPIO pin is used twice',
    hint: { zh: '核对端子接线表', en: 'compare with the wiring list' },
  },
  'CONF-035': {
    zh: '同一路继电器用了两次',
    en: 'the same relay channel is used twice',
    hint: { zh: '一路继电器只能属于一个输出', en: 'a relay channel belongs to one output only' },
  },
  'CONF-036': {
    zh: '这台设备没有这种输入',
    en: 'this device has no inputs of this kind',
    hint: {
      zh: '干接点接到带开关量输入的模块（例如 n4d8b08），电流或电压信号接到模拟量模块',
      en: 'a dry contact needs a module with inputs, such as n4d8b08; a current or voltage needs an analog module',
    },
  },
  'CONF-037': {
    zh: '这台设备不能开关输出',
    en: 'this device can not switch outputs',
    hint: { zh: '接到继电器模块上，例如 waveshare-relay8', en: 'use a relay module, such as waveshare-relay8' },
  },
  'CONF-038': {
    zh: '输出接在哪里没有说清',
    en: 'it is not clear what drives the output',
    hint: { zh: 'relay 和 gpio 写且只写一个', en: 'write exactly one of relay and gpio' },
  },
  'CONF-039': {
    zh: '失去控制时的做法无法保证',
    en: 'what is asked for when control is lost can not be kept',
    hint: {
      zh: '继电器和引脚在程序结束后保持原状；写 keep_sounding，或用继电器自带的定时 relay.timed_s',
      en: 'relays and pins hold their level after the program ends; write keep_sounding, or use the timer of the relay, relay.timed_s',
    },
  },
  'CONF-040': {
    zh: '用到了引脚，但没有写 gpio',
    en: 'pins are used but gpio is missing',
    hint: { zh: '加上 gpio: {driver: sysfs}', en: 'add gpio: {driver: sysfs}' },
  },
  'CONF-041': {
    zh: '本程序没有这种引脚驱动',
    en: 'this program has no such pin driver',
    hint: { zh: '真实主机上写 sysfs', en: 'on a real box write sysfs' },
  },
  'CONF-042': {
    zh: '本程序没有这种上联方式',
    en: 'this program has no such kind of uplink',
    hint: { zh: '改用支持的方式', en: 'use a kind that is supported' },
  },
  'CONF-043': {
    zh: '上联的账号、证书写得不完整或互相矛盾',
    en: 'name, password and certificate keys of the uplink do not fit together',
    hint: {
      zh: 'password_file 要有 username；cert_file 与 key_file 成对；证书只用于 mqtts:// 和 wss://',
      en: 'password_file needs username; cert_file and key_file come together; certificates need mqtts:// or wss://',
    },
  },
  'CONF-044': {
    zh: '线路的键与传输方式不符',
    en: 'the keys of the line do not fit its transport',
    hint: {
      zh: 'serial 写 path；rtu_over_tcp 写 host 和 port；tcp 写 host，后面还有串口线路时再写 baud',
      en: 'serial has path; rtu_over_tcp has host and port; tcp has host, and baud when a serial line is behind it',
    },
  },
  'CONF-045': {
    zh: '这台设备不能接在这条线路上',
    en: 'this device can not live on this line',
    hint: {
      zh: '换一条线路；一条线路上只能有一种传输方式和一种协议',
      en: 'give it another line; a line has one transport and one dialect',
    },
  },
  'CONF-046': {
    zh: '本程序不会读这种设备的协议',
    en: 'this program can not read the dialect of this device',
    hint: { zh: '设备的协议可能属于更新的程序版本', en: 'the dialect may belong to a newer release' },
  },
  'CONF-047': {
    zh: '这个型号没有这个选项',
    en: 'this model has no such option',
    hint: { zh: '检查拼写；选项列在型号文件的 options 里', en: 'check the spelling; the profile lists its options' },
  },
  'CONF-048': {
    zh: '缺少型号要求的选项',
    en: 'an option that the model needs is missing',
    hint: { zh: '看设备铭牌，把它写进 options', en: 'read it off the label and write it under options' },
  },
  'CONF-049': {
    zh: '选项的值不对',
    en: 'the value of the option is not allowed',
    hint: { zh: '对照设备铭牌改正', en: 'compare with the label of the device' },
  },
  'CONF-050': {
    zh: '没有这个输出',
    en: 'there is no such output',
    hint: { zh: '在 outputs 里声明它，或改正编号', en: 'declare it under outputs, or correct the id' },
  },
  'CONF-051': {
    zh: '火警预案里没有警铃',
    en: 'a plan for fire sounds no siren',
    hint: { zh: '至少加一个 kind: siren 的输出', en: 'add at least one output of kind siren' },
  },
  'CONF-052': {
    zh: '有火警点，但没有预案让警铃响',
    en: 'a fire point that no plan covers: nothing would sound',
    hint: {
      zh: '给设备写 zone，并为该防区写一个 class: fire 的预案',
      en: 'give the device a zone and write a plan with class: fire for that zone',
    },
  },
  'CONF-053': {
    zh: '单位换算不过来',
    en: 'the unit does not convert to the one that is needed',
    hint: {
      zh: '压力用 MPa、kPa、bar 等，液位用 m、cm、mm，信号用 mA 或 V',
      en: 'pressure is in MPa, kPa, bar and so on, a level in m, cm or mm, a signal in mA or V',
    },
  },
  'CONF-054': {
    zh: '这个型号没有这个变体',
    en: 'this model has no such variant',
    hint: { zh: '变体列在型号文件的 variants 里', en: 'the profile lists its variants' },
  },
  'CONF-055': {
    zh: '这两个触点不能写成互斥',
    en: 'these two can not exclude each other',
    hint: {
      zh: '两个都要是干接点，接在同一个模块上，或都接在引脚上',
      en: 'both must be dry contacts, on the same module or both at pins',
    },
  },
  'CONF-056': {
    zh: '主机后面的部位写得不对',
    en: 'an object behind the panel is not listed correctly',
    hint: { zh: '部位号按主机的写法，每个只列一次', en: 'write it as the panel does, and each one once' },
  },
  'CONF-057': {
    zh: '设备编号不能以 line- 开头，也不能是 box 或 uplink-加上传通道编号',
    en: 'the id of a device can neither begin with line- nor be box, nor uplink- with the id of an uplink',
    hint: {
      zh: '这样的编号留给线路、网关和上传通道自己的测点',
      en: 'such ids belong to the points of the lines, of the box and of the uplinks',
    },
  },
  'CONF-064': {
    zh: '这台设备没有这个测点',
    en: 'the device has no such point',
    hint: { zh: '测点列在型号文件的 points 里', en: 'the profile lists its points' },
  },
  'CONF-065': {
    zh: '这个测点不能设报警值',
    en: 'this point can have no limits',
    hint: {
      zh: '报警值只用于会报警的数值，例如剩余电流、温度、水压、液位、燃气浓度',
      en: 'limits are for numbers that can alarm, such as residual current, temperature, pressure, level or gas',
    },
  },
  'CONF-066': {
    zh: '报警值不完整或自相矛盾',
    en: 'the limits are incomplete or contradict each other',
    hint: {
      zh: 'low 和 high 至少写一个，low 小于 high；回差不能大到恢复不了正常',
      en: 'write low, high or both, low below high, and a deadband that leaves room for normal values',
    },
  },
  'CONF-067': {
    zh: '报警值在设备能报的范围之外',
    en: 'the limit lies outside of what the device can tell',
    hint: {
      zh: '单位与型号文件或铭牌选项中的相同；只写数字',
      en: 'it is written in the unit of the profile or of the label option, the number alone',
    },
  },
} as const satisfies Record<`CONF-${string}`, ConfigProblemText>;
export type ConfigProblemCode = keyof typeof configProblems;

/** One problem of the table, at a place. Outside text in `got` is cut and cleaned here. */
export function configProblem(
  code: ConfigProblemCode,
  at: FilePlace | null,
  where: string,
  expected: Told | null = null,
  got: Told | null = null,
  hint: Words = configProblems[code].hint,
): Problem {
  const { zh, en } = configProblems[code];
  const clean = (told: Told): Told =>
    typeof told === 'string' ? quoteOutside(told) : { zh: quoteOutside(told.zh), en: quoteOutside(told.en) };
  const seen = got === null ? null : clean(got);
  return { code, at, where: quoteOutside(where), what: { zh, en }, expected, got: seen, hint, retry: 'never' };
}
