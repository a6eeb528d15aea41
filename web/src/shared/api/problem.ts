import * as z from 'zod/mini';
import { kAttributeNames } from './attribute_names';
import type { components } from './schema.gen';

export type Problem = components['schemas']['Problem'];

const ProblemSchema: z.ZodMiniType<Problem> = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  instance: z.string(),
  attempts_left: z.optional(z.number()),
  retry_after_s: z.optional(z.number()),
  required_level: z.optional(z.enum(['phone', 'verified'])),
  function: z.optional(z.enum(['account', 'documents', 'digital_id'])),
  missing: z.optional(
    z.array(
      z.object({
        lack: z.enum(['level', 'attribute_absent', 'attribute_level', 'attribute_stale', 'attribute_conflict']),
        attribute: z.optional(z.enum(kAttributeNames)),
      }),
    ),
  ),
  how: z.optional(
    z.array(
      z.object({
        action: z.enum(['prove_identity', 'resolve_conflict', 'enter_yourself']),
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
