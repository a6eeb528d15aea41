// Reads QR codes from pictures: by the browser itself where it can, else by jsQR in a worker, so
// that the page stays quick. No picture leaves the device.
import type { DecodeAnswer, DecodeJob } from './decoder_worker';

interface Detector {
  detect(source: ImageBitmapSource): Promise<{ rawValue: string }[]>;
}

interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

async function nativeDetector(): Promise<Detector | undefined> {
  const candidate = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  if (candidate === undefined) return undefined;
  const formats = await candidate.getSupportedFormats().catch((): string[] => []);
  return formats.includes('qr_code') ? new candidate({ formats: ['qr_code'] }) : undefined;
}

export class Decoder {
  private readonly native = nativeDetector();
  private worker: Worker | undefined;
  private nextId = 0;
  private readonly waiting = new Map<number, (text: string | null) => void>();

  private workerOrStart(): Worker {
    if (this.worker !== undefined) return this.worker;
    const worker = new Worker(new URL('./decoder_worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<DecodeAnswer>) => {
      this.waiting.get(data.id)?.(data.text);
      this.waiting.delete(data.id);
    };
    worker.onerror = () => {
      this.waiting.forEach((resolve) => resolve(null));
      this.waiting.clear();
    };
    this.worker = worker;
    return worker;
  }

  /** The text of a code in the picture, or null when there is none. */
  async decode(picture: ImageData, thorough: boolean): Promise<string | null> {
    const native = await this.native;
    const [found] = (await native?.detect(picture).catch(() => [])) ?? [];
    if (found !== undefined) return found.rawValue;
    if (native !== undefined && !thorough) return null;
    return new Promise((resolve) => {
      const id = this.nextId++;
      this.waiting.set(id, resolve);
      const data = new Uint8ClampedArray(picture.data);
      const job: DecodeJob = { id, data, width: picture.width, height: picture.height, thorough };
      this.workerOrStart().postMessage(job, [data.buffer]);
    });
  }

  close(): void {
    this.worker?.terminate();
    this.waiting.forEach((resolve) => resolve(null));
    this.waiting.clear();
  }
}

/** Draws a frame or a picture at most `sideMax` pixels long, enlarged at most `growthMax` times. */
export function pixelsOf(
  source: CanvasImageSource,
  width: number,
  height: number,
  sideMax: number,
  growthMax = 1,
): ImageData | undefined {
  const scale = Math.min(growthMax, sideMax / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return undefined;
  // A picture with a transparent ground would turn black, and the code with it.
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

// A small picture is enlarged: jsQR misses codes whose modules are under three pixels.
const kSides = [1_000, 1_800, 600];
const kGrowthMax = 3;

/** Looks for a code in a picture file at several sizes. Throws when it is no picture. */
export async function decodeFile(decoder: Decoder, file: Blob): Promise<string | null> {
  const picture = await createImageBitmap(file);
  try {
    for (const side of kSides) {
      const pixels = pixelsOf(picture, picture.width, picture.height, side, kGrowthMax);
      const text = pixels === undefined ? null : await decoder.decode(pixels, true);
      if (text !== null) return text;
    }
    return null;
  } finally {
    picture.close();
  }
}
