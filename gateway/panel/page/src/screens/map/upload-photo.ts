/** A photo is made small here and drawn anew, so that neither its size nor where and by what it was taken leaves the phone. */
import { askRaw, type Outcome } from '../../api/client.js';
import { fitted } from './photos.js';
import { imageName } from './pins.js';
import { wrong } from './upload-plan.js';

/** Of the longer side. */
const sideMaxPx = 1280;
const quality = 0.8;

/** `stem`: makes its name another one than those before. The answer is the name it has at the gateway. */
export async function uploadPhoto(file: File, stem: string): Promise<Outcome<string>> {
  const name = imageName('image/jpeg', stem);
  const bytes = await shrunk(file);
  if (name === null || bytes === null) return wrong('map.wrongKind');
  const answer = await askRaw('putImage', { params: { name }, bytes });
  return answer.isOk ? { isOk: true, value: name } : answer;
}

/** Null: the browser can not read it. */
export async function shrunk(file: File): Promise<Blob | null> {
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    const [width, height] = fitted(image.naturalWidth, image.naturalHeight, sideMaxPx);
    Object.assign(canvas, { width, height });
    canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
    return await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}
