/** What a modem answers to each AT command (3GPP TS 27.005 and 27.007). Pure but for the settings that a command changes. */
import type { MessageStore, StoredMessage } from './message-store.js';
import type { CellNetwork, ModemKnobs, SimCard } from './modem-knobs.js';

/** What commands set; a reset begins anew. */
export interface ModemSettings {
  isEchoing: boolean;
  /** AT+CMEE: 0 `ERROR` alone, 1 numbers. */
  errors: number;
  isPduMode: boolean;
  /** Third parameter of AT+CNMI is left out: mt 1 +CMTI, 2 +CMT; ds 1 +CDS, 2 +CDSI. */
  newMessages: { readonly mt: number; readonly ds: number };
  memory: string;
  /** AT+CREG and AT+CEREG: 1 = changes are told. */
  tellsNetwork: { creg: number; cereg: number };
  isRadioOn: boolean;
  isUnlocked: boolean;
}

export function freshSettings(): ModemSettings {
  return {
    ...{ isEchoing: true, errors: 0, isPduMode: false, newMessages: { mt: 0, ds: 0 }, memory: 'SM' },
    ...{ tellsNetwork: { creg: 0, cereg: 0 }, isRadioOn: true, isUnlocked: false },
  };
}

export interface AtWorld {
  readonly knobs: ModemKnobs;
  readonly settings: ModemSettings;
  readonly store: MessageStore;
  readonly sim: SimCard;
  readonly network: CellNetwork;
  /** `26/11/30,18:20:01+32`. */
  readonly localTime: string;
}

export type AtAnswer =
  | { readonly kind: 'final'; readonly lines: readonly string[]; readonly final: string }
  | { readonly kind: 'prompt'; readonly tpduBytes: number }
  | { readonly kind: 'reset' };

const cme = { simMissing: 10, simPin: 11, simPuk: 12, wrongPassword: 16, unsupported: 4, noService: 30 } as const;
const cms = { simMissing: 310, simPin: 311, simPuk: 316, noService: 331, badIndex: 321, notPdu: 302 } as const;
const tpduMax = 164;
const registration: Readonly<Record<CellNetwork, number>> = { none: 0, home: 1, searching: 2, denied: 3, roaming: 5 };
const pinTriesAtFirst = 3;

const names: Readonly<Record<string, string>> = {
  ATI: 'Gengfu SimModem 4G',
  'AT+CGMI': 'Gengfu',
  'AT+CGMM': 'SimModem',
  'AT+CGMR': 'SIM01A01',
  'AT+CGSN': '860000000000001',
};
/** Accepted, and nothing comes of them here. */
const idle =
  /^AT(?:|Z|&F|&W|H|V1|Q0|X\d|\+CLIP=[01]|\+CSDH=[01]|\+CSMS=[01]|\+CTZU=\d|\+CTZR=\d|\+CSCS=".*"|\+CSCA=".*"|\+COPS=\d.*|\+IFC=.*|\+IPR=\d+|\+CGREG=\d|\+CSMP=.*)$/;

export function answerTo(text: string, world: AtWorld): AtAnswer {
  const { knobs, settings } = world;
  const command = text.trim().toUpperCase();
  if (knobs.unknown.some((start) => command.startsWith(start))) return errorOf(settings, 'CME', cme.unsupported);
  const name = names[command];
  if (name !== undefined) return ok(name);
  const [, verb = '', rest = ''] = /^AT(\+[A-Z]+|E)(.*)$/.exec(command) ?? [];
  switch (verb) {
    case 'E':
      settings.isEchoing = rest !== '0';
      return ok();
    case '+CMEE':
      if (rest === '?') return ok(`+CMEE: ${settings.errors}`);
      settings.errors = Number(rest.replace('=', ''));
      return ok();
    case '+CFUN':
      return radio(rest, settings);
    case '+CPIN':
      return pin(rest, world);
    case '+CSQ':
      return ok(`+CSQ: ${world.network === 'none' ? 99 : knobs.signal},99`);
    case '+CREG':
    case '+CEREG':
      return registered(verb, rest, world);
    case '+COPS':
      if (rest !== '?') break;
      return ok(world.network === 'home' || world.network === 'roaming' ? '+COPS: 0,0,"SIMULATED",7' : '+COPS: 0');
    case '+CCLK':
      return rest === '?' ? ok(`+CCLK: "${world.localTime}"`) : ok();
    case '+CMGF':
      if (rest === '?') return ok(`+CMGF: ${settings.isPduMode ? 0 : 1}`);
      settings.isPduMode = rest === '=0';
      return ok();
    case '+CSCA':
      if (rest !== '?') break;
      return world.sim === 'ready' ? ok('+CSCA: "+8613800100500",145') : simError(world, 'CMS');
    case '+CPMS':
      return memory(rest, world);
    case '+CNMI': {
      if (rest === '?') return ok(`+CNMI: 2,${settings.newMessages.mt},0,${settings.newMessages.ds},0`);
      const [, mt = 0, , ds = 0] = rest.replace('=', '').split(',').map(Number);
      settings.newMessages = { mt, ds };
      return ok();
    }
    case '+CMGR':
    case '+CMGD':
    case '+CMGL':
      return stored(verb, rest, world);
    case '+CMGS':
      return send(rest, world);
    default:
      break;
  }
  return idle.test(command) ? ok() : errorOf(settings, 'CME', cme.unsupported);
}

