const kPollMs = [700, 1_000, 1_500, 2_500, 4_000, 8_000, 15_000];

/** How long to wait before asking again, when asking has gone on for so long. */
export function pollDelayMs(waitingForMs: number): number {
  let sum = 0;
  for (const step of kPollMs) {
    sum += step;
    if (waitingForMs < sum) return step;
  }
  return kPollMs.at(-1) ?? 15_000;
}
