// Where the provider keeps sessions, codes and grants: in memory, bounded, gone with the process.
import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Entry {
  readonly payload: AdapterPayload;
  readonly expiresAt: number;
}

const entriesMax = 100_000;

/** One per model; the provider makes them by the name of the model. */
export class MemoryAdapter implements Adapter {
  private readonly entries = new Map<string, Entry>();

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const lifetimeMs = (expiresIn || 3600) * 1000;
    this.entries.delete(id);
    this.entries.set(id, { payload, expiresAt: Date.now() + lifetimeMs });
    for (const [eldest, entry] of this.entries) {
      if (this.entries.size <= entriesMax && entry.expiresAt > Date.now()) break;
      this.entries.delete(eldest);
    }
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const entry = this.entries.get(id);
    return entry && entry.expiresAt > Date.now() ? entry.payload : undefined;
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.findBy((payload) => payload.uid === uid);
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.findBy((payload) => payload.userCode === userCode);
  }

  async consume(id: string): Promise<void> {
    const payload = await this.find(id);
    if (payload) payload['consumed'] = Math.floor(Date.now() / 1000);
  }

  async destroy(id: string): Promise<void> {
    this.entries.delete(id);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [id, entry] of this.entries) {
      if (entry.payload.grantId === grantId) this.entries.delete(id);
    }
  }

  private findBy(matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    const now = Date.now();
    for (const { payload, expiresAt } of this.entries.values()) {
      if (expiresAt > now && matches(payload)) return payload;
    }
    return undefined;
  }
}
