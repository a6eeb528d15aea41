import jsQR from 'jsqr';

export interface DecodeJob {
  id: number;
  data: Uint8ClampedArray<ArrayBuffer>;
  width: number;
  height: number;
  /** Slower and more stubborn: for a still picture. */
  thorough: boolean;
}

export interface DecodeAnswer {
  id: number;
  text: string | null;
}

self.onmessage = ({ data: job }: MessageEvent<DecodeJob>) => {
  const inversionAttempts = job.thorough ? 'attemptBoth' : 'dontInvert';
  const found = jsQR(job.data, job.width, job.height, { inversionAttempts });
  self.postMessage({ id: job.id, text: found?.data ?? null } satisfies DecodeAnswer);
};
