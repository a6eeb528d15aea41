// What the operator has delivered: the newest messages and calls of every number, in memory,
// bounded, with listeners for pages that watch a number live.
import { EventEmitter } from 'node:events';

interface Delivery {
  readonly id: string;
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string;
  readonly to: string;
}

export interface Sms extends Delivery {
  readonly kind: 'sms';
  readonly text: string;
}

export interface Call extends Delivery {
  readonly kind: 'call';
  readonly from: string;
}

export type Item = Sms | Call;

const itemsPerNumberMax = 200;
const numbersMax = 50_000;

export class Inbox {
  private readonly byNumber = new Map<string, Item[]>();
  private readonly events = new EventEmitter().setMaxListeners(0);

  deliver(item: Item): void {
    const items = this.byNumber.get(item.to) ?? [];
    items.push(item);
    if (items.length > itemsPerNumberMax) items.shift();
    // Re-inserting keeps the map in the order of last use, so the eldest number goes first.
    this.byNumber.delete(item.to);
    this.byNumber.set(item.to, items);
    if (this.byNumber.size > numbersMax) {
      const eldest = this.byNumber.keys().next().value;
      if (eldest !== undefined) this.byNumber.delete(eldest);
    }
    this.events.emit(item.to, item);
  }

  /** Newest first; `since` keeps only what arrived at that moment or later. */
  list(number: string, since?: Date): Item[] {
    const items = this.byNumber.get(number) ?? [];
    const from = since?.toISOString() ?? '';
    return items.filter((item) => item.at >= from).reverse();
  }

  /** Calls back for every new item until the returned function is called. */
  watch(number: string, listener: (item: Item) => void): () => void {
    this.events.on(number, listener);
    return () => this.events.off(number, listener);
  }
}
