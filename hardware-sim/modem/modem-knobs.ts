/** How a simulated modem behaves; each can be turned while it runs. What it says by itself of a change: `SimAtModem.setSim`, `setNetwork`. */

export type SimCard = 'ready' | 'missing' | 'pin' | 'puk';
export type CellNetwork = 'home' | 'roaming' | 'searching' | 'denied' | 'none';

/** `soft`: nothing is answered until AT+CFUN=1,1; `hard`: until the power goes; it does not even hear that. */
export type Hang = 'none' | 'soft' | 'hard';

/** Where the modem hangs by itself, once. */
export type HangMoment = 'prompt' | 'payload' | 'result';

export interface ModemKnobs {
  hang: Hang;
  /** The next CMGS: before its prompt, after its PDU came, or when the network has taken it and the result is due; as `soft`. */
  hangAt: HangMoment | null;
  /** Every answer comes so long after its command, ms. */
  answerMs: number;
  /** The network takes so long for a part, ms. */
  sendMs: number;
  /** The result of a part comes so much later than it was taken, ms. */
  lateMs: number;
  /** Lines that come by themselves in the middle of every answer, and between a PDU and its result. */
  mixes: readonly string[];
  /** Lines between a command and its prompt. */
  mixesBeforePrompt: readonly string[];
  /** Answers come in pieces of so many bytes, `pieceGapMs` apart; null: whole. */
  pieceBytes: number | null;
  pieceGapMs: number;
  /** Bytes in front of every answer. */
  garbage: Uint8Array | null;
  /** ATE0 changes nothing. */
  alwaysEchoes: boolean;
  sim: SimCard;
  pin: string;
  pinTries: number;
  network: CellNetwork;
  /** 0 to 31; 99: not known. */
  signal: number;
  /** What the next parts are answered, in this order: `+CMS ERROR: n`; the network does not take them. */
  cmsErrors: number[];
  /** What the next AT+CMGS are answered in the place of a prompt: `+CME ERROR: 14`, `ERROR`. */
  promptErrors: string[];
  /** What becomes of a part whose sender wants to know; `none`: nobody says. */
  reports: 'delivered' | 'failed' | 'none';
  /** So long after it was taken, ms. */
  reportMs: number;
  /** From the power, or a reset, to the first word, ms; and from there to the network. */
  bootMs: number;
  registerMs: number;
  /** Messages and reports that are kept; what comes then is lost. */
  storeMax: number;
  /** Commands that this model does not know, by how they begin: `AT+CEREG`. */
  unknown: readonly string[];
  /** The network has told the time. */
  hasTime: boolean;
}

export function restingModem(): ModemKnobs {
  return {
    ...{ hang: 'none', hangAt: null, answerMs: 10, sendMs: 1_500, lateMs: 0 },
    ...{ mixes: [], mixesBeforePrompt: [], pieceBytes: null, pieceGapMs: 2, garbage: null, alwaysEchoes: false },
    ...{ sim: 'ready', pin: '1234', pinTries: 3, network: 'home', signal: 20 },
    ...{ cmsErrors: [], promptErrors: [], reports: 'delivered', reportMs: 4_000 },
    ...{ bootMs: 3_000, registerMs: 2_000, storeMax: 20, unknown: [], hasTime: true },
  };
}
