/**
 * Rules of standards that the alarm life is checked against, and how sure we are of their text: V read in the standard, V* read
 * in a reliable secondary source, M from memory of it. A test names the rule it proves in square
 * brackets at the end of its title (test/clauses.test.ts); a commissioning report shows the table as "behaviour checked against", never as
 * "conforms".
 */
export interface Clause {
  /** As it stands between the brackets. */
  readonly id: string;
  readonly mark: 'V' | 'V*' | 'M';
  readonly zh: string;
  readonly en: string;
  /** Nothing of it is built: why it stands here all the same. */
  readonly isOpen?: true;
}

export const clauses: readonly Clause[] = [
  { id: 'GB 4717-2024 5.4.1.1', mark: 'V*', zh: '火警保持到手动复位', en: 'a fire is held until a person resets it' },
  {
    id: 'GB 4717-2024 5.4.1.4',
    mark: 'V*',
    zh: '手动报警按钮与探测器可区分',
    en: 'a call point is told from a detector',
  },
  {
    id: 'GB 4717-2024 5.4.1.7',
    mark: 'V*',
    zh: '首警始终可见，不被后续报警取代',
    en: 'the first alarm stays the first',
  },
  { id: 'GB 4717-2024 5.4.3.2', mark: 'V*', zh: '故障随源消失', en: 'a fault follows its source' },
  {
    id: 'GB 4717-2024 5.4.3.8',
    mark: 'V*',
    zh: '复位后仍存在的故障 100 秒内再次显示',
    en: 'after a reset faults that remain are shown within 100 s',
  },
  {
    id: 'GB 4717-2024 5.4.4.7',
    mark: 'V*',
    zh: '屏蔽不受复位影响',
    en: 'a reset leaves what is out of service out of service',
  },
  {
    id: 'GB 4717-2024 5.4.5.2',
    mark: 'V*',
    zh: '监管信号保持到手动复位',
    en: 'a supervisory alarm is held until a person resets it',
  },
  { id: 'GB 4717-2024 5.4.10.3', mark: 'V*', zh: '时钟同步', en: 'the clock is kept right' },
  { id: 'GB 4717 priority', mark: 'M', zh: '火警高于监管，监管高于故障', en: 'fire before supervisory before fault' },
  { id: 'GB 4717 silence', mark: 'M', zh: '消音后新报警再次鸣响', en: 'after silence a new alarm sounds again' },
  {
    id: 'GB 31252-2014 4.3.1',
    mark: 'V*',
    zh: '电气火灾预警保持到手动复位',
    en: 'an electrical fire warning is held until a person resets it',
  },
  { id: 'GB 50116-2013 4.8.5', mark: 'V*', zh: '警报器同时启动、同时停止', en: 'sounders start and stop together' },
  {
    id: 'GB 50116-2013 4.8.6',
    mark: 'V*',
    zh: '警报单次 8 至 20 秒',
    en: 'one burst of the siren lasts 8 to 20 s',
  },
  { id: 'GB 50116-2013 4.8.9', mark: 'V*', zh: '警报与语音广播交替', en: 'siren and voice alternate' },
  { id: 'GB 26875.1-2011 4.1.2.1', mark: 'V*', zh: '火警 10 秒内到中心', en: 'a fire is at the centre within 10 s' },
  { id: 'GB 26875.1-2011 4.1.2.3', mark: 'V*', zh: '火警优先于一切', en: 'a fire goes before everything else' },
  {
    id: 'GB/T 45839-2025 latch',
    mark: 'V',
    zh: '现场报警保持到手动复位',
    en: 'an alarm on site is held until a reset there',
  },
  {
    id: 'GB/T 45839-2025 mute',
    mark: 'V',
    zh: '可消音，新报警再次鸣响',
    en: 'it can be muted, and a new alarm sounds again',
  },
  { id: 'GB/T 45839-2025 load', mark: 'V', zh: '60 秒内至少 20 个报警', en: 'at least 20 alarms within 60 s' },
  { id: 'GB/T 45839-2025 faults', mark: 'V', zh: '故障 100 秒内显示', en: 'faults are shown within 100 s' },
  {
    id: 'GB/T 45839-2025 sounders',
    mark: 'V',
    zh: '10 秒内启动至少 10 个声光警报',
    en: 'at least 10 sounders start within 10 s',
  },
];
