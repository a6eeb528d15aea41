const kUngroupedMax = 6;
const kGroupMax = 4;

/** How many digits of a long code stand together, as in the SMS: 10 as 4, 3 and 3. A short one is read at once. */
export function codeGroups(digits: number): number[] {
  if (digits <= kUngroupedMax) return [digits];
  const groups = Math.ceil(digits / kGroupMax);
  return Array.from({ length: groups }, (_, index) => Math.floor((digits + groups - 1 - index) / groups));
}
