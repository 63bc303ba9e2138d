/** Something that the gateway writes as a file, saved by the browser. */
import type { PanelProblem } from '../../../../api/routes.js';
import type { Outcome } from '../../api/client.js';

/** How often somebody is told how far it has come, ms. */
const tellMs = 250;
/** The browser has begun to save by then, ms. */
const releaseMs = 60_000;

export interface Saving {
  readonly name: string;
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
}

/** Null: it was saved, or given up by the signal. */
export async function saveAnswer(
  asked: Promise<Outcome<Response>>,
  { name, signal, onBytes }: Saving,
  cut: PanelProblem,
): Promise<PanelProblem | null> {
  const answer = await asked;
  if (signal.aborted) return null;
  if (!answer.isOk) return answer.problem;
  const parts: BlobPart[] = [];
  let bytes = 0;
  let toldMono = 0;
  try {
    const reader = answer.value.body?.getReader();
    for (let read = await reader?.read(); read !== undefined && !read.done; read = await reader?.read()) {
      parts.push(read.value as BlobPart);
      bytes += read.value.byteLength;
      if (performance.now() - toldMono < tellMs) continue;
      toldMono = performance.now();
      onBytes(bytes);
    }
  } catch {
    // Half a file must not be taken for all of it.
    return signal.aborted ? null : cut;
  }
  saveBlob(new Blob(parts, { type: answer.value.headers.get('content-type') ?? 'application/octet-stream' }), name);
  return null;
}

function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), releaseMs);
}
