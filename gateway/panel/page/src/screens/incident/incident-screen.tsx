/** All incidents of the last day, or one of them from its detector to its verdict; on paper too. */
import './incident.css';
import type { JSX } from 'preact';
import { useStore } from '../../live/store.js';
import { route } from '../../shell/route.js';
import { IncidentList } from './incident-list.js';
import { OneIncident } from './one-incident.js';

export function IncidentScreen(): JSX.Element {
  const [id] = useStore(route, (now) => now.rest);
  return id === undefined ? <IncidentList /> : <OneIncident key={id} id={id} />;
}
