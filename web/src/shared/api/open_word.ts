import * as z from 'zod/mini';

/**
 * A word of a list that grows with the server: a purpose, a kind, a reason, a status. One that this page does
 * not know yet passes as it stands and is shown by `common.unnamed`, because one new word must not close the
 * whole page. The type names the words known today, so a `switch` over them still needs a way for another.
 * What the page's own course hangs on (a step, a verdict) stays `z.enum`.
 */
export function openWord<Known extends string>(): z.ZodMiniType<Known> {
  return z.custom<Known>((value) => typeof value === 'string');
}
