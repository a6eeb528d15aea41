// A stranger who wants to know who is registered: learns from half of the probes which answers and which times
// belong to known numbers, and says it of the other half; then the other way round.

const BINS = 12;

/** Everything about an answer but its time, as one text. */
export function signatureOf({ status, headers, body }) {
  const shape = Object.entries(headers).map(([name, value]) => `${name}:${String(value).length}`).sort().join(' ');
  return `${status} ${body.length} ${shape}`;
}

function edgesOf(probes) {
  const times = probes.map(({ ms }) => ms).sort((a, b) => a - b);
  return Array.from({ length: BINS - 1 }, (_, i) => times[Math.floor(((i + 1) * times.length) / BINS)]);
}

const binOf = (edges, ms) => edges.filter((edge) => ms >= edge).length;

/** By how each answer looks and which twelfth of the times it falls into. */
function learnCells(probes) {
  const edges = edgesOf(probes);
  const cells = new Map();
  const cellOf = ({ signature, ms }) => `${signature}|${binOf(edges, ms)}`;
  for (const probe of probes) {
    cells.set(cellOf(probe), (cells.get(cellOf(probe)) ?? 0) + (probe.known ? 1 : -1));
  }
  return (probe) => (cells.get(cellOf(probe)) ?? 0) > 0;
}

/** By one limit on the time, the best there is: finds a small shift that cells lose in their noise. */
function learnThreshold(probes) {
  const sorted = [...probes].sort((a, b) => a.ms - b.ms);
  let best = { gain: -1 };
  let balance = 0;
  for (const { ms, known } of sorted) {
    balance += known ? 1 : -1;
    if (Math.abs(balance) > best.gain) best = { gain: Math.abs(balance), ms, fastIsKnown: balance > 0 };
  }
  return ({ ms }) => (ms <= best.ms) === best.fastIsKnown;
}

/** @return the share of probes told rightly by the better of two classifiers, each never judged on what it learnt. */
export function accuracyOf(probes) {
  const halves = [0, 1].map((half) => probes.filter((_, i) => i % 2 === half));
  const rightOf = (learn) => [0, 1].map((half) => {
    const says = learn(halves[1 - half]);
    return halves[half].filter((probe) => says(probe) === probe.known).length;
  }).reduce((a, b) => a + b) / probes.length;
  return Math.max(rightOf(learnCells), rightOf(learnThreshold));
}

/**
 * The limit is 0.51. Guessing blindly is right in half of n cases with a standard deviation of 0.5/sqrt(n): with
 * 20,000 probes 0.51 is 2.8 of them away, so one run in 200 would fail by chance for either classifier. Fewer probes
 * prove less: there four deviations are left to chance, so that a run in the default groups fails for a reason.
 */
export const limitOf = (count) => (count >= 20_000 ? 0.51 : 0.5 + (4 * 0.5) / Math.sqrt(count));
