import { speechChip } from './speech-chip.js';
export const xfs5152 = speechChip({ name: 'XFS5152CE', volumeMax: 10, sumBytes: 0 });
