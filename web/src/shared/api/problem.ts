import * as z from 'zod/mini';
import { openWord } from './open_word';
import type { components } from './schema.gen';

export type Problem = components['schemas']['Problem'];
type Missing = NonNullable<Problem['missing']>[number];

const ProblemSchema: z.ZodMiniType<Problem> = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  instance: z.string(),
  attempts_left: z.optional(z.number()),
  retry_after_s: z.optional(z.number()),
  required_level: z.optional(openWord<NonNullable<Problem['required_level']>>()),
  function: z.optional(openWord<NonNullable<Problem['function']>>()),
  missing: z.optional(
    z.array(
      z.object({
        lack: openWord<Missing['lack']>(),
        attribute: z.optional(openWord<NonNullable<Missing['attribute']>>()),
      }),
    ),
  ),
  how: z.optional(
    z.array(
      z.object({
        action: openWord<NonNullable<Problem['how']>[number]['action']>(),
        page: z.string(),
      }),
    ),
  ),
});

const kPrefix = 'urn:beresta:problem:';

/** The server answered and said no; its words are already in the reader's language. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.type);
    this.problem = problem;
  }
  /** The stable reason, for example `wallet.device_exists`. */
  get reason(): string {
    return this.problem.type.startsWith(kPrefix)
      ? this.problem.type.slice(kPrefix.length)
      : this.problem.type;
  }
}

/** Nothing came back: no network, a timeout, or the server is down. */
export class NetworkError extends Error {}

/** Something came back that is not what the contract promises. */
export class UnreadableAnswerError extends Error {}

export function parseProblem(body: unknown): ProblemError | undefined {
  const parsed = ProblemSchema.safeParse(body);
  return parsed.success ? new ProblemError(parsed.data) : undefined;
}

export function isProblem(error: unknown, reason?: string): error is ProblemError {
  return error instanceof ProblemError && (reason === undefined || error.reason === reason);
}

export function isStatus(error: unknown, status: number): boolean {
  return error instanceof ProblemError && error.problem.status === status;
}
