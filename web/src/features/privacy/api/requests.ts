import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson } from '../../../shared/api/client';
import { openWord } from '../../../shared/api/open_word';
import type {
  ConsentPurpose,
  DeskRequestDetail,
  DeskRequestList,
  NewSubjectRequest,
  PersonData,
  RequestEvent,
  RequestKind,
  SubjectRequest,
  SubjectRequestDetail,
  SubjectRequestList,
} from '../../../shared/api/types';

export const kRequestKinds = [
  'information',
  'copy',
  'correction',
  'blocking',
  'stop',
  'erasure',
  'contest',
  'complaint',
] as const;

const kRequest = {
  request_id: z.string(),
  number: z.string(),
  kind: openWord<RequestKind>(),
  revision: z.number(),
  state: openWord<SubjectRequest['state']>(),
  taken: z.boolean(),
  language: z.string(),
  consent: z.optional(z.string()),
  received_at: z.string(),
  due_day: z.string(),
  due_estimated: z.boolean(),
  working_days_left: z.number(),
  basis: z.string(),
  extended: z.boolean(),
  late: z.boolean(),
  closed_at: z.optional(z.string()),
};
const kAuthority = z.object({ name: z.string(), address: z.optional(z.string()) });
const kDetail = {
  ...kRequest,
  events: z.array(
    z.object({
      number: z.number(),
      at: z.string(),
      act: openWord<RequestEvent['act']>(),
      actor: openWord<RequestEvent['actor']>(),
      state: openWord<RequestEvent['state']>(),
      due_day: z.string(),
      text: z.optional(z.string()),
      reason: z.optional(z.string()),
      norm: z.optional(z.string()),
    }),
  ),
  authority: kAuthority,
};
const RequestSchema: z.ZodMiniType<SubjectRequest> = z.object(kRequest);
const DetailSchema: z.ZodMiniType<SubjectRequestDetail> = z.object(kDetail);
const ListSchema: z.ZodMiniType<SubjectRequestList> = z.object({
  requests: z.array(RequestSchema),
  kinds: z.array(
    z.object({
      kind: openWord<RequestKind>(),
      days: z.number(),
      in_working_days: z.boolean(),
      extension_working_days: z.number(),
      basis: z.string(),
      needs_text: z.boolean(),
      answered_at_once: z.boolean(),
    }),
  ),
  authority: kAuthority,
});
const DeskListSchema: z.ZodMiniType<DeskRequestList> = z.object({
  requests: z.array(RequestSchema),
  next_cursor: z.optional(z.string()),
});
const DeskDetailSchema: z.ZodMiniType<DeskRequestDetail> = z.object({
  ...kDetail,
  mine: z.boolean(),
  own: z.boolean(),
  extension_working_days: z.number(),
  grounds: z.array(z.object({ name: z.string(), norm: z.string(), text: z.string() })),
});
const DataSchema: z.ZodMiniType<PersonData> = z.object({
  made_at: z.string(),
  records: z.array(
    z.object({
      category: z.string(),
      name: z.string(),
      value: z.optional(z.string()),
      encoding: z.optional(z.literal('base64url')),
      source: z.string(),
      level: z.string(),
      since: z.string(),
    }),
  ),
  consents: z.array(
    z.object({
      purpose: openWord<ConsentPurpose>(),
      granted_at: z.string(),
      withdrawn_at: z.optional(z.string()),
      edition_number: z.number(),
      edition_sha256: z.string(),
    }),
  ),
  accesses: z.array(
    z.object({ at: z.string(), actor: z.string(), purpose: z.string(), category: z.string() }),
  ),
});

const kMine = '/api/v1/subject-requests';
const kDesk = '/api/v1/desk/subject-requests';
export const kRequestsKey = ['mine', 'requests'] as const;
export const kDeskKey = ['mine', 'desk_requests'] as const;

export const dataAddress = (id: string) => `${kMine}/${id}/data`;
export const letterAddress = (id: string) => `${kMine}/${id}/letter`;
export const myEvidenceAddress = (id: string) => `${kMine}/${id}/evidence`;
export const evidenceAddress = (id: string, format: 'json' | 'html') =>
  `${kDesk}/${id}/evidence?format=${format}`;

export function useRequests() {
  return useQuery({
    queryKey: kRequestsKey,
    queryFn: ({ signal }) => requestJson(ListSchema, kMine, { signal }),
  });
}

export function useRequest(id: string) {
  return useQuery({
    queryKey: [...kRequestsKey, id],
    queryFn: ({ signal }) => requestJson(DetailSchema, `${kMine}/${id}`, { signal }),
  });
}

export function createRequest(wanted: NewSubjectRequest): Promise<SubjectRequestDetail> {
  return requestJson(DetailSchema, kMine, { method: 'POST', body: wanted });
}

export function withdrawRequest({ request_id, revision }: SubjectRequest): Promise<SubjectRequest> {
  return requestJson(RequestSchema, `${kMine}/${request_id}/withdrawal`, {
    method: 'POST',
    ifMatch: revision,
  });
}

export function useDeskRequests(list: 'open' | 'closed') {
  return useInfiniteQuery({
    queryKey: [...kDeskKey, 'list', list],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === '' ? '' : `&cursor=${encodeURIComponent(pageParam)}`;
      return requestJson(DeskListSchema, `${kDesk}?list=${list}${cursor}`, { signal });
    },
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** @param number  as the officer typed it; empty asks nothing. */
export function useFoundRequests(number: string) {
  return useQuery({
    queryKey: [...kDeskKey, 'number', number],
    enabled: number !== '',
    queryFn: ({ signal }) =>
      requestJson(DeskListSchema, `${kDesk}?number=${encodeURIComponent(number)}`, { signal }),
  });
}

export function useDeskRequest(id: string) {
  return useQuery({
    queryKey: [...kDeskKey, id],
    // Each reading of a person's words is on their record: never by itself.
    staleTime: Infinity,
    queryFn: ({ signal }) => requestJson(DeskDetailSchema, `${kDesk}/${id}`, { signal }),
  });
}

export type DeskAct =
  | { act: 'taking' }
  | { act: 'extension' | 'answer'; text: string }
  | { act: 'refusal'; text: string; ground: string };

export function doAtDesk(request: SubjectRequest, { act, ...body }: DeskAct): Promise<SubjectRequest> {
  return requestJson(RequestSchema, `${kDesk}/${request.request_id}/${act}`, {
    method: 'POST',
    ifMatch: request.revision,
    ...(act === 'taking' ? {} : { body }),
  });
}

export function getPersonData(id: string): Promise<PersonData> {
  return requestJson(DataSchema, `${kDesk}/${id}/data`);
}
