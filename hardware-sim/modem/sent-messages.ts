/** What the network took of a modem: parts as they came, and the messages that they make. */
import type { SubmitPdu } from './read-submit.js';

export interface SentPart {
  readonly pdu: SubmitPdu;
  /** What +CMGS said, and a report will say. */
  readonly reference: number;
  /** When the network took it. */
  readonly atMono: number;
}

export interface SentMessage {
  readonly to: string;
  /** Of the parts that are here, in their order. */
  readonly text: string;
  /** Parts that it has, and those that came. */
  readonly parts: number;
  readonly partsHere: number;
  readonly validityMin: number | null;
  readonly wantsReport: boolean;
  readonly references: readonly number[];
  /** When the last part was taken. */
  readonly atMono: number;
}

/** The oldest go. */
const partsMax = 5_000;

export class SentMessages {
  readonly parts: SentPart[] = [];

  keep(part: SentPart): void {
    this.parts.push(part);
    if (this.parts.length > partsMax) this.parts.shift();
  }

  /** In the order of their first parts. A part that came twice begins a message of its own. */
  get messages(): readonly SentMessage[] {
    const groups: SentPart[][] = [];
    for (const part of this.parts) {
      const group = groups.findLast((each) => belongs(each, part));
      if (group === undefined) groups.push([part]);
      else group.push(part);
    }
    return groups.flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const inOrder = group.toSorted((a, b) => numberOf(a) - numberOf(b));
      const { to, validityMin, wantsReport, part } = first.pdu;
      return {
        ...{ to, validityMin, wantsReport, parts: part?.of ?? 1, partsHere: group.length },
        text: inOrder.map(({ pdu }) => pdu.text).join(''),
        references: inOrder.map(({ reference }) => reference),
        atMono: Math.max(...group.map(({ atMono }) => atMono)),
      };
    });
  }
}

function belongs(group: readonly SentPart[], { pdu }: SentPart): boolean {
  const { part, to } = pdu;
  if (part === null) return false;
  const isSame = group.every(
    ({ pdu: other }) => other.to === to && other.part?.reference === part.reference && other.part.of === part.of,
  );
  return isSame && group.every(({ pdu: other }) => other.part?.number !== part.number);
}

function numberOf({ pdu }: SentPart): number {
  return pdu.part?.number ?? 1;
}
