import type { VerifyResult } from '../../shared/api/types';
import type { CheckResult } from '../../shared/digital_id/check_code';

/**
 * Joins this device's own decision with the service's. The service may turn a yes or a no into a
 * refusal (a recalled code, a clock that is wrong here), never a refusal into a yes.
 */
export function mergeVerdicts(own: CheckResult, online: VerifyResult | undefined): CheckResult {
  const isAnswer = (verdict: string) => verdict === 'yes' || verdict === 'no';
  if (online === undefined || !isAnswer(own.verdict) || isAnswer(online.verdict)) return own;
  const refused: CheckResult = { verdict: online.verdict };
  return own.question === undefined ? refused : { ...refused, question: own.question };
}
