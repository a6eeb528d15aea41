// The largest tree this browser has seen: a log that shows a shorter or another tree later is
// caught by it. Goes with everything else when somebody signs out.
import * as z from 'zod/mini';
import { findJson, keepJson } from '../../pwa/sealed_store';
import { fromBase64, type Checkpoint } from './checkpoint';
import type { TreeHead } from './merkle';

const kKept = 'log-head';
const HeadSchema = z.object({ origin: z.string(), size: z.number(), root: z.string() });

export async function rememberedHead(origin: string): Promise<TreeHead | undefined> {
  const parsed = HeadSchema.safeParse(await findJson(kKept));
  if (!parsed.success || parsed.data.origin !== origin) return undefined;
  return { size: parsed.data.size, root: fromBase64(parsed.data.root) };
}

export async function rememberHead({ origin, size, root }: Checkpoint): Promise<void> {
  await keepJson(kKept, { origin, size, root: btoa(String.fromCharCode(...root)) });
}
