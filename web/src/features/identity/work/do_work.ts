import type { Puzzle } from './solve';

/** The person did not want to wait. */
export class WorkCancelled extends Error {}

/** Solves a puzzle in a worker; `signal` ends it. */
export function doWork(puzzle: Puzzle, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./work_worker.ts', import.meta.url), { type: 'module' });
    const end = () => worker.terminate();
    worker.onmessage = (event: MessageEvent<number>) => {
      end();
      resolve(event.data);
    };
    worker.onerror = (event) => {
      end();
      reject(new Error(event.message));
    };
    signal.addEventListener('abort', () => {
      end();
      reject(new WorkCancelled());
    });
    worker.postMessage(puzzle);
  });
}
