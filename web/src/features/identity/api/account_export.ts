import { requestBlob, requestNothing } from '../../../shared/api/client';

export type ExportFormat = 'html' | 'pdf' | 'json';

/** Takes the whole account along; without a recent sign-in the person is proven once more. */
export async function exportAccount(password: string | undefined, format: ExportFormat): Promise<Blob> {
  if (password !== undefined) {
    const body = { password };
    await requestNothing('/api/v1/sessions/current/reauthentication', { method: 'POST', body });
  }
  return requestBlob(`/api/v1/me/export?format=${format}`, { cache: 'no-store' });
}
