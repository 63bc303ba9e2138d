/**
 * Physical units as SenML writes them: the registered ones (RFC 8428 §12.1; RFC 8798 §2 and its secondary units, §3), and where there is
 * none, the registered unit with the factor to it. What has neither (%LEL) goes without a unit: the point says what it is.
 */
import { rounded } from '../../config/physical-units.js';

interface SenmlUnit {
  readonly unit: string;
  readonly factor: number;
}

const same = (unit: string): SenmlUnit => ({ unit, factor: 1 });

const units: ReadonlyMap<string, SenmlUnit> = new Map(
  Object.entries({
    ...Object.fromEntries(
      ['V', 'A', 'W', 'VA', 'var', 'Hz', '%RH', 'm', 'm/s', 'Pa', 'B', 's'].map((unit) => [unit, same(unit)]),
    ),
    ...Object.fromEntries(
      [
        'mV',
        'mA',
        'kW',
        'kVA',
        'kvar',
        'Wh',
        'kWh',
        'varh',
        'kvarh',
        'mm',
        'cm',
        'km',
        'ms',
        'min',
        'h',
        'ppm',
        'hPa',
        'dBm',
      ].map((unit) => [unit, same(unit)]),
    ),
    '°C': same('Cel'),
    '%': same('/100'),
    '1': same('/'),
    µA: { unit: 'mA', factor: 0.001 },
    MPa: { unit: 'Pa', factor: 1e6 },
    kPa: { unit: 'Pa', factor: 1000 },
    bar: { unit: 'Pa', factor: 1e5 },
    mbar: { unit: 'hPa', factor: 1 },
    MB: { unit: 'B', factor: 1e6 },
  }),
);

/** A number of the village as SenML tells it; `unit: null` = without one. */
export function senmlQuantity(
  unit: string | null,
  value: number,
): { readonly unit: string | null; readonly value: number } {
  const known = unit === null ? undefined : units.get(unit);
  if (known === undefined) return { unit: null, value };
  return { unit: known.unit, value: known.factor === 1 ? value : rounded(value * known.factor) };
}
