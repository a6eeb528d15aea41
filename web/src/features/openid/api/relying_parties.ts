import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson } from '../../../shared/api/client';
import { openWord } from '../../../shared/api/open_word';
import type {
  ClaimName,
  NewRelyingParty,
  Registration,
  RelyingParty,
  RelyingPartyDetail,
  RelyingPartyList,
} from '../../../shared/api/types';

const Texts = z.optional(z.array(z.string()));
const Flag = z.optional(z.boolean());

const RegistrationSchema: z.ZodMiniType<Registration> = z.object({
  name_ru: z.string(),
  name_en: z.string(),
  purpose_ru: z.string(),
  purpose_en: z.string(),
  token_endpoint_auth_method: openWord<Registration['token_endpoint_auth_method']>(),
  redirect_uris: Texts,
  post_logout_redirect_uris: Texts,
  backchannel_logout_uri: z.optional(z.string()),
  claims: z.optional(z.array(openWord<ClaimName>())),
  service_scopes: Texts,
  sector: z.optional(z.string()),
  sector_identifier_uri: z.optional(z.string()),
  jwks_uri: z.optional(z.string()),
  offline_access: Flag,
  device_grant: Flag,
  introspects_all: Flag,
  par_required: Flag,
  dpop_required: Flag,
  signed_userinfo: Flag,
  jwks: z.optional(z.record(z.string(), z.unknown())),
});

const kParty = {
  client_id: z.string(),
  state: openWord<RelyingParty['state']>(),
  registration: RegistrationSchema,
  registered_at: z.string(),
  changed_at: z.string(),
};
const PartySchema: z.ZodMiniType<RelyingParty> = z.object(kParty);
const NewPartySchema: z.ZodMiniType<NewRelyingParty> = z.object({
  ...kParty,
  client_secret: z.optional(z.string()),
});
const DetailSchema: z.ZodMiniType<RelyingPartyDetail> = z.object({
  ...kParty,
  refused: z.array(
    z.object({ asked: z.string(), times: z.number(), first_at: z.string(), last_at: z.string() }),
  ),
});
const ListSchema: z.ZodMiniType<RelyingPartyList> = z.object({
  relying_parties: z.array(PartySchema),
});

export const kPartiesKey = ['mine', 'relying_parties'] as const;
const address = (clientId: string) => `/api/v1/relying-parties/${encodeURIComponent(clientId)}`;

export function useRelyingParties() {
  return useQuery({
    queryKey: kPartiesKey,
    queryFn: ({ signal }) => requestJson(ListSchema, '/api/v1/relying-parties', { signal }),
  });
}

export function useRelyingParty(clientId: string) {
  return useQuery({
    queryKey: [...kPartiesKey, clientId],
    queryFn: ({ signal }) => requestJson(DetailSchema, address(clientId), { signal }),
  });
}

export function addParty(registration: Registration): Promise<NewRelyingParty> {
  return requestJson(NewPartySchema, '/api/v1/relying-parties', {
    method: 'POST',
    body: registration,
  });
}

export function changeParty(clientId: string, registration: Registration): Promise<RelyingParty> {
  return requestJson(PartySchema, address(clientId), { method: 'PUT', body: registration });
}

export function setPartyState(clientId: string, state: 'live' | 'disabled'): Promise<RelyingParty> {
  return requestJson(PartySchema, `${address(clientId)}/state`, { method: 'PUT', body: { state } });
}

export function rotateSecret(clientId: string): Promise<NewRelyingParty> {
  return requestJson(NewPartySchema, `${address(clientId)}/secret`, { method: 'POST' });
}
