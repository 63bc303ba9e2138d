/** What can be wrong with the files of profiles: those of the program, and those that stand beside the site file. */
import type { ConfigProblemText } from './output-problems.js';

export const profileProblems = {
  'CONF-060': {
    zh: '型号文件名与其中的 id 不同',
    en: 'the profile id differs from its file name',
    hint: { zh: '文件名必须是 <id>.yaml', en: 'the file must be called <id>.yaml' },
  },
  'CONF-061': {
    zh: '型号文件自相矛盾',
    en: 'the profile contradicts itself',
    hint: { zh: '对照 config/profile-schema.ts 的说明', en: 'compare with the notes in config/profile-schema.ts' },
  },
  'CONF-062': {
    zh: '型号目录读不出',
    en: 'the profile directory can not be read',
    hint: { zh: '安装可能不完整', en: 'the installation may be incomplete' },
  },
  'CONF-063': {
    zh: '站点文件旁的 profiles 目录读不出',
    en: 'the folder profiles beside the site file can not be read',
    hint: {
      zh: '应是网关用户可读的目录；不用自己的型号时可以没有它',
      en: 'it must be a folder that the user of the gateway may read; without profiles of your own it need not be there',
    },
  },
  'CONF-087': {
    zh: '程序自带的型号已用这个编号',
    en: 'the program has a profile of this id already',
    hint: {
      zh: '给自己的型号换一个编号和文件名，例如以 own- 开头（程序自带的型号从不这样开头）',
      en: 'give yours another id and file name, such as one that begins with own- (no profile of the program ever does)',
    },
  },
  'CONF-088': {
    zh: '自己的型号太多或太大',
    en: 'there are too many profiles beside the site file, or they are too large',
    hint: {
      zh: '只留下用得着的；型号文件一般只有几 kB',
      en: 'leave only those that are needed; such a file has a few kB',
    },
  },
  'CONF-089': {
    zh: '型号文件的扩展名必须是 .yaml',
    en: 'the file of a profile must end in .yaml',
    hint: { zh: '把 .yml 改成 .yaml', en: 'rename it from .yml to .yaml' },
  },
} as const satisfies Record<`CONF-${string}`, ConfigProblemText>;
