// Records of the log and what proves them (docs/spec/transparency-log.md, 2, 3 and 11).
import * as z from 'zod/mini';
import { concatBytes, sha256, toHex } from '../../shared/digital_id/bytes';
import type { LogEntry } from '../../shared/api/types';
import { fromBase64, type Checkpoint } from './checkpoint';
import { isSameHash, leafHash, rootByInclusion } from './merkle';

const RecordSchema = z.strictObject({
  format: z.literal('beresta-log-1'),
  id: z.string(),
  time: z.string(),
  citizen: z.string(),
  kind: z.string(),
  actor: z.string(),
  purpose: z.string(),
  category: z.string(),
  subject: z.string(),
});
export type LogRecord = z.infer<typeof RecordSchema>;

/** proven; waiting = not in a signed tree yet; wrong = does not fit; gone = its key was erased. */
export type Verdict = 'proven' | 'waiting' | 'wrong' | 'gone';

const encode = (text: string) => new TextEncoder().encode(text);

export function parseRecord(text: string): LogRecord | undefined {
  try {
    const parsed = RecordSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export async function pseudonymOf(citizenId: string): Promise<string> {
  const hex = citizenId.replaceAll('-', '');
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const digest = await sha256(concatBytes(encode('beresta-log-1 citizen\n'), bytes));
  return toHex(digest.slice(0, 16));
}

/** Checks one entry of one's own against a checkpoint that was opened before. */
export async function judge(
  entry: LogEntry,
  checkpoint: Checkpoint | undefined,
  pseudonym: string,
): Promise<Verdict> {
  const { record, salt, index, proof } = entry;
  if (record === undefined || salt === undefined) return 'gone';
  const parsed = parseRecord(record);
  if (!parsed || parsed.citizen !== pseudonym || parsed.id !== entry.entry_id) return 'wrong';
  if (index === undefined || proof === undefined) return 'waiting';
  if (!checkpoint) return 'wrong';
  const commitment = await sha256(
    concatBytes(encode('beresta-log-1 entry\n'), fromBase64(salt), encode(record)),
  );
  const leaf = await leafHash(commitment);
  const root = await rootByInclusion(leaf, index, checkpoint.size, proof.map(fromBase64));
  return root !== undefined && isSameHash(root, checkpoint.root) ? 'proven' : 'wrong';
}
