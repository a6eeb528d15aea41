// Letters that have arrived, the newest of every address, in memory and bounded.
export interface Letter {
  readonly id: string;
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
}

const lettersPerAddressMax = 100;
const addressesMax = 10_000;

export class Mailboxes {
  private readonly byAddress = new Map<string, Letter[]>();

  deliver(letter: Letter): void {
    const address = letter.to.toLowerCase();
    const letters = this.byAddress.get(address) ?? [];
    letters.push(letter);
    if (letters.length > lettersPerAddressMax) letters.shift();
    this.byAddress.delete(address);
    this.byAddress.set(address, letters);
    if (this.byAddress.size > addressesMax) {
      const eldest = this.byAddress.keys().next().value;
      if (eldest !== undefined) this.byAddress.delete(eldest);
    }
  }

  /** Newest first. */
  list(address: string): Letter[] {
    return [...(this.byAddress.get(address.toLowerCase()) ?? [])].reverse();
  }
}
