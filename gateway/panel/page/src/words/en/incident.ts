import type { incident as zh } from '../zh/incident.js';

/** One alarm from its detector to its verdict. */
export const incident: Readonly<Record<keyof typeof zh, string>> = {
  'nav.incident': 'Incidents',
  'incident.none': 'No incidents in the last day',
  'incident.open': 'open',
  'incident.closed': 'closed',
  'incident.began': 'began {time}',
  'incident.stands': 'still in alarm, or waiting for a reset',
  'incident.over': 'reset',
  'incident.timeline': 'What happened',
  'incident.add': 'Add',
  'incident.who': 'Who has arrived',
  'incident.arrived': 'Arrived',
  'incident.note': 'Note',
  'incident.addNote': 'Write it down',
  'incident.verdict': 'What it was',
  'incident.paper': 'Print and export',
};
