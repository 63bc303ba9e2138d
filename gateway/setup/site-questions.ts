/** Questions about the place itself: what it is, what it is called, which parts it has. */
import { idPattern } from '../../config/ids.js';
import { textMaxChars } from '../../config/schema-words.js';
import type { Words } from '../../config/vocabulary.js';
import type { Answers } from './answers-schema.js';
import type { Given, Question } from './interview.js';
import { siteIdFor, usualDistrict, usualKind } from './plan-site.js';
import type { PlannedZone } from './planned-site.js';
import { type PresetId, presetIds } from './preset.js';
import { presets } from './presets.js';
import { typedZones } from './typed-lists.js';

const notAnId: Words = {
  zh: '只能用小写字母、数字和连字符，1 到 40 个，首尾是字母或数字，例如 hongya',
  en: 'lower-case letters, digits and hyphens only, 1 to 40 of them, a letter or digit at both ends, such as hongya',
};

function checkId(text: string): Words | null {
  return idPattern.test(text) ? null : notAnId;
}

function checkName(text: string): Words | null {
  if (text.length > 0 && text.length <= textMaxChars) return null;
  return { zh: `写 1 到 ${textMaxChars} 个字`, en: `write 1 to ${textMaxChars} characters` };
}

export function kindIn(answers: Answers, given: Given): PresetId {
  const typed = given.get('kind');
  return answers.kind ?? presetIds.find((id) => id === typed) ?? usualKind;
}

export function* siteQuestions(answers: Answers, given: Given): Generator<Question> {
  const { site, kind } = answers;
  if (kind === undefined) yield kindQuestion;
  const preset = presets[kindIn(answers, given)];
  if (site?.name === undefined) {
    yield {
      key: 'name.zh',
      text: { zh: '这个地方叫什么？（中文名）', en: 'What is the place called, in Chinese?' },
      why: { zh: '面板、播报和上报里都用这个名字', en: 'panel, loudspeakers and reports use this name' },
      usual: preset.siteName.zh,
      check: checkName,
    };
    yield {
      key: 'name.en',
      text: { zh: '英文或拼音名？', en: 'And in English, or in pinyin?' },
      why: { zh: '英文界面用它，编号也由它得来', en: 'the English texts use it, and the id is made of it' },
      usual: given.get('name.zh') === preset.siteName.zh ? preset.siteName.en : (given.get('name.zh') ?? ''),
      check: checkName,
    };
  }
  if (site?.id === undefined) {
    yield {
      key: 'site.id',
      text: { zh: '站点编号？', en: 'Id of the site?' },
      why: {
        zh: '每条上报都带它，平台靠它认站点；同一区县不能重复，以后不要改',
        en: 'it is part of every report: unique in the district, and better never changed',
      },
      usual: siteIdFor(site?.name ?? given.get('name.en')),
      check: checkId,
    };
  }
  if (site?.district === undefined) {
    yield {
      key: 'site.district',
      text: { zh: '区县编号？', en: 'Id of the district?' },
      why: {
        zh: '上报主题的一部分；不知道就用默认，接平台前再改',
        en: 'it is part of every topic; leave it if nobody has told you, and change it before a centre is connected',
      },
      usual: usualDistrict,
      check: checkId,
    };
  }
  if (answers.zones === undefined) {
    yield {
      key: 'zones',
      text: {
        zh: '有哪些防区？用逗号分开，可以写“祠堂=ancestral hall，老街=old street”',
        en: 'Which zones are there? With commas between, each as 中文=English, such as 祠堂=ancestral hall',
      },
      why: {
        zh: '防区是一起报警的一片地方：一栋楼、一条街。报警先说防区，走测和演练也按防区',
        en: 'a zone is what sounds together: a house, a street. An alarm names it first, and drills and walk tests go by it',
      },
      usual: `${preset.zoneName.zh}=${preset.zoneName.en}`,
      check: (text) => {
        const typed = typedZones(text);
        return typed.ok ? null : typed.wrong;
      },
    };
  }
}

const kindQuestion: Question = {
  key: 'kind',
  text: { zh: '这是什么地方？', en: 'What kind of place is it?' },
  why: {
    zh: '决定谁先听到火警、多久演练一次、夜里什么不响；都写在文件里，可以改',
    en: 'it decides who hears a fire first, how often there is a drill, what is silent at night; all of it stands in the file and can be changed',
  },
  usual: usualKind,
  choices: presetIds.map((id) => ({
    value: id,
    words: {
      zh: `${presets[id].names.zh}（${presets[id].means.zh}）`,
      en: `${presets[id].names.en}: ${presets[id].means.en}`,
    },
  })),
  check: (text) =>
    presetIds.some((id) => id === text)
      ? null
      : { zh: `选 1 到 ${presetIds.length}`, en: `choose 1 to ${presetIds.length}` },
};

/** Of the answers, or as they were typed. */
export function zonesIn(answers: Answers, given: Given): readonly PlannedZone[] {
  if (answers.zones !== undefined) return answers.zones.map(({ id, name }) => ({ id, name: name ?? null }));
  const typed = typedZones(given.get('zones') ?? '');
  return typed.ok ? typed.value : [];
}

/** For a list of choices: `hall 祠堂`. */
export function zoneWords({ id, name }: PlannedZone): Words {
  if (name === null) return { zh: id, en: id };
  return typeof name === 'string'
    ? { zh: `${id} ${name}`, en: `${id} ${name}` }
    : { zh: `${id} ${name.zh}`, en: `${id} ${name.en}` };
}
