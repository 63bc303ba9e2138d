import { speechChip } from './speech-chip.js';
export const syn6288 = speechChip({ name: 'SYN6288', volumeMax: 16, sumBytes: 1 });
