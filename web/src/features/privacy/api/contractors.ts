import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson } from '../../../shared/api/client';
import type { ContractorList } from '../../../shared/api/types';
import { useLanguage } from '../../../shared/i18n/language';

const ContractorListSchema: z.ZodMiniType<ContractorList> = z.object({
  contractors: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      duty: z.string(),
      data: z.string(),
      basis: z.string(),
      since: z.string(),
    }),
  ),
});

export function useContractors() {
  const language = useLanguage();
  return useQuery({
    queryKey: ['contractors', language],
    queryFn: ({ signal }) =>
      requestJson(ContractorListSchema, `/api/v1/contractors?lang=${language}`, { signal }),
  });
}
