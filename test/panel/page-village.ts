/** A small village for the page: a site, a state in which nothing is wrong, and alarms for it. */
import type { PanelAnswer } from '../../gateway/panel/api/orders.js';
import type { Household, SiteInfo } from '../../gateway/panel/api/site.js';
import type { AlarmRow, PanelState } from '../../gateway/panel/api/state.js';

/** 2026-11-30 22:03:20 in Shanghai. */
export const beganWall = Date.UTC(2026, 10, 30, 14, 3, 20);

const both = (zh: string, en: string) => ({ zh, en });

const zones = [
  { id: 'hall', name: both('宗祠', 'Ancestral hall') },
  { id: 'east', name: both('东巷', 'East lane') },
  { id: 'pump', name: both('泵房', 'Pump house') },
];

export function aSite(): SiteInfo {
  return {
    id: 'yunxi',
    district: 'demo',
    name: both('云溪村微型消防站', 'Yunxi village fire station'),
    timeZone: 'Asia/Shanghai',
    night: { fromMinute: 22 * 60, toMinute: 7 * 60 },
    zones,
    lines: [],
    devices: [],
    points: Array.from({ length: 126 }, (_, at) => ({
      id: `p${at}`,
      name: both(`测点 ${at}`, `point ${at}`),
      role: 'smoke',
      class: 'fire' as const,
      zone: 'hall',
      place: null,
      device: null,
      physicalUnit: null,
      limits: null,
      states: {},
      severities: {},
      isSampled: false,
    })),
    outputs: [],
    speakers: [],
    messages: [],
    programme: [],
    uplinks: [
      { id: 'district', name: both('县消防指挥中心', 'County fire centre'), kind: 'mqtt' },
      { id: 'sms', name: both('村干部短信', 'SMS to the village committee'), kind: 'sms' },
    ],
    steps: [
      {
        class: 'fire',
        zones: ['hall'],
        steps: [
          both('派两人带灭火器到宗祠东厢查看', 'Send two people with extinguishers to the east wing'),
          both('见烟见火立即打 119，并按下广播', 'When there is smoke or fire call 119 and start the broadcast'),
          both('叫醒隔壁独居老人，帮助撤离', 'Wake the neighbour who lives alone and help her out'),
        ],
      },
      { class: 'fire', zones: null, steps: [both('派人到现场查看', 'Send somebody to look')] },
      { class: 'fault', zones: null, steps: [both('查线路和电源', 'Check wiring and power')] },
    ],
    care: [{ zone: 'hall', place: both('东巷 12 号', '12 East lane'), households: 1, near: ['smoke7'] }],
  };
}

export function aHousehold(): Household {
  return {
    id: 'h12',
    door: both('东巷 12 号', '12 East lane'),
    zone: 'hall',
    care: ['elderly-alone'],
    people: '王桂兰，81 岁',
    phone: '13800000000',
    note: '听力不好，请敲窗',
    near: ['smoke7'],
  };
}

export function aState(): PanelState {
  return {
    head: {
      boot: 'b1',
      order: 3,
      state: 'normal',
      isSounding: false,
      counts: { fire: 0, warning: 0, supervisory: 0, fault: 0, technical: 0 },
      wall: beganWall,
      clock: 'trusted',
      version: '0.1.0',
      upMs: 3 * 86_400_000,
      isRecording: true,
    },
    shift: { person: '李建国', sinceWall: beganWall - 3 * 3_600_000, note: null },
    alarms: {},
    points: {},
    outputs: {},
    uplinks: {
      district: { id: 'district', isUp: true, error: null, queued: none, oldestWall: null, unkept: 0, ...path },
      sms: { id: 'sms', isUp: true, error: null, queued: none, oldestWall: null, unkept: 0, ...path },
    },
    services: {},
    requests: {},
    soundings: {},
    incidents: {},
    ways: {},
  };
}

const none = { fire: 0, journal: 0, telemetry: 0 };
const path = {
  ...{ isDead: false, heardWall: beganWall - 12_000, heardByWall: beganWall + 208_000 },
  ...{ toldWall: beganWall - 78_000, toldByWall: null },
};

export function anAlarm(odd: Partial<AlarmRow>): AlarmRow {
  return {
    subject: 'smoke7',
    class: 'fire',
    alarm: 'e-b1-9',
    order: 4,
    raisedWall: beganWall - 80_000,
    name: both('7 号烟感', 'smoke detector 7'),
    zone: 'hall',
    place: both('宗祠东厢', 'East wing of the hall'),
    device: 'smoke7',
    point: 'smoke7.state',
    isActive: true,
    isLost: false,
    confirmed: null,
    sounder: 'sounding',
    acknowledged: null,
    words: null,
    cause: null,
    next: null,
    told: [],
    ...odd,
  };
}

/** Fire in the hall, confirmed by a second detector, a second fire elsewhere, and a pump that has stopped. */
export function threeAlarms(): Record<string, AlarmRow> {
  const rows = [
    anAlarm({
      confirmed: 'second-detector',
      told: [
        { uplink: 'district', how: 'kept', wall: beganWall - 76_000, carriedWall: beganWall - 78_000, afterMs: 1900 },
        { uplink: 'sms', how: 'queued', wall: null, carriedWall: null, afterMs: null },
      ],
    }),
    anAlarm({
      subject: 'call2',
      alarm: 'e-b1-11',
      order: 6,
      raisedWall: beganWall - 41_000,
      name: both('手动报警按钮', 'manual call point'),
      zone: 'east',
      place: both('东巷口小卖部', 'Shop at the East lane'),
      device: 'call2',
      confirmed: 'call-point',
      told: [
        ...[
          {
            uplink: 'district',
            how: 'carried',
            wall: beganWall - 39_000,
            carriedWall: beganWall - 39_000,
            afterMs: 1200,
          } as const,
        ],
      ],
    }),
    anAlarm({
      subject: 'pump1',
      class: 'supervisory',
      alarm: 'e-b1-7',
      order: 3,
      raisedWall: beganWall - 3_500_000,
      name: both('消防泵手动/停用', 'fire pump not in automatic'),
      zone: 'pump',
      place: both('泵房', 'Pump house'),
      device: 'pump1',
      sounder: 'silenced',
      acknowledged: { by: 'panel:li', wall: beganWall - 3_000_000 },
    }),
  ];
  return Object.fromEntries(rows.map((row) => [row.subject, row]));
}

/** With these alarms, and the head that goes with them. */
export function inAlarm(state: PanelState, alarms: Readonly<Record<string, AlarmRow>>): PanelState {
  const rows = Object.values(alarms);
  const classes = ['fire', 'warning', 'supervisory', 'fault', 'technical'] as const;
  const counts = { fire: 0, warning: 0, supervisory: 0, fault: 0, technical: 0 };
  for (const row of rows) counts[row.class] += 1;
  return {
    ...state,
    alarms: { ...alarms },
    head: {
      ...state.head,
      state: classes.find((each) => counts[each] > 0) ?? 'normal',
      order: Math.max(state.head.order, ...rows.map(({ order }) => order)),
      isSounding: rows.some(({ sounder }) => sounder === 'sounding'),
      counts,
    },
  };
}

export function accepted(odd: Partial<PanelAnswer> = {}): PanelAnswer {
  return {
    accepted: true,
    reason: null,
    words: both('已确认 2 处报警', '2 alarms are acknowledged'),
    concerned: [],
    still: [],
    warnings: [],
    atWall: beganWall,
    ...odd,
  };
}
