import { useQuery } from '@tanstack/react-query';
import {
  findPinnedRoot,
  findTrustList,
  keepTrustList,
  pinRoot,
  type KeptTrustList,
} from '../../../pwa/open_store';
import { correctedNow } from '../../../shared/api/clock';
import { send } from '../../../shared/api/client';
import { getConfiguration } from '../../../shared/api/configuration';
import { fromBase64Url } from '../../../shared/digital_id/bytes';
import { TrustListError, openTrustList, type TrustList } from '../../../shared/digital_id/trust_list';

export type Trust =
  | { state: 'ready'; list: TrustList; fetched_at_ms: number; isOffline: boolean }
  | { state: 'none' | 'expired' | 'bad' | 'clock_behind' }
  | { state: 'root_changed'; root: string };

const kListBytesMax = 65_536;

interface Fetched {
  bytes: Uint8Array<ArrayBuffer>;
  fetched_at_ms: number;
  isFromCache: boolean;
}

async function fetchList(): Promise<Fetched | undefined> {
  const response = await send('/.well-known/beresta-trust', { cache: 'no-cache' }).catch(
    () => undefined,
  );
  if (response === undefined) return undefined;
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length > kListBytesMax) return undefined;
  const isFromCache = response.headers.get('X-From-Cache') !== null;
  const date = Date.parse(response.headers.get('Date') ?? '');
  const fetched_at_ms = isFromCache && !Number.isNaN(date) ? date : Date.now();
  return { bytes, fetched_at_ms, isFromCache };
}

/** The root key pinned at the first visit; a different one later is a matter for a person. */
async function rootOf(): Promise<{ root?: string; changedTo?: string }> {
  const pinned = await findPinnedRoot().catch(() => undefined);
  const announced = await getConfiguration().then(
    (configuration) => configuration.trust_root,
    () => undefined,
  );
  if (pinned === undefined) {
    if (announced === undefined) return {};
    await pinRoot(announced).catch(() => undefined);
    return { root: announced };
  }
  if (announced !== undefined && announced !== pinned) return { changedTo: announced };
  return { root: pinned };
}

async function openList(source: Fetched, root: string, kept: KeptTrustList | undefined): Promise<Trust> {
  const point = fromBase64Url(root);
  if (point === undefined) return { state: 'bad' };
  const now_s = Math.floor(correctedNow() / 1000);
  try {
    const serial_seen = kept?.serial ?? 0;
    const list = await openTrustList(source.bytes, point, { now_s, serial_seen });
    if (now_s < list.issued) return { state: 'clock_behind' };
    if (!source.isFromCache) {
      const { bytes, fetched_at_ms } = source;
      await keepTrustList({ bytes, fetched_at_ms, serial: list.serial }).catch(() => undefined);
    }
    return { state: 'ready', list, fetched_at_ms: source.fetched_at_ms, isOffline: source.isFromCache };
  } catch (error) {
    if (!(error instanceof TrustListError)) throw error;
    return { state: error.refusal === 'expired' ? 'expired' : 'bad' };
  }
}

async function loadTrust(): Promise<Trust> {
  const { root, changedTo } = await rootOf();
  if (changedTo !== undefined) return { state: 'root_changed', root: changedTo };
  const kept = await findTrustList().catch(() => undefined);
  const source = (await fetchList()) ?? (kept && { ...kept, isFromCache: true });
  if (root === undefined || source === undefined) return { state: 'none' };
  const opened = await openList(source, root, kept);
  if (opened.state !== 'bad' || kept === undefined) return opened;
  // What came now cannot be trusted; what was verified before still can, as long as it lasts.
  return openList({ ...kept, isFromCache: true }, root, kept);
}

const kRenewMs = 900_000;

export function useTrust() {
  return useQuery({
    queryKey: ['trust'],
    queryFn: loadTrust,
    staleTime: kRenewMs,
    refetchInterval: kRenewMs,
    refetchOnReconnect: 'always',
  });
}

/** A person decided that the changed key of this installation is right. */
export async function acceptRoot(root: string): Promise<void> {
  await keepTrustList({ bytes: new Uint8Array(), fetched_at_ms: 0, serial: 0 });
  await pinRoot(root);
}
