// Runs beside the page, so that the page stays alive while the work is done.
import { solve, type Puzzle } from './solve';

self.onmessage = (event: MessageEvent<Puzzle>) => {
  self.postMessage(solve(event.data));
};
