/** What the verbs `gengfu commissioning …` do: they ask the gateway over its socket; papers are read from its data folder. */
import { resolve } from 'node:path';
import type { Words } from '../../../config/vocabulary.js';
import { SystemClock } from '../../../drivers/clock.js';
import { type ControlRequest, controlRequest } from '../../command/control-socket.js';
import { commissioningAnswer } from '../../commissioning/commissioning-view.js';
import { unexplained } from '../../commissioning/item-changes.js';
import { itemsNamed } from '../../commissioning/named-item.js';
import type { CommissioningItem, CommissioningView, signerRoles } from '../../panel/api/commissioning.js';
import type { PanelAnswer } from '../../panel/api/orders.js';
import { ask, ownName, tellNobody } from '../ask-gateway.js';
import type { RunOptions } from '../exercise-orders.js';
import { dataDirOf } from '../site-acts.js';
import { describeAnswer, describeItem, describeStatus, stillUnproven } from './commissioning-words.js';
import { listOf, writePapers } from './papers.js';

export type CommissioningVerb =
  | { readonly verb: 'begin'; readonly tester: string; readonly organisation: string | null }
  | { readonly verb: 'status' | 'next' }
  | { readonly verb: 'reopen' | 'abandon' }
  | { readonly verb: 'list' }
  | { readonly verb: 'excuse'; readonly reason: string }
  | { readonly verb: 'press' | 'probe'; readonly item: string }
  | {
      readonly verb: 'judge';
      readonly item: string;
      readonly to: CommissioningItem['state'];
      readonly reason: string | null;
      readonly isHeard: boolean | null;
    }
  | {
      readonly verb: 'sign';
      readonly role: (typeof signerRoles)[number];
      readonly name: string;
      readonly organisation: string | null;
      readonly note: string | null;
      readonly warrantyMonths: number | null;
      readonly warrantyUntil: string | null;
    }
  | {
      readonly verb: 'report';
      readonly revision: string | null;
      readonly out: string | null;
      readonly pdf: string | null;
    };

/** Sets the exit status: 0 done, 1 refused or nothing there, 2 bad site file or words, 4 no gateway runs there. */
export async function commissioning(verb: CommissioningVerb, options: RunOptions): Promise<void> {
  const dataDir = await dataDirOf(options);
  if (dataDir === null) return;
  const { lang, json = false } = options;
  if (verb.verb === 'list') process.exitCode = await listOf(dataDir, lang, json);
  else if (verb.verb === 'report') {
    const { revision, out, pdf } = verb;
    const files = { out: out === null ? null : resolve(out), pdf: pdf === null ? null : resolve(pdf) };
    process.exitCode = await writePapers(dataDir, revision, files, lang, json);
  } else {
    try {
      process.exitCode = await talk(verb, dataDir, options);
    } catch (error) {
      process.exitCode = tellNobody(dataDir, error, lang);
    }
  }
}

type Talked = Exclude<CommissioningVerb, { verb: 'list' } | { verb: 'report' }>;

async function talk(verb: Talked, dataDir: string, { lang, json = false }: RunOptions): Promise<number> {
  const user = ownName();
  const give = (order: unknown): Promise<number> => giveOrder(order, dataDir, { lang, json });
  if (verb.verb === 'begin') {
    const { tester, organisation } = verb;
    return give({ ask: 'commissioning-begin', tester, organisation, user });
  }
  const view = await viewOf(dataDir);
  switch (verb.verb) {
    case 'reopen':
    case 'abandon':
      return give({ ask: `commissioning-${verb.verb}`, user });
    case 'status':
      print(json ? JSON.stringify(view) : describeStatus(view, lang));
      return 0;
    case 'next': {
      const next = unexplained(view.items)[0] ?? null;
      print(json ? JSON.stringify(next) : next === null ? nothingLeft[lang] : describeItem(next, lang));
      return 0;
    }
    case 'excuse':
      return give({ ask: 'commissioning-excuse', reason: verb.reason, user });
    case 'press':
    case 'probe':
    case 'judge': {
      const named = itemsNamed(view.items, verb.item, verb.verb);
      if (named.length > 1) {
        const ask = `commissioning-${verb.verb}` as const;
        return told(commissioningAnswer(new SystemClock().wall(), ask, 'several-items', named), { lang, json });
      }
      // What nobody is called goes to the desk as it is, and is refused there.
      const item = named[0]?.id ?? verb.item;
      if (verb.verb !== 'judge') return give({ ask: `commissioning-${verb.verb}`, item, user });
      const { to, reason, isHeard } = verb;
      const heard = isHeard === null ? {} : { isHeard };
      const status = await give({ ask: 'commissioning-judge', item, to, reason, ...heard, user });
      return status === 0 && to === 'passed' ? await tellWhetherPassed(item, dataDir, lang) : status;
    }
    case 'sign': {
      const { role, name, organisation, note, warrantyMonths, warrantyUntil } = verb;
      if (view.state === 'open') {
        const status = await give({ ask: 'commissioning-freeze', warrantyMonths, warrantyUntil, note, user });
        if (status !== 0) return status;
      }
      const { sha256 } = view.state === 'open' ? await viewOf(dataDir) : view;
      // Of nothing: the desk says that none is under way.
      const of = sha256 ?? '0'.repeat(64);
      return give({ ask: 'commissioning-sign', sha256: of, role, name, organisation, mark: null, user });
    }
    default: {
      const impossible: never = verb;
      throw new Error(`impossible verb ${String(impossible)}`);
    }
  }
}

/** A word alone lets no siren pass: it is kept, and whoever gave it learns that the item waits for a test. */
async function tellWhetherPassed(item: string, dataDir: string, lang: RunOptions['lang']): Promise<number> {
  const judged = (await viewOf(dataDir)).items.find(({ id }) => id === item);
  const why = judged === undefined ? null : stillUnproven(judged, lang);
  if (why !== null) process.stderr.write(`${why}\n`);
  return why === null ? 0 : 1;
}

const nothingLeft: Words = {
  zh: '没有未测的项：可以签字',
  en: 'nothing is left to test: it can be signed',
};

async function viewOf(dataDir: string): Promise<CommissioningView> {
  const told = (await ask(dataDir, { ask: 'commissioning' })) as { view: CommissioningView } | { error: string };
  if ('error' in told) throw new Error(told.error);
  return told.view;
}

async function giveOrder(order: unknown, dataDir: string, { lang, json }: Required<Pick<RunOptions, 'lang' | 'json'>>) {
  const request = controlRequest.safeParse(order);
  if (!request.success) {
    const [issue] = request.error.issues;
    process.stderr.write(`${issue?.path.join('.')}: ${issue?.message}\n`);
    return 2;
  }
  const answer = (await ask(dataDir, request.data as ControlRequest)) as PanelAnswer | { error: string };
  if ('error' in answer) throw new Error(answer.error);
  return told(answer, { lang, json });
}

function told(answer: PanelAnswer, { lang, json }: Required<Pick<RunOptions, 'lang' | 'json'>>): number {
  print(json ? JSON.stringify(answer) : describeAnswer(answer, lang));
  return answer.accepted ? 0 : 1;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
