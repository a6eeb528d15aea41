// The board of knobs: which fault is set on which target, and how many more times it strikes.
import { Refusal } from '../http/refusal.js';
import type { Mode } from './modes.js';
import { modesOf, targets } from './modes.js';

const delayMsMax = 10 * 60 * 1000;
const timesMax = 1_000_000;

export interface Fault {
  readonly target: string;
  readonly mode: Mode;
  readonly delay_ms: number;
  readonly status: number;
  /** Strikes left; null means until it is taken off. */
  readonly times: number | null;
}

export class FaultBoard {
  private readonly faults = new Map<string, Fault>();

  set(fault: Fault): void {
    if (fault.mode === 'none') this.faults.delete(fault.target);
    else this.faults.set(fault.target, fault);
  }

  clear(): void {
    this.faults.clear();
  }

  list(): Fault[] {
    return [...this.faults.values()];
  }

  /**
   * The fault that strikes the target now, counted as one strike. The exact target wins over its
   * family (`registry.passport` over `registry.*`); `accepts` limits which modes may strike here.
   */
  take(target: string, accepts: (mode: Mode) => boolean): Fault | undefined {
    for (const key of keysFor(target)) {
      const fault = this.faults.get(key);
      if (!fault || !accepts(fault.mode)) continue;
      if (fault.times !== null) {
        if (fault.times <= 1) this.faults.delete(key);
        else this.faults.set(key, { ...fault, times: fault.times - 1 });
      }
      return fault;
    }
    return undefined;
  }
}

function keysFor(target: string): string[] {
  const family = target.split('.')[0] ?? target;
  return [target, `${family}.*`, family];
}

/** Parses the body of POST /control/faults; refuses with 400 and says what is allowed. */
export function parseFault(body: Record<string, unknown>): Fault {
  const { target, mode } = body;
  if (typeof target !== 'string' || !targets.includes(target)) {
    throw new Refusal(400, 'bad_target', `target must be one of: ${targets.join(', ')}.`);
  }
  const modes = modesOf(target);
  const known = modes.find((name) => name === mode);
  if (!known) {
    throw new Refusal(400, 'bad_mode', `mode of ${target} must be one of: ${modes.join(', ')}.`);
  }
  return {
    target,
    mode: known,
    delay_ms: integerField(body, 'delay_ms', 0, delayMsMax) ?? 2000,
    status: integerField(body, 'status', 400, 599) ?? 503,
    times: integerField(body, 'times', 1, timesMax) ?? null,
  };
}

function integerField(
  body: Record<string, unknown>,
  name: string,
  min: number,
  max: number,
): number | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    throw new Refusal(400, `bad_${name}`, `${name} must be a whole number from ${min} to ${max}.`);
  }
  return value;
}
