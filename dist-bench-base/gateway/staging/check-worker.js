/** Checks one site file in a thread of its own: half a second of parsing on a slow box would be half a second without a watch. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadCodecs } from '../../drivers/stream/codec-library.js';
import { checkSiteText } from '../check.js';
const { file, text, knownUplinks, knownPinDrivers } = workerData;
const codecs = await loadCodecs();
const known = { knownUplinks, knownPinDrivers, knownCodecs: [...codecs.keys()], codecs };
parentPort?.postMessage(await checkSiteText(file, text, known));
