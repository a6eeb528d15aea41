import { requestBlob, requestNothing } from '../../../shared/api/client';

export type ExportFormat = 'html' | 'pdf' | 'json';

/** Proves the person once more, then takes the whole account along. */
export async function exportAccount(password: string, format: ExportFormat): Promise<Blob> {
  const body = { password };
  await requestNothing('/api/v1/sessions/current/reauthentication', { method: 'POST', body });
  return requestBlob(`/api/v1/me/export?format=${format}`, { cache: 'no-store' });
}
