/** The verb `gengfu labels`: what may stand behind it. */
import { type Command, InvalidArgumentError } from 'commander';
import { labelSizeMm, usualSizeMm } from '../../papers/label-sheet.js';
import type { AddTo, RunOptions } from '../exercise-orders.js';

export interface LabelOptions extends RunOptions {
  readonly out?: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly url?: string;
}

export function addLabels(program: Command, addTo: AddTo, act: (options: LabelOptions) => Promise<void>): void {
  addTo(
    program,
    'labels',
    '每台设备的二维码标签，A4 打印 / labels with a QR code for every device, to print on A4',
    (options) => act(options as RunOptions as LabelOptions),
  )
    .option('--out <file>', '写到哪里，不写为 labels.html / where to; left out: labels.html')
    .option(
      '--size <width>x<height>',
      `标签大小，毫米，不写为 ${usualSizeMm.width}x${usualSizeMm.height} / size of a label in mm; left out: ${usualSizeMm.width}x${usualSizeMm.height}`,
      readSize,
      usualSizeMm,
    )
    .option(
      '--url <address>',
      '面板地址，扫码直达该设备；不写时码里只有编号 / address of the panel, so that the code leads to the device; left out: its name alone',
      readUrl,
    );
}

function readSize(text: string): LabelOptions['size'] {
  const [, width = '', height = ''] = /^(\d{1,3})x(\d{1,3})$/.exec(text) ?? [];
  const { min, max } = labelSizeMm;
  const size = { width: Number(width), height: Number(height) };
  const fits =
    size.width >= min.width && size.width <= max.width && size.height >= min.height && size.height <= max.height;
  if (!fits) {
    const range = `${min.width}x${min.height} – ${max.width}x${max.height}`;
    throw new InvalidArgumentError(`应为毫米，${range} / expected mm, ${range}`);
  }
  return size;
}

function readUrl(text: string): string {
  if (!/^https?:\/\/[\w.:[\]-]+(?:\/[\w./-]*)?$/.test(text) || text.length > 100) {
    throw new InvalidArgumentError('应为 http://192.168.1.5:8080 这样 / expected such as http://192.168.1.5:8080');
  }
  return text;
}
