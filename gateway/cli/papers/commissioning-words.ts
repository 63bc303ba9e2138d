/** What the verbs of a commissioning print. Pure. */
import type { Words } from '../../../config/vocabulary.js';
import { describeMoment } from '../../box/moment.js';
import { nameOf, tallyWords } from '../../commissioning/commissioning-entries.js';
import { roleWords, stateWords } from '../../commissioning/commissioning-words.js';
import { unexplained } from '../../commissioning/item-changes.js';
import type { CommissioningItem, CommissioningView, RevisionRow } from '../../panel/api/commissioning.js';
import type { PanelAnswer } from '../../panel/api/orders.js';
import type { Lang } from '../teller.js';

/** Items that `status` names; the rest is in `--json`. */
const namedMax = 20;

const stages: Readonly<Record<CommissioningView['state'], Words>> = {
  none: { zh: '没有进行中的验收', en: 'no commissioning is under way' },
  open: { zh: '测试中', en: 'tests go on' },
  frozen: { zh: '已定稿，待签字', en: 'frozen, to be signed' },
  signed: { zh: '已签字', en: 'signed' },
};

export function describeStatus(view: CommissioningView, lang: Lang): string {
  const { state, revision, tally, items, sha256, signatures, trouble } = view;
  if (state === 'none') return stages.none[lang];
  const zh = lang === 'zh';
  const open = unexplained(items);
  const head = zh
    ? `验收第 ${revision} 版：${stages[state].zh}`
    : `commissioning revision ${revision}: ${stages[state].en}`;
  const more = open.length - namedMax;
  return [
    head,
    tallyWords(tally)[lang],
    ...(trouble === null ? [] : [trouble[lang]]),
    ...(sha256 === null ? [] : [`SHA-256 ${sha256}`]),
    ...signatures.map(({ role, name, wall }) => `${roleWords[role][lang]} ${name} ${describeMoment(wall)}`),
    ...(state === 'open' ? open.slice(0, namedMax).map((item) => `  ${describeItem(item, lang)}`) : []),
    ...(state === 'open' && more > 0 ? [zh ? `  另有 ${more} 项，见 --json` : `  ${more} more, see --json`] : []),
  ].join('\n');
}

export function describeItem(item: CommissioningItem, lang: Lang): string {
  const { id, state, reason } = item;
  const why = reason === null ? '' : lang === 'zh' ? `，${reason}` : `, ${reason}`;
  return `${id}  ${nameOf(item)[lang]}  ${stateWords[state][lang]}${why}`;
}

/** Of an item that somebody lets pass: why it has not; null: it has. */
export function stillUnproven(item: CommissioningItem, lang: Lang): string | null {
  if (item.state === 'passed') return null;
  const row = describeItem(item, lang);
  return lang === 'zh'
    ? `还不算通过：${row}。验收中还没有回读证实打开又关闭：先 gengfu test siren`
    : `not passed yet: ${row}. It was not proven on and off within this commissioning: run gengfu test siren`;
}

export function describeAnswer({ accepted, words, concerned }: PanelAnswer, lang: Lang): string {
  const refused = lang === 'zh' ? `被拒绝：${words.zh}` : `refused: ${words.en}`;
  return [accepted ? words[lang] : refused, ...concerned.map((row) => `  ${row.subject}  ${row[lang]}`)].join('\n');
}

export function describeRevision(
  { revision, frozenWall, tally, warrantyUntil, signatures }: RevisionRow,
  lang: Lang,
): string {
  const zh = lang === 'zh';
  const signed = signatures.map(({ role }) => roleWords[role][lang]).join(zh ? '、' : ', ');
  const by = signatures.length === 0 ? (zh ? '未签字' : 'not signed') : zh ? `已签字：${signed}` : `signed: ${signed}`;
  const until = warrantyUntil === null ? '' : zh ? `，保修至 ${warrantyUntil}` : `, warranty until ${warrantyUntil}`;
  const head = zh ? `第 ${revision} 版` : `revision ${revision}`;
  const comma = zh ? '，' : ', ';
  return `${head}  ${describeMoment(frozenWall)}  ${tallyWords(tally)[lang]}${comma}${by}${until}`;
}
