/** One line for one frame, as a person at the centre reads it. */
import type { Words } from '../../config/vocabulary.js';
import { type AduObject, readAdu } from './adu.js';
import type { FrameFault } from './frame.js';
import type { Said } from './gb-centre.js';
import type { HeardFrame } from './heard-frames.js';
import type { CentreAnswer } from './knobs.js';
import { bitWords, commandCodes, commandWords, typeRows } from './tables.js';
import type { TimeCoding } from './wire-time.js';

export type Lang = 'zh' | 'en';

/** Objects of one frame that are written out. */
const objectsMax = 8;

const faultWords: Readonly<Record<FrameFault, Words>> = {
  sum: { zh: '校验和错误', en: 'bad sum' },
  end: { zh: '结束符错误', en: 'bad end mark' },
  length: { zh: '长度超限', en: 'length over the limit' },
  command: { zh: '未知命令', en: 'unknown command' },
};
const answerWords: Readonly<Record<CentreAnswer, Words>> = {
  confirm: { zh: '确认', en: 'confirmed' },
  deny: { zh: '否认', en: 'denied' },
  wrong_serial: { zh: '以错误流水号确认', en: 'confirmed with a wrong serial' },
  silent: { zh: '不应答', en: 'not answered' },
};
const notes = {
  heartbeat: { zh: '心跳', en: 'sign of life' },
  handshake: { zh: '握手', en: 'handshake' },
  resend: { zh: '重发', en: 'resent' },
  short: { zh: '赋安短帧', en: 'short frame' },
} as const;

export function heardLine(heard: HeardFrame, lang: Lang): string {
  const { frame, fault, adu, kind, connection, isResend, answered } = heard;
  const parts = [`#${connection} ←`];
  if (frame === null) parts.push(notes.short[lang]);
  else if (fault !== null) parts.push(faultWords[fault][lang]);
  else {
    parts.push(commandText(frame.command, lang), `${lang === 'zh' ? '流水号' : 'serial'} ${frame.serial}`);
    if (kind === 'heartbeat' || kind === 'handshake') parts.push(notes[kind][lang]);
    if (adu !== null && kind !== 'handshake') parts.push(unitText(adu, lang));
    parts.push(
      lang === 'zh'
        ? `源 ${frame.source} 时标 ${frame.time ?? '零'}`
        : `from ${frame.source} at ${frame.time ?? 'zero'}`,
    );
  }
  if (isResend) parts.push(`(${notes.resend[lang]})`);
  if (answered !== null) parts.push(`→ ${answerWords[answered][lang]}`);
  return parts.join(' ');
}

/** Null: not worth a line, because the frame that it answers says so. */
export function saidLine(said: Said, coding: TimeCoding, lang: Lang): string | null {
  switch (said.kind) {
    case 'connected':
      return `#${said.connection} ${lang === 'zh' ? '已连接' : 'connected'}`;
    case 'gone':
      return `#${said.connection} ${lang === 'zh' ? '已断开' : 'gone'}`;
    case 'raw':
      return `#${said.connection} → ${said.what} (${said.bytes} ${lang === 'zh' ? '字节' : 'bytes'})`;
    case 'frame': {
      const { command, serial, adu } = said.frame;
      if (command !== commandCodes.control && command !== commandCodes.request) return null;
      const unit = readAdu(adu, coding);
      const what = unit === null ? '' : unitText(unit, lang);
      return `#${said.connection} → ${commandText(command, lang)} ${lang === 'zh' ? '流水号' : 'serial'} ${serial} ${what}`;
    }
  }
}

function commandText(command: number, lang: Lang): string {
  return commandWords.get(command)?.[lang] ?? `${lang === 'zh' ? '命令' : 'command'} ${command}`;
}

function unitText(adu: NonNullable<ReturnType<typeof readAdu>>, lang: Lang): string {
  const name = typeRows.get(adu.type)?.words[lang] ?? (lang === 'zh' ? '类型' : 'type');
  const objects = adu.objects.slice(0, objectsMax).map((object) => objectText(adu.type, object, lang));
  const more = adu.objects.length > objectsMax ? ` … +${adu.objects.length - objectsMax}` : '';
  const faults = adu.faults.length > 0 ? ` !${adu.faults.join(',')}` : '';
  return `${name}(${adu.type})×${adu.count} ${objects.map((text) => `[${text}]`).join(' ')}${more}${faults}`;
}

function objectText(type: number, object: AduObject, lang: Lang): string {
  const { system, systemAddress, component, componentAddress, state, operation, text, time } = object;
  const word = state ?? operation;
  const bits =
    word === undefined
      ? null
      : bitWords(type, word)
          .map((words) => words[lang])
          .join('+') || '0';
  const rest = Object.entries(object)
    .filter(([key]) => ['operator', 'analog', 'value', 'major', 'minor', 'records', 'minutes'].includes(key))
    .map(([key, value]) => `${key}=${value}`);
  return [
    system === undefined ? null : `${system}.${systemAddress}`,
    component === undefined && componentAddress === undefined ? null : `${component ?? ''}@${componentAddress}`,
    bits,
    ...rest,
    text === undefined || text === '' ? null : `“${text}”`,
    time === undefined ? null : (time ?? (lang === 'zh' ? '时间零' : 'time zero')),
  ]
    .filter((part) => part !== null)
    .join(' ');
}
