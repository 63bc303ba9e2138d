/** The words of the page: two tables with the same keys. What the gateway says comes as `Words` and needs no table. */
import { en } from './en/index.js';
import { zh } from './zh/index.js';

export type WordKey = keyof typeof zh;
export type Language = 'zh-CN' | 'en';
export type Values = Readonly<Record<string, string | number>>;

export const tables: Readonly<Record<Language, Readonly<Record<WordKey, string>>>> = { 'zh-CN': zh, en };

/** `{name}` in a word stands for a value. */
export function wordOf(language: Language, key: WordKey, values: Values = {}): string {
  return tables[language][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
