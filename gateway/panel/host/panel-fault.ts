/** What can be wrong with the panel, its likely cause and the next step, as the detail of its fault. */
import { quoteOutside } from '../../../config/problem.js';
import type { Words } from '../../../config/vocabulary.js';
import type { JsonValue } from '../../../sync/journal/entry.js';

export type PanelTrouble =
  | { readonly kind: 'died' | 'silent'; readonly got: string | null }
  /** It could not listen there. */
  | { readonly kind: 'refused'; readonly error: Words };

type Detail = Readonly<Record<string, JsonValue>>;

const again: Words = {
  zh: '报警和警铃不受影响；面板会自动重启，仍不行时用 gengfu status 查看，并重启网关',
  en: 'alarms and sirens are not affected; the panel starts again by itself; if it does not, use gengfu status and restart the gateway',
};

export function panelFaultDetail(trouble: PanelTrouble): Detail {
  switch (trouble.kind) {
    case 'died': {
      const error: Words = { zh: '意外停止', en: 'has stopped unexpectedly' };
      const cause: Words = { zh: '内存不足，或程序出错', en: 'too little memory, or a mistake in the program' };
      return detail('PANEL-001', error, cause, again, trouble.got);
    }
    case 'silent': {
      const error: Words = { zh: '没有反应', en: 'does not respond' };
      const cause: Words = { zh: '本机太忙，或磁盘没有应答', en: 'this box is too busy, or its disk does not answer' };
      return detail('PANEL-002', error, cause, again, trouble.got);
    }
    case 'refused': {
      const cause: Words = {
        zh: '端口被别的程序占用，或地址、证书不对',
        en: 'the port is taken, or address or certificate is wrong',
      };
      const next: Words = {
        zh: '核对站点文件 panel 下的地址、端口和证书；报警和警铃不受影响',
        en: 'check address, port and certificate under panel in the site file; alarms and sirens are not affected',
      };
      return detail('PANEL-003', trouble.error, cause, next, null);
    }
    default: {
      const impossible: never = trouble;
      throw new Error(`impossible trouble ${String(impossible)}`);
    }
  }
}

function detail(code: string, error: Words, cause: Words, next: Words, got: string | null): Detail {
  return {
    ...{ code, error_zh: quoteOutside(error.zh), error_en: quoteOutside(error.en) },
    ...{ cause_zh: cause.zh, cause_en: cause.en, next_zh: next.zh, next_en: next.en },
    ...(got === null ? {} : { got: quoteOutside(got) }),
  };
}
