/** Where a unit is after it was given another address or rate, and what to do next. Pure. */
import type { Words } from '../../config/vocabulary.js';
import type { Moved, MovePlan, UnitPlace, Whereabouts } from './move-unit.js';

export function movedWords({ from, to }: Pick<MovePlan, 'from' | 'to'>, { outcome, where, error }: Moved): Words {
  const [old, now] = [placeWords(from, to), placeWords(to, from)];
  const is = whereWords(where, old, now);
  const why: Words = error === null ? { zh: '', en: '' } : { zh: `（${error.message}）`, en: ` (${error.message})` };
  switch (outcome) {
    case 'moved':
      return {
        zh: `完成：设备现在只在 ${now.zh} 应答。`,
        en: `done: the unit answers at ${now.en} now, and nowhere else.`,
      };
    case 'needs-power-cycle':
      return {
        zh: `已写入，设备还在 ${old.zh} 应答：断电再上电后到 ${now.zh}。`,
        en: `written; the unit still answers at ${old.en}: switch its supply off and on, then it answers at ${now.en}.`,
      };
    case 'unsaved':
      return {
        zh: `设备现在在 ${now.zh} 应答，但没有确认保存${why.zh}：断电后可能回到 ${old.zh}。请断电再上电，再读一次。`,
        en: `the unit answers at ${now.en} now, but has not confirmed that it keeps it${why.en}: without supply it may go back to ${old.en}. Switch it off and on and read it again.`,
      };
    case 'not-moved':
      return {
        zh: `没有改成${why.zh}：设备仍在 ${old.zh} 应答。查接线和供电后重试。`,
        en: `not changed${why.en}: the unit still answers at ${old.en}. Check wires and supply, then try again.`,
      };
    case 'unclear':
      return {
        zh: `结果不明${why.zh}：${is.zh}。断电再上电后用 gengfu read 读这两处；都没有就用 gengfu find。`,
        en: `nobody can say what came of it${why.en}: ${is.en}. Switch the unit off and on and read both places with gengfu read; if neither answers, gengfu find.`,
      };
    case 'not-there':
      return {
        zh: `没有写：${old.zh} 无应答；${is.zh}。`,
        en: `nothing was written: nobody answers at ${old.en}; ${is.en}.`,
      };
    case 'taken':
      return {
        zh: `没有写：${now.zh} 已有设备应答。先改那一台，或换一个。`,
        en: `nothing was written: somebody answers at ${now.en} already. Move that one first, or choose another.`,
      };
    case 'several':
      return {
        zh: `没有写：${old.zh} 的应答是乱的，可能有几台设备同一地址。只接一台再试。`,
        en: `nothing was written: the answers at ${old.en} break, as they do when several units give one. Connect one alone and try again.`,
      };
    case 'given-up':
      return { zh: '已放弃，没有写。', en: 'given up; nothing was written.' };
    case 'no-line':
      return { zh: `线路打不开${why.zh}，没有写。`, en: `the line can not be opened${why.en}; nothing was written.` };
    default: {
      const impossible: never = outcome;
      throw new Error(`impossible outcome ${String(impossible)}`);
    }
  }
}

/** A rate is named only where it is what changes. */
export function placeWords(place: UnitPlace, other: UnitPlace): Words {
  if (place.baud === other.baud) return { zh: `地址 ${place.address}`, en: `address ${place.address}` };
  return {
    zh: `地址 ${place.address}、${place.baud} bit/s`,
    en: `address ${place.address} and ${place.baud} bit/s`,
  };
}

function whereWords(where: Whereabouts, old: Words, now: Words): Words {
  switch (where) {
    case 'old':
      return { zh: `现在应答的是 ${old.zh}`, en: `what answers now is at ${old.en}` };
    case 'new':
      return { zh: `现在应答的是 ${now.zh}`, en: `what answers now is at ${now.en}` };
    case 'both':
      return { zh: `${old.zh} 和 ${now.zh} 都有应答`, en: `both ${old.en} and ${now.en} answer` };
    case 'neither':
      return { zh: `${old.zh} 和 ${now.zh} 都无应答`, en: `neither ${old.en} nor ${now.en} answers` };
    default: {
      const impossible: never = where;
      throw new Error(`impossible place ${String(impossible)}`);
    }
  }
}
