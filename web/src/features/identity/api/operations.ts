import { useInfiniteQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson } from '../../../shared/api/client';
import { openWord } from '../../../shared/api/open_word';
import type { Operation, OperationList } from '../../../shared/api/types';

export const kOperationKinds = [
  'account.registered',
  'account.recovered',
  'account.deletion_confirmed',
  'account.deletion_cancelled',
  'account.inactivity_warned',
  'account.closed_inactive',
  'number.added',
  'number.replaced',
  'number.primary',
  'number.removed',
  'number.change_asked',
  'number.change_cancelled',
  'number.change_failed',
  'email.confirmed',
  'email.removed',
  'account.exported',
  'account.data_blocked',
  'account.data_unblocked',
  'session.opened',
  'session.refused',
  'session.closed',
  'passkey.added',
  'passkey.copied',
  'passkey.removed',
  'recovery_code.used',
  'recovery_codes.made',
  'totp.off',
  'totp.on',
  'session.closed_by_failures',
  'session.closed_elsewhere',
  'password.changed',
  'agreement.accepted',
  'consent.granted',
  'consent.narrowed',
  'consent.withdrawn',
  'consent.expired',
  'consent.source_withdrawn',
  'informing.sent',
  'assurance.raised',
  'assurance.refused',
  'assurance.lowered',
  'attribute.changed',
  'attribute.removed',
  'provider.unlinked',
  'party.agreed',
  'party.signed_in',
  'party.narrowed',
  'party.disconnected',
  'documents.requested',
  'document.received',
  'document.not_found',
  'document.unavailable',
  'document.removed',
  'digital_id.created',
  'digital_id.removed',
  'attestations.issued',
  'portrait.shown',
  'request.received',
  'request.taken',
  'request.extended',
  'request.answered',
  'request.refused',
  'request.withdrawn',
  'request.overdue',
  'entry.disputed',
  'entry.answered',
] as const satisfies readonly Operation['kind'][];

const OperationListSchema: z.ZodMiniType<OperationList> = z.object({
  operations: z.array(
    z.object({
      operation_id: z.string(),
      at: z.string(),
      kind: openWord<Operation['kind']>(),
      subject: z.optional(z.string()),
    }),
  ),
  next_cursor: z.optional(z.string()),
});

function listOperations(cursor: string, signal: AbortSignal): Promise<OperationList> {
  const query = cursor === '' ? '' : `?cursor=${encodeURIComponent(cursor)}`;
  return requestJson(OperationListSchema, `/api/v1/operations${query}`, { signal });
}

export function useOperations() {
  return useInfiniteQuery({
    queryKey: ['mine', 'operations'],
    queryFn: ({ pageParam, signal }) => listOperations(pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor,
  });
}
