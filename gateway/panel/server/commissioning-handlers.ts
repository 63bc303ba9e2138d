/** What the routes of a commissioning do: the one under way is asked of the watch, revisions and photos are read from the data folder. */

import { reportPolicy } from '../../commissioning/report/report-style.js';
import type { ReportLang } from '../../commissioning/report/report-words.js';
import { listRevisions, readPhoto, readRevision } from '../../commissioning/report/revision-folder.js';
import { writeReport } from '../../commissioning/report/write-report.js';
import { type Answer, json } from './call.js';
import type { CommissioningPhotos } from './commissioning-photos.js';
import { imageTypes, kindOfName } from './image-kind.js';
import { refused } from './refusal.js';
import { answerWords } from './refusal-words.js';
import type { WatchLink } from './watch-link.js';

/** Reports under way at once. */
const reportsMax = 2;

export interface CommissioningParts {
  readonly watch: WatchLink;
  readonly photos: CommissioningPhotos;
  /** `<dataDir>/commissioning`. */
  readonly folder: string;
}

interface OfRevision {
  readonly params: { readonly revision: string };
}

export function commissioningHandlers({ commissioning: of }: { readonly commissioning: CommissioningParts }) {
  let reports = 0;
  return {
    commissioning: async ({ query }: { readonly query: { readonly after?: number | undefined } }): Promise<Answer> => {
      if (!of.watch.isHeard()) return answerWords.silentWatch;
      const asked = await of.watch.commissioning(query.after ?? null);
      if (asked.is === 'answered') return json(asked.value);
      return asked.is === 'late' ? answerWords.silentWatch : answerWords.busy;
    },
    commissioningRevisions: async (): Promise<Answer> => json(await listRevisions(of.folder)),
    commissioningRevision: async ({ params }: OfRevision): Promise<Answer> => {
      const revision = await readRevision(of.folder, Number(params.revision));
      return revision === null ? noRevision(params.revision) : json(revision.file);
    },
    commissioningReport: async ({
      params,
      query,
    }: OfRevision & { readonly query: { readonly lang: ReportLang } }): Promise<Answer> => {
      const revision = await readRevision(of.folder, Number(params.revision));
      if (revision === null) return noRevision(params.revision);
      if (reports >= reportsMax) return answerWords.busy;
      reports += 1;
      return {
        kind: 'text',
        type: 'text/html; charset=utf-8',
        fileName: null,
        headers: {
          'content-security-policy': `${reportPolicy}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
        },
        write: async (send) => {
          try {
            await writeReport(of.folder, revision, query.lang, send);
          } finally {
            reports -= 1;
          }
        },
      };
    },
    commissioningPhoto: async ({ params }: { readonly params: { readonly name: string } }): Promise<Answer> => {
      const kind = kindOfName(params.name.replace(/^[0-9a-f]{64}/, 'photo'));
      const bytes = await readPhoto(of.folder, params.name);
      if (kind === null || bytes === null) return answerWords.noImage(params.name);
      return { kind: 'bytes', type: imageTypes[kind], bytes, headers: { 'cache-control': 'private, no-cache' } };
    },
    putCommissioningPhoto: async ({ body }: { readonly body: unknown }): Promise<Answer> => {
      const written = await of.photos.write(body instanceof Uint8Array ? body : new Uint8Array());
      return 'kind' in written ? written : json(written);
    },
  };
}

function noRevision(got: string) {
  return refused(
    404,
    'no-such-revision',
    { zh: '没有这份验收报告，或它已损坏', en: 'there is no such revision, or its file is damaged' },
    { where: 'params.revision', got },
  );
}
