// A code lives 30 seconds, so a wrong clock makes it worthless. Answers of the server carry its
// time; the half second is because the Date header is cut to whole seconds.
let skewMs = 0;
let measured = false;
const listeners = new Set<() => void>();

const kWorthSayingMs = 10_000;
const kRoundTripMsMax = 5_000;

/** Takes the Date header of an answer that was asked for and came between two local moments. */
export function noteServerDate(header: string | null, sentAt: number, receivedAt: number): void {
  const serverTime = header === null ? NaN : Date.parse(header);
  if (Number.isNaN(serverTime) || receivedAt - sentAt > kRoundTripMsMax) return;
  skewMs = serverTime + 500 - (sentAt + receivedAt) / 2;
  measured = true;
  listeners.forEach((listener) => listener());
}

/** Milliseconds since the epoch, by the server's clock when it is known, else by this device's. */
export function correctedNow(): number {
  return measured && Math.abs(skewMs) > 1_000 ? Date.now() + skewMs : Date.now();
}

/** By how many seconds this device is slow (above zero) or fast, when worth telling; else 0. */
export function clockErrorSeconds(): number {
  return measured && Math.abs(skewMs) > kWorthSayingMs ? Math.round(skewMs / 1000) : 0;
}

export function onClockChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
