/** A PNG of Chromium → one of 16 greys, a quarter of the size: the pictures lie in the package, and a card is small. */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Of red, green and blue; the rest is black. */
const weights = [0.3, 0.59, 0.11];

export function greyPng(png) {
  const { width, height, channels, data } = decoded(png);
  const stride = Math.ceil(width / 2) + 1;
  const packed = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * channels;
      const level = Math.round(weights.reduce((sum, weight, i) => sum + weight * data[at + i], 0) / 17);
      packed[y * stride + 1 + (x >> 1)] |= x % 2 === 0 ? level << 4 : level;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Four bits, grey.
  head[8] = 4;
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(packed, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

/** Eight bits, RGB or RGBA, not interlaced: what Chromium writes. */
function decoded(png) {
  const body = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') body.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const [width, height, channels] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25] === 6 ? 4 : 3];
  const raw = inflateSync(Buffer.concat(body));
  const bytes = width * channels;
  const data = Buffer.alloc(bytes * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (bytes + 1)];
    for (let i = 0; i < bytes; i++) {
      const left = i < channels ? 0 : data[y * bytes + i - channels];
      const up = y === 0 ? 0 : data[(y - 1) * bytes + i];
      const corner = y === 0 || i < channels ? 0 : data[(y - 1) * bytes + i - channels];
      data[y * bytes + i] = raw[y * (bytes + 1) + 1 + i] + predicted(filter, left, up, corner);
    }
  }
  return { width, height, channels, data };
}

function predicted(filter, left, up, corner) {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const [toLeft, toUp, toCorner] = [left, up, corner].map((each) => Math.abs(left + up - corner - each));
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function chunk(name, content) {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