/** As the settings want errors told. */
export function errorOf({ errors }: ModemSettings, family: 'CME' | 'CMS', code: number): AtAnswer {
  // TS 27.005: errors of messages have their numbers whatever AT+CMEE says.
  if (family === 'CME' && errors === 0) return { kind: 'final', lines: [], final: 'ERROR' };
  return { kind: 'final', lines: [], final: `+${family} ERROR: ${code}` };
}

function ok(...lines: readonly string[]): AtAnswer {
  return { kind: 'final', lines, final: 'OK' };
}

function radio(rest: string, settings: ModemSettings): AtAnswer {
  if (rest === '?') return ok(`+CFUN: ${settings.isRadioOn ? 1 : 4}`);
  if (rest === '=1,1') return { kind: 'reset' };
  settings.isRadioOn = rest === '=1' || rest === '=1,0';
  return ok();
}

function pin(rest: string, world: AtWorld): AtAnswer {
  const { knobs, settings, sim } = world;
  if (sim === 'missing') return errorOf(settings, 'CME', cme.simMissing);
  if (rest === '?') return ok(`+CPIN: ${sim === 'ready' ? 'READY' : sim === 'pin' ? 'SIM PIN' : 'SIM PUK'}`);
  const [, given] = /^="?([0-9]{4,8})"?$/.exec(rest) ?? [];
  if (given === undefined || sim === 'ready') return errorOf(settings, 'CME', cme.unsupported);
  if (sim === 'puk') return errorOf(settings, 'CME', cme.simPuk);
  if (given === knobs.pin) {
    settings.isUnlocked = true;
    knobs.pinTries = pinTriesAtFirst;
    return ok();
  }
  knobs.pinTries--;
  if (knobs.pinTries <= 0) knobs.sim = 'puk';
  return errorOf(settings, 'CME', cme.wrongPassword);
}

function registered(verb: '+CREG' | '+CEREG', rest: string, { settings, network }: AtWorld): AtAnswer {
  const key = verb === '+CREG' ? 'creg' : 'cereg';
  if (rest === '?') return ok(`${verb}: ${settings.tellsNetwork[key]},${registration[network]}`);
  settings.tellsNetwork[key] = Number(rest.replace('=', ''));
  return ok();
}

/** The line with which a change is told. */
export function networkLine(verb: 'CREG' | 'CEREG', network: CellNetwork): string {
  return `+${verb}: ${registration[network]}`;
}

function memory(rest: string, world: AtWorld): AtAnswer {
  const { settings, store, knobs } = world;
  if (world.sim !== 'ready') return simError(world, 'CMS');
  const used = `${store.size},${knobs.storeMax}`;
  if (rest === '?') {
    const each = `"${settings.memory}",${used}`;
    return ok(`+CPMS: ${each},${each},${each}`);
  }
  const [, first] = /^="(SM|ME|MT|SR)"/.exec(rest) ?? [];
  if (first === undefined) return errorOf(settings, 'CMS', cms.notPdu);
  settings.memory = first;
  return ok(`+CPMS: ${used},${used},${used}`);
}

function stored(verb: '+CMGR' | '+CMGD' | '+CMGL', rest: string, world: AtWorld): AtAnswer {
  const { settings, store } = world;
  if (world.sim !== 'ready') return simError(world, 'CMS');
  if (!settings.isPduMode && verb !== '+CMGD') return errorOf(settings, 'CMS', cms.notPdu);
  if (verb === '+CMGL') return ok(...store.all.flatMap((each) => [`+CMGL: ${each.index},${told(each)}`, each.hex]));
  const [index = 0, flag = 0] = rest.replace('=', '').split(',').map(Number);
  if (verb === '+CMGD' && flag === 4) {
    store.clear();
    return ok();
  }
  const found = store.get(index);
  // Deleting what is not there is no error on real modems.
  if (verb === '+CMGD') {
    store.remove(index);
    return ok();
  }
  if (found === null) return errorOf(settings, 'CMS', cms.badIndex);
  const line = `+CMGR: ${told(found)}`;
  found.isRead = true;
  return ok(line, found.hex);
}

function told({ isRead, tpduBytes }: StoredMessage): string {
  return `${isRead ? 1 : 0},,${tpduBytes}`;
}

function send(rest: string, world: AtWorld): AtAnswer {
  const { settings, network, knobs } = world;
  const refused = knobs.promptErrors.shift();
  if (refused !== undefined) return { kind: 'final', lines: [], final: refused };
  if (world.sim !== 'ready') return simError(world, 'CMS');
  if (network !== 'home' && network !== 'roaming') return errorOf(settings, 'CMS', cms.noService);
  const [, digits] = /^=([0-9]{1,3})$/.exec(rest) ?? [];
  const tpduBytes = Number(digits);
  if (!settings.isPduMode || digits === undefined || tpduBytes === 0 || tpduBytes > tpduMax) {
    return errorOf(settings, 'CMS', cms.notPdu);
  }
  return { kind: 'prompt', tpduBytes };
}

function simError({ settings, sim }: AtWorld, family: 'CME' | 'CMS'): AtAnswer {
  const codes = family === 'CME' ? cme : cms;
  const code = sim === 'missing' ? codes.simMissing : sim === 'pin' ? codes.simPin : codes.simPuk;
  return errorOf(settings, family, code);
}
