/** A village is commissioned step by step, from the first detector to the last signature; it works on a phone that walks along. */
import './commissioning.css';
import type { JSX } from 'preact';
import { ProblemNote } from '../../design/problem-note.js';
import { useStore } from '../../live/store.js';
import { route } from '../../shell/route.js';
import { useWords } from '../../words/use-words.js';
import { Tabs } from '../parts/tabs.js';
import { BeginPart } from './begin-part.js';
import { OutputsPart } from './outputs-part.js';
import { ReportsPart } from './reports-part.js';
import { SignPart } from './sign-part.js';
import { useCommissioning } from './use-commissioning.js';
import { WalkPart } from './walk-part.js';
import { WirePart } from './wire-part.js';

const parts = ['', 'walk', 'outputs', 'wire', 'sign', 'reports'] as const;
type Part = (typeof parts)[number];

export function CommissioningScreen(): JSX.Element {
  const { t, say } = useWords();
  const [asked] = useStore(route, (now) => now.rest);
  const chosen: Part = parts.find((each) => each === asked) ?? '';
  const now = useCommissioning();
  const { view, problem } = now;
  const tabs = parts.map((id) => ({ id, label: t(`com.tab.${id === '' ? 'begin' : id}`) }));
  const left = view?.tally.notTested ?? 0;
  return (
    <div class="commissioning">
      <h1 class="for-readers">{t('nav.commissioning')}</h1>
      <Tabs label={t('nav.commissioning')} path="/commissioning" chosen={chosen} tabs={tabs} />
      <ProblemNote problem={problem} />
      {view !== null && view.state !== 'none' && (
        <p class="com-head" role="status">
          <b>{t(`com.state.${view.state}`, { n: view.revision })}</b>{' '}
          {t('com.tally', { passed: view.tally.passed, all: view.tally.all, failed: view.tally.failed, left })}
          {view.trouble !== null && <strong> {say(view.trouble)}</strong>}
        </p>
      )}
      {view === null && problem === null && <p>{t('parts.loading')}</p>}
      {view !== null && chosen === '' && <BeginPart view={view} again={now.again} />}
      {view !== null && chosen === 'walk' && <WalkPart view={view} again={now.again} />}
      {view !== null && chosen === 'outputs' && <OutputsPart view={view} again={now.again} />}
      {view !== null && chosen === 'wire' && <WirePart view={view} again={now.again} />}
      {view !== null && chosen === 'sign' && <SignPart view={view} again={now.again} />}
      {chosen === 'reports' && <ReportsPart serial={view?.serial ?? 0} />}
    </div>
  );
}
