/** Where a GPIO of the chip comes out on the 40-pin header (Raspberry Pi documentation, "GPIO and the 40-pin header"). */
const pins: Readonly<Record<number, number>> = {
  ...{
    2: 3,
    3: 5,
    4: 7,
    14: 8,
    15: 10,
    17: 11,
    18: 12,
    27: 13,
    22: 15,
    23: 16,
    24: 18,
    10: 19,
    9: 21,
    25: 22,
    11: 23,
    8: 24,
    7: 26,
  },
  ...{ 0: 27, 1: 28, 5: 29, 6: 31, 12: 32, 13: 33, 19: 35, 16: 36, 26: 37, 20: 38, 21: 40 },
};

/** Null: it is not led out there. */
export function headerPin(gpio: number): number | null {
  return pins[gpio] ?? null;
}
