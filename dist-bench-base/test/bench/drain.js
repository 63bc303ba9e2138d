/** A backlog on its way to a real broker, next to a plain publisher of as many messages; and fires that overtake it. */
import { entryMessageBytes, packMessageBytes, samplesPerPack } from './drain-rows.js';
import { HelperProcess } from './helper-process.js';
import { startRealBroker } from './real-broker.js';
import { median, round } from './result.js';
const journalRows = 100_000;
const samples = 1_000_000;
/** Of one sample as a message of its own: a name, a value, a time. */
const sampleMessageBytes = 120;
/** No disk and no processor is always equally quick: each contender this often, in turn; the median counts. */
const turns = 5;
const quickTurns = 3;
const overtakeMs = 250;
const quickShare = 0.1;
export async function drain({ quick, say }) {
    const share = quick ? quickShare : 1;
    const broker = await startRealBroker();
    const rows = journalRows * share;
    const packs = (samples * share) / samplesPerPack;
    const all = [];
    for (let turn = 1; turn <= (quick ? quickTurns : turns); turn++) {
        say(`${rows} journal rows, ${packs} packs, ${rows} messages of one sample: turn ${turn}`);
        all.push({
            entries: await drained(broker, rows, 0, 0),
            plainEntries: await published(broker, rows, entryMessageBytes()),
            packs: await drained(broker, 0, packs, 0),
            plainPacks: await published(broker, packs, packMessageBytes()),
            plainSamples: await published(broker, rows, sampleMessageBytes),
        });
    }
    await broker.stop();
    const samplesPerS = (turn) => (packs * samplesPerPack * 1000) / turn.packs.lastedMs;
    const plainPerS = (turn) => (rows * 1000) / turn.plainSamples.lastedMs;
    const perSample = all.map((turn) => samplesPerS(turn) / plainPerS(turn));
    return [
        compared(`journal rows (${entryMessageBytes()} B), messages in a second against a plain publisher`, rows, all.map(({ entries, plainEntries }) => [entries, plainEntries])),
        compared(`packs of ${samplesPerPack} samples (${packMessageBytes()} B), the same`, packs, all.map((turn) => [turn.packs, turn.plainPacks])),
        {
            ...{ part: 'drain', what: 'samples in a second against a plain publisher of each', unit: ' times' },
            value: median(perSample),
            limit: { atLeast: 10 },
            detail: {
                'samples/s': round(median(all.map(samplesPerS))),
                'plain samples/s': round(median(all.map(plainPerS))),
                ...leastAndMost(perSample),
            },
        },
    ];
}
export async function overtake({ quick, say }) {
    const broker = await startRealBroker();
    const rows = journalRows * (quick ? quickShare : 1);
    say(`fires among ${rows} rows and as many samples`);
    const { tookMs, lastedMs } = await drained(broker, rows, rows / samplesPerPack, 1000);
    await broker.stop();
    const sorted = [...tookMs].sort((a, b) => a - b);
    const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
    return [
        {
            ...{
                part: 'overtake',
                what: "a fire raised in a drain to the broker's confirmation, fsync included, p99",
                unit: ' ms',
            },
            value: at(0.99),
            limit: { atMost: overtakeMs },
            detail: {
                fires: sorted.length,
                'median ms': round(at(0.5)),
                'longest ms': round(at(1)),
                'drain s': round(lastedMs / 1000),
            },
        },
    ];
}
/** @param pairs ours and the plain publisher's, one right after the other. */
function compared(what, messages, pairs) {
    const ratios = pairs.map(([own, plain]) => plain.lastedMs / own.lastedMs);
    const typical = (of) => round(median(pairs.map(of)));
    return {
        ...{ part: 'drain', what, unit: ' times', limit: { atLeast: 0.5 } },
        value: median(ratios),
        detail: {
            'messages/s': typical(([own]) => (messages * 1000) / own.lastedMs),
            'plain messages/s': typical(([, plain]) => (messages * 1000) / plain.lastedMs),
            'CPU µs/message': typical(([own]) => own.cpuUs / messages),
            'plain CPU µs/message': typical(([, plain]) => plain.cpuUs / messages),
            'RSS MB more': typical(([own]) => own.rssMb),
            ...leastAndMost(ratios),
        },
    };
}
function leastAndMost(values) {
    return { 'least and most': `${round(Math.min(...values))} to ${round(Math.max(...values))}` };
}
async function drained({ port }, entries, packs, fires) {
    return ask(new HelperProcess('drain-process', port, entries, packs, fires));
}
async function published({ port }, messages, bytes) {
    return ask(new HelperProcess('plain-publisher', port, messages, bytes));
}
async function ask(helper) {
    await helper.line();
    const answer = JSON.parse(await helper.ask('go'));
    await helper.end();
    return answer;
}
