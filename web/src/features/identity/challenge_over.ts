import { ProblemError, isProblem } from '../../shared/api/problem';

/** Whether the answer was wrong and was the last one allowed. */
export function isLastTry(error: unknown): error is ProblemError {
  return isProblem(error, 'challenge.code_wrong') && error.problem.attempts_left === 0;
}

/** No further answer can be right: the code is used up, replaced or too old. */
export function isChallengeOver(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return false;
  const { attempts_left, status } = error.problem;
  if (error.reason === 'challenge.code_wrong') return attempts_left === 0;
  return status === 403 || status === 404 || status === 409;
}
