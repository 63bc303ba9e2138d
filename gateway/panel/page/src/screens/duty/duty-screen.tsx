/** What people on duty do beside answering alarms, each part under an address of its own. */
import './duty.css';
import type { JSX } from 'preact';
import { useStore } from '../../live/store.js';
import { route } from '../../shell/route.js';
import { useWords } from '../../words/use-words.js';
import { Tabs } from '../parts/tabs.js';
import { CallReport } from './call-report.js';
import { DrillPart } from './drill-part.js';
import { ServicePart } from './service-part.js';
import { ShiftPart } from './shift-part.js';
import { SirenTestPart } from './siren-test-part.js';
import { WalkTestPart } from './walk-test-part.js';

const parts = ['', 'call', 'drill', 'walk-test', 'service'] as const;
type Part = (typeof parts)[number];

export function DutyScreen(): JSX.Element {
  const { t } = useWords();
  const [asked] = useStore(route, (now) => now.rest);
  const chosen: Part = parts.find((each) => each === asked) ?? '';
  const tabs = parts.map((id) => ({ id, label: t(`duty.tab.${id === '' ? 'shift' : id}`) }));
  return (
    <div class="duty">
      <h1 class="for-readers">{t('nav.duty')}</h1>
      <Tabs label={t('nav.duty')} path="/duty" chosen={chosen} tabs={tabs} />
      {chosen === '' && <ShiftPart />}
      {chosen === 'call' && <CallReport />}
      {chosen === 'drill' && (
        <>
          <DrillPart />
          <SirenTestPart />
        </>
      )}
      {chosen === 'walk-test' && <WalkTestPart />}
      {chosen === 'service' && <ServicePart />}
    </div>
  );
}
