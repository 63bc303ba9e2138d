/** Images of the village plan: what a name must look like, and what the bytes are, whatever anybody says they are. */
export const imageTypes = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp' } as const;
export type ImageKind = keyof typeof imageTypes;

const namePattern = /^[a-z0-9][a-z0-9-]{0,59}\.(png|jpg|webp)$/;
export const namePatternWords = 'a-z, 0-9 and -, at most 60, then .png, .jpg or .webp';

/** By its name; null: no image may be called that. */
export function kindOfName(name: string): ImageKind | null {
  const ending = namePattern.exec(name)?.[1];
  return ending === 'png' || ending === 'jpg' || ending === 'webp' ? ending : null;
}

/** By its first bytes; null: none that a browser is handed from here (an SVG may carry scripts). */
export function kindOfBytes(bytes: Uint8Array): ImageKind | null {
  const starts = (magic: readonly number[], at = 0): boolean =>
    magic.every((byte, index) => bytes[at + index] === byte);
  if (starts([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (starts([0xff, 0xd8, 0xff])) return 'jpg';
  if (starts([0x52, 0x49, 0x46, 0x46]) && starts([0x57, 0x45, 0x42, 0x50], 8)) return 'webp';
  return null;
}
