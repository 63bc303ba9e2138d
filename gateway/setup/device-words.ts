/** What stands as a comment beside a unit: how sure anybody is of it, why it was left out, and what to do. Pure. */
import type { ModbusProfile } from '../../config/profile-schema.js';
import type { Words } from '../../config/vocabulary.js';
import { type FoundUnit, missingOptions } from './found-unit.js';
import { formatText, freeAddress } from './line-formats.js';
import type { LeftOut } from './planned-site.js';
import { setAddressWords, setSpeedWords } from './set-unit-words.js';
import { namedCandidates } from './weigh-unit.js';

/** Why it may be something else; null: nobody looked. */
export function weakNote(because: Words | null): Words {
  const { zh, en } = because ?? { zh: '', en: '' };
  return {
    zh: `只是弱识别${zh === '' ? '' : `（${zh}）`}：核对铭牌上的型号`,
    en: `only weakly identified${en === '' ? '' : ` (${en})`}: compare with the model on its label`,
  };
}

export const draftNote: Words = {
  zh: '型号文件是草稿：装好后按一次测试按钮，确认能报警',
  en: 'its profile is a draft: press its test button once and see that the alarm comes',
};

/** Nobody can see from outside which firmware it is. */
export function variantNote({ variants }: ModbusProfile): readonly Words[] {
  const [first, ...others] = variants;
  if (first === undefined || others.length === 0) return [];
  const named = (lang: 'zh' | 'en'): string => others.map(({ id, names }) => `${id} (${names[lang]})`).join(', ');
  return [
    {
      zh: `没有写 variant，按 ${first.id}（${first.names.zh}）；另有 ${named('zh')}`,
      en: `without variant it is ${first.id} (${first.names.en}); there is also ${named('en')}`,
    },
  ];
}

export function whyLeftOut(
  kind: LeftOut['kind'],
  found: FoundUnit,
  profile: ModbusProfile | null,
): { why: Words; todo: Words } {
  const { line, unit } = found;
  const own = formatText(unit.format);
  const wanted = formatText(line.format);
  switch (kind) {
    case 'speed': {
      const isTaken = line.units.some(({ address }) => address === unit.address);
      const speed = setSpeedWords(profile, unit.format, line.format);
      const free = setAddressWords(profile, freeAddress(line.found.units) ?? 0);
      return {
        why: {
          zh: `它用 ${own}，线路用 ${wanted}，听不到它`,
          en: `it speaks ${own}, the line ${wanted}: it is not heard`,
        },
        todo: isTaken
          ? {
              zh: `地址 ${unit.address} 在这条线上已有一台：先${free.zh}，再${speed.zh}，然后取消注释`,
              en: `address ${unit.address} is taken on this line: first ${free.en}, then ${speed.en}, and take the marks away`,
            }
          : { zh: `${speed.zh}，然后取消注释`, en: `${speed.en}, and take the marks away` },
      };
    }
    case 'address': {
      const free = setAddressWords(profile, freeAddress(line.found.units) ?? 0);
      return {
        why: { zh: `地址 ${unit.address} 有两台设备应答`, en: `two units answer at address ${unit.address}` },
        todo: {
          zh: `断开其中一台的电源，另一台${free.zh}，再运行 gengfu init`,
          en: `switch one of them off; the other: ${free.en}; then run gengfu init again`,
        },
      };
    }
    case 'trouble':
      return {
        why: unit.trouble ?? { zh: '应答不正常', en: 'its answers are odd' },
        todo: {
          zh: '查接线、终端电阻和地址（一台一台上电）；确认无误再取消注释',
          en: 'look at wires, termination and address (switch on one unit at a time); take the marks away when it is in order',
        },
      };
    case 'choice': {
      const named = namedCandidates(unit.candidates);
      return {
        why: { zh: `可能是几种型号之一：${named}`, en: `it may be one of several models: ${named}` },
        todo: {
          zh: '看铭牌，写上 profile；或在答案文件的 models 里写本站用的型号，再运行一次',
          en: 'read its label and write profile; or name the models of this site under models in the answers, and run it again',
        },
      };
    }
    case 'unknown': {
      const named = unit.candidates.length === 0 ? '' : namedCandidates(unit.candidates);
      return {
        why: {
          zh: named === '' ? '有应答，但没有型号文件认识它' : `有应答；像 ${named}，但地址、速率或型号文件不符`,
          en:
            named === ''
              ? 'it answers, and no profile knows it'
              : `it answers like ${named}, but address, speed or profile do not fit`,
        },
        todo: {
          zh: '看铭牌和说明书，用 gengfu profile new 做一个型号文件，再写上 profile',
          en: 'look at its label and its paper, make a profile with gengfu profile new, and write profile',
        },
      };
    }
    case 'label': {
      const missing = profile === null ? [] : missingOptions(profile, { options: found.answer?.options ?? {} });
      const list = (lang: 'zh' | 'en', comma: string): string => missing.map((each) => each[lang]).join(comma);
      return {
        why: { zh: '型号要用铭牌上的数值', en: 'its profile needs what stands on its label' },
        todo: {
          zh: `从铭牌抄到 options，然后取消注释：${list('zh', '，')}`,
          en: `write it under options and take the marks away: ${list('en', ', ')}`,
        },
      };
    }
    case 'said':
      return {
        why: { zh: '答案里写了不用', en: 'the answers say to leave it out' },
        todo: { zh: '要用时取消注释', en: 'take the marks away when it is wanted' },
      };
  }
}
