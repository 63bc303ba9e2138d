import type { water as zh } from '../zh/water.js';

/** Water and power, and trends. */
export const water: Readonly<Record<keyof typeof zh, string>> = {
  'nav.water': 'Water, power',
  'water.tanks': 'Tanks',
  'water.full': '{percent}% full',
  'water.reserve': 'fire reserve {value}',
  'water.overflow': 'overflow {value}',
  'water.pressure': 'Mains, pumps and valves',
  'water.electric': 'Power and gas',
  'water.measured': 'Voltage, current, power',
  'water.nothing': 'This site measures neither water nor power',
  'water.back': 'Back to water and power',
  'trend.nothing': 'There are no samples of this time',
  'trend.summary': 'lowest {least}, highest {largest}',
  'trend.gaps': 'Where the line breaks there are no samples.',
  'trend.gap': 'no samples',
  'trend.table': 'As a table',
  'trend.from': 'From',
  'trend.least': 'Lowest',
  'trend.largest': 'Highest',
  'trend.last': 'Last',
  'trend.noPlot': 'The plot could not be drawn; see the table',
};
