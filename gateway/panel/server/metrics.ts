/** What programs that watch gateways ask every few seconds: Prometheus text 0.0.4. Names `gengfu_*`; nothing of people. */
import { alarmClasses } from '../../../config/vocabulary.js';
import { bigStates, type PanelState } from '../api/state.js';
import type { ToPanel } from '../bridge.js';

type Entry = Extract<ToPanel, { kind: 'entry' }>;
type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number];

export interface MetricsNow {
  /** Null: the watch has not told it yet. */
  readonly state: PanelState | null;
  readonly isWatchHeard: boolean;
  readonly streams: number;
}

/** Counts since this start of the panel's thread. Bounded: kinds, classes and status codes are few. */
export class Metrics {
  readonly #entries = new Map<string, { readonly labels: Labels; count: number }>();
  readonly #requests = new Map<number, number>();

  countEntry({ entryKind, class: alarmClass }: Entry): void {
    const key = `${entryKind} ${alarmClass}`;
    const counted = this.#entries.get(key);
    if (counted !== undefined) counted.count += 1;
    else this.#entries.set(key, { labels: { kind: entryKind, class: alarmClass ?? 'none' }, count: 1 });
  }

  countRequest(status: number): void {
    this.#requests.set(status, (this.#requests.get(status) ?? 0) + 1);
  }

  text({ state, isWatchHeard, streams }: MetricsNow): string {
    return [
      metric('watch_heard', 'gauge', 'the watch said something within 3 s', [[{}, Number(isWatchHeard)]]),
      metric('panel_streams', 'gauge', 'open live streams', [[{}, streams]]),
      metric(
        'panel_http_requests_total',
        'counter',
        'requests answered, by status',
        [...this.#requests].map(([status, count]) => [{ status: String(status) }, count]),
      ),
      metric(
        'entries_total',
        'counter',
        'entries of the journal since the panel started',
        [...this.#entries.values()].map(({ labels, count }) => [labels, count]),
      ),
      // Of a watch that is not heard nothing is known, and an old value would pass for a new one.
      ...(state === null || !isWatchHeard ? [] : ofState(state)),
    ].join('');
  }
}

function ofState({ head, points, uplinks, services, outputs }: PanelState): readonly string[] {
  const readings = Object.values(points);
  const centres = Object.values(uplinks);
  return [
    metric('info', 'gauge', 'the running version', [[{ version: head.version }, 1]]),
    metric('up_seconds', 'counter', 'since the gateway started', [[{}, head.upMs / 1000]]),
    metric(
      'state',
      'gauge',
      'the big state',
      bigStates.map((state) => [{ state }, Number(head.state === state)]),
    ),
    metric('sounding', 'gauge', 'something sounds', [[{}, Number(head.isSounding)]]),
    metric('recording', 'gauge', 'the disk of the journal takes entries', [[{}, Number(head.isRecording)]]),
    metric(
      'alarms',
      'gauge',
      'alarms that stand, by class',
      alarmClasses.map((each) => [{ class: each }, head.counts[each] ?? 0]),
    ),
    metric(
      'points',
      'gauge',
      'points by quality',
      (['good', 'bad', 'unread'] as const).map((quality) => [
        { quality },
        readings.filter((point) => point.quality === quality).length,
      ]),
    ),
    metric('outputs_on', 'gauge', 'outputs that are proven on', [
      [{}, Object.values(outputs).filter(({ proven }) => proven === true).length],
    ]),
    metric('services', 'gauge', 'subjects shelved, out of service or under test', [[{}, Object.keys(services).length]]),
    metric(
      'uplink_up',
      'gauge',
      'the centre can be reached',
      centres.map(({ id, isUp }) => [{ uplink: id }, Number(isUp)]),
    ),
    metric(
      'uplink_queued',
      'gauge',
      'entries that wait for the centre, by lane',
      centres.flatMap(({ id, queued }) =>
        (['fire', 'journal', 'telemetry'] as const).map((lane): Sample => [{ uplink: id, lane }, queued[lane]]),
      ),
    ),
  ];
}

function metric(name: string, type: 'gauge' | 'counter', help: string, samples: readonly Sample[]): string {
  const lines = samples.map(([labels, value]) => `gengfu_${name}${labelText(labels)} ${value}\n`);
  return `# HELP gengfu_${name} ${help}\n# TYPE gengfu_${name} ${type}\n${lines.join('')}`;
}

function labelText(labels: Labels): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
