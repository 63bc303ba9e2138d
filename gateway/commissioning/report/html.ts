/** HTML out of values: whatever comes from elsewhere is text, never markup. Pure. */

/** Markup that was made here. */
export interface Html {
  readonly html: string;
}

type Part = string | number | Html | readonly Html[] | null;

/** Everything that is put in is escaped, but what is markup already. */
export function html(parts: TemplateStringsArray, ...values: readonly Part[]): Html {
  return { html: parts.map((part, at) => part + (at < values.length ? textOf(values[at] ?? null) : '')).join('') };
}

export const nothing: Html = { html: '' };

export function rows(all: readonly (readonly Part[])[]): readonly Html[] {
  return all.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`);
}

export function table(heads: readonly string[], all: readonly (readonly Part[])[]): Html {
  return html`<table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows(all)}</tbody></table>`;
}

function textOf(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return 'html' in part ? part.html : part.map((each) => each.html).join('');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
