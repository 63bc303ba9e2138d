/** What `gengfu check` points out about the panel without refusing the file. Pure, but for the questions it is handed. */
import type { PanelConfig, SiteConfig } from '../config/site.js';
import type { Words } from '../config/vocabulary.js';
import type { FileQuestions } from './check-uplink-notes.js';

type Ask = Pick<FileQuestions, 'exists' | 'isForAll'>;

export function panelNotes(
  { panel, households }: Pick<SiteConfig, 'panel' | 'households'>,
  ask: Ask,
): readonly Words[] {
  if (panel !== null) return [...openPanel(panel), ...certificateFiles(panel, ask)];
  if (households.length === 0) return [];
  return [
    {
      zh: `写了 ${households.length} 户帮扶户，但没有值班面板，谁也看不到；加上 panel`,
      en: `${households.length} households stand in the file, but there is no panel to show them; add panel`,
    },
  ];
}

/** Villages have networks without certificates, and a panel there is better than none. */
function openPanel({ listen, port, tls }: PanelConfig): readonly Words[] {
  if (tls.kind !== 'none' || isLoopback(listen)) return [];
  return [
    {
      zh: `值班面板在网络上（${listen}:${port}）不加密，密码明文传送；写 tls: own，或只在可信的网络里用。设好密码之前只在本机可见`,
      en: `the panel is on the network (${listen}:${port}) without encryption, so passwords travel in clear; write tls: own, or use it on a network you trust. Until a password is set it is served on the box only`,
    },
  ];
}

function certificateFiles({ tls }: PanelConfig, ask: Ask): readonly Words[] {
  if (tls.kind !== 'files') return [];
  const gone = [['cert', tls.cert] as const, ['key', tls.key] as const].filter(([, path]) => !ask.exists(path));
  const notes = gone.map(([key, path]) => ({
    zh: `值班面板的 tls.${key} 不在：${path}；没有它面板打不开，把文件放到那里，或写 tls: own`,
    en: `tls.${key} of the panel is not there: ${path}; without it there is no panel: put the file there, or write tls: own`,
  }));
  if (!ask.exists(tls.key) || !ask.isForAll(tls.key)) return notes;
  return [
    ...notes,
    {
      zh: `值班面板的私钥本机任何人都能读：${tls.key}；chmod 600，并归运行网关的用户所有`,
      en: `anybody on this box can read the private key of the panel: ${tls.key}; chmod 600, owned by the user that runs the gateway`,
    },
  ];
}

export function isLoopback(listen: string): boolean {
  return listen.startsWith('127.') || listen === '::1';
}
