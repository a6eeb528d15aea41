import * as z from 'zod/mini';
import { requestJson } from '../../../shared/api/client';

const AuthorizationIdSchema = z.object({ request_id: z.string() });

/** The code a device shows; the answer names the request to decide on. */
export async function enterUserCode(userCode: string): Promise<string> {
  const answer = await requestJson(AuthorizationIdSchema, '/api/v1/device-authorizations', {
    method: 'POST',
    body: { user_code: userCode },
  });
  return answer.request_id;
}
