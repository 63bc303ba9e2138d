/** Under which heading `gengfu --help` shows a verb, and an example of it. A test wants every verb to stand here. Pure data. */
import type { Words } from '../../config/vocabulary.js';

export interface VerbGroup {
  readonly name: Words;
  readonly example: string;
  readonly verbs: readonly string[];
}

export const verbGroups: readonly VerbGroup[] = [
  {
    name: { zh: '装机', en: 'set up' },
    example: 'gengfu find --json > found.json',
    verbs: [
      ...['init', 'find', 'check', 'explain', 'profile', 'read', 'watch', 'write', 'address', 'baud', 'test'],
      ...['commissioning', 'labels'],
    ],
  },
  {
    name: { zh: '守望', en: 'watch' },
    example: 'gengfu status --lang en',
    verbs: ['run', 'status', 'journal', 'config', 'user'],
  },
  {
    name: { zh: '处置', en: 'orders' },
    example: 'gengfu take-out smoke-3 --for 8h',
    verbs: [
      ...['acknowledge', 'silence', 'reset', 'duty-answer', 'shelve', 'take-out', 'put-back', 'drill', 'siren-test'],
      ...['broadcast', 'broadcast-stop', 'microphone', 'walk-test'],
    ],
  },
  {
    name: { zh: '区县平台端', en: 'district' },
    example: 'gengfu command keygen --key-id duty-room',
    verbs: ['receive', 'command'],
  },
  {
    name: { zh: '主机', en: 'box' },
    example: 'gengfu doctor --json',
    verbs: ['doctor', 'selftest', 'support', 'backup', 'restore', 'replace', 'trouble', 'quiet', 'completion', 'help'],
  },
];

/** More than one line says, by the verb as it is typed. */
export const verbExamples: Readonly<Record<string, readonly string[]>> = {
  doctor: ['sudo gengfu doctor', 'gengfu doctor --lang en --json | jq ".findings[] | select(.severity != \\"ok\\")"'],
  journal: [
    'gengfu journal --since 2h --class fire',
    'gengfu journal --kind user --csv --all > users.csv',
    'gengfu journal --follow',
  ],
  selftest: ['sudo gengfu selftest --box --out selftest.json'],
  support: ['sudo gengfu support --out support.tar.gz', 'gengfu support --list'],
  completion: ['gengfu completion bash > /etc/bash_completion.d/gengfu'],
  help: ['gengfu help drill begin', 'gengfu help exit-codes'],
  check: ['gengfu check --json'],
  run: ['gengfu run --config /etc/gengfu/gateway.yaml'],
  'drill begin': ['gengfu drill begin --for 15m'],
  shelve: ['gengfu shelve hall/leakage --for 8h'],
};

/** What `gengfu` may end with, and nothing else. */
export const exitStatuses: readonly (Words & { readonly status: number })[] = [
  { status: 0, zh: '完成', en: 'done' },
  { status: 1, zh: '被拒绝，或查出问题', en: 'refused, or something was found wrong' },
  { status: 2, zh: '文件或命令写得不对', en: 'a bad file or command line' },
  {
    status: 3,
    zh: '数据目录（或线路）被另一个网关占用',
    en: 'another gateway uses the data folder, or holds the line',
  },
  {
    status: 4,
    zh: '那里没有网关在运行；run：连续六次退出，本次不启动',
    en: 'no gateway runs there; of run: it has ended six times in a row and does not start this time',
  },
  { status: 5, zh: '问过线路，没有应答', en: 'the wire was asked and nothing answered' },
  { status: 130, zh: '被人用 Ctrl-C 打断', en: 'broken off by a person with Ctrl-C' },
];
