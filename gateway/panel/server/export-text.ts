/** Rows of the journal as CSV for spreadsheets and as JSON for programs. */
import type { HistoryEntry } from '../api/history.js';

export interface ExportForm {
  readonly type: string;
  readonly fileName: string;
  /** Before the first row, between rows, after the last. */
  readonly begin: string;
  readonly between: string;
  readonly end: string;
  row(entry: HistoryEntry): string;
}

/** Of a cell, characters: no spreadsheet looks for its formula behind more blanks. */
const looksAtMax = 1000;

const columns = [
  'time',
  'class',
  'kind',
  'zh',
  'en',
  'subject',
  'zone',
  'by',
  'alarm',
  'clock',
  'id',
  'sequence',
  'epoch',
  'detail',
];

/** `timeZone`: of the site; null while it is not known: UTC. */
export function exportForm(format: 'csv' | 'json', timeZone: string | null): ExportForm {
  if (format === 'json') {
    return {
      type: 'application/json; charset=utf-8',
      fileName: 'gengfu-journal.json',
      begin: '[\n',
      between: ',\n',
      end: '\n]\n',
      row: (entry) => JSON.stringify(entry),
    };
  }
  // This locale writes 2026-11-30 10:00:00, which spreadsheets read in every country.
  const time = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone: timeZone ?? 'UTC',
  });
  return {
    type: 'text/csv; charset=utf-8',
    fileName: 'gengfu-journal.csv',
    // Without the mark, Excel takes Chinese for Latin letters.
    begin: `\uFEFF${columns.join(',')}\r\n`,
    between: '\r\n',
    end: '\r\n',
    row: (entry) =>
      [
        time.format(entry.wall),
        entry.class,
        entry.kind,
        entry.words.zh,
        entry.words.en,
        entry.subject,
        entry.zone,
        entry.origin,
        entry.alarm,
        entry.clock,
        entry.id,
        String(entry.sequence),
        entry.epoch,
        detailOf(entry),
      ]
        .map(cell)
        .join(','),
  };
}

function detailOf({ detail }: HistoryEntry): string {
  return Object.keys(detail).length === 0 ? '' : JSON.stringify(detail);
}

/**
 * A spreadsheet runs what begins like a formula; a quote before it makes it text. It looks past spaces, takes full-width signs of a
 * Chinese keyboard for the plain ones, and splits at a leading tab or line end (OWASP, CSV injection).
 */
function cell(value: string | null): string {
  const text = value ?? '';
  const isFormula = /^[\t\r\n]/.test(text) || /^[=+\-@]/.test(text.slice(0, looksAtMax).trimStart().normalize('NFKC'));
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n\t;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
