/** What a checked site says of the box itself. Part of SiteConfig. */

/** What the gateway tells about the box that it runs on, and about itself. */
export interface BoxSource {
  readonly kind: 'box';
  readonly what: BoxFigure;
}

/** Of the hardware: `temperature`, `disk_free`, `memory`, `supply`; of its power, where it has a battery: `mains`, `battery_voltage`,
 * `battery_charge`, `battery_cell` (the weakest); of the gateway: `loop_delay`, `commit`, `clock`. */
export type BoxFigure =
  | 'temperature'
  | 'disk_free'
  | 'memory'
  | 'supply'
  | 'mains'
  | 'battery_voltage'
  | 'battery_charge'
  | 'battery_cell'
  | 'loop_delay'
  | 'commit'
  | 'clock';

/** A UPS board that the kernel has no driver for. */
export interface UpsConfig {
  readonly board: UpsBoardKind;
  /** N of `/dev/i2c-N`. */
  readonly i2cBus: number;
}
export type UpsBoardKind = 'waveshare-e' | 'waveshare-b' | 'waveshare-c';
