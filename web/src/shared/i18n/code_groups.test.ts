import { describe, expect, it } from 'vitest';
import { codeGroups } from './code_groups';

describe('the groups of a code', () => {
  // As operator_delivery.cpp groups the same codes in an SMS.
  it.each([
    [5, [5]],
    [6, [6]],
    [8, [4, 4]],
    [10, [4, 3, 3]],
    [12, [4, 4, 4]],
    [14, [4, 4, 3, 3]],
  ])('%i digits', (digits, groups) => {
    expect(codeGroups(digits)).toEqual(groups);
  });
});
